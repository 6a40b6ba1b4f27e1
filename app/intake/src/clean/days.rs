//! Days and months as other systems write them: read in one way, or not at all.

use super::clock::Clock;
use super::format::{DayFormat, SHORT_YEARS};
use domain::calendar::Zone;
use domain::{Day, Instant};

/// The first year of business days; 0001-01-01, 1899-12-30 and 1900-01-01 are what other systems write for none.
const YEAR_MIN: i32 = 1901;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// The months by their names; three letters are enough.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Year, month and day.
pub(super) type Civil = (i32, i32, i32);

/// One of the three parts of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A number, and how many digits it has.
    Number(i32, usize),
    /// A month by its name.
    Month(i32),
}

/// A day in the given format; without one, in any of those that can be read in one way only. A time that names its zone is of the day that it then is
/// in `here`, the company's.
///
/// # Errors
/// What to write instead.
pub fn day(text: &str, format: Option<DayFormat>, here: Option<&Zone>) -> Result<Day, String> {
    let Some((day, behind)) = stamped(text, format) else { return Err(unread(text, format)) };
    let day = match (Clock::behind(behind), here) {
        (Some(Clock::Here), _) => day,
        (Some(Clock::Utc(ms)), Some(here)) => here.day_of(Instant(i64::from(day.0) * DAY_MS + ms)),
        (Some(Clock::Utc(_)), None) => {
            return Err("The time names a zone, and the company's, whose day counts, is not known here: write the day alone.".to_owned());
        }
        (None, _) => {
            return Err(
                "What stands behind the day is no time: write it as 14:30, where it names a zone as 14:30Z or 14:30+03:00.".to_owned()
            );
        }
    };
    if day.civil().0 < YEAR_MIN {
        return Err(format!("Days before {YEAR_MIN} stand for “not known” in other systems: correct it, or leave the cell empty."));
    }
    Ok(day)
}

/// Why a text is no day.
fn unread(text: &str, format: Option<DayFormat>) -> String {
    if let Some(format) = format {
        return format!("This is no day written {}.", format.pattern());
    }
    let ways = ways(text);
    let century = if ways.iter().any(|way| way.is_short()) { [" ", SHORT_YEARS].concat() } else { String::new() };
    let said = ways.iter().map(|way| format!("\"{}\"", way.pattern())).collect::<Vec<_>>().join(" or ");
    match ways.as_slice() {
        [] if parts(text).is_some_and(|(found, _)| found.iter().any(|part| matches!(part, Part::Number(_, 2 | 4)))) => {
            "There is no such day: correct it.".to_owned()
        }
        [] => "This is no day: write YYYY-MM-DD or YYYYMMDD, or say how days are written (in a mapping file: format).".to_owned(),
        [one] => format!(
            "The {} stands first here: say so, and a column is written in one way (in a mapping file: format = {said}).{century}",
            one.first()
        ),
        [_, _] => format!("Day or month first? Say how days are written (in a mapping file: format = {said}).{century}"),
        _ => format!("Day, month or year first? Say how days are written (in a mapping file: format = {said}).{century}"),
    }
}

/// The first day of a month, written `2015-07`, `07/2015`, `Jul 2015`, or as any of its days.
///
/// # Errors
/// What to write instead.
pub fn month(text: &str, format: Option<DayFormat>, here: Option<&Zone>) -> Result<Day, String> {
    if let Some(month) = bare_month(text).filter(|month| month.civil().0 >= YEAR_MIN) {
        return Ok(month);
    }
    match (day(text, format, here), format) {
        (Ok(day), _) => Ok(day.month_start()),
        (Err(_), None) if parts(text).is_none() => {
            Err("This is no month: write YYYY-MM, or a day of it, or say how days are written (in a mapping file: format).".to_owned())
        }
        (Err(words), _) => Err(words),
    }
}

/// A year of four digits and a month, in either order: there is one way to read them.
fn bare_month(text: &str) -> Option<Day> {
    let (first, rest) = part(text)?;
    let (second, end) = part(rest.strip_prefix(['-', '/', '.', ' '])?)?;
    let of = |year, month| match (year, month) {
        (Part::Number(year, 4), Part::Number(month, 1 | 2) | Part::Month(month)) => civil((year, month, 1)),
        _ => None,
    };
    if end.is_empty() { of(first, second).or_else(|| of(second, first)) } else { None }
}

/// The ways to read a text as a day, where nothing but its column, or a person, can tell which is right.
#[must_use]
pub fn ways(text: &str) -> Vec<DayFormat> {
    let reads = |format| stamped(text, format).is_some_and(|(_, behind)| Clock::behind(behind).is_some());
    if reads(None) { Vec::new() } else { DayFormat::OPEN.into_iter().filter(|format| reads(Some(*format))).collect() }
}

/// The day as it is written, and what stands behind it.
fn stamped(text: &str, format: Option<DayFormat>) -> Option<(Day, &str)> {
    let one = |format: DayFormat| match format {
        DayFormat::Compact | DayFormat::DayFirstCompact | DayFormat::MonthFirstCompact => Some((compact(text, format)?, "")),
        _ => parts(text).and_then(|(found, behind)| Some((civil(format.order(found)?)?, behind))),
    };
    match format {
        Some(format) => one(format),
        None => DayFormat::PLAIN.into_iter().find_map(one),
    }
}

fn compact(text: &str, format: DayFormat) -> Option<Day> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = match format {
        DayFormat::DayFirstCompact => (&text[4..], &text[2..4], &text[..2]),
        DayFormat::MonthFirstCompact => (&text[4..], &text[..2], &text[2..4]),
        _ => (&text[..4], &text[4..6], &text[6..]),
    };
    civil((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// The three parts of a day, and what stands behind them. Numbers alone stand apart by one sign; beside a name there may be none, or a blank.
fn parts(text: &str) -> Option<([Part; 3], &str)> {
    let (first, rest) = part(text)?;
    let (one, rest) = between(rest);
    let (second, rest) = part(rest)?;
    let (other, rest) = between(rest);
    let (third, behind) = part(rest)?;
    let found = [first, second, third];
    let named = found.iter().any(|part| matches!(part, Part::Month(_)));
    (named || [one, other].iter().all(|sign| ["-", "/", "."].contains(sign))).then_some((found, behind))
}

fn part(text: &str) -> Option<(Part, &str)> {
    let ends = |of: fn(&char) -> bool| text.find(|c| !of(&c)).unwrap_or(text.len());
    let digits = ends(char::is_ascii_digit);
    if digits > 0 {
        return Some((Part::Number(text[..digits].parse().ok().filter(|_| digits <= 4)?, digits), &text[digits..]));
    }
    let letters = ends(char::is_ascii_alphabetic);
    let name = text[..letters].to_ascii_lowercase();
    let known = |month: &&str| name == **month || name == month[..3] || (name == "sept" && month.starts_with("sept"));
    let at = MONTHS.iter().position(known)?;
    Some((Part::Month(i32::try_from(at).ok()? + 1), &text[letters..]))
}

/// What stands between two parts: two signs at most, as in `5. January` and `January 5, 2026`.
fn between(text: &str) -> (&str, &str) {
    let signs = text.bytes().take(2).take_while(|b| b"-/., ".contains(b)).count();
    text.split_at(signs)
}

fn civil((year, month, day): Civil) -> Option<Day> {
    Day::from_civil(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}
