//! A month of facts: a base that does not change, and over it a small layer of signed facts that came later, until it is folded in.

use super::facts::{LINES, Refused, Sums, TRANSACTIONS, UNKNOWN_LINES, UNKNOWN_NET, plus};
use super::segment::{Maker, Segment, lines_with, normalise};
use super::table::{CUSTOMER, Row, Table};
use crate::calendar::Day;
use std::sync::Arc;

/// Rows a layer holds before it is folded in: so many, and a share of the base.
const LAYER_ROWS: usize = 4_096;
const LAYER_SHARE: usize = 32;

/// Months since the year zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct MonthAt(pub i32);

impl MonthAt {
    /// The month of a day, and the day in it.
    pub fn of(day: Day) -> (Self, u32) {
        let (year, month, day) = day.civil();
        (Self(year * 12 + month as i32 - 1), day)
    }

    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    pub fn first_day(self) -> Day {
        Day::from_civil(self.year(), self.0.rem_euclid(12) as u32 + 1, 1).unwrap_or(Day(0))
    }

    pub fn last_day(self) -> Day {
        self.first_day().month_end()
    }
}

/// Rows of a table whose lines came to nothing: they hold no customer any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gone(Vec<u64>);

impl Gone {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn holds(&self, cell: u32) -> bool {
        self.0.get(cell as usize / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    fn put(&mut self, cell: usize, cells: usize) {
        self.0.resize(cells.div_ceil(64), 0);
        self.0[cell / 64] |= 1 << (cell % 64);
    }
}

/// Facts with their rollups, and what of each table is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    pub segment: Arc<Segment>,
    /// By table; empty but for tables that keep customers.
    pub gone: Vec<Gone>,
}

/// A month. Sums are those of the base and of the changes together; a customer is there where the lines of the two are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub at: MonthAt,
    pub base: Layer,
    pub changes: Option<Layer>,
}

impl Month {
    /// From rows as [`normalise`] leaves them.
    pub fn of(at: MonthAt, rows: &[Row], maker: &mut Maker) -> Self {
        Self::around(at, maker.segment(rows))
    }

    pub fn around(at: MonthAt, segment: Segment) -> Self {
        Self { at, base: Layer::whole(segment), changes: None }
    }

    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.base).chain(&self.changes)
    }

    /// All facts, as [`normalise`] leaves them.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = self.base.segment.rows();
        if let Some(changes) = &self.changes {
            rows.extend(changes.segment.rows());
            normalise(&mut rows);
        }
        rows
    }

    /// The month with more facts, signed.
    ///
    /// # Errors
    /// When facts are taken back that are not there.
    pub fn with(&self, more: Vec<Row>, maker: &mut Maker) -> Result<Self, Refused> {
        let mut rows = self.changes.as_ref().map_or_else(Vec::new, |changes| changes.segment.rows());
        rows.extend(more);
        normalise(&mut rows);
        let facts = self.base.segment.facts();
        for row in rows.iter().filter(|row| row.sums[LINES] <= 0 || row.sums[UNKNOWN_LINES] < 0 || row.sums[TRANSACTIONS] < 0) {
            let mut sums = row.sums;
            if let Some(cell) = facts.find([row.rep, row.branch, row.shelf], row.leaves) {
                plus(&mut sums, &facts.sums(cell));
            }
            sound(&sums)?;
        }
        if rows.len() > LAYER_ROWS + facts.cells() / LAYER_SHARE {
            rows.extend(self.base.segment.rows());
            normalise(&mut rows);
            return Ok(Self::of(self.at, &rows, maker));
        }
        let mut base = Layer { segment: Arc::clone(&self.base.segment), gone: vec![] };
        let mut changes = Layer::whole(maker.segment(&rows));
        base.gone = base.segment.tables.iter().zip(&changes.segment.tables).map(|(under, over)| gone_under(under, over)).collect();
        changes.gone = changes.segment.tables.iter().map(gone_over).collect();
        Ok(Self { at: self.at, base, changes: (!rows.is_empty()).then_some(changes) })
    }

    /// Cells held, those of changes besides the base's.
    pub fn cells(&self) -> usize {
        self.layers().map(|layer| layer.segment.facts().cells()).sum()
    }
}

impl Layer {
    fn whole(segment: Segment) -> Self {
        let gone = vec![Gone::default(); segment.tables.len()];
        Self { segment: Arc::new(segment), gone }
    }
}

/// Cells of the base that the changes leave without lines.
fn gone_under(under: &Table, over: &Table) -> Gone {
    let mut gone = Gone::default();
    if under.leaves[CUSTOMER].is_none() {
        return gone;
    }
    for (key, cell) in over.keyed().filter(|(_, cell)| over.lines(*cell) < 0) {
        let found = under.find(key, over.cell_leaves(cell));
        if let Some(place) = found.filter(|_| lines_with(under, found, &over.sums(cell)) == 0) {
            gone.put(place, under.cells());
        }
    }
    gone
}

/// Cells of the changes that add no lines: whether their customers are there is the base's to say.
fn gone_over(over: &Table) -> Gone {
    let mut gone = Gone::default();
    if over.leaves[CUSTOMER].is_some() {
        (0..over.cells()).filter(|cell| over.lines(*cell) <= 0).for_each(|cell| gone.put(cell, over.cells()));
    }
    gone
}

/// Whether a cell can be the sum of facts that are there: nothing of it without lines, no more unknown costs or transactions than lines.
pub(super) fn sound(sums: &Sums) -> Result<(), Refused> {
    let nothing = sums.iter().all(|sum| *sum == 0);
    let lines = sums[LINES] > 0 && [UNKNOWN_LINES, TRANSACTIONS].iter().all(|some| (0..=sums[LINES]).contains(&sums[*some]));
    let known = sums[UNKNOWN_LINES] > 0 || sums[UNKNOWN_NET] == 0;
    if nothing || (lines && known) { Ok(()) } else { Err(Refused::OutOfStep) }
}
