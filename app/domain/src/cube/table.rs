//! A rollup of one month: cells in runs of one rep, branch and shelf or line, each run ordered by customer, product and day as far as they are kept.

use super::column::{Codes, Column};
use super::facts::{LINES, MEASURES, Sums};

/// A fact in codes, within its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub rep: u32,
    pub branch: u32,
    pub shelf: u32,
    /// Customer, product, day of the month: in the order of [`CUSTOMER`], [`PRODUCT`], [`DAY`].
    pub leaves: [u32; 3],
    pub sums: Sums,
}

/// Place of the customer in a cell's leaves.
pub(super) const CUSTOMER: usize = 0;
/// Place of the product.
pub(super) const PRODUCT: usize = 1;
/// Place of the day of the month.
pub(super) const DAY: usize = 2;

impl Row {
    /// What rows are ordered by and cells are told apart by.
    pub fn key(&self) -> (u32, u32, u32, [u32; 3]) {
        (self.rep, self.branch, self.shelf, self.leaves)
    }
}

/// How fine a table tells goods apart in its runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goods {
    All,
    Line,
    Shelf,
}

/// What a table keeps apart besides the branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grain {
    pub reps: bool,
    pub goods: Goods,
    pub leaves: [bool; 3],
}

impl Grain {
    /// What cells are told apart by within a run of a rollup.
    pub fn leaf(self) -> Option<usize> {
        (0..self.leaves.len()).find(|leaf| self.leaves[*leaf])
    }

    /// Whether no products are told apart.
    pub fn whole_documents(self) -> bool {
        self.goods == Goods::All && !self.leaves[PRODUCT]
    }

    /// Whether a question of `need` can be answered from it.
    pub fn covers(self, need: Self) -> bool {
        self.reps >= need.reps && self.goods >= need.goods && self.leaves.iter().zip(need.leaves).all(|(has, needs)| *has || !needs)
    }
}

const fn grain(reps: bool, goods: Goods, leaves: [bool; 3]) -> Grain {
    Grain { reps, goods, leaves }
}

const FACTS: [bool; 3] = [true, true, true];
const CUSTOMERS: [bool; 3] = [true, false, false];
const PRODUCTS: [bool; 3] = [false, true, false];
const DAYS: [bool; 3] = [false, false, true];
const NONE: [bool; 3] = [false, false, false];

/// The rollups of a month; the first is its facts themselves. Each of the others answers some leader board or trend from a fraction of the cells: most
/// slices ask for no rep, and one that asks for few finds them in few runs.
pub(super) const GRAINS: [Grain; 9] = [
    grain(true, Goods::Shelf, FACTS),
    grain(false, Goods::Shelf, PRODUCTS),
    grain(true, Goods::Line, CUSTOMERS),
    grain(true, Goods::All, CUSTOMERS),
    grain(false, Goods::Shelf, DAYS),
    grain(true, Goods::All, DAYS),
    grain(true, Goods::Shelf, NONE),
    grain(true, Goods::Line, NONE),
    grain(true, Goods::All, NONE),
];

/// Cells in columns. Runs are ordered by rep, branch and goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub grain: Grain,
    pub reps: Codes,
    pub branches: Codes,
    /// Codes of shelves or lines.
    pub goods: Codes,
    /// By run: where its cells end.
    ends: Vec<u32>,
    pub leaves: [Option<Codes>; 3],
    pub measures: [Column; MEASURES],
}

impl Table {
    pub fn runs(&self) -> usize {
        self.ends.len()
    }

