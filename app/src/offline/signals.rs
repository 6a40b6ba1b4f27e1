//! What screens follow of Book, outbox and device; all of it holds its default while the server renders.

use super::summary::{self, Acknowledged};
use super::{DaySummary, QueuedView};
use crate::ui::SyncState;
use domain::Instant;
use domain::company::Company;
use domain::outbox::Queued;
use domain::people::Caller;
use leptos::prelude::*;
use std::sync::Arc;

/// How far the storage of whoever works here is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nobody is known on this device, or it is not known yet.
    #[default]
    Closed,
    /// Storage is being opened.
    Opening,
    /// The outbox is open, but the Book's rows have not arrived yet, or this person works without one.
    NoBook,
    /// The Book is open.
    Open,
    /// Fourteen days without contact: nothing opens before a sign-in.
    SignInNeeded,
}

/// Caller and company as the device knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who works here.
    pub caller: Arc<Caller>,
    /// The company's settings.
    pub company: Arc<Company>,
}

/// What a person must be told about this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser had removed the stored clients and visits: they were loaded again; what was not sent before is lost.
    StorageLost,
    /// The browser gives no storage (private mode, full): nothing can be kept without a network.
    NoStorage,
    /// The account was closed or this device signed out by the office.
    Revoked,
    /// Somebody else is signed in in this browser: unsent entries wait for their owner.
    OtherUser,
}

impl Trouble {
    /// For people: what happened and what to do.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::StorageLost => {
                "This phone’s browser had cleared the stored clients and visits. They were loaded again. Anything not yet sent before that is missing: check today’s visits."
            }
            Self::NoStorage => {
                "This browser cannot store anything (private window, or no space left). Saving works only after you change that."
            }
            Self::Revoked => "This device was signed out by the office.",
            Self::OtherUser => "Someone else is signed in here. Your unsent entries stay on this phone until you sign in again.",
        }
    }
}

/// The signals behind the handle.
#[derive(Clone, Copy, Debug)]
pub struct Signals {
    pub revision: RwSignal<u32>,
    pub phase: RwSignal<Phase>,
    pub known: RwSignal<Option<Known>>,
    pub state: RwSignal<SyncState>,
    pub unsent: RwSignal<u32>,
    pub entries: RwSignal<Vec<QueuedView>>,
    pub summary: RwSignal<DaySummary>,
    pub trouble: RwSignal<Option<Trouble>>,
    pub online: RwSignal<bool>,
    pub installable: RwSignal<bool>,
    pub update_ready: RwSignal<bool>,
}

impl Signals {
    /// The instant the app works with, given the machine's.
    pub fn now(&self, machine: Instant) -> Instant {
        self.known.with_untracked(|known| known.as_ref().map_or(machine, |k| k.company.now(machine)))
    }

    /// The sum of the business day at the machine's instant.
    pub fn sum(&self, machine: Instant, entries: &[Queued], acknowledged: &[Acknowledged]) -> DaySummary {
        self.known.with_untracked(|known| {
            let Some(company) = known.as_ref().map(|k| &k.company) else { return DaySummary::default() };
            let today = company.today(machine);
            summary::sum(entries, acknowledged, |at| company.zone.day_of(at) == today)
        })
    }

    pub fn new() -> Self {
        Self {
            revision: RwSignal::new(0),
            phase: RwSignal::new(Phase::Closed),
            known: RwSignal::new(None),
            state: RwSignal::new(SyncState::Checking),
            unsent: RwSignal::new(0),
            entries: RwSignal::new(Vec::new()),
            summary: RwSignal::new(DaySummary::default()),
            trouble: RwSignal::new(None),
            online: RwSignal::new(true),
            installable: RwSignal::new(false),
            update_ready: RwSignal::new(false),
        }
    }
}
