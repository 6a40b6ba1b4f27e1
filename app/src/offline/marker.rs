//! Who worked on this device last: known before any database is opened, and to the service worker.

use super::{browser, device};
use domain::Instant;
use domain::calendar::DAY_MS;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};

const KEY: &str = "fieldlight-device";

/// Days a Book opens and records without contact to the server.
pub const DAYS_ALONE: i64 = 14;

/// The last user of this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Marker {
    /// Who.
    pub user: UserId,
    /// When the server last knew them, by the device's clock.
    pub contact: Instant,
    /// Whether a whole Book is stored: if it is gone, the browser cleared it.
    pub book: bool,
}

impl Marker {
    /// The stored one. The browser writes the cache at once and this record some seconds later: what a killed browser left is read from the cache.
    pub async fn read() -> Option<Self> {
        if let Some(marker) = Self::stored() {
            return Some(marker);
        }
        let user = browser::marked().await.ok()?.as_string()?.parse().ok()?;
        Some(Self { user, contact: device::now(), book: true })
    }

    /// The record alone.
    pub fn stored() -> Option<Self> {
        serde_json::from_slice(browser::recall(KEY).ok()??.as_bytes()).ok()
    }

    /// Keeps it.
    pub fn write(self) {
        if let Ok(json) = serde_json::to_string(&self) {
            let _ = browser::keep(KEY, Some(&json));
        }
    }

    /// Tells the service worker to start from the shell where a Book is stored, otherwise from the server.
    pub async fn show(self) {
        let _ = if self.book { browser::mark(self.user.to_string()).await } else { browser::unmark().await };
    }

    /// Lets the service worker ask the server from now on; whether it did not before.
    pub async fn hide() -> bool {
        browser::unmark().await.is_ok_and(|was| was.is_truthy())
    }

    /// Forgets who worked here; their database stays.
    pub async fn forget() {
        let _ = browser::keep(KEY, None);
        Self::hide().await;
    }

    /// Whether the last contact is too long ago to open anything.
    pub fn expired(self, now: Instant) -> bool {
        now.0 - self.contact.0 > DAYS_ALONE * DAY_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_opens_for_fourteen_days_after_the_last_contact() {
        let marker = Marker { user: UserId(uuid::Uuid::nil()), contact: Instant(0), book: true };
        assert!(!marker.expired(Instant(DAYS_ALONE * DAY_MS)));
        assert!(marker.expired(Instant(DAYS_ALONE * DAY_MS + 1)));
        assert!(!marker.expired(Instant(-5)));
    }
}
