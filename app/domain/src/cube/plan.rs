//! How a slice is answered: for each month the smallest rollups that know what is asked, cut into parts that can run side by side.

use super::Cube;
use super::facts::{COST, GROSS, LINES, RETURNS, TRANSACTIONS, UNITS, UNKNOWN_LINES, UNKNOWN_NET};
use super::lookup::{Key, Lookups, asks, keys, month_places};
use super::month::{Gone, Month};
use super::query::{Dimension, Metric, Slice};
use super::scan::Part;
use super::share::{RANKED_AT_ONCE, Share};
use super::table::{CUSTOMER, DAY, GRAINS, Goods, Grain, Table};
use crate::calendar::Day;
use crate::order;
use crate::people::Scope;

/// Most groups of an answer.
pub const GROUPS_MAX: usize = 10_000;

/// A slice ready to run. `parts` may run on as many threads as there are parts; their partial answers are merged in any order.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(super) cube: &'a Cube,
    pub(super) slice: Slice,
    pub(super) keys: Vec<Key>,
    /// Groups there could be.
    pub(super) size: u64,
    pub(super) lookups: Lookups,
    pub(super) jobs: Vec<Job>,
    tasks: Vec<Task<'a>>,
    /// Most groups of the answer.
    pub(super) groups_max: usize,
    /// Groups at which there is no answer any more, whatever cancels out; of a ranked slice, at which it is answered in shares.
    pub(super) groups_end: usize,
}

/// What is read together from one table.
#[derive(Debug)]
pub(super) struct Job {
    need: Grain,
    pub measures: Vec<usize>,
    pub customers: bool,
}

/// Some runs of one table.
#[derive(Clone, Debug)]
pub(super) struct Task<'a> {
    pub table: &'a Table,
    pub gone: &'a Gone,
    pub job: usize,
    /// What the month adds to the key.
    pub place: u64,
    /// What its days add, when days matter.
    pub days: Option<[u64; 32]>,
    /// One after the month's last day.
    pub last_day: usize,
    /// Whether the table is of what came over the month later.
    pub changes: bool,
    pub runs: std::ops::Range<usize>,
}

impl Task<'_> {
    fn cells_from(&self) -> usize {
        if self.runs.is_empty() { 0 } else { self.table.run(self.runs.start).start as usize }
    }

    /// Cells to look at, and runs to look up.
    fn cost(&self) -> usize {
        if self.runs.is_empty() { 0 } else { self.table.run(self.runs.end - 1).end as usize - self.cells_from() + self.runs.len() }
    }
}

impl<'a> Plan<'a> {
    pub(super) fn new(cube: &'a Cube, slice: &Slice, scope: Scope, groups_max: usize) -> Option<Self> {
        let from = cube.months.first().map_or(slice.from, |month| slice.from.max(month.at.first_day()));
        let to = cube.months.last().map_or(slice.to, |month| slice.to.min(month.at.last_day()));
        let (keys, size) = keys(cube, slice, from, to.max(from))?;
        let lookups = Lookups::new(cube, slice, &keys, scope);
        let changed: usize = cube.months.iter().filter_map(|month| month.changes.as_ref()).map(|layer| layer.segment.facts().cells()).sum();
        let ranked = slice.limit.is_some() && slice.order_by.is_some();
        let (groups_max, groups_end) = if ranked { (usize::MAX, RANKED_AT_ONCE) } else { (groups_max, groups_max.saturating_add(changed)) };
        let jobs = jobs(slice, scope);
        let mut plan = Plan { cube, slice: slice.clone(), keys, size, lookups, jobs, tasks: vec![], groups_max, groups_end };
        if plan.lookups.any && from <= to {
            for month in cube.months.iter().filter(|month| month.at.last_day() >= from && month.at.first_day() <= to) {
                plan.add(month, from, to);
            }
        }
        Some(plan)
    }

    fn add(&mut self, month: &'a Month, from: Day, to: Day) {
        let (place, days) = month_places(&self.keys, month.at, from, to);
        let last_day = month.at.last_day().civil().2 as usize + 1;
        for (job, Job { need, .. }) in self.jobs.iter().enumerate() {
            let mut need = *need;
            need.leaves[DAY] = days.is_some();
            // the same table of base and changes: which customers are gone is told of each table by itself
            let cells = |table: &usize| month.layers().map(|layer| layer.segment.tables[*table].cells()).sum::<usize>();
            let covering = (0..GRAINS.len()).filter(|table| GRAINS[*table].covers(need));
            let best = covering.min_by_key(cells).expect("the facts cover every need");
            for (at, layer) in month.layers().enumerate() {
                let (table, gone) = (&layer.segment.tables[best], &layer.gone[best]);
                self.tasks.push(Task { table, gone, job, place, days, last_day, changes: at > 0, runs: 0..table.runs() });
            }
        }
    }

