//! Figures and moments in words, where the domain has none for a screen.

use domain::company::Company;
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
    fn a_visit_lasts_in_minutes_and_hours() {
        let after = |minutes: i64| lasted(Instant(0), Instant(minutes * 60_000));
        assert_eq!([after(0), after(59), after(65)], ["0 min", "59 min", "1 h 05"]);
        assert_eq!(capital("tomorrow"), "Tomorrow");
    }
}
