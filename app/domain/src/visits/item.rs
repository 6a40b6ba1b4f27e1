//! Visits in lists: the question, one row, one page.

use super::{Promise, Visit, VisitStatus};
use crate::calendar::{Day, Instant};
use crate::clients::{Client, Stage};
use crate::company::Company;
use crate::ids::{BranchId, ClientId, RepId, VisitId};
use serde::{Deserialize, Serialize};

/// Which visits. Order: day, start and id, latest first; open ones soonest first when only open ones are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VisitQuery {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Only this rep's.
    pub rep: Option<RepId>,
    /// Only of clients of this branch.
    pub branch: Option<BranchId>,
    /// Only of this client.
    pub client: Option<ClientId>,
    /// Only with this status.
    pub status: Option<VisitStatus>,
    /// Soonest first instead of latest first.
    pub ascending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

impl Default for VisitQuery {
    fn default() -> Self {
        Self { from: None, to: None, rep: None, branch: None, client: None, status: None, ascending: false, offset: 0, limit: 50 }
    }
}

/// One visit in a list, with the names a reader needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitItem {
    /// Identity.
    pub id: VisitId,
    /// Who is visited.
    pub client_id: ClientId,
    /// Its name.
    pub client_name: String,
    /// Client or prospect.
    pub client_stage: Stage,
    /// Its town.
    pub town: Option<String>,
    /// Who visits.
    pub rep_id: Option<RepId>,
    /// Their name.
    pub rep_name: Option<String>,
    /// Where it stands.
    pub status: VisitStatus,
    /// Kind, a code of the policy.
    #[serde(rename = "type")]
    pub kind: String,
    /// Business day.
    pub day: Day,
    /// When planned.
    pub planned_at: Option<Instant>,
    /// Actual start.
    pub checked_in_at: Option<Instant>,
    /// Actual end.
    pub checked_out_at: Option<Instant>,
    /// Metres from the client at check-in.
    pub distance_m: Option<u32>,
    /// Whether the check-in rule passed.
    pub within_radius: Option<bool>,
    /// Why from elsewhere.
    pub outside_reason: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// What was promised.
    pub next_step: Option<String>,
    /// By when.
    pub next_step_on: Option<Day>,
    /// What became of it.
    pub promise: Option<Promise>,
    /// Why cancelled.
    pub cancel_reason: Option<String>,
    /// Whether the device's clock was more than two minutes off.
    pub clock_flagged: bool,
}

impl VisitItem {
    /// The row of a visit to `client`.
    #[must_use]
    pub fn new(v: &Visit, client: &Client, company: &Company) -> Self {
        Self {
            id: v.id,
            client_id: v.client_id,
            client_name: client.name.clone(),
            client_stage: client.stage,
            town: client.town.clone(),
            rep_id: v.rep_id,
            rep_name: v.rep_id.and_then(|id| company.rep_name(id)).map(Into::into),
            status: v.status,
            kind: v.kind.clone(),
            day: v.day,
            planned_at: v.planned_at,
            checked_in_at: v.checked_in.map(|s| s.at),
            checked_out_at: v.checked_out.map(|s| s.at),
            distance_m: v.distance_m,
            within_radius: v.within_radius,
            outside_reason: v.outside_reason.clone(),
            outcome: v.outcome.clone(),
            notes: v.notes.clone(),
            next_step: v.next_step.clone(),
            next_step_on: v.next_step_on,
            promise: v.promise,
            cancel_reason: v.cancel_reason.clone(),
            clock_flagged: v.clock_flagged(),
        }
    }

    /// When it starts: actual if known, otherwise planned.
    #[must_use]
    pub fn starts_at(&self) -> Option<Instant> {
        self.checked_in_at.or(self.planned_at)
    }

    /// Still in progress after four hours, or when its day is over: the check-out was forgotten.
    #[must_use]
    pub fn forgotten(&self, now: Instant, today: Day) -> bool {
        let long = self.checked_in_at.is_some_and(|at| now.0 - at.0 > super::FORGOTTEN_AFTER_MS);
        self.status == VisitStatus::InProgress && (self.day < today || long)
    }
}

/// One page of visits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitPage {
    /// The rows from `offset` on.
    pub items: Vec<VisitItem>,
    /// Rows under all filters.
    pub total: u32,
}