    /// The tables whose lines are summed: each cell of the slice once.
    pub(super) fn summed(&self) -> impl Iterator<Item = &Task<'a>> {
        self.tasks.iter().filter(|task| task.job == 0)
    }

    /// Whether no products are told apart, so that documents are whole.
    pub(super) fn whole_documents(&self) -> bool {
        self.jobs.iter().all(|job| job.need.whole_documents())
    }

    /// Whether only the first groups are asked for.
    pub(super) fn ranked(&self) -> bool {
        self.slice.limit.is_some() && self.slice.order_by.is_some()
    }

    /// The work in at most `count` parts of about the same size.
    #[must_use]
    pub fn parts(&self, count: usize) -> Vec<Part<'_>> {
        self.parts_of(Share::WHOLE, count)
    }

    /// The work for some of the groups.
    pub(super) fn parts_of(&self, groups: Share, count: usize) -> Vec<Part<'_>> {
        let total: usize = self.tasks.iter().map(Task::cost).sum();
        let share = total.div_ceil(count.max(1)).max(1);
        let mut parts = vec![];
        let (mut tasks, mut room) = (vec![], share);
        for task in &self.tasks {
            let mut left = task.clone();
            while left.cost() > room {
                let cut = left.table.run_at(left.cells_from() + room).clamp(left.runs.start + 1, left.runs.end);
                tasks.push(Task { runs: left.runs.start..cut, ..left.clone() });
                left.runs.start = cut;
                parts.push(Part::new(self, groups, std::mem::take(&mut tasks)));
                room = share;
            }
            room -= left.cost();
            if !left.runs.is_empty() {
                tasks.push(left);
            }
        }
        if !tasks.is_empty() || parts.is_empty() {
            parts.push(Part::new(self, groups, tasks));
        }
        parts
    }
}

/// The measures a metric is made of.
fn measures(metric: Metric) -> &'static [usize] {
    match metric {
        Metric::GrossRevenue => &[GROSS],
        Metric::Returns => &[RETURNS],
        Metric::NetSales => &[GROSS, RETURNS],
        Metric::Cost => &[COST, UNKNOWN_LINES],
        Metric::GrossProfit => &[GROSS, RETURNS, COST, UNKNOWN_NET, UNKNOWN_LINES],
        Metric::KnownNet => &[GROSS, RETURNS, UNKNOWN_NET, UNKNOWN_LINES],
        Metric::Units => &[UNITS],
        Metric::Transactions => &[TRANSACTIONS],
        Metric::Lines | Metric::Customers => &[],
    }
}

fn jobs(slice: &Slice, scope: Scope) -> Vec<Job> {
    let goods = if asks(slice, Dimension::ItemGroup) {
        Goods::Shelf
    } else if asks(slice, Dimension::ProductLine) {
        Goods::Line
    } else {
        Goods::All
    };
    let reps = asks(slice, Dimension::Rep) || matches!(scope, Scope::Own(_));
    let need = Grain { reps, goods, leaves: [asks(slice, Dimension::Customer), asks(slice, Dimension::Product), false] };
    let asked = || slice.metrics.iter().copied().chain(slice.order_by);
    let placed = slice.order_by.map(|_| [GROSS, RETURNS]);
    let told = |measure: &usize| *measure != TRANSACTIONS || need.whole_documents();
    let mut summed: Vec<usize> =
        asked().flat_map(measures).copied().filter(told).chain([LINES]).chain(placed.into_iter().flatten()).collect();
    order::sort_by_key(&mut summed, |one| *one);
    summed.dedup();
    // a group by customer knows its number of customers from its key
    let customers = asked().any(|metric| metric == Metric::Customers) && !slice.group_by.contains(&Dimension::Customer);
    let together = need.leaves[CUSTOMER] && customers;
    let mut jobs = vec![Job { need, measures: summed, customers: together }];
    if customers && !together {
        let mut need = need;
        need.leaves[CUSTOMER] = true;
        jobs.push(Job { need, measures: vec![], customers });
    }
    jobs
}
