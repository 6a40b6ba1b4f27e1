//! The rows of a file, with the columns of other files put beside them where the mapping joins some.

use crate::mapping::JoinTable;
use crate::source::{Input, Survey, problem};
use domain::Rejections;
use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

/// Most columns of a file: those of a sheet (ECMA-376).
pub const COLUMNS_MAX: usize = 16_384;

/// Another file, kept whole by its key.
#[derive(Debug)]
pub struct Joined {
    on: usize,
    rows: HashMap<String, Vec<String>>,
    columns: usize,
}

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
    shape: Shape,
}

impl Shape {
    /// Reads the first line and every joined file.
    ///
    /// # Errors
    /// A file that is not there or cannot be read, a column it does not have, a key it holds twice.
    pub fn find(input: &Input, survey: &Survey, joins: &[JoinTable], limit: u64) -> Result<Self, Rejections> {
        let mut reader = input.rows(survey, limit)?;
        let mut names = reader.headers().map_err(|e| problem("unreadable", format!("The first line cannot be read: {e}.")))?.clone();
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
            joined.push(join(input, table, &mut names, limit)?);
        }
        Ok(Self { names, own, joins: Arc::new(joined) })
    }

    /// Opens the file again below its first line.
    ///
    /// # Errors
    /// A file that cannot be opened any more.
    pub fn open(&self, input: &Input, survey: &Survey, limit: u64) -> Result<Rows, Rejections> {
        let mut reader = input.rows(survey, limit)?;
        reader.headers().map_err(|e| problem("unreadable", format!("The first line cannot be read: {e}.")))?;
        Ok(Rows { reader, shape: self.clone() })
    }
}

impl Rows {
    /// Columns of a whole row.
    pub fn width(&self) -> usize {
        self.shape.names.len()
    }

    /// Columns of the first line.
    pub fn own_width(&self) -> usize {
        self.shape.own
    }

    /// The next row; one of another length than the first line is left as it is.
    ///
    /// # Errors
    /// A file that cannot be read on.
    pub fn next(&mut self, row: &mut csv::StringRecord) -> Result<bool, csv::Error> {
        if !self.reader.read_record(row)? {
            return Ok(false);
        }
        self.mark_line(row);
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

impl Rows {
    /// The reader takes empty lines before a row for its beginning: where it really begins follows from where it ends and the line ends in its cells.
    fn mark_line(&self, row: &mut csv::StringRecord) {
        let Some(mut place) = row.position().cloned() else { return };
        let inner = row.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
        let line = self.reader.position().line().saturating_sub(inner + 1);
        // a quote that is never closed has no line end behind it
        place.set_line(line.max(place.line()));
        row.set_position(Some(place));
    }
}

fn join(input: &Input, table: &JoinTable, names: &mut csv::StringRecord, limit: u64) -> Result<Joined, Rejections> {
    let Some(other) = input.beside(&table.file) else {
        let words = format!("The mapping puts {} beside the rows: hand it over with the file.", table.file);
        return Err(problem("missing_file", words));
    };
    let other = other.unfolded(None, limit)?;
    let survey = other.survey(None, limit)?;
    let mut reader = other.rows(&survey, limit)?;
    let unreadable = |e: csv::Error| problem("unreadable", format!("{} cannot be read: {e}.", table.file));
    let heads = reader.headers().map_err(unreadable)?.clone();
    let place = |all: &csv::StringRecord, name: &str, of: &str| {
        let there = all.iter().collect::<Vec<_>>().join(", ");
        all.iter()
            .position(|n| n.trim() == name)
            .ok_or_else(|| problem("missing_column", format!("{of} has no column {name}. Its columns are: {there}.")))
    };
    let key = place(&heads, &table.key, &table.file)?;
    let on = place(names, &table.on, "The file")?;
    let stem = other.stem();
    heads.iter().for_each(|head| names.push_field(&format!("{stem}.{}", head.trim())));
    let mut rows = HashMap::new();
    for row in reader.records() {
        let row = row.map_err(unreadable)?;
        let cells: Vec<String> = (0..heads.len()).map(|i| row.get(i).unwrap_or_default().to_owned()).collect();
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() != heads.len() {
            let words = format!("Line {line} of {} has {} columns, its first line {}: correct it.", table.file, row.len(), heads.len());
            return Err(problem("unreadable", words));
        }
        let of = cells.get(key).map(|k| k.trim().to_owned()).unwrap_or_default();
        if of.is_empty() || (table.first && rows.contains_key(&of)) {
            continue;
        }
        if rows.insert(of.clone(), cells).is_some() {
            let words = format!("{} says {of} twice in its column {}, again on line {line}: a key stands once.", table.file, table.key);
            return Err(problem("key_twice", words));
        }
    }
    Ok(Joined { on, rows, columns: heads.len() })
}
