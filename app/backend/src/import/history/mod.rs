//! What was brought in before: every import with its report, and the file it came from.

mod sql;

use super::Withdrawn;
use crate::{Backend, Error};
use domain::Instant;
use domain::ids::ImportId;
use domain::people::{Caller, Right};
use serde::Serialize;

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
    /// What taking it back did, and what stayed; `None` of one that was not taken back, or before that was kept.
    pub withdrawn: Option<Withdrawn>,
}

/// One import.
///
/// # Errors
/// `Forbidden` without the right to import, `NotFound`.
pub async fn find(backend: &Backend, caller: &Caller, id: ImportId) -> Result<Imported, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    sql::find(&mut backend.read().await?, id).await?.ok_or(Error::NotFound)
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
