//! What screens are told about the outbox: its entries, a day's sum, and why something could not be taken in.

use domain::changes::Change;
use domain::ids::EntryId;
use domain::{Instant, Rejections};
use uuid::Uuid;

/// Why a change was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmitError {
    /// The domain's rule refused it; nothing was kept.
    Rejected(Rejections),
    /// Nobody is signed in on this device, or its storage is still being opened.
    NotOpen,
    /// Fourteen days without contact: sign in first.
    SignInNeeded,
    /// The device could not keep it (full, private mode); nothing was kept.
    Storage,
}

impl SubmitError {
    /// For people: what to do. Rejections also stand under their fields.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Rejected(rejections) => rejections.to_string(),
            Self::NotOpen => "The phone’s storage is not open yet. Try again in a moment.".into(),
            Self::SignInNeeded => "This phone was not in contact for 14 days. Sign in, then save again.".into(),
            Self::Storage => "This phone could not keep it. Free some space, then save again: nothing typed is lost.".into(),
        }
    }
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueuedState {
    /// On this phone.
    Waiting,
    /// On its way.
    Sending,
    /// Refused by the server: why.
    Refused(Rejections),
    /// Failed five times: the server's reference.
    Failing(String),
    /// Stands on an entry that needs attention.
    Dependent,
}

impl QueuedState {
    /// Whether a person has to do something.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Sending)
    }
}

/// An entry of the outbox, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedView {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub seq: u64,
    /// When it was made.
    pub made_at: Instant,
    /// What it does: `Check-in`.
    pub what: String,
    /// The record it is about.
    pub subject: Uuid,
    /// The name of its client, where it was known.
    pub about: String,
    /// Where it stands.
    pub state: QueuedState,
    /// What it asks for, to be edited and sent again; none when this build cannot read an older one.
    pub change: Option<Change>,
}

/// One kind of work in a day's sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayLine {
    /// What: `Check-in`.
    pub what: String,
    /// Made on this phone.
    pub made: u32,
    /// Acknowledged by the server.
    pub on_server: u32,
}

/// What was made on this phone today against what the server has acknowledged of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaySummary {
    /// Made on this phone.
    pub made: u32,
    /// Acknowledged by the server.
    pub on_server: u32,
    /// Waiting on this phone.
    pub waiting: u32,
    /// Needing attention.
    pub attention: u32,
    /// By kind.
    pub lines: Vec<DayLine>,
}
