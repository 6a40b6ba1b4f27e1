//! What was brought in before: every import with its report, and the file it came from.

mod sql;

use crate::{Backend, Error};
use domain::Instant;
use domain::ids::ImportId;
use domain::people::{Caller, Right};
use intake::Opened;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};

/// An import as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Identity.
    pub id: ImportId,
    /// What was brought in.
    pub kind: String,
    /// The system the rows come from.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of the file, by which it is kept.
    pub sha256: String,
    /// When.
    pub at: Instant,
    /// `published`, `staged` while it is being written, `withdrawn`.
    pub state: String,
    /// What became of the file's rows.
    pub report: serde_json::Value,
}

/// Imports, the latest first.
///
/// # Errors
/// `Forbidden` without the right to import.
pub async fn list(backend: &Backend, caller: &Caller, limit: u32) -> Result<Vec<Imported>, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    sql::list(&mut backend.read().await?, i64::from(limit.min(500))).await
}

/// Where a file is kept: under its own hash, so that the same file is kept once.
#[must_use]
pub fn kept_at(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256)
}

/// Keeps the bytes of a file, whole or not at all.
pub(super) fn keep(folder: &Path, sha256: &str, opened: &Opened) -> io::Result<()> {
    let mut bytes = opened.found.raw().map_err(|wrong| io::Error::other(wrong.to_string()))?;
    let place = kept_at(folder, sha256);
    if place.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!("{sha256}.{}.part", crate::new_id().simple()));
    let mut file = std::fs::File::create(&beside)?;
    io::copy(&mut bytes, &mut file)?;
    file.sync_all()?;
    std::fs::rename(beside, place)
}
