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
///
/// Written by serde, read by [`Change::read`]: a derived reader of a tagged enum holds a second, buffered reader of every body, which is a tenth of what a
/// phone would download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
struct Body<T> {
    body: T,
}

fn body<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice::<Body<T>>(json).map(|b| b.body)
}

impl Change {
    /// Reads `{"kind": …, "body": {…}}`; other members are passed over.
    ///
    /// # Errors
    /// What is wrong with the JSON, or a kind this build does not know.
    pub fn read(json: &[u8]) -> Result<Self, serde_json::Error> {
        let Kind { kind } = serde_json::from_slice(json)?;
        Ok(match &*kind {
            "client.create" => Self::CreateClient(body(json)?),
            "client.edit" => Self::EditClient(body(json)?),
            "client.archive" => Self::ArchiveClient(body(json)?),
            "client.restore" => Self::RestoreClient(body(json)?),
            "client.convert" => Self::ConvertClient(body(json)?),
            "contact.create" => Self::CreateContact(body(json)?),
            "contact.edit" => Self::EditContact(body(json)?),
            "contact.archive" => Self::ArchiveContact(body(json)?),
            "contact.restore" => Self::RestoreContact(body(json)?),
            "visit.plan" => Self::PlanVisit(body(json)?),
            "visit.reschedule" => Self::RescheduleVisit(body(json)?),
            "visit.cancel" => Self::CancelVisit(body(json)?),
            "visit.checkIn" => Self::CheckIn(body(json)?),
            "visit.checkOut" => Self::CheckOut(body(json)?),
            "visit.record" => Self::RecordVisit(body(json)?),
            "visit.edit" => Self::EditVisit(body(json)?),
            "visit.closePromise" => Self::ClosePromise(body(json)?),
            unknown => return Err(serde::de::Error::custom(format_args!("unknown kind {unknown}"))),
        })
    }

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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::clients::Stage;
    use crate::visits::requests::Report;

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        let (client, contact, visit) =
            (ClientId(Uuid::from_u128(1)), ContactId(Uuid::from_u128(2)), crate::ids::VisitId(Uuid::from_u128(3)));
        let at = crate::Instant(1_800_000_000_000);
        let fields = ClientPatch { name: Some("Café".into()), cadence_days: Some(None), ..ClientPatch::default() };
        let person = ContactPatch { phone: Some("+254".into()), ..ContactPatch::default() };
        let report = Report { outcome: "order".into(), next_step_on: Some(crate::Day(20_000)), ..Report::default() };
        let all = [
            Change::CreateClient(Box::new(ClientDraft {
                id: client,
                stage: Stage::Client,
                source: None,
                external_id: None,
                fields: fields.clone(),
            })),
            Change::EditClient(Box::new(EditClient { id: client, fields })),
            Change::ArchiveClient(OfClient { id: client }),
            Change::RestoreClient(OfClient { id: client }),
            Change::ConvertClient(OfClient { id: client }),
            Change::CreateContact(ContactDraft { id: contact, client_id: client, source: None, external_id: None, fields: person.clone() }),
            Change::EditContact(EditContact { id: contact, fields: person }),
            Change::ArchiveContact(OfContact { id: contact }),
            Change::RestoreContact(OfContact { id: contact }),
            Change::PlanVisit(PlanVisit { id: visit, client_id: client, kind: "sales".into(), planned_at: at, notes: String::new() }),
            Change::RescheduleVisit(RescheduleVisit { id: visit, planned_at: at }),
            Change::CancelVisit(CancelVisit { id: visit, reason: "Rain".into() }),
            Change::CheckIn(CheckIn { id: visit, client_id: client, kind: String::new(), at, fix: None, reason: String::new() }),
            Change::CheckOut(CheckOut { id: visit, at, fix: None, report: report.clone() }),
            Change::RecordVisit(RecordVisit { id: visit, client_id: client, started_at: at, ended_at: None, report: report.clone() }),
            Change::EditVisit(EditVisit { id: visit, report }),
            Change::ClosePromise(ClosePromise { id: visit, kept: true }),
        ];
        for change in all {
            let json = serde_json::to_vec(&change).unwrap();
            assert_eq!(Change::read(&json).unwrap(), change);
        }
        assert!(Change::read(br#"{"kind":"client.fly","body":{}}"#).is_err());
        assert!(Change::read(br#"{"body":{}}"#).is_err());
    }
}
