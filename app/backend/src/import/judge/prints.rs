//! Fingerprints of rows: what makes the same file change nothing and a row said twice be noticed. SHA-256, cut, so that they last across builds.

use domain::Rejections;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Of what a row says about a record, as stored beside it.
pub fn of_record(says: &impl Serialize) -> Result<i64, Rejections> {
    let json = serde_json::to_vec(says).map_err(|e| Rejections::one("file", "unreadable", e.to_string()))?;
    let hash = Sha256::digest(&json);
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    Ok(i64::from_be_bytes(first))
}

/// Of a text.
pub fn of_text(text: &str) -> u128 {
    cut(&Sha256::digest(text.as_bytes()))
}

/// Of every cell of a row.
pub fn of_row(row: &csv::StringRecord) -> u128 {
    let mut hasher = Sha256::new();
    for cell in row {
        hasher.update(cell.as_bytes());
        hasher.update([0xff]);
    }
    cut(&hasher.finalize())
}

fn cut(hash: &[u8]) -> u128 {
    hash.iter().take(16).fold(0, |sum, b| sum << 8 | u128::from(*b))
}

/// Longest id kept as it is; a longer one is kept as its hash.
const KEY_MAX: usize = 120;

/// An id in the source, short enough to be stored and shown.
pub fn key(text: String) -> String {
    if text.chars().count() <= KEY_MAX { text } else { format!("{:032x}", of_text(&text)) }
}
