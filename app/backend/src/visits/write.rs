//! Visits' verbs inside a transaction: the visit, and in the same breath the client's light and next planned visit.

use super::batch::Log;
use super::sql;
use crate::changes::Author;
use crate::clients::write::{reach, reach_for_fact, stamp};
use crate::db::Tx;
use crate::{Error, clients, journal};
use domain::clients::{Client, Context};
use domain::company::Company;
use domain::ids::{RepId, VisitId};
use domain::visits::{
    CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, PlanVisit, RecordVisit, RescheduleVisit, Visit, VisitStatus, rules,
};
use domain::{Day, Rejections};

pub(crate) async fn plan(tx: &mut Tx, author: Author<'_>, ask: PlanVisit) -> Result<Visit, Error> {
    let company = tx.company()?;
    let client = reach(tx, author, ask.client_id).await?;
    let visit = rules::plan(ask, &client, author.context(&company))?;
    let visit = add(tx, author, "visit.plan", visit, &client).await?;
    replan(tx, &client).await?;
    Ok(visit)
}

pub(crate) async fn reschedule(tx: &mut Tx, author: Author<'_>, ask: &RescheduleVisit) -> Result<Visit, Error> {
    let before = sql::find(tx.read(), author.caller, ask.id).await?.ok_or(Error::NotFound)?;
    let (visit, client) = change(tx, author, "visit.reschedule", before, |v, ctx| rules::reschedule(v, ask, ctx)).await?;
    replan(tx, &client).await?;
    Ok(visit)
}

pub(crate) async fn cancel(tx: &mut Tx, author: Author<'_>, ask: &CancelVisit) -> Result<Visit, Error> {
    let before = sql::find(tx.read(), author.caller, ask.id).await?.ok_or(Error::NotFound)?;
    let (visit, client) = change(tx, author, "visit.cancel", before, |v, ctx| rules::cancel(v, ask, ctx)).await?;
    replan(tx, &client).await?;
    Ok(visit)
}

pub(crate) async fn check_in(tx: &mut Tx, author: Author<'_>, ask: CheckIn) -> Result<Visit, Error> {
    let company = tx.company()?;
    let planned = sql::find_made(tx.read(), author.caller, ask.id).await?;
    let client = reach_for_fact(tx, author, ask.client_id).await?;
    let Some(planned) = planned else {
        let visit = rules::check_in(None, ask, &client, author.context(&company))?;
        return add(tx, author, "visit.checkIn", visit, &client).await;
    };
    author.matches(planned.version)?;
    let visit = rules::check_in(Some(&planned), ask, &client, author.context(&company))?;
    let visit = save(tx, author, "visit.checkIn", (&planned, visit), &client).await?;
    replan(tx, &client).await?;
    Ok(visit)
}

pub(crate) async fn check_out(tx: &mut Tx, author: Author<'_>, ask: CheckOut) -> Result<Visit, Error> {
    let before = made(tx, author, ask.id).await?;
    let (visit, client) = change(tx, author, "visit.checkOut", before, |v, ctx| rules::check_out(v, ask, ctx)).await?;
    clear(tx, &visit, client).await?;
    Ok(visit)
}

pub(crate) async fn record(tx: &mut Tx, author: Author<'_>, ask: RecordVisit) -> Result<Visit, Error> {
    let company = tx.company()?;
    if let Some(client) = tx.batch().client(Log::of(author.caller, &ask)).cloned() {
        let mut visit = rules::record(ask, &client, author.context(&company))?;
        visit.version = tx.version();
        journal::append(tx, author, "visit.record", (visit.id.0, Some(client.id)), (None, &visit))?;
        let lit = cleared(&visit, &client, &company).map(|lit| Client { version: visit.version, ..lit });
        tx.batch().add(visit.clone(), &client, lit);
        return Ok(visit);
    }
    tx.settle().await?;
    let client = reach_for_fact(tx, author, ask.client_id).await?;
    let visit = rules::record(ask, &client, author.context(&company))?;
    let visit = add(tx, author, "visit.record", visit, &client).await?;
    clear(tx, &visit, client).await?;
    Ok(visit)
}

