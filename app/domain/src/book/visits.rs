//! What the Book answers about visits.

use super::Book;
use crate::calendar::{Day, Instant};
use crate::ids::{ClientId, RepId, VisitId};
use crate::visits::{Promise, Visit, VisitItem, VisitPage, VisitQuery, VisitStatus};

/// What decides whether and where a visit stands in a list.
struct Key {
    id: VisitId,
    client: ClientId,
    rep: Option<RepId>,
    day: Day,
    starts_at: Option<Instant>,
    status: VisitStatus,
    promise: Option<Promise>,
}

impl Book {
    /// A page of visits.
    #[must_use]
    pub fn visits(&self, query: &VisitQuery) -> VisitPage {
        let mut found: Vec<(Day, Option<Instant>, VisitId)> =
            self.keys().filter(|k| self.admits(query, k)).map(|k| (k.day, k.starts_at, k.id)).collect();
        found.sort_unstable();
        if !query.ascending {
            found.reverse();
        }
        let window = found.iter().skip(query.offset as usize).take(query.limit as usize);
        VisitPage { items: window.filter_map(|(.., id)| self.visit_item(*id)).collect(), total: found.len() as u32 }
    }

    /// One visit.
    #[must_use]
    pub fn visit(&self, id: VisitId) -> Option<Visit> {
        self.visits.get(id)
    }

    /// One visit with the names a reader needs.
    #[must_use]
    pub fn visit_item(&self, id: VisitId) -> Option<VisitItem> {
        let visit = self.visits.get(id)?;
        let client = self.clients.get(visit.client_id)?;
        Some(VisitItem::new(&visit, client, self.company()))
    }

    /// The visits Today is composed from: open ones up to `day`, finished ones of `day`, and those with an open promise.
    pub(super) fn visits_for_today(&self, day: Day) -> Vec<VisitItem> {
        let wanted = |k: &Key| {
            let open = k.status.is_open() && k.day <= day;
            let done = k.status == VisitStatus::Completed && k.day == day;
            open || done || k.promise == Some(Promise::Open)
        };
        self.keys().filter(wanted).filter_map(|k| self.visit_item(k.id)).collect()
    }

    fn keys(&self) -> impl Iterator<Item = Key> {
        let packed = self.visits.packed().map(|(page, row)| Key {
            id: page.ids[row],
            client: page.clients[row],
            rep: page.rep(row),
            day: page.days[row],
            starts_at: page.starts_at(row),
            status: page.status[row],
            promise: page.promise[row],
        });
        packed.chain(self.visits.loose().map(|v| Key {
            id: v.id,
            client: v.client_id,
            rep: v.rep_id,
            day: v.day,
            starts_at: v.starts_at(),
            status: v.status,
            promise: v.promise,
        }))
    }

    fn admits(&self, q: &VisitQuery, k: &Key) -> bool {
        q.from.is_none_or(|d| k.day >= d)
            && q.to.is_none_or(|d| k.day <= d)
            && q.rep.is_none_or(|r| k.rep == Some(r))
            && q.client.is_none_or(|c| k.client == c)
            && q.status.is_none_or(|s| k.status == s)
            && self.clients.get(k.client).is_some_and(|c| q.branch.is_none_or(|b| c.branch_id == Some(b)))
    }
}
