//! The working calendar as entered: the week, public holidays typed or pasted, leave.

use super::{Holiday, Leave, Workdays};
use crate::calendar::Day;
use crate::ids::RepId;
use crate::rejection::Rejections;
use crate::text::{self, WORD_MAX};
use serde::{Deserialize, Serialize};

/// Largest weight of a weekday, in hundredths of a full day.
pub const WEIGHT_MAX: u16 = 200;
/// Most holidays kept.
const HOLIDAYS_MAX: usize = 1_000;
/// Longest leave, in days.
const LEAVE_MAX: i32 = 366;

impl Workdays {
    /// The rule a calendar passes when it is entered: holidays come out in the order of days.
    ///
    /// # Errors
    /// Everything that is wrong, by field: `weights[6]`, `holidays[2].name`.
    pub fn checked(mut self) -> Result<Self, Rejections> {
        let mut bad = Rejections::default();
        for (place, _) in self.weights.iter().enumerate().filter(|(_, weight)| **weight > WEIGHT_MAX) {
            bad.add(&format!("weights[{place}]"), "out_of_range", format!("Write 0 for a day off up to {WEIGHT_MAX}; 100 is a full day."));
        }
        if self.weights.iter().all(|weight| *weight == 0) {
            bad.add("weights", "no_working_day", "Every day is a day off: give at least one weekday a weight.");
        }
        let mut days = std::collections::HashSet::new();
        for (place, holiday) in self.holidays.iter_mut().enumerate() {
            let field = |name: &str| format!("holidays[{place}].{name}");
            holiday.name = text::required(&field("name"), "Name", &holiday.name, WORD_MAX, &mut bad);
            if !days.insert(holiday.day) {
                bad.add(&field("day"), "twice", format!("{} is a holiday already.", holiday.day));
            }
        }
        if self.holidays.len() > HOLIDAYS_MAX {
            bad.add("holidays", "too_many", format!("There are {} holidays: keep at most {HOLIDAYS_MAX}.", self.holidays.len()));
        }
        self.holidays.sort_by_key(|holiday| holiday.day);
        bad.or(self)
    }

    /// With these holidays too; one that is there is called as given now.
    #[must_use]
    pub fn with_holidays(mut self, more: Vec<Holiday>) -> Self {
        self.holidays.retain(|known| more.iter().all(|new| new.day != known.day));
        self.holidays.extend(more);
        self
    }

    /// Holidays of the year before on the same dates of `year`, where there is none yet. Feasts that move have to be put right by hand.
    #[must_use]
    pub fn copied_holidays(&self, year: i32) -> Vec<Holiday> {
        let of_last = self.holidays.iter().filter(|holiday| holiday.day.civil().0 == year - 1);
        let moved = of_last.filter_map(|holiday| {
            let (_, month, day) = holiday.day.civil();
            Some(Holiday { day: Day::from_civil(year, month, day)?, name: holiday.name.clone() })
        });
        moved.filter(|new| self.holiday(new.day).is_none()).collect()
    }
}

/// Holidays written one a line, the day first: `2026-12-12 Jamhuri Day`, `12 December 2026, Jamhuri Day`. `12/11/2026` is refused: it may be
/// either day.
///
/// # Errors
/// Lines that cannot be read, under `lines`.
pub fn holidays_of(lines: &str) -> Result<Vec<Holiday>, Rejections> {
    let mut bad = Rejections::default();
    let mut found: Vec<Holiday> = Vec::new();
    for (n, line) in lines.lines().enumerate().map(|(n, line)| (n + 1, line.trim())).filter(|(_, line)| !line.is_empty()) {
        let Some((day, rest)) = leading_day(line) else {
            bad.add(
                "lines",
                "not_a_day",
                format!("Line {n}: “{}” does not begin with a day: write it like 2026-12-12 or 12 December 2026.", short(line)),
            );
            continue;
        };
        let (rest, mut wrong) = (rest.trim_matches(|c: char| c.is_whitespace() || ",;–-:".contains(c)), Rejections::default());
        let name = text::required("lines", "name behind the day", rest, WORD_MAX, &mut wrong);
        wrong.0.into_iter().for_each(|r| bad.add(&r.field, &r.code, format!("Line {n}: {}", r.message)));
        if found.iter().any(|holiday| holiday.day == day) {
            bad.add("lines", "twice", format!("Line {n}: {day} stands here twice."));
        }
        found.push(Holiday { day, name });
    }
    if found.is_empty() && bad.0.is_empty() {
        bad.add("lines", "required", "Write at least one line: a day, then a name.");
    }
    bad.or(found)
}

fn short(line: &str) -> String {
    line.chars().take(40).collect()
}

/// The day a line begins with, and what follows it.
fn leading_day(line: &str) -> Option<(Day, &str)> {
    if let Some((day, rest)) = line.split_at_checked(10)
        && let Some(day) = Day::parse(day)
    {
        return rest.chars().next().is_none_or(|c| !c.is_alphanumeric()).then_some((day, rest));
    }
    let (day, rest) = line.split_once(' ')?;
    let (month, rest) = rest.trim_start().split_once(' ')?;
    let rest = rest.trim_start();
    let (year, rest) = rest.split_at_checked(4)?;
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let day: u32 = day.trim_end_matches('.').parse().ok()?;
    Some((Day::from_civil(year.parse().ok()?, month_named(month)?, day)?, rest))
}

