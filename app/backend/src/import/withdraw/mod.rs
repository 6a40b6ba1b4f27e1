//! Taking an import back: its sales lines count no more and what they had replaced counts again; records it changed go back to what they were, and
//! those it made go, where nobody has edited or used them since.

mod records;
mod sql;

use super::Kind;
use super::changes::{self, Subject};
use crate::db::Tx;
use crate::sales::sql as sales;
use crate::sales::sums::sql::{self as sums, DayRow};
use crate::{Backend, Error, company, journal};
use domain::ids::ImportId;
use domain::people::{Caller, Right};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows in one transaction.
const AT_A_TIME: i64 = 4_000;
/// Records that stay which a result names; all of them are counted.
pub const KEPT_SHOWN: usize = 100;
/// Under what a report keeps what taking its import back did.
pub(super) const KEPT_AS: &str = "withdrawn";

/// What taking an import back did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Withdrawn {
    /// Lines that count no more.
    pub lines: i64,
    /// What they came to net, in minor units.
    pub net: i64,
    /// Lines of earlier imports that count again.
    pub restored: i64,
    /// Clients that came with it and are gone.
    pub clients_removed: u64,
    /// Clients that came with it and stay, or keep something of it.
    pub clients_kept: u64,
    /// Products that came with it and are gone.
    pub products_removed: u64,
    /// Records of any kind that came with it and are gone.
    pub removed: u64,
    /// Records of any kind that were there before and have fields back.
    pub reverted: u64,
    /// Records that stay as they are, wholly or in part.
    pub kept_count: u64,
    /// The first of them, and why.
    pub kept: Vec<Kept>,
}

/// A record that stays as it is, wholly or in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// What it is.
    pub kind: Subject,
    /// Which; of a budget, the rep's.
    pub id: Uuid,
    /// For people.
    pub name: String,
    /// Why it stays.
    pub why: String,
}

/// Takes an import back, field by field.
///
/// A field goes back to what it was before the import while it still says what the import wrote; a record the import made goes while it is as the
/// import left it and nothing hangs on it. What somebody edited since, or visits, contacts, sales hang on, stays and is listed. A field that a later
/// import changed again keeps the later value, and the later import is given what was there before this one as its own “before”: whoever takes that one
/// back too is led all the way back, in whatever order. Of records that hang on one another those of the later import go first. What follows, lights and sums of days, is worked out anew. Afterwards the same file may be
/// brought in again.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Rejected` when it does not count: it was taken back before, or is still under way.
pub async fn withdraw(backend: &Backend, caller: &Caller, id: ImportId) -> Result<Withdrawn, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    let (kind, state, _) = sql::of(&mut backend.read().await?, id).await?.ok_or(Error::NotFound)?;
    if state != "published" {
        return Err(Error::rejected("id", "withdrawn", "This import does not count: it was taken back before, or is still under way."));
    }
    let of_sales = kind == Kind::Sales.code();
    if of_sales {
        // where a later import has replaced the same documents, what this one had replaced must stay replaced, by the later one
        while handed_on(backend, id).await? > 0 {}
    }
    let asked = (id, caller.clone(), of_sales);
    let done = backend.write(Vec::new(), asked, |tx, (id, caller, of_sales)| Box::pin(withdraw_in(tx, *id, caller, *of_sales))).await?;
    if of_sales {
        clear(backend, id).await?;
    }
    Ok(done)
}

async fn handed_on(backend: &Backend, id: ImportId) -> Result<u64, Error> {
    backend.write(Vec::new(), id, |tx, id| Box::pin(async move { sql::hand_on(tx.write(), *id, AT_A_TIME).await })).await
}

