//! How far an import is: read by whoever waits for it, while it runs elsewhere.

use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};

/// How far an import is.
#[derive(Debug, Default)]
pub struct Progress {
    read: AtomicU64,
    written: AtomicU64,
    of: AtomicU64,
}

/// [`Progress`] at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sofar {
    /// Rows read and judged.
    pub read: u64,
    /// Rows written.
    pub written: u64,
    /// Rows to be written; nought before that is known.
    pub of: u64,
}

impl Progress {
    /// Another row was read.
    pub(super) fn row(&self) {
        self.read.fetch_add(1, Ordering::Relaxed);
    }

    /// So many rows are to be written.
    pub(super) fn to_write(&self, rows: u64) {
        self.of.store(rows, Ordering::Relaxed);
    }

    /// So many more were.
    pub(super) fn wrote(&self, rows: u64) {
        self.written.fetch_add(rows, Ordering::Relaxed);
    }

    /// How far it is now.
    #[must_use]
    pub fn sofar(&self) -> Sofar {
        let now = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Sofar { read: now(&self.read), written: now(&self.written), of: now(&self.of) }
    }
}
