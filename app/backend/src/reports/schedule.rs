//! Reports that are made by themselves: setting the hour, taking the making of one that is due, and what came of it.

use super::{changed, sql};
use crate::changes::Author;
use crate::db::Tx;
use crate::{Backend, Error, Meta, journal};
use domain::Instant;
use domain::ids::{ReportId, UserId};
use domain::people::{Caller, Right, Role};
use domain::reports::{Made, Report, ScheduleDraft, TRIES_MAX, next_after};
use serde_json::json;

/// Who makes one has it for so long: a server that stops meanwhile leaves it to the next.
const HELD_MS: i64 = 15 * 60_000;
/// Time to the next try, for each that failed.
const RETRY_MS: i64 = 5 * 60_000;

/// Somebody a report can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// For people.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// A report whose making this process has taken.
#[derive(Clone, Debug)]
pub struct Due {
    /// The report.
    pub report: Report,
    /// Who keeps it, as they are now.
    pub owner: Caller,
    /// Those who are sent it and may still sign in, as they are now.
    pub recipients: Vec<Caller>,
    held: Instant,
    tries: u32,
}

/// Whom a report can be sent to: everybody who may sign in, by name.
///
/// # Errors
/// `Forbidden` without the right to export.
pub async fn people(backend: &Backend, caller: &Caller) -> Result<Vec<Person>, Error> {
    super::may_export(caller)?;
    let users = crate::people::list_users(backend).await?.into_iter().filter(|user| !user.disabled);
    let person = |user: crate::people::User| Person { user: user.caller.user, name: user.caller.name, role: user.caller.role };
    let mut people: Vec<Person> = users.map(person).collect();
    people.sort_by_cached_key(|person| (domain::fold::fold(&person.name), person.user));
    Ok(people)
}

/// Sets when a report is made, or that it is not any more.
///
/// # Errors
/// `Forbidden` without the right to export, and for who does not keep the report; `NotFound`; `Conflict`; what is wrong, by field.
pub async fn set_schedule(
    backend: &Backend,
    caller: &Caller,
    id: ReportId,
    draft: Option<ScheduleDraft>,
    meta: Meta,
) -> Result<Report, Error> {
    super::may_export(caller)?;
    let known: Vec<UserId> = people(backend, caller).await?.into_iter().map(|person| person.user).collect();
    let asked = (caller.clone(), id, draft, meta, known);
    backend
        .write(Vec::new(), asked, |tx, (caller, id, draft, meta, known)| {
            Box::pin(set_in(tx, Author { caller, meta }, *id, draft.clone(), known))
        })
        .await
}

async fn set_in(tx: &mut Tx, author: Author<'_>, id: ReportId, draft: Option<ScheduleDraft>, known: &[UserId]) -> Result<Report, Error> {
    let before = changed(tx, author, id).await?;
    let schedule = draft.map(ScheduleDraft::checked).transpose()?;
    if schedule.iter().flat_map(|schedule| &schedule.recipients).any(|user| !known.contains(user)) {
        return Err(Error::rejected("recipients", "unknown", "Choose people of the company who may sign in."));
    }
    let (company, now) = (tx.company()?, tx.now());
    let due_at = schedule.as_ref().map(|schedule| next_after(&company.zone, schedule, now));
    let report = Report { schedule, due_at, version: tx.version(), changed_at: now, ..before.clone() };
    sql::schedule(tx.write(), &report).await?;
    let changes = json!({"schedule": [before.schedule, report.schedule]});
    journal::append_changes(tx, author, "report.schedule", (id.0, None), changes);
    Ok(report)
}