    pub fn cells(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// The cells of a run.
    pub fn run(&self, run: usize) -> std::ops::Range<u32> {
        let start = run.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[run]
    }

    /// The run that holds a cell, or the number of runs.
    pub fn run_at(&self, cell: usize) -> usize {
        self.ends.partition_point(|end| *end as usize <= cell)
    }

    pub fn sums(&self, cell: usize) -> Sums {
        std::array::from_fn(|measure| self.measures[measure].get(cell))
    }

    pub fn leaf(&self, leaf: usize, cell: usize) -> u32 {
        self.leaves[leaf].as_ref().map_or(0, |codes| codes.get(cell))
    }

    fn run_key(&self, run: usize) -> [u32; 3] {
        [self.reps.get(run), self.branches.get(run), self.goods.get(run)]
    }

    fn leaves_at(&self, cell: usize) -> [u32; 3] {
        std::array::from_fn(|leaf| self.leaf(leaf, cell))
    }

    /// The cell of exactly these keys.
    pub fn find(&self, run_key: [u32; 3], leaves: [u32; 3]) -> Option<usize> {
        let run = first_not_below(0..self.runs(), |run| self.run_key(run) < run_key);
        if run == self.runs() || self.run_key(run) != run_key {
            return None;
        }
        let cells = self.run(run);
        let cell = first_not_below(cells.start as usize..cells.end as usize, |cell| self.leaves_at(cell) < leaves);
        (cell < cells.end as usize && self.leaves_at(cell) == leaves).then_some(cell)
    }

    /// Run by run: its key and its cells, as [`Table::find`] takes them.
    pub fn keyed(&self) -> impl Iterator<Item = ([u32; 3], usize)> {
        (0..self.runs()).flat_map(move |run| self.run(run).map(move |cell| (self.run_key(run), cell as usize)))
    }

    /// The leaves of a cell, zero where they are not kept.
    pub fn cell_leaves(&self, cell: usize) -> [u32; 3] {
        self.leaves_at(cell)
    }

    /// Whether a cell holds lines.
    pub fn lines(&self, cell: usize) -> i64 {
        self.measures[LINES].get(cell)
    }

    /// Bytes held.
    pub fn memory(&self) -> usize {
        let codes = [&self.reps, &self.branches, &self.goods].into_iter().chain(self.leaves.iter().flatten());
        codes.map(Codes::memory).sum::<usize>() + self.ends.len() * 4 + self.measures.iter().map(Column::memory).sum::<usize>()
    }
}

fn first_not_below(cells: std::ops::Range<usize>, below: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (cells.start, cells.end);
    while from < to {
        let middle = from + (to - from) / 2;
        if below(middle) { from = middle + 1 } else { to = middle }
    }
    from
}

/// A table while it grows; its memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Cells {
    keys: [Vec<u32>; 3],
    ends: Vec<u32>,
    leaves: [Vec<u32>; 3],
    sums: [Vec<i64>; MEASURES],
}

impl Cells {
    pub fn push(&mut self, leaves: [u32; 3], sums: &Sums) {
        self.leaves.iter_mut().zip(leaves).for_each(|(column, leaf)| column.push(leaf));
        self.sums.iter_mut().zip(sums).for_each(|(column, sum)| column.push(*sum));
    }

    /// Closes the run of what has been pushed since the last.
    pub fn end_run(&mut self, key: [u32; 3]) {
        self.keys.iter_mut().zip(key).for_each(|(column, code)| column.push(code));
        self.ends.push(self.sums[LINES].len() as u32);
    }

    /// What has grown, of the leaves of a grain; nothing is left here.
    pub fn freeze(&mut self, grain: Grain) -> Table {
        let measures = self.sums.each_ref().map(|values| Column::of(values));
        let [reps, branches, goods] = self.keys.each_ref().map(|codes| Codes::of(codes));
        let leaves = std::array::from_fn(|leaf| grain.leaves[leaf].then(|| Codes::of(&self.leaves[leaf])));
        let table = Table { grain, reps, branches, goods, ends: self.ends.clone(), leaves, measures };
        self.keys.iter_mut().chain(&mut self.leaves).chain([&mut self.ends]).for_each(Vec::clear);
        self.sums.iter_mut().for_each(Vec::clear);
        table
    }
}
