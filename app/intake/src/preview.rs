//! A look at the beginning of a file before anything is brought in: what each column becomes, which rows would be refused and why, and what only a
//! person can tell. The same code in the browser and on the server.

use crate::check::Check;
use crate::mapping::Mapping;
use crate::mapping::cells::Cells;
use crate::opened::{Found, Opened};
use crate::source::Input;
use crate::told::Reading;
use crate::{Delimiter, Doubts, Kind, Reject, Row, Rows, SheetRead, reasons, told, with_nul};
use domain::Rejections;
use serde::{Deserialize, Serialize};

mod question;

use question::amount_asked;
pub use question::{About, Question};

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
    /// How columns are read that might be read otherwise, and why.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// Kinds whose columns these look like, where they are none of the kind they are looked at as, or few of them.
    #[serde(default)]
    pub looks_like: Vec<Kind>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// Rows looked at.
    pub looked_at: u64,
    /// How many of them would be refused for what stands in them.
    pub refused: u64,
    /// Why, for the first of them.
    pub rejects: Vec<Reject>,
    /// How many reasons there are, for them or for lines beside the rows.
    #[serde(default)]
    pub reasons: u64,
    /// Whether the file goes on behind the rows looked at.
    pub more: bool,
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
    look(kind, input, mapping, whole, limit).map(|look| look.preview)
}

/// A preview, and every reason it only counts.
pub struct Look {
    /// The preview.
    pub preview: Preview,
    /// Why rows would be refused, or lines beside them cannot be used.
    pub rejects: Vec<Reject>,
}

/// As [`preview`], with every reason.
///
/// # Errors
/// As [`preview`].
pub fn look(kind: Kind, input: Input, mapping: Option<Mapping>, whole: bool, limit: u64) -> Result<Look, Rejections> {
    let (mut found, mut mapping) = (Found::find(input, mapping.as_ref(), limit)?, mapping);
    // nobody has said anything of it yet: the first sheet that holds such rows, to be chosen otherwise
    if mapping.is_none()
        && let Some((other, named)) = found.rather(kind)
    {
        (found, mapping) = (other, Some(named));
    }
    let guessed = mapping.as_ref().is_none_or(|mapping| mapping.fields.is_empty());
    let mapping = found.completed(kind, mapping)?;
    // a column chosen by hand is told apart as well as one that was recognised
    let (mapping, readings) = told::days(mapping, kind, &found)?;
    let mut seen = Preview {
        encoding: found.encoding().name().to_owned(),
        sheet: found.sheet().cloned(),
        delimiter: found.delimiter(),
        header_row: found.header_row(),
        columns: found.names().iter().map(str::to_owned).collect(),
        uses: mapping.uses(kind, found.names()),
        problems: Vec::new(),
        questions: amount_asked(kind, &mapping, &found),
        readings,
        looks_like: Vec::new(),
        rows: Vec::new(),
        looked_at: 0,
        refused: 0,
        rejects: Vec::new(),
        reasons: 0,
        more: !whole,
        mapping,
    };
    match found.clone().bind(kind, &seen.mapping) {
        Ok(opened) => {
            if guessed {
                seen.looks_like = kind.better(&seen.mapping, found.names());
            }
            judged(kind, &opened, whole, &mut seen)?;
        }
        Err(wrong) => {
            seen.problems = wrong.0.into_iter().map(|r| r.message).collect();
            seen.looks_like = kind.rather(&seen.mapping, found.names());
            each(&mut found.rows()?, whole, &mut seen, |seen, row, _| seen.show(row, false))?;
            seen.rejects = found.spoilt().cloned().collect();
        }
    }
    let rejects = std::mem::take(&mut seen.rejects);
    seen.reasons = rejects.len() as u64;
    // of lines beside the rows the first are named among the problems
    if seen.problems.is_empty() {
        seen.rejects = rejects.iter().take(REASONS).cloned().collect();
    }
    Ok(Look { preview: seen, rejects })
}

fn judged(kind: Kind, opened: &Opened, whole: bool, seen: &mut Preview) -> Result<(), Rejections> {
    let (bound, check) = (&opened.bound, Check::of(kind, &opened.bound));
    let mut doubts = Doubts::of(kind, bound);
    let mut rows = opened.rows()?;
    each(&mut rows, whole, seen, |seen, row, unfit| {
        let (cells, line) = (Cells { row, blanks: &bound.blanks }, row.line());
        let why = if let Some(unfit) = unfit {
            vec![unfit]
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
        seen.show(row, !why.is_empty());
        if !why.is_empty() {
            seen.refused += 1;
            seen.rejects.extend(why);
        }
    })?;
    for doubt in doubts.told(opened.found.names()) {
        seen.question(doubt.field, doubt.column, doubt.example, About::Number);
    }
    seen.readings.extend(doubts.readings(opened.found.names()));
    Ok(())
}

/// Every row looked at, and why its cells cannot be told apart; the last one of a mere beginning is held back, since it may be cut.
fn each(
    rows: &mut Rows,
    whole: bool,
    seen: &mut Preview,
    mut take: impl FnMut(&mut Preview, &Row, Option<Reject>),
) -> Result<(), Rejections> {
    let (mut row, mut before) = (Row::new(), None::<Row>);
    while seen.looked_at < LOOKED_AT {
        let more = match rows.next(&mut row) {
            Ok(more) => more,
            Err(_) if !whole => false,
            Err(error) => return Err(error),
        };
        if let Some(before) = before.take().filter(|_| more || whole) {
            seen.looked_at += 1;
            take(seen, &before, rows.unfit(&before));
        }
        if !more || (!whole && row.is_cut()) {
            return Ok(());
        }
        before = Some(row.clone());
    }
    seen.more = true;
    Ok(())
}

impl Preview {
    fn show(&mut self, row: &Row, refused: bool) {
        if self.rows.len() < SHOWN {
            self.rows.push(PreviewRow { line: row.line(), cells: row.iter().map(str::to_owned).collect(), refused });
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
