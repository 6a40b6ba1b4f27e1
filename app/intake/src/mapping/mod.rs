//! A mapping: which column becomes which field, written as data and bound to the columns of one file.

pub mod field;
pub mod owner;
mod replaces;
mod stages;
mod template;
#[cfg(test)]
mod tests;

use crate::clean::{self, Blanks};
use crate::{Kind, guess};
use domain::Rejections;
use domain::fold::fold;
use domain::opportunities::Stage;
use field::{Cells, Columns, Field, FieldSpec};
use owner::{Owner, OwnerTable};
pub use replaces::Replaces;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A mapping as written in TOML, or kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The system the rows come from; with the key it makes them known again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the mapping is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Of files that are not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The sheet of a workbook; the first one with cells when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Words that stand for an empty cell; the usual ones when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank: Option<Vec<String>>,
    /// Columns whose values, together, are the row's id in its source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<String>,
    /// Rows of one key that differ elsewhere are several records, told apart by a number; otherwise the later ones are duplicates.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub number_repeats: bool,
    /// For visits and contacts: the source their clients were brought in from; the same one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_source: Option<String>,
    /// For visits without a time: when they began, `10:00` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_of_day: Option<String>,
    /// Field → where it comes from.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldSpec>,
    /// Who gets the clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerTable>,
    /// For budgets: whether names no rep has become new reps.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub create: bool,
    /// For sales: what a file that comes again replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaces>,
    /// For opportunities: their stages, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// For opportunities: what else they say, by its name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, FieldSpec>,
    /// Other files whose columns are put beside the row's, found by a key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<JoinTable>,
}

/// Another file, in the same folder, as written in a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct JoinTable {
    /// Its name.
    pub file: String,
    /// Its column with the key, each value once.
    pub key: String,
    /// The row's column with the same key.
    pub on: String,
    /// Where a key may stand several times: its first row counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
}

/// A mapping bound to the columns of a file.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The system the rows come from.
    pub source: String,
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
    /// Columns no field is made of.
    pub unused: Vec<String>,
    fields: BTreeMap<&'static str, Field>,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// Where it is not TOML, or names something no mapping has.
    pub fn parse(text: &str) -> Result<Self, Rejections> {
        toml::from_str(text).map_err(|e| problem("unreadable", format!("The mapping cannot be read: {e}")))
    }

    /// Reads a mapping written as JSON or as TOML.
    ///
    /// # Errors
    /// As [`Mapping::parse`].
    pub fn read(text: &str) -> Result<Self, Rejections> {
        if !text.trim_start().starts_with('{') {
            return Self::parse(text);
        }
        serde_json::from_str(text).map_err(|e| problem("unreadable", format!("The mapping cannot be read: {e}")))
    }

    /// The mapping as it is written in a file.
    #[must_use]
    pub fn written(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

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
            blanks: Blanks::new(self.blank.as_deref()),
            key,
            number_repeats: self.number_repeats,
            time_of_day,
            owner,
            create: self.create,
            replaces: self.replaces,
            stages: self.stages.clone(),
            attributes,
            unused: columns.unused(),
            fields,
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
                let rivals = if alternatives.contains(&"grossRevenue") { guess::rivals(columns.names()) } else { Vec::new() };
                if !rivals.is_empty() {
                    let ways: Vec<String> = rivals.iter().map(|name| format!("amount = \"{name}\"")).collect();
                    let words = format!(
                        "Columns {} may each be the amount: choose one, or write a mapping with {} under [fields].",
                        rivals.join(" and "),
                        ways.join(" or ")
                    );
                    bad.add("amount", "several_columns", words);
                    continue;
                }
                let words = format!(
                    "No column was recognised as the {}. Name it {}, or write a mapping with {} = \"<column>\" under [fields]. The columns are: {}.",
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

fn problem(code: &str, message: String) -> Rejections {
    Rejections::one("mapping", code, message)
}

impl Bound {
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
            Some(f) => (if f.label.is_empty() { field.to_owned() } else { f.label.clone() }, f.raw(cells).into_owned()),
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
