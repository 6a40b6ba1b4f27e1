//! The question a list of clients asks and the answer it gets, the same from SQL and from the Book.

use super::{Client, Stage, Status};
use crate::calendar::{Day, Instant};
use crate::geo::Position;
use crate::ids::{BranchId, ClientId, RepId};
use crate::lights::{self, Light, Window};
use serde::{Deserialize, Serialize};

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sort {
    /// By due day, never visited last; then name, then id.
    #[default]
    Due,
    /// By folded name, then id.
    Name,
    /// By distance from `near`, places unknown last; answered by the Book only, since the position stays on the phone.
    Distance,
}

/// Rows of one page where the caller does not say.
pub const PAGE: u32 = 50;

/// Which clients, in which order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientQuery {
    /// Clients or prospects; both when none.
    pub stage: Option<Stage>,
    /// Words that must start a word of name, town, email, phone or external id.
    pub text: String,
    /// Only this light.
    pub light: Option<Light>,
    /// Only this segment.
    pub segment: Option<String>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this town.
    pub town: Option<String>,
    /// Only this owner.
    pub rep: Option<RepId>,
    /// Only this branch.
    pub branch: Option<BranchId>,
    /// Archived ones instead of the others.
    pub archived: bool,
    /// Order.
    pub sort: Sort,
    /// For [`Sort::Distance`].
    pub near: Option<Position>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

impl Default for ClientQuery {
    fn default() -> Self {
        Self {
            stage: None,
            text: String::new(),
            light: None,
            segment: None,
            tag: None,
            status: None,
            town: None,
            rep: None,
            branch: None,
            archived: false,
            sort: Sort::Due,
            near: None,
            offset: 0,
            limit: PAGE,
        }
    }
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientItem {
    /// Identity.
    pub id: ClientId,
    /// Client or prospect.
    pub stage: Stage,
    /// For people.
    pub name: String,
    /// Active or inactive.
    pub status: Status,
    /// Owner.
    pub rep_id: Option<RepId>,
    /// Segment.
    pub segment: Option<String>,
    /// Tier code.
    pub tier: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Where it is.
    pub position: Option<Position>,
    /// Last clearing visit.
    pub last_visit_on: Option<Day>,
    /// First amber day.
    pub amber_from: Option<Day>,
    /// Last amber day.
    pub due_on: Option<Day>,
    /// Next planned visit.
    pub planned_at: Option<Instant>,
}

impl ClientItem {
    /// The stored window.
    #[must_use]
    pub fn window(&self) -> Option<Window> {
        Some(Window { amber_from: self.amber_from?, due_on: self.due_on? })
    }

    /// The light as of `today`.
    #[must_use]
    pub fn light(&self, today: Day) -> Light {
        lights::light(today, self.window())
    }

    /// The row's screen.
    #[must_use]
    pub fn path(&self) -> String {
        super::path(self.stage, self.id)
    }
}

impl From<&Client> for ClientItem {
    fn from(c: &Client) -> Self {
        Self {
            id: c.id,
            stage: c.stage,
            name: c.name.clone(),
            status: c.status,
            rep_id: c.rep_id,
            segment: c.segment.clone(),
            tier: c.tier.clone(),
            town: c.town.clone(),
            position: c.position,
            last_visit_on: c.last_visit_on,
            amber_from: c.amber_from,
            due_on: c.due_on,
            planned_at: c.planned_at,
        }
    }
}

/// How many rows each light has, under every filter but the light's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LightCounts {
    /// All.
    pub all: u32,
    /// Overdue.
    pub red: u32,
    /// Due soon.
    pub amber: u32,
    /// On time.
    pub green: u32,
    /// Never visited.
    pub grey: u32,
}

impl LightCounts {
    /// Counts one more.
    pub fn add(&mut self, light: Light) {
        self.all += 1;
        match light {
            Light::Red => self.red += 1,
            Light::Amber => self.amber += 1,
            Light::Green => self.green += 1,
            Light::Grey => self.grey += 1,
        }
    }

    /// The count of a light.
    #[must_use]
    pub fn of(&self, light: Light) -> u32 {
        match light {
            Light::Red => self.red,
            Light::Amber => self.amber,
            Light::Green => self.green,
            Light::Grey => self.grey,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientPage {
    /// The rows from `offset` on.
    pub items: Vec<ClientItem>,
    /// Rows under all filters.
    pub total: u32,
    /// Rows per light.
    pub counts: LightCounts,
}

/// What a list can be filtered by: values in use, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientFacets {
    /// Segments.
    pub segments: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Towns.
    pub towns: Vec<String>,
}

/// The order of [`Sort::Due`]: due day (none last), folded name, id.
#[must_use]
pub fn due_key(due_on: Option<Day>) -> i32 {
    due_on.map_or(i32::MAX, |d| d.0)
}
