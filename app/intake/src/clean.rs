//! Cleaning cells: blanks, words that mean nothing, days, times of day and decimal numbers as other systems write them.

use std::borrow::Cow;
use std::collections::HashSet;

mod clock;
mod days;
mod format;

pub use days::{day, month, ways};
pub use format::{DayFormat, SHORT_YEARS};

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
