//! Writing what was judged: people first, then records, what was done to each kept, and all counted again before anything is committed.

mod sql;

use super::changes::{self, Doc, Key, Marks, Subject};
use super::judge::newcomers::Newcomers;
use super::judge::{Chunk, Marked, MonthBudget, OwnedContact, OwnedVisit};
use super::{lights, records, whom};
use crate::Error;
use crate::db::Tx;
use domain::clients::Client;
use domain::ids::ImportId;
use domain::opportunities::{Opportunity, Pipeline};
use domain::people::Rep;
use domain::sales::Product;
use domain::visits::Visit;
use intake::Kind;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// One import under way.
pub(super) struct Store {
    pub(super) import: ImportId,
    pub(super) reps_added: Vec<String>,
    source: String,
    subject: Subject,
    records: i64,
    fresh: i64,
    /// Of what can be added up: days of visits, prices of products, budgets, values of opportunities.
    sum: i64,
    before: i64,
    touched: BTreeSet<Uuid>,
}

impl Store {
    /// Counts what is there before.
    pub(super) async fn open(tx: &mut Tx, import: ImportId, (kind, source): (Kind, &str)) -> Result<Self, Error> {
        let subject = match kind {
            Kind::Visits => Subject::Visit,
            Kind::Contacts => Subject::Contact,
            Kind::Products => Subject::Product,
            Kind::Reps => Subject::Rep,
            Kind::Budgets => Subject::Budget,
            Kind::Opportunities => Subject::Opportunity,
            Kind::Clients | Kind::Prospects | Kind::Sales => Subject::Client,
        };
        let before = sql::count_all(tx.read(), subject).await?;
        Ok(Self {
            import,
            reps_added: Vec::new(),
            source: source.to_owned(),
            subject,
            records: 0,
            fresh: 0,
            sum: 0,
            before,
            touched: BTreeSet::new(),
        })
    }

    /// Writes one chunk.
    pub(super) async fn write(&mut self, tx: &mut Tx, chunk: Chunk) -> Result<(), Error> {
        self.reps_added.extend(add(tx, self.import, chunk.newcomers).await?);
        self.clients(tx, chunk.clients).await?;
        whom::sql::write_keys(tx.write(), (&self.source, self.import), &chunk.keys).await?;
        self.visits(tx, chunk.visits).await?;
        self.contacts(tx, chunk.contacts).await?;
        self.products(tx, chunk.products).await?;
        self.reps(tx, chunk.reps).await?;
        self.budgets(tx, chunk.budgets).await?;
        self.opportunities(tx, chunk.pipeline, chunk.opportunities).await
    }

    async fn clients(&mut self, tx: &mut Tx, mut rows: Vec<Marked<Client>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        let version = tx.version();
        rows.iter_mut().for_each(|m| m.record.version = version);
        add_clients(tx, self.import, &rows).await
    }

    async fn visits(&mut self, tx: &mut Tx, mut rows: Vec<Marked<OwnedVisit>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        self.sum += rows.iter().map(|m| i64::from(m.record.visit.day.0)).sum::<i64>();
        let before = found(tx, Subject::Visit, &rows, |m| (m.visit.id.0, 0)).await?;
        let version = tx.version();
        for m in &mut rows {
            let visit = &mut m.record.visit;
            if let Some(was) = before.get(&(visit.id.0, 0)) {
                let (was, _): (Visit, Marks) = changes::record(was.clone())?;
                self.touched.insert(was.client_id.0);
                *visit = merged(&was, visit);
            }
            visit.version = version;
            self.touched.insert(visit.client_id.0);
        }
        let after = docs(&rows, self.import, |m| ((m.visit.id.0, 0), &m.visit))?;
        let rows: Vec<_> = rows.into_iter().map(|m| (m.marks(self.import), m)).map(|(marks, m)| (m.record, marks)).collect();
        records::write_visits(tx, &rows).await?;
        keep(tx, self.import, Subject::Visit, &before, &after).await
    }

    async fn contacts(&mut self, tx: &mut Tx, mut rows: Vec<Marked<OwnedContact>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        let before = found(tx, Subject::Contact, &rows, |m| (m.contact.id.0, 0)).await?;
        let version = tx.version();
        rows.iter_mut().for_each(|m| m.record.contact.version = version);
        let after = docs(&rows, self.import, |m| ((m.contact.id.0, 0), &m.contact))?;
        let rows: Vec<_> = rows.into_iter().map(|m| (m.marks(self.import), m)).map(|(marks, m)| (m.record, marks)).collect();
        records::write_contacts(tx, &rows).await?;
        keep(tx, self.import, Subject::Contact, &before, &after).await
    }

