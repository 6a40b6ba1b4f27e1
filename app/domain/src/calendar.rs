//! Days, instants and the company's time zone, without a time-zone database: the server ships the offset transitions.

mod zone;

pub use zone::{Transition, Zone};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A business day: days since 1970-01-01. `YYYY-MM-DD` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Milliseconds since 1970-01-01T00:00:00Z. RFC 3339 in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// Milliseconds in a day without a change of offset.
pub const DAY_MS: i64 = 86_400_000;
/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The first year of business days: days before it stand for “not known” in other systems.
pub const YEAR_MIN: i32 = 1901;

impl Day {
    /// From a civil date; `None` when there is no such day. Algorithm: H. Hinnant, “chrono-compatible low-level date algorithms”.
    #[must_use]
    pub fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let m = month as i32;
        let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + day as i32 - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Some(Self(era * 146_097 + doe - 719_468))
    }

    /// (year, month 1–12, day 1–31).
    #[must_use]
    pub fn civil(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = (if mp < 10 { mp + 3 } else { mp - 9 }) as u32;
        let year = yoe + era * 400 + i32::from(month <= 2);
        (year, month, day)
    }

    /// `YYYY-MM-DD` only.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        Self::from_civil(digits(&b[0..4])? as i32, digits(&b[5..7])?, digits(&b[8..10])?)
    }

    /// The day `days` later (earlier when negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Whole days from `earlier` to this day.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// 0 = Monday … 6 = Sunday.
    #[must_use]
    pub fn weekday(self) -> usize {
        (self.0 + 3).rem_euclid(7) as usize
    }

    /// The first day of its month.
    #[must_use]
    pub fn month_start(self) -> Self {
        self.plus(1 - self.civil().2 as i32)
    }

    /// The last day of its month.
    #[must_use]
    pub fn month_end(self) -> Self {
        let (year, month, day) = self.civil();
        self.plus(days_in_month(year, month) as i32 - day as i32)
    }

    /// The same date a year earlier; 28 February for the 29th.
    #[must_use]
    pub fn year_before(self) -> Self {
        let (year, month, day) = self.civil();
        Self::from_civil(year - 1, month, day.min(days_in_month(year - 1, month))).unwrap_or(self)
    }

    /// `Friday`.
    #[must_use]
    pub fn weekday_name(self) -> &'static str {
        WEEKDAYS[self.weekday()]
    }

    /// `10 October`, with the year when it is not `today`'s.
    #[must_use]
    pub fn long(self, today: Self) -> String {
        let (y, m, d) = self.civil();
        let month = MONTHS[m as usize - 1];
        if y == today.civil().0 { format!("{d} {month}") } else { format!("{d} {month} {y}") }
    }

    /// `10 Oct`, with the year when it is not `today`'s.
    #[must_use]
    pub fn short(self, today: Self) -> String {
        let (y, m, d) = self.civil();
        let month = &MONTHS[m as usize - 1][..3];
        if y == today.civil().0 { format!("{d} {month}") } else { format!("{d} {month} {y}") }
    }

    /// `today`, `tomorrow`, `yesterday`, `Mon` within the coming six days, otherwise `10 Oct`.
    #[must_use]
    pub fn near(self, today: Self) -> String {
        match self.since(today) {
            0 => "today".into(),
            1 => "tomorrow".into(),
            -1 => "yesterday".into(),
            2..=6 => self.weekday_name()[..3].into(),
            _ => self.short(today),
        }
    }

    /// `Friday 20 November`, with the year when it is not `today`'s.
    #[must_use]
    pub fn full(self, today: Self) -> String {
        format!("{} {}", self.weekday_name(), self.long(today))
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (y, m, d) = self.civil();
        let Ok(year @ ..=9999) = u32::try_from(y) else { return write!(f, "{y:04}-{m:02}-{d:02}") };
        // figures are grouped by hundreds of days: without the machinery of formats
        let mut text = *b"0000-00-00";
        for (at, number) in [(3, year), (2, year / 10), (1, year / 100), (0, year / 1000), (6, m), (5, m / 10), (9, d), (8, d / 10)] {
            text[at] += (number % 10) as u8;
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Instant {
    /// The UTC day this instant falls on.
    #[must_use]
    pub fn utc_day(self) -> Day {
        Day(self.0.div_euclid(DAY_MS) as i32)
    }

    /// RFC 3339 with `Z` or a numeric offset; fractions beyond milliseconds are cut.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        if b.len() < 20 || !text.is_ascii() || !matches!(b[10], b'T' | b't' | b' ') || b[13] != b':' || b[16] != b':' {
            return None;
        }
        let day = Day::parse(&text[..10])?;
        let (h, m, s) = (digits(&b[11..13])?, digits(&b[14..16])?, digits(&b[17..19])?);
        if h > 23 || m > 59 || s > 60 {
            return None;
        }
        let mut rest = &b[19..];
        let mut ms = 0;
        if rest.first() == Some(&b'.') {
            let n = rest[1..].iter().take_while(|c| c.is_ascii_digit()).count();
            if n == 0 {
                return None;
            }
            let kept = n.min(3);
            ms = digits(&rest[1..=kept])? * 10u32.pow(3 - kept as u32);
            rest = &rest[1 + n..];
        }
        let offset_min = match rest {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (h, m) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
                if h > 23 || m > 59 {
                    return None;
                }
                let min = i64::from(h * 60 + m);
                if *sign == b'-' { -min } else { min }
            }
            _ => return None,
        };
        let seconds = i64::from(h) * 3600 + i64::from(m) * 60 + i64::from(s);
        Some(Self(i64::from(day.0) * DAY_MS + seconds * 1000 + i64::from(ms) - offset_min * MINUTE_MS))
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = self.0.rem_euclid(DAY_MS);
        let (h, m, s, milli) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
        write!(f, "{}T{h:02}:{m:02}:{s:02}.{milli:03}Z", self.utc_day())
    }
}

