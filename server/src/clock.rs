//! The machine's clock. What business rules call now comes from the backend, which may run as of another day.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Instant;

/// The machine's instant.
#[must_use]
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
