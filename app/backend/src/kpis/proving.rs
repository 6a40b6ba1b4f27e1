//! The proof on request: made in the background, one at a time, its progress to be asked for and its outcome kept beside the cube.

use super::verify::{STEPS, compare, may};
use super::{Proof, kept};
use crate::{Backend, Error};
use domain::Instant;
use domain::people::Caller;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// How a proof stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Proving {
    /// Under way.
    #[serde(rename_all = "camelCase")]
    Running {
        /// Comparisons made.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// Made.
    #[serde(rename_all = "camelCase")]
    Done {
        /// When.
        at: Instant,
        /// What it found.
        proof: Proof,
    },
    /// Made; what it counted and named is not told.
    #[serde(rename_all = "camelCase")]
    Told {
        /// When.
        at: Instant,
        /// Whether the cube equals the lines.
        equal: bool,
    },
    /// It could not be made.
    #[serde(rename_all = "camelCase")]
    Failed {
        /// When.
        at: Instant,
        /// Why, in words.
        why: String,
    },
}

impl Proving {
    /// As it is told to who sees a part of the company: a proof counts and names what others sell.
    #[must_use]
    pub fn for_a_part(self) -> Self {
        match self {
            Self::Done { at, proof } => Self::Told { at, equal: proof.differs.is_empty() },
            other => other,
        }
    }
}

/// The latest proof, as far as this process knows.
#[derive(Default)]
pub(crate) struct Latest(Mutex<Option<Proving>>);

impl Latest {
    fn get(&self) -> Option<Proving> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, now: Proving) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Begins one, unless one is under way.
    fn begin(&self) -> bool {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*latest, Some(Proving::Running { .. })) {
            return false;
        }
        *latest = Some(Proving::Running { done: 0, of: STEPS.len() });
        true
    }
}

/// Starts to prove that the cube equals the lines, and answers at once; [`proving`] says how it goes. One that is under way goes on.
///
/// # Errors
/// As [`super::verify`].
pub fn prove(backend: &Backend, caller: &Caller) -> Result<(), Error> {
    may(caller)?;
    if backend.cube().proof.begin() {
        let backend = backend.clone();
        tokio::spawn(async move {
            let latest = &backend.cube().proof;
            let proof = compare(&backend, |done| latest.set(Proving::Running { done, of: STEPS.len() })).await;
            let at = backend.now();
            let outcome = match proof {
                Ok(proof) => Proving::Done { at, proof },
                Err(error) => {
                    tracing::warn!(%error, "the cube could not be compared with the lines");
                    Proving::Failed { at, why: failed(&error) }
                }
            };
            keep(&backend, &outcome).await;
            latest.set(outcome);
        });
    }
    Ok(())
}

fn failed(error: &Error) -> String {
    match error {
        Error::Unavailable(why) => why.clone(),
        _ => "It could not be made: see the server's log.".to_owned(),
    }
}

/// The latest proof: of this process, or kept by one before. None was made when absent.
///
/// # Errors
/// When the database fails.
pub async fn proving(backend: &Backend) -> Result<Option<Proving>, Error> {
    let latest = &backend.cube().proof;
    if let Some(known) = latest.get() {
        return Ok(Some(known));
    }
    let Some(place) = kept::place(backend, "proof", "json").await? else { return Ok(None) };
    let read = tokio::task::spawn_blocking(move || serde_json::from_slice(&std::fs::read(place).ok()?).ok());
    let kept: Option<Proving> = read.await.map_err(Error::internal)?;
    if let Some(kept) = &kept {
        latest.set(kept.clone());
    }
    Ok(kept)
}

/// Keeps it for the next start; that it cannot be kept is told and harms nothing.
async fn keep(backend: &Backend, outcome: &Proving) {
    let Ok(Some(place)) = kept::place(backend, "proof", "json").await else { return };
    let text = serde_json::to_vec(outcome).unwrap_or_default();
    if let Ok(Err(error)) = tokio::task::spawn_blocking(move || std::fs::write(place, text)).await {
        tracing::warn!(%error, "the proof could not be kept on disk");
    }
}
