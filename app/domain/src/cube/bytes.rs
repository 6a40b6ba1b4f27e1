//! A cube as bytes: the facts of each month in columns, readable by themselves; then the head: version, dictionaries, prices, months with their lengths;
//! last how long the head is, and `FLC` + schema number. So it is written and read a month at a time; rollups are made anew.

mod load;
mod prices;
mod rows;

use super::Cube;
use super::column::Column;
use super::dictionary::Dictionaries;
use super::month::Month;
use super::table::{CUSTOMER, DAY, PRODUCT, Row};
use crate::pack::column::Writer;
use prices::{PLAIN, PRICED, Prices};
use std::io::{self, Write};
use std::sync::Arc;

pub use load::{Fetch, Loaded, Loading, Stored, StoredPart, within};

const MAGIC: &[u8; 4] = b"FLC\x05";

impl Cube {
    /// The cube's facts and dictionaries.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // memory takes everything
        let _ = self.write_to(&mut bytes);
        bytes
    }

    /// Writes what [`Cube::to_bytes`] gives, with no more than a month of it in memory.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_to(&self, out: &mut dyn Write) -> io::Result<()> {
        let shelves = Shelves::of(&self.dictionaries);
        let products = self.dictionaries.products.labels.len();
        let prices = PRICED.map(|measure| Prices::of(measure, products, self.written().map(|month| month.rows())));
        let mut lengths = Vec::new();
        for month in self.written() {
            let packed = rows_packed(&month.rows(), &shelves, &prices);
            lengths.push(packed.len() as u64);
            out.write_all(&packed)?;
        }
        let mut w = Writer::default();
        w.ints([self.version].into_iter());
        write_dictionaries(&mut w, &self.dictionaries);
        prices.iter().for_each(|prices| prices.write(&mut w));
        w.varint(lengths.len() as u64);
        w.ints(self.written().map(|month| i64::from(month.at.0)));
        lengths.iter().for_each(|length| w.varint(*length));
        let head = w.into_bytes();
        out.write_all(&head)?;
        out.write_all(&u32::try_from(head.len()).map_err(io::Error::other)?.to_le_bytes())?;
        out.write_all(MAGIC)
    }

    /// A month all of whose facts were taken back is not written.
    fn written(&self) -> impl Iterator<Item = &Arc<Month>> {
        self.months.iter().filter(|month| month.changes.is_none() || !month.rows().is_empty())
    }
}

fn write_dictionaries(w: &mut Writer, all: &Dictionaries) {
    for dictionary in [&all.branches, &all.reps, &all.customers, &all.products] {
        let codes = 1..dictionary.labels.len() as u32;
        w.varint(codes.len() as u64);
        w.ids(codes.clone().filter_map(|code| dictionary.id(code)));
        w.texts(codes.map(|code| dictionary.labels.text(code)));
    }
    let shelves = || all.shelf_of[1..].iter().map(|shelf| all.shelves[*shelf as usize]);
    w.symbols(shelves().map(|shelf| all.groups.text(shelf.group)));
    w.symbols(shelves().map(|shelf| all.lines.text(shelf.line)));
}

/// Products by the shelf they stand on, shelves numbered by the first product on each: a product is then its small place on its shelf.
#[derive(Debug)]
struct Shelves {
    /// By code: the number written for it.
    numbers: Vec<u32>,
    /// By number: product codes.
    products: Vec<Vec<u32>>,
    /// By product code.
    places: Vec<u32>,
}

impl Shelves {
    fn of(all: &Dictionaries) -> Self {
        let mut shelves = Self { numbers: vec![u32::MAX; all.shelves.len()], products: vec![], places: vec![] };
        for (product, shelf) in all.shelf_of.iter().enumerate() {
            let number = &mut shelves.numbers[*shelf as usize];
            if *number == u32::MAX {
                *number = shelves.products.len() as u32;
                shelves.products.push(vec![]);
            }
            let products = &mut shelves.products[*number as usize];
            shelves.places.push(products.len() as u32);
            products.push(product as u32);
        }
        shelves
    }
}

fn rows_packed(rows: &[Row], shelves: &Shelves, prices: &[Prices]) -> Vec<u8> {
    let mut w = Writer::default();
    let runs: Vec<&[Row]> = rows.chunk_by(|a, b| (a.rep, a.branch, a.shelf) == (b.rep, b.branch, b.shelf)).collect();
    w.varint(rows.len() as u64);
    w.varint(runs.len() as u64);
    w.ints(runs.iter().map(|run| i64::from(run[0].rep)));
    w.ints(runs.iter().map(|run| i64::from(run[0].branch)));
    w.ints(runs.iter().map(|run| i64::from(shelves.numbers[run[0].shelf as usize])));
    runs.iter().for_each(|run| w.varint(run.len() as u64));
    w.ints(rows.iter().map(|row| i64::from(row.leaves[CUSTOMER])));
    rows.iter().for_each(|row| w.varint(shelves.places[row.leaves[PRODUCT] as usize].into()));
    let days: Vec<u8> = rows.iter().map(|row| row.leaves[DAY] as u8).collect();
    w.raw(&days);
    for measure in PLAIN {
        Column::of(&rows.iter().map(|row| row.sums[measure]).collect::<Vec<_>>()).write(&mut w);
    }
    prices.iter().for_each(|prices| prices.write_rows(&mut w, rows));
    w.into_bytes()
}
