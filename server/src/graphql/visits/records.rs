//! Visits as GraphQL shows them, by the names REST gives their fields.

use async_graphql::{ID, SimpleObject};
use serde::Deserialize;

use crate::graphql::scalars::{Day, Instant, Long};

/// A page of visits.
#[derive(Clone, Debug, SimpleObject)]
pub struct VisitList {
    /// The page.
    pub items: Vec<VisitItem>,
    /// Ask with this for the next page; null at the end.
    pub next_cursor: Option<String>,
    /// How many there are on all pages.
    pub total: i32,
}

/// A visit in a list, with the names a reader needs.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct VisitItem {
    /// Identity.
    id: ID,
    /// Who is visited.
    client_id: ID,
    /// Its name.
    client_name: String,
    /// `client` or `prospect`.
    client_stage: String,
    /// Its town.
    town: Option<String>,
    /// Who visits.
    rep_id: Option<ID>,
    /// Their name.
    rep_name: Option<String>,
    /// `planned`, `inProgress`, `completed` or `cancelled`.
    status: String,
    /// Kind, a code of the policy.
    #[graphql(name = "type")]
    #[serde(rename = "type")]
    kind: String,
    /// Business day.
    day: Day,
    /// When planned.
    planned_at: Option<Instant>,
    /// Actual start.
    checked_in_at: Option<Instant>,
    /// Actual end.
    checked_out_at: Option<Instant>,
    /// Metres from the client at check-in.
    distance_m: Option<i32>,
    /// Whether the check-in rule passed; null when it could not be applied.
    within_radius: Option<bool>,
    /// Why it was made from elsewhere.
    outside_reason: Option<String>,
    /// What came of it, a code of the policy.
    outcome: Option<String>,
    /// Notes.
    notes: Option<String>,
    /// What was promised next.
    next_step: Option<String>,
    /// By when.
    next_step_on: Option<Day>,
    /// What became of it; null without a dated next step.
    promise: Option<String>,
    /// Why it was cancelled.
    cancel_reason: Option<String>,
    /// Whether the device's clock was more than two minutes off.
    clock_flagged: bool,
}

/// When and how something was recorded on a device.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
pub struct Stamp {
    /// When.
    at: Instant,
}

/// A visit.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// Identity.
    id: ID,
    /// Who is visited.
    client_id: ID,
    /// Who visits.
    rep_id: Option<ID>,
    /// `planned`, `inProgress`, `completed` or `cancelled`.
    status: String,
    /// Kind, a code of the policy.
    #[graphql(name = "type")]
    #[serde(rename = "type")]
    kind: String,
    /// Business day: of the check-in once there is one, of the plan before.
    day: Day,
    /// When planned.
    planned_at: Option<Instant>,
    /// Actual start.
    checked_in: Option<Stamp>,
    /// Actual end.
    checked_out: Option<Stamp>,
    /// The client's address when checked in.
    address: Option<String>,
    /// Metres from the client at check-in.
    distance_m: Option<i32>,
    /// Whether the check-in rule passed; null when it could not be applied.
    within_radius: Option<bool>,
    /// Why it was made from elsewhere.
    outside_reason: Option<String>,
    /// What came of it, a code of the policy.
    outcome: Option<String>,
    /// Notes.
    notes: Option<String>,
    /// What was promised next.
    next_step: Option<String>,
    /// By when.
    next_step_on: Option<Day>,
    /// What became of it; null without a dated next step.
    promise: Option<String>,
    /// Why it was cancelled.
    cancel_reason: Option<String>,
    /// System it was brought in from.
    source: Option<String>,
    /// Its id there.
    external_id: Option<String>,
    /// When it was last changed.
    changed_at: Instant,
    /// Rises with every change.
    version: Long,
}
