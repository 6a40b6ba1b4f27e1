//! What a browser that holds a cube already is given: the days that changed since its version, or the whole cube where that is simpler.

use super::{BROWSER_CELLS, BROWSER_MAX, CubeBytes, held, sql};
use crate::{Backend, Error, company};
use domain::Day;
use domain::cube::{Cube, Renamed};
use domain::people::{Caller, Scope};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Cells of changed days beyond which the whole cube is given: it is hardly larger then, and is kept by the browser.
const UPDATE_CELLS: usize = 200_000;
/// New labels that are remembered.
const RENAMES_MAX: usize = 10_000;

/// What a browser holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// The version of its cube.
    pub since: i64,
    /// What it was told the cube is of: another database or scope has another one.
    pub of: String,
}

/// The cube of the caller's scope for the browser, or what its own lacks, at least as new as the figures of `at_least`.
///
/// # Errors
/// When the database fails.
pub async fn cube_for(backend: &Backend, caller: &Caller, holds: Option<Holding>, at_least: i64) -> Result<CubeBytes, Error> {
    let cube = held::at_least(backend, at_least).await?;
    let scope = caller.scope();
    let (version, of) = (cube.version, name_of(backend, scope).await?);
    if scope == Scope::All && cube.cells() > BROWSER_CELLS {
        return Ok(CubeBytes { version, of, bytes: None });
    }
    let holds = holds.filter(|holds| holds.of == of && holds.since <= version);
    let changed = match &holds {
        Some(holds) => Some((holds.since, changed_since(backend, holds.since).await?)),
        None => None,
    };
    let pack =
        move || changed.and_then(|(since, (days, renamed))| update(&cube, since, &days, &renamed, scope)).or_else(|| whole(&cube, scope));
    let bytes = tokio::task::spawn_blocking(pack).await.map_err(Error::internal)?;
    Ok(CubeBytes { version, of, bytes })
}

/// Days changed after a version, and whom the cube has called otherwise since. Asked after the cube was taken: a day it holds newer is among them.
async fn changed_since(backend: &Backend, since: i64) -> Result<(BTreeSet<Day>, Renamed), Error> {
    let days = sql::changed_days(&mut backend.read().await?, since).await?;
    Ok((days.into_iter().map(|(day, _)| day).collect(), backend.cube().renames.after(since)))
}

fn update(cube: &Cube, since: i64, days: &BTreeSet<Day>, renamed: &Renamed, scope: Scope) -> Option<Vec<u8>> {
    let update = cube.update(since, days, renamed, scope).ok()?;
    (update.cells() <= UPDATE_CELLS).then(|| update.to_bytes())
}

fn whole(cube: &Cube, scope: Scope) -> Option<Vec<u8>> {
    let scoped = cube.scoped(scope);
    (scoped.cells() <= BROWSER_CELLS).then(|| scoped.to_bytes()).filter(|bytes| bytes.len() <= BROWSER_MAX)
}

/// A name for what a cube is of, which tells neither.
async fn name_of(backend: &Backend, scope: Scope) -> Result<String, Error> {
    let database = company::name_of_database(backend).await?;
    let digest = Sha256::new().chain_update(database).chain_update(format!("{scope:?}")).finalize();
    Ok(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Who was called otherwise at which version, as far as this process remembers.
#[derive(Default)]
pub(crate) struct Renames(Mutex<Log>);

#[derive(Default)]
struct Log {
    /// The version everything after is known of; nothing is known before the first cube.
    complete_after: Option<i64>,
    renamed: Vec<(i64, Uuid)>,
}

impl Renames {
    /// A cube was read or built: what happened before is not known.
    pub(super) fn begin(&self, version: i64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Log { complete_after: Some(version), renamed: Vec::new() };
    }

    /// These are called otherwise since a version.
    pub(super) fn note(&self, version: i64, ids: Vec<Uuid>) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.renamed.extend(ids.into_iter().map(|id| (version, id)));
        if let Some(many) = log.renamed.len().checked_sub(RENAMES_MAX).filter(|many| *many > 0) {
            let forgotten = log.renamed.drain(..many).next_back();
            log.complete_after = forgotten.map(|(version, _)| version);
        }
    }

    fn after(&self, version: i64) -> Renamed {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match log.complete_after {
            Some(known) if version >= known => {
                Renamed::These(log.renamed.iter().filter(|(at, _)| *at > version).map(|(_, id)| *id).collect())
            }
            _ => Renamed::Anybody,
        }
    }
}

/// Takes note of whoever the later entries call otherwise than a cube does.
pub(super) fn note(backend: &Backend, cube: &Arc<Cube>, entries: &domain::cube::Entries, version: i64) {
    let ids = cube.called_otherwise(entries);
    if !ids.is_empty() {
        backend.cube().renames.note(version, ids);
    }
}
