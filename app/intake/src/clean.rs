//! Cleaning cells: blanks, words that mean nothing, days, times of day and decimal numbers as other systems write them.

use domain::Day;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashSet;

/// Words taken for an empty cell where the mapping names none.
const MEAN_NOTHING: [&str; 8] = ["-", "--", "n/a", "na", "none", "null", "nil", "#n/a"];

/// Words that stand for an empty cell, whatever their case.
#[derive(Clone, Debug)]
pub struct Blanks(HashSet<String>);

impl Blanks {
    /// The mapping's own words, or the usual ones.
    #[must_use]
    pub fn new(words: Option<&[String]>) -> Self {
        let usual = || MEAN_NOTHING.iter().map(ToString::to_string).collect();
        Self(words.map_or_else(usual, |own| own.iter().map(|w| squeeze(w).to_lowercase()).collect()))
    }

    /// The cell without outer and doubled blanks; empty when it means nothing.
    #[must_use]
    pub fn clean<'a>(&self, cell: &'a str) -> Cow<'a, str> {
        let kept = unguarded(squeeze(cell));
        let longest = 16;
        if kept.len() <= longest && self.0.contains(kept.to_lowercase().as_str()) { Cow::Borrowed("") } else { kept }
    }
}

/// Without the apostrophe that keeps a spreadsheet from running a cell as a formula: exports write one.
fn unguarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    let guarded = cell.strip_prefix('\'').is_some_and(|rest| rest.starts_with(['=', '+', '-', '@']));
    match cell {
        Cow::Borrowed(text) if guarded => Cow::Borrowed(text.get(1..).unwrap_or_default()),
        Cow::Owned(text) if guarded => Cow::Owned(text.get(1..).unwrap_or_default().to_owned()),
        other => other,
    }
}

/// Trimmed, every run of blanks (also the non-breaking) one space.
#[must_use]
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let mut before = ' ';
    let tidy = trimmed.chars().all(|c| {
        let fine = !c.is_whitespace() || (c == ' ' && before != ' ');
        before = c;
        fine
    });
    if tidy { Cow::Borrowed(trimmed) } else { Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// What to do about a cell its spreadsheet could not work out.
pub const NOT_WORKED_OUT: &str = "The spreadsheet could not work this cell out: correct its formula there, and save the file again.";

/// Whether a cell holds an error value of a spreadsheet, in whatever language: `#DIV/0!`, `#REF!`, `#NAME?`, `#N/A`.
#[must_use]
pub fn not_worked_out(cell: &str) -> bool {
    let name = cell.strip_prefix('#').filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    name.is_some_and(|name| name.ends_with(['!', '?']) || name == "N/A")
}

/// The first year of business days; 0001-01-01, 1899-12-30 and 1900-01-01 are what other systems write for none.
const YEAR_MIN: i32 = 1901;

/// How a column writes days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum DayFormat {
    /// `20150717`
    #[serde(rename = "YYYYMMDD")]
    Compact,
    /// `2015-07-17`; a time may follow a `T` or a blank.
    #[serde(rename = "YYYY-MM-DD")]
    Iso,
    /// `07/17/2015`, also with `-` or `.` between.
    #[serde(rename = "MM/DD/YYYY")]
    MonthFirst,
    /// `17/07/2015`, also with `-` or `.` between.
    #[serde(rename = "DD/MM/YYYY")]
    DayFirst,
}

impl DayFormat {
    /// As written in a mapping.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        match self {
            Self::Compact => "YYYYMMDD",
            Self::Iso => "YYYY-MM-DD",
            Self::MonthFirst => "MM/DD/YYYY",
            Self::DayFirst => "DD/MM/YYYY",
        }
    }
}

/// A day in the given format; without one, in either of the two that can be read in one way only.
///
/// # Errors
/// What to write instead.
pub fn day(text: &str, format: Option<DayFormat>) -> Result<Day, String> {
    match read(text, format) {
        Some(day) if day.civil().0 < YEAR_MIN => {
            Err(format!("Days before {YEAR_MIN} stand for “not known” in other systems: correct it, or leave the cell empty."))
        }
        Some(day) => Ok(day),
        None => Err(match (format, ways(text).as_slice()) {
            (Some(format), _) => format!("This is no day written {}.", format.pattern()),
            (None, [DayFormat::DayFirst]) => {
                "The day stands first here: say so, and a column is written in one way (in a mapping file: format = \"DD/MM/YYYY\")."
                    .to_owned()
            }
            (None, [_]) => {
                "The month stands first here: say so, and a column is written in one way (in a mapping file: format = \"MM/DD/YYYY\")."
                    .to_owned()
            }
            (None, [_, ..]) => {
                "Day or month first? Say how days are written (in a mapping file: format = \"DD/MM/YYYY\" or \"MM/DD/YYYY\").".to_owned()
            }
            (None, []) if parts(text).is_some() => "There is no such day: correct it.".to_owned(),
            (None, []) => {
                "This is no day: write YYYY-MM-DD or YYYYMMDD, or say how days are written (in a mapping file: format).".to_owned()
            }
        }),
    }
}

