//! Bringing sales in: the file is judged and added up twice over, staged out of sight, counted again in the database, and published at once or not at all.

mod added;
mod alike;
mod entries;
mod judge;
mod parts;
mod passes;
mod products;
mod reading;
mod replaced;
mod resolve;
mod stage;

pub(crate) use judge::Part;
pub(crate) use parts::{Known, OfSource, Sum};

use super::aside::Room;
use super::judge::Marked;
use super::report::{Money, Report};
use super::{Kind, Options, sql};
use crate::db::Tx;
use crate::sales::sql as sales;
use crate::sales::sums::sql as sums;
use crate::{Backend, Error};
use domain::decimal::Decimal;
use domain::ids::ImportId;
use domain::money::Currency;
use domain::sales::{Product, SaleLine};
use intake::Opened;
use judge::SalesJudge;
use parts::Plan;
use passes::{Batch, Survey};
use reading::{Read, read};
use replaced::said;
use stage::Stage;
pub(super) use stage::under_way;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Lines written together that were made here.
const MADE_AT_A_TIME: usize = 2_000;

/// Brings a prepared file in.
pub(super) async fn run(backend: &Backend, opened: Arc<Opened>, options: Options, room: &Room) -> Result<Report, Error> {
    let mut report = Report::of(&opened, Kind::Sales, options.dry_run);
    report.seen_before = sql::seen(&mut backend.read().await?, Kind::Sales.code(), &report.sha256).await?;
    let Read { judge, mut counter, survey, plan } = read(backend, &opened, &options, room).await?;
    let company = backend.company().await?;
    said(&opened.bound, &plan, company.currency)?;
    plan.alike.said_whose(&opened.bound)?;
    let written = survey.lines.lines - plan.same.lines;
    let whole = |lines: i64| u64::try_from(lines).unwrap_or_default();
    counter.counts().unchanged = whole(plan.same.lines);
    counter.counts().new = whole(written);
    report.tally = counter.finish()?;
    if !report.tally.adds_up() {
        return Err(Error::internal("the rows of a file do not add up to its counts"));
    }
    report.tally.warnings.extend(plan.alike.warnings().chain(plan.replaced.warning()));
    report.tally.warnings.extend(judge.resolver.products.other_line.warning());
    let added = &judge.resolver.added;
    report.reps_added = added.reps.iter().map(|r| r.name.clone()).collect();
    report.clients_added = added.clients_count;
    report.products_added = added.products_count;
    let net = survey.lines.net - plan.same.net;
    report.money = Some(reconcile(&survey, &plan, company.currency, net)?);
    if options.dry_run || (written == 0 && plan.gone().parts == 0) {
        return Ok(report);
    }
    options.progress.iter().for_each(|progress| progress.to_write(whole(written)));
    let stage = Stage::begin(backend, &report, options.by.as_ref().map(|c| c.user), plan.settled).await?;
    report.id = Some(stage.id);
    match bring_in(&stage, &opened, judge, (survey, plan), (written, net), &report, &options).await {
        Ok(()) => Ok(report),
        Err(error) => {
            // what is left behind counts nowhere, and the next import takes it out if this cannot
            if let Err(left) = stage.withdraw().await {
                tracing::warn!(%left, "an import that failed could not be taken out yet");
            }
            Err(error)
        }
    }
}

/// Writes lines that were made here as a published import of `source`.
pub(crate) async fn made(tx: &mut Tx, source: &str, products: &[Product], lines: &[SaleLine]) -> Result<(), Error> {
    if lines.is_empty() {
        return Ok(());
    }
    let id = ImportId(crate::new_id());
    let (at, version) = (tx.now(), tx.version());
    let report = Report::made(id, source, lines.len() as u64);
    sql::begin(tx.write(), id, &report, None, at, version, "published").await?;
    super::store::add_products(tx, id, &products.iter().cloned().map(Marked::added).collect::<Vec<_>>()).await?;
    for (chunk, start) in lines.chunks(MADE_AT_A_TIME).zip((1..).step_by(MADE_AT_A_TIME)) {
        let line = |(sale, line): (&SaleLine, i64)| sales::Line { import: id, line, print: judge::print(sale), sale: sale.clone() };
        let rows: Vec<_> = chunk.iter().zip(start..).map(line).collect();
        sales::insert(tx.write(), &rows).await?;
    }
    let delta = sums::delta(tx.read(), id).await?;
    sums::add_to_days(tx.write(), &delta, version).await?;
    crate::company::sql::mark_figures(tx.write()).await
}

