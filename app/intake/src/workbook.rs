//! A sheet of a workbook (Office Open XML) as rows of text, one line each, so that a row's line is its number in the sheet. Formulas give what they came
//! to when the workbook was saved; one that was never worked out is an empty cell.

use crate::content::{BLOCK, Bounded, Raw, TooLarge};
use crate::foreign;
use crate::lines::Lines;
use crate::row::Holds;
use crate::source::problem;
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::Rejections;
use serde::{Deserialize, Serialize};
use std::io::Read;
use zip::ZipArchive;

mod beginning;

pub use beginning::beginning;

/// Bytes of all its parts unpacked: 512 MiB. A sheet ends at 1,048,576 rows.
pub const UNPACKED_MAX: u64 = 512 << 20;
/// Bytes of its table of texts unpacked, which is kept in memory whole: 96 MiB.
const TEXTS_MAX: u64 = 96 << 20;
/// Unpacked bytes per packed byte above which a workbook is taken for a bomb: sheets stay below 40.
const RATIO_MAX: u64 = 300;
/// Unpacked bytes below which no ratio is judged: 16 MiB.
const RATIO_FROM: u64 = 16 << 20;
/// Columns of a sheet (ECMA-376).
const COLUMNS_MAX: u32 = 16_384;
/// Digits of a number that are kept when a workbook is saved (IEEE 754 double, as spreadsheets show it).
const DIGITS: usize = 15;

/// Which sheet of a workbook was read, and which were not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRead {
    /// Its name.
    pub name: String,
    /// The other visible sheets.
    pub others: Vec<String>,
    /// How many of them stand before it.
    #[serde(default)]
    pub place: usize,
    /// Formulas that were never worked out, whose cells are empty.
    #[serde(default)]
    pub unworked: u64,
    /// The first of them: `D7`.
    #[serde(default)]
    pub first_unworked: Option<String>,
}

impl SheetRead {
    /// Every visible sheet, in the workbook's order.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        let mut all = self.others.clone();
        all.insert(self.place.min(all.len()), self.name.clone());
        all
    }

    /// That another sheet can be read; nothing where there is none.
    pub(crate) fn instead(&self) -> Option<String> {
        let first = self.others.first()?;
        Some(format!(
            "Sheet “{}” of the workbook was read; there are also “{}”: choose another one (in a mapping file: sheet = {}).",
            self.name,
            self.others.join("”, “"),
            toml::Value::from(first.as_str())
        ))
    }
}

impl std::fmt::Display for SheetRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "sheet “{}”", self.name)?;
        if !self.others.is_empty() {
            write!(f, ", not read: “{}”", self.others.join("”, “"))?;
        }
        match &self.first_unworked {
            Some(first) => write!(
                f,
                ". {} formula(s) in it, the first in {first}, were never worked out and count as empty: open the workbook in a spreadsheet program, save it, and take that file",
                self.unworked
            ),
            None => Ok(()),
        }
    }
}

/// A sheet as text.
pub struct Unfolded {
    /// Gzipped CSV.
    pub text: Vec<u8>,
    /// Which sheet.
    pub read: SheetRead,
    /// The row that names the columns.
    pub names_at: u64,
}

/// The sheet of that name, or the first visible one with cells. Its columns are named in row `header_row`, or in the first below titles.
///
/// # Errors
/// A workbook that cannot be read, has no such sheet, or unpacks to more than `limit` bytes or as a bomb does; an archive that is none.
pub fn text(mut raw: Box<dyn Raw>, sheet: Option<&String>, header_row: Option<u64>, limit: u64) -> Result<Unfolded, Rejections> {
    measure(&mut raw, limit)?;
    raw.rewind().map_err(unreadable)?;
    let mut book: Xlsx<Box<dyn Raw>> = Xlsx::new(raw).map_err(damaged)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .collect();
    let candidates = match sheet {
        Some(wanted) if sheets.iter().any(|name| name == wanted) => std::slice::from_ref(wanted),
        Some(wanted) => {
            let words = format!("The workbook has no sheet {wanted}. Its sheets are: {}.", sheets.join(", "));
            return Err(problem("no_sheet", words));
        }
        None => &sheets[..],
    };
    for name in candidates {
        let mut out = Lines::of(header_row);
        if rows(&mut book, name, &mut out)? {
            let others = sheets.iter().filter(|other| *other != name).cloned().collect();
            let place = sheets.iter().position(|other| other == name).unwrap_or_default();
            let (unworked, first_unworked, names_at) = (out.unworked, out.first_unworked.take(), out.names_at);
            let read = SheetRead { name: name.clone(), others, place, unworked, first_unworked };
            return Ok(Unfolded { text: out.finish()?, read, names_at });
        }
    }
    Err(problem("empty", "The workbook is empty: its first row names the columns."))
}

