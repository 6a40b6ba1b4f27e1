//! Recognising that a client being entered may exist already.

use crate::fold::fold;
use crate::ids::ClientId;
use serde::{Deserialize, Serialize};

/// What a duplicate warning shows; outside one's scope nothing more than this is ever shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Duplicate {
    /// Identity.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// Its town.
    pub town: Option<String>,
    /// Its owner's name.
    pub rep_name: Option<String>,
    /// Whether the caller may open it.
    pub in_scope: bool,
}

/// Warnings shown at once.
pub const SHOWN: usize = 5;
/// Similarity from which two names are taken for one.
const ALIKE: f32 = 0.7;

/// Words that say what kind of business it is, and nothing about which.
const COMMON: [&str; 16] = [
    "and",
    "the",
    "of",
    "ltd",
    "limited",
    "co",
    "company",
    "inc",
    "llc",
    "stores",
    "store",
    "shop",
    "enterprises",
    "traders",
    "agencies",
    "supplies",
];

/// Similarity of two names, 0–1: the Dice coefficient of their letter pairs, word by word, without words like “Ltd” where others are left.
/// Source: L. R. Dice, “Measures of the amount of ecologic association between species”, 1945.
#[must_use]
pub fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = (pairs(&fold(a)), pairs(&fold(b)));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * shared as f32 / (a.len() + b.len()) as f32
}

/// Whether two names are alike enough to warn.
#[must_use]
pub fn alike(a: &str, b: &str) -> bool {
    similarity(a, b) >= ALIKE
}

/// Letter pairs of every word, a space standing before and after it; in order.
fn pairs(folded: &str) -> Vec<(char, char)> {
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|w| !COMMON.contains(w)).collect();
    let mut pairs = Vec::new();
    for word in if telling.is_empty() { words } else { telling } {
        let mut before = ' ';
        for c in word.chars().chain([' ']) {
            pairs.push((before, c));
            before = c;
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_business_written_twice_is_alike_and_two_businesses_are_not() {
        for (a, b, want) in [
            ("Mutua Hardware & Agrovet", "Mutua Hardware Agrovet Ltd", true),
            ("Mutua Hardware", "MUTUA  HARDWEAR", true),
            ("Baraka Spares", "Baraka Stores", false),
            ("Green Valley Millers", "Green Valley Miller", true),
            ("Kimani Farm Supplies", "Kamau Farm Supplies", false),
            ("Jambo Tractors", "Tumaini Estate", false),
            ("", "Anything", false),
        ] {
            assert_eq!(alike(a, b), want, "{a} / {b}: {}", similarity(a, b));
        }
    }
}