/// Writes lines that are made while they are written, as a published import of `source`: in short transactions, out of sight until all are there.
pub(crate) async fn stream(
    backend: &Backend,
    source: &str,
    products: Vec<Product>,
    mut coming: mpsc::Receiver<Vec<SaleLine>>,
) -> Result<(), Error> {
    let settled = sql::settled(&mut backend.read().await?).await?;
    let stage = Stage::begin(backend, &Report::made(ImportId(crate::new_id()), source, 0), None, settled).await?;
    let mut line = 0;
    while let Some(sales) = coming.recv().await {
        let judged = |sale: SaleLine| {
            line += 1;
            (line, judge::Judged { print: judge::print(&sale), exact: Decimal::default(), sale })
        };
        let batch = Batch { lines: sales.into_iter().map(judged).collect(), ..Batch::default() };
        stage.write(source, batch).await?;
    }
    stage.add_products(&products).await?;
    stage.publish(Report::made(stage.id, source, line), None).await
}

async fn bring_in(
    stage: &Stage,
    opened: &Arc<Opened>,
    mut judge: SalesJudge,
    read: (Survey, Plan),
    (lines, net): (i64, i64),
    report: &Report,
    options: &Options,
) -> Result<(), Error> {
    let (send, mut batches) = mpsc::channel(2);
    let from = Arc::clone(opened);
    let reading = tokio::task::spawn_blocking(move || {
        passes::hand_over(&from, &mut judge, (&read.0, &read.1), &send)?;
        judge.resolver.done()
    });
    while let Some(batch) = batches.recv().await {
        let rows = batch.lines.len() as u64;
        stage.write(&opened.bound.source, batch).await?;
        options.progress.iter().for_each(|progress| progress.wrote(rows));
    }
    drop(batches);
    let (added, scene) = reading.await.map_err(Error::internal)??;
    let found = stage.recount().await?;
    if found != (lines, net) {
        let words = format!(
            "Nothing was brought in: the file has {lines} lines that come to {net}, the database {} that come to {}.",
            found.0, found.1
        );
        return Err(Error::rejected("file", "does_not_add_up", words));
    }
    stage.add(added, &scene).await?;
    stage.publish(report.clone(), options.by.as_ref().map(|c| c.user)).await
}

/// Money in the file = money taken in + money in rejected rows + what rounding took away; the file's total comes from its cells, the other side from the lines.
fn reconcile(survey: &Survey, plan: &Plan, currency: Currency, net: i64) -> Result<Money, Error> {
    let (same, gone, digits) = (plan.same.net, plan.gone(), currency.digits());
    let taken = Decimal::minor(net, digits).plus(Decimal::minor(same, digits));
    let other = taken.and_then(|t| t.plus(survey.rejected)).and_then(|t| t.plus(survey.rounding));
    if other != Some(survey.file) {
        let words = format!(
            "Nothing was brought in: the file's amounts come to {}, its lines and rejected rows to {}.",
            survey.file,
            other.map_or_else(|| "more than can be kept".to_owned(), |o| o.to_string())
        );
        return Err(Error::rejected("file", "does_not_add_up", words));
    }
    Ok(Money {
        currency: currency.code().to_owned(),
        file: survey.file.written(digits),
        brought_in: Decimal::minor(net, digits).written(digits),
        unchanged: Decimal::minor(same, digits).written(digits),
        rejected: survey.rejected.written(digits),
        rounding: survey.rounding.written(digits),
        unreadable: survey.unreadable,
        repeated: plan.repeated,
        parts: plan.parts,
        replaced: gone.parts,
        replaced_lines: gone.sum.lines.unsigned_abs(),
        replaced_net: Decimal::minor(gone.sum.net, digits).written(digits),
        replaced_parts: plan.replaced.shown.clone(),
        moved_far: plan.replaced.moved,
    })
}
