//! How a text is a table: where its columns are named, and what stands between two cells. Said by a mapping, or read from the beginning.

use crate::records::line_of;
use crate::source::problem;
use crate::{Delimiter, Mapping, header};
use domain::Rejections;

/// How a text is a table.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// Lines above that which names the columns.
    pub above: u64,
    /// The names, where no line has them.
    pub names: Option<csv::StringRecord>,
}

impl Layout {
    /// As a mapping says, or as the beginning of the text shows.
    ///
    /// # Errors
    /// A mapping that says it in two ways.
    pub fn find(mapping: Option<&Mapping>, start: &str) -> Result<Self, Rejections> {
        let (header_row, names) = said(mapping)?;
        // as rows are read: every line end one sign, also behind the last line
        let start = start.replace("\r\n", "\n").replace('\r', "\n") + "\n";
        let delimiter = mapping.and_then(|m| m.delimiter).unwrap_or_else(|| Delimiter::of(&start, header_row));
        let header_row = header_row.or_else(|| if names.is_some() { None } else { below_titles(&start, delimiter) });
        Ok(Self { delimiter, above: header_row.unwrap_or(1) - 1, names })
    }

    /// Of a sheet, whose columns are named in row `names_at`.
    ///
    /// # Errors
    /// As [`Layout::find`].
    pub fn of_sheet(mapping: Option<&Mapping>, names_at: u64) -> Result<Self, Rejections> {
        let (_, names) = said(mapping)?;
        let above = if names.is_some() { 0 } else { names_at.max(1) - 1 };
        Ok(Self { delimiter: Delimiter::Comma, above, names })
    }
}

/// The line with the names, or the names, where a mapping says either.
fn said(mapping: Option<&Mapping>) -> Result<(Option<u64>, Option<csv::StringRecord>), Rejections> {
    let Some(mapping) = mapping else { return Ok((None, None)) };
    let names = (!mapping.columns.is_empty()).then(|| mapping.columns.iter().map(String::as_str).collect());
    match mapping.header_row {
        Some(0) => {
            let words = "Lines are counted from 1: say in which one the names of the columns stand (header_row = 1), or write the names (columns = [\"…\"]) \
                 where no line has them.";
            Err(problem("header_row", words))
        }
        Some(_) if names.is_some() => {
            let words =
                "The names of the columns stand in a line of the file (header_row), or in the mapping (columns): leave one of them out.";
            Err(problem("header_row", words))
        }
        row => Ok((row, names)),
    }
}

fn below_titles(start: &str, delimiter: Delimiter) -> Option<u64> {
    if delimiter == Delimiter::Spaces {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter.byte()).has_headers(false).flexible(true).from_reader(start.as_bytes());
    let (mut rows, mut row) = (Vec::new(), csv::StringRecord::new());
    while rows.len() < header::LOOKED_AT && reader.read_record(&mut row).unwrap_or(false) {
        rows.push((line_of(&reader, &row), row.clone()));
    }
    header::below_titles(rows.iter().map(|(line, row)| (*line, row)))
}
