//! Reports: views of the figures kept by name, found by who keeps them and, when shared, by everybody; each sees own figures in them.

mod keep;
pub mod paper;
mod schedule;
mod sql;

pub(crate) use keep::whole;
pub use keep::{Named, keep_files};
pub use schedule::{Due, Person, claim, failed, hasten, made, people, set_schedule};

use crate::changes::Author;
use crate::db::Tx;
use crate::{Backend, Error, Meta, journal};
use domain::fold::fold;
use domain::ids::ReportId;
use domain::people::{Caller, Right};
use domain::reports::{Format, REPORTS_MAX, Report, ReportDraft};
use serde_json::json;

/// The reports a caller finds: own and shared ones, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, caller: &Caller) -> Result<Vec<Report>, Error> {
    let mut reports = sql::seen(&mut backend.read().await?, caller).await?;
    reports.sort_by_cached_key(|report| (fold(&report.draft.name), report.id));
    Ok(reports)
}

/// One of them.
///
/// # Errors
/// `NotFound`, also for one that somebody else keeps for themselves.
pub async fn find(backend: &Backend, caller: &Caller, id: ReportId) -> Result<Report, Error> {
    sql::find(&mut backend.read().await?, caller, id).await?.ok_or(Error::NotFound)
}

/// Keeps a view by a name.
///
/// # Errors
/// What is wrong with it, by field; too many of them.
pub async fn create(backend: &Backend, caller: &Caller, draft: ReportDraft, meta: Meta) -> Result<Report, Error> {
    let asked = (caller.clone(), draft, meta);
    backend.write(Vec::new(), asked, |tx, (caller, draft, meta)| Box::pin(create_in(tx, Author { caller, meta }, draft.clone()))).await
}

async fn create_in(tx: &mut Tx, author: Author<'_>, draft: ReportDraft) -> Result<Report, Error> {
    let draft = draft.checked(author.caller)?;
    if sql::count(tx.read(), author.caller.user).await? >= REPORTS_MAX as i64 {
        let words = format!("You keep {REPORTS_MAX} reports already: remove one you no longer need.");
        return Err(Error::rejected("", "too_many", words));
    }
    let report = Report {
        id: ReportId(crate::new_id()),
        owner_id: author.caller.user,
        owner_name: author.caller.name.clone(),
        draft,
        schedule: None,
        due_at: None,
        last: None,
        version: tx.version(),
        changed_at: tx.now(),
    };
    sql::write(tx.write(), &report).await?;
    journal::append(tx, author, "report.create", (report.id.0, None), (None, &report.draft))?;
    Ok(report)
}

/// Renames a report, changes what it shows, shares it or takes it back.
///
/// # Errors
/// `NotFound`; `Forbidden` for who does not keep it; `Conflict`; what is wrong, by field.
pub async fn change(backend: &Backend, caller: &Caller, id: ReportId, draft: ReportDraft, meta: Meta) -> Result<Report, Error> {
    let asked = (caller.clone(), id, draft, meta);
    backend
        .write(Vec::new(), asked, |tx, (caller, id, draft, meta)| Box::pin(change_in(tx, Author { caller, meta }, *id, draft.clone())))
        .await
}

async fn change_in(tx: &mut Tx, author: Author<'_>, id: ReportId, draft: ReportDraft) -> Result<Report, Error> {
    let before = changed(tx, author, id).await?;
    let draft = draft.checked(author.caller)?;
    if draft == before.draft {
        return Ok(before);
    }
    let report = Report { draft, version: tx.version(), changed_at: tx.now(), ..before.clone() };
    sql::write(tx.write(), &report).await?;
    journal::append(tx, author, "report.change", (id.0, None), (Some(&before.draft), &report.draft))?;
    Ok(report)
}

/// The report, when the caller may change it and has seen it as it stands.
async fn changed(tx: &mut Tx, author: Author<'_>, id: ReportId) -> Result<Report, Error> {
    let report = sql::find(tx.read(), author.caller, id).await?.ok_or(Error::NotFound)?;
    if !report.is_changed_by(author.caller) {
        return Err(Error::Forbidden);
    }
    author.matches(report.version)?;
    Ok(report)
}

/// Removes a report; what was made of it stays where it is.
///
/// # Errors
/// As [`change`].
pub async fn remove(backend: &Backend, caller: &Caller, id: ReportId, meta: Meta) -> Result<(), Error> {
    let asked = (caller.clone(), id, meta);
    backend
        .write(Vec::new(), asked, |tx, (caller, id, meta)| {
            Box::pin(async move {
                let author = Author { caller, meta };
                let report = changed(tx, author, *id).await?;
                sql::delete(tx.write(), *id).await?;
                journal::append_changes(tx, author, "report.remove", (id.0, None), json!({"name": [report.draft.name, null]}));
                Ok(())
            })
        })
        .await
}

/// Whether a caller may take figures out as files.
///
/// # Errors
/// `Forbidden` without the right to export.
pub fn may_export(caller: &Caller) -> Result<(), Error> {
    if caller.may(Right::Export) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Notes in the journal that a caller took a document out: which view, as what, and how many rows of figures were in it.
///
/// # Errors
/// `Forbidden` without the right to export.
pub async fn exported(backend: &Backend, caller: &Caller, view: &str, format: Format, rows: usize) -> Result<(), Error> {
    may_export(caller)?;
    let asked = (caller.user, json!({"view": view, "format": format.code(), "rows": rows}));
    backend
        .write(Vec::new(), asked, |tx, (user, said)| {
            Box::pin(async move {
                let event = journal::company_event(tx, "report.export", *user, said);
                tx.journal(event);
                Ok(())
            })
        })
        .await
}
