//! Figures and moments in words, where the domain has none for a screen.

use domain::company::Company;
use domain::geo::Position;
use domain::money::Currency;
use domain::{Day, Instant};

/// `2,014`.
#[must_use]
pub fn thousands(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `25 min`, `1 h 05`.
#[must_use]
pub fn lasted(from: Instant, to: Instant) -> String {
    let minutes = (to.0 - from.0).max(0) / domain::calendar::MINUTE_MS;
    if minutes < 60 { format!("{minutes} min") } else { format!("{} h {:02}", minutes / 60, minutes % 60) }
}

/// `today 14:05`, `yesterday 09:30`, `10 Oct 16:00`.
#[must_use]
pub fn moment(at: Instant, today: Day, company: &Company) -> String {
    [company.zone.day_of(at).near(today), company.zone.clock(at)].join(" ")
}

/// `-1.292060, 36.821950`, from whole micro-degrees.
#[must_use]
pub fn coordinates(at: Position) -> String {
    let one = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        let e6 = e6.unsigned_abs();
        format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
    };
    [one(at.lat_e6), one(at.lon_e6)].join(", ")
}

/// Latitude and longitude in degrees with a comma between them; none for anything else.
#[must_use]
pub fn parse_coordinates(text: &str) -> Option<Position> {
    let (lat, lon) = text.split_once(',')?;
    Position::from_degrees(degrees(lat.trim())?, degrees(lon.trim())?)
}

fn degrees(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |rest| (true, rest));
    let figures = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !figures(whole) || !figures(fraction) || !fraction.is_ascii() {
        return None;
    }
    let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let e6 = whole.parse::<i32>().ok()? * 1_000_000 + six.parse::<i32>().ok()?;
    Some(f64::from(if negative { -e6 } else { e6 }) / 1e6)
}

/// When a promise is due: `2 days late`, `due today`, `due tomorrow`, `due in 5 days`, `due 12 Dec`.
#[must_use]
pub fn due(on: Day, today: Day) -> String {
    match on.since(today) {
        -1 => "1 day late".into(),
        n if n < 0 => format!("{} days late", -n),
        0 => "due today".into(),
        1 => "due tomorrow".into(),
        n if n < 14 => format!("due in {n} days"),
        _ => ["due ", &on.short(today)].concat(),
    }
}

/// What is said beside an attainment of what was sold without a budget.
#[must_use]
pub fn unmeasured(minor: i64, currency: Currency) -> String {
    [&currency.whole(minor), " sold without a budget is not measured"].concat()
}

/// The first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 2_014, 1_234_567].map(thousands), ["0", "999", "1,000", "2,014", "1,234,567"]);
    }

    #[test]
    fn coordinates_are_written_and_read_to_the_micro_degree() {
        let shop = parse_coordinates(" -1.29206, 36.8219505 ");
        assert_eq!(shop.map(|at| (at.lat_e6, at.lon_e6)), Some((-1_292_060, 36_821_950)));
        assert_eq!(shop.map(coordinates).as_deref(), Some("-1.292060, 36.821950"));
        assert_eq!(parse_coordinates("-0.5,36").map(|at| at.lat_e6), Some(-500_000));
        for text in ["", "1", "x, y", "91, 0", "0, 0", "1.2.3, 4", "1, 4000"] {
            assert_eq!(parse_coordinates(text), None, "{text}");
        }
    }

    #[test]
    fn a_visit_lasts_in_minutes_and_hours() {
        let after = |minutes: i64| lasted(Instant(0), Instant(minutes * 60_000));
        assert_eq!([after(0), after(59), after(65)], ["0 min", "59 min", "1 h 05"]);
        assert_eq!(capital("tomorrow"), "Tomorrow");
    }
}
