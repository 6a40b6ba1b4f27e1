//! A cube as bytes: `FLC` + schema number, version, dictionaries, then the facts of each month in columns; rollups are made anew when they are read.

mod prices;

use super::Cube;
use super::column::{self, Column};
use super::dictionary::{Dictionaries, Dictionary, Entries, Entry, ProductEntry};
use super::facts::{Bounds, MEASURES};
use super::month::{Month, MonthAt, sound};
use super::segment::{Maker, normalise};
use super::table::{CUSTOMER, DAY, PRODUCT, Row};
use crate::pack::Unreadable;
use crate::pack::column::{Reader, Writer};
use prices::{PRICED, Prices};
use std::sync::Arc;
use uuid::Uuid;

const MAGIC: &[u8; 4] = b"FLC\x01";

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
        w.varint(months().count() as u64);
        for month in months() {
            w.ints([i64::from(month.at.0)].into_iter());
            write_rows(&mut w, &month.rows(), &shelves, &prices);
        }
        w.into_bytes()
    }

    /// Reads a cube again.
    ///
    /// # Errors
    /// When the bytes are cut off, damaged or of a later schema.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut r = Reader::new(bytes);
        if r.raw(MAGIC.len())? != MAGIC {
            return Err(Unreadable);
        }
        let version = r.ints(1)?[0];
        let dictionaries = read_dictionaries(&mut r)?;
        let shelves = Shelves::of(&dictionaries);
        let lines = dictionaries.lines_of_shelves();
        let mut maker = Maker::new(&lines, dictionaries.leaves());
        let products = dictionaries.products.labels.len();
        let prices = [Prices::read(&mut r, PRICED[0], products)?, Prices::read(&mut r, PRICED[1], products)?];
        let (mut bounds, mut months, mut after) = (Bounds::default(), Vec::new(), 0);
        for _ in 0..r.count()? {
            let at = i32::try_from(r.ints(1)?[0]).ok().filter(|at| *at > after && *at < 10_000 * 12).ok_or(Unreadable)?;
            after = at;
            let mut rows = read_rows(&mut r, &dictionaries, &shelves, &prices, MonthAt(at))?;
            rows.iter().try_for_each(|row| bounds.add_cell(&row.sums)).map_err(|_| Unreadable)?;
            normalise(&mut rows);
            rows.iter().try_for_each(|row| sound(&row.sums)).map_err(|_| Unreadable)?;
            if !rows.is_empty() {
                months.push(Arc::new(Month::of(MonthAt(at), &rows, &mut maker)));
            }
        }
        Ok(Self { version, dictionaries: Arc::new(dictionaries), bounds, months })
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

fn read_dictionaries(r: &mut Reader<'_>) -> Result<Dictionaries, Unreadable> {
    let branches = read_entries(r)?.into_iter().map(|(id, label)| Entry { id: id.into(), label }).collect();
    let reps = read_entries(r)?.into_iter().map(|(id, label)| Entry { id: id.into(), label }).collect();
    let customers = read_entries(r)?.into_iter().map(|(id, label)| Entry { id: id.into(), label }).collect();
    let products = read_entries(r)?;
    let (groups, lines) = (r.symbols(products.len())?, r.symbols(products.len())?);
    let product = |(place, (id, label)): (usize, (Uuid, String))| ProductEntry {
        id: id.into(),
        label,
        item_group: groups.get(place).map(str::to_owned),
        product_line: lines.get(place).map(str::to_owned),
    };
    let products: Vec<ProductEntry> = products.into_iter().enumerate().map(product).collect();
    let entries = Entries { branches, reps, products, customers };
    let all = Dictionaries::of(&entries);
    let whole = |dictionary: &Dictionary, entries: usize| dictionary.labels.len() == entries + 1;
    let once = whole(&all.branches, entries.branches.len())
        && whole(&all.reps, entries.reps.len())
        && whole(&all.customers, entries.customers.len())
        && whole(&all.products, entries.products.len());
    if once { Ok(all) } else { Err(Unreadable) }
}

fn read_entries(r: &mut Reader<'_>) -> Result<Vec<(Uuid, String)>, Unreadable> {
    let count = r.count()?;
    let ids = r.ids(count)?;
    let labels = r.texts(count)?;
    ids.into_iter().zip(labels).map(|(id, label)| Ok((id, label.ok_or(Unreadable)?))).collect()
}

/// Products by the shelf they stand on, shelves numbered by the first product on each: a product is then its small place on its shelf.
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

fn write_rows(w: &mut Writer, rows: &[Row], shelves: &Shelves, prices: &[Prices]) {
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
        Column::of(&rows.iter().map(|row| row.sums[measure]).collect::<Vec<_>>()).write(w);
    }
    prices.iter().for_each(|prices| prices.write_rows(w, rows));
}

fn read_rows(r: &mut Reader<'_>, all: &Dictionaries, shelves: &Shelves, prices: &[Prices], at: MonthAt) -> Result<Vec<Row>, Unreadable> {
    let (count, runs) = (r.count()?, r.count()?);
    let (reps, branches, numbers) = (r.ints(runs)?, r.ints(runs)?, r.ints(runs)?);
    let mut rows: Vec<Row> = Vec::with_capacity(count);
    for ((rep, branch), number) in reps.into_iter().zip(branches).zip(&numbers) {
        let length = r.varint()? as usize;
        if length == 0 || length > count - rows.len() {
            return Err(Unreadable);
        }
        let (rep, branch) = (within(rep, all.reps.labels.len())?, within(branch, all.branches.labels.len())?);
        let shelf = within(*number, shelves.products.len())?;
        rows.resize(rows.len() + length, Row { rep, branch, shelf, leaves: [0; 3], sums: [0; MEASURES] });
    }
    if rows.len() != count {
        return Err(Unreadable);
    }
    for (row, customer) in rows.iter_mut().zip(r.ints(count)?) {
        row.leaves[CUSTOMER] = within(customer, all.customers.labels.len())?;
    }
    for row in &mut rows {
        let place = r.varint()? as usize;
        let product = *shelves.products[row.shelf as usize].get(place).ok_or(Unreadable)?;
        (row.leaves[PRODUCT], row.shelf) = (product, all.shelf_of[product as usize]);
    }
    let last = at.last_day().civil().2;
    for (row, day) in rows.iter_mut().zip(r.raw(count)?) {
        row.leaves[DAY] = u32::from(*day);
        if !(1..=last).contains(&row.leaves[DAY]) {
            return Err(Unreadable);
        }
    }
    for measure in prices::plain() {
        column::read(r, count, |row, value| rows[row].sums[measure] = value)?;
    }
    prices.iter().try_for_each(|prices| prices.read_rows(r, &mut rows))?;
    Ok(rows)
}

fn within(code: i64, codes: usize) -> Result<u32, Unreadable> {
    u32::try_from(code).ok().filter(|code| (*code as usize) < codes).ok_or(Unreadable)
}