/// Lets the hour of a report come now: it is made with the next look at the clock.
///
/// # Errors
/// As [`set_schedule`]; `Rejected` where it is not made by itself.
pub async fn hasten(backend: &Backend, caller: &Caller, id: ReportId, meta: Meta) -> Result<(), Error> {
    super::may_export(caller)?;
    let asked = (caller.clone(), id, meta);
    backend
        .write(Vec::new(), asked, |tx, (caller, id, meta)| {
            Box::pin(async move {
                let report = changed(tx, Author { caller, meta }, *id).await?;
                if report.schedule.is_none() {
                    return Err(Error::rejected("schedule", "not_set", "Say first when it is made, as what and for whom."));
                }
                let due_at = Some(tx.now());
                sql::schedule(tx.write(), &Report { due_at, ..report }).await
            })
        })
        .await
}

/// Takes the making of a report whose hour has come. Several servers may see the hour: who moves it on makes it. An hour that went by while no server
/// ran is made once.
///
/// # Errors
/// When the database fails.
pub async fn claim(backend: &Backend) -> Result<Option<Due>, Error> {
    let now = backend.now();
    let Some((report, tries)) = sql::first_due_unscoped(&mut backend.read().await?, now).await? else { return Ok(None) };
    let due = report.due_at.ok_or_else(|| Error::internal("a report is due at no time"))?;
    let held = Instant(now.0 + HELD_MS);
    let take = backend.write(Vec::new(), (report.id, due, held), |tx, (id, due, held)| Box::pin(sql::take(tx.write(), *id, *due, *held)));
    if !take.await? {
        return Ok(None);
    }
    let users = crate::people::list_users(backend).await?;
    let active = |id: UserId| users.iter().find(|user| user.caller.user == id && !user.disabled).map(|user| user.caller.clone());
    let wanted = report.schedule.iter().flat_map(|schedule| schedule.recipients.clone());
    let recipients = wanted.filter_map(active).collect();
    let owner = active(report.owner_id).filter(|owner| owner.may(Right::Export));
    let due = Due { owner: owner.clone().unwrap_or_else(crate::people::console), recipients, report, held, tries: tries + 1 };
    if owner.is_none() {
        give_up(backend, &due, "Who keeps it may no longer sign in, or no longer export: somebody else has to set it up anew.").await?;
        return Ok(None);
    }
    Ok(Some(due))
}

/// It was made and sent to so many.
///
/// # Errors
/// When the database fails.
pub async fn made(backend: &Backend, due: &Due, sent: u32) -> Result<(), Error> {
    settle(backend, due, true, Made { at: backend.now(), sent, wrong: None }).await
}

/// It could not be made: whether it is tried again soon. After the last try it waits for its next hour.
///
/// # Errors
/// When the database fails.
pub async fn failed(backend: &Backend, due: &Due, wrong: &str) -> Result<bool, Error> {
    if due.tries >= TRIES_MAX {
        give_up(backend, due, wrong).await?;
        return Ok(false);
    }
    settle(backend, due, false, Made { at: backend.now(), sent: 0, wrong: Some(wrong.to_owned()) }).await?;
    Ok(true)
}

async fn give_up(backend: &Backend, due: &Due, wrong: &str) -> Result<(), Error> {
    settle(backend, due, true, Made { at: backend.now(), sent: 0, wrong: Some(wrong.to_owned()) }).await
}

async fn settle(backend: &Backend, due: &Due, done: bool, last: Made) -> Result<(), Error> {
    let Some(schedule) = due.report.schedule.clone() else { return Ok(()) };
    let asked = (due.report.id, due.held, due.tries, done, schedule, last);
    backend
        .write(Vec::new(), asked, |tx, (id, held, tries, done, schedule, last)| {
            Box::pin(async move {
                let (company, now) = (tx.company()?, tx.now());
                let retry = Instant(now.0 + RETRY_MS * i64::from(*tries));
                let next = if *done { next_after(&company.zone, schedule, now) } else { retry };
                if sql::settle(tx.write(), *id, *held, (next, *done), last).await? {
                    let said = json!({"report": id, "sent": last.sent, "wrong": last.wrong});
                    let event = journal::company_event(tx, "report.make", UserId(uuid::Uuid::nil()), &said);
                    tx.journal(event);
                }
                Ok(())
            })
        })
        .await
}
