//! Sending what waits, in order, and taking in what the server says of each entry.

use super::bag::Bag;
use super::browser::{self, Answer};
use super::phone::Phone;
use super::store::Batch;
use super::store::In;
use super::summary::{Acknowledged, DAYS_KEPT};
use super::sync::Failure;
use domain::calendar::DAY_MS;
use domain::ids::EntryId;
use domain::outbox::{Queued, State};
use domain::sync::{PUSH_MAX, PushAnswer, Receipt, Verdict};
use serde::Deserialize;
use std::rc::Rc;

const URL: &str = "/api/v1/sync/push";

/// Sends until nothing waits or something stops it.
pub async fn all(phone: &Rc<Phone>, bag: &Rc<Bag>) -> Result<(), Failure> {
    loop {
        let max = if phone.link.alone.get() { 1 } else { PUSH_MAX };
        let batch: Vec<Queued> = bag.outbox.borrow().batch(max).into_iter().cloned().collect();
        let (Some(first), Some(last)) = (batch.first(), batch.last()) else { return Ok(()) };
        phone.link.sending.set(Some(last.seq));
        phone.publish();
        let answer = browser::send(URL, body(phone, bag, &batch)).await.ok_or(Failure::Unreachable)?;
        let (receipts, stopped) = match understand(&answer) {
            Ok(answer) => (answer.receipts, answer.stopped),
            Err(Failure::Server) => {
                // one entry may be what the server cannot stand: find out by sending the first alone
                if !phone.link.alone.replace(true) && batch.len() > 1 {
                    continue;
                }
                (Vec::new(), Some(answer.reference))
            }
            Err(failure) => return Err(failure),
        };
        phone.link.alone.set(stopped.is_some() && phone.link.alone.get());
        let failed = stopped.map(|reference| (batch.get(receipts.len()).unwrap_or(first).id, reference));
        take_in(bag, &receipts, failed.as_ref()).await?;
        phone.overlay_changed();
        if failed.is_some() || receipts.is_empty() {
            return Err(Failure::Server);
        }
    }
}

/// The request's body around the finished entries, none of which is parsed again.
fn body(phone: &Phone, bag: &Bag, batch: &[Queued]) -> String {
    let instant = |at| serde_json::to_string(&at).expect("plain data");
    let entry = |e: &Queued| {
        let change = e.body.trim_start().strip_prefix('{').unwrap_or("}");
        format!(r#"{{"id":"{}","seq":{},"schema":{},"madeAt":{},{change}"#, e.id, e.seq, e.schema, instant(e.made_at))
    };
    let entries: Vec<String> = batch.iter().map(entry).collect();
    let (device, user, sent_at, entries) = (bag.device(), bag.user, instant(phone.now()), entries.join(","));
    format!(r#"{{"device":"{device}","user":"{user}","sentAt":{sent_at},"entries":[{entries}]}}"#)
}

/// The envelope of a REST answer.
#[derive(Deserialize)]
pub struct Envelope<T> {
    /// What was asked for.
    pub data: Option<T>,
    error: Option<Code>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

fn understand(answer: &Answer) -> Result<PushAnswer, Failure> {
    if answer.status == 200 {
        let envelope: Option<Envelope<PushAnswer>> = serde_json::from_slice(&answer.body).ok();
        return envelope.and_then(|e| e.data).ok_or(Failure::Unreachable);
    }
    Err(refusal(answer))
}

/// What an answer that is no success means.
pub fn refusal(answer: &Answer) -> Failure {
    let code = || {
        let envelope: Option<Envelope<serde::de::IgnoredAny>> = serde_json::from_slice(&answer.body).ok();
        envelope.and_then(|e| e.error).map(|e| e.code)
    };
    match answer.status {
        401 if code().as_deref() == Some("device_revoked") => Failure::Revoked,
        401 => Failure::SignedOut,
        409 => Failure::OtherUser,
        400 | 403 | 413 | 422 | 500 => Failure::Server,
        _ => Failure::Unreachable,
    }
}

/// Writes down what became of the entries: first on the disk, then for the screens.
async fn take_in(bag: &Bag, receipts: &[Receipt], failed: Option<&(EntryId, String)>) -> Result<(), Failure> {
    let mut outbox = bag.outbox.borrow().clone();
    let mut changed: Vec<EntryId> = Vec::new();
    let mut accepted = Vec::new();
    for receipt in receipts {
        let Some(entry) = outbox.get(receipt.id) else { continue };
        let parked = matches!(entry.state, State::Parked { .. });
        if receipt.verdict == Verdict::Accepted {
            accepted.push(acknowledged(entry, receipt));
        } else if parked {
            // parked with the entry it stands on; it is sent again with that one, under a new number
            continue;
        }
        changed.extend(outbox.receive(receipt));
    }
    if let Some((id, reference)) = failed {
        changed.extend(outbox.failed(*id, reference));
    }
    let mut batch = Batch::new();
    for id in changed {
        batch.put(In::Outbox, &id.to_string(), &outbox.get(id));
    }
    for receipt in &accepted {
        batch.put(In::Receipts, &receipt.id.to_string(), receipt);
    }
    forget_old(bag, receipts, &mut batch);
    bag.store.write(batch).await?;
    merge(bag, outbox.entries());
    bag.acknowledged.borrow_mut().extend(accepted);
    bag.lay_over();
    browser::post("changed");
    Ok(())
}

fn acknowledged(entry: &Queued, receipt: &Receipt) -> Acknowledged {
    Acknowledged { id: entry.id, name: entry.name.clone(), made_at: entry.made_at, received_at: receipt.received_at }
}

fn forget_old(bag: &Bag, receipts: &[Receipt], batch: &mut Batch) {
    let Some(now) = receipts.last().map(|r| r.received_at) else { return };
    bag.acknowledged.borrow_mut().retain(|old| {
        let kept = now.0 - old.received_at.0 <= DAYS_KEPT * DAY_MS;
        if !kept {
            batch.delete(In::Receipts, old.id.to_string());
        }
        kept
    });
}

/// Takes new states over without losing what was added while they were written.
fn merge(bag: &Bag, judged: &[Queued]) {
    let mut live = bag.outbox.borrow_mut();
    let newer = live.entries().iter().map(|e| judged.iter().find(|j| j.id == e.id).unwrap_or(e).clone());
    *live = domain::outbox::Outbox::restore(newer.collect(), live.last_seq());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, body: body.into(), reference: "r".into() }
    }

    #[test]
    fn what_a_refusal_means() {
        let revoked = r#"{"data":null,"error":{"code":"device_revoked","message":"","details":[]},"metadata":{}}"#;
        let cases = [
            (401, "", Failure::SignedOut),
            (401, revoked, Failure::Revoked),
            (409, "", Failure::OtherUser),
            (422, "", Failure::Server),
            (500, "", Failure::Server),
            (502, "", Failure::Unreachable),
            (503, "", Failure::Unreachable),
            (404, "<html>", Failure::Unreachable),
        ];
        for (status, body, want) in cases {
            assert_eq!(refusal(&answer(status, body)), want, "{status}");
        }
    }

    #[test]
    fn an_answer_of_something_else_than_the_server_is_no_receipt() {
        assert_eq!(understand(&answer(200, "<html>sign in to the hotel</html>")).err(), Some(Failure::Unreachable));
        let good = r#"{"data":{"receipts":[],"stopped":null},"error":null,"metadata":{"requestId":"x"}}"#;
        assert!(understand(&answer(200, good)).is_ok());
    }
}
