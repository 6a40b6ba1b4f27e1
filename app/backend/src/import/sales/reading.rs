//! Reading a sales file beside the database to its end: what its rows say, and what becomes of its documents and days.

use super::judge::{Part, SalesJudge};
use super::parts::{self, Plan, Whence};
use super::passes::{self, Survey};
use super::replaced::Listing;
use super::resolve::Resolver;
use crate::import::aside::{Room, no_room};
use crate::import::judge::{Scene, importer};
use crate::import::tally::Counter;
use crate::import::{Options, sql, whom};
use crate::sales::sql as sales;
use crate::{Backend, Error};
use intake::Opened;
use intake::mapping::Bound;
use intake::sales::SalesFields;
use std::sync::Arc;
use uuid::Uuid;

/// Clients and products that are known, read together.
const KNOWN_AT_A_TIME: i64 = 5_000;

/// A file that was read to its end, and what becomes of it.
pub(super) struct Read {
    pub(super) judge: SalesJudge,
    pub(super) counter: Counter,
    pub(super) survey: Survey,
    pub(super) plan: Plan,
}

/// Reads all of a file; once more where a document or day that is known, or a new document, has a refused row, since then none of its rows is taken in.
pub(super) async fn read(backend: &Backend, opened: &Arc<Opened>, options: &Options, room: &Room) -> Result<Read, Error> {
    // first of all: it must hold for the names the judge knows as well
    let settled = sql::settled(&mut backend.read().await?).await?;
    let digits = backend.company().await?.currency.digits();
    let listing = || Listing::new(options.replaced.clone(), digits);
    let counter = Counter::new(options.rejects.clone()).watched(options.progress.clone());
    let (judge, counter, survey) = surveyed(opened, judge_of(backend, opened, room).await?, counter, room).await?;
    let (survey, plan) = planned(backend, &opened.bound, survey, (room, settled), listing()).await?;
    if plan.held.is_empty() {
        return Ok(Read { judge, counter, survey, plan });
    }
    let judge = judge_of(backend, opened, room).await?.holding(&plan.held, judge);
    drop((counter, survey, plan));
    let (judge, counter, survey) = surveyed(opened, judge, Counter::new(options.rejects.clone()), room).await?;
    let (survey, plan) = planned(backend, &opened.bound, survey, (room, settled), listing()).await?;
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

async fn planned(
    backend: &Backend,
    bound: &Bound,
    survey: Survey,
    (room, settled): (&Room, i64),
    listing: Listing,
) -> Result<(Survey, Plan), Error> {
    let mut conn = backend.read().await?;
    let any = sales::any_published(&mut conn).await?;
    let whence = Whence { source: bound.source.clone(), said: bound.source_said };
    let (room, here) = (room.clone(), tokio::runtime::Handle::current());
    // what was put aside is read where it may wait for the disk
    let planning = tokio::task::spawn_blocking(move || {
        let known = |parts: &[Part]| if any { here.block_on(sales::known(&mut conn, parts)) } else { Ok(Vec::new()) };
        let plan = parts::plan(&survey.entries, &whence, (&room, settled), listing, known)?;
        Ok((survey, plan))
    });
    planning.await.map_err(Error::internal)?
}

async fn judge_of(backend: &Backend, opened: &Opened, room: &Room) -> Result<SalesJudge, Error> {
    let company = backend.company().await?;
    let bound = Arc::clone(&opened.bound);
    let (currency, today) = (company.currency, company.today(crate::machine_now()));
    let scene = Scene { caller: importer(&bound.source), company, at: backend.now(), bound: Arc::clone(&bound), room: room.clone() };
    let mut resolver = Resolver::new(scene);
    let (mut conn, here) = (backend.read().await?, tokio::runtime::Handle::current());
    // what is known is put aside where it may wait for the disk
    let knowing = tokio::task::spawn_blocking(move || {
        let (mut client, mut product) = (Some(Uuid::nil()), Some(Uuid::nil()));
        while let Some(last) = client {
            let some = here.block_on(whom::sql::named_after(&mut conn, last, KNOWN_AT_A_TIME))?;
            some.iter().try_for_each(|known| resolver.know(known))?;
            client = some.last().map(|known| known.id.0);
        }
        while let Some(last) = product {
            let some = here.block_on(sales::products_after(&mut conn, last, KNOWN_AT_A_TIME))?;
            some.iter().try_for_each(|known| resolver.products.know(known)).map_err(|e| no_room(&e))?;
            product = some.last().map(|known| known.id.0);
        }
        Ok::<_, Error>(resolver)
    });
    let resolver = knowing.await.map_err(Error::internal)??;
    Ok(SalesJudge::new(SalesFields::of(&bound), resolver, currency, today))
}
