//! A time zone as the server ships it: the list of its offset changes.

use super::{DAY_MS, Day, Instant, MINUTE_MS, digits};
use serde::{Deserialize, Serialize};

/// A time zone as the list of its offset changes; the first entry holds for all time before the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Zone {
    /// IANA name, for people: `Africa/Nairobi`.
    pub name: String,
    /// In order of time, never empty.
    pub transitions: Vec<Transition>,
}

/// From `at` on, local time is UTC plus `offset_s` seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transition {
    /// When the offset begins to hold, milliseconds UTC.
    pub at_ms: i64,
    /// Seconds east of UTC.
    pub offset_s: i32,
}

impl Zone {
    /// A zone with one offset for all time.
    #[must_use]
    pub fn fixed(name: &str, offset_s: i32) -> Self {
        Self { name: name.into(), transitions: vec![Transition { at_ms: i64::MIN, offset_s }] }
    }

    /// Milliseconds to add to UTC for local time at `at`.
    #[must_use]
    pub fn offset_ms(&self, at: Instant) -> i64 {
        let after = self.transitions.partition_point(|t| t.at_ms <= at.0);
        let rule = self.transitions.get(after.saturating_sub(1));
        rule.map_or(0, |t| i64::from(t.offset_s) * 1000)
    }

    /// The business day at `at`.
    #[must_use]
    pub fn day_of(&self, at: Instant) -> Day {
        Instant(at.0 + self.offset_ms(at)).utc_day()
    }

    /// Minutes since local midnight at `at`.
    #[must_use]
    pub fn minute_of_day(&self, at: Instant) -> i32 {
        ((at.0 + self.offset_ms(at)).rem_euclid(DAY_MS) / MINUTE_MS) as i32
    }

    /// `10:30`, local.
    #[must_use]
    pub fn clock(&self, at: Instant) -> String {
        let m = self.minute_of_day(at);
        format!("{:02}:{:02}", m / 60, m % 60)
    }

    /// The instant of a local day and minute. In a gap the later offset holds, in an overlap the earlier.
    #[must_use]
    pub fn at(&self, day: Day, minute_of_day: i32) -> Instant {
        let local = i64::from(day.0) * DAY_MS + i64::from(minute_of_day) * MINUTE_MS;
        let first = local - self.offset_ms(Instant(local - DAY_MS));
        if first + self.offset_ms(Instant(first)) == local {
            return Instant(first);
        }
        Instant(local - self.offset_ms(Instant(local + DAY_MS)))
    }

    /// `2026-11-20T10:30` for `<input type="datetime-local">`.
    #[must_use]
    pub fn local_input(&self, at: Instant) -> String {
        format!("{}T{}", self.day_of(at), self.clock(at))
    }

    /// The reverse of [`Zone::local_input`]; seconds are allowed and cut.
    #[must_use]
    pub fn parse_local(&self, text: &str) -> Option<Instant> {
        let b = text.as_bytes();
        if b.len() < 16 || !text.is_ascii() || b[10] != b'T' || b[13] != b':' {
            return None;
        }
        let day = Day::parse(&text[..10])?;
        let (h, m) = (digits(&b[11..13])?, digits(&b[14..16])?);
        (h < 24 && m < 60).then(|| self.at(day, (h * 60 + m) as i32))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_zone_with_summer_time_finds_the_local_day_and_back() {
        let at = |t: &str| Instant::parse(t).unwrap();
        let zone = Zone {
            name: "Europe/London".into(),
            transitions: vec![
                Transition { at_ms: i64::MIN, offset_s: 0 },
                Transition { at_ms: at("2026-03-29T01:00:00Z").0, offset_s: 3600 },
                Transition { at_ms: at("2026-10-25T01:00:00Z").0, offset_s: 0 },
            ],
        };
        assert_eq!(zone.day_of(at("2026-06-30T23:30:00Z")).to_string(), "2026-07-01");
        assert_eq!(zone.clock(at("2026-01-10T23:30:00Z")), "23:30");
        for text in ["2026-01-10T08:15", "2026-06-10T08:15", "2026-03-29T03:00", "2026-10-25T12:00"] {
            assert_eq!(zone.local_input(zone.parse_local(text).unwrap()), text);
        }
    }
}
