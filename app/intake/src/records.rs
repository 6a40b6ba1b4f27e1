//! Rows as a file has them: each with the line it begins on and what its cells are; one that a quote has grown into is taken apart again, to be refused
//! line by line.

use crate::kept::{EndlessRow, Kept};
use crate::quotes::{self, Tear};
use crate::reject::unreadable;
use crate::row::{Row, Told};
use crate::source::problem;
use domain::Rejections;
use std::io::Read;

/// A reader of rows.
pub struct Records {
    reader: csv::Reader<Kept<Box<dyn Read + Send>>>,
    /// Lines of the file that the reader does not see.
    above: u64,
    /// The names of the columns, where no line has them.
    said: Option<csv::StringRecord>,
    /// Between cells, where cells may stand in quotes.
    quoted: Option<u8>,
    /// Whether the kinds of its cells stand behind each row.
    sheet: bool,
    width: usize,
    /// Rows one row was made of, the last first.
    apart: Vec<Row>,
}

/// How a text is a table of rows.
pub struct Form {
    /// Lines above that which names the columns.
    pub above: u64,
    /// The names, where no line has them.
    pub said: Option<csv::StringRecord>,
    /// Between cells.
    pub delimiter: u8,
    /// Whether cells may stand in quotes.
    pub quoting: bool,
    /// Whether it is a sheet's.
    pub sheet: bool,
}

impl Records {
    /// Reads `text`, which begins with the names of its columns where nobody says them.
    pub fn new(text: Box<dyn Read + Send>, form: Form) -> Self {
        let Form { above, said, delimiter, quoting, sheet } = form;
        let mut reader = csv::ReaderBuilder::new();
        reader.delimiter(delimiter).quoting(quoting).has_headers(false).flexible(true);
        let quoted = quoting.then_some(delimiter);
        Self { reader: reader.from_reader(Kept::new(text)), above, said, quoted, sheet, width: 0, apart: Vec::new() }
    }

    /// The names of the columns, asked for before the first row.
    ///
    /// # Errors
    /// A text that cannot be read; no line where the names are said to stand, or one with a quote that is not closed.
    pub fn names(&mut self) -> Result<csv::StringRecord, Rejections> {
        let names = match self.said.take() {
            Some(said) => said,
            None => {
                let mut first = Row::new();
                self.next(&mut first)?;
                if let Some(tear) = first.tear {
                    let words = format!(
                        "The quote that opens in line {}, among the names of the columns, does not end with its cell: close it there.",
                        tear.line
                    );
                    return Err(problem("open_quote", words));
                }
                if first.is_empty() {
                    let line = self.above + 1;
                    return Err(problem(
                        "header_row",
                        format!("There is no line {line}, which is said to name the columns: correct header_row."),
                    ));
                }
                first.cells
            }
        };
        self.width = names.len();
        Ok(names)
    }

    /// The next row, or line of one that is torn.
    ///
    /// # Errors
    /// A text that cannot be read on; a row without end.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, Rejections> {
        if let Some(next) = self.apart.pop() {
            *row = next;
            return Ok(true);
        }
        (row.tear, row.holds) = (None, String::new());
        let from = self.reader.position().clone();
        if !self.reader.read_record(&mut row.cells).map_err(|error| self.wrong(&error, &from))? {
            return Ok(false);
        }
        let several = row.cells.as_slice().contains('\n');
        if let (true, Some(delimiter)) = (several, self.quoted)
            && let Some((line, raw, tear)) = self.torn(row, &from, delimiter)
        {
            self.apart = apart(&raw, line, &tear, delimiter);
            self.apart.reverse();
            self.done();
            return self.next(row);
        }
        mark_line(&self.reader, self.above, &mut row.cells);
        if self.sheet
            && let Some(last) = row.cells.len().checked_sub(1)
        {
            row.holds.push_str(row.cells.get(last).unwrap_or_default());
            row.cells.truncate(last);
        }
        self.done();
        Ok(true)
    }

    /// Nothing that was read so far is needed any more.
    fn done(&mut self) {
        let read = self.reader.position().byte();
        self.reader.get_mut().forget(read);
    }

    /// A row as it is written and the line it begins on, where a quote tears it.
    fn torn(&self, row: &Row, from: &csv::Position, delimiter: u8) -> Option<(u64, String, Tear)> {
        let raw = self.reader.get_ref().between(from.byte(), self.reader.position().byte());
        let raw = str::from_utf8(raw).ok()?;
        let begins = raw.len() - raw.trim_start_matches('\n').len();
        let raw = raw.get(begins..)?;
        let tear = quotes::tear(raw, &row.cells, delimiter, self.width)?;
        Some((from.line() + begins as u64 + self.above, raw.to_owned(), tear))
    }

    fn wrong(&self, error: &csv::Error, from: &csv::Position) -> Rejections {
        let endless = matches!(error.kind(), csv::ErrorKind::Io(io) if io.get_ref().is_some_and(|e| e.is::<EndlessRow>()));
        if !endless {
            return unreadable(error);
        }
        let raw = self.reader.get_ref().between(from.byte(), u64::MAX);
        let open = self.quoted.and_then(|delimiter| quotes::left_open(raw, delimiter));
        let line = from.line() + self.above + open.unwrap_or_default();
        match open {
            Some(_) => problem("open_quote", format!("A quote opens in line {line} and is not closed: close it, or take it away.")),
            None => problem("unreadable", format!("Line {line} has no end: this may be no table.")),
        }
    }
}

/// The rows one row was made of, which begins on `line`.
fn apart(raw: &str, line: u64, tear: &Tear, delimiter: u8) -> Vec<Row> {
    let place = |begins: u64| {
        let mut place = csv::Position::new();
        place.set_line(line + begins);
        place
    };
    let one = |(begins, at): &(u64, std::ops::Range<usize>)| {
        let mut cells = quotes::cells(raw.get(at.clone()).unwrap_or_default(), delimiter);
        cells.set_position(Some(place(*begins)));
        let column = (*begins == 0).then_some(tear.column);
        Row { cells, holds: String::new(), tear: Some(Told { how: tear.how, line: line + tear.opens, column }) }
    };
    tear.rows.iter().map(one).collect()
}

/// Notes in a row where it begins in the file, `above` lines of which the reader has not seen.
fn mark_line<R: Read>(reader: &csv::Reader<R>, above: u64, row: &mut csv::StringRecord) {
    let Some(mut place) = row.position().cloned() else { return };
    place.set_line(line_of(reader, row) + above);
    row.set_position(Some(place));
}

/// The line a row begins on. The reader takes empty lines before a row for its beginning: where it really begins follows from where it ends and the line
/// ends in its cells.
pub(crate) fn line_of<R: Read>(reader: &csv::Reader<R>, row: &csv::StringRecord) -> u64 {
    let cells = row.as_slice();
    let inner = if cells.contains('\n') { cells.bytes().filter(|byte| *byte == b'\n').count() as u64 } else { 0 };
    let line = reader.position().line().saturating_sub(inner + 1);
    // a quote that is never closed has no line end behind it
    line.max(row.position().map_or(0, csv::Position::line))
}
