//! What the Book answers about clients.

use super::Book;
use super::rows::ClientRow;
use crate::calendar::Day;
use crate::clients::duplicates::{self, Duplicate};
use crate::clients::list::{ClientFacets, due_key};
use crate::clients::{Client, ClientCard, ClientItem, ClientPage, ClientQuery, LightCounts, Sort, Stage, Status};
use crate::contacts::Contact;
use crate::fold;
use crate::ids::{ClientId, ContactId};
use crate::lights::Light;
use crate::visits::VisitItem;
use std::collections::{BTreeSet, HashSet};

/// A list found and ordered once, of which a scrolling screen asks window after window, and which typing narrows without ordering it again.
#[derive(Debug)]
pub(crate) struct Listed {
    query: ClientQuery,
    day: Day,
    /// Every row the filters admit, whatever is typed, in order.
    ordered: Vec<u32>,
    places: Vec<u32>,
    counts: LightCounts,
}

impl Book {
    /// A page of clients as of `day`.
    #[must_use]
    pub fn clients(&self, query: &ClientQuery, day: Day) -> ClientPage {
        let whole = ClientQuery { offset: 0, limit: 0, ..query.clone() };
        let mut listed = self.listed.borrow_mut();
        if listed.as_ref().is_none_or(|l| l.query != whole || l.day != day) {
            let before = listed.take();
            *listed = Some(self.list(whole, day, before));
        }
        let Some(listed) = listed.as_ref() else {
            return ClientPage::default();
        };
        let window = listed.places.iter().skip(query.offset as usize).take(query.limit as usize);
        ClientPage {
            items: window.map(|place| ClientItem::from(&self.clients.row(*place).client)).collect(),
            total: listed.places.len() as u32,
            counts: listed.counts,
        }
    }

    fn list(&self, query: ClientQuery, day: Day, before: Option<Listed>) -> Listed {
        let any = |query: &ClientQuery| ClientQuery { text: String::new(), light: None, ..query.clone() };
        let ordered = match before {
            Some(before) if any(&before.query) == any(&query) => before.ordered,
            _ => {
                let admitted = self.clients.iter().enumerate().filter(|(_, row)| admits(&query, &row.client));
                let mut places: Vec<u32> = admitted.map(|(place, _)| place as u32).collect();
                self.order(&query, &mut places);
                places
            }
        };
        let terms = fold::terms(&query.text);
        let mut counts = LightCounts::default();
        let mut places = Vec::new();
        for place in &ordered {
            let row = self.clients.row(*place);
            if fold::matches(&row.search_key, &terms) {
                let light = row.client.light(day);
                counts.add(light);
                if query.light.is_none_or(|l| l == light) {
                    places.push(*place);
                }
            }
        }
        Listed { query, day, ordered, places, counts }
    }

    fn order(&self, query: &ClientQuery, places: &mut [u32]) {
        fn name(row: &ClientRow) -> (&str, ClientId) {
            (&row.sort_key, row.client.id)
        }
        let row = |place: &u32| self.clients.row(*place);
        match (query.sort, query.near) {
            (Sort::Distance, Some(near)) => places.sort_by_cached_key(|p| {
                let row = row(p);
                (row.client.position.map_or(u32::MAX, |at| at.distance_m(near)), row.sort_key.clone(), row.client.id)
            }),
            (Sort::Due, _) => places.sort_unstable_by(|a, b| {
                let (a, b) = (row(a), row(b));
                due_key(a.client.due_on).cmp(&due_key(b.client.due_on)).then_with(|| name(a).cmp(&name(b)))
            }),
            _ => places.sort_unstable_by(|a, b| name(row(a)).cmp(&name(row(b)))),
        }
    }

    /// One client.
    #[must_use]
    pub fn client(&self, id: ClientId) -> Option<&Client> {
        self.clients.get(id)
    }

    /// One contact.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> Option<&Contact> {
        self.contacts.get(id)
    }

    /// One client's screen.
    #[must_use]
    pub fn card(&self, id: ClientId) -> Option<ClientCard> {
        let client = self.clients.get(id)?.clone();
        let contacts = self.contacts.iter().filter(|c| c.client_id == id).cloned().collect();
        let bought = self.bought.get(&id).cloned().unwrap_or_default();
        Some(ClientCard::compose(client, contacts, self.visits.of(id), bought, self.company()))
    }

    /// What lists can be filtered by.
    #[must_use]
    pub fn facets(&self, stage: Option<Stage>) -> ClientFacets {
        let (mut segments, mut tags, mut towns) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let listed = self.clients.iter().map(|r| &r.client).filter(|c| stage.is_none_or(|s| s == c.stage) && c.archived_at.is_none());
        for client in listed {
            segments.extend(client.segment.as_ref());
            tags.extend(&client.tags);
            towns.extend(client.town.as_ref());
        }
        let owned = |set: BTreeSet<&String>| set.into_iter().cloned().collect();
        ClientFacets { segments: owned(segments), tags: owned(tags), towns: owned(towns) }
    }

    /// Records that may be the one being entered, most alike first.
    #[must_use]
    pub fn duplicates(&self, name: &str, except: Option<ClientId>) -> Vec<Duplicate> {
        let mut found: Vec<(f32, &Client)> = self
            .clients
            .iter()
            .filter(|r| Some(r.client.id) != except)
            .map(|r| (duplicates::similarity(name, &r.client.name), &r.client))
            .filter(|(_, c)| duplicates::alike(name, &c.name))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        found.truncate(duplicates::SHOWN);
        let shown = |c: &Client| Duplicate {
            id: c.id,
            name: c.name.clone(),
            town: c.town.clone(),
            rep_name: c.rep_id.and_then(|id| self.company().rep_name(id)).map(Into::into),
            in_scope: true,
        };
        found.into_iter().map(|(_, c)| shown(c)).collect()
    }

    /// The clients Today is composed from.
    pub(super) fn clients_for_today(&self, day: Day, visits: &[VisitItem]) -> Vec<ClientItem> {
        let named: HashSet<ClientId> = visits.iter().map(|v| v.client_id).collect();
        let due = |c: &Client| c.status == Status::Active && matches!(c.light(day), Light::Red | Light::Amber);
        let wanted = |c: &&Client| c.archived_at.is_none() && (due(c) || named.contains(&c.id));
        self.clients.iter().map(|r| &r.client).filter(wanted).map(ClientItem::from).collect()
    }
}

/// Every filter but text and light.
fn admits(q: &ClientQuery, c: &Client) -> bool {
    q.archived == c.archived_at.is_some()
        && q.stage.is_none_or(|s| s == c.stage)
        && q.status.is_none_or(|s| s == c.status)
        && q.segment.as_ref().is_none_or(|s| c.segment.as_ref() == Some(s))
        && q.town.as_ref().is_none_or(|t| c.town.as_ref() == Some(t))
        && q.tag.as_ref().is_none_or(|t| c.tags.contains(t))
        && q.rep.is_none_or(|r| c.rep_id == Some(r))
        && q.branch.is_none_or(|b| c.branch_id == Some(b))
}
