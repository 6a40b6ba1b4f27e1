//! Writing a sales import: in short transactions that nobody sees, so that a phone's push never waits long, and then published in one.

use super::added::{NewClient, ToAdd};
use super::judge::Judged;
use super::passes::Batch;
use super::resolve;
use crate::db::Tx;
use crate::import::aside::{Record, Sorted};
use crate::import::judge::newcomers::Newcomers;
use crate::import::judge::{Marked, Scene};
use crate::import::report::Report;
use crate::import::sql as imports;
use crate::import::withdraw::{self, PAUSE};
use crate::import::{event, said_again, store};
use crate::sales::sql::{self, Line};
use crate::sales::sums::sql::{self as sums, DayRow};
use crate::{Backend, Error, company};
use domain::Rejections;
use domain::clients::Client;
use domain::ids::{ImportId, UserId};
use domain::sales::Product;
use std::sync::Arc;
use uuid::Uuid;

/// How long an import may be silent before another takes it for dead, in milliseconds.
const SILENT_MS: i64 = 60_000;
/// Lines taken out in one transaction, a quarter of them.
const AT_A_TIME: usize = 1_000;
/// Clients or products written in one transaction.
const ADDED_AT_A_TIME: usize = 400;

/// An import that is being written.
#[derive(Clone)]
pub(super) struct Stage {
    backend: Backend,
    pub(super) id: ImportId,
}

impl Stage {
    /// Begins an import that was planned when the sales stood at version `settled`, unless another is under way or they have changed since. What one
    /// that died left behind is taken out first.
    pub(super) async fn begin(backend: &Backend, report: &Report, by: Option<UserId>, settled: i64) -> Result<Self, Error> {
        let stage = Self { backend: backend.clone(), id: ImportId(crate::new_id()) };
        let staged = imports::staged(&mut backend.read().await?).await?;
        under_way(&staged)?;
        for (id, _) in staged {
            Self { backend: backend.clone(), id: ImportId(id) }.withdraw().await?;
        }
        let asked = (stage.id, report.clone(), by);
        backend
            .write(Vec::new(), asked, move |tx, (id, report, by)| {
                Box::pin(async move {
                    if imports::settled(tx.read()).await? != settled {
                        let words = "Another import of sales was brought in or taken back while this file was read: try again.";
                        return Err(Error::rejected("file", "busy", words));
                    }
                    under_way(&imports::staged(tx.read()).await?)?;
                    withdraw::nothing_half_taken_back(tx).await?;
                    let (at, version) = (tx.machine(), tx.version());
                    imports::begin(tx.write(), *id, report, by.map(|u| u.0), at, version, "staged").await
                })
            })
            .await?;
        Ok(stage)
    }

    /// Writes lines of this source, notes what is known already, and marks what is replaced.
    pub(super) async fn write(&self, source: &str, batch: Batch) -> Result<(), Error> {
        let line = |(line, judged): (u64, Judged)| Line {
            import: self.id,
            line: i64::try_from(line).unwrap_or(i64::MAX),
            print: judged.print,
            sale: judged.sale,
        };
        let asked = (self.id, source.to_owned(), batch.lines.into_iter().map(line).collect::<Vec<_>>(), batch.again, batch.replaced);
        self.backend
            .write(Vec::new(), asked, |tx, (id, source, lines, again, replaced)| {
                Box::pin(async move {
                    let at = tx.machine();
                    sql::insert(tx.write(), lines).await?;
                    said_again::sql::keep(tx.write(), *id, again).await?;
                    sql::replace(tx.write(), *id, source, replaced).await?;
                    imports::alive(tx.write(), *id, at).await
                })
            })
            .await?;
        tokio::time::sleep(PAUSE).await;
        Ok(())
    }

    /// What the tables hold of it: lines, and what they come to net.
    pub(super) async fn recount(&self) -> Result<(i64, i64), Error> {
        sql::recount(&mut self.backend.read().await?, self.id).await
    }

    /// Adds what is new besides the lines, in short transactions as well: names that have no sales yet.
    pub(super) async fn add(&self, ToAdd { branches, reps, products, clients }: ToAdd, scene: &Scene) -> Result<(), Error> {
        self.write_part(Part::People(Newcomers { branches, reps })).await?;
        self.add_read(&products, |new| Ok(Part::Products(new.into_iter().map(|new| Marked::added(new.into())).collect()))).await?;
        let record = |new: NewClient| Ok(Marked { line: new.line, ..Marked::added(resolve::client(scene, &new)?) });
        self.add_read(&clients, |new| Ok(Part::Clients(new.into_iter().map(record).collect::<Result<_, Error>>()?))).await
    }

