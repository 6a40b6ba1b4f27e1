//! Builders: what a test says, it says; everything else is plausible.

use backend::{Backend, Meta, clients, visits};
use domain::changes::Change;
use domain::clients::{Client, ClientDraft, ClientPatch, Stage};
use domain::ids::{ClientId, DeviceId, EntryId, VisitId};
use domain::people::Caller;
use domain::sync::{Push, PushEntry};
use domain::visits::requests::Report;
use domain::visits::{PlanVisit, RecordVisit, Visit};
use domain::{Day, Instant};
use uuid::Uuid;

/// A new identity.
pub fn id() -> Uuid {
    let mut random = [0; 10];
    getrandom::fill(&mut random).unwrap();
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    domain::ids::v7(Instant(i64::try_from(since.as_millis()).unwrap()), random)
}

/// A live request now, without a key.
pub fn meta(backend: &Backend) -> Meta {
    Meta::live(backend.now())
}

/// A client to be.
pub struct AClient(pub ClientDraft);

/// A client called Mutua Hardware.
pub fn a_client() -> AClient {
    let fields = ClientPatch { name: Some("Mutua Hardware".into()), ..ClientPatch::default() };
    AClient(ClientDraft { id: ClientId(id()), stage: Stage::Client, source: None, external_id: None, fields })
}

impl AClient {
    pub fn named(mut self, name: &str) -> Self {
        self.0.fields.name = Some(name.into());
        self
    }

    pub fn towards(mut self, stage: Stage) -> Self {
        self.0.stage = stage;
        self
    }

    pub fn with(mut self, set: impl FnOnce(&mut ClientPatch)) -> Self {
        set(&mut self.0.fields);
        self
    }

    pub async fn add(self, backend: &Backend, by: &Caller) -> Client {
        clients::create(backend, by, self.0, meta(backend)).await.unwrap()
    }
}

/// A finished visit to be.
pub struct AVisit {
    on: Option<Day>,
    kind: String,
    client: Option<ClientId>,
}

/// A sales visit today.
pub fn a_visit() -> AVisit {
    AVisit { on: None, kind: "sales".into(), client: None }
}

impl AVisit {
    pub fn on(mut self, day: Day) -> Self {
        self.on = Some(day);
        self
    }

    pub fn of_kind(mut self, kind: &str) -> Self {
        self.kind = kind.into();
        self
    }

    pub fn to(mut self, client: &Client) -> Self {
        self.client = Some(client.id);
        self
    }

    /// As asked for.
    pub async fn ask(self, backend: &Backend) -> RecordVisit {
        let company = backend.company().await.unwrap();
        let started_at = self.on.map_or(backend.now(), |day| company.zone.at(day, 10 * 60));
        let report = Report { kind: self.kind, notes: "Talked about spare parts.".into(), ..Report::default() };
        RecordVisit { id: VisitId(id()), client_id: self.client.unwrap(), started_at, ended_at: None, report }
    }

    pub async fn add(self, backend: &Backend, by: &Caller) -> Visit {
        let ask = self.ask(backend).await;
        visits::record(backend, by, ask, meta(backend)).await.unwrap()
    }
}

/// A plan to visit a client.
pub fn a_plan(client: &Client, planned_at: Instant) -> PlanVisit {
    PlanVisit { id: VisitId(id()), client_id: client.id, kind: "sales".into(), planned_at, notes: String::new() }
}

/// Changes as they wait in an outbox, numbered from 1.
pub fn offline(made_at: Instant, changes: impl IntoIterator<Item = Change>) -> Vec<PushEntry<serde_json::Value>> {
    let entry = |(i, change): (usize, Change)| PushEntry {
        id: EntryId(id()),
        seq: i as u64 + 1,
        schema: 1,
        made_at,
        change: serde_json::to_value(change).unwrap(),
    };
    changes.into_iter().enumerate().map(entry).collect()
}

/// A push of these entries now.
pub fn push(backend: &Backend, by: &Caller, entries: &[PushEntry<serde_json::Value>]) -> Push<serde_json::Value> {
    Push { device: DeviceId(Uuid::from_u128(77)), user: by.user, sent_at: backend.now(), entries: entries.to_vec() }
}
