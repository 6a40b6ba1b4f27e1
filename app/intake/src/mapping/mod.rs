//! A mapping: which column becomes which field, written as data and bound to the columns of one file.

mod bound;
pub mod cells;
pub mod field;
pub mod owner;
mod replaces;
mod stages;
mod template;
#[cfg(test)]
mod tests;
mod uses;
pub mod written;

use crate::{Delimiter, Kind};
pub use bound::Bound;
use domain::Rejections;
use domain::opportunities::Stage;
use owner::OwnerTable;
pub use replaces::Replaces;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use written::FieldSpec;

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
    /// What stands between two cells; what the beginning of the file shows when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<Delimiter>,
    /// The line of the file, or row of the sheet, that names the columns, from 1; the first one below a title when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// The names of the columns, where no line of the file has them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
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
    /// Of sales: what looks like the amount is not what quantities and prices come to, so that it has to be said. Seen in the file, never written.
    #[serde(skip)]
    pub amounts_differ: bool,
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

    /// Which of the files handed over together has the rows: the first that it does not put beside them.
    #[must_use]
    pub fn rows_among<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> usize {
        names.into_iter().position(|name| !self.join.iter().any(|table| table.file == name)).unwrap_or_default()
    }

    /// Which of them are read, by their places: the one with the rows, then those that it puts beside them. Any other is left out, and has to be told.
    #[must_use]
    pub fn together(&self, names: &[&str]) -> Vec<usize> {
        let rows = self.rows_among(names.iter().copied());
        let joined = |at: &usize| *at != rows && self.join.iter().any(|table| names.get(*at).is_some_and(|name| table.file == *name));
        std::iter::once(rows).chain((0..names.len()).filter(joined)).collect()
    }

    /// With the fields of another one, and what belongs to them, where it names no fields itself.
    #[must_use]
    pub fn or_fields_of(self, guess: Self) -> Self {
        if !self.fields.is_empty() {
            return self;
        }
        Self {
            key: if self.key.is_empty() { guess.key } else { self.key },
            owner: self.owner.or(guess.owner),
            stages: if self.stages.is_empty() { guess.stages } else { self.stages },
            replaces: self.replaces.or(guess.replaces),
            fields: guess.fields,
            ..self
        }
    }
}

impl JoinTable {
    /// The file's name up to the first dot, which its columns begin with: `clients` of `clients.csv.gz`.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.file.split('.').next().unwrap_or_default()
    }
}

fn problem(code: &str, message: String) -> Rejections {
    Rejections::one("mapping", code, message)
}
