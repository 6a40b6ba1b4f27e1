//! Visits: planned, made, finished or cancelled; where they were made and what came of them.

pub mod item;
pub mod requests;
pub mod rules;

pub use item::{VisitItem, VisitPage, VisitQuery};
pub use requests::{CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, PlanVisit, RecordVisit, RescheduleVisit};

use crate::calendar::{Day, Instant};
use crate::geo::Fix;
use crate::ids::{ClientId, RepId, VisitId};
use serde::{Deserialize, Serialize};

/// The first year of visits that can be entered.
pub(crate) const FIRST_YEAR: i32 = 1990;
/// How far ahead a next step may lie, in days: five years.
pub(crate) const NEXT_STEP_DAYS_MAX: i32 = 1_827;

/// Where a visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum VisitStatus {
    /// Agreed, not begun.
    Planned,
    /// Checked in, not out.
    InProgress,
    /// Finished.
    Completed,
    /// Will not take place.
    Cancelled,
}

impl VisitStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Planned, Self::InProgress, Self::Completed, Self::Cancelled];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InProgress => "inProgress",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// For people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::InProgress => "In progress",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
        }
    }

    /// From [`VisitStatus::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Planned or in progress.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::InProgress)
    }
}

/// What became of a promised next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Promise {
    /// Still to do.
    Open,
    /// Done.
    Kept,
    /// Given up.
    Dropped,
}

impl Promise {
    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Dropped => "dropped",
        }
    }

    /// From [`Promise::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Open, Self::Kept, Self::Dropped].into_iter().find(|p| p.code() == code)
    }
}

/// When and where somebody checked in or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stamp {
    /// When, corrected to the server's clock.
    pub at: Instant,
    /// Where, when the device knew.
    pub fix: Option<Fix>,
}

/// A visit as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// Identity.
    pub id: VisitId,
    /// Who is visited.
    pub client_id: ClientId,
    /// Who visits; none for visits brought in without one.
    pub rep_id: Option<RepId>,
    /// Where it stands.
    pub status: VisitStatus,
    /// Kind, a code of the policy.
    #[serde(rename = "type")]
    pub kind: String,
    /// The business day: of the check-in once there is one, of the plan before.
    pub day: Day,
    /// When it is planned for.
    pub planned_at: Option<Instant>,
    /// Actual start.
    pub checked_in: Option<Stamp>,
    /// The client's address when checked in.
    pub address: Option<String>,
    /// Metres from the client at check-in, when both places are known.
    pub distance_m: Option<u32>,
    /// Whether the check-in rule passed; none when it could not be applied.
    pub within_radius: Option<bool>,
    /// Why it was made from elsewhere.
    pub outside_reason: Option<String>,
    /// Actual end.
    pub checked_out: Option<Stamp>,
    /// What came of it, a code of the policy.
    pub outcome: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// What was promised next.
    pub next_step: Option<String>,
    /// By when.
    pub next_step_on: Option<Day>,
    /// What became of it; none without a dated next step.
    pub promise: Option<Promise>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// Device clock's error against the server's in milliseconds, as corrected; none for what was not recorded on a device.
    pub clock_offset_ms: Option<i64>,
    /// System it was brought in from.
    pub source: Option<String>,
    /// Its id there.
    pub external_id: Option<String>,
    /// When it was last changed.
    pub changed_at: Instant,
    /// Cursor of the change that wrote this row.
    pub version: i64,
}

/// A device clock further off than this is flagged, in milliseconds: two minutes.
pub const CLOCK_TOLERANCE_MS: i64 = 2 * crate::calendar::MINUTE_MS;
/// A visit still in progress after this long is asked about, in milliseconds: four hours, or when its day is over.
pub const FORGOTTEN_AFTER_MS: i64 = 4 * 60 * crate::calendar::MINUTE_MS;

impl Visit {
    /// When it starts: actual if known, otherwise planned.
    #[must_use]
    pub fn starts_at(&self) -> Option<Instant> {
        self.checked_in.map(|s| s.at).or(self.planned_at)
    }

    /// Whether the device's clock was further off than [`CLOCK_TOLERANCE_MS`].
    #[must_use]
    pub fn clock_flagged(&self) -> bool {
        self.clock_offset_ms.is_some_and(|ms| ms.abs() > CLOCK_TOLERANCE_MS)
    }
}