    async fn products(&mut self, tx: &mut Tx, rows: Vec<Marked<Product>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        self.sum += rows.iter().filter_map(|m| m.record.list_price).sum::<i64>();
        add_products(tx, self.import, &rows).await
    }

    async fn reps(&mut self, tx: &mut Tx, rows: Vec<Marked<Rep>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        write_reps(tx, self.import, &rows).await?;
        tx.settings_changed().await
    }

    async fn budgets(&mut self, tx: &mut Tx, rows: Vec<Marked<MonthBudget>>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        self.sum += rows.iter().map(|m| m.record.minor).sum::<i64>();
        let key = |b: &MonthBudget| (b.rep.0, b.month.0);
        let before = found(tx, Subject::Budget, &rows, key).await?;
        let after: Result<Vec<_>, Error> = rows.iter().map(|m| Ok((key(&m.record), changes::doc(&m.record, Marks::default())?))).collect();
        let version = tx.version();
        records::sql::write_budgets(tx.write(), &rows.iter().map(|m| m.record).collect::<Vec<_>>(), version).await?;
        crate::company::sql::mark_figures(tx.write()).await?;
        keep(tx, self.import, Subject::Budget, &before, &after?).await
    }

    async fn opportunities(
        &mut self,
        tx: &mut Tx,
        pipeline: Option<Marked<Pipeline>>,
        rows: Vec<Marked<Opportunity>>,
    ) -> Result<(), Error> {
        if let Some(pipeline) = pipeline {
            write_pipeline(tx, self.import, pipeline).await?;
        }
        if rows.is_empty() {
            return Ok(());
        }
        self.count(&rows);
        self.sum += rows.iter().filter_map(|m| m.record.value).sum::<i64>();
        let before = found(tx, Subject::Opportunity, &rows, |o| (o.id.0, 0)).await?;
        let after = docs(&rows, self.import, |o| ((o.id.0, 0), o))?;
        let rows = rows.into_iter().map(|m| (m.marks(self.import), m)).map(|(marks, m)| (m.record, marks)).collect();
        records::write_opportunities(tx, rows).await?;
        keep(tx, self.import, Subject::Opportunity, &before, &after).await
    }

    fn count<T>(&mut self, rows: &[Marked<T>]) {
        let fresh = rows.iter().filter(|m| !m.was_there).count();
        self.fresh += i64::try_from(fresh).unwrap_or(i64::MAX);
        self.records += i64::try_from(rows.len()).unwrap_or(i64::MAX);
    }

    /// Writes the lights that follow, and holds what the tables now say against what the file said.
    pub(super) async fn close(&self, tx: &mut Tx, judged: i64) -> Result<(), Error> {
        if !self.touched.is_empty() {
            lights::restamp(tx, &self.touched).await?;
        }
        let (found, sum) = sql::recount(tx.read(), self.subject, self.import).await?;
        let after = sql::count_all(tx.read(), self.subject).await?;
        let expected = [("records of this import", judged, found), ("records of this import", self.records, found)];
        let sums = [("what they come to", self.sum, sum), ("records in all", self.before + self.fresh, after)];
        for (what, file, table) in expected.into_iter().chain(sums) {
            if file != table {
                let words = format!("Nothing was brought in: {what} do not add up, {file} by the file, {table} in the database.");
                return Err(Error::rejected("file", "does_not_add_up", words));
            }
        }
        Ok(())
    }
}

impl<T> Marked<T> {
    fn marks(&self, import: ImportId) -> Marks {
        Marks { import: Some(import), line: Some(i64::try_from(self.line).unwrap_or(i64::MAX)), print: Some(self.print) }
    }
}

/// The records among these rows that were there, as they still stand.
async fn found<T>(tx: &mut Tx, subject: Subject, rows: &[Marked<T>], key: impl Fn(&T) -> Key) -> Result<HashMap<Key, Doc>, Error> {
    let keys: Vec<Key> = rows.iter().filter(|m| m.was_there).map(|m| key(&m.record)).collect();
    if keys.is_empty() { Ok(HashMap::new()) } else { records::load(tx.read(), subject, &keys).await }
}

fn docs<T, R: Serialize>(rows: &[Marked<T>], import: ImportId, of: impl Fn(&T) -> (Key, &R)) -> Result<Vec<(Key, Doc)>, Error> {
    let one = |m: &Marked<T>| {
        let (key, record) = of(&m.record);
        Ok((key, changes::doc(record, m.marks(import))?))
    };
    rows.iter().map(one).collect()
}

