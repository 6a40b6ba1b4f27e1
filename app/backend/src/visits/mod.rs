//! Visits: plan, move, cancel, check in and out, log, edit, keep promises; and lists of them.

pub(crate) mod batch;
pub(crate) mod questions;
pub(crate) mod row;
pub(crate) mod sql;
pub(crate) mod write;

use crate::changes::{self, Meta};
use crate::sync::Since;
use crate::{Backend, Error, clients};
use domain::changes::Change;
use domain::clients::Client;
use domain::ids::VisitId;
use domain::people::Caller;
use domain::visits::{
    CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, PlanVisit, RecordVisit, RescheduleVisit, Visit, VisitPage, VisitQuery,
};

macro_rules! verb {
    ($(#[$doc:meta])* $verb:ident($ask:ty) as $change:ident) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// As [`changes::apply`].
        pub async fn $verb(backend: &Backend, caller: &Caller, ask: $ask, meta: Meta) -> Result<Visit, Error> {
            changes::apply(backend, caller, Change::$change(ask), meta).await?.visit()
        }
    };
}

verb! {
    /// Plans a visit.
    plan(PlanVisit) as PlanVisit
}
verb! {
    /// Moves a planned one.
    reschedule(RescheduleVisit) as RescheduleVisit
}
verb! {
    /// Calls one off.
    cancel(CancelVisit) as CancelVisit
}
verb! {
    /// Begins one, planned or not.
    check_in(CheckIn) as CheckIn
}
verb! {
    /// Ends one.
    check_out(CheckOut) as CheckOut
}
verb! {
    /// Logs a finished one.
    record(RecordVisit) as RecordVisit
}
verb! {
    /// Changes a finished one's report.
    edit(EditVisit) as EditVisit
}
verb! {
    /// Says what became of a promise.
    close_promise(ClosePromise) as ClosePromise
}

/// Rows of one page at most.
const LIMIT_MAX: u32 = 500;

/// One visit to a client of the caller's scope, or one the caller made.
///
/// # Errors
/// `NotFound`.
pub async fn find(backend: &Backend, caller: &Caller, id: VisitId) -> Result<Visit, Error> {
    sql::find(&mut backend.read().await?, caller, id).await?.ok_or(Error::NotFound)
}

/// One visit and whom it is to, both in the caller's scope.
///
/// # Errors
/// `NotFound`.
pub async fn find_with_client(backend: &Backend, caller: &Caller, id: VisitId) -> Result<(Visit, Client), Error> {
    let mut conn = backend.read().await?;
    let visit = sql::find(&mut conn, caller, id).await?.ok_or(Error::NotFound)?;
    let client = clients::sql::find(&mut conn, caller, visit.client_id).await?.ok_or(Error::NotFound)?;
    Ok((visit, client))
}

/// One page of the visits to clients of the caller's scope.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, caller: &Caller, query: &VisitQuery) -> Result<VisitPage, Error> {
    let company = backend.company().await?;
    let mut conn = backend.read().await?;
    let total = questions::total(&mut conn, caller, query).await?;
    let limit = query.limit.min(LIMIT_MAX);
    if limit == 0 || query.offset >= total {
        return Ok(VisitPage { items: Vec::new(), total });
    }
    Ok(VisitPage { items: questions::page(&mut conn, caller, query, &company, limit).await?, total })
}

/// Visits in the order of their changes.
///
/// # Errors
/// When the database fails.
pub async fn list_since(backend: &Backend, caller: &Caller, page: Since) -> Result<Vec<Visit>, Error> {
    questions::since(&mut backend.read().await?, caller, page).await
}
