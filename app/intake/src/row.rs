//! A row of a file: its cells, what each is in a workbook, and whether a quote in it takes in other rows.

use crate::quotes::Torn;
use crate::reject::{Reject, shown};
use std::ops::Deref;

/// What a cell is. In a text every cell is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text, written as its file writes texts.
    Text,
    /// A number of a workbook: it has a value, with a point before its decimals, however numbers are written elsewhere.
    Number,
    /// A day or instant of a workbook, as ISO 8601 writes it.
    Moment,
}

impl Holds {
    /// Each with the letter it has beside a row of a sheet.
    const LETTERS: [(Self, char); 3] = [(Self::Text, 't'), (Self::Number, 'n'), (Self::Moment, 'm')];

    /// Its letter.
    pub(crate) fn letter(self) -> char {
        Self::LETTERS.iter().find(|(one, _)| *one == self).map_or('t', |(_, letter)| *letter)
    }
}

/// A row that was read.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells.
    pub(crate) cells: csv::StringRecord,
    /// What each is, by its letter; nothing where all are texts.
    pub(crate) holds: String,
    /// What tears it, where it is no row.
    pub(crate) tear: Option<Told>,
}

/// What tears a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) how: Torn,
    /// The line on which the quote opens.
    pub(crate) line: u64,
    /// The column of the quote, in the row it opens in.
    pub(crate) column: Option<usize>,
}

impl Deref for Row {
    type Target = csv::StringRecord;

    fn deref(&self) -> &csv::StringRecord {
        &self.cells
    }
}

impl From<csv::StringRecord> for Row {
    /// Of texts.
    fn from(cells: csv::StringRecord) -> Self {
        Self { cells, ..Self::default() }
    }
}

impl Row {
    /// One to read into.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The line it begins on.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.cells.position().map_or(0, csv::Position::line)
    }

    /// What a cell is.
    #[must_use]
    pub fn holds(&self, index: usize) -> Holds {
        let Some(letter) = self.holds.as_bytes().get(index) else { return Holds::Text };
        Holds::LETTERS.iter().find(|(_, one)| *one == char::from(*letter)).map_or(Holds::Text, |(holds, _)| *holds)
    }

    /// Whether it goes on behind what was read of its file, as far as can be told.
    pub(crate) fn is_cut(&self) -> bool {
        self.tear.is_some_and(|tear| tear.how == Torn::Open(0))
    }

    /// Puts a cell behind the last.
    pub(crate) fn push(&mut self, cell: &str, holds: Holds) {
        if holds != Holds::Text || !self.holds.is_empty() {
            let missing = self.cells.len().saturating_sub(self.holds.len());
            self.holds.extend(std::iter::repeat_n(Holds::Text.letter(), missing));
            self.holds.push(holds.letter());
        }
        self.cells.push_field(cell);
    }

    /// Why its cells cannot be told: a quote takes in other rows, or it has not `own` columns. `width` is that of a whole row, and `names` are its columns'.
    pub(crate) fn unfit(&self, width: usize, own: usize, names: &csv::StringRecord) -> Option<Reject> {
        if let Some(tear) = &self.tear {
            let column = tear.column.and_then(|at| names.get(at)).unwrap_or_default().to_owned();
            return Some(Reject { line: self.line(), column, value: self.start(), reason: tear.words() });
        }
        (self.len() != width).then(|| {
            let words = format!(
                "The row has {} columns, the first line {own}: look for an unclosed quote or a delimiter inside a cell.",
                self.len()
            );
            Reject { line: self.line(), column: String::new(), value: self.start(), reason: words }
        })
    }

    fn start(&self) -> String {
        shown(&self.cells.iter().collect::<Vec<_>>().join(" | "))
    }
}

impl Told {
    fn words(self) -> String {
        let Self { how, line, .. } = self;
        match how {
            Torn::Open(_) => {
                format!(
                    "A quote opens in line {line} and is never closed, so the rows from there on cannot be told apart: close it, or take it away."
                )
            }
            Torn::Within(lines) => format!(
                "A quote opens in line {line} and ends in line {} in the middle of a cell: close it where its own cell ends, and write a quote inside a text twice.",
                line + lines
            ),
            Torn::Rows(rows) => {
                let count = if rows == 1 { "a whole row".to_owned() } else { format!("{rows} whole rows") };
                format!(
                    "The cell whose quote opens in line {line} holds {count} more: a quote is missing at its end. Close it there, or take it away."
                )
            }
        }
    }
}
