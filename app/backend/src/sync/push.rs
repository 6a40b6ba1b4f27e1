//! Taking in a phone's outbox: every entry once, in order, each with its receipt; what cannot be tried now stops the rest.

use super::receipts::{self, Outcome};
use super::sql;
use crate::changes::{Author, Meta, apply_once, right};
use crate::db::Tx;
use crate::{Backend, Error};
use domain::changes::{Change, SCHEMA};
use domain::ids::EntryId;
use domain::people::Caller;
use domain::sync::{PUSH_MAX, Push, PushAnswer, PushEntry, Receipt};
use domain::{Instant, Rejections};
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

/// Takes in a push. `session` is for the log.
///
/// # Errors
/// `Rejected` when the push itself is wrong: another user's, too many entries. Failures of entries are in the answer.
pub async fn push(backend: &Backend, caller: &Caller, session: Uuid, push: Push<Value>) -> Result<PushAnswer, Error> {
    if push.user != caller.user {
        return Err(Error::rejected("user", "user_mismatch", "These entries belong to another user: sign in as that user to send them."));
    }
    if push.entries.len() > PUSH_MAX {
        return Err(Error::rejected("entries", "too_many", format!("Send at most {PUSH_MAX} entries at a time.")));
    }
    let offset_ms = backend.now().0.saturating_sub(push.sent_at.0);
    tracing::debug!(%session, device = %push.device, entries = push.entries.len(), offset_ms, "push");
    let count = push.entries.len();
    let asked = Arc::new(Asked { caller: caller.clone(), push, offset_ms });
    let mut receipts = match take(backend, &asked, 0, count).await {
        Ok(receipts) => return Ok(PushAnswer { receipts, stopped: None }),
        Err(error) => {
            tracing::warn!(%error, "a push is taken in entry by entry");
            Vec::with_capacity(count)
        }
    };
    for i in 0..count {
        match take(backend, &asked, i, i + 1).await {
            Ok(one) => receipts.extend(one),
            Err(error) => {
                let reference = crate::new_id().simple().to_string();
                tracing::error!(%error, reference, entry = %asked.push.entries[i].id, "an entry could not be taken in");
                return Ok(PushAnswer { receipts, stopped: Some(reference) });
            }
        }
    }
    Ok(PushAnswer { receipts, stopped: None })
}

struct Asked {
    caller: Caller,
    push: Push<Value>,
    offset_ms: i64,
}

/// Takes in entries `from..to` in one transaction.
async fn take(backend: &Backend, asked: &Arc<Asked>, from: usize, to: usize) -> Result<Vec<Receipt>, Error> {
    let entries: Vec<EntryId> = asked.push.entries[from..to].iter().map(|e| e.id).collect();
    backend.write(entries, Arc::clone(asked), move |tx, asked| Box::pin(take_in(tx, asked, from, to))).await
}

async fn take_in(tx: &mut Tx, asked: &Asked, from: usize, to: usize) -> Result<Vec<Receipt>, Error> {
    let before = tx.writes();
    let entries = &asked.push.entries[from..to];
    let mut answered = Vec::with_capacity(entries.len());
    for entry in entries {
        answered.push(one(tx, asked, entry).await?);
    }
    if tx.writes() != before {
        let last = entries.iter().map(|e| e.seq).max().unwrap_or(0);
        let (device, user, now) = (asked.push.device, asked.caller.user, tx.now());
        sql::saw_device(tx.write(), device, user, now, i64::try_from(last).unwrap_or(i64::MAX), asked.offset_ms).await?;
    }
    Ok(answered)
}

async fn one(tx: &mut Tx, asked: &Asked, entry: &PushEntry<Value>) -> Result<Receipt, Error> {
    if let Some(known) = tx.known(entry.id)
        && known.user_id == asked.caller.user.0
    {
        return Ok(known.receipt());
    }
    let meta = meta(asked, entry);
    let author = Author { caller: &asked.caller, meta: &meta };
    let before = tx.writes();
    let refused = match read(entry) {
        Err(unreadable) => Error::Rejected(unreadable),
        Ok(change) if !asked.caller.may(right(&change)) => Error::Forbidden,
        Ok(change) => match apply_once(tx, author, &change).await {
            Ok(_) => return kept(tx, entry.id),
            Err(error) if error.is_permanent() && tx.writes() == before => error,
            Err(error) => return Err(error),
        },
    };
    let rejections = reasons(refused);
    receipts::keep(tx, author, Outcome::Rejected(rejections, subject(entry)));
    kept(tx, entry.id)
}

fn kept(tx: &Tx, entry: EntryId) -> Result<Receipt, Error> {
    tx.known(entry).map(receipts::ReceiptRow::receipt).ok_or_else(|| Error::internal("an entry was applied without a receipt"))
}

fn meta(asked: &Asked, entry: &PushEntry<Value>) -> Meta {
    Meta {
        print: None,
        entry: Some(entry.id),
        device: Some(asked.push.device),
        seq: entry.seq,
        at: Instant(entry.made_at.0.saturating_add(asked.offset_ms)),
        offset_ms: asked.offset_ms,
        recorded: true,
        if_match: None,
    }
}

/// Every form up to this build's is read by it; there is one so far.
fn read(entry: &PushEntry<Value>) -> Result<Change, Rejections> {
    if entry.schema > SCHEMA {
        return Err(Rejections::one(
            "schema",
            "unknown",
            "This entry was made by a newer app than the server knows: update the server, then send it again.",
        ));
    }
    Change::read(entry.change.to_string().as_bytes())
        .map_err(|e| Rejections::one("", "unreadable", format!("This entry cannot be read ({e}): enter it again.")))
}

/// The record an unreadable or refused entry was about, as far as it says.
fn subject(entry: &PushEntry<Value>) -> Uuid {
    let id = entry.change.pointer("/body/id").and_then(Value::as_str);
    id.and_then(|text| Uuid::parse_str(text).ok()).unwrap_or_default()
}

/// A refusal in words for the rep.
fn reasons(refused: Error) -> Rejections {
    match refused {
        Error::Rejected(rejections) => rejections,
        Error::NotFound => Rejections::one(
            "",
            "not_yours",
            "This record is not with you (any more), so the change was not made: discard it, or ask the person it is with now.",
        ),
        Error::Conflict { .. } => {
            Rejections::one("", "conflict", "The record was changed meanwhile: look at it and enter the change again.")
        }
        _ => Rejections::one("", "forbidden", "Your role does not allow this change any more: discard it, or ask an administrator."),
    }
}
