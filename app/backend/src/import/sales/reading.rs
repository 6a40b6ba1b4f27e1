//! Reading a sales file beside the database to its end: what its rows say, and what becomes of its documents and days.

use super::aside::Room;
use super::judge::{Part, SalesJudge};
use super::parts::{self, Plan, Whence};
use super::passes::{self, Survey};
use super::resolve::Resolver;
use crate::import::judge::{Scene, importer};
use crate::import::tally::Counter;
use crate::import::{Options, sql};
use crate::sales::{products, sql as sales};
use crate::{Backend, Error};
use intake::Opened;
use intake::mapping::Bound;
use intake::sales::SalesFields;
use std::sync::Arc;

/// A file that was read to its end, and what becomes of it.
pub(super) struct Read {
    pub(super) judge: SalesJudge,
    pub(super) counter: Counter,
    pub(super) survey: Survey,
    pub(super) plan: Plan,
}

/// Reads all of a file; once more where a document or day that is known, or a new document, has a refused row, since then none of its rows is taken in.
pub(super) async fn read(backend: &Backend, opened: &Arc<Opened>, options: &Options) -> Result<Read, Error> {
    // first of all: it must hold for the names the judge knows as well
    let settled = sql::settled(&mut backend.read().await?).await?;
    let folder = backend.config().folder.clone().unwrap_or_else(std::env::temp_dir);
    let room = Room { folder, bytes: options.memory };
    let counter = Counter::new(options.rejects.clone()).watched(options.progress.clone());
    let (judge, counter, survey) = surveyed(opened, judge_of(backend, opened).await?, counter, &room).await?;
    let (survey, plan) = planned(backend, &opened.bound, survey, (&room, settled)).await?;
    if plan.held.is_empty() {
        return Ok(Read { judge, counter, survey, plan });
    }
    let judge = judge_of(backend, opened).await?.holding(&plan.held, judge);
    drop((counter, survey, plan));
    let (judge, counter, survey) = surveyed(opened, judge, Counter::new(options.rejects.clone()), &room).await?;
    let (survey, plan) = planned(backend, &opened.bound, survey, (&room, settled)).await?;
    if !plan.held.is_empty() {
        return Err(Error::internal("rows are refused without those that were refused with them"));
    }
    Ok(Read { judge, counter, survey, plan })
}

async fn surveyed(
    opened: &Arc<Opened>,
    mut judge: SalesJudge,
    mut counter: Counter,
    room: &Room,
) -> Result<(SalesJudge, Counter, Survey), Error> {
    let (from, room) = (Arc::clone(opened), room.clone());
    let reading = tokio::task::spawn_blocking(move || {
        let survey = passes::survey(&from, &mut judge, &mut counter, &room)?;
        Ok::<_, domain::Rejections>((judge, counter, survey))
    });
    Ok(reading.await.map_err(Error::internal)??)
}

async fn planned(backend: &Backend, bound: &Bound, survey: Survey, (room, settled): (&Room, i64)) -> Result<(Survey, Plan), Error> {
    let mut conn = backend.read().await?;
    let any = sales::any_published(&mut conn).await?;
    let whence = Whence { source: bound.source.clone(), said: bound.source_said };
    let (room, here) = (room.clone(), tokio::runtime::Handle::current());
    // what was put aside is read where it may wait for the disk
    let planning = tokio::task::spawn_blocking(move || {
        let known = |parts: &[Part]| if any { here.block_on(sales::known(&mut conn, parts)) } else { Ok(Vec::new()) };
        let plan = parts::plan(&survey.entries, &whence, (&room, settled), known)?;
        Ok((survey, plan))
    });
    planning.await.map_err(Error::internal)?
}

async fn judge_of(backend: &Backend, opened: &Opened) -> Result<SalesJudge, Error> {
    let company = backend.company().await?;
    let bound = Arc::clone(&opened.bound);
    let (currency, today) = (company.currency, company.today(crate::machine_now()));
    let scene = Scene { caller: importer(&bound.source), company, at: backend.now(), bound: Arc::clone(&bound) };
    let mut conn = backend.read().await?;
    let resolver = Resolver::new(scene, sql::named(&mut conn).await?, &products::sql::every(&mut conn).await?);
    Ok(SalesJudge::new(SalesFields::of(&bound), resolver, currency, today))
}
