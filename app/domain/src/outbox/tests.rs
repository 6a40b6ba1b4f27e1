#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use proptest::prelude::*;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn entry(n: u128, subject: u128, parent: Option<u128>, founds: bool) -> Queued {
    Queued {
        id: EntryId(id(n)),
        seq: 0,
        user: UserId(id(1)),
        device: DeviceId(id(2)),
        schema: 1,
        made_at: Instant(0),
        name: "Check-in".into(),
        about: "Mutua".into(),
        subject: id(subject),
        parent: parent.map(id),
        founds,
        body: "{}".into(),
        state: State::Waiting,
        attempts: 0,
    }
}

fn receipt(n: u128, verdict: Verdict, version: i64) -> Receipt {
    let rejections =
        if verdict == Verdict::Rejected { Rejections::one("name", "required", "Enter a name.") } else { Rejections::default() };
    Receipt { id: EntryId(id(n)), seq: 0, verdict, version, received_at: Instant(0), clock_offset_ms: 0, rejections }
}

/// A new client (1), a visit to it (2), its check-out (3), an edit of another client (4).
fn day() -> Outbox {
    let mut outbox = Outbox::default();
    outbox.add(entry(1, 100, None, true));
    outbox.add(entry(2, 200, Some(100), true));
    outbox.add(entry(3, 200, None, false));
    outbox.add(entry(4, 101, None, false));
    outbox
}

#[test]
fn a_rejected_entry_is_parked_with_its_dependants_and_the_others_go_on() {
    let mut outbox = day();
    assert_eq!(outbox.receive(&receipt(1, Verdict::Rejected, 0)).len(), 3);
    assert_eq!(outbox.batch(50).iter().map(|e| e.id.0.as_u128()).collect::<Vec<_>>(), [4]);
    outbox.add(entry(5, 201, Some(100), true));
    assert!(matches!(outbox.get(EntryId(id(5))).unwrap().state, State::Parked { cause: Cause::Dependant { of } } if of.0 == id(1)));
}

#[test]
fn resending_gives_new_ids_and_numbers_to_the_entry_and_its_dependants() {
    let mut outbox = day();
    outbox.receive(&receipt(1, Verdict::Rejected, 0));
    let mut next = 10;
    let renamed = outbox.resend(EntryId(id(1)), "{\"better\":1}".into(), || {
        next += 1;
        EntryId(id(next))
    });
    assert_eq!(renamed.len(), 3);
    assert_eq!(outbox.parked(), 0);
    let order: Vec<(u128, u64)> = outbox.entries().iter().map(|e| (e.id.0.as_u128(), e.seq)).collect();
    assert_eq!(order, [(4, 4), (11, 5), (12, 6), (13, 7)]);
}

#[test]
fn discarding_a_new_client_discards_its_visits_and_nothing_else() {
    let mut outbox = day();
    assert!(outbox.discard(EntryId(id(1))).is_empty(), "what waits is not given up");
    outbox.receive(&receipt(1, Verdict::Rejected, 0));
    assert_eq!(outbox.discard(EntryId(id(1))).len(), 3);
    assert_eq!(outbox.entries().len(), 1);
}

#[test]
fn an_entry_is_parked_after_five_failures_of_its_own() {
    let mut outbox = day();
    for _ in 0..4 {
        outbox.failed(EntryId(id(4)), "ref-1");
        assert_eq!(outbox.parked(), 0);
    }
    outbox.failed(EntryId(id(4)), "ref-2");
    assert_eq!(outbox.parked(), 1);
    assert_eq!(outbox.waiting(), 3);
}

#[test]
fn a_sent_entry_stays_until_its_rows_are_back() {
    let mut outbox = day();
    outbox.receive(&receipt(4, Verdict::Accepted, 7));
    assert!(outbox.settle(6).is_empty());
    assert_eq!(outbox.settle(7), [EntryId(id(4))]);
    assert!(outbox.receive(&receipt(4, Verdict::Accepted, 7)).is_empty());
}

proptest! {
    /// Whatever the server answers, in whatever order: every entry added is waiting, sent, parked, settled or discarded, and exactly one of these.
    #[test]
    fn no_entry_is_ever_lost_or_doubled(steps in prop::collection::vec((0u8..6, 0usize..12), 1..80)) {
        let mut outbox = Outbox::default();
        let (mut made, mut left, mut next) = (0usize, 0usize, 0u128);
        let mut version = 0;
        for (step, pick) in steps {
            let target = outbox.entries().get(pick % outbox.entries().len().max(1)).map(|e| e.id.0.as_u128());
            match (step, target) {
                (0, _) | (_, None) => {
                    next += 1;
                    made += 1;
                    outbox.add(entry(next, 1000 + (pick as u128 % 4), (pick % 2 == 0).then_some(1000), pick % 3 == 0));
                }
                (1, Some(n)) => { version += 1; outbox.receive(&receipt(n, Verdict::Accepted, version)); }
                (2, Some(n)) => { outbox.receive(&receipt(n, Verdict::Rejected, 0)); }
                (3, Some(n)) => { outbox.failed(EntryId(id(n)), "r"); }
                (4, Some(n)) => { left += outbox.discard(EntryId(id(n))).len(); }
                (_, Some(n)) => {
                    left += outbox.settle(version).len();
                    outbox.resend(EntryId(id(n)), String::new(), || { next += 1; EntryId(id(next)) });
                }
            }
            prop_assert_eq!(outbox.entries().len() + left, made);
            let seqs: Vec<u64> = outbox.entries().iter().map(|e| e.seq).collect();
            prop_assert!(seqs.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
