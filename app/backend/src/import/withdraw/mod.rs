//! Taking an import of sales back: its lines count no more, what it had replaced counts again, and what it added goes where nobody has used it since.

mod sql;

use super::Kind;
use crate::db::Tx;
use crate::sales::sql::{self as sales, DayRow};
use crate::{Backend, Error, company, journal};
use domain::ids::ImportId;
use domain::people::{Caller, Right};
use serde::Serialize;

/// Rows in one transaction.
const AT_A_TIME: i64 = 4_000;

/// What taking an import back did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Withdrawn {
    /// Lines that count no more.
    pub lines: i64,
    /// What they came to net, in minor units.
    pub net: i64,
    /// Lines of earlier imports that count again.
    pub restored: i64,
    /// Clients that came with it and are gone.
    pub clients_removed: u64,
    /// Clients that came with it and stay: visited, edited or sold to since.
    pub clients_kept: u64,
    /// Products that came with it and are gone.
    pub products_removed: u64,
}

/// Takes an import back.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Rejected` when it is not one of sales, or was taken back already.
pub async fn withdraw(backend: &Backend, caller: &Caller, id: ImportId) -> Result<Withdrawn, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    let (kind, state) = sql::of(&mut backend.read().await?, id).await?.ok_or(Error::NotFound)?;
    if kind != Kind::Sales.code() {
        return Err(Error::rejected("id", "not_sales", "Only imports of sales can be taken back as a whole."));
    }
    if state != "published" {
        return Err(Error::rejected("id", "withdrawn", "This import does not count: it was taken back before, or is still under way."));
    }
    // where a later import has replaced the same documents, what this one had replaced must stay replaced, by the later one
    while handed_on(backend, id).await? > 0 {}
    let asked = (id, caller.clone());
    let done = backend.write(Vec::new(), asked, |tx, (id, caller)| Box::pin(withdraw_in(tx, *id, caller))).await?;
    clear(backend, id).await?;
    Ok(done)
}

async fn handed_on(backend: &Backend, id: ImportId) -> Result<u64, Error> {
    backend.write(Vec::new(), id, |tx, id| Box::pin(async move { sql::hand_on(tx.write(), *id, AT_A_TIME).await })).await
}

async fn withdraw_in(tx: &mut Tx, id: ImportId, caller: &Caller) -> Result<Withdrawn, Error> {
    if sql::of(tx.read(), id).await?.is_none_or(|(_, state)| state != "published") {
        return Err(Error::rejected("id", "withdrawn", "This import was taken back a moment ago."));
    }
    // an import that was published since the first look may have replaced documents of this one
    while sql::hand_on(tx.write(), id, AT_A_TIME).await? > 0 {}
    let gone = sql::counted(tx.read(), id).await?;
    let back = sql::replaced(tx.read(), id).await?;
    let less = |row: &DayRow| DayRow { gross: -row.gross, returns: -row.returns, lines: -row.lines, ..row.clone() };
    let version = tx.version();
    // one statement may touch a day once
    sales::add_to_days(tx.write(), &gone.iter().map(less).collect::<Vec<_>>(), version).await?;
    sales::add_to_days(tx.write(), &back, version).await?;
    sql::withdrawn(tx.write(), id, version).await?;
    let (clients_removed, clients_kept) = sql::remove_clients(tx.write(), id, version).await?;
    let done = Withdrawn {
        lines: gone.iter().map(|row| row.lines).sum(),
        net: gone.iter().map(|row| row.gross + row.returns).sum(),
        restored: back.iter().map(|row| row.lines).sum(),
        clients_removed,
        clients_kept,
        products_removed: sql::remove_products(tx.write(), id).await?,
    };
    company::sql::mark_figures(tx.write()).await?;
    let event = journal::company_event(tx, "import.withdraw", caller.user, &serde_json::json!({"import": id, "done": done}));
    tx.journal(event);
    Ok(done)
}

/// Takes the lines out, in small steps: they count nowhere any more.
async fn clear(backend: &Backend, id: ImportId) -> Result<(), Error> {
    let step =
        |id: ImportId| backend.write(Vec::new(), id, |tx, id| Box::pin(async move { sales::discard(tx.write(), *id, AT_A_TIME).await }));
    while step(id).await? > 0 {}
    Ok(())
}
