//! Taking lines of sales back: what others say again goes to them, and what the import had replaced to whom it is now replaced by. That changes nothing
//! of what counts, so it is done beforehand in small transactions; one more then says that the import counts no more.
//!
//! An import with which that was begun and broken off stands as before: before another is taken or brought in, its lines and what it replaced go back to
//! it ([`stand_again`]). Otherwise what it had handed on to a later import would count beside its own lines when that one is taken back.

mod sql;

use super::{AT_A_TIME, KEPT_SHOWN, KeptPart, PAUSE, Withdrawn, discard, sql as imports};
use crate::db::Tx;
use crate::import::{said_again, sales as bringing, sql as all};
use crate::sales::sums::sql::{self as sums, DayRow};
use crate::{Backend, Error, company};
use domain::Day;
use domain::ids::ImportId;
use sql::Heir;

/// Lines looked up together that are to be handed on.
const LOOKED_UP: i64 = 100_000;

/// All that is known of an import of sales that nothing but one small transaction is left of.
#[derive(Clone)]
pub(super) struct Ready {
    /// The version of the sales it holds at.
    settled: i64,
    gone: Vec<DayRow>,
    back: Vec<DayRow>,
    staying: Withdrawn,
}

/// Does everything beforehand.
pub(super) async fn make_ready(backend: &Backend, id: ImportId) -> Result<Ready, Error> {
    bringing::under_way(&all::staged(&mut backend.read().await?).await?)?;
    while backend.write(Vec::new(), id, |tx, id| Box::pin(hand_over(tx, *id))).await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    loop {
        let settled = all::settled(&mut backend.read().await?).await?;
        let heirs = sql::heirs(&mut backend.read().await?, id, LOOKED_UP).await?;
        if heirs.is_empty() {
            let gone = sql::counted(&mut backend.read().await?, id).await?;
            let back = sql::replaced(&mut backend.read().await?, id).await?;
            return Ok(Ready { settled, gone, back, staying: stays(backend, id).await? });
        }
        in_portions(backend, id, heirs, Way::On).await?;
    }
}

/// Lines that others say again go to them; how many notes changed sides.
async fn hand_over(tx: &mut Tx, id: ImportId) -> Result<usize, Error> {
    imports::begin(tx.write(), id).await?;
    said_again::hand_over(tx, id).await
}

#[derive(Clone, Copy)]
enum Way {
    On,
    Back,
}

/// Says who has replaced these lines, in small transactions.
async fn in_portions(backend: &Backend, id: ImportId, mut heirs: Vec<Heir>, way: Way) -> Result<(), Error> {
    while !heirs.is_empty() {
        let rest = heirs.split_off(heirs.len().min(AT_A_TIME.unsigned_abs() as usize));
        let asked = (id, std::mem::replace(&mut heirs, rest), way);
        backend
            .write(Vec::new(), asked, |tx, (id, heirs, way)| {
                Box::pin(async move {
                    match way {
                        Way::On => imports::begin(tx.write(), *id).await?,
                        Way::Back => imports::stand_again(tx.write(), *id).await?,
                    }
                    sql::hand_on(tx.write(), heirs).await.map(drop)
                })
            })
            .await?;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
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

/// The lines count no more: the days lose what they came to, and get back what they had replaced. `None` where something has changed since it was made
/// ready, by another process.
pub(super) async fn take_back(tx: &mut Tx, id: ImportId, ready: &Ready) -> Result<Option<Withdrawn>, Error> {
    bringing::under_way(&all::staged(tx.read()).await?)?;
    let meanwhile = all::settled(tx.read()).await? != ready.settled
        || !imports::begun(tx.read(), id).await?
        || !imports::broken_off(tx.read(), Some(id)).await?.is_empty()
        || said_again::sql::next(tx.read(), id).await?.is_some();
    if meanwhile {
        return Ok(None);
    }
    let less = |row: &DayRow| DayRow { gross: -row.gross, returns: -row.returns, lines: -row.lines, ..row.clone() };
    let version = tx.version();
    // one statement may touch a day once
    sums::add_to_days(tx.write(), &ready.gone.iter().map(less).collect::<Vec<_>>(), version).await?;
    sums::add_to_days(tx.write(), &ready.back, version).await?;
    company::sql::mark_figures(tx.write()).await?;
    Ok(Some(Withdrawn {
        lines: ready.gone.iter().map(|row| row.lines).sum(),
        net: ready.gone.iter().map(|row| row.gross + row.returns).sum(),
        restored: ready.back.iter().map(|row| row.lines).sum(),
        ..ready.staying.clone()
    }))
}

/// Makes an import stand as before with which taking back was begun and broken off, in small steps as well.
pub(super) async fn stand_again(backend: &Backend, id: ImportId) -> Result<(), Error> {
    while backend.write(Vec::new(), id, |tx, id| Box::pin(give_back(tx, *id))).await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    loop {
        let heirs = sql::returning(&mut backend.read().await?, id, LOOKED_UP).await?;
        if heirs.is_empty() {
            break;
        }
        in_portions(backend, id, heirs, Way::Back).await?;
    }
    backend.write(Vec::new(), id, |tx, id| Box::pin(stands(tx, *id))).await
}

async fn give_back(tx: &mut Tx, id: ImportId) -> Result<usize, Error> {
    imports::stand_again(tx.write(), id).await?;
    said_again::give_back(tx, id).await
}

async fn stands(tx: &mut Tx, id: ImportId) -> Result<(), Error> {
    let at = tx.machine();
    imports::stands(tx.write(), id, at).await
}

/// Takes the lines out, in small steps: they count nowhere any more.
pub(super) async fn clear(backend: &Backend, id: ImportId) -> Result<(), Error> {
    while backend.write(Vec::new(), id, |tx, id| Box::pin(discard(tx, *id, AT_A_TIME))).await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
