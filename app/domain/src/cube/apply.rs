//! Keeping a cube current: facts added and taken back, entries that are new or have other labels.

use super::Cube;
use super::build::{Builder, row};
use super::dictionary::Entries;
use super::facts::{Fact, Refused};
use super::month::{Month, MonthAt};
use super::segment::Maker;
use super::table::Row;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What happened since a cube's version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// The version of the cube that has taken them in.
    pub version: i64,
    /// Who and what is new, or has another label or place now.
    pub entries: Entries,
    /// Facts that are new, and facts taken back ([`Fact::taken_back`]); a corrected line is one of each.
    pub facts: Vec<Fact>,
}

impl Cube {
    /// Takes changes in. A thousand facts take milliseconds, whatever the cube holds; when a product moves to another line or group, all facts are
    /// arranged anew, which takes seconds for millions of them. A clone made before does not change, and shares what has not changed.
    ///
    /// # Errors
    /// As [`Builder::push`], and when a fact is taken back that is not there. The cube is then as it was before.
    pub fn apply(&mut self, changes: &Changes) -> Result<(), Refused> {
        let mut next = self.clone();
        if changes.entries != Entries::default() && Arc::make_mut(&mut next.dictionaries).put(&changes.entries) {
            next = next.arranged_anew()?;
        }
        let mut by_month: BTreeMap<MonthAt, Vec<Row>> = BTreeMap::new();
        for fact in &changes.facts {
            let (at, row) = row(&next.dictionaries, fact)?;
            next.bounds.add(fact)?;
            by_month.entry(at).or_default().push(Row { sums: fact.sums(), ..row });
        }
        let mut maker = Maker::of(&next.dictionaries);
        for (at, rows) in by_month {
            let found = next.months.binary_search_by_key(&at, |month| month.at);
            let month = match found {
                Ok(place) => next.months[place].with(rows, &mut maker)?,
                Err(_) => Month::of(at, &[], &mut maker).with(rows, &mut maker)?,
            };
            match (found, month.cells()) {
                (Ok(place), 0) => _ = next.months.remove(place),
                (Ok(place), _) => next.months[place] = Arc::new(month),
                (Err(_), 0) => {}
                (Err(place), _) => next.months.insert(place, Arc::new(month)),
            }
        }
        next.version = changes.version;
        *self = next;
        Ok(())
    }

    /// The same facts, products where the dictionaries have them now.
    fn arranged_anew(&self) -> Result<Self, Refused> {
        let mut builder = Builder::over((*self.dictionaries).clone());
        for month in &self.months {
            for row in month.rows() {
                let shelf = self.dictionaries.shelf_of[row.leaves[super::table::PRODUCT] as usize];
                builder.push_row(month.at, Row { shelf, ..row });
            }
        }
        builder.finish(self.version).map(|cube| Self { bounds: self.bounds, ..cube })
    }
}
