//! Pushing on both engines: every entry once, in order, each with its receipt.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Backend, clients, people, sync, visits};
use common::build::{a_client, a_visit, id, offline, push};
use common::{a_rep, both_engines, today};
use domain::Instant;
use domain::changes::{Change, EditClient, OfClient};
use domain::clients::{Client, ClientPatch, ClientQuery};
use domain::ids::{DeviceId, EntryId};
use domain::people::{Caller, Role};
use domain::sync::{PushAnswer, Receipt, Verdict};
use domain::visits::CheckIn;
use uuid::Uuid;

const DEVICE: DeviceId = DeviceId(Uuid::from_u128(77));

async fn send(backend: &Backend, by: &Caller, entries: &[domain::sync::PushEntry<serde_json::Value>]) -> PushAnswer {
    sync::push(backend, by, id(), push(backend, by, entries)).await.unwrap()
}

fn verdicts(receipts: &[Receipt]) -> Vec<Verdict> {
    receipts.iter().map(|r| r.verdict).collect()
}

fn why(receipt: &Receipt) -> &str {
    &receipt.rejections.0[0].code
}

async fn record(backend: &Backend, client: &Client) -> Change {
    Change::RecordVisit(a_visit().to(client).ask(backend).await)
}

both_engines!(a_lost_reply_or_a_second_tab_gets_the_first_answer_and_writes_nothing, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let entries = offline(backend.now(), [record(&backend, &client).await, Change::ArchiveClient(OfClient { id: client.id })]);
    let first = send(&backend, &joyce, &entries).await;
    assert_eq!(verdicts(&first.receipts), [Verdict::Accepted; 2]);
    let before = common::rows(&backend, "select version from clock").await;
    let again = send(&backend, &joyce, &entries).await;
    assert_eq!(
        first.receipts.iter().map(|r| (r.id, r.version)).collect::<Vec<_>>(),
        again.receipts.iter().map(|r| (r.id, r.version)).collect::<Vec<_>>()
    );
    assert_eq!(common::rows(&backend, "select version from clock").await, before);
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [1]);
});

both_engines!(a_rule_broken_is_consumed_with_its_reason_and_the_others_go_on, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let empty = ClientPatch { name: Some(" ".into()), ..ClientPatch::default() };
    let mut entries = offline(
        backend.now(),
        [
            record(&backend, &client).await,
            Change::EditClient(Box::new(EditClient { id: client.id, fields: empty })),
            record(&backend, &client).await,
        ],
    );
    entries.push(offline(backend.now(), [Change::ArchiveClient(OfClient { id: client.id })]).remove(0));
    entries[3].change = serde_json::json!({"kind": "client.paint", "body": {"id": client.id}});
    let answer = send(&backend, &joyce, &entries).await;
    assert_eq!(verdicts(&answer.receipts), [Verdict::Accepted, Verdict::Rejected, Verdict::Accepted, Verdict::Rejected]);
    assert_eq!((why(&answer.receipts[1]), why(&answer.receipts[3])), ("required", "unreadable"));
    assert_eq!(answer.receipts[1].version, 0);
    let again = send(&backend, &joyce, &entries).await;
    assert_eq!(again.receipts[1], answer.receipts[1]);
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [2]);
});

both_engines!(what_cannot_be_tried_now_stops_the_rest_and_is_not_consumed, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let entries = offline(
        backend.now(),
        [record(&backend, &client).await, Change::ArchiveClient(OfClient { id: client.id }), record(&backend, &client).await],
    );
    let break_archiving = if common::is_sqlite(&backend) {
        "create trigger broken before update on clients when new.archived_at is not null begin select raise(abort, 'disk on fire'); end"
    } else {
        "alter table clients add constraint broken check (archived_at is null)"
    };
    common::execute(&backend, break_archiving).await;
    let answer = send(&backend, &joyce, &entries).await;
    assert_eq!((verdicts(&answer.receipts), answer.stopped.is_some()), (vec![Verdict::Accepted], true));
    let mend = if common::is_sqlite(&backend) { "drop trigger broken" } else { "alter table clients drop constraint broken" };
    common::execute(&backend, mend).await;
    let answer = send(&backend, &joyce, &entries).await;
    assert_eq!((verdicts(&answer.receipts), answer.stopped), (vec![Verdict::Accepted; 3], None));
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [2]);
});

