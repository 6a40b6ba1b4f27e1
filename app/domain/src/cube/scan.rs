//! Reading tables: cells that pass get the slot of their group, and each measure is added in one sweep over a batch of them.

use super::column::Codes;
use super::facts::MEASURES;
use super::groups::{Groups, Seen};
use super::lookup::OUT;
use super::plan::{Plan, Task};
use super::share::{PAIRS_AT_ONCE, Share};
use super::table::{CUSTOMER, DAY, Goods, PRODUCT};
use crate::order;

/// Cells swept at once: so few that the sums of their groups stay in the nearest cache from one measure to the next.
const BATCH: usize = 256;

/// Some of a plan's work.
#[derive(Debug)]
pub struct Part<'a> {
    plan: &'a Plan<'a>,
    /// The groups it is about.
    groups: Share,
    tasks: Vec<Task<'a>>,
}

/// What some of a plan's parts come to.
#[derive(Debug)]
pub struct Partial {
    pub(super) groups: Groups,
    /// Slot by slot, the measures of a slot beside each other.
    sums: Vec<i64>,
    /// Measures of a slot.
    stride: usize,
    /// By measure: its place in a slot; none of measures nobody asks for.
    places: [Option<usize>; MEASURES],
    pub(super) seen: Seen,
    /// There are more groups than an answer may have.
    pub(super) over: bool,
}

#[derive(Debug, Default)]
struct Batch {
    at: Vec<u32>,
    keys: Vec<u64>,
    slots: Vec<u32>,
    /// Where the sums of the slots begin.
    offsets: Vec<u32>,
}

impl<'a> Part<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, groups: Share, tasks: Vec<Task<'a>>) -> Self {
        Self { plan, groups, tasks }
    }

    /// Does the work.
    #[must_use]
    pub fn run(&self) -> Partial {
        let mut partial = Partial::new(self.plan);
        let mut batch = Batch::default();
        for task in &self.tasks {
            Scan::new(self.plan, task, self.groups).run(&mut batch, &mut partial);
            if partial.over {
                break;
            }
        }
        partial
    }
}

impl Partial {
    fn new(plan: &Plan<'_>) -> Self {
        let customers = plan.jobs.iter().any(|job| job.customers);
        let codes = if customers { plan.cube.dictionaries.customers.labels.len() } else { 0 };
        let groups = Groups::new(plan.size, codes.div_ceil(64));
        let most = plan.size.min((plan.groups_end as u64).saturating_add(BATCH as u64));
        let seen = if customers { Seen::new(most, codes) } else { Seen::Not };
        let measures = plan.jobs.iter().flat_map(|job| &job.measures);
        let (mut places, mut stride) = ([None; MEASURES], 0);
        for measure in measures {
            places[*measure] = Some(stride);
            stride += 1;
        }
        Self { groups, sums: vec![], stride, places, seen, over: false }
    }

    /// Slots that have sums; the groups of some of them may have cancelled out.
    pub(super) fn slots(&self) -> usize {
        self.sums.len().checked_div(self.stride).unwrap_or(0)
    }

    /// What a measure comes to in a slot; zero where nobody asked for it.
    pub(super) fn sum(&self, measure: usize, slot: usize) -> i64 {
        let place = self.places[measure].and_then(|place| self.sums.get(slot * self.stride + place));
        place.copied().unwrap_or(0)
    }

    fn grow(&mut self) {
        let sums = self.groups.len() * self.stride;
        if self.sums.is_empty() {
            self.sums = vec![0; sums];
        } else if self.sums.len() < sums {
            self.sums.resize(sums, 0);
        }
    }

    /// Both together; of the same plan.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if self.groups.len() < other.groups.len() {
            return other.merge(self);
        }
        self.over |= other.over;
        let slots: Vec<u32> = (0..other.groups.len()).map(|slot| self.groups.slot(other.groups.key(slot))).collect();
        self.grow();
        for (slot, more) in slots.iter().zip(other.sums.chunks_exact(self.stride.max(1))) {
            let sums = &mut self.sums[*slot as usize * self.stride..];
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
        self.seen.grow(self.groups.len());
        self.seen.merge(other.seen, &slots);
        self
    }
}

