//! Taking an import back: its sales lines count no more and what they had replaced counts again; records it changed go back to what they were, and
//! those it made go, where nobody has edited or used them since.

mod records;
mod sql;

use super::changes::{self, Subject};
use super::{Kind, said_again, sales as bringing, sql as imports};
use crate::db::Tx;
use crate::sales::sql as sales;
use crate::sales::sums::sql::{self as sums, DayRow};
use crate::{Backend, Error, company, journal};
use domain::Day;
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
    /// Documents, or days without documents, that stay, since another import holds them just so.
    pub parts_kept: i64,
    /// Their lines.
    pub lines_kept: i64,
    /// The first of them, and with which import they are.
    pub parts: Vec<KeptPart>,
    /// Records that stay as they are, wholly or in part.
    pub kept_count: u64,
    /// The first of them, and why.
    pub kept: Vec<Kept>,
}

/// A document, or a day without documents, that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptPart {
    /// For people.
    pub name: String,
    /// Its lines.
    pub lines: i64,
    /// The import with which it is.
    pub import: ImportId,
    /// Why it stays.
    pub why: String,
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
/// brought in again. Of sales, what another standing import holds just so stays, by the law of `said_again`.
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
    let mut staying = Withdrawn::default();
    if of_sales {
        bringing::under_way(&imports::staged(&mut backend.read().await?).await?)?;
        while step(backend, id).await? > 0 {}
        staying = stays(backend, id).await?;
    }
    let asked = (id, caller.clone(), of_sales, staying);
    let done = backend.write(Vec::new(), asked, |tx, (id, caller, of_sales, staying)| {
        Box::pin(withdraw_in(tx, *id, caller, of_sales.then_some(staying)))
    });
    let done = done.await?;
    if of_sales {
        clear(backend, id).await?;
    }
    Ok(done)
}

/// A step towards taking sales back that changes nothing of what counts, in a transaction of its own; how much there was to do.
async fn step(backend: &Backend, id: ImportId) -> Result<u64, Error> {
    backend.write(Vec::new(), id, |tx, id| Box::pin(hand_on(tx, *id))).await
}

/// What others say again goes to them, with what it had replaced; where a later import has replaced the same documents, what this one had replaced must
/// stay replaced, by the later one.
async fn hand_on(tx: &mut Tx, id: ImportId) -> Result<u64, Error> {
    let notes = said_again::hand_over(tx, id).await?;
    if notes > 0 {
        return Ok(notes as u64);
    }
    match said_again::sql::hand_on(tx.write(), id, AT_A_TIME).await? {
        0 => sql::hand_on(tx.write(), id, AT_A_TIME).await,
        lines => Ok(lines),
    }
}

/// What stays of an import of sales, since others say it too.
async fn stays(backend: &Backend, id: ImportId) -> Result<Withdrawn, Error> {
    let most = i64::try_from(KEPT_SHOWN).unwrap_or(i64::MAX);
    let (parts_kept, lines_kept, first) = said_again::sql::staying(&mut backend.read().await?, id, most).await?;
    let told = |(document, day, lines, owner, file): said_again::sql::Staying| KeptPart {
        name: if document.is_empty() { format!("The day {}", Day(day)) } else { format!("Document {document}") },
        lines,
        import: ImportId(owner),
        why: format!("{file} says it too, just so: it goes with that import"),
    };
    Ok(Withdrawn { parts_kept, lines_kept, parts: first.into_iter().map(told).collect(), ..Withdrawn::default() })
}

/// Takes out at most so many rows of an import that counts nowhere; how many went.
pub(super) async fn discard(tx: &mut Tx, id: ImportId, most: i64) -> Result<u64, Error> {
    let notes = said_again::sql::discard(tx.write(), id, most).await?;
    Ok(notes + sales::discard(tx.write(), id, most).await?)
}

async fn withdraw_in(tx: &mut Tx, id: ImportId, caller: &Caller, sales: Option<&Withdrawn>) -> Result<Withdrawn, Error> {
    let (_, state, order) = sql::of(tx.read(), id).await?.ok_or(Error::NotFound)?;
    if state != "published" {
        return Err(Error::rejected("id", "withdrawn", "This import was taken back a moment ago."));
    }
    if sales.is_none() && !changes::sql::any(tx.read(), id).await? {
        let words = "This import is from before what imports change was kept: take it back by an import of the file as it was before.";
        return Err(Error::rejected("id", "not_kept", words));
    }
    let mut done = match sales {
        Some(staying) => lines(tx, id, staying).await?,
        None => Withdrawn::default(),
    };
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
async fn lines(tx: &mut Tx, id: ImportId, staying: &Withdrawn) -> Result<Withdrawn, Error> {
    bringing::under_way(&imports::staged(tx.read()).await?)?;
    // an import that was published since the first look may have replaced documents of this one, or say them again
    while hand_on(tx, id).await? > 0 {}
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
        ..staying.clone()
    })
}

/// Takes the lines out, in small steps: they count nowhere any more.
async fn clear(backend: &Backend, id: ImportId) -> Result<(), Error> {
    let step = |id: ImportId| backend.write(Vec::new(), id, |tx, id| Box::pin(discard(tx, *id, AT_A_TIME)));
    while step(id).await? > 0 {}
    Ok(())
}

impl Withdrawn {
    /// How much stays of an import of sales since others say it too; of none, nothing is to be said.
    #[must_use]
    pub fn staying(&self) -> String {
        let (parts, lines) = (self.parts_kept.unsigned_abs(), self.lines_kept.unsigned_abs());
        let lines = super::report::counted(lines, "line");
        match parts {
            1 => format!("1 document or day of {lines} stays, since another import holds it just so."),
            _ => format!("{parts} documents or days of {lines} stay, since other imports hold them just so."),
        }
    }
}

impl std::fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.lines + self.restored > 0 {
            let (gone, back) =
                (if self.lines == 1 { "line counts" } else { "lines count" }, if self.restored == 1 { "counts" } else { "count" });
            writeln!(f, "{} {gone} no more, {} of earlier imports {back} again.", self.lines, self.restored)?;
        }
        if self.parts_kept > 0 {
            writeln!(f, "{}", self.staying())?;
        }
        for part in &self.parts {
            writeln!(f, "  {} ({}): {}", part.name, super::report::counted(part.lines.unsigned_abs(), "line"), part.why)?;
        }
        more(f, self.parts_kept.unsigned_abs(), self.parts.len())?;
        writeln!(f, "Records that came with it and are gone: {}; that have their fields back: {}.", self.removed, self.reverted)?;
        if self.kept_count > 0 {
            writeln!(f, "Records that stay, wholly or in part: {}", self.kept_count)?;
        }
        for kept in &self.kept {
            writeln!(f, "  {} {} ({}): {}", kept.kind.code(), kept.name, kept.id, kept.why)?;
        }
        more(f, self.kept_count, self.kept.len())
    }
}

fn more(f: &mut std::fmt::Formatter<'_>, all: u64, shown: usize) -> std::fmt::Result {
    match all.saturating_sub(shown as u64) {
        0 => Ok(()),
        left => writeln!(f, "  … and {left} more"),
    }
}
