//! A cube as bytes: `FLC` + schema number, version, dictionaries, prices, months with their lengths, then the facts of each month in columns, readable by
//! itself; rollups are made anew when they are read.

mod load;
mod prices;

use super::Cube;
use super::column::Column;
use super::dictionary::Dictionaries;
use super::table::{CUSTOMER, DAY, PRODUCT, Row};
use crate::pack::column::Writer;
use prices::{PRICED, Prices};

pub use load::{Loaded, Stored, StoredPart};

const MAGIC: &[u8; 4] = b"FLC\x02";

impl Cube {
    /// The cube's facts and dictionaries.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::default();
        w.raw(MAGIC);
        w.ints([self.version].into_iter());
        write_dictionaries(&mut w, &self.dictionaries);
        let shelves = Shelves::of(&self.dictionaries);
        // a month all of whose facts were taken back is not written
        let months = || self.months.iter().filter(|month| month.changes.is_none() || !month.rows().is_empty());
        let products = self.dictionaries.products.labels.len();
        let prices = PRICED.map(|measure| Prices::of(measure, products, months().map(|month| month.rows())));
        prices.iter().for_each(|prices| prices.write(&mut w));
        let packed: Vec<Vec<u8>> = months().map(|month| rows_packed(&month.rows(), &shelves, &prices)).collect();
        w.varint(packed.len() as u64);
        w.ints(months().map(|month| i64::from(month.at.0)));
        packed.iter().for_each(|month| w.varint(month.len() as u64));
        packed.iter().for_each(|month| w.raw(month));
        w.into_bytes()
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
    for measure in prices::plain() {
        Column::of(&rows.iter().map(|row| row.sums[measure]).collect::<Vec<_>>()).write(&mut w);
    }
    prices.iter().for_each(|prices| prices.write_rows(&mut w, rows));
    w.into_bytes()
}
