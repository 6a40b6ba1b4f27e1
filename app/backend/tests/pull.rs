//! Pulling on both engines: a phone ends with exactly the rows of its rep's scope, whoever writes meanwhile.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Backend, clients, people, sync, visits};
use common::build::{a_client, a_plan, a_visit, id, meta, offline, push};
use common::{a_rep, both_engines};
use domain::changes::{Change, EditClient};
use domain::clients::{Client, ClientPatch};
use domain::ids::DeviceId;
use domain::people::{Caller, Role};
use domain::sync::{Gone, PullPage, Verdict};
use domain::visits::{CheckIn, Visit};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const DEVICE: DeviceId = DeviceId(Uuid::from_u128(77));

/// A phone that holds what it pulled and nothing else.
#[derive(Default)]
struct Phone {
    cursor: Option<String>,
    clients: BTreeMap<Uuid, Client>,
    contacts: BTreeSet<Uuid>,
    visits: BTreeMap<Uuid, Visit>,
    pages: Vec<PullPage>,
}

impl Phone {
    async fn pull(&mut self, backend: &Backend, by: &Caller, limit: u32) {
        self.pages.clear();
        loop {
            let page = sync::pull(backend, by, DEVICE, self.cursor.as_deref(), limit).await.unwrap();
            self.take(&page);
            self.pages.push(page);
            if !self.pages.last().unwrap().more {
                break;
            }
        }
    }

    fn take(&mut self, page: &PullPage) {
        if page.fresh {
            *self = Self::default();
        }
        for gone in &page.gone {
            let Gone::Client(client) = gone else { continue };
            self.clients.remove(&client.0);
            self.visits.retain(|_, v| v.client_id != *client);
        }
        self.clients.extend(page.clients.iter().map(|c| (c.id.0, c.clone())));
        self.contacts.extend(page.contacts.iter().map(|c| c.id.0));
        self.visits.extend(page.visits.iter().map(|v| (v.id.0, v.clone())));
        self.cursor = Some(page.cursor.clone());
    }
}

async fn record(backend: &Backend, client: &Client) -> Change {
    Change::RecordVisit(a_visit().to(client).ask(backend).await)
}

both_engines!(a_visit_made_while_the_client_was_in_the_book_is_a_fact_and_an_edit_is_refused, |backend, admin| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    let client = a_client().add(&backend, &joyce).await;
    let never_hers = a_client().add(&backend, &otieno).await;
    let plan = visits::plan(&backend, &joyce, a_plan(&client, backend.now()), meta(&backend)).await.unwrap();
    clients::reassign(&backend, &admin, &[client.id], otieno.rep.unwrap(), meta(&backend)).await.unwrap();
    let check_in = CheckIn { id: plan.id, client_id: client.id, kind: String::new(), at: backend.now(), fix: None, reason: String::new() };
    let rename = ClientPatch { name: Some("Mine".into()), ..ClientPatch::default() };
    let changes = [
        record(&backend, &client).await,
        Change::CheckIn(check_in),
        Change::EditClient(Box::new(EditClient { id: client.id, fields: rename })),
        Change::PlanVisit(a_plan(&client, backend.now())),
        record(&backend, &never_hers).await,
    ];
    let entries = offline(backend.now(), changes);
    let answer = sync::push(&backend, &joyce, id(), push(&backend, &joyce, &entries)).await.unwrap();
    use Verdict::{Accepted, Rejected};
    let verdicts: Vec<_> = answer.receipts.iter().map(|r| r.verdict).collect();
    assert_eq!(verdicts, [Accepted, Accepted, Rejected, Rejected, Rejected]);
    assert_eq!(answer.receipts[2].rejections.0[0].code, "not_yours");
    let mut phone = Phone::default();
    phone.pull(&backend, &otieno, 100).await;
    let by: BTreeSet<_> = phone.visits.values().map(|v| v.rep_id).collect();
    assert_eq!((phone.visits.len(), by), (2, BTreeSet::from([joyce.rep])));
    assert_eq!(phone.clients[&client.id.0].last_visit_by, joyce.rep);
    phone.cursor = None;
    phone.pull(&backend, &joyce, 100).await;
    assert_eq!((phone.clients.len(), phone.visits.len()), (0, 0));
});

