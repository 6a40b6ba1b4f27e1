//! A look at the beginning of a file before anything is brought in: what each column becomes, which rows would be refused and why, and what only a
//! person can tell. The same code in the browser and on the server.

use crate::check::Check;
use crate::clean;
use crate::mapping::cells::Cells;
use crate::mapping::{Bound, Mapping};
use crate::opened::{Found, Opened};
use crate::source::Input;
use crate::{Delimiter, Doubts, Kind, Reject, Rows, SheetRead, other_width, reasons, told, unreadable, with_nul};
use domain::Rejections;
use serde::{Deserialize, Serialize};

/// Rows shown.
pub const SHOWN: usize = 50;
/// Rows looked at, for the counts.
pub const LOOKED_AT: u64 = 20_000;
/// Refused rows whose reasons are told.
const REASONS: usize = 20;

/// What a file's beginning says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// How its bytes were read: `UTF-8`, `windows-1252`.
    pub encoding: String,
    /// Of a workbook, which sheet was read.
    pub sheet: Option<SheetRead>,
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// The line that names the columns; none where the mapping names them.
    pub header_row: Option<u64>,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// What each column becomes; nothing where it is not used.
    pub uses: Vec<Vec<String>>,
    /// The mapping used: the one given, or what was recognised.
    pub mapping: Mapping,
    /// What keeps the mapping from being used; then no row is judged.
    pub problems: Vec<String>,
    /// What only a person can tell.
    pub questions: Vec<Question>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// Rows looked at.
    pub looked_at: u64,
    /// How many of them would be refused for what stands in them.
    pub refused: u64,
    /// Why, for the first of them.
    pub rejects: Vec<Reject>,
    /// Whether the file goes on behind the rows looked at.
    pub more: bool,
}

/// Something that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The field it is about.
    pub field: String,
    /// Its column.
    pub column: String,
    /// A cell that can be read in two ways.
    pub example: String,
    /// What it is about.
    pub about: About,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// Day or month first.
    DayOrMonth,
    /// What a comma, a point or a bracket in a number means.
    Number,
}

/// A row of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRow {
    /// Where it begins.
    pub line: u64,
    /// Its cells, column by column.
    pub cells: Vec<String>,
    /// Whether it would be refused.
    pub refused: bool,
}

/// Looks at the beginning of a file. `whole` says whether `input` is all of it: a beginning may end inside a row, which is left out.
///
/// # Errors
/// When there is no table in it, with what to do.
pub fn preview(kind: Kind, input: Input, mapping: Option<Mapping>, whole: bool, limit: u64) -> Result<Preview, Rejections> {
    let found = Found::find(input, mapping.as_ref(), limit)?;
    let mapping = found.completed(kind, mapping)?;
    // a column chosen by hand is told apart as well as one that was recognised
    let mapping = told::days(mapping, kind, &found)?;
    let mut seen = Preview {
        encoding: found.encoding().name().to_owned(),
        sheet: found.sheet().cloned(),
        delimiter: found.delimiter(),
        header_row: found.header_row(),
        columns: found.names().iter().map(str::to_owned).collect(),
        uses: mapping.uses(kind, found.names()),
        problems: Vec::new(),
        questions: Vec::new(),
        rows: Vec::new(),
        looked_at: 0,
        refused: 0,
        rejects: Vec::new(),
        more: !whole,
        mapping,
    };
    match found.clone().bind(kind, &seen.mapping) {
        Ok(opened) => judged(kind, &opened, whole, &mut seen)?,
        Err(wrong) => {
            seen.problems = wrong.0.into_iter().map(|r| r.message).collect();
            each(&mut found.rows()?, whole, &mut seen, |seen, row, line| seen.show(row, line, false))?;
        }
    }
    Ok(seen)
}

