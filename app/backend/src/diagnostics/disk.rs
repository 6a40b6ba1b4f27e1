//! The room that is left where the data lies.

use serde::Serialize;
use std::path::Path;

/// Less room than this is said, in bytes: a day of imports should fit.
const LOW: u64 = 1 << 30;

/// The disk of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Disk {
    /// Bytes this process may still write.
    pub free: u64,
    /// Bytes in all.
    pub total: u64,
}

impl Disk {
    /// Asks the operating system.
    #[cfg(unix)]
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let disk = rustix::fs::statvfs(folder).ok()?;
        Some(Self { free: disk.f_bavail.checked_mul(disk.f_frsize)?, total: disk.f_blocks.checked_mul(disk.f_frsize)? })
    }

    /// It does not tell.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Option<Self> {
        None
    }

    /// Whether somebody should make room.
    #[must_use]
    pub fn is_low(self) -> bool {
        self.free < LOW.min(self.total / 10)
    }
}
