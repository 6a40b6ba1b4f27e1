//! Why a row is not taken in: where it begins, which column, what stands there, what to do.

use crate::mapping::Bound;
use crate::mapping::cells::Cells;
use crate::source::problem;
use domain::Rejections;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Characters of a cell that a report shows.
const SHOWN: usize = 80;

/// One reason why a row was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reject {
    /// Where the row begins in the file, from 1.
    pub line: u64,
    /// The column, or columns.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What to do.
    pub reason: String,
}

/// The beginning of a text, without the one character no database keeps.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(SHOWN).map(|c| if c == '\0' { '␀' } else { c }).collect()
}

/// A file that cannot be read on.
#[must_use]
pub(crate) fn unreadable(error: &csv::Error) -> Rejections {
    problem("unreadable", format!("The file cannot be read to its end ({error}): save it again as CSV."))
}

/// A row with the one character no database keeps.
#[must_use]
pub fn with_nul(line: u64, row: &csv::StringRecord) -> Option<Reject> {
    let cell = row.iter().find(|cell| cell.contains('\0'))?;
    let reason = "The cell holds the character U+0000: the file may be damaged, or in another encoding; save it again.".to_owned();
    Some(Reject { line, column: String::new(), value: shown(cell), reason })
}

/// What the domain or the mapping found wrong with a row, as lines of a report.
#[must_use]
pub fn reasons(bound: &Bound, cells: Cells<'_>, line: u64, bad: Rejections) -> Vec<Reject> {
    let one = |r: domain::Rejection| {
        let (column, value) = bound.blame(&r.field, cells);
        Reject { line, column, value, reason: r.message }
    };
    let mut all: Vec<Reject> = bad.0.into_iter().map(one).collect();
    all.dedup();
    all
}

/// Rows that are left out, as the lines of a table, like those a run lists.
#[must_use]
pub fn listed(rejects: &[Reject]) -> String {
    let mut lines = csv::Writer::from_writer(Vec::new());
    // what is written into memory is written
    let _ = lines.write_record(["line", "what", "column", "value", "reason"]);
    for Reject { line, column, value, reason } in rejects {
        let _ = lines.write_record([&line.to_string(), "rejected", column, value, reason].map(|cell| harmless(cell).into_owned()));
    }
    lines.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// A cell a spreadsheet would run as a formula begins with an apostrophe instead.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}").into() } else { cell.into() }
}
