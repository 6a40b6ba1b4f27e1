//! Repeatable randomness, ids and words for measured data.

use std::{
    collections::BTreeSet,
    time::{SystemTime, UNIX_EPOCH},
};

/// Consonants and vowels, of which words are made in turn.
const LETTERS: [&[u8]; 2] = [b"bcdfghklmnprstvw", b"aeiou"];

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit.max(1) as u64) as usize
    }

    /// One of `choices`, which are never none.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// A UUID of version 7 made now.
    pub fn id(&mut self) -> String {
        let (now, left, right) = (now_ms() as u64, self.bits(), self.bits());
        let (high, low) = (now >> 16, now & 0xffff);
        format!("{high:08x}-{low:04x}-7{:03x}-{:04x}-{:012x}", left & 0xfff, 0x8000 | (right >> 50), right & 0xffff_ffff_ffff)
    }
}

/// Five thousand words, as people's notes have them.
pub struct Words(Vec<String>);

impl Words {
    /// The same words every time.
    pub fn new() -> Self {
        let mut random = Random(5_000);
        let mut word = || -> String { (0..3 + random.below(6)).map(|place| char::from(random.pick(LETTERS[place % 2]))).collect() };
        let mut words = BTreeSet::new();
        while words.len() < 5_000 {
            words.insert(word());
        }
        Self(words.into_iter().collect())
    }

    /// One word.
    pub fn one(&self, random: &mut Random) -> &str {
        &self.0[random.below(self.0.len())]
    }

    /// A note of 80 characters on average, 60 to 100.
    pub fn note(&self, random: &mut Random) -> String {
        let letters = 57 + random.below(41);
        let mut note = String::new();
        while note.len() < letters {
            if !note.is_empty() {
                note.push(' ');
            }
            note.push_str(self.one(random));
        }
        note
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

/// `2026-11-20`, of days since 1970 (Hinnant, "chrono-compatible low-level date algorithms").
pub fn day(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2026-11-20T08:05:00Z`, of milliseconds since 1970, to the minute.
pub fn instant(ms: i64) -> String {
    let minutes = ms.div_euclid(60_000);
    let of_day = minutes.rem_euclid(1_440);
    format!("{}T{:02}:{:02}:00Z", day(minutes.div_euclid(1_440)), of_day / 60, of_day % 60)
}

/// Days from 1970 to today, in UTC.
pub fn today() -> i64 {
    now_ms().div_euclid(86_400_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates() {
        assert_eq!([0, 59, 11_016, 20_777, -1].map(day), ["1970-01-01", "1970-03-01", "2000-02-29", "2026-11-20", "1969-12-31"]);
    }

    #[test]
    fn instants_are_written_to_the_minute() {
        assert_eq!(instant(0), "1970-01-01T00:00:00Z");
        assert_eq!(instant(20_777 * 86_400_000 + 8 * 3_600_000 + 5 * 60_000 + 59_999), "2026-11-20T08:05:00Z");
    }

    #[test]
    fn notes_have_eighty_characters_on_average() {
        let (words, mut random) = (Words::new(), Random(1));
        let letters: usize = (0..2_000).map(|_| words.note(&mut random).len()).sum();
        assert!((78..=82).contains(&(letters / 2_000)), "{}", letters / 2_000);
    }

    #[test]
    fn ids_are_of_version_seven_and_differ() {
        let mut random = Random(1);
        let (one, other) = (random.id(), random.id());
        assert_ne!(one, other);
        let parts: Vec<&str> = one.split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(parts[2].starts_with('7') && "89ab".contains(&parts[3][..1]), "{one}");
    }
}