fn month_named(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let of = |month: u32| Day::from_civil(2000, month, 1).map(|day| day.long(day)).unwrap_or_default().to_lowercase();
    (1..=12).find(|month| word.len() >= 3 && of(*month).strip_prefix("1 ").is_some_and(|name| name.starts_with(&word)))
}

/// Leave as entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeaveDraft {
    /// Who.
    pub rep_id: RepId,
    /// The first day away.
    pub from: Day,
    /// The last day away.
    pub to: Day,
}

impl LeaveDraft {
    /// The rule, beside the other leave there is.
    ///
    /// # Errors
    /// A last day before the first, more than a year, days on which the rep is away already.
    pub fn checked<'a>(self, others: impl IntoIterator<Item = &'a Leave>) -> Result<Leave, Rejections> {
        let Self { rep_id: rep, from, to } = self;
        if to < from {
            return Err(Rejections::one("to", "before_from", "The last day lies before the first: enter a later one."));
        }
        if to.since(from) >= LEAVE_MAX {
            return Err(Rejections::one("to", "too_long", format!("This is longer than {LEAVE_MAX} days: enter an earlier last day.")));
        }
        let away = others.into_iter().find(|other| other.rep == rep && other.from <= to && from <= other.to);
        if let Some(other) = away {
            let words = format!("There is leave from {} to {} already: change that one, or choose other days.", other.from, other.to);
            return Err(Rejections::one("from", "overlaps", words));
        }
        Ok(Leave { rep, from, to })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn names(holidays: &[Holiday]) -> Vec<String> {
        holidays.iter().map(|h| format!("{} {}", h.day, h.name)).collect()
    }

    #[test]
    fn holidays_are_read_from_lines_and_an_ambiguous_day_is_refused() {
        let read = holidays_of("2026-12-12\tJamhuri Day\n\n 25 December 2026, Christmas\n1. Jan 2027; New Year\n").unwrap();
        assert_eq!(names(&read), ["2026-12-12 Jamhuri Day", "2026-12-25 Christmas", "2027-01-01 New Year"]);
        let unnamed = holidays_of("2026-12-12 Jamhuri Day\n2026-12-25\n").unwrap_err();
        assert_eq!(unnamed.to_string(), "Line 2: Enter a name behind the day.");
        let codes = |lines: &str| holidays_of(lines).unwrap_err().0.into_iter().map(|r| r.code).collect::<Vec<_>>();
        assert_eq!(codes("12/11/2026 Eid\n2026-02-30 None\n2026-12-25"), ["not_a_day", "not_a_day", "required"]);
        assert_eq!(codes("2026-12-25 A\n2026-12-25 B"), ["twice"]);
        assert_eq!(
            (codes(" \n"), codes("31 June 2026 X"), codes("1 Ja 2026 X")),
            (vec!["required".into()], vec!["not_a_day".into()], vec!["not_a_day".into()])
        );
        assert_eq!(codes("2026-12-251 X"), ["not_a_day"]);
    }

    #[test]
    fn a_calendar_is_put_in_order_or_refused() {
        let holidays = holidays_of("2026-12-25 Christmas\n2026-01-01 New Year\n2024-02-29 Leap").unwrap();
        let week = Workdays { weights: [100, 100, 100, 100, 100, 50, 0], holidays };
        let week = week.checked().unwrap();
        assert_eq!(names(&week.holidays), ["2024-02-29 Leap", "2026-01-01 New Year", "2026-12-25 Christmas"]);
        assert_eq!(names(&week.copied_holidays(2027)), ["2027-01-01 New Year", "2027-12-25 Christmas"]);
        assert_eq!(week.copied_holidays(2025).len(), 0, "2025 has no 29 February");
        let more = week.clone().with_holidays(week.copied_holidays(2027));
        assert_eq!(more.copied_holidays(2027).len(), 0);
        let fields = |week: Workdays| week.checked().unwrap_err().0.into_iter().map(|r| r.field).collect::<Vec<_>>();
        assert_eq!(fields(Workdays { weights: [0; 7], holidays: Vec::new() }), ["weights"]);
        assert_eq!(fields(Workdays { weights: [100, 201, 0, 0, 0, 0, 0], holidays: Vec::new() }), ["weights[1]"]);
        let twice = vec![Holiday { day: day("2026-01-01"), name: "A".into() }, Holiday { day: day("2026-01-01"), name: " ".into() }];
        assert_eq!(fields(Workdays { holidays: twice, ..week }), ["holidays[1].name", "holidays[1].day"]);
    }

    #[test]
    fn leave_has_an_end_and_no_two_on_one_day() {
        let rep_id = RepId(uuid::Uuid::nil());
        let ask = |from: &str, to: &str| LeaveDraft { rep_id, from: day(from), to: day(to) };
        let known = ask("2026-11-10", "2026-11-12").checked([]).unwrap();
        let code = |ask: LeaveDraft| ask.checked([&known]).map_err(|bad| bad.0[0].code.clone());
        assert_eq!(code(ask("2026-11-12", "2026-11-20")), Err("overlaps".into()));
        assert_eq!(code(ask("2026-11-13", "2026-11-12")), Err("before_from".into()));
        assert_eq!(code(ask("2026-11-13", "2028-11-12")), Err("too_long".into()));
        assert!(code(ask("2026-11-13", "2026-11-13")).is_ok());
        assert!(code(LeaveDraft { rep_id: RepId(uuid::Uuid::max()), ..ask("2026-11-10", "2026-11-12") }).is_ok());
    }
}
