//! Reading tables: cells that pass get the slot of their group, and each measure is added in one sweep over a batch of them.

use super::column::Codes;
use super::facts::MEASURES;
use super::groups::{Groups, Seen};
use super::lookup::OUT;
use super::plan::{Plan, Task};
use super::table::{CUSTOMER, DAY, Goods, PRODUCT};

/// Cells swept at once: what stays in the nearest cache.
const BATCH: usize = 2_048;

/// Some of a plan's work.
#[derive(Debug)]
pub struct Part<'a> {
    plan: &'a Plan<'a>,
    tasks: Vec<Task<'a>>,
}

/// What some of a plan's parts come to.
#[derive(Debug)]
pub struct Partial {
    pub(super) groups: Groups,
    /// By measure and slot; empty for measures nobody asks for.
    pub(super) sums: [Vec<i64>; MEASURES],
    pub(super) seen: Seen,
    /// There are more groups than an answer may have.
    pub(super) over: bool,
}

#[derive(Debug, Default)]
struct Batch {
    at: Vec<u32>,
    keys: Vec<u64>,
    slots: Vec<u32>,
}

impl<'a> Part<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, tasks: Vec<Task<'a>>) -> Self {
        Self { plan, tasks }
    }

    /// Does the work.
    #[must_use]
    pub fn run(&self) -> Partial {
        let mut partial = Partial::new(self.plan);
        let mut batch = Batch::default();
        for task in &self.tasks {
            Scan { plan: self.plan, task, leaves: leaves(self.plan, task) }.run(&mut batch, &mut partial);
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
        let most = plan.size.min((plan.groups_end as u64).saturating_add(BATCH as u64));
        let seen = if customers { Seen::new(most, plan.cube.dictionaries.customers.labels.len()) } else { Seen::Not };
        Self { groups: Groups::new(plan.size), sums: Default::default(), seen, over: false }
    }

    /// Both together; of the same plan.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if self.groups.len() < other.groups.len() {
            return other.merge(self);
        }
        self.over |= other.over;
        let slots: Vec<u32> = other.groups.keys.iter().map(|key| self.groups.slot(*key)).collect();
        for (sums, more) in self.sums.iter_mut().zip(&other.sums) {
            if !more.is_empty() {
                sums.resize(self.groups.len(), 0);
                slots.iter().zip(more).for_each(|(slot, more)| sums[*slot as usize] += more);
            }
        }
        self.seen.grow(self.groups.len());
        self.seen.merge(other.seen, &slots);
        self
    }
}

/// A leaf of a table with what its codes add to the key.
type Leaf<'a> = (&'a Codes, &'a [u64]);

struct Scan<'a> {
    plan: &'a Plan<'a>,
    task: &'a Task<'a>,
    leaves: Vec<Leaf<'a>>,
}

fn leaves<'a>(plan: &'a Plan<'a>, task: &'a Task<'a>) -> Vec<Leaf<'a>> {
    let asked = [CUSTOMER, PRODUCT].map(|leaf| plan.lookups.leaves[leaf].as_deref());
    let days = task.days.as_ref().map(<[u64; 32]>::as_slice);
    let tables = [(CUSTOMER, asked[0]), (PRODUCT, asked[1]), (DAY, days)];
    tables.into_iter().filter_map(|(leaf, table)| Some((task.table.leaves[leaf].as_ref()?, table?))).collect()
}

impl Scan<'_> {
    fn run(&self, batch: &mut Batch, partial: &mut Partial) {
        for run in self.task.runs.clone() {
            let key = self.run_key(run);
            if key == OUT {
                continue;
            }
            let cells = self.task.table.run(run);
            let slot = if self.leaves.is_empty() { Some(partial.groups.slot(key)) } else { None };
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

    /// What a run's rep, branch and goods add to the month's key.
    fn run_key(&self, run: usize) -> u64 {
        let (table, lookups) = (self.task.table, &self.plan.lookups);
        let seller = lookups.reps[table.reps.get(run) as usize].saturating_add(lookups.branches[table.branches.get(run) as usize]);
        let goods = match table.grain.goods {
            Goods::All => 0,
            Goods::Line => lookups.lines[table.goods.get(run) as usize],
            Goods::Shelf => lookups.shelves[table.goods.get(run) as usize],
        };
        self.task.place.saturating_add(seller).saturating_add(goods)
    }

    fn sweep(&self, batch: &mut Batch, partial: &mut Partial) {
        if !self.leaves.is_empty() {
            self.sift(batch, partial);
        }
        let job = &self.plan.jobs[self.task.job];
        for measure in &job.measures {
            let sums = &mut partial.sums[*measure];
            sums.resize(sums.len().max(partial.groups.len()), 0);
            self.task.table.measures[*measure].add(&batch.at, &batch.slots, sums);
        }
        if job.customers {
            self.see(batch, partial);
        }
        partial.over |= partial.groups.len() > self.plan.groups_end;
        batch.at.clear();
        batch.keys.clear();
        batch.slots.clear();
    }

    /// Adds the leaves to the keys and keeps the cells that are in.
    fn sift(&self, batch: &mut Batch, partial: &mut Partial) {
        for (codes, table) in &self.leaves {
            let keys = &mut batch.keys;
            codes.each(&batch.at, |place, code| keys[place] = keys[place].saturating_add(table[code as usize]));
        }
        let mut kept = 0;
        for place in 0..batch.at.len() {
            let key = batch.keys[place];
            if key != OUT {
                batch.slots.push(partial.groups.slot(key));
                batch.at[kept] = batch.at[place];
                kept += 1;
            }
        }
        batch.at.truncate(kept);
    }

    fn see(&self, batch: &Batch, partial: &mut Partial) {
        let Some(codes) = &self.task.table.leaves[CUSTOMER] else { return };
        let seen = &mut partial.seen;
        seen.grow(partial.groups.len());
        let ranks = &self.plan.cube.dictionaries.customers.labels.ranks;
        let gone = self.task.gone;
        if gone.is_empty() {
            codes.each(&batch.at, |place, code| {
                if code != 0 {
                    seen.put(batch.slots[place], ranks[code as usize]);
                }
            });
        } else {
            codes.each(&batch.at, |place, code| {
                if code != 0 && !gone.holds(batch.at[place]) {
                    seen.put(batch.slots[place], ranks[code as usize]);
                }
            });
        }
    }
}
