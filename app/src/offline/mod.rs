//! The phone's side of the work: the Book opened from storage, the outbox and what sends it, and what the device itself can tell. Rules are in `domain`.
//!
//! [`Offline`] is a `Copy` handle in the context of the whole application. While the server renders it is dead: its signals hold their
//! defaults and no Book is open. Methods that touch the device are for event handlers and effects only.

mod queue;
mod signals;

pub use crate::ui::SyncState;
pub use queue::{DayLine, DaySummary, QueuedState, QueuedView, SubmitError};
pub use domain::book::Book;
pub use signals::{Known, Phase, Trouble};

use domain::Instant;
use domain::changes::Change;
use domain::company::Company;
use domain::geo::Fix;
use domain::ids::EntryId;
use domain::people::Caller;
use leptos::prelude::*;
use signals::Signals;
use std::cell::RefCell;
use std::rc::Rc;
use uuid::Uuid;

/// The open Book, shared by everything on this page.
pub type BookRef = Rc<RefCell<Book>>;

/// The handle on Book, outbox and device; provided once by [`provide`].
#[derive(Clone, Copy, Debug)]
pub struct Offline {
    signals: Signals,
}

/// Why the device gave no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionError {
    /// The person or the browser refused it.
    Denied,
    /// The device cannot tell where it is.
    Unavailable,
    /// No answer within ten seconds.
    Timeout,
}

/// Makes the handle and puts it into the context: first thing in `App`, once. In the browser it starts as soon as effects run.
pub fn provide() -> Offline {
    let offline = Offline { signals: Signals::new() };
    provide_context(offline);
    offline
}

/// The handle from the context.
///
/// # Panics
/// When [`provide`] was not called at the root.
#[must_use]
pub fn offline() -> Offline {
    expect_context()
}

impl Offline {
    /// The open Book: none on the server, for people without one, and until it is open. Read [`Self::revision`] beside it to follow changes.
    #[must_use]
    pub fn book(self) -> Option<BookRef> {
        None
    }

    /// Rises whenever the Book opens or its rows or overlay change; zero while no Book is open.
    #[must_use]
    pub fn revision(self) -> Signal<u32> {
        self.signals.revision.into()
    }

    /// Whether a Book is being opened, is open, or may not be opened.
    #[must_use]
    pub fn phase(self) -> Signal<Phase> {
        self.signals.phase.into()
    }

    /// Caller and company as the device knows them: from the last pull, or from [`Self::enter`].
    #[must_use]
    pub fn known(self) -> Signal<Option<Known>> {
        self.signals.known.into()
    }

    /// Says who is signed in, as the server's session told: opens that person's storage when it is not open yet, and asks for the Book of a rep.
    pub fn enter(self, caller: Caller, company: Company) {
        let _ = (self, caller, company);
    }

    /// Before sign-out: closes the storage of this person and forgets who worked here last. What is unsent stays until they come back.
    pub async fn leave(self) {}

    /// Takes a change in: the domain's rule against the Book, then durably into the outbox, then into the Book's overlay; sent in the background.
    ///
    /// # Errors
    /// What the rule refused, by field, or why the device could not keep it.
    pub async fn submit(self, change: Change) -> Result<EntryId, SubmitError> {
        let _ = change;
        Err(SubmitError::NotOpen)
    }

    /// The state of the outbox, for the chip in the header.
    #[must_use]
    pub fn state(self) -> Signal<SyncState> {
        self.signals.state.into()
    }

    /// Entries the server has not accepted, waiting and parked: what a sign-out warns about.
    #[must_use]
    pub fn unsent(self) -> Signal<u32> {
        self.signals.unsent.into()
    }

    /// Everything in the outbox in its order, for the screen of what waits and what needs attention.
    #[must_use]
    pub fn entries(self) -> Signal<Vec<QueuedView>> {
        self.signals.entries.into()
    }

    /// Drops a parked entry and what cannot stand without it.
    ///
    /// # Errors
    /// When the device could not write.
    pub async fn discard(self, id: EntryId) -> Result<(), SubmitError> {
        let _ = id;
        Err(SubmitError::NotOpen)
    }

    /// Puts a corrected change in a parked entry's place and sends it and its dependants again.
    ///
    /// # Errors
    /// As [`Self::submit`].
    pub async fn resend(self, id: EntryId, change: Change) -> Result<EntryId, SubmitError> {
        let _ = (id, change);
        Err(SubmitError::NotOpen)
    }

    /// Sends and pulls now, if it is not happening already.
    pub fn sync_now(self) {}

    /// What was made on this phone today and what the server has acknowledged of it, from the server's receipts.
    #[must_use]
    pub fn day_summary(self) -> Signal<DaySummary> {
        self.signals.summary.into()
    }

    /// What the person must be told about this device, if anything.
    #[must_use]
    pub fn trouble(self) -> Signal<Option<Trouble>> {
        self.signals.trouble.into()
    }

    /// Takes the message of [`Self::trouble`] away.
    pub fn dismiss_trouble(self) {
        self.signals.trouble.set(None);
    }

    /// The unfinished form kept under `key` by whoever works here.
    #[must_use]
    pub fn draft(self, key: &str) -> Option<String> {
        let _ = key;
        None
    }

    /// Keeps an unfinished form, so that a reload loses nothing typed.
    pub fn save_draft(self, key: &str, json: &str) {
        let _ = (key, json);
    }

    /// Forgets an unfinished form.
    pub fn drop_draft(self, key: &str) {
        let _ = key;
    }

    /// The instant the app works with: the device's clock, moved to the company's `as_of` day where there is one. Works on the server too.
    #[must_use]
    pub fn now(self) -> Instant {
        Instant(0)
    }

    /// A new UUIDv7.
    #[must_use]
    pub fn new_id(self) -> Uuid {
        Uuid::nil()
    }

    /// Where the device is, with its accuracy; waits at most ten seconds.
    ///
    /// # Errors
    /// Why there is no position.
    pub async fn position(self) -> Result<Fix, PositionError> {
        Err(PositionError::Unavailable)
    }

    /// Whether the browser would install the app now.
    #[must_use]
    pub fn installable(self) -> Signal<bool> {
        self.signals.installable.into()
    }

    /// Shows the browser's install prompt.
    pub fn install_prompt(self) {}

    /// Whether a new version is loaded and waits for consent.
    #[must_use]
    pub fn update_ready(self) -> Signal<bool> {
        self.signals.update_ready.into()
    }

    /// Lets the new version take over and reloads the page; the outbox stays as it is.
    pub fn apply_update(self) {}

    /// Whether the server can be reached, as far as the device knows.
    #[must_use]
    pub fn online(self) -> Signal<bool> {
        self.signals.online.into()
    }
}