    /// Adds products.
    pub(super) async fn add_products(&self, products: &[Product]) -> Result<(), Error> {
        for chunk in products.chunks(ADDED_AT_A_TIME) {
            self.write_part(Part::Products(chunk.iter().cloned().map(Marked::added).collect())).await?;
        }
        Ok(())
    }

    /// Adds what was put aside, a portion at a time.
    async fn add_read<T: Record + Send + Sync + 'static>(
        &self,
        new: &Sorted<T>,
        part: impl Fn(Vec<T>) -> Result<Part, Error>,
    ) -> Result<(), Error> {
        let mut rest = new.read();
        loop {
            // what was put aside is read where it may wait for the disk
            let reading = tokio::task::spawn_blocking(move || {
                let portion = rest.by_ref().take(ADDED_AT_A_TIME).collect::<Result<Vec<_>, _>>()?;
                Ok::<_, Rejections>((rest, portion))
            });
            let (more, portion) = reading.await.map_err(Error::internal)??;
            if portion.is_empty() {
                return Ok(());
            }
            rest = more;
            self.write_part(part(portion)?).await?;
        }
    }

    async fn write_part(&self, part: Part) -> Result<(), Error> {
        self.backend.write(Vec::new(), (self.id, part), |tx, (id, part)| Box::pin(part.write(tx, *id))).await?;
        tokio::time::sleep(PAUSE).await;
        Ok(())
    }

    /// Makes everything count at once: the lines, the sums per day, the journal.
    pub(super) async fn publish(&self, report: Report, by: Option<UserId>) -> Result<(), Error> {
        let delta = sums::delta(&mut self.backend.read().await?, self.id).await?;
        let asked = Arc::new((self.id, delta, report, by));
        self.backend.write(Vec::new(), asked, |tx, asked| Box::pin(publish_in(tx, asked))).await
    }

    /// Takes out what was written, in small steps.
    pub(super) async fn withdraw(&self) -> Result<(), Error> {
        let most = i64::try_from(AT_A_TIME * 4).unwrap_or(i64::MAX);
        loop {
            let asked = (self.id, most);
            let gone = self.backend.write(Vec::new(), asked, |tx, (id, most)| Box::pin(withdraw::discard(tx, *id, *most))).await?;
            if gone == 0 {
                break;
            }
        }
        withdraw::unpublished(&self.backend, self.id).await?;
        self.backend.write(Vec::new(), self.id, |tx, id| Box::pin(imports::forget(tx.write(), *id))).await
    }
}

/// Refuses what cannot be done while an import of sales is being written.
pub(in super::super) fn under_way(staged: &[(Uuid, i64)]) -> Result<(), Error> {
    if staged.iter().all(|(_, alive_at)| crate::machine_now().0 - alive_at >= SILENT_MS) {
        return Ok(());
    }
    let words = "An import of sales is under way: try again when it is done, or in a minute if it was broken off.";
    Err(Error::rejected("file", "busy", words))
}

/// What is written in one transaction of an import beside its lines.
#[derive(Clone)]
enum Part {
    People(Newcomers),
    Products(Vec<Marked<Product>>),
    Clients(Vec<Marked<Client>>),
}

impl Part {
    async fn write(&self, tx: &mut Tx, id: ImportId) -> Result<(), Error> {
        match self {
            Self::People(newcomers) => store::add(tx, id, newcomers.clone()).await.map(drop),
            Self::Products(products) => store::add_products(tx, id, products).await,
            Self::Clients(clients) => {
                let (mut clients, version) = (clients.clone(), tx.version());
                clients.iter_mut().for_each(|c| c.record.version = version);
                store::add_clients(tx, id, &clients).await
            }
        }
    }
}

async fn publish_in(tx: &mut Tx, asked: &(ImportId, Vec<DayRow>, Report, Option<UserId>)) -> Result<(), Error> {
    let (id, delta, report, by) = asked;
    let version = tx.version();
    sums::add_to_days(tx.write(), delta, version).await?;
    company::sql::mark_figures(tx.write()).await?;
    let at = tx.now();
    imports::publish(tx.write(), *id, report, at, version).await?;
    let event = event(tx, *id, report, *by)?;
    tx.journal(event);
    Ok(())
}
