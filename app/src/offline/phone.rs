//! The running phone: whose things are open, what it hears from device, tabs and service worker, and what it tells the screens.

use super::bag::Bag;
use super::marker::Marker;
use super::signals::{Phase, Signals, Trouble};
use super::{QueuedState, QueuedView, SyncState, browser, device, sync};
use domain::Instant;
use domain::outbox::{Cause, Queued, State};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;

/// The phone of this page.
#[derive(Debug)]
pub struct Phone {
    /// What screens follow.
    pub signals: Signals,
    /// Whose things are open.
    bag: RefCell<Option<Rc<Bag>>>,
    /// How sending and pulling goes.
    pub link: Link,
}

/// How sending and pulling goes.
#[derive(Debug, Default)]
pub struct Link {
    /// An exchange runs in this tab.
    pub running: Cell<bool>,
    /// One more is wanted after it.
    pub again: Cell<bool>,
    /// Exchanges failed in a row.
    pub failures: Cell<u32>,
    /// Entries of one push; one alone after a push that the server failed on as a whole.
    pub alone: Cell<bool>,
    /// The server asked for a sign-in.
    pub signed_out: Cell<bool>,
    /// Numbers of the entries on their way: up to this one.
    pub sending: Cell<Option<u64>>,
}

impl Phone {
    /// A phone that carries nothing yet.
    pub fn new(signals: Signals) -> Rc<Self> {
        Rc::new(Self { signals, bag: RefCell::default(), link: Link::default() })
    }

    /// What is open.
    pub fn bag(&self) -> Option<Rc<Bag>> {
        self.bag.borrow().clone()
    }

    /// Whether this is what is open.
    pub fn carries(&self, bag: &Bag) -> bool {
        self.bag.borrow().as_deref().is_some_and(|now| std::ptr::eq(now, bag))
    }

    /// Takes up what was opened, or puts everything down.
    pub fn carry(&self, bag: Option<Rc<Bag>>) {
        let had = self.bag().is_some_and(|bag| bag.book.borrow().is_some());
        let has = bag.as_ref().is_some_and(|bag| bag.book.borrow().is_some());
        *self.bag.borrow_mut() = bag;
        self.link.signed_out.set(false);
        self.link.failures.set(0);
        if had || has { self.rows_changed() } else { self.look() }
    }

    /// The instant the app works with.
    pub fn now(&self) -> Instant {
        self.signals.now(device::now())
    }

    /// Listens to device, other tabs and service worker from now on.
    pub fn listen(self: &Rc<Self>) {
        let phone = Rc::clone(self);
        let listener = Closure::new(move |word: String| phone.hear(&word));
        browser::watch(&listener);
        listener.forget();
        self.signals.online.set(browser::online());
    }

    fn hear(self: &Rc<Self>, word: &str) {
        match word {
            "focus" if Marker::stored().is_some_and(|m| m.expired(device::now())) => {
                self.carry(None);
                self.signals.phase.set(Phase::SignInNeeded);
                self.publish();
            }
            "focus" | "timer" => sync::wake(self),
            // after a failure the alarm decides when to try again
            "flush" if self.link.failures.get() == 0 => sync::wake(self),
            "online" => {
                self.signals.online.set(true);
                sync::wake(self);
            }
            "offline" => {
                self.signals.online.set(false);
                self.publish();
            }
            "hidden" => sync::tidy(self),
            "changed" => self.reload(),
            "installable" => self.signals.installable.set(true),
            "installed" => self.signals.installable.set(false),
            "update" => self.signals.update_ready.set(true),
            word => {
                // whose name it is comes with the word: what the other tab stored may not be readable here yet
                let other = word.strip_prefix("user ").is_some_and(|user| self.bag().is_some_and(|bag| bag.user.to_string() != user));
                if other {
                    browser::reload();
                }
            }
        }
    }

