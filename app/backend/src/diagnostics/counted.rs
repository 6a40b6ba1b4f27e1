//! What this process brought in since it started: for measuring, not for the books.

use crate::Error;
use crate::import::Report;
use serde::Serialize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Files brought in by this process since it started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Imports {
    /// Files that were brought in.
    pub done: u64,
    /// Files that were refused or could not be brought in.
    pub failed: u64,
    /// Rows read.
    pub rows: u64,
    /// Rows not taken in.
    pub rejected: u64,
    /// How long it took together, milliseconds.
    pub took_ms: u64,
}

/// The counts.
#[derive(Default)]
pub(crate) struct Counted(Mutex<Imports>);

impl Counted {
    /// Counts a file: what was only looked at does not count.
    pub(crate) fn note(&self, made: &Result<Report, Error>, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match made {
            Ok(report) if report.dry_run => return,
            Ok(report) => {
                all.done += 1;
                all.rows += report.tally.rows;
                all.rejected += report.tally.rejected;
            }
            Err(_) => all.failed += 1,
        }
        all.took_ms += u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    }

    pub(super) fn so_far(&self) -> Imports {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