both_engines!(two_devices_edit_one_client_different_fields_are_both_kept_and_the_journal_keeps_what_was_overwritten, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let edit = |set: fn(&mut ClientPatch)| {
        let mut fields = ClientPatch::default();
        set(&mut fields);
        Change::EditClient(Box::new(EditClient { id: client.id, fields }))
    };
    for change in
        [edit(|f| f.town = Some("Thika".into())), edit(|f| f.phone = Some("0722 100 318".into())), edit(|f| f.town = Some("Ruiru".into()))]
    {
        send(&backend, &joyce, &offline(backend.now(), [change])).await;
    }
    let row = clients::find(&backend, &joyce, client.id).await.unwrap();
    assert_eq!(
        (row.town.as_deref(), row.phone.as_deref(), row.changed_by.as_deref()),
        (Some("Ruiru"), Some("0722 100 318"), Some("Joyce"))
    );
    let history = backend::journal::of_record(&backend, &joyce, client.id.0, 10).await;
    assert!(matches!(history, Err(backend::Error::Forbidden)));
    let admin = people::list_users(&backend).await.unwrap().into_iter().find(|u| u.caller.role == Role::Admin).unwrap().caller;
    let history = backend::journal::of_record(&backend, &admin, client.id.0, 10).await.unwrap();
    assert_eq!(history[0].changes["town"], serde_json::json!(["Thika", "Ruiru"]));
    assert_eq!((history.len(), history[0].kind.as_str(), history[0].user, history[0].device), (4, "client.edit", joyce.user, Some(DEVICE)));
});

both_engines!(another_users_entries_are_not_taken_in, |backend| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    let client = a_client().add(&backend, &joyce).await;
    let entries = offline(backend.now(), [record(&backend, &client).await]);
    let theirs = push(&backend, &joyce, &entries);
    let Err(backend::Error::Rejected(refused)) = sync::push(&backend, &otieno, id(), theirs).await else { panic!("taken in") };
    assert_eq!(refused.0[0].code, "user_mismatch");
    assert_eq!(verdicts(&send(&backend, &joyce, &entries).await.receipts), [Verdict::Accepted]);
});

both_engines!(a_phone_with_a_wrong_clock_is_corrected_flagged_and_never_refused, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let fast = 3 * 86_400_000;
    let theirs = Instant(backend.now().0 + fast);
    let at =
        CheckIn { id: domain::ids::VisitId(id()), client_id: client.id, kind: String::new(), at: theirs, fix: None, reason: String::new() };
    let visit = at.id;
    let mut sent = push(&backend, &joyce, &offline(theirs, [Change::CheckIn(at)]));
    sent.sent_at = theirs;
    let answer = sync::push(&backend, &joyce, id(), sent).await.unwrap();
    assert_eq!(verdicts(&answer.receipts), [Verdict::Accepted]);
    let off = answer.receipts[0].clock_offset_ms;
    assert!((off + fast).abs() < 60_000, "{off}");
    let row = visits::find(&backend, &joyce, visit).await.unwrap();
    assert_eq!((row.day, row.clock_flagged(), row.clock_offset_ms), (today(&backend).await, true, Some(off)));
    assert_eq!(row.checked_in.unwrap().at, Instant(theirs.0 + off));
});

both_engines!(the_day_adds_up_from_the_servers_receipts, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let edit = ClientPatch { name: Some(String::new()), ..ClientPatch::default() };
    let entries =
        offline(backend.now(), [record(&backend, &client).await, Change::EditClient(Box::new(EditClient { id: client.id, fields: edit }))]);
    let answer = send(&backend, &joyce, &entries).await;
    let day = today(&backend).await;
    assert_eq!(sync::receipts_of_day(&backend, &joyce, DEVICE, day).await.unwrap(), answer.receipts);
    assert!(sync::receipts_of_day(&backend, &joyce, DEVICE, day.plus(-1)).await.unwrap().is_empty());
    assert!(sync::receipts_of_day(&backend, &a_rep(&backend, "Otieno").await, DEVICE, day).await.unwrap().is_empty());
});

both_engines!(an_entry_id_of_another_user_does_not_open_their_record, |backend| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    let (hers, his) = (a_client().add(&backend, &joyce).await, a_client().add(&backend, &otieno).await);
    let mut entries = offline(backend.now(), [record(&backend, &hers).await]);
    send(&backend, &joyce, &entries).await;
    let taken: EntryId = entries[0].id;
    entries = offline(backend.now(), [record(&backend, &his).await]);
    entries[0].id = taken;
    let answer = send(&backend, &otieno, &entries).await;
    assert_eq!((verdicts(&answer.receipts), why(&answer.receipts[0])), (vec![Verdict::Rejected], "key_reused"));
    let page = clients::list(&backend, &otieno, &ClientQuery::default()).await.unwrap();
    assert_eq!(page.items[0].last_visit_on, None);
});
