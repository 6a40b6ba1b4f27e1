//! When a report is made by itself: an hour of the company's day, every day, on a weekday, or on a day of the month.

use super::Format;
use crate::calendar::{Day, Instant, Zone};
use crate::ids::UserId;
use crate::rejection::Rejections;
use serde::{Deserialize, Serialize};

/// People one report is sent to at most.
pub const RECIPIENTS_MAX: usize = 100;
/// Times it was made that are kept at most.
pub const KEEP_MAX: u16 = 400;

/// On which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "every")]
pub enum Every {
    /// Each day.
    Day,
    /// A day of the week, 0 = Monday … 6 = Sunday.
    Week {
        /// Which.
        on: u8,
    },
    /// A day of the month, 1–31; a month without it has its last day instead.
    Month {
        /// Which.
        on: u8,
    },
}

impl Every {
    /// Whether it falls on a day.
    #[must_use]
    pub fn falls_on(self, day: Day) -> bool {
        match self {
            Self::Day => true,
            Self::Week { on } => day.weekday() == usize::from(on),
            Self::Month { on } => day.civil().2 == u32::from(on).min(day.month_end().civil().2),
        }
    }

    /// `every day`, `every Monday`, `on day 31 of the month, or its last`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Day => "every day".to_owned(),
            // 1970-01-05 was a Monday
            Self::Week { on } => ["every ", Day(4 + i32::from(on)).weekday_name()].concat(),
            Self::Month { on: on @ 29.. } => format!("on day {on} of the month, or its last"),
            Self::Month { on } => format!("on day {on} of the month"),
        }
    }
}

/// When a report is made, as what, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// On which days.
    #[serde(flatten)]
    pub every: Every,
    /// At which hour of the company's day, 0–23.
    pub hour: u8,
    /// What it is written as.
    pub formats: Vec<Format>,
    /// Who is sent it, each with own figures.
    pub recipients: Vec<UserId>,
    /// How many times it was made are kept in the data folder.
    pub keep: u16,
}

/// A schedule as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleDraft {
    /// `day`, `week` or `month`.
    pub every: String,
    /// The weekday, 0 = Monday, or the day of the month.
    #[serde(default)]
    pub on: Option<u16>,
    /// Hour of the company's day.
    pub hour: u16,
    /// `pdf`, `xlsx`, `csv`.
    pub formats: Vec<String>,
    /// Who is sent it.
    #[serde(default)]
    pub recipients: Vec<UserId>,
    /// How many times are kept.
    #[serde(default = "usual_keep")]
    pub keep: u16,
}

/// Times that are kept where nobody says.
const fn usual_keep() -> u16 {
    12
}

impl ScheduleDraft {
    /// As it can be kept.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn checked(self) -> Result<Schedule, Rejections> {
        let mut bad = Rejections::default();
        let every = self.days(&mut bad);
        if self.hour > 23 {
            bad.add("hour", "out_of_range", "Write an hour from 0 to 23.");
        }
        let mut formats = Vec::new();
        for code in &self.formats {
            match Format::read("formats", code) {
                Ok(format) => formats.push(format),
                Err(wrong) => bad.0.extend(wrong.0),
            }
        }
        formats.sort_unstable();
        formats.dedup();
        if self.formats.is_empty() {
            bad.add("formats", "required", "Choose at least one of PDF, Excel and CSV.");
        }
        let mut recipients = self.recipients;
        recipients.sort_unstable();
        recipients.dedup();
        if recipients.len() > RECIPIENTS_MAX {
            bad.add("recipients", "too_many", format!("Choose at most {RECIPIENTS_MAX} people."));
        }
        if !(1..=KEEP_MAX).contains(&self.keep) {
            bad.add("keep", "out_of_range", format!("Write how many are kept, from 1 to {KEEP_MAX}."));
        }
        let hour = u8::try_from(self.hour).unwrap_or(0);
        bad.or(Schedule { every: every.unwrap_or(Every::Day), hour, formats, recipients, keep: self.keep })
    }

    fn days(&self, bad: &mut Rejections) -> Option<Every> {
        let on = self.on.and_then(|on| u8::try_from(on).ok());
        match (self.every.as_str(), on) {
            ("day", _) => return Some(Every::Day),
            ("week", Some(on @ 0..=6)) => return Some(Every::Week { on }),
            ("month", Some(on @ 1..=31)) => return Some(Every::Month { on }),
            ("week", _) => bad.add("on", "out_of_range", "Choose a weekday: 0 for Monday to 6 for Sunday."),
            ("month", _) => bad.add("on", "out_of_range", "Choose a day of the month from 1 to 31."),
            _ => bad.add("every", "unknown", "Write day, week or month."),
        }
        None
    }
}

impl Schedule {
    /// As it was asked for.
    #[must_use]
    pub fn draft(&self) -> ScheduleDraft {
        let (every, on) = match self.every {
            Every::Day => ("day", None),
            Every::Week { on } => ("week", Some(on)),
            Every::Month { on } => ("month", Some(on)),
        };
        ScheduleDraft {
            every: every.to_owned(),
            on: on.map(u16::from),
            hour: u16::from(self.hour),
            formats: self.formats.iter().map(|format| format.code().to_owned()).collect(),
            recipients: self.recipients.clone(),
            keep: self.keep,
        }
    }
}

