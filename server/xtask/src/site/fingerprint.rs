//! Short content hashes: names of files that never change, and keys of work that need not be done again.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Sixteen hexadecimal digits over all parts, each delimited by its length.
pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The hash of a folder: names and contents of its files.
pub fn of_folder(folder: &Path) -> Result<String> {
    let mut parts = Vec::new();
    for file in super::files(folder)? {
        parts.push(file.strip_prefix(folder)?.to_string_lossy().into_owned().into_bytes());
        parts.push(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(of(parts.iter().map(Vec::as_slice)))
}