both_engines!(a_client_that_changes_its_owner_leaves_one_book_and_enters_the_other_whole_and_may_come_back, |backend, admin| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    let client = a_client().add(&backend, &joyce).await;
    a_visit().to(&client).add(&backend, &joyce).await;
    let draft = serde_json::json!({"id": id(), "clientId": client.id, "name": "Grace"});
    backend::contacts::create(&backend, &joyce, serde_json::from_value(draft).unwrap(), meta(&backend)).await.unwrap();
    let (mut hers, mut his) = (Phone::default(), Phone::default());
    hers.pull(&backend, &joyce, 2).await;
    his.pull(&backend, &otieno, 2).await;
    assert_eq!((hers.clients.len(), hers.contacts.len(), hers.visits.len(), his.clients.len()), (1, 1, 1, 0));
    clients::reassign(&backend, &admin, &[client.id], otieno.rep.unwrap(), meta(&backend)).await.unwrap();
    hers.pull(&backend, &joyce, 1).await;
    his.pull(&backend, &otieno, 1).await;
    assert_eq!((hers.clients.len(), hers.visits.len()), (0, 0));
    assert_eq!((his.clients.len(), his.contacts.len(), his.visits.len()), (1, 1, 1));
    clients::reassign(&backend, &admin, &[client.id], joyce.rep.unwrap(), meta(&backend)).await.unwrap();
    hers.pull(&backend, &joyce, 1).await;
    his.pull(&backend, &otieno, 1).await;
    assert_eq!((hers.clients.len(), hers.visits.len(), his.clients.len()), (1, 1, 0));
});

both_engines!(a_changed_right_starts_the_book_anew_and_keeps_nothing_of_the_old_scope, |backend| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    a_client().add(&backend, &joyce).await;
    a_client().named("His").add(&backend, &otieno).await;
    let mut phone = Phone::default();
    phone.pull(&backend, &joyce, 100).await;
    assert!(phone.pages[0].fresh && phone.pages[0].company.is_some() && phone.pages[0].caller.is_some());
    phone.pull(&backend, &joyce, 100).await;
    assert!(!phone.pages[0].fresh);
    let placed = people::place_user(&backend, &joyce.email, Role::SalesRep, otieno.rep, None).await.unwrap();
    phone.pull(&backend, &placed, 100).await;
    assert!(phone.pages[0].fresh);
    assert_eq!(phone.clients.values().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["His"]);
    assert!(sync::pull(&backend, &common::a_caller(Role::Viewer), DEVICE, None, 10).await.is_err());
});

both_engines!(a_pull_in_small_pages_while_others_write_ends_with_exactly_what_is_there, |backend, admin| {
    let joyce = a_rep(&backend, "Joyce").await;
    let mut made = Vec::new();
    for i in 0..20 {
        made.push(a_client().named(&format!("C{i}")).add(&backend, &joyce).await);
    }
    let writers: Vec<_> = (0..4)
        .map(|w| {
            let (backend, joyce, made) = (backend.clone(), joyce.clone(), made.clone());
            tokio::spawn(async move {
                for i in 0..40 {
                    a_visit().to(&made[(w * 7 + i) % 20]).add(&backend, &joyce).await;
                }
            })
        })
        .collect();
    let mut phone = Phone::default();
    while writers.iter().any(|w| !w.is_finished()) {
        phone.pull(&backend, &joyce, 7).await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    phone.pull(&backend, &joyce, 7).await;
    assert_eq!((phone.clients.len(), phone.visits.len()), (20, 160));
    for client in phone.clients.values() {
        assert_eq!(*client, clients::find(&backend, &admin, client.id).await.unwrap());
    }
});