fn read(text: &str, format: Option<DayFormat>) -> Option<Day> {
    match format {
        None => compact(text).or_else(|| iso(text)),
        Some(DayFormat::Compact) => compact(text),
        Some(DayFormat::Iso) => iso(text),
        Some(DayFormat::MonthFirst) => parts(text).and_then(|[m, d, y]| civil(y, m, d)),
        Some(DayFormat::DayFirst) => parts(text).and_then(|[d, m, y]| civil(y, m, d)),
    }
}

/// The first day of a month, written `2015-07`, `07/2015`, or as any of its days.
///
/// # Errors
/// What to write instead.
pub fn month(text: &str, format: Option<DayFormat>) -> Result<Day, String> {
    if let Some(month) = bare_month(text).filter(|month| month.civil().0 >= YEAR_MIN) {
        return Ok(month);
    }
    match (day(text, format), format) {
        (Ok(day), _) => Ok(day.month_start()),
        (Err(_), None) if parts(text).is_none() => {
            Err("This is no month: write YYYY-MM, or a day of it, or say how days are written (in a mapping file: format).".to_owned())
        }
        (Err(words), _) => Err(words),
    }
}

/// A year of four digits and a month, in either order: there is one way to read them.
fn bare_month(text: &str) -> Option<Day> {
    let (first, second) = text.split_once(['-', '/', '.'])?;
    let (year, month) = if first.len() == 4 { (first, second) } else { (second, first) };
    let number =
        |text: &str, longest| text.parse::<i32>().ok().filter(|_| text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit()));
    civil(number(year, 4).filter(|_| year.len() == 4)?, number(month, 2)?, 1)
}

/// The ways to read a text as a day, where nothing but its column can tell which is right.
#[must_use]
pub fn ways(text: &str) -> Vec<DayFormat> {
    let both = [DayFormat::DayFirst, DayFormat::MonthFirst].into_iter();
    if read(text, None).is_some() { Vec::new() } else { both.filter(|format| read(text, Some(*format)).is_some()).collect() }
}

fn compact(text: &str) -> Option<Day> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    civil(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
}

fn iso(text: &str) -> Option<Day> {
    let day = text.get(..10)?;
    let rest = &text[10..];
    (rest.is_empty() || rest.strip_prefix(['T', ' ']).is_some_and(begins_with_a_time)).then(|| Day::parse(day))?
}

fn parts(text: &str) -> Option<[i32; 3]> {
    let (day, rest) = text.split_once(' ').unwrap_or((text, "0"));
    if !begins_with_a_time(rest) {
        return None;
    }
    let mut numbers = day.split(['/', '-', '.']).map(|n| n.parse::<i32>().ok().filter(|_| n.len() <= 4));
    let found = [numbers.next()??, numbers.next()??, numbers.next()??];
    (numbers.next().is_none() && found[2] >= 1000).then_some(found)
}

/// `8`, `08:30`, `8:30 pm`, `08:30:00.000+03:00`: what stands behind a day. Only hour and minute are looked at.
fn begins_with_a_time(text: &str) -> bool {
    let digits = |text: &str| text.get(..2).or(Some(text)).and_then(|text| text.parse::<u32>().ok());
    let (hour, rest) = text.trim().split_once(':').unwrap_or((text.trim(), "00"));
    hour.parse::<u32>().is_ok_and(|hour| hour <= 24) && digits(rest).is_some_and(|minute| minute < 60)
}

fn civil(year: i32, month: i32, day: i32) -> Option<Day> {
    Day::from_civil(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Minutes since midnight of `9:05`, `09:05:30`, `0905` or `9:05 pm`.
#[must_use]
pub fn minute_of_day(text: &str) -> Option<i32> {
    let lower = text.trim().to_ascii_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim(), Some(0)),
        (_, Some(clock)) => (clock.trim(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let (hour, rest) = match clock.split_once(':') {
        Some(parts) => parts,
        None if clock.len() == 4 && clock.is_ascii() => clock.split_at(2),
        None => return None,
    };
    let minute = rest.split(':').next().unwrap_or_default();
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// A decimal number; a comma stands for the point where there is no point.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    let number = if text.contains('.') { text.parse() } else { text.replace(',', ".").parse() };
    number.ok().filter(|n: &f64| n.is_finite())
}

/// The first run of at least `count` digits, cut to `count`; empty when there is none.
#[must_use]
pub fn digits(text: &str, count: usize) -> &str {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    runs.find(|run| run.len() >= count).map_or("", |run| &run[..count])
}

#[cfg(test)]
mod tests;
