//! Who worked on this device last: known before any database is opened, and to the service worker.

use super::browser;
use domain::Instant;
use domain::calendar::DAY_MS;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

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
    /// The stored one.
    pub fn read() -> Option<Self> {
        serde_json::from_str(&browser::recall(KEY).ok()??).ok()
    }

    /// Keeps it; the service worker starts from the shell when there is a Book.
    pub fn write(self) {
        let changed = Self::read().is_none_or(|m| (m.user, m.book) != (self.user, self.book));
        if let Ok(json) = serde_json::to_string(&self) {
            let _ = browser::keep(KEY, Some(&json));
        }
        if changed {
            let user = self.book.then(|| self.user.to_string());
            spawn_local(async move {
                let _ = browser::mark(user).await;
            });
        }
    }

    /// Forgets who worked here; their database stays.
    pub async fn forget() {
        let _ = browser::keep(KEY, None);
        let _ = browser::mark(None).await;
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
