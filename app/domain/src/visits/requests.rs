//! What people ask to happen to a visit: the bodies of forms, outbox entries and REST requests.

use crate::calendar::{Day, Instant};
use crate::geo::Fix;
use crate::ids::{ClientId, VisitId};
use serde::{Deserialize, Serialize};

/// Plans a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanVisit {
    /// Made by whoever plans.
    pub id: VisitId,
    /// Whom to visit.
    pub client_id: ClientId,
    /// Kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// When.
    pub planned_at: Instant,
    /// What for.
    #[serde(default)]
    pub notes: String,
}

/// Moves a planned visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RescheduleVisit {
    /// Which.
    pub id: VisitId,
    /// To when.
    pub planned_at: Instant,
}

/// Calls a visit off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CancelVisit {
    /// Which.
    pub id: VisitId,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Begins a visit: a planned one by its id, otherwise a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckIn {
    /// The planned visit's id, or a new one.
    pub id: VisitId,
    /// Who is visited.
    pub client_id: ClientId,
    /// Kind; empty keeps the planned one.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// When, by the device's clock.
    pub at: Instant,
    /// Where the device is, when it knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Why from elsewhere.
    #[serde(default)]
    pub reason: String,
}

/// Ends a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckOut {
    /// Which.
    pub id: VisitId,
    /// When, by the device's clock.
    pub at: Instant,
    /// Where the device is, when it knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// What was found and agreed.
    #[serde(flatten)]
    pub report: Report,
}

/// What was found and agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Report {
    /// Kind; empty keeps what it was.
    #[serde(rename = "type")]
    pub kind: String,
    /// What came of it.
    pub outcome: String,
    /// Notes.
    pub notes: String,
    /// What was promised next.
    pub next_step: String,
    /// By when.
    pub next_step_on: Option<Day>,
}

/// Logs a finished visit after the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordVisit {
    /// Made by whoever records.
    pub id: VisitId,
    /// Who was visited.
    pub client_id: ClientId,
    /// When it began.
    pub started_at: Instant,
    /// When it ended; taken as the start when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// What was found and agreed.
    #[serde(flatten)]
    pub report: Report,
}

/// Changes the report of a finished visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EditVisit {
    /// Which.
    pub id: VisitId,
    /// The whole report as it shall stand.
    #[serde(flatten)]
    pub report: Report,
}

/// Says what became of a promised next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClosePromise {
    /// The visit that made the promise.
    pub id: VisitId,
    /// Kept, or dropped.
    pub kept: bool,
}