/// Keeps what was done.
async fn keep(tx: &mut Tx, import: ImportId, subject: Subject, before: &HashMap<Key, Doc>, after: &[(Key, Doc)]) -> Result<(), Error> {
    let entries = changes::entries(import, subject, before, after);
    changes::sql::keep(tx.write(), subject, &entries).await
}

/// Writes clients of an import.
pub(super) async fn add_clients(tx: &mut Tx, import: ImportId, rows: &[Marked<Client>]) -> Result<(), Error> {
    let before = found(tx, Subject::Client, rows, |client| (client.id.0, 0)).await?;
    let written: Vec<_> = rows.iter().map(|m| (&m.record, m.marks(import))).collect();
    let stale: Vec<Uuid> = rows.iter().filter(|m| m.was_there).map(|m| m.record.id.0).collect();
    records::write_clients(tx, &written, &stale).await?;
    keep(tx, import, Subject::Client, &before, &docs(rows, import, |client| ((client.id.0, 0), client))?).await
}

/// Writes products of an import, which keep neither line nor fingerprint of their row.
pub(super) async fn add_products(tx: &mut Tx, import: ImportId, rows: &[Marked<Product>]) -> Result<(), Error> {
    let before = found(tx, Subject::Product, rows, |product| (product.id.0, 0)).await?;
    let marks = Marks { import: Some(import), ..Marks::default() };
    let written: Vec<_> = rows.iter().map(|m| (m.record.clone(), marks)).collect();
    let version = tx.version();
    records::sql::write_products(tx.write(), &written, version).await?;
    let after: Result<Vec<_>, Error> = rows.iter().map(|m| Ok(((m.record.id.0, 0), changes::doc(&m.record, marks)?))).collect();
    keep(tx, import, Subject::Product, &before, &after?).await
}

async fn write_reps(tx: &mut Tx, import: ImportId, rows: &[Marked<Rep>]) -> Result<(), Error> {
    let before = found(tx, Subject::Rep, rows, |rep| (rep.id.0, 0)).await?;
    let version = tx.version();
    records::sql::write_reps(tx.write(), &rows.iter().map(|m| m.record.clone()).collect::<Vec<_>>(), version).await?;
    let after: Result<Vec<_>, Error> = rows.iter().map(|m| Ok(((m.record.id.0, 0), changes::doc(&m.record, Marks::default())?))).collect();
    keep(tx, import, Subject::Rep, &before, &after?).await
}

async fn write_pipeline(tx: &mut Tx, import: ImportId, pipeline: Marked<Pipeline>) -> Result<(), Error> {
    let rows = [pipeline];
    let before = found(tx, Subject::Pipeline, &rows, |pipeline| (pipeline.id.0, 0)).await?;
    let version = tx.version();
    let [Marked { record, .. }] = &rows;
    crate::opportunities::sql::write_pipelines(tx.write(), std::slice::from_ref(record), version).await?;
    keep(tx, import, Subject::Pipeline, &before, &[((record.id.0, 0), changes::doc(record, Marks::default())?)]).await
}

/// Adds branches and reps that came with an import; the names of the reps.
pub(super) async fn add(tx: &mut Tx, import: ImportId, newcomers: Newcomers) -> Result<Vec<String>, Error> {
    if newcomers.is_empty() {
        return Ok(Vec::new());
    }
    let Newcomers { branches, reps } = newcomers;
    let version = tx.version();
    records::sql::write_branches(tx.write(), &branches, version).await?;
    let after: Result<Vec<_>, Error> = branches.iter().map(|b| Ok(((b.id.0, 0), changes::doc(b, Marks::default())?))).collect();
    keep(tx, import, Subject::Branch, &HashMap::new(), &after?).await?;
    let names = reps.iter().map(|rep| rep.name.clone()).collect();
    let rows: Vec<_> = reps.into_iter().map(Marked::added).collect();
    write_reps(tx, import, &rows).await?;
    tx.settings_changed().await?;
    Ok(names)
}

fn merged(was: &Visit, row: &Visit) -> Visit {
    let same_step = was.next_step == row.next_step && was.next_step_on == row.next_step_on;
    Visit {
        planned_at: was.planned_at,
        distance_m: was.distance_m,
        within_radius: was.within_radius,
        outside_reason: was.outside_reason.clone(),
        promise: if same_step { was.promise } else { row.promise },
        clock_offset_ms: was.clock_offset_ms,
        ..row.clone()
    }
}
