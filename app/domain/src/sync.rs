//! What phone and server say to each other: entries pushed, receipts answered, pages pulled.

use crate::bought::BoughtBy;
use crate::calendar::Instant;
use crate::clients::Client;
use crate::company::Company;
use crate::contacts::Contact;
use crate::ids::{ClientId, ContactId, DeviceId, EntryId, UserId, VisitId};
use crate::people::Caller;
use crate::rejection::Rejections;
use crate::targets::Facts;
use crate::visits::Visit;
use serde::{Deserialize, Serialize};

/// One entry of an outbox as it is sent. `kind` and `body` are a [`crate::changes::Change`]; they are kept as raw JSON until the use case reads them, so
/// that one unreadable entry does not stop the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PushEntry<B> {
    /// Idempotency key.
    pub id: EntryId,
    /// Place in the device's order; rises, gaps are allowed.
    pub seq: u64,
    /// Form of the body.
    pub schema: u16,
    /// When it was made, by the device's clock.
    pub made_at: Instant,
    /// `{"kind": …, "body": …}`.
    #[serde(flatten)]
    pub change: B,
}

/// A push: entries of one device and user in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Push<B> {
    /// The device.
    pub device: DeviceId,
    /// Whose entries these are; another user's session answers 409.
    pub user: UserId,
    /// The device's clock now; the server reckons its error from it.
    pub sent_at: Instant,
    /// In order of `seq`, at most [`PUSH_MAX`].
    pub entries: Vec<PushEntry<B>>,
}

/// Entries of one push.
pub const PUSH_MAX: usize = 50;

/// What became of an entry on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Written.
    Accepted,
    /// Refused for good; its number is consumed and the reason kept.
    Rejected,
}

/// The server's receipt for an entry; the same entry always gets the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub seq: u64,
    /// What became of it.
    pub verdict: Verdict,
    /// Cursor of the rows it wrote; zero when rejected.
    pub version: i64,
    /// When the server took it in.
    pub received_at: Instant,
    /// Error of the device's clock in milliseconds (to be added to it).
    pub clock_offset_ms: i64,
    /// Why it was rejected.
    #[serde(default)]
    pub rejections: Rejections,
}

/// The answer to a push: a receipt for every entry up to the first that could not be tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PushAnswer {
    /// In order.
    pub receipts: Vec<Receipt>,
    /// The reference of a passing failure that stopped the rest; none when all were tried.
    pub stopped: Option<String>,
}

/// A row that left the caller's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "id")]
pub enum Gone {
    /// A client, with everything of it.
    Client(ClientId),
    /// A contact.
    Contact(ContactId),
    /// A visit.
    Visit(VisitId),
}

/// One page of a pull.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullPage {
    /// To ask with next time.
    pub cursor: String,
    /// Whether more is ready now.
    pub more: bool,
    /// Every row up to this version has arrived once `more` is false.
    pub head: i64,
    /// The Book starts over with this page: drop all rows first.
    pub fresh: bool,
    /// Settings, with the first page of each pull.
    pub company: Option<Company>,
    /// The caller as the server knows them, with the first page of each pull.
    pub caller: Option<Caller>,
    /// Clients and prospects.
    pub clients: Vec<Client>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Visits.
    pub visits: Vec<Visit>,
    /// What clients bought; without anything when there is nothing any more.
    #[serde(default)]
    pub bought: Vec<BoughtBy>,
    /// What left the scope.
    pub gone: Vec<Gone>,
    /// What the caller's figures are made of, when that has changed.
    #[serde(default)]
    pub facts: Option<Facts>,
}
