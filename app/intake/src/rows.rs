//! The rows of a file, with the columns of other files put beside them where the mapping joins some.

use crate::joined::Joined;
use crate::mapping::JoinTable;
use crate::reject::Reject;
use crate::source::{Input, Survey, problem};
use domain::Rejections;
use std::io::Read;
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
    reader: csv::Reader<Box<dyn Read + Send>>,
    /// Lines of the file that the reader does not see.
    above: u64,
    shape: Shape,
}

impl Shape {
    /// Reads the names of the columns and every joined file.
    ///
    /// # Errors
    /// A file that is not there or cannot be read, a column it does not have.
    pub fn find(input: &Input, survey: &Survey, joins: &[JoinTable], limit: u64) -> Result<Self, Rejections> {
        let mut reader = input.rows(survey, limit)?;
        let mut names = names(&mut reader, survey)?;
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
        let mut reader = input.rows(survey, limit)?;
        names(&mut reader, survey)?;
        Ok(Rows { reader, above: survey.layout.above, shape: self.clone() })
    }
}

impl Rows {
    /// Columns of a whole row.
    pub fn width(&self) -> usize {
        self.shape.names.len()
    }

    /// Columns of the file itself.
    pub fn own_width(&self) -> usize {
        self.shape.own
    }

    /// The next row; one of another length than the names is left as it is.
    ///
    /// # Errors
    /// A file that cannot be read on.
    pub fn next(&mut self, row: &mut csv::StringRecord) -> Result<bool, csv::Error> {
        if !self.reader.read_record(row)? {
            return Ok(false);
        }
        mark_line(&self.reader, self.above, row);
        if row.len() == self.shape.own {
            for join in self.shape.joins.iter() {
                let found = row.get(join.on).and_then(|key| join.rows.get(key.trim()));
                match found {
                    Some(cells) => cells.iter().for_each(|cell| row.push_field(cell)),
                    None => (0..join.columns).for_each(|_| row.push_field("")),
                }
            }
        }
        Ok(true)
    }
}

/// The names of the file's own columns; a reader that has given them stands before the first row.
pub(crate) fn names<R: Read>(reader: &mut csv::Reader<R>, survey: &Survey) -> Result<csv::StringRecord, Rejections> {
    if let Some(names) = &survey.layout.names {
        return Ok(names.clone());
    }
    let names = reader.headers().map_err(|e| problem("unreadable", format!("The first line cannot be read: {e}.")))?.clone();
    if names.is_empty() {
        let line = survey.layout.above + 1;
        return Err(problem("header_row", format!("There is no line {line}, which is said to name the columns: correct header_row.")));
    }
    Ok(names)
}

/// Notes in a row where it begins in the file, `above` lines of which the reader has not seen.
pub(crate) fn mark_line<R: Read>(reader: &csv::Reader<R>, above: u64, row: &mut csv::StringRecord) {
    let Some(mut place) = row.position().cloned() else { return };
    place.set_line(line_of(reader, row) + above);
    row.set_position(Some(place));
}

/// The line a row begins on. The reader takes empty lines before a row for its beginning: where it really begins follows from where it ends and the line
/// ends in its cells.
pub(crate) fn line_of<R: Read>(reader: &csv::Reader<R>, row: &csv::StringRecord) -> u64 {
    let inner = row.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
    let line = reader.position().line().saturating_sub(inner + 1);
    // a quote that is never closed has no line end behind it
    line.max(row.position().map_or(0, csv::Position::line))
}
