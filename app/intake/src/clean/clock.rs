//! What stands behind a day: a time, with its zone or without. A zone is never dropped: it moves the day, or is refused.

/// Milliseconds of an hour, and of a minute.
const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
/// Hours that zones are ahead or behind at most.
const OFFSET_MAX: i64 = 14;

/// A time behind a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// None, or one of no zone: the day is as written.
    Here,
    /// Milliseconds from the beginning of the day in UTC, which the day is of as well once the zone is taken off.
    Utc(i64),
}

impl Clock {
    /// Reads `8`, `08:30`, `8:30 pm`, `08:30:00.000+03:00`, `0:00Z`; `None` for what is no time, or of a zone that is not understood.
    pub fn behind(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Here);
        }
        let text = text.strip_prefix(',').unwrap_or(text).strip_prefix(['T', 't', ' '])?.trim().to_ascii_lowercase();
        let (hour, rest) = number(&text, 24)?;
        let (minute, rest) = after(rest, ':')?;
        let (second, rest) = after(rest, ':')?;
        let fraction = rest.strip_prefix(['.', ',']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let rest = fraction.map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit())).trim_start();
        let half =
            [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)].into_iter().find_map(|(word, add)| Some((add, rest.strip_prefix(word)?)));
        let (hour, rest) = match half {
            Some((add, rest)) if (1..=12).contains(&hour) => (hour % 12 + add, rest),
            Some(_) => return None,
            None => (hour, rest),
        };
        if hour == 24 && (minute, second) != (0, 0) {
            return None;
        }
        let zone = rest.trim();
        if zone.is_empty() {
            return Some(Self::Here);
        }
        let ms = hour * HOUR_MS + minute * MINUTE_MS + second * 1_000;
        Some(Self::Utc(ms - offset(zone)?))
    }
}

/// Milliseconds a zone is ahead of UTC: `z`, `utc`, `+03:00`, `-0330`, `gmt+3`; a name in brackets may follow.
fn offset(zone: &str) -> Option<i64> {
    let named = [('[', ']'), ('(', ')')].into_iter().find_map(|(open, close)| zone.strip_suffix(close)?.rsplit_once(open));
    let plain = named.map_or(zone, |(before, _)| before).trim();
    let ahead = ["utc", "gmt", "z"].into_iter().find_map(|word| plain.strip_prefix(word));
    let ahead = match ahead {
        Some("") => return Some(0),
        Some(ahead) => ahead,
        None => plain,
    };
    let sign = if ahead.starts_with('+') { 1 } else { -1 };
    let digits = ahead.strip_prefix(['+', '-', '−'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "00"),
    };
    let (hours, minutes) = (whole(hours, OFFSET_MAX)?, whole(minutes, 59)?);
    Some(sign * (hours * HOUR_MS + minutes * MINUTE_MS))
}

/// A number of one or two digits behind a sign; nought where the sign is not there.
fn after(text: &str, sign: char) -> Option<(i64, &str)> {
    text.strip_prefix(sign).map_or(Some((0, text)), |rest| number(rest, 59))
}

/// A number of one or two digits, and what follows it.
fn number(text: &str, most: i64) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((whole(&text[..end], most)?, &text[end..]))
}

fn whole(digits: &str, most: i64) -> Option<i64> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| plain && *n <= most)
}
