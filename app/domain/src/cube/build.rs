//! Building a cube from facts in any order, within a bounded store of facts that are not yet packed.

use super::Cube;
use super::dictionary::{Dictionaries, Entries};
use super::facts::{Bounds, Fact, MEASURES, Refused};
use super::month::{Month, MonthAt, sound};
use super::query::Dimension;
use super::segment::{Maker, normalise, rows_of};
use super::table::{Cells, Row, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most facts that wait to be packed: 50 MB of them.
const WAITING_MAX: usize = 600_000;

/// Takes facts one by one and packs them month by month; quickest when they come by day.
#[derive(Debug)]
pub struct Builder {
    dictionaries: Dictionaries,
    bounds: Bounds,
    waiting: BTreeMap<MonthAt, Vec<Row>>,
    rows: usize,
    packed: BTreeMap<MonthAt, Table>,
}

impl Builder {
    /// For facts about these.
    #[must_use]
    pub fn new(entries: &Entries) -> Self {
        Self::over(Dictionaries::of(entries))
    }

    pub(super) fn over(dictionaries: Dictionaries) -> Self {
        Self { dictionaries, bounds: Bounds::default(), waiting: BTreeMap::new(), rows: 0, packed: BTreeMap::new() }
    }

    /// Takes one fact.
    ///
    /// # Errors
    /// When it names nobody the dictionaries hold, or amounts become too large to be summed exactly.
    pub fn push(&mut self, fact: &Fact) -> Result<(), Refused> {
        let (at, row) = row(&self.dictionaries, fact)?;
        self.bounds.add(fact)?;
        self.push_row(at, Row { sums: fact.sums(), ..row });
        Ok(())
    }

    pub(super) fn push_row(&mut self, at: MonthAt, row: Row) {
        self.waiting.entry(at).or_default().push(row);
        self.rows += 1;
        if self.rows >= WAITING_MAX {
            self.pack_largest();
        }
    }

    /// Packs the months that wait with most facts, until half of the store is free again.
    fn pack_largest(&mut self) {
        let mut months: Vec<(usize, MonthAt)> = self.waiting.iter().map(|(at, rows)| (rows.len(), *at)).collect();
        months.sort_unstable();
        while self.rows > WAITING_MAX / 2 {
            let Some((_, at)) = months.pop() else { break };
            let rows = self.take(at);
            self.packed.insert(at, Maker::facts(&rows, &mut Cells::default()));
        }
    }

    /// All facts of a month, packed or waiting.
    fn take(&mut self, at: MonthAt) -> Vec<Row> {
        let mut rows = self.waiting.remove(&at).unwrap_or_default();
        self.rows -= rows.len();
        if let Some(table) = self.packed.remove(&at) {
            rows.extend(rows_of(&table));
        }
        normalise(&mut rows);
        rows
    }

    /// The cube.
    ///
    /// # Errors
    /// When a fact was taken back that never came.
    pub fn finish(mut self, version: i64) -> Result<Cube, Refused> {
        let mut maker = Maker::of(&self.dictionaries);
        let mut ats = BTreeSet::new();
        ats.extend(self.waiting.keys().chain(self.packed.keys()).copied());
        let mut months = Vec::with_capacity(ats.len());
        for at in ats {
            let rows = self.take(at);
            rows.iter().try_for_each(|row| sound(&row.sums))?;
            if !rows.is_empty() {
                months.push(Arc::new(Month::of(at, &rows, &mut maker)));
            }
        }
        Ok(Cube { version, dictionaries: Arc::new(self.dictionaries), bounds: self.bounds, months })
    }
}

/// A fact's month and its row, without sums.
pub(super) fn row(dictionaries: &Dictionaries, fact: &Fact) -> Result<(MonthAt, Row), Refused> {
    let known = |code: Option<u32>, dimension| code.ok_or(Refused::Unknown(dimension));
    let product = known(dictionaries.products.code(fact.product.map(|id| id.0)), Dimension::Product)?;
    let customer = known(dictionaries.customers.code(fact.customer.map(|id| id.0)), Dimension::Customer)?;
    let (at, day) = MonthAt::of(fact.day);
    let row = Row {
        rep: known(dictionaries.reps.code(fact.rep.map(|id| id.0)), Dimension::Rep)?,
        branch: known(dictionaries.branches.code(fact.branch.map(|id| id.0)), Dimension::Branch)?,
        shelf: dictionaries.shelf_of[product as usize],
        leaves: [customer, product, day],
        sums: [0; MEASURES],
    };
    Ok((at, row))
}

impl Dictionaries {
    /// The line of each shelf.
    pub(super) fn lines_of_shelves(&self) -> Vec<u32> {
        self.shelves.iter().map(|shelf| shelf.line).collect()
    }

    /// Codes a leaf may have.
    pub(super) fn leaves(&self) -> usize {
        self.customers.labels.len().max(self.products.labels.len())
    }
}
