//! Time zones by name. The database of their rules stays here, bundled: phones are given the offset changes of the company's zone alone.

use domain::calendar::{Transition, Zone};
use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

/// Offset changes are told from here on; earlier instants have the offset of this one. 1990-01-01.
const FROM_S: i64 = 631_152_000;
/// Offset changes are told up to here. 2040-01-01.
const TO_S: i64 = 2_208_988_800;
/// Names begin with one of these: the others are kept for old systems only.
const AREAS: [&str; 10] =
    ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/", "Etc/UTC"];

/// The names there are, in order.
#[must_use]
pub fn zones() -> Vec<String> {
    let known = TimeZoneDatabase::bundled();
    let mut names: Vec<String> =
        known.available().map(|name| name.as_str().to_owned()).filter(|name| AREAS.iter().any(|area| name.starts_with(area))).collect();
    names.sort();
    names
}

/// A zone with every change of its offset from 1990 to 2040; none when there is no zone of that name.
#[must_use]
pub fn zone(name: &str) -> Option<Zone> {
    let known = TimeZoneDatabase::bundled();
    let name = known.available().map(|known| known.as_str().to_owned()).find(|known| known == name)?;
    let rules = known.get(&name).ok()?;
    let (from, to) = (Timestamp::from_second(FROM_S).ok()?, Timestamp::from_second(TO_S).ok()?);
    let mut transitions = vec![Transition { at_ms: i64::MIN, offset_s: rules.to_offset(from).seconds() }];
    for change in rules.following(from).take_while(|change| change.timestamp() < to) {
        let offset_s = change.offset().seconds();
        // a change of name or of law alone moves no clock
        if transitions.last().is_some_and(|before| before.offset_s != offset_s) {
            transitions.push(Transition { at_ms: change.timestamp().as_millisecond(), offset_s });
        }
    }
    Some(Zone { name, transitions })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use domain::Instant;

    #[test]
    fn a_zone_changes_its_clock_when_the_law_says() {
        let clock = |name: &str, at: &str| zone(name).unwrap().clock(Instant::parse(at).unwrap());
        for (name, at, says) in [
            ("Africa/Nairobi", "2026-07-01T09:00:00Z", "12:00"),
            ("Africa/Johannesburg", "2039-07-01T09:00:00Z", "11:00"),
            ("Africa/Lagos", "1990-07-01T09:00:00Z", "10:00"),
            ("Asia/Kolkata", "2026-01-01T09:00:00Z", "14:30"),
            ("Europe/London", "2026-03-29T00:59:00Z", "00:59"),
            ("Europe/London", "2026-03-29T01:00:00Z", "02:00"),
            ("Europe/Berlin", "2026-10-25T00:59:00Z", "02:59"),
            ("Europe/Berlin", "2026-10-25T01:00:00Z", "02:00"),
            ("Europe/Berlin", "2039-07-01T12:00:00Z", "14:00"),
            ("America/New_York", "2006-03-20T12:00:00Z", "07:00"),
            ("America/New_York", "2007-03-20T12:00:00Z", "08:00"),
            ("Africa/Cairo", "2023-07-01T12:00:00Z", "15:00"),
        ] {
            assert_eq!(clock(name, at), says, "{name} {at}");
        }
        assert_eq!(zone("Africa/Nairobi").unwrap(), Zone::fixed("Africa/Nairobi", 10_800));
        assert!(zone("Europe/London").unwrap().transitions.len() <= 101);
    }

    #[test]
    fn only_names_that_exist_are_zones() {
        assert_eq!(["", "Nairobi", "africa/nairobi", "../etc/passwd", "Africa/Nairobi "].map(|name| zone(name).is_none()), [true; 5]);
        let names = zones();
        assert!(names.len() > 300 && names.iter().all(|name| zone(name).is_some()));
        assert!(["Africa/Nairobi", "Asia/Kolkata", "Etc/UTC"].iter().all(|name| names.iter().any(|known| known == name)));
    }
}
