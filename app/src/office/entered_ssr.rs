//! Numbers and days as typed into forms of the office: read, or refused under their field.

use domain::{Day, Rejections};

/// A whole number of at most `max`; `words` say what to write instead.
pub fn whole(text: &str, field: &str, max: u32, words: &str, wrong: &mut Rejections) -> u32 {
    text.trim().parse().ok().filter(|number| *number <= max).unwrap_or_else(|| {
        wrong.add(field, "not_a_number", words);
        0
    })
}

/// As [`whole`], of the smaller kind.
pub fn small(text: &str, field: &str, words: &str, wrong: &mut Rejections) -> u16 {
    u16::try_from(whole(text, field, u16::MAX.into(), words, wrong)).unwrap_or(u16::MAX)
}

/// A day as a date field gives it.
pub fn day(text: &str, field: &str, words: &str, wrong: &mut Rejections) -> Day {
    Day::parse(text.trim()).unwrap_or_else(|| {
        wrong.add(field, "required", words);
        Day(0)
    })
}
