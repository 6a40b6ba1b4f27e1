//! The columns of a file by their names, and the cells of a row under them.

use crate::clean::Blanks;
use crate::{Holds, Row};
use domain::fold::fold;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The columns of a file while a mapping is bound to them.
pub struct Columns<'a> {
    names: &'a csv::StringRecord,
    folded: Vec<String>,
    /// Names the mapping uses that the file does not have.
    pub missing: BTreeSet<String>,
    /// Names the mapping uses that the file has more than once.
    pub twice: BTreeSet<String>,
    /// Positions the mapping uses.
    pub used: BTreeSet<usize>,
}

impl<'a> Columns<'a> {
    /// The first row's names.
    #[must_use]
    pub fn new(names: &'a csv::StringRecord) -> Self {
        Self { folded: names.iter().map(fold).collect(), names, missing: BTreeSet::new(), twice: BTreeSet::new(), used: BTreeSet::new() }
    }

    /// All names, in the file's order.
    #[must_use]
    pub fn names(&self) -> &'a csv::StringRecord {
        self.names
    }

    /// Where a column stands: by its exact name, else by the same folded words.
    pub fn index(&mut self, name: &str) -> usize {
        let mut found: Vec<usize> = self.names.iter().enumerate().filter(|(_, n)| n.trim() == name.trim()).map(|(i, _)| i).collect();
        if found.is_empty() {
            let folded = fold(name);
            found = self.folded.iter().enumerate().filter(|(_, n)| **n == folded).map(|(i, _)| i).collect();
        }
        if found.len() > 1 {
            self.twice.insert(name.to_owned());
        }
        let Some(first) = found.first() else {
            self.missing.insert(name.to_owned());
            return 0;
        };
        self.used.insert(*first);
        *first
    }
}

/// A row's cells, cleaned on the way out.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    /// The row.
    pub row: &'a Row,
    /// What means nothing.
    pub blanks: &'a Blanks,
}

impl<'a> Cells<'a> {
    /// A cell without outer and doubled blanks, empty when it means nothing.
    #[must_use]
    pub fn get(self, index: usize) -> Cow<'a, str> {
        self.blanks.clean(self.row.get(index).unwrap_or_default())
    }

    /// What it is.
    #[must_use]
    pub fn holds(self, index: usize) -> Holds {
        self.row.holds(index)
    }
}
