//! Writing a sales import: in short transactions that nobody sees, so that a phone's push never waits long, and then published in one.

use super::judge::Judged;
use super::parts::Plan;
use super::resolve::Added;
use crate::db::Tx;
use crate::import::judge::Marked;
use crate::import::judge::newcomers::Newcomers;
use crate::import::report::Report;
use crate::import::sql as imports;
use crate::import::{event, store};
use crate::sales::sql::{self, DayRow, Line};
use crate::{Backend, Error, company};
use domain::ids::{ImportId, UserId};
use std::sync::Arc;

/// How long an import may be silent before another takes it for dead, in milliseconds.
const SILENT_MS: i64 = 60_000;
/// Parts marked, and lines taken out, in one transaction.
const AT_A_TIME: usize = 1_000;

/// An import that is being written.
#[derive(Clone)]
pub(super) struct Stage {
    backend: Backend,
    pub(super) id: ImportId,
}

impl Stage {
    /// Begins an import, unless another is under way. What one that died left behind is taken out first.
    pub(super) async fn begin(backend: &Backend, report: &Report, by: Option<UserId>) -> Result<Self, Error> {
        let stage = Self { backend: backend.clone(), id: ImportId(crate::new_id()) };
        let staged = imports::staged(&mut backend.read().await?).await?;
        for (id, alive_at) in staged {
            if crate::machine_now().0 - alive_at < SILENT_MS {
                let words = "Another import of sales is under way: try again when it is done, or in a minute if it was broken off.";
                return Err(Error::rejected("file", "busy", words));
            }
            Self { backend: backend.clone(), id: ImportId(id) }.withdraw().await?;
        }
        let asked = (stage.id, report.clone(), by);
        backend
            .write(Vec::new(), asked, |tx, (id, report, by)| {
                Box::pin(async move {
                    let (at, version) = (tx.machine(), tx.version());
                    imports::begin(tx.write(), *id, report, by.map(|u| u.0), at, version, "staged").await
                })
            })
            .await?;
        Ok(stage)
    }

    /// Marks what the file replaces.
    pub(super) async fn replace(&self, source: &str, plan: &Plan) -> Result<u64, Error> {
        let mut marked = 0;
        for chunk in plan.replaced.chunks(AT_A_TIME) {
            let asked = (self.id, source.to_owned(), chunk.to_vec());
            marked += self
                .backend
                .write(Vec::new(), asked, |tx, (id, source, parts)| {
                    Box::pin(async move { sql::replace(tx.write(), *id, source, parts).await })
                })
                .await?;
        }
        Ok(marked)
    }

    /// Writes lines.
    pub(super) async fn write(&self, chunk: Vec<(u64, Judged)>) -> Result<(), Error> {
        let line = |(line, judged): (u64, Judged)| Line {
            import: self.id,
            line: i64::try_from(line).unwrap_or(i64::MAX),
            print: judged.print,
            sale: judged.sale,
        };
        let asked = (self.id, chunk.into_iter().map(line).collect::<Vec<_>>());
        self.backend
            .write(Vec::new(), asked, |tx, (id, lines)| {
                Box::pin(async move {
                    let at = tx.machine();
                    sql::insert(tx.write(), lines).await?;
                    imports::alive(tx.write(), *id, at).await
                })
            })
            .await
    }

    /// What the tables hold of it: lines, and what they come to net.
    pub(super) async fn recount(&self) -> Result<(i64, i64), Error> {
        sql::recount(&mut self.backend.read().await?, self.id).await
    }

    /// Makes everything count at once: what is new besides, the lines, the sums per day, the journal.
    pub(super) async fn publish(&self, added: Added, report: Report, by: Option<UserId>) -> Result<(), Error> {
        let delta = sql::delta(&mut self.backend.read().await?, self.id).await?;
        let asked = Arc::new((self.id, added, delta, report, by));
        self.backend.write(Vec::new(), asked, |tx, asked| Box::pin(publish_in(tx, asked))).await
    }

    /// Takes out what was written, in small steps.
    pub(super) async fn withdraw(&self) -> Result<(), Error> {
        let most = i64::try_from(AT_A_TIME * 4).unwrap_or(i64::MAX);
        loop {
            let asked = (self.id, most);
            let gone = self
                .backend
                .write(Vec::new(), asked, |tx, (id, most)| Box::pin(async move { sql::discard(tx.write(), *id, *most).await }))
                .await?;
            if gone == 0 {
                break;
            }
        }
        self.backend.write(Vec::new(), self.id, |tx, id| Box::pin(async move { imports::forget(tx.write(), *id).await })).await
    }
}

async fn publish_in(tx: &mut Tx, asked: &(ImportId, Added, Vec<DayRow>, Report, Option<UserId>)) -> Result<(), Error> {
    let (id, added, delta, report, by) = asked;
    store::add(tx, *id, Newcomers { branches: added.branches.clone(), reps: added.reps.clone() }).await?;
    let version = tx.version();
    store::add_products(tx, *id, &added.products.iter().cloned().map(Marked::added).collect::<Vec<_>>()).await?;
    let mut clients = added.clients.clone();
    clients.iter_mut().for_each(|c| c.record.version = version);
    store::add_clients(tx, *id, &clients).await?;
    sql::add_to_days(tx.write(), delta, version).await?;
    company::sql::mark_figures(tx.write()).await?;
    let at = tx.now();
    imports::publish(tx.write(), *id, report, at, version).await?;
    let event = event(tx, *id, report, *by)?;
    tx.journal(event);
    Ok(())
}
