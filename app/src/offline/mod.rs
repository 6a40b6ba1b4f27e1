//! The phone's side of the work: the Book opened from storage, the outbox and what sends it, and what the device itself can tell. Rules are in `domain`.
//!
//! [`Offline`] is a `Copy` handle in the context of the whole application. While the server renders it is dead: its signals hold their
//! defaults and no Book is open. Methods that touch the device are for event handlers and effects only.

mod bag;
mod browser;
mod device;
mod drafts;
mod engine;
mod marker;
mod phone;
mod pull;
mod push;
mod queue;
mod shelf;
mod signals;
mod start;
mod store;
mod submit;
mod summary;
mod sync;
mod team;

pub use crate::ui::SyncState;
pub use device::PositionError;
pub use domain::book::Book;
pub use queue::{DayLine, DaySummary, QueuedState, QueuedView, SubmitError};
pub use signals::{Known, Phase, Trouble};
pub use team::Team;

use crate::session::Settings;
use domain::Instant;
use domain::changes::Change;
use domain::geo::Fix;
use domain::ids::{EntryId, UserId};
use domain::people::Caller;
use engine::{Engine, Make};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
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
    /// The running phone: none while the server renders, and until its file is there.
    phone: StoredValue<Option<SendWrapper<Rc<dyn Engine>>>>,
}

/// What stood ready on the device before the first screen.
#[derive(Clone)]
pub struct Opened(Option<SendWrapper<Make>>);

/// Opens what the last user of this device carries: for the app shell, before it is drawn.
pub async fn open_last() -> Opened {
    match engine::carrying().await {
        Ok(make) => Opened(Some(SendWrapper::new(make.await))),
        Err(_) => Opened(None),
    }
}

/// Makes the handle and puts it into the context: first thing in `App`, once. In the browser it starts as soon as effects run.
pub fn provide() -> Offline {
    let offline = Offline { signals: Signals::new(), phone: StoredValue::new(None) };
    provide_context(offline);
    if let Some(make) = use_context::<Opened>().and_then(|opened| opened.0) {
        offline.take(&make);
    }
    Effect::new(move || {
        spawn_local(async move {
            if let Some(phone) = offline.ready().await {
                phone.run();
            }
        });
    });
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
        self.phone()?.book()
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
    pub fn enter(self, caller: Caller, settings: Settings) {
        spawn_local(async move {
            if let Some(phone) = self.ready().await {
                phone.enter(caller, settings);
            }
        });
    }

    /// Before sign-out: closes the storage of this person and forgets who worked here last. What is unsent stays until they come back.
    pub async fn leave(self) {
        if let Some(phone) = self.phone() {
            phone.leave().await;
        }
    }

    /// Takes a change in: the domain's rule against the Book, then durably into the outbox, then into the Book's overlay; sent in the background.
    ///
    /// # Errors
    /// What the rule refused, by field, or why the device could not keep it.
    pub async fn submit(self, change: Change) -> Result<EntryId, SubmitError> {
        self.ready().await.ok_or(SubmitError::NotOpen)?.submit(change).await
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
        self.ready().await.ok_or(SubmitError::NotOpen)?.discard(id).await
    }

    /// Puts a corrected change in a parked entry's place and sends it and its dependants again.
    ///
    /// # Errors
    /// As [`Self::submit`].
    pub async fn resend(self, id: EntryId, change: Change) -> Result<EntryId, SubmitError> {
        self.ready().await.ok_or(SubmitError::NotOpen)?.resend(id, change).await
    }

    /// Sends and pulls now, if it is not happening already.
    pub fn sync_now(self) {
        spawn_local(async move {
            if let Some(phone) = self.ready().await {
                phone.sync_now();
            }
        });
    }

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
        drafts::read(self.user()?, key)
    }

    /// Keeps an unfinished form, so that a reload loses nothing typed.
    pub fn save_draft(self, key: &str, json: &str) {
        if let Some(user) = self.user() {
            drafts::keep(user, key, Some(json));
        }
    }

    /// Forgets an unfinished form.
    pub fn drop_draft(self, key: &str) {
        if let Some(user) = self.user() {
            drafts::keep(user, key, None);
        }
    }

    /// The instant the app works with: the device's clock, moved to the company's `as_of` day where there is one. Works on the server too.
    #[must_use]
    pub fn now(self) -> Instant {
        self.signals.now(device::now())
    }

    /// A new UUIDv7.
    #[must_use]
    pub fn new_id(self) -> Uuid {
        device::new_id()
    }

    /// Where the device is, with its accuracy; waits at most ten seconds.
    ///
    /// # Errors
    /// Why there is no position.
    pub async fn position(self) -> Result<Fix, PositionError> {
        device::position().await
    }

    /// Whether the browser would install the app now.
    #[must_use]
    pub fn installable(self) -> Signal<bool> {
        self.signals.installable.into()
    }

    /// Shows the browser's install prompt.
    pub fn install_prompt(self) {
        browser::install();
    }

    /// Whether a new version is loaded and waits for consent.
    #[must_use]
    pub fn update_ready(self) -> Signal<bool> {
        self.signals.update_ready.into()
    }

    /// Lets the new version take over and reloads the page; the outbox stays as it is.
    pub fn apply_update(self) {
        browser::update();
    }

    /// Whether the server can be reached, as far as the device knows.
    #[must_use]
    pub fn online(self) -> Signal<bool> {
        self.signals.online.into()
    }

    fn phone(self) -> Option<Rc<dyn Engine>> {
        self.phone.with_value(|phone| phone.as_deref().cloned())
    }

    /// The running phone, once its file is there; none when that cannot be loaded.
    async fn ready(self) -> Option<Rc<dyn Engine>> {
        if self.phone().is_none() {
            let make = engine::empty().await.ok()?;
            // somebody else may have waited for the same file
            if self.phone().is_none() {
                self.take(&make);
            }
        }
        self.phone()
    }

    fn take(self, make: &Make) {
        self.phone.set_value(Some(SendWrapper::new(make(self.signals))));
    }

    /// Who works here; follows the signal, since it is not known at once.
    fn user(self) -> Option<UserId> {
        self.signals.known.with(|known| known.as_ref().map(|k| k.caller.user))
    }
}