    /// Another tab has written: reads what it wrote.
    fn reload(self: &Rc<Self>) {
        let (phone, Some(bag)) = (Rc::clone(self), self.bag()) else { return };
        spawn_local(async move {
            match bag.refresh().await {
                Ok(true) => phone.overlay_changed(),
                Ok(false) => {}
                Err(_) => phone.signals.trouble.set(Some(Trouble::NoStorage)),
            }
        });
    }

    /// Rows have changed, here or on the server: tells the screens.
    pub fn rows_changed(&self) {
        self.look();
        self.signals.revision.update(|r| *r += 1);
    }

    /// The overlay has changed: tells the screens, where it is the Book that they show.
    pub fn overlay_changed(&self) {
        if self.bag().is_some_and(|bag| bag.book.borrow().is_some()) { self.rows_changed() } else { self.publish() }
    }

    /// Looks again at who works here and how far their storage is.
    pub fn look(&self) {
        let known = self.bag().and_then(|bag| bag.known());
        if known.is_some() && self.signals.known.with_untracked(|k| *k != known) {
            self.signals.known.set(known);
        }
        let phase = match self.bag() {
            Some(bag) if bag.book.borrow().is_some() => Phase::Open,
            Some(_) => Phase::NoBook,
            None => Phase::Closed,
        };
        if self.signals.phase.get_untracked() != phase {
            self.signals.phase.set(phase);
        }
        self.publish();
    }

    /// The outbox or the way to the server has changed: tells the screens.
    pub fn publish(&self) {
        let Some(bag) = self.bag() else {
            self.signals.state.set(self.unopened());
            self.signals.entries.set(Vec::new());
            return;
        };
        let outbox = bag.outbox.borrow();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (waiting, parked) = (count(outbox.waiting()), count(outbox.parked()));
        let sum = self.signals.sum(device::now(), outbox.entries(), &bag.acknowledged.borrow());
        self.signals.unsent.set(waiting + parked);
        self.signals.state.set(self.state(waiting, parked));
        self.signals.entries.set(outbox.entries().iter().filter_map(|e| self.view(e)).collect());
        self.signals.summary.set(sum);
    }

    /// What is known of the work while nobody's storage is open: never that all of it was sent.
    fn unopened(&self) -> SyncState {
        match self.signals.phase.get_untracked() {
            Phase::SignInNeeded => SyncState::SignIn(0),
            _ if self.signals.trouble.get_untracked() == Some(Trouble::NoStorage) => SyncState::NoStorage,
            _ => SyncState::Checking,
        }
    }

    fn state(&self, waiting: u32, parked: u32) -> SyncState {
        match () {
            () if parked > 0 => SyncState::Attention(parked),
            () if self.link.signed_out.get() => SyncState::SignIn(waiting),
            () if !self.signals.online.get_untracked() => SyncState::Offline(waiting),
            () if waiting == 0 => SyncState::AllSent,
            () if self.link.sending.get().is_some() => SyncState::Sending(waiting),
            () => SyncState::OnPhone(waiting),
        }
    }

    fn view(&self, entry: &Queued) -> Option<QueuedView> {
        let sending = self.link.sending.get().is_some_and(|last| entry.seq <= last);
        let state = match &entry.state {
            State::Sent { .. } => return None,
            State::Waiting if sending => QueuedState::Sending,
            State::Waiting => QueuedState::Waiting,
            State::Parked { cause: Cause::Rejected { rejections } } => QueuedState::Refused(rejections.clone()),
            State::Parked { cause: Cause::Failed { reference } } => QueuedState::Failing(reference.clone()),
            State::Parked { cause: Cause::Dependant { .. } } => QueuedState::Dependent,
        };
        Some(QueuedView {
            id: entry.id,
            seq: entry.seq,
            made_at: entry.made_at,
            what: entry.name.clone(),
            subject: entry.subject,
            about: entry.about.clone(),
            state,
            change: domain::changes::Change::read(entry.body.as_bytes()).ok(),
        })
    }
}