/// The first instant after `after` at which a schedule falls. Where summer time skips the hour it falls at the instant that hour would have been, where
/// the hour comes twice at the first of them: once on each of its days, whatever the clocks do.
#[must_use]
pub fn next_after(zone: &Zone, schedule: &Schedule, after: Instant) -> Instant {
    let mut day = zone.day_of(after).plus(-1);
    loop {
        let at = zone.at(day, i32::from(schedule.hour) * 60);
        if at > after && schedule.every.falls_on(day) {
            return at;
        }
        day = day.plus(1);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::calendar::Transition;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    /// Summer time of 2026 as in Berlin.
    fn berlin() -> Zone {
        let rule = |at_ms, offset_s| Transition { at_ms, offset_s };
        let (begins, ends) = (at("2026-03-29T01:00:00Z").0, at("2026-10-25T01:00:00Z").0);
        Zone { name: "Europe/Berlin".into(), transitions: vec![rule(i64::MIN, 3_600), rule(begins, 7_200), rule(ends, 3_600)] }
    }

    fn schedule(every: Every, hour: u8) -> Schedule {
        Schedule { every, hour, formats: vec![Format::Pdf], recipients: vec![], keep: 12 }
    }

    #[test]
    fn it_falls_on_its_days_at_its_hour_whatever_the_clocks_do() {
        let zone = berlin();
        for (every, hour, after, next) in [
            (Every::Day, 6, "2026-11-25T04:59:59Z", "2026-11-25T05:00:00Z"),
            (Every::Day, 6, "2026-11-25T05:00:00Z", "2026-11-26T05:00:00Z"),
            // summer time begins: six o'clock comes an hour earlier
            (Every::Day, 6, "2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z"),
            // half past two does not exist that night; three o'clock summer time is the instant it would have been
            (Every::Day, 2, "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z"),
            // two o'clock comes twice: only the first counts
            (Every::Day, 2, "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z"),
            (Every::Day, 2, "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"),
            (Every::Week { on: 0 }, 7, "2026-11-25T00:00:00Z", "2026-11-30T06:00:00Z"),
            (Every::Month { on: 31 }, 0, "2026-01-31T12:00:00Z", "2026-02-27T23:00:00Z"),
            (Every::Month { on: 31 }, 23, "2026-02-28T23:00:00Z", "2026-03-31T21:00:00Z"),
            (Every::Month { on: 30 }, 5, "2028-01-30T12:00:00Z", "2028-02-29T04:00:00Z"),
            (Every::Month { on: 1 }, 5, "2026-11-25T00:00:00Z", "2026-12-01T04:00:00Z"),
        ] {
            let found = next_after(&zone, &schedule(every, hour), at(after));
            assert_eq!(found.to_string(), at(next).to_string(), "{every:?} at {hour} after {after}");
        }
    }

    #[test]
    fn what_is_no_schedule_is_refused_by_field() {
        let good = ScheduleDraft {
            every: "week".into(),
            on: Some(4),
            hour: 6,
            formats: vec!["xlsx".into(), "pdf".into()],
            recipients: vec![],
            keep: 3,
        };
        let schedule = good.clone().checked().unwrap();
        assert_eq!((schedule.every, &schedule.formats[..]), (Every::Week { on: 4 }, &[Format::Pdf, Format::Xlsx][..]));
        assert_eq!(schedule.draft().checked().unwrap(), schedule);
        assert_eq!(schedule.every.words(), "every Friday");
        for (draft, field) in [
            (ScheduleDraft { every: "year".into(), ..good.clone() }, "every"),
            (ScheduleDraft { on: Some(7), ..good.clone() }, "on"),
            (ScheduleDraft { every: "month".into(), on: Some(0), ..good.clone() }, "on"),
            (ScheduleDraft { hour: 24, ..good.clone() }, "hour"),
            (ScheduleDraft { formats: vec![], ..good.clone() }, "formats"),
            (ScheduleDraft { formats: vec!["doc".into()], ..good.clone() }, "formats"),
            (ScheduleDraft { keep: 0, ..good.clone() }, "keep"),
        ] {
            assert_eq!(draft.checked().unwrap_err().0[0].field, field);
        }
    }

    proptest! {
        #[test]
        fn each_of_its_days_has_exactly_one_time(start in 20_300_i64..20_900, hour in 0_u8..24, on in 1_u8..=31, which in 0_u8..3) {
            let zone = berlin();
            let every = match which {
                0 => Every::Day,
                1 => Every::Week { on: on % 7 },
                _ => Every::Month { on },
            };
            let schedule = schedule(every, hour);
            let (first, days) = (Day(start as i32), 400);
            let mut now = Instant(zone.at(first, 0).0 - 1);
            let mut found = Vec::new();
            loop {
                let next = next_after(&zone, &schedule, now);
                prop_assert!(next > now);
                let day = zone.day_of(next);
                if day >= first.plus(days) {
                    break;
                }
                found.push(day);
                now = next;
            }
            let expected: Vec<Day> = (0..days).map(|n| first.plus(n)).filter(|day| every.falls_on(*day)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
