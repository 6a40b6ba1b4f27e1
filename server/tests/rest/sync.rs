//! Phone and server: entries pushed, receipts answered, pages pulled.

use domain::{pack, people::Role, sync::PullPage};
use serde_json::{Value, json};

use crate::house::Person;

const DEVICE: &str = "01980a5d-ac96-774b-bcce-b302099a0001";

fn id(n: u32) -> String {
    format!("01980a5d-ac96-774b-bcce-{n:012x}")
}

fn push(person: &Person, entries: Value) -> Value {
    json!({"device": DEVICE, "user": person.user, "sentAt": "2026-01-05T08:00:00Z", "entries": entries})
}

fn entry(seq: u32, kind: &str, body: Value) -> Value {
    json!({"id": id(seq), "seq": seq, "schema": 1, "madeAt": "2026-01-05T07:59:00Z", "kind": kind, "body": body})
}

both_engines! {
    async fn pushed_entries_get_their_receipts_and_the_same_ones_again(house) {
        let rep = house.rep("Achieng").await;
        let entries = json!([
            entry(1, "client.create", json!({"id": id(100), "stage": "client", "name": "Mutua Hardware"})),
            entry(2, "client.create", json!({"id": id(101), "stage": "client", "name": ""})),
            entry(3, "visit.record", json!({"id": id(200), "clientId": id(100), "startedAt": "2026-01-05T07:00:00Z"})),
        ]);
        let first = house.post("/sync/push", &push(&rep, entries.clone())).by(&rep).await.is(200);
        let verdicts: Vec<&Value> = first.data()["receipts"].as_array().unwrap().iter().map(|receipt| &receipt["verdict"]).collect();
        assert_eq!(verdicts, ["accepted", "rejected", "accepted"]);
        assert_eq!(first.data()["receipts"][1]["rejections"][0]["field"], "name");
        assert_eq!(first.data()["stopped"], json!(null));
        let again = house.post("/sync/push", &push(&rep, entries)).by(&rep).await.is(200);
        assert_eq!(again.data(), first.data());
        assert_eq!(house.get("/visits").by(&rep).await.is(200).data()["total"], 1);
    }

    async fn another_persons_push_is_refused_and_writes_nothing(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        let entries = json!([entry(1, "client.create", json!({"id": id(100), "stage": "client", "name": "Mutua Hardware"}))]);
        house.post("/sync/push", &push(&achieng, entries)).by(&brian).await.fails(409, "user_mismatch");
        assert_eq!(house.get("/clients").by(&brian).await.is(200).each("id"), [""; 0]);
    }

    async fn one_unreadable_entry_does_not_stop_the_others_and_too_many_are_refused(house) {
        let rep = house.rep("Achieng").await;
        let entries = json!([
            entry(1, "client.paint", json!({"id": id(100)})),
            entry(2, "client.create", json!({"id": id(101), "stage": "client", "name": "Mutua Hardware"})),
        ]);
        let answer = house.post("/sync/push", &push(&rep, entries)).by(&rep).await.is(200);
        assert_eq!((&answer.data()["receipts"][0]["verdict"], &answer.data()["receipts"][1]["verdict"]), (&json!("rejected"), &json!("accepted")));
        let many: Vec<Value> = (0..51).map(|n| entry(n, "client.archive", json!({"id": id(101)}))).collect();
        house.post("/sync/push", &push(&rep, json!(many))).by(&rep).await.rejects("entries", "too_many");
    }

    async fn a_pull_brings_the_book_and_then_only_what_changed_in_both_forms(house) {
        let rep = house.rep("Achieng").await;
        let other = house.rep("Brian").await;
        for name in ["One", "Two", "Three"] {
            let client = house.client(&rep, name).await;
            house.post("/visits", &json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})).by(&rep).await.is(201);
        }
        house.client(&other, "Not mine").await;
        let mut clients = 0;
        let mut visits = 0;
        let mut page = house.get(&format!("/sync/pull?device={DEVICE}&limit=2")).by(&rep).await.is(200);
        assert_eq!((&page.data()["fresh"], &page.data()["caller"]["user"]), (&json!(true), &json!(rep.user)));
        loop {
            clients += page.data()["clients"].as_array().unwrap().len();
            visits += page.data()["visits"].as_array().unwrap().len();
            let cursor = page.data()["cursor"].as_str().unwrap();
            if page.data()["more"] == json!(false) {
                break;
            }
            page = house.get(&format!("/sync/pull?device={DEVICE}&limit=2&cursor={cursor}")).by(&rep).await.is(200);
        }
        assert_eq!((clients, visits), (3, 3));
        house.client(&rep, "Four").await;
        let cursor = page.data()["cursor"].as_str().unwrap();
        let packed = house.get(&format!("/sync/pull?device={DEVICE}&cursor={cursor}")).header("accept", crate::sync::BOOK).bytes(&rep).await;
        let delta: PullPage = pack::decode_page(&packed).unwrap();
        assert_eq!((delta.clients.len(), delta.visits.len(), delta.fresh), (1, 0, false));
        assert_eq!(delta.clients[0].name, "Four");
    }

    async fn the_days_receipts_add_up(house) {
        let rep = house.rep("Achieng").await;
        let entries = json!([entry(1, "client.create", json!({"id": id(100), "stage": "client", "name": "Mutua Hardware"}))]);
        house.post("/sync/push", &push(&rep, entries)).by(&rep).await.is(200);
        let company = house.backend.company().await.unwrap();
        let today = company.zone.day_of(house.backend.now());
        let receipts = house.get(&format!("/sync/receipts?day={today}&device={DEVICE}")).by(&rep).await.is(200);
        assert_eq!(receipts.each("id"), [id(1)]);
        assert_eq!(house.get(&format!("/sync/receipts?day=2001-01-01&device={DEVICE}")).by(&rep).await.is(200).each("id"), [""; 0]);
    }

    async fn a_client_given_away_leaves_the_former_owners_book_and_enters_the_new_ones(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        let manager = house.person(Role::Manager, "Muthoni").await;
        let client = house.client(&achieng, "Mutua Hardware").await;
        let pull = async |person: &Person, cursor: &str| house.get(&format!("/sync/pull?device={DEVICE}{cursor}")).by(person).await.is(200);
        let before = pull(&achieng, "").await;
        house.post("/clients/reassignment", &json!({"ids": [client], "repId": brian.rep})).by(&manager).await.is(200);
        let after = pull(&achieng, &format!("&cursor={}", before.data()["cursor"].as_str().unwrap())).await;
        assert_eq!(after.data()["gone"], json!([{"kind": "client", "id": client}]));
        assert_eq!(pull(&brian, "").await.data()["clients"][0]["id"], client.as_str());
        let visit = json!([entry(9, "visit.record", json!({"id": id(300), "clientId": client, "startedAt": "2026-01-05T07:00:00Z"}))]);
        let fact = house.post("/sync/push", &push(&achieng, visit)).by(&achieng).await.is(200);
        assert_eq!(fact.data()["receipts"][0]["verdict"], "accepted", "{fact:?}");
        let edit = json!([entry(10, "client.edit", json!({"id": client, "fields": {"town": "Thika"}}))]);
        let refused = house.post("/sync/push", &push(&achieng, edit)).by(&achieng).await.is(200);
        assert_eq!(refused.data()["receipts"][0]["verdict"], "rejected");
    }
}

/// A page of the Book in its packed form.
const BOOK: &str = "application/vnd.fieldlight.book";