async fn withdraw_in(tx: &mut Tx, id: ImportId, caller: &Caller, of_sales: bool) -> Result<Withdrawn, Error> {
    let (_, state, order) = sql::of(tx.read(), id).await?.ok_or(Error::NotFound)?;
    if state != "published" {
        return Err(Error::rejected("id", "withdrawn", "This import was taken back a moment ago."));
    }
    if !of_sales && !changes::sql::any(tx.read(), id).await? {
        let words = "This import is from before what imports change was kept: take it back by an import of the file as it was before.";
        return Err(Error::rejected("id", "not_kept", words));
    }
    let mut done = if of_sales { lines(tx, id).await? } else { Withdrawn::default() };
    let version = tx.version();
    sql::withdrawn(tx.write(), id, version).await?;
    records::take_back(tx, (id, order), &mut done).await?;
    changes::sql::forget(tx.write(), id).await?;
    let mut report = sql::report(tx.read(), id).await?;
    if let Some(report) = report.as_object_mut() {
        report.insert(KEPT_AS.to_owned(), serde_json::to_value(&done)?);
    }
    sql::keep_report(tx.write(), id, report).await?;
    let event = journal::company_event(tx, "import.withdraw", caller.user, &serde_json::json!({"import": id, "done": done}));
    tx.journal(event);
    Ok(done)
}

/// Takes back what an import that was never published did to records.
pub(super) async fn unpublished(tx: &mut Tx, id: ImportId) -> Result<(), Error> {
    let Some((_, _, order)) = sql::of(tx.read(), id).await? else { return Ok(()) };
    records::take_back(tx, (id, order), &mut Withdrawn::default()).await?;
    changes::sql::forget(tx.write(), id).await
}

/// The lines count no more: the days lose what they came to, and get back what they had replaced.
async fn lines(tx: &mut Tx, id: ImportId) -> Result<Withdrawn, Error> {
    // an import that was published since the first look may have replaced documents of this one
    while sql::hand_on(tx.write(), id, AT_A_TIME).await? > 0 {}
    let gone = sql::counted(tx.read(), id).await?;
    let back = sql::replaced(tx.read(), id).await?;
    let less = |row: &DayRow| DayRow { gross: -row.gross, returns: -row.returns, lines: -row.lines, ..row.clone() };
    let version = tx.version();
    // one statement may touch a day once
    sums::add_to_days(tx.write(), &gone.iter().map(less).collect::<Vec<_>>(), version).await?;
    sums::add_to_days(tx.write(), &back, version).await?;
    company::sql::mark_figures(tx.write()).await?;
    Ok(Withdrawn {
        lines: gone.iter().map(|row| row.lines).sum(),
        net: gone.iter().map(|row| row.gross + row.returns).sum(),
        restored: back.iter().map(|row| row.lines).sum(),
        ..Withdrawn::default()
    })
}

/// Takes the lines out, in small steps: they count nowhere any more.
async fn clear(backend: &Backend, id: ImportId) -> Result<(), Error> {
    let step =
        |id: ImportId| backend.write(Vec::new(), id, |tx, id| Box::pin(async move { sales::discard(tx.write(), *id, AT_A_TIME).await }));
    while step(id).await? > 0 {}
    Ok(())
}

impl std::fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.lines + self.restored > 0 {
            let (gone, back) =
                (if self.lines == 1 { "line counts" } else { "lines count" }, if self.restored == 1 { "counts" } else { "count" });
            writeln!(f, "{} {gone} no more, {} of earlier imports {back} again.", self.lines, self.restored)?;
        }
        writeln!(f, "Records that came with it and are gone: {}; that have their fields back: {}.", self.removed, self.reverted)?;
        if self.kept_count > 0 {
            writeln!(f, "Records that stay, wholly or in part: {}", self.kept_count)?;
        }
        for kept in &self.kept {
            writeln!(f, "  {} {} ({}): {}", kept.kind.code(), kept.name, kept.id, kept.why)?;
        }
        match self.kept_count.saturating_sub(self.kept.len() as u64) {
            0 => Ok(()),
            left => writeln!(f, "  … and {left} more"),
        }
    }
}
