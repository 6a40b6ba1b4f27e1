//! The seam between the screens and the phone behind them: the phone lies in a file of its own, loaded after the first screen on a page the
//! server rendered, before it on the app shell. Only what stands here is known on both sides.

use super::marker::Marker;
use super::phone::Phone;
use super::signals::Signals;
use super::{BookRef, Offline, SubmitError, Team, start, submit, sync};
use crate::session::{Seen, Settings};
use domain::Instant;
use domain::changes::Change;
use domain::ids::EntryId;
use domain::people::Caller;
use leptos::prelude::Get;
use leptos::wasm_split::SplitLoaderError;
use std::fmt::Debug;
use std::pin::Pin;
use std::rc::Rc;

/// Something on its way, in this page only.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the phone does for the screens, see [`super::Offline`].
pub trait Engine: Debug {
    /// The open Book.
    fn book(&self) -> Option<BookRef>;
    /// The team's figures as of the last contact.
    fn team(&self) -> Option<Rc<Team>>;
    /// When the server was last heard of, by the application's clock.
    fn contact(&self) -> Option<Instant>;
    /// Begins to listen and to sync.
    fn run(self: Rc<Self>);
    /// Somebody is signed in.
    fn enter(self: Rc<Self>, caller: Caller, settings: Settings);
    /// Puts everything of this person down.
    fn leave(self: Rc<Self>) -> Later<()>;
    /// Takes a change in.
    fn submit(self: Rc<Self>, change: Change) -> Later<Result<EntryId, SubmitError>>;
    /// Drops a parked entry.
    fn discard(self: Rc<Self>, id: EntryId) -> Later<Result<(), SubmitError>>;
    /// Sends a parked entry again, corrected.
    fn resend(self: Rc<Self>, id: EntryId, change: Change) -> Later<Result<EntryId, SubmitError>>;
    /// Sends and pulls now.
    fn sync_now(self: Rc<Self>);
}

impl Engine for Phone {
    fn book(&self) -> Option<BookRef> {
        self.bag()?.book.borrow().clone()
    }

    fn team(&self) -> Option<Rc<Team>> {
        self.bag()?.team.borrow().clone()
    }

    fn contact(&self) -> Option<Instant> {
        Marker::stored().map(|marker| self.signals.now(marker.contact))
    }

    fn run(self: Rc<Self>) {
        self.listen();
        sync::wake(&self);
    }

    fn enter(self: Rc<Self>, caller: Caller, settings: Settings) {
        start::enter(&self, caller, settings.company().as_ref().clone());
    }

    fn leave(self: Rc<Self>) -> Later<()> {
        Box::pin(async move { start::leave(&self).await })
    }

    fn submit(self: Rc<Self>, change: Change) -> Later<Result<EntryId, SubmitError>> {
        Box::pin(async move { submit::submit(&self, change).await })
    }

    fn discard(self: Rc<Self>, id: EntryId) -> Later<Result<(), SubmitError>> {
        Box::pin(async move { submit::discard(&self, id).await })
    }

    fn resend(self: Rc<Self>, id: EntryId, change: Change) -> Later<Result<EntryId, SubmitError>> {
        Box::pin(async move { submit::resend(&self, id, change).await })
    }

    fn sync_now(self: Rc<Self>) {
        sync::wake(&self);
    }
}

impl Offline {
    /// The same, seen without the server where it cannot be reached; follows whether it can.
    #[must_use]
    pub fn away(self, seen: Seen<'_>) -> Seen<'_> {
        let away = !self.signals.online.get();
        Seen { away, contact: if away { self.phone().and_then(|phone| phone.contact()) } else { None }, ..seen }
    }
}

/// Makes a phone that writes to these signals.
pub type Make = Rc<dyn Fn(Signals) -> Rc<dyn Engine>>;

/// A phone that carries nothing yet.
#[leptos::wasm_split::wasm_split(phone, wasm_split_path = leptos::wasm_split, fallible)]
pub fn empty() -> Result<Make, SplitLoaderError> {
    Ok(Rc::new(|signals| Phone::new(signals)))
}

/// A phone that carries what the last user of this device had.
#[leptos::wasm_split::wasm_split(phone, wasm_split_path = leptos::wasm_split, fallible)]
pub fn carrying() -> Result<Later<Make>, SplitLoaderError> {
    Ok(Box::pin(async {
        let found = Rc::new(start::open_last().await);
        let make: Make = Rc::new(move |signals| {
            let phone = Phone::new(signals);
            start::take_up(&phone, &found);
            phone
        });
        make
    }))
}