macro_rules! as_text {
    ($name:ident, $expected:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(d)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom($expected))
            }
        }
    };
}

as_text!(Day, "a day is written YYYY-MM-DD, for example 2026-11-20");
as_text!(Instant, "an instant is written in RFC 3339, for example 2026-11-20T07:30:00Z");

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn every_day_of_four_centuries_goes_to_civil_and_back() {
        let first = Day::from_civil(1800, 1, 1).unwrap();
        for n in 0..146_097 {
            let (y, m, d) = first.plus(n).civil();
            assert_eq!(Day::from_civil(y, m, d), Some(first.plus(n)));
        }
        assert_eq!(Day::from_civil(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::from_civil(2026, 11, 20).unwrap().weekday_name(), "Friday");
        assert_eq!(Day::from_civil(2025, 2, 29), None);
    }

    #[test]
    fn instants_read_offsets_and_fractions_and_refuse_the_rest() {
        let z = Instant::parse("2026-11-20T07:30:00Z").unwrap();
        assert_eq!(Instant::parse("2026-11-20T10:30:00.000+03:00"), Some(z));
        assert_eq!(z.to_string(), "2026-11-20T07:30:00.000Z");
        for bad in ["2026-11-20", "2026-11-20T25:00:00Z", "2026-11-20T07:30:00", "2026-02-30T07:30:00Z", "2026-11-20T07:30:00.Z", "gestern"]
        {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn words_for_days_say_when() {
        let today = Day::parse("2026-11-20").unwrap();
        assert_eq!(today.plus(28).short(today), "18 Dec");
        assert_eq!(today.plus(60).short(today), "19 Jan 2027");
        assert_eq!(today.plus(3).near(today), "Mon");
        assert_eq!(today.full(today), "Friday 20 November");
    }
}