fn judged(kind: Kind, opened: &Opened, whole: bool, seen: &mut Preview) -> Result<(), Rejections> {
    let (bound, check) = (&opened.bound, Check::of(kind, &opened.bound));
    let mut doubts = Doubts::of(kind, bound);
    let mut rows = opened.rows()?;
    let (width, own) = (rows.width(), rows.own_width());
    each(&mut rows, whole, seen, |seen, row, line| {
        let cells = Cells { row, blanks: &bound.blanks };
        let why = if row.len() != width {
            vec![other_width(line, row, own)]
        } else if let Some(nul) = with_nul(line, row) {
            vec![nul]
        } else {
            doubts.see(cells);
            match check.row(cells) {
                Ok(()) => Vec::new(),
                Err(bad) => {
                    seen.ask(bound, cells, &bad);
                    reasons(bound, cells, line, bad)
                }
            }
        };
        seen.show(row, line, !why.is_empty());
        if !why.is_empty() {
            seen.refused += 1;
            let room = REASONS.saturating_sub(seen.rejects.len());
            seen.rejects.extend(why.into_iter().take(room));
        }
    })?;
    for doubt in doubts.told(opened.found.names()) {
        seen.question(doubt.field, doubt.column, doubt.example, About::Number);
    }
    Ok(())
}

/// Every row looked at; the last one of a mere beginning is held back, since it may be cut.
fn each(
    rows: &mut Rows,
    whole: bool,
    seen: &mut Preview,
    mut take: impl FnMut(&mut Preview, &csv::StringRecord, u64),
) -> Result<(), Rejections> {
    let (mut row, mut before) = (csv::StringRecord::new(), None::<csv::StringRecord>);
    let line = |row: &csv::StringRecord| row.position().map_or(0, csv::Position::line);
    while seen.looked_at < LOOKED_AT {
        let more = match rows.next(&mut row) {
            Ok(more) => more,
            Err(_) if !whole => false,
            Err(error) => return Err(unreadable(&error)),
        };
        if let Some(before) = before.take().filter(|_| more || whole) {
            seen.looked_at += 1;
            take(seen, &before, line(&before));
        }
        if !more {
            return Ok(());
        }
        before = Some(row.clone());
    }
    seen.more = true;
    Ok(())
}

impl Preview {
    fn show(&mut self, row: &csv::StringRecord, line: u64, refused: bool) {
        if self.rows.len() < SHOWN {
            self.rows.push(PreviewRow { line, cells: row.iter().map(str::to_owned).collect(), refused });
        }
    }

    /// Notes what a refused row asks a person, once for each field.
    fn ask(&mut self, bound: &Bound, cells: Cells<'_>, bad: &Rejections) {
        for wrong in &bad.0 {
            let (column, example) = bound.blame(&wrong.field, cells);
            let about = match wrong.code.as_str() {
                "not_a_day" if clean::two_ways(&example) => About::DayOrMonth,
                "not_a_number" if wrong.message != clean::NOT_WORKED_OUT && example.chars().any(|c| c.is_ascii_digit()) => About::Number,
                _ => continue,
            };
            self.question(&wrong.field, column, example, about);
        }
    }

    fn question(&mut self, field: &str, column: String, example: String, about: About) {
        if !self.questions.iter().any(|q| q.field == field) {
            self.questions.push(Question { field: field.to_owned(), column, example, about });
        }
    }
}

/// The beginning of a file of which only the first bytes are at hand: unpacked as far as it goes, cut behind its last whole line.
#[must_use]
pub fn beginning(bytes: &[u8], most: usize) -> Vec<u8> {
    use std::io::Read;
    let mut plain = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        // what cannot be unpacked any more is behind the beginning
        let _ = flate2::read::MultiGzDecoder::new(bytes).take(most as u64).read_to_end(&mut plain);
    } else {
        plain.extend_from_slice(bytes.get(..most).unwrap_or(bytes));
    }
    let wide = plain.starts_with(&[0xff, 0xfe]) || plain.starts_with(&[0xfe, 0xff]);
    if wide {
        plain.truncate(plain.len() & !1);
    } else if let Some(end) = plain.iter().rposition(|b| *b == b'\n' || *b == b'\r') {
        plain.truncate(end + 1);
    }
    plain
}
