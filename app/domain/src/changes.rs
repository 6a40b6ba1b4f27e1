//! Everything a person can ask to change, as one type: the body of an outbox entry, and what the server's use cases take.

use crate::clients::{ClientDraft, ClientPatch};
use crate::contacts::{ContactDraft, ContactPatch};
use crate::ids::{ClientId, ContactId};
use crate::visits::{CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, PlanVisit, RecordVisit, RescheduleVisit};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Version of the entries' form that this build writes. Every earlier one is accepted for ever.
pub const SCHEMA: u16 = 1;

/// One change, `{"kind": "visit.checkIn", "body": {…}}` in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum Change {
    /// Makes a client or prospect.
    #[serde(rename = "client.create")]
    CreateClient(Box<ClientDraft>),
    /// Edits fields of one.
    #[serde(rename = "client.edit")]
    EditClient(Box<EditClient>),
    /// Archives one.
    #[serde(rename = "client.archive")]
    ArchiveClient(OfClient),
    /// Brings one back.
    #[serde(rename = "client.restore")]
    RestoreClient(OfClient),
    /// Makes a prospect a client.
    #[serde(rename = "client.convert")]
    ConvertClient(OfClient),
    /// Makes a contact.
    #[serde(rename = "contact.create")]
    CreateContact(ContactDraft),
    /// Edits fields of one.
    #[serde(rename = "contact.edit")]
    EditContact(EditContact),
    /// Archives one.
    #[serde(rename = "contact.archive")]
    ArchiveContact(OfContact),
    /// Brings one back.
    #[serde(rename = "contact.restore")]
    RestoreContact(OfContact),
    /// Plans a visit.
    #[serde(rename = "visit.plan")]
    PlanVisit(PlanVisit),
    /// Moves one.
    #[serde(rename = "visit.reschedule")]
    RescheduleVisit(RescheduleVisit),
    /// Calls one off.
    #[serde(rename = "visit.cancel")]
    CancelVisit(CancelVisit),
    /// Begins one.
    #[serde(rename = "visit.checkIn")]
    CheckIn(CheckIn),
    /// Ends one.
    #[serde(rename = "visit.checkOut")]
    CheckOut(CheckOut),
    /// Logs a finished one.
    #[serde(rename = "visit.record")]
    RecordVisit(RecordVisit),
    /// Changes a finished one's report.
    #[serde(rename = "visit.edit")]
    EditVisit(EditVisit),
    /// Says what became of a promise.
    #[serde(rename = "visit.closePromise")]
    ClosePromise(ClosePromise),
}

/// An edit of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditClient {
    /// Which.
    pub id: ClientId,
    /// The changed fields.
    pub fields: ClientPatch,
}

/// An edit of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditContact {
    /// Which.
    pub id: ContactId,
    /// The changed fields.
    pub fields: ContactPatch,
}

/// A change that only names a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfClient {
    /// Which.
    pub id: ClientId,
}

/// A change that only names a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfContact {
    /// Which.
    pub id: ContactId,
}

impl Change {
    /// For people: `New client`, `Check-in`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateClient(d) if d.stage == crate::clients::Stage::Prospect => "New prospect",
            Self::CreateClient(_) => "New client",
            Self::EditClient(_) => "Edit",
            Self::ArchiveClient(_) => "Archive",
            Self::RestoreClient(_) => "Bring back",
            Self::ConvertClient(_) => "Prospect to client",
            Self::CreateContact(_) => "New contact",
            Self::EditContact(_) => "Contact edit",
            Self::ArchiveContact(_) => "Contact archived",
            Self::RestoreContact(_) => "Contact brought back",
            Self::PlanVisit(_) => "Planned visit",
            Self::RescheduleVisit(_) => "New time for a visit",
            Self::CancelVisit(_) => "Cancelled visit",
            Self::CheckIn(_) => "Check-in",
            Self::CheckOut(_) => "Check-out",
            Self::RecordVisit(_) => "Logged visit",
            Self::EditVisit(_) => "Visit report",
            Self::ClosePromise(_) => "Promise",
        }
    }

    /// What it is about: the record it changes.
    #[must_use]
    pub fn subject(&self) -> Uuid {
        match self {
            Self::CreateClient(d) => d.id.0,
            Self::EditClient(e) => e.id.0,
            Self::ArchiveClient(c) | Self::RestoreClient(c) | Self::ConvertClient(c) => c.id.0,
            Self::CreateContact(d) => d.id.0,
            Self::EditContact(e) => e.id.0,
            Self::ArchiveContact(c) | Self::RestoreContact(c) => c.id.0,
            Self::PlanVisit(v) => v.id.0,
            Self::RescheduleVisit(v) => v.id.0,
            Self::CancelVisit(v) => v.id.0,
            Self::CheckIn(v) => v.id.0,
            Self::CheckOut(v) => v.id.0,
            Self::RecordVisit(v) => v.id.0,
            Self::EditVisit(v) => v.id.0,
            Self::ClosePromise(v) => v.id.0,
        }
    }

    /// The client it hangs on, beside the subject.
    #[must_use]
    pub fn parent(&self) -> Option<ClientId> {
        match self {
            Self::CreateContact(d) => Some(d.client_id),
            Self::PlanVisit(v) => Some(v.client_id),
            Self::CheckIn(v) => Some(v.client_id),
            Self::RecordVisit(v) => Some(v.client_id),
            _ => None,
        }
    }

    /// Whether it brings its subject into being, so that later entries about that subject cannot stand without it.
    #[must_use]
    pub fn founds(&self) -> bool {
        matches!(self, Self::CreateClient(_) | Self::CreateContact(_) | Self::PlanVisit(_) | Self::CheckIn(_) | Self::RecordVisit(_))
    }

    /// Whether it is a fact about a visit rather than an edit: accepted also when the client has left the caller's scope meanwhile.
    #[must_use]
    pub fn is_fact(&self) -> bool {
        matches!(self, Self::CheckIn(_) | Self::CheckOut(_) | Self::RecordVisit(_) | Self::EditVisit(_) | Self::ClosePromise(_))
    }
}
