//! Everything one client's screen shows, composed from its rows: the same function on the phone and on the server.

use super::Client;
use crate::bought::Bought;
use crate::calendar::Day;
use crate::company::Company;
use crate::contacts::Contact;
use crate::ids::RepId;
use crate::lights::{Explanation, Facts, explain};
use crate::visits::{Promise, Visit, VisitItem};
use serde::{Deserialize, Serialize};

/// Visits a card shows before “all visits”.
pub const CARD_VISITS: usize = 30;

/// A client with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientCard {
    /// The record.
    pub client: Client,
    /// The owner's name.
    pub rep_name: Option<String>,
    /// The branch's name.
    pub branch_name: Option<String>,
    /// People, by name; archived ones last.
    pub contacts: Vec<Contact>,
    /// Planned and running visits, soonest first.
    pub open: Vec<VisitItem>,
    /// Finished and cancelled visits, latest first, at most [`CARD_VISITS`].
    pub history: Vec<VisitItem>,
    /// All finished and cancelled visits.
    pub history_total: u32,
    /// Visits whose next step is still promised, soonest first.
    pub promises: Vec<VisitItem>,
    /// What was bought, as far as whoever looks sees it.
    #[serde(default)]
    pub bought: Bought,
}

impl ClientCard {
    /// Composes a card. `contacts` and `visits` are all of this client's, in any order.
    #[must_use]
    pub fn compose(client: Client, mut contacts: Vec<Contact>, visits: Vec<Visit>, bought: Bought, company: &Company) -> Self {
        contacts.sort_by_cached_key(|c| (c.archived_at.is_some(), crate::fold::fold(&c.name), c.id));
        let items: Vec<VisitItem> = visits.iter().map(|v| VisitItem::new(v, &client, company)).collect();
        let mut open: Vec<VisitItem> = items.iter().filter(|v| v.status.is_open()).cloned().collect();
        open.sort_by_key(|v| (v.starts_at(), v.id));
        let mut history: Vec<VisitItem> = items.iter().filter(|v| !v.status.is_open()).cloned().collect();
        history.sort_by_key(|v| std::cmp::Reverse((v.day, v.starts_at(), v.id)));
        let history_total = u32::try_from(history.len()).unwrap_or(u32::MAX);
        history.truncate(CARD_VISITS);
        let mut promises: Vec<VisitItem> = items.into_iter().filter(|v| v.promise == Some(Promise::Open)).collect();
        promises.sort_by_key(|v| (v.next_step_on, v.id));
        let rep_name = client.rep_id.and_then(|id| company.rep_name(id)).map(Into::into);
        let branch_name = client.branch_id.and_then(|id| company.branch_name(id)).map(Into::into);
        Self { client, rep_name, branch_name, contacts, open, history, history_total, promises, bought }
    }

    /// Why the light is what it is; `me` is called “you”.
    #[must_use]
    pub fn why(&self, today: Day, me: Option<RepId>, company: &Company) -> Explanation {
        let c = &self.client;
        let by = c.last_visit_by.and_then(|id| if Some(id) == me { Some("you") } else { company.rep_name(id) });
        let facts = Facts {
            last_visit_on: c.last_visit_on,
            last_visit_by: by,
            window: c.window(),
            tier: c.tier.as_deref(),
            cadence_days: c.cadence_days,
        };
        explain(today, facts, &company.policy)
    }
}
