//! The facts of a month and all their rollups, made in one pass over the facts rep by rep.

use super::facts::{LINES, MEASURES, Sums, plus};
use super::table::{CUSTOMER, Cells, DAY, GRAINS, Goods, PRODUCT, Row, Table};

/// Tables in the order of [`GRAINS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub tables: Vec<Table>,
}

/// What a segment is made with, reused from month to month.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    /// The line of each shelf.
    lines: &'a [u32],
    tally: Tally,
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

impl<'a> Maker<'a> {
    /// For leaf codes below `leaves`.
    pub fn new(lines: &'a [u32], leaves: usize) -> Self {
        Self { lines, tally: Tally { places: vec![0; leaves.max(32)], ..Tally::default() } }
    }

    /// The facts alone, from rows as [`normalise`] leaves them.
    pub fn facts(rows: &[Row]) -> Table {
        let mut cells = Cells::new(GRAINS[0]);
        for run in rows.chunk_by(|a, b| (a.rep, a.branch, a.shelf) == (b.rep, b.branch, b.shelf)) {
            run.iter().for_each(|row| cells.push(row.leaves, &row.sums));
            cells.end_run([run[0].rep, run[0].branch, run[0].shelf]);
        }
        cells.freeze()
    }

    /// Facts and rollups, from rows as [`normalise`] leaves them.
    pub fn segment(&mut self, rows: &[Row]) -> Segment {
        self.around(Self::facts(rows), rows)
    }

    /// The rollups to facts that are there already.
    pub fn around(&mut self, facts: Table, rows: &[Row]) -> Segment {
        let mut runs: Vec<([u32; 3], &[Row])> =
            rows.chunk_by(|a, b| (a.rep, a.branch, a.shelf) == (b.rep, b.branch, b.shelf)).map(|run| ([0; 3], run)).collect();
        let mut tables = vec![facts];
        for grain in &GRAINS[1..] {
            for (key, run) in &mut runs {
                let goods = match grain.goods {
                    Goods::All => 0,
                    Goods::Line => self.lines[run[0].shelf as usize],
                    Goods::Shelf => run[0].shelf,
                };
                *key = [if grain.reps { run[0].rep } else { 0 }, run[0].branch, goods];
            }
            runs.sort_by_key(|(key, _)| *key);
            let leaf = [CUSTOMER, PRODUCT, DAY].into_iter().find(|leaf| grain.leaves[*leaf]);
            let mut cells = Cells::new(*grain);
            for run in runs.chunk_by(|(a, _), (b, _)| a == b) {
                match leaf {
                    Some(leaf) => self.tally.roll(run.iter().flat_map(|(_, rows)| *rows), leaf, &mut cells),
                    None => total(run.iter().flat_map(|(_, rows)| *rows), &mut cells),
                }
                cells.end_run(run[0].0);
            }
            tables.push(cells.freeze());
        }
        Segment { tables }
    }
}

impl Tally {
    /// Sums rows by one leaf.
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

/// Sums rows into one cell.
fn total<'r>(rows: impl Iterator<Item = &'r Row>, cells: &mut Cells) {
    let mut sums = [0; MEASURES];
    rows.for_each(|row| plus(&mut sums, &row.sums));
    cells.push([0; 3], &sums);
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
