//! The rows of a sheet as lines of CSV, packed as they come: each row is one line, so that a row's line is its number in the sheet.

use crate::header;
use crate::row::Holds;
use crate::workbook::unreadable;
use domain::Rejections;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Rows that are kept back at most until it is known which one names the columns.
const KEPT_BACK: usize = 200;

/// A cell's text, and what it is.
type Cell = (String, Holds);

/// Rows as lines.
pub struct Lines {
    out: GzEncoder<Vec<u8>>,
    row: u32,
    cells: Vec<Cell>,
    /// Which row names the columns, where it is said.
    header_row: Option<u64>,
    /// Rows above the one that names the columns, until that is known.
    waiting: Vec<(u64, Vec<Cell>)>,
    /// Columns that have names; 0 until that is known.
    pub width: usize,
    /// The row that names them.
    pub names_at: u64,
    /// Formulas that were never worked out.
    pub unworked: u64,
    /// Where the first of them stands.
    pub first_unworked: Option<String>,
}

impl Lines {
    /// Nothing yet; the columns are named in `header_row`, where it is said.
    pub fn of(header_row: Option<u64>) -> Self {
        let out = GzEncoder::new(Vec::new(), Compression::fast());
        Self { out, row: 0, cells: Vec::new(), header_row, waiting: Vec::new(), width: 0, names_at: 1, unworked: 0, first_unworked: None }
    }

    /// Puts a text into a cell, and what it is. Rows come in their order.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn put(&mut self, row: u32, column: u32, text: String, holds: Holds) -> Result<(), Rejections> {
        while self.row < row {
            self.end()?;
        }
        let column = column as usize;
        if self.cells.len() <= column && !text.is_empty() {
            self.cells.resize(column + 1, (String::new(), Holds::Text));
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = (text, holds);
        }
        Ok(())
    }

    /// Notes a formula that was never worked out.
    pub fn unworked(&mut self, row: u32, column: u32) {
        self.unworked += 1;
        self.first_unworked.get_or_insert_with(|| format!("{}{}", letters(column), row + 1));
    }

    /// Ends a row.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn end(&mut self) -> Result<(), Rejections> {
        self.row += 1;
        let cells = std::mem::take(&mut self.cells);
        if self.width > 0 || (self.waiting.is_empty() && cells.is_empty()) {
            return self.write(&cells);
        }
        let row = u64::from(self.row);
        self.waiting.push((row, cells));
        let known = match self.header_row {
            Some(at) => row >= at,
            None => self.first_is_of_a_table() || self.waiting.len() >= KEPT_BACK || self.filled().count() > header::LOOKED_AT,
        };
        if known { self.settle() } else { Ok(()) }
    }

    /// Decides which of the rows so far names the columns, and writes them.
    ///
    /// # Errors
    /// When they cannot be packed.
    pub fn settle(&mut self) -> Result<(), Rejections> {
        let names_at = match self.header_row {
            Some(row) => Some(row),
            None => header::below_titles(self.filled().map(|(row, cells)| (row, cells.iter().map(|(text, _)| text.as_str())))),
        };
        let waiting = std::mem::take(&mut self.waiting);
        let Some((first, _)) = waiting.first() else { return Ok(()) };
        self.names_at = names_at.unwrap_or(*first);
        let named = waiting.iter().find(|(row, cells)| *row == self.names_at && !cells.is_empty());
        let widest = waiting.iter().map(|(_, cells)| cells.len()).max();
        self.width = named.map(|(_, cells)| cells.len()).or(widest).unwrap_or_default();
        waiting.iter().try_for_each(|(_, cells)| self.write(cells))
    }

    /// Whether the first row kept back has several cells: then it names the columns.
    fn first_is_of_a_table(&self) -> bool {
        self.waiting.first().is_some_and(|(_, cells)| cells.iter().filter(|(text, _)| !text.is_empty()).count() > 1)
    }

    /// Rows kept back that are not empty, with their numbers.
    fn filled(&self) -> impl Iterator<Item = (u64, &[Cell])> {
        self.waiting.iter().filter(|(_, cells)| !cells.is_empty()).map(|(row, cells)| (*row, cells.as_slice()))
    }

    /// Rows reach to the last named column, or further where something stands there; behind them stands what each cell is.
    fn write(&mut self, cells: &[Cell]) -> Result<(), Rejections> {
        let mut line = String::new();
        if !cells.is_empty() {
            let width = self.width.max(cells.len());
            for place in 0..width {
                quote(cells.get(place).map_or("", |(text, _)| text.as_str()), &mut line);
                line.push(',');
            }
            line.extend(cells.iter().map(|(_, holds)| holds.letter()));
        }
        line.push('\n');
        self.out.write_all(line.as_bytes()).map_err(unreadable)
    }

    /// All lines, packed.
    ///
    /// # Errors
    /// When they cannot be packed.
    pub fn finish(self) -> Result<Vec<u8>, Rejections> {
        self.out.finish().map_err(unreadable)
    }
}

/// A column as a spreadsheet names it: `A`, `AB`.
fn letters(column: u32) -> String {
    let (more, last) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if more == 0 { last.to_string() } else { letters(more - 1) + &last.to_string() }
}

/// A cell in quotes, its own line ends as blanks: a row is one line.
fn quote(text: &str, line: &mut String) {
    line.push('"');
    for c in text.chars() {
        match c {
            '"' => line.push_str("\"\""),
            '\n' | '\r' => line.push(' '),
            c => line.push(c),
        }
    }
    line.push('"');
}
