//! Clients as GraphQL shows them, by the names REST gives their fields.

use async_graphql::{ID, Result, SimpleObject};
use domain::{
    Day as BusinessDay,
    clients::{ClientCard, list::ClientItem},
};
use serde::Deserialize;

use crate::graphql::{
    mirror::shown,
    scalars::{Day, Instant, Long},
    visits::VisitItem,
};

/// A page of clients.
#[derive(Clone, Debug, SimpleObject)]
pub struct ClientList {
    /// The page.
    pub items: Vec<ClientRow>,
    /// Ask with this for the next page; null at the end.
    pub next_cursor: Option<String>,
    /// How many there are on all pages.
    pub total: i32,
}

/// A place, in degrees.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
pub struct Position {
    /// Latitude, south negative.
    lat: f64,
    /// Longitude, west negative.
    lon: f64,
}

/// A client or prospect in a list.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct ClientRow {
    /// Identity.
    id: ID,
    /// `client` or `prospect`.
    stage: String,
    /// For people.
    name: String,
    /// `active` or `inactive`.
    status: String,
    /// The owner.
    rep_id: Option<ID>,
    /// Segment, free text.
    segment: Option<String>,
    /// Tier code of the policy.
    tier: Option<String>,
    /// Town.
    town: Option<String>,
    /// Where it is.
    position: Option<Position>,
    /// Day of the last completed visit that clears the light.
    last_visit_on: Option<Day>,
    /// First amber day.
    amber_from: Option<Day>,
    /// Last amber day.
    due_on: Option<Day>,
    /// The next planned visit.
    planned_at: Option<Instant>,
    /// `red`, `amber`, `green` or `grey`, today.
    #[serde(skip)]
    light: &'static str,
}

/// A client or prospect with everybody and everything that belongs to it.
#[derive(Clone, Debug, SimpleObject)]
pub struct Card {
    #[graphql(flatten)]
    client: Client,
    /// `red`, `amber`, `green` or `grey`, today.
    light: &'static str,
    /// The owner's name.
    rep_name: Option<String>,
    /// The branch's name.
    branch_name: Option<String>,
    /// People, by name; archived ones last.
    #[graphql(complexity = "20 * child_complexity")]
    contacts: Vec<Contact>,
    /// Planned and running visits, soonest first.
    #[graphql(complexity = "10 * child_complexity")]
    open: Vec<VisitItem>,
    /// Finished and cancelled visits, latest first, at most 30.
    #[graphql(complexity = "30 * child_complexity")]
    history: Vec<VisitItem>,
    /// All finished and cancelled visits.
    history_total: i32,
    /// Visits whose next step is still promised, soonest first.
    #[graphql(complexity = "10 * child_complexity")]
    promises: Vec<VisitItem>,
}

/// The record.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// Identity.
    id: ID,
    /// `client` or `prospect`.
    stage: String,
    /// For people.
    name: String,
    /// `active` or `inactive`.
    status: String,
    /// When it was archived.
    archived_at: Option<Instant>,
    /// The owner.
    rep_id: Option<ID>,
    /// The branch it belongs to.
    branch_id: Option<ID>,
    /// Segment, free text.
    segment: Option<String>,
    /// Tier code of the policy.
    tier: Option<String>,
    /// Tags, in order.
    tags: Vec<String>,
    /// Main phone number.
    phone: Option<String>,
    /// Main email.
    email: Option<String>,
    /// Street address.
    address: Option<String>,
    /// Town.
    town: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// Where it is.
    position: Option<Position>,
    /// Free notes.
    notes: Option<String>,
    /// Own days between visits.
    cadence_days: Option<i32>,
    /// Own check-in radius in metres.
    radius_m: Option<i32>,
    /// System it was brought in from.
    source: Option<String>,
    /// Its id there.
    external_id: Option<String>,
    /// Day of the last completed visit that clears the light.
    last_visit_on: Option<Day>,
    /// First amber day.
    amber_from: Option<Day>,
    /// Last amber day.
    due_on: Option<Day>,
    /// The next planned visit.
    planned_at: Option<Instant>,
    /// When it was made.
    created_at: Instant,
    /// When it was last edited.
    changed_at: Instant,
    /// Rises with every change.
    version: Long,
}

/// Somebody at a client's.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Identity.
    id: ID,
    /// Their name.
    name: String,
    /// What they do there.
    position: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Email.
    email: Option<String>,
    /// Notes.
    notes: Option<String>,
    /// When archived.
    archived_at: Option<Instant>,
}

impl ClientRow {
    /// As the list answers, with its light.
    pub fn of(item: &ClientItem, today: BusinessDay) -> Result<Self> {
        Ok(Self { light: item.light(today).code(), ..shown(item)? })
    }
}

impl Card {
    /// As the use case answers.
    pub fn of(card: &ClientCard, today: BusinessDay) -> Result<Self> {
        Ok(Self {
            client: shown(&card.client)?,
            light: card.client.light(today).code(),
            rep_name: card.rep_name.clone(),
            branch_name: card.branch_name.clone(),
            contacts: shown(&card.contacts)?,
            open: shown(&card.open)?,
            history: shown(&card.history)?,
            history_total: i32::try_from(card.history_total).unwrap_or(i32::MAX),
            promises: shown(&card.promises)?,
        })
    }
}
