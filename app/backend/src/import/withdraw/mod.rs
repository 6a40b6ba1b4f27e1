//! Taking an import back: its sales lines count no more and what they had replaced counts again; records it changed go back to what they were, and
//! those it made go, where nobody has edited or used them since. All of it in small transactions, of which one decides that it counts no more: broken off
//! before, it stands as if nothing had been begun; after, the rest is made up for before anything else is brought in or taken back.

mod lines;
mod records;
mod result;
pub(super) mod sql;

pub(super) use result::split_off;
pub use result::{KEPT_SHOWN, Kept, KeptPart, Withdrawn};

use super::changes;
use super::{Kind, said_again};
use crate::db::Tx;
use crate::sales::sql as sales;
use crate::{Backend, Error, journal};
use domain::ids::ImportId;
use domain::people::{Caller, Right};
use lines::Ready;
use std::time::Duration;

/// Rows in one transaction.
const AT_A_TIME: i64 = 4_000;
/// The moment between two transactions in which others may write: longer than they wait between two tries.
pub(super) const PAUSE: Duration = Duration::from_millis(4);
/// Takes an import back, field by field.
///
/// A field goes back to what it was before the import while it still says what the import wrote; a record the import made goes while it is as the
/// import left it and nothing hangs on it. What somebody edited since, or visits, contacts, sales hang on, stays and is listed. A field that a later
/// import changed again keeps the later value, and the later import is given what was there before this one as its own “before”: whoever takes that one
/// back too is led all the way back, in whatever order. A record that stays since what another import made belongs to it, or lines of it name it, goes
/// with that import. What follows, lights and sums of days, is worked out anew. Afterwards the same file may be
/// brought in again. Of sales, what another standing import holds just so stays, by the law of `said_again`.
///
/// Whoever hangs up stops nothing.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Rejected` when it does not count: it was taken back before, or is still under way.
pub async fn withdraw(backend: &Backend, caller: &Caller, id: ImportId) -> Result<Withdrawn, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    let (backend, caller) = (backend.clone(), caller.clone());
    tokio::spawn(async move { take_back(&backend, &caller, id).await }).await.map_err(Error::internal)?
}

/// Makes up for what was broken off: imports that count no more go wholly, and those that count stand as if nothing had been begun with them.
///
/// # Errors
/// `Rejected` while another process takes an import back.
pub async fn mend(backend: &Backend) -> Result<(), Error> {
    let _alone = backend.withdrawing().lock().await;
    finish(backend).await?;
    stand_again(backend, None).await
}

async fn take_back(backend: &Backend, caller: &Caller, id: ImportId) -> Result<Withdrawn, Error> {
    let _alone = backend.withdrawing().lock().await;
    let mended = finish(backend).await?;
    let (kind, state, _) = sql::of(&mut backend.read().await?, id).await?.ok_or(Error::NotFound)?;
    if mended.contains(&id) {
        return kept(backend, id).await;
    }
    if state != "published" {
        return Err(Error::rejected("id", "withdrawn", "This import does not count: it was taken back before, or is still under way."));
    }
    loop {
        finish(backend).await?;
        stand_again(backend, Some(id)).await?;
        let ready = if kind == Kind::Sales.code() { Some(lines::make_ready(backend, id).await?) } else { None };
        let asked = (id, caller.clone(), ready);
        if backend.write(Vec::new(), asked, |tx, (id, caller, ready)| Box::pin(decide(tx, *id, caller, ready.as_ref()))).await? {
            break;
        }
    }
    carry_on(backend, id).await?;
    kept(backend, id).await
}

/// From now on the import does not count. `false` where another process came in between, and it has to be made ready anew.
async fn decide(tx: &mut Tx, id: ImportId, caller: &Caller, ready: Option<&Ready>) -> Result<bool, Error> {
    let (_, state, order) = sql::of(tx.read(), id).await?.ok_or(Error::NotFound)?;
    if state != "published" {
        return Err(Error::rejected("id", "withdrawn", "This import was taken back a moment ago."));
    }
    let any = changes::sql::any(tx.read(), id).await?;
    if ready.is_none() && !any {
        let words = "This import is from before what imports change was kept: take it back by an import of the file as it was before.";
        return Err(Error::rejected("id", "not_kept", words));
    }
    if !sql::unfinished(tx.read()).await?.is_empty() {
        return Ok(false);
    }
    let done = match ready {
        Some(ready) => lines::take_back(tx, id, ready).await?,
        None => Some(Withdrawn::default()),
    };
    let Some(done) = done else { return Ok(false) };
    super::whom::sql::forget_keys(tx.write(), id).await?;
    let version = tx.version();
    sql::withdrawn(tx.write(), id, version).await?;
    let mut report = sql::report(tx.read(), id).await?;
    result::keep(&mut report, &done, any.then_some(order))?;
    sql::keep_report(tx.write(), id, report).await?;
    let event = journal::company_event(tx, "import.withdraw", caller.user, &serde_json::json!({"import": id, "done": done}));
    tx.journal(event);
    Ok(true)
}

/// What is left to do once an import counts no more, in portions.
async fn carry_on(backend: &Backend, id: ImportId) -> Result<(), Error> {
    records::take_back(backend, id).await?;
    lines::clear(backend, id).await
}

/// Carries on with every import of which something is left; which those were.
async fn finish(backend: &Backend) -> Result<Vec<ImportId>, Error> {
    let left = sql::unfinished(&mut backend.read().await?).await?;
    for id in &left {
        carry_on(backend, *id).await?;
    }
    Ok(left)
}

async fn stand_again(backend: &Backend, except: Option<ImportId>) -> Result<(), Error> {
    for id in sql::broken_off(&mut backend.read().await?, except).await? {
        lines::stand_again(backend, id).await?;
    }
    Ok(())
}

async fn kept(backend: &Backend, id: ImportId) -> Result<Withdrawn, Error> {
    Ok(result::of(&sql::report(&mut backend.read().await?, id).await?))
}

/// Refuses to begin an import of sales while one is being taken back.
pub(super) async fn nothing_half_taken_back(tx: &mut Tx) -> Result<(), Error> {
    let none = sql::broken_off(tx.read(), None).await?.is_empty() && sql::unfinished(tx.read()).await?.is_empty();
    if none { Ok(()) } else { Err(sql::busy()) }
}

/// Takes out at most so many rows of an import that counts nowhere; how many went.
pub(super) async fn discard(tx: &mut Tx, id: ImportId, most: i64) -> Result<u64, Error> {
    let notes = said_again::sql::discard(tx.write(), id, most).await?;
    Ok(notes + sales::discard(tx.write(), id, most).await?)
}

/// Takes back what an import that was never published did to records, in portions.
pub(super) async fn unpublished(backend: &Backend, id: ImportId) -> Result<(), Error> {
    records::take_back(backend, id).await
}
