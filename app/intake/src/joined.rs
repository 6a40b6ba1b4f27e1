//! Another file whose columns are put beside the rows: kept whole by its key, with every line of it that cannot be used.

use crate::mapping::JoinTable;
use crate::reject::Reject;
use crate::row::{Holds, Row};
use crate::source::{Input, problem};
use domain::{Rejection, Rejections};
use std::collections::HashMap;

/// Lines of a file a refusal names itself; all of them go to the file of rejects.
const SHOWN: usize = 20;
/// The code of a refusal for lines of a file beside the rows.
pub const SPOILT: &str = "lines_beside";

/// Another file, kept whole by its key.
#[derive(Debug)]
pub struct Joined {
    /// The row's column with the key.
    on: usize,
    /// By key: its cells, and what each is.
    rows: HashMap<String, Vec<(String, Holds)>>,
    /// The names of its columns.
    heads: csv::StringRecord,
    /// Its name.
    pub file: String,
    /// Its lines that cannot be used.
    pub spoilt: Vec<Reject>,
}

impl Joined {
    /// Reads the file a mapping puts beside `input`, and adds its columns to `names`.
    ///
    /// # Errors
    /// A file that is not there or cannot be read, a column it does not have.
    pub fn read(input: &Input, table: &JoinTable, names: &mut csv::StringRecord, limit: u64) -> Result<Self, Rejections> {
        let Some(other) = input.beside(&table.file) else {
            let words = format!("The mapping puts {} beside the rows: hand it over with the file.", table.file);
            return Err(problem("missing_file", words));
        };
        let other = other.unfolded(None, limit)?;
        let survey = other.survey(None, limit)?;
        let mut records = other.rows(&survey, limit)?;
        let heads = records.names().map_err(|wrong| named(wrong, &table.file))?;
        let key = place(&heads, &table.key, &table.file)?;
        let on = place(names, &table.on, "The file")?;
        let stem = table.stem();
        heads.iter().for_each(|head| names.push_field(&format!("{stem}.{}", head.trim())));
        let mut joined = Self { on, rows: HashMap::new(), heads, file: table.file.clone(), spoilt: Vec::new() };
        let mut row = Row::new();
        while records.next(&mut row).map_err(|wrong| named(wrong, &table.file))? {
            joined.take(table, key, &row);
        }
        Ok(joined)
    }

    /// Puts the columns found by a row's key behind it; empty ones where there are none.
    pub fn put_beside(&self, row: &mut Row) {
        match row.get(self.on).and_then(|key| self.rows.get(key.trim())) {
            Some(cells) => cells.iter().for_each(|(cell, holds)| row.push(cell, *holds)),
            None => (0..self.heads.len()).for_each(|_| row.push("", Holds::Text)),
        }
    }

    fn take(&mut self, table: &JoinTable, key: usize, row: &Row) {
        let (line, width) = (row.line(), self.heads.len());
        if let Some(unfit) = row.unfit(width, width, &self.heads) {
            self.spoilt.push(Reject { column: table.file.clone(), ..unfit });
            return;
        }
        let of = row.get(key).unwrap_or_default().trim();
        if of.is_empty() || (table.first && self.rows.contains_key(of)) {
            return;
        }
        if self.rows.contains_key(of) {
            let reason = "An earlier line has the same key, which stands once: correct it, or write first = true under [[join]] if the first line counts.";
            let column = format!("{}, {}", table.file, table.key);
            self.spoilt.push(Reject { line, column, value: of.to_owned(), reason: reason.to_owned() });
            return;
        }
        self.rows.insert(of.to_owned(), row.iter().enumerate().map(|(at, cell)| (cell.to_owned(), row.holds(at))).collect());
    }

    /// What is wrong with it, line by line, for people.
    pub fn complain(&self, bad: &mut Rejections) {
        let count = self.spoilt.len();
        if count == 0 {
            return;
        }
        let lines = if count == 1 { "line" } else { "lines" };
        bad.add("file", SPOILT, format!("{count} {lines} of {} cannot be used, so nothing is brought in: correct the file.", self.file));
        for Reject { line, value, reason, .. } in self.spoilt.iter().take(SHOWN) {
            bad.add("file", SPOILT, format!("Line {line} of {}, “{value}”: {reason}", self.file));
        }
        if count > SHOWN {
            bad.add("file", SPOILT, format!("… and {} more of {}.", count - SHOWN, self.file));
        }
    }
}

/// A refusal that says which file it is about.
fn named(wrong: Rejections, file: &str) -> Rejections {
    let one = |r: Rejection| Rejection { message: [file, ": ", &r.message].concat(), ..r };
    Rejections(wrong.0.into_iter().map(one).collect())
}

fn place(all: &csv::StringRecord, name: &str, of: &str) -> Result<usize, Rejections> {
    let there = || all.iter().collect::<Vec<_>>().join(", ");
    let found = all.iter().position(|n| n.trim() == name);
    found.ok_or_else(|| problem("missing_column", format!("{of} has no column {name}. Its columns are: {}.", there())))
}
