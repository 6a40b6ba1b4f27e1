//! The facts of a month and all their rollups, made in one pass over the facts rep by rep.

use super::dictionary::Dictionaries;
use super::facts::{LINES, MEASURES, Sums, plus};
use super::table::{Cells, GRAINS, Goods, Grain, Row, Table};

/// Tables in the order of [`GRAINS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub tables: Vec<Table>,
}

/// What a segment is made with, reused from month to month.
#[derive(Debug)]
pub(super) struct Maker {
    /// The line of each shelf.
    lines: Vec<u32>,
    tally: Tally,
    cells: Cells,
}

/// The cells of one run.
#[derive(Debug, Default)]
struct Tally {
    /// By leaf code: its place in `sums`, plus one.
    places: Vec<u32>,
    sums: Vec<Sums>,
    /// Leaf codes over their places in `sums`.
    order: Vec<u64>,
}

/// Sorts rows and makes one of those with the same keys; what comes to nothing at all is dropped.
pub(super) fn normalise(rows: &mut Vec<Row>) {
    rows.sort_by_key(Row::key);
    rows.dedup_by(|next, kept| {
        let same = next.key() == kept.key();
        if same {
            plus(&mut kept.sums, &next.sums);
        }
        same
    });
    rows.retain(|row| row.sums.iter().any(|sum| *sum != 0));
}

impl Maker {
    /// For facts about these.
    pub fn of(all: &Dictionaries) -> Self {
        let tally = Tally { places: vec![0; all.leaves().max(32)], ..Tally::default() };
        Self { lines: all.lines_of_shelves(), tally, cells: Cells::default() }
    }

    /// The facts alone, from rows as [`normalise`] leaves them.
    pub fn facts(rows: &[Row], cells: &mut Cells) -> Table {
        for run in rows.chunk_by(same_run) {
            run.iter().for_each(|row| cells.push(row.leaves, &row.sums));
            cells.end_run([run[0].rep, run[0].branch, run[0].shelf]);
        }
        cells.freeze(GRAINS[0])
    }

    /// Facts and rollups, from rows as [`normalise`] leaves them.
    pub fn segment(&mut self, rows: &[Row]) -> Segment {
        let mut tables = Vec::with_capacity(GRAINS.len());
        self.tables(rows, &mut tables, GRAINS.len());
        Segment { tables }
    }

    /// The tables of a segment up to so many, after those that are there. Rollups that keep nothing apart within a run are summed up from what each run
    /// comes to.
    pub fn tables(&mut self, rows: &[Row], tables: &mut Vec<Table>, until: usize) {
        if tables.is_empty() {
            tables.push(Self::facts(rows, &mut self.cells));
        }
        let totals: Vec<Row> = rows.chunk_by(same_run).map(|run| Row { leaves: [0; 3], sums: total(run), ..run[0] }).collect();
        let (mut of_rows, mut of_totals) = (runs(rows), runs(&totals));
        for grain in GRAINS[..until].iter().skip(tables.len()) {
            tables.push(self.rollup(*grain, if grain.leaf().is_some() { &mut of_rows } else { &mut of_totals }));
        }
    }

    fn rollup(&mut self, grain: Grain, runs: &mut [Run<'_>]) -> Table {
        for (key, run) in runs.iter_mut() {
            let goods = match grain.goods {
                Goods::All => 0,
                Goods::Line => self.lines[run[0].shelf as usize],
                Goods::Shelf => run[0].shelf,
            };
            *key = [if grain.reps { run[0].rep } else { 0 }, run[0].branch, goods];
        }
        runs.sort_by_key(|(key, _)| *key);
        let cells = &mut self.cells;
        for run in runs.chunk_by(|(a, _), (b, _)| a == b) {
            let rows = run.iter().flat_map(|(_, rows)| *rows);
            match grain.leaf() {
                Some(leaf) => self.tally.roll(rows, leaf, cells),
                None => cells.push([0; 3], &total(rows)),
            }
            cells.end_run(run[0].0);
        }
        cells.freeze(grain)
    }
}

/// Rows of one rep, branch and shelf, with room for the key of a rollup.
type Run<'r> = ([u32; 3], &'r [Row]);

fn runs(rows: &[Row]) -> Vec<Run<'_>> {
    rows.chunk_by(same_run).map(|run| ([0; 3], run)).collect()
}

fn same_run(a: &Row, b: &Row) -> bool {
    (a.rep, a.branch, a.shelf) == (b.rep, b.branch, b.shelf)
}

impl Tally {
    /// Sums rows by one leaf, in the order of its codes.
    fn roll<'r>(&mut self, rows: impl Iterator<Item = &'r Row>, leaf: usize, cells: &mut Cells) {
        self.sums.clear();
        self.order.clear();
        for row in rows {
            let code = row.leaves[leaf];
            let place = &mut self.places[code as usize];
            if *place == 0 {
                self.order.push(u64::from(code) << 32 | self.sums.len() as u64);
                self.sums.push(row.sums);
                *place = self.sums.len() as u32;
            } else {
                plus(&mut self.sums[*place as usize - 1], &row.sums);
            }
        }
        self.order.sort_unstable();
        for touched in &self.order {
            let (code, place) = ((touched >> 32) as u32, *touched as u32);
            self.places[code as usize] = 0;
            let mut leaves = [0; 3];
            leaves[leaf] = code;
            cells.push(leaves, &self.sums[place as usize]);
        }
    }
}

/// What rows come to.
fn total<'r>(rows: impl IntoIterator<Item = &'r Row>) -> Sums {
    let mut sums = [0; MEASURES];
    rows.into_iter().for_each(|row| plus(&mut sums, &row.sums));
    sums
}

/// The rows a table of facts was made from.
pub(super) fn rows_of(facts: &Table) -> Vec<Row> {
    let mut rows = Vec::with_capacity(facts.cells());
    for run in 0..facts.runs() {
        let (rep, branch, shelf) = (facts.reps.get(run), facts.branches.get(run), facts.goods.get(run));
        rows.extend(facts.run(run).map(|_| Row { rep, branch, shelf, leaves: [0; 3], sums: [0; MEASURES] }));
    }
    let all: Vec<u32> = (0..rows.len() as u32).collect();
    for (leaf, codes) in facts.leaves.iter().enumerate() {
        if let Some(codes) = codes {
            codes.each(&all, |at, code| rows[at].leaves[leaf] = code);
        }
    }
    let mut values = vec![0; rows.len()];
    for (measure, column) in facts.measures.iter().enumerate() {
        values.fill(0);
        column.add(&all, &all, &mut values);
        rows.iter_mut().zip(&values).for_each(|(row, value)| row.sums[measure] = *value);
    }
    rows
}

impl Segment {
    pub fn facts(&self) -> &Table {
        &self.tables[0]
    }

    pub fn rows(&self) -> Vec<Row> {
        rows_of(self.facts())
    }

    /// Bytes held.
    pub fn memory(&self) -> usize {
        self.tables.iter().map(Table::memory).sum()
    }

    /// Bytes held by each table, and its cells.
    pub fn tables_memory(&self) -> Vec<(usize, usize)> {
        self.tables.iter().map(|table| (table.cells(), table.memory())).collect()
    }
}

/// Lines of a cell that are left when there are `more` besides.
pub(super) fn lines_with(table: &Table, cell: Option<usize>, more: &Sums) -> i64 {
    cell.map_or(0, |cell| table.lines(cell)) + more[LINES]
}
