//! A mapping bound to the columns of one file: everything it needs is found there, or what is missing is told.

use super::cells::{Cells, Columns};
use super::field::Field;
use super::owner::Owner;
use super::{Mapping, Replaces, problem, replaces};
use crate::Kind;
use crate::amounts::{self, Way};
use crate::clean::{self, Blanks};
use domain::Rejections;
use domain::calendar::Zone;
use domain::fold::fold;
use domain::opportunities::Stage;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A mapping bound to the columns of a file.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The system the rows come from.
    pub source: String,
    /// Whether the mapping says so.
    pub source_said: bool,
    /// The source of the clients that rows name.
    pub client_source: String,
    /// What means nothing.
    pub blanks: Blanks,
    /// Columns of the key; empty when the record's own fields are its key.
    pub key: Vec<usize>,
    /// Whether rows of one key that differ are several records.
    pub number_repeats: bool,
    /// Minutes since midnight for visits without a time.
    pub time_of_day: i32,
    /// Who gets the clients.
    pub owner: Option<Owner>,
    /// Whether names no rep has become new reps.
    pub create: bool,
    /// Of sales: what a file that comes again replaces.
    pub replaces: Option<Replaces>,
    /// Stages of opportunities, in order.
    pub stages: Vec<Stage>,
    /// What else opportunities say.
    pub attributes: Vec<(String, Field)>,
    /// Columns of which nothing is made.
    pub unused: Vec<String>,
    fields: BTreeMap<&'static str, Field>,
    names: csv::StringRecord,
}

impl Mapping {
    /// Finds the mapping's columns in a file. `usual` names the source where the mapping does not: the same for every file, so that next month's is known again.
    ///
    /// # Errors
    /// Everything that is missing, with what to write.
    pub fn bind(&self, kind: Kind, names: &csv::StringRecord, usual: &str) -> Result<Bound, Rejections> {
        if let Some(other) = self.kind.filter(|k| *k != kind) {
            return Err(problem("other_kind", format!("This mapping is for {}: import the file as {}.", other.code(), other.code())));
        }
        let mut bad = Rejections::default();
        let mut columns = Columns::new(names);
        let fields = self.bind_fields(kind, &mut columns, &mut bad);
        let key = self.key.iter().map(|name| columns.index(name)).collect();
        let owner = self.owner.as_ref().and_then(|table| table.bind(&mut columns, &mut bad));
        if kind == Kind::Sales
            && let Some((code, words)) = replaces::unclear(self.replaces, fields.contains_key("documentNo"))
        {
            bad.add("replaces", code, words);
        }
        if let Some(what) = kind.known_by().filter(|_| !self.key.is_empty()) {
            bad.add("mapping", "no_key", format!("{} are known by {what}: leave key out of the mapping.", kind.title()));
        }
        let attributes = self.bind_attributes(kind, &mut columns, &mut bad);
        let time = self.time_of_day.as_deref().unwrap_or("10:00");
        let time_of_day = clean::minute_of_day(time).unwrap_or_else(|| {
            bad.add("mapping", "not_a_time", format!("time_of_day = \"{time}\" is no time of day: write \"10:00\"."));
            0
        });
        complain(&columns, &mut bad);
        let source = self.source.clone().unwrap_or_else(|| usual.to_owned());
        bad.or(Bound {
            client_source: self.client_source.clone().unwrap_or_else(|| source.clone()),
            source,
            source_said: self.source.is_some(),
            blanks: Blanks::new(self.blank.as_deref()),
            key,
            number_repeats: self.number_repeats,
            time_of_day,
            owner,
            create: self.create,
            replaces: self.replaces,
            stages: self.stages.clone(),
            attributes,
            unused: names.iter().zip(self.uses(kind, names)).filter(|(_, uses)| uses.is_empty()).map(|(name, _)| name.to_owned()).collect(),
            fields,
            names: names.clone(),
        })
    }

