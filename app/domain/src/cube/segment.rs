//! The facts of a month and all their rollups, made in one pass over the facts rep by rep.

use super::facts::{LINES, Sums, plus};
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
    /// By leaf code: its place among the touched, plus one.
    places: Vec<u32>,
    touched: Vec<(u32, Sums)>,
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
        Self { lines, places: vec![0; leaves.max(32)], touched: vec![] }
    }

    /// The facts alone, from rows as [`normalise`] leaves them.
    pub fn facts(rows: &[Row]) -> Table {
        let mut cells = Cells::new(GRAINS[0]);
        for run in rows.chunk_by(|a, b| (a.rep, a.branch, a.shelf) == (b.rep, b.branch, b.shelf)) {
            run.iter().for_each(|row| cells.push(row.leaves, row.sums));
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
        let mut rollups: Vec<Cells> = GRAINS[1..].iter().map(|grain| Cells::new(*grain)).collect();
        for seller in rows.chunk_by(|a, b| (a.rep, a.branch) == (b.rep, b.branch)) {
            let mut shelves: Vec<&[Row]> = seller.chunk_by(|a, b| a.shelf == b.shelf).collect();
            for (grain, cells) in GRAINS[1..].iter().zip(&mut rollups) {
                let goods = |rows: &&[Row]| match grain.goods {
                    Goods::All => 0,
                    Goods::Line => self.lines[rows[0].shelf as usize],
                    Goods::Shelf => rows[0].shelf,
                };
                shelves.sort_by_key(goods);
                let leaf = [CUSTOMER, PRODUCT, DAY].into_iter().find(|leaf| grain.leaves[*leaf]);
                for run in shelves.chunk_by(|a, b| goods(a) == goods(b)) {
                    roll(&mut self.places, &mut self.touched, run, leaf, cells);
                    cells.end_run([seller[0].rep, seller[0].branch, goods(&run[0])]);
                }
            }
        }
        let tables = std::iter::once(facts).chain(rollups.into_iter().map(Cells::freeze)).collect();
        Segment { tables }
    }
}

/// Sums rows by one leaf, or all into one cell.
fn roll(places: &mut [u32], touched: &mut Vec<(u32, Sums)>, run: &[&[Row]], leaf: Option<usize>, cells: &mut Cells) {
    touched.clear();
    for row in run.iter().flat_map(|rows| rows.iter()) {
        let code = leaf.map_or(0, |leaf| row.leaves[leaf]);
        let place = &mut places[code as usize];
        if *place == 0 {
            touched.push((code, row.sums));
            *place = touched.len() as u32;
        } else {
            plus(&mut touched[*place as usize - 1].1, &row.sums);
        }
    }
    touched.sort_unstable_by_key(|(code, _)| *code);
    for (code, sums) in touched.iter() {
        places[*code as usize] = 0;
        let mut leaves = [0; 3];
        if let Some(leaf) = leaf {
            leaves[leaf] = *code;
        }
        cells.push(leaves, *sums);
    }
}

/// The rows a table of facts was made from.
pub(super) fn rows_of(facts: &Table) -> Vec<Row> {
    let mut rows = Vec::with_capacity(facts.cells());
    for run in 0..facts.runs() {
        let (rep, branch, shelf) = (facts.reps.get(run), facts.branches.get(run), facts.goods.get(run));
        rows.extend(facts.run(run).map(|_| Row { rep, branch, shelf, leaves: [0; 3], sums: [0; 7] }));
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
