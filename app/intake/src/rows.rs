//! The rows of a file, with the columns of other files put beside them where the mapping joins some.

use crate::joined::Joined;
use crate::mapping::JoinTable;
use crate::records::Records;
use crate::reject::Reject;
use crate::row::Row;
use crate::source::{Input, Survey, problem};
use domain::Rejections;
use std::sync::Arc;

/// Most columns of a file: those of a sheet (ECMA-376).
pub const COLUMNS_MAX: usize = 16_384;

/// The names of all columns, and what is put beside a row.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Names of the file's own columns and then the joined ones, as `file.column`.
    pub names: csv::StringRecord,
    /// How many are the file's own.
    pub own: usize,
    joins: Arc<Vec<Joined>>,
}

/// A reader of rows.
pub struct Rows {
    records: Records,
    shape: Shape,
}

impl Shape {
    /// Reads the names of the columns and every joined file.
    ///
    /// # Errors
    /// A file that is not there or cannot be read, a column it does not have.
    pub fn find(input: &Input, survey: &Survey, joins: &[JoinTable], limit: u64) -> Result<Self, Rejections> {
        let mut names = input.rows(survey, limit)?.names()?;
        let own = names.len();
        if own > COLUMNS_MAX {
            let words = format!(
                "The first line has {own} columns, a table {COLUMNS_MAX} at most: this may be no table, or one delimited in another way."
            );
            return Err(problem("too_wide", words));
        }
        if names.iter().any(|name| name.contains('\0')) {
            let words = "The first line holds the character U+0000: the file is damaged, or in an encoding it does not name; save it again as UTF-8.";
            return Err(problem("unreadable", words));
        }
        let mut joined = Vec::new();
        for table in joins {
            joined.push(Joined::read(input, table, &mut names, limit)?);
        }
        Ok(Self { names, own, joins: Arc::new(joined) })
    }

    /// Lines of joined files that cannot be used.
    pub fn spoilt(&self) -> impl Iterator<Item = &Reject> {
        self.joins.iter().flat_map(|join| &join.spoilt)
    }

    /// Refuses what cannot be joined whole.
    ///
    /// # Errors
    /// Lines of joined files that cannot be used: the first of them, and how many there are.
    pub fn sound(&self) -> Result<(), Rejections> {
        let mut bad = Rejections::default();
        self.joins.iter().for_each(|join| join.complain(&mut bad));
        bad.or(())
    }

    /// Opens the file again below the names of its columns.
    ///
    /// # Errors
    /// A file that cannot be opened any more.
    pub fn open(&self, input: &Input, survey: &Survey, limit: u64) -> Result<Rows, Rejections> {
        let mut records = input.rows(survey, limit)?;
        records.names()?;
        Ok(Rows { records, shape: self.clone() })
    }
}

impl Rows {
    /// Columns of a whole row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.shape.names.len()
    }

    /// The next row; one of another length than the names is left as it is.
    ///
    /// # Errors
    /// A file that cannot be read on.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, Rejections> {
        if !self.records.next(row)? {
            return Ok(false);
        }
        if row.len() == self.shape.own {
            self.shape.joins.iter().for_each(|join| join.put_beside(row));
        }
        Ok(true)
    }

    /// Why a row's cells cannot be told apart: it has another length than the names, or is torn by a quote.
    #[must_use]
    pub fn unfit(&self, row: &Row) -> Option<Reject> {
        row.unfit(self.width(), self.shape.own, &self.shape.names)
    }
}