/// A leaf of a table with what its codes add to the key, and whether any of them is out.
struct Leaf<'a> {
    codes: &'a Codes,
    places: &'a [u64],
    narrows: bool,
}

/// A table that is read.
pub(super) struct Scan<'a> {
    plan: &'a Plan<'a>,
    task: &'a Task<'a>,
    groups: Share,
    leaves: Vec<Leaf<'a>>,
}

fn leaves<'a>(plan: &'a Plan<'a>, task: &'a Task<'a>) -> Vec<Leaf<'a>> {
    let asked = [CUSTOMER, PRODUCT].map(|leaf| plan.lookups.leaves[leaf].as_ref().map(|(places, narrows)| (places.as_slice(), *narrows)));
    let days = task.days.as_ref().map(|days| (days.as_slice(), days[1..task.last_day].contains(&OUT)));
    let tables = [(CUSTOMER, asked[0]), (PRODUCT, asked[1]), (DAY, days)];
    let leaf = |(leaf, table): (usize, Option<(&'a [u64], bool)>)| {
        let (places, narrows) = table?;
        Some(Leaf { codes: task.table.leaves[leaf].as_ref()?, places, narrows })
    };
    let mut leaves: Vec<Leaf<'_>> = tables.into_iter().filter_map(leaf).collect();
    // what narrows first, so that the others are read of fewer cells
    order::sort_by_key(&mut leaves, |leaf| !leaf.narrows);
    leaves
}

impl<'a> Scan<'a> {
    pub fn new(plan: &'a Plan<'a>, task: &'a Task<'a>, groups: Share) -> Self {
        Self { plan, task, groups, leaves: leaves(plan, task) }
    }

    /// Calls `see` with the key and the number of every cell that is in.
    pub fn keys(&self, mut see: impl FnMut(u64, usize)) {
        let mut batch = Batch::default();
        for (run, key) in self.task.runs.clone().zip(self.run_keys()) {
            let mut left = if key == OUT { 0..0 } else { self.task.table.run(run) };
            while !left.is_empty() {
                batch.at.extend(left.by_ref().take(BATCH));
                batch.keys.resize(batch.at.len(), key);
                self.sift(&mut batch.at, &mut batch.keys);
                batch.at.drain(..).zip(batch.keys.drain(..)).for_each(|(cell, key)| see(key, cell as usize));
            }
        }
    }

    fn run(&self, batch: &mut Batch, partial: &mut Partial) {
        let customers = self.task.table.leaves[CUSTOMER].as_ref().filter(|_| self.customers_alone());
        for (run, key) in self.task.runs.clone().zip(self.run_keys()) {
            if key == OUT || (self.leaves.is_empty() && !self.groups.holds(key)) {
                continue;
            }
            let cells = self.task.table.run(run);
            let slot = if self.leaves.is_empty() { Some(partial.groups.slot(key)) } else { None };
            if let (Some(slot), Some(customers)) = (slot, customers) {
                partial.seen.grow(partial.groups.len());
                partial.seen.put_run(slot, customers, cells);
                continue;
            }
            let mut from = cells.start;
            while from < cells.end {
                let to = cells.end.min(from + (BATCH - batch.at.len()) as u32);
                batch.at.extend(from..to);
                match slot {
                    Some(slot) => batch.slots.resize(batch.at.len(), slot),
                    None => batch.keys.resize(batch.at.len(), key),
                }
                from = to;
                if batch.at.len() == BATCH {
                    self.sweep(batch, partial);
                    if partial.over {
                        return;
                    }
                }
            }
        }
        self.sweep(batch, partial);
    }

    /// Whether whole runs of customers go into one group each, nothing is summed, and codes tell customers apart.
    fn customers_alone(&self) -> bool {
        let job = &self.plan.jobs[self.task.job];
        job.customers && job.measures.is_empty() && self.task.gone.is_empty() && !self.plan.cube.dictionaries.customers.labels.shared()
    }

    /// What the rep, branch and goods of each run add to the month's key.
    fn run_keys(&self) -> Vec<u64> {
        let (table, lookups, runs) = (self.task.table, &self.plan.lookups, self.task.runs.clone());
        let mut keys = vec![self.task.place; runs.len()];
        let rows = runs.start as u32..runs.end as u32;
        let mut add = |codes: &Codes, places: &[u64]| {
            let mut left = keys.iter_mut();
            codes.within(rows.clone(), |code| {
                if let Some(key) = left.next() {
                    *key = key.saturating_add(places[code as usize]);
                }
            });
        };
        add(&table.reps, &lookups.reps);
        add(&table.branches, &lookups.branches);
        match table.grain.goods {
            Goods::All => {}
            Goods::Line => add(&table.goods, &lookups.lines),
            Goods::Shelf => add(&table.goods, &lookups.shelves),
        }
        keys
    }

    fn sweep(&self, batch: &mut Batch, partial: &mut Partial) {
        if !self.leaves.is_empty() {
            self.sift(&mut batch.at, &mut batch.keys);
            partial.groups.slots(&batch.keys, &mut batch.slots);
        }
        let job = &self.plan.jobs[self.task.job];
        if !job.measures.is_empty() && !batch.at.is_empty() {
            partial.grow();
            batch.offsets.extend(batch.slots.iter().map(|slot| slot * partial.stride as u32));
            for measure in &job.measures {
                let place = partial.places[*measure].expect("every measure of a job has a place");
                self.task.table.measures[*measure].add(&batch.at, &batch.offsets, &mut partial.sums[place..]);
            }
        }
        if job.customers {
            self.see(batch, partial);
        }
        let ranked = self.plan.ranked();
        if !ranked || self.groups.bounded() {
            partial.over |= partial.groups.over(self.plan.groups_end) || (ranked && partial.seen.pairs() > PAIRS_AT_ONCE);
        }
        batch.at.clear();
        batch.keys.clear();
        batch.slots.clear();
        batch.offsets.clear();
    }

    /// Adds the leaves to the keys and keeps the cells that are in.
    fn sift(&self, at: &mut Vec<u32>, keys: &mut Vec<u64>) {
        for leaf in &self.leaves {
            let sums = keys.as_mut_slice();
            leaf.codes.each(at, |place, code| sums[place] = sums[place].saturating_add(leaf.places[code as usize]));
            if leaf.narrows {
                keep(at, keys, |key| key != OUT);
            }
        }
        if self.groups != Share::WHOLE {
            keep(at, keys, |key| key != OUT && self.groups.holds(key));
        }
    }

    fn see(&self, batch: &Batch, partial: &mut Partial) {
        let Some(codes) = &self.task.table.leaves[CUSTOMER] else { return };
        let seen = &mut partial.seen;
        seen.grow(partial.groups.len());
        let labels = &self.plan.cube.dictionaries.customers.labels;
        let (gone, shared) = (self.task.gone, labels.shared());
        codes.each(&batch.at, |place, code| {
            if gone.is_empty() || !gone.holds(batch.at[place]) {
                seen.put(batch.slots[place], if shared { labels.ranks[code as usize] } else { code });
            }
        });
    }
}

/// Drops the cells whose keys are not `wanted`.
fn keep(at: &mut Vec<u32>, keys: &mut Vec<u64>, wanted: impl Fn(u64) -> bool) {
    // slices: an index into a vector is a call where code is to be small
    let (cells, places) = (at.as_mut_slice(), keys.as_mut_slice());
    let mut kept = 0;
    for place in 0..cells.len() {
        (cells[kept], places[kept]) = (cells[place], places[place]);
        kept += usize::from(wanted(places[place]));
    }
    at.truncate(kept);
    keys.truncate(kept);
}
