//! Today: the next things to do, composed from rows by one function on phone and server.

use crate::calendar::{Day, Instant};
use crate::clients::{ClientItem, Status};
use crate::ids::ClientId;
use crate::lights::{self, Light};
use crate::targets::Figures;
use crate::visits::{VisitItem, VisitStatus};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Rows shown before “all in Clients”.
pub const NEXT_SHOWN: usize = 30;
/// Promises due within this many days are shown.
pub const PROMISE_AHEAD_DAYS: i32 = 2;

/// One thing to do: a client, and why it is on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NextItem {
    /// Whom to see.
    pub client: ClientItem,
    /// Today's planned visit, or an earlier one that was neither made nor cancelled.
    pub planned: Option<VisitItem>,
    /// The most urgent promise.
    pub promise: Option<VisitItem>,
}

/// The figures above the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TodayCounts {
    /// Active clients overdue.
    pub overdue: u32,
    /// Active clients due soon.
    pub due_soon: u32,
    /// Visits planned for today.
    pub planned_today: u32,
    /// Visits finished today.
    pub completed_today: u32,
    /// Promises due today or earlier.
    pub promises_due: u32,
}

/// The first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// The business day.
    pub day: Day,
    /// Visits in progress, latest first.
    pub running: Vec<VisitItem>,
    /// What to do next, at most [`NEXT_SHOWN`].
    pub next: Vec<NextItem>,
    /// Figures.
    pub counts: TodayCounts,
    /// Where sales stand; none while there are neither sales nor budgets.
    pub figures: Option<Figures>,
}

impl Today {
    /// Composes the screen. `clients` are all active, unarchived ones that are red or amber, or named by a visit in `visits`;
    /// `visits` are all open ones up to today, finished ones of today, and those with an open promise.
    #[must_use]
    pub fn compose(day: Day, clients: Vec<ClientItem>, visits: Vec<VisitItem>) -> Self {
        let mut today = Self { day, running: Vec::new(), next: Vec::new(), counts: TodayCounts::default(), figures: None };
        let mut planned: HashMap<ClientId, VisitItem> = HashMap::new();
        let mut promised: HashMap<ClientId, VisitItem> = HashMap::new();
        for visit in visits {
            if visit.promise == Some(crate::visits::Promise::Open)
                && let Some(on) = visit.next_step_on
            {
                today.counts.promises_due += u32::from(on <= day);
                if on.since(day) <= PROMISE_AHEAD_DAYS {
                    soonest(&mut promised, &visit, |v| (v.next_step_on, None));
                }
            }
            match visit.status {
                VisitStatus::InProgress => today.running.push(visit),
                VisitStatus::Planned if visit.day <= day => {
                    today.counts.planned_today += u32::from(visit.day == day);
                    soonest(&mut planned, &visit, |v| (Some(v.day), v.planned_at));
                }
                VisitStatus::Completed if visit.day == day => today.counts.completed_today += 1,
                _ => {}
            }
        }
        today.running.sort_by_key(|v| std::cmp::Reverse((v.checked_in_at, v.id)));
        for client in clients {
            let light = client.light(day);
            let active = client.status == Status::Active;
            if lights::is_counted(client.stage, client.status) {
                today.counts.overdue += u32::from(light == Light::Red);
                today.counts.due_soon += u32::from(light == Light::Amber);
            }
            let (planned, promise) = (planned.remove(&client.id), promised.remove(&client.id));
            let due = active && matches!(light, Light::Red | Light::Amber);
            if due || planned.is_some() || promise.is_some() {
                today.next.push(NextItem { client, planned, promise });
            }
        }
        today.next.sort_by_cached_key(|item| urgency(item, day));
        today.next.truncate(NEXT_SHOWN);
        today
    }

    /// The visit in progress that should have been checked out, if any.
    #[must_use]
    pub fn forgotten(&self, now: Instant) -> Option<&VisitItem> {
        self.running.iter().find(|v| v.forgotten(now, self.day))
    }
}

type When = (Option<Day>, Option<Instant>);

fn soonest(kept: &mut HashMap<ClientId, VisitItem>, visit: &VisitItem, when: impl Fn(&VisitItem) -> When) {
    let sooner = kept.get(&visit.client_id).is_none_or(|k| (when(visit), visit.id) < (when(k), k.id));
    if sooner {
        kept.insert(visit.client_id, visit.clone());
    }
}

/// Red with something agreed, then red, then what is agreed for today, then amber, then the rest; inside: the agreed time, the due day, the name.
fn urgency(item: &NextItem, day: Day) -> (u8, i64, i32, String, ClientId) {
    let light = item.client.light(day);
    let agreed = item.planned.is_some() || item.promise.as_ref().is_some_and(|p| p.next_step_on <= Some(day));
    let class = match (light, agreed) {
        (Light::Red, true) => 0,
        (_, true) => 1,
        (Light::Red, false) => 2,
        (Light::Amber, false) => 3,
        _ => 4,
    };
    let at = item.planned.as_ref().and_then(|v| v.planned_at).map_or(i64::MAX, |at| at.0);
    let due = crate::clients::list::due_key(item.client.due_on);
    (class, at, due, crate::fold::fold(&item.client.name), item.client.id)
}
