//! Writing what was judged: people first, then records, counted again before anything is committed.

use super::judge::newcomers::Newcomers;
use super::judge::{Chunk, Marked, OwnedVisit};
use super::{lights, sql};
use crate::Error;
use crate::company::{add_branch_in, add_rep_in};
use crate::db::Tx;
use domain::clients::Client;
use domain::ids::ImportId;
use domain::visits::Visit;
use std::collections::BTreeSet;
use uuid::Uuid;

/// One import under way.
pub(super) struct Store {
    pub(super) import: ImportId,
    pub(super) reps_added: Vec<String>,
    records: i64,
    fresh: i64,
    days: i64,
    before: i64,
    visits: bool,
    touched: BTreeSet<Uuid>,
}

impl Store {
    /// Counts what is there before.
    pub(super) async fn open(tx: &mut Tx, import: ImportId, visits: bool) -> Result<Self, Error> {
        let before = sql::count_all(tx.read(), visits).await?;
        Ok(Self { import, reps_added: Vec::new(), records: 0, fresh: 0, days: 0, before, visits, touched: BTreeSet::new() })
    }

    /// Writes one chunk.
    pub(super) async fn write(&mut self, tx: &mut Tx, mut chunk: Chunk) -> Result<(), Error> {
        self.reps_added.extend(add(tx, chunk.newcomers).await?);
        let version = tx.version();
        if !chunk.clients.is_empty() {
            self.count(&chunk.clients);
            chunk.clients.iter_mut().for_each(|m| m.record.version = version);
            sql::write_clients(tx.write(), self.import, &chunk.clients).await?;
        }
        if !chunk.visits.is_empty() {
            self.count(&chunk.visits);
            self.days += chunk.visits.iter().map(|m| i64::from(m.record.visit.day.0)).sum::<i64>();
            self.keep_what_was_added_here(tx, &mut chunk.visits).await?;
            for m in &mut chunk.visits {
                m.record.visit.version = version;
                self.touched.insert(m.record.visit.client_id.0);
            }
            sql::write_visits(tx.write(), self.import, &chunk.visits).await?;
        }
        Ok(())
    }

    fn count<T>(&mut self, rows: &[Marked<T>]) {
        let fresh = rows.iter().filter(|m| !m.was_there).count();
        self.fresh += i64::try_from(fresh).unwrap_or(i64::MAX);
        self.records += i64::try_from(rows.len()).unwrap_or(i64::MAX);
    }

    /// A visit that was there keeps its plan, its place and what became of its promise; the row says the rest.
    async fn keep_what_was_added_here(&mut self, tx: &mut Tx, rows: &mut [Marked<OwnedVisit>]) -> Result<(), Error> {
        let ids: Vec<Uuid> = rows.iter().filter(|m| m.was_there).map(|m| m.record.visit.id.0).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let before = sql::visits_by_id(tx.read(), &ids).await?;
        for m in rows {
            if let Some(was) = before.get(&m.record.visit.id) {
                self.touched.insert(was.client_id.0);
                m.record.visit = merged(was, &m.record.visit);
            }
        }
        Ok(())
    }

    /// Writes the lights that follow, and holds what the tables now say against what the file said.
    pub(super) async fn close(&self, tx: &mut Tx, judged: i64) -> Result<(), Error> {
        if !self.touched.is_empty() {
            lights::restamp(tx, &self.touched).await?;
        }
        let (found, days) = sql::recount(tx.read(), self.visits, self.import).await?;
        let after = sql::count_all(tx.read(), self.visits).await?;
        let expected = [("records of this import", judged, found), ("records of this import", self.records, found)];
        let sums = [("the sum of their days", self.days, days), ("records in all", self.before + self.fresh, after)];
        for (what, file, table) in expected.into_iter().chain(sums) {
            if file != table {
                let words = format!("Nothing was brought in: {what} do not add up, {file} by the file, {table} in the database.");
                return Err(Error::rejected("file", "does_not_add_up", words));
            }
        }
        Ok(())
    }
}

/// Adds clients that came with other records.
pub(super) async fn add_clients(tx: &mut Tx, import: ImportId, clients: &[Marked<Client>]) -> Result<(), Error> {
    if clients.is_empty() { Ok(()) } else { sql::write_clients(tx.write(), import, clients).await }
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

/// Adds branches and reps; the names of the reps.
pub(super) async fn add(tx: &mut Tx, newcomers: Newcomers) -> Result<Vec<String>, Error> {
    for branch in &newcomers.branches {
        add_branch_in(tx, branch).await?;
    }
    for rep in &newcomers.reps {
        add_rep_in(tx, rep).await?;
    }
    Ok(newcomers.reps.into_iter().map(|r| r.name).collect())
}