    fn bind_fields(&self, kind: Kind, columns: &mut Columns<'_>, bad: &mut Rejections) -> BTreeMap<&'static str, Field> {
        let known = kind.fields();
        let mut fields = BTreeMap::new();
        for (name, spec) in &self.fields {
            let Some(field) = known.iter().find(|k| *k == name) else {
                bad.add("mapping", "unknown_field", format!("{} have no field {name}: use {}.", kind.title(), known.join(", ")));
                continue;
            };
            match Field::bind(&spec.0, columns) {
                Ok(bound) => drop(fields.insert(*field, bound)),
                Err(words) => bad.add("mapping", "unclear_field", format!("Field {name} {words}.")),
            }
        }
        for (alternatives, example) in kind.needed() {
            if !alternatives.iter().any(|f| fields.contains_key(f)) && !alternatives.iter().any(|f| self.fields.contains_key(*f)) {
                let ways =
                    if alternatives.contains(&"amount") { amounts::open(kind, columns.names(), self.amounts_differ) } else { Vec::new() };
                let twice: Vec<&Way> = ways.iter().filter(|way| ways.iter().filter(|other| other == way).count() > 1).collect();
                if !twice.is_empty() {
                    columns.twice.extend(twice.into_iter().filter_map(|way| way.column().map(str::to_owned)));
                    continue;
                }
                if !ways.is_empty() {
                    bad.add("amount", "several_columns", amounts::words(&ways));
                    continue;
                }
                let words = format!(
                    "No column was recognised as the {}: choose one, or name it {} in the file (in a mapping file: {} = \"<column>\" under [fields]). The \
                     columns are: {}.",
                    example,
                    alternatives[0],
                    alternatives.join(" or "),
                    columns_of(columns)
                );
                bad.add("mapping", "missing_field", words);
            }
        }
        fields
    }
}

/// Names of columns a message shows.
const SHOWN: usize = 60;

fn columns_of(columns: &Columns<'_>) -> String {
    let names: Vec<&str> = columns.names().iter().take(SHOWN).collect();
    let more = columns.names().len().saturating_sub(SHOWN);
    names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

fn complain(columns: &Columns<'_>, bad: &mut Rejections) {
    let there = columns_of(columns);
    for name in &columns.missing {
        bad.add("mapping", "missing_column", format!("The file has no column {name}. Its columns are: {there}."));
    }
    for name in &columns.twice {
        bad.add("mapping", "column_twice", format!("The file has several columns {name}: give each its own name."));
    }
}

impl Bound {
    /// With the time zone of the company whose days count.
    #[must_use]
    pub(crate) fn in_zone(mut self, zone: Option<&Arc<Zone>>) -> Self {
        self.fields.values_mut().for_each(|field| field.zone = zone.cloned());
        self
    }

    /// A field, if the mapping has it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }

    /// Every field with its name.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        self.fields.iter().map(|(name, field)| (*name, field))
    }

    /// A field's value in one row; `None` when the mapping does not have the field.
    #[must_use]
    pub fn read(&self, name: &str, cells: Cells<'_>) -> Option<String> {
        self.field(name).map(|f| f.read(cells).0.into_owned())
    }

    /// A field's value, empty when the mapping does not have it.
    #[must_use]
    pub fn text(&self, name: &str, cells: Cells<'_>) -> String {
        self.read(name, cells).unwrap_or_default()
    }

    /// The columns behind a rejected field, and what stands in them.
    #[must_use]
    pub fn blame(&self, field: &str, cells: Cells<'_>) -> (String, String) {
        // A visit's instants come from its day; their names are the domain's.
        let field = if ["startedAt", "endedAt"].contains(&field) { "date" } else { field };
        match self.field(field) {
            Some(f) => match f.wrong(cells).and_then(|wrong| wrong.column).filter(|_| f.is_product()) {
                Some(index) => (self.names.get(index).unwrap_or_default().to_owned(), cells.get(index).into_owned()),
                None => (if f.label.is_empty() { field.to_owned() } else { f.label.clone() }, f.raw(cells).into_owned()),
            },
            None => (field.to_owned(), String::new()),
        }
    }

    /// The key columns' values, folded where the record's own fields stand in for a key; `None` when a key column is empty.
    #[must_use]
    pub fn key(&self, cells: Cells<'_>, instead: &[&str]) -> Option<String> {
        if self.key.is_empty() {
            let parts: Vec<String> = instead.iter().map(|f| fold(&self.text(f, cells))).collect();
            return Some(parts.join("|"));
        }
        let parts: Vec<_> = self.key.iter().map(|i| cells.get(*i)).collect();
        let complete = parts.iter().all(|p| !p.is_empty());
        complete.then(|| parts.join("|"))
    }
}