/// Unpacks every part once and counts: what an archive says of its own size need not be true.
fn measure(raw: &mut Box<dyn Raw>, limit: u64) -> Result<(), Rejections> {
    let packed = raw.seek(std::io::SeekFrom::End(0)).map_err(unreadable)?;
    let limit = limit.min(packed.saturating_mul(RATIO_MAX).max(RATIO_FROM));
    let mut archive = ZipArchive::new(raw).map_err(unreadable)?;
    let names: Vec<String> = archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect();
    if let Some(what) = foreign::of_archive(&names) {
        return Err(foreign::not_a_table(what));
    }
    let (mut all, mut block) = (0, vec![0; BLOCK]);
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(unreadable)?;
        let texts = part.name().is_ok_and(|name| name.ends_with("sharedStrings.xml"));
        let most = if texts { TEXTS_MAX.min(limit) } else { limit };
        let mut part = Bounded::new(part, most);
        loop {
            match part.read(&mut block).map_err(too_large)? {
                0 => break,
                n => all += n as u64,
            }
            if all > limit {
                return Err(too_large(std::io::Error::other(TooLarge)));
            }
        }
    }
    Ok(())
}

/// Writes the sheet's rows; whether it has any cells.
fn rows(book: &mut Xlsx<Box<dyn Raw>>, name: &str, out: &mut Lines) -> Result<bool, Rejections> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = cell.pos;
        if column < COLUMNS_MAX {
            if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                out.unworked(row, column);
            }
            let (text, holds) = written(&cell.value);
            out.put(row, column, text, holds)?;
        }
    }
    out.end()?;
    out.settle()?;
    Ok(out.width > 0)
}

/// A cell as text, and what it is: numbers with the digits a spreadsheet keeps, days, instants and times of day as ISO 8601 writes them.
fn written(cell: &DataRef<'_>) -> (String, Holds) {
    let text = |text| (text, Holds::Text);
    match Data::from(cell.clone()) {
        Data::Empty => text(String::new()),
        Data::String(of) => text(of),
        Data::DateTimeIso(of) | Data::DurationIso(of) => (of, Holds::Moment),
        Data::Int(number) => (number.to_string(), Holds::Number),
        Data::Float(number) => (decimal(number), Holds::Number),
        Data::Bool(truth) => text(if truth { "TRUE" } else { "FALSE" }.to_owned()),
        Data::DateTime(at) if at.is_duration() => (decimal(at.as_f64()), Holds::Number),
        Data::DateTime(at) => (moment(at), Holds::Moment),
        other => text(other.to_string()),
    }
}

fn decimal(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return if number == 0.0 { "0".to_owned() } else { number.to_string() };
    }
    // as many digits after the point as make fifteen in all
    let before = number.abs().log10().floor() as i32;
    let places = usize::try_from(DIGITS as i32 - 1 - before).unwrap_or(0).min(20);
    let text = format!("{number:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn moment(at: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    if at.as_f64() < 1.0 {
        // of no day: days are counted from 1
        format!("{hour:02}:{minute:02}:{second:02}")
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

fn damaged(error: XlsxError) -> Rejections {
    unreadable(error)
}

/// A workbook that cannot be read.
pub(crate) fn unreadable(error: impl std::fmt::Display) -> Rejections {
    problem("unreadable", format!("The workbook cannot be read ({error}): save it again as .xlsx without a password, or as CSV."))
}

fn too_large(error: std::io::Error) -> Rejections {
    if error.get_ref().is_some_and(|e| e.is::<TooLarge>()) {
        return problem("too_large", "The workbook unpacks to more than is safe to read: save it as CSV, or split it.");
    }
    unreadable(error)
}