pub(crate) async fn edit(tx: &mut Tx, author: Author<'_>, ask: EditVisit) -> Result<Visit, Error> {
    let company = tx.company()?;
    let before = made(tx, author, ask.id).await?;
    let kind = before.kind.clone();
    let (visit, client) = change(tx, author, "visit.edit", before, |v, ctx| rules::edit(v, ask, ctx)).await?;
    if company.policy.clears(&kind) != company.policy.clears(&visit.kind) {
        relight(tx, client, &company).await?;
    }
    Ok(visit)
}

pub(crate) async fn close_promise(tx: &mut Tx, author: Author<'_>, ask: &ClosePromise) -> Result<Visit, Error> {
    let before = made(tx, author, ask.id).await?;
    let (visit, _) = change(tx, author, "visit.closePromise", before, |v, ctx| rules::close_promise(v, ask, ctx)).await?;
    Ok(visit)
}

/// A visit of which a fact is told: the caller's own stays reachable when its client has left.
async fn made(tx: &mut Tx, author: Author<'_>, id: VisitId) -> Result<Visit, Error> {
    sql::find_made(tx.read(), author.caller, id).await?.ok_or(Error::NotFound)
}

async fn add(tx: &mut Tx, author: Author<'_>, kind: &'static str, mut visit: Visit, client: &Client) -> Result<Visit, Error> {
    visit.version = tx.version();
    // A taken id is refused before anything counts as written, so that the transaction stays clean.
    if !sql::insert(tx.read(), &visit, client).await? {
        return Err(Error::rejected("id", "exists", "A visit with this id exists already: make a new id."));
    }
    journal::append(tx, author, kind, (visit.id.0, Some(client.id)), (None, &visit))?;
    Ok(visit)
}

async fn change(
    tx: &mut Tx,
    author: Author<'_>,
    kind: &'static str,
    before: Visit,
    rule: impl FnOnce(&Visit, Context<'_>) -> Result<Visit, Rejections>,
) -> Result<(Visit, Client), Error> {
    let company = tx.company()?;
    author.matches(before.version)?;
    let after = rule(&before, author.context(&company))?;
    let client = clients::sql::find_unscoped(tx.read(), before.client_id).await?.ok_or(Error::NotFound)?;
    let after = save(tx, author, kind, (&before, after), &client).await?;
    Ok((after, client))
}

async fn save(
    tx: &mut Tx,
    author: Author<'_>,
    kind: &'static str,
    (before, mut after): (&Visit, Visit),
    client: &Client,
) -> Result<Visit, Error> {
    after.version = tx.version();
    sql::save(tx.write(), &after, client).await?;
    journal::append(tx, author, kind, (after.id.0, Some(client.id)), (Some(before), &after))?;
    Ok(after)
}

/// The client's next planned visit, read again from the visits.
async fn replan(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    let planned = sql::next_planned_unscoped(tx.read(), client.id).await?;
    if planned == client.planned_at.map(|at| at.0) {
        return Ok(());
    }
    let version = tx.version();
    clients::sql::save_planned(tx.write(), client.id, planned, version).await
}

/// A completed visit turns the light green.
async fn clear(tx: &mut Tx, visit: &Visit, client: Client) -> Result<(), Error> {
    let company = tx.company()?;
    match cleared(visit, &client, &company) {
        Some(after) => stamp(tx, &client, after).await,
        None => Ok(()),
    }
}

/// The client after a visit, when its light's window changes.
fn cleared(visit: &Visit, client: &Client, company: &Company) -> Option<Client> {
    if visit.status != VisitStatus::Completed || !company.policy.clears(&visit.kind) {
        return None;
    }
    let mut after = client.clone();
    after.visited(visit.day, visit.rep_id, company);
    (after != *client).then_some(after)
}

/// The light after a visit's kind was changed: from the latest visit that still clears.
async fn relight(tx: &mut Tx, client: Client, company: &Company) -> Result<(), Error> {
    let visits = sql::completed_unscoped(tx.read(), client.id).await?;
    let last = visits.into_iter().find(|(_, _, kind)| company.policy.clears(kind));
    let mut after = client.clone();
    after.last_visit_on = last.as_ref().map(|v| Day(v.0));
    after.last_visit_by = last.and_then(|v| v.1).map(RepId);
    after.stamp(company);
    stamp(tx, &client, after).await
}
