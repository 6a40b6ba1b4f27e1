//! Reading a cube again, its months side by side: the caller brings the threads.

use super::prices::{self, PRICED, Prices};
use super::{MAGIC, Shelves};
use crate::cube::Cube;
use crate::cube::column;
use crate::cube::dictionary::{Dictionaries, Dictionary, Entries, Entry, ProductEntry};
use crate::cube::facts::{Bounds, MEASURES};
use crate::cube::month::{Month, MonthAt, sound};
use crate::cube::segment::{Maker, normalise};
use crate::cube::table::{CUSTOMER, DAY, PRODUCT, Row};
use crate::order;
use crate::pack::Unreadable;
use crate::pack::column::Reader;
use std::sync::Arc;
use uuid::Uuid;

/// The bytes of a cube with everything read but its months. Its parts may be loaded on as many threads as there are, and are joined in any order.
#[derive(Debug)]
pub struct Stored<'a> {
    version: i64,
    dictionaries: Arc<Dictionaries>,
    shelves: Shelves,
    prices: [Prices; 2],
    months: Vec<(MonthAt, &'a [u8])>,
}

/// Some months of a stored cube.
#[derive(Debug)]
pub struct StoredPart<'a> {
    stored: &'a Stored<'a>,
    months: &'a [(MonthAt, &'a [u8])],
}

/// Months that are loaded.
#[derive(Debug)]
pub struct Loaded {
    bounds: Bounds,
    months: Vec<Arc<Month>>,
}

impl Cube {
    /// Reads a cube again, on this thread; [`Stored`] does it on several.
    ///
    /// # Errors
    /// When the bytes are cut off, damaged or of another schema: the cube is to be built anew from the rows.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let stored = Stored::open(bytes)?;
        let loaded = stored.parts(1).iter().map(StoredPart::load).collect::<Result<Vec<_>, _>>()?;
        stored.join(loaded)
    }
}

impl<'a> Stored<'a> {
    /// Reads dictionaries, and where the months are.
    ///
    /// # Errors
    /// As [`Cube::from_bytes`].
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let mut r = Reader::new(bytes);
        if r.raw(MAGIC.len())? != MAGIC {
            return Err(Unreadable);
        }
        let version = r.ints(1)?[0];
        let dictionaries = read_dictionaries(&mut r)?;
        let shelves = Shelves::of(&dictionaries);
        let products = dictionaries.products.labels.len();
        let prices = [Prices::read(&mut r, PRICED[0], products)?, Prices::read(&mut r, PRICED[1], products)?];
        let count = r.count()?;
        let ats = r.ints(count)?;
        if !ats.is_sorted_by(|a, b| a < b) || ats.iter().any(|at| !(1..10_000 * 12).contains(at)) {
            return Err(Unreadable);
        }
        let lengths = (0..count).map(|_| r.varint()).collect::<Result<Vec<_>, _>>()?;
        let month = |(at, length): (i64, u64)| Ok((MonthAt(at as i32), r.raw(usize::try_from(length).map_err(|_| Unreadable)?)?));
        let months = ats.into_iter().zip(lengths).map(month).collect::<Result<Vec<_>, Unreadable>>()?;
        Ok(Self { version, dictionaries: Arc::new(dictionaries), shelves, prices, months })
    }

    /// The months in at most `count` parts of about as many bytes.
    #[must_use]
    pub fn parts(&self, count: usize) -> Vec<StoredPart<'_>> {
        let bytes = |months: &[(MonthAt, &[u8])]| months.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        let mut left = self.months.as_slice();
        let mut parts = vec![];
        for more in (1..=count.max(1)).rev() {
            let (mut end, share) = (0, bytes(left).div_ceil(more));
            while end < left.len() && (more == 1 || bytes(&left[..=end]) <= share || end == 0) {
                end += 1;
            }
            let (months, rest) = left.split_at(end);
            parts.push(StoredPart { stored: self, months });
            left = rest;
        }
        parts.retain(|part| !part.months.is_empty());
        parts
    }

    /// The cube of all parts.
    ///
    /// # Errors
    /// When the parts are not all there are, or their amounts leave what a cube may hold.
    pub fn join(self, parts: Vec<Loaded>) -> Result<Cube, Unreadable> {
        let mut bounds = Bounds::default();
        parts.iter().try_for_each(|part| bounds.add_all(part.bounds)).map_err(|_| Unreadable)?;
        let mut months: Vec<Arc<Month>> = parts.into_iter().flat_map(|part| part.months).collect();
        order::sort_by_key(&mut months, |month| month.at);
        if !months.iter().map(|month| month.at).eq(self.months.iter().map(|(at, _)| *at)) {
            return Err(Unreadable);
        }
        months.retain(|month| month.cells() > 0);
        Ok(Cube { version: self.version, dictionaries: self.dictionaries, bounds, months })
    }
}

impl StoredPart<'_> {
    /// Reads the months and makes their rollups.
    ///
    /// # Errors
    /// As [`Cube::from_bytes`].
    pub fn load(&self) -> Result<Loaded, Unreadable> {
        let all = &self.stored.dictionaries;
        let lines = all.lines_of_shelves();
        let mut maker = Maker::new(&lines, all.leaves());
        let mut loaded = Loaded { bounds: Bounds::default(), months: Vec::with_capacity(self.months.len()) };
        for (at, bytes) in self.months {
            let mut rows = read_rows(bytes, self.stored, *at)?;
            rows.iter().try_for_each(|row| loaded.bounds.add_cell(&row.sums)).map_err(|_| Unreadable)?;
            normalise(&mut rows);
            rows.iter().try_for_each(|row| sound(&row.sums)).map_err(|_| Unreadable)?;
            loaded.months.push(Arc::new(Month::of(*at, &rows, &mut maker)));
        }
        Ok(loaded)
    }
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

fn read_rows(bytes: &[u8], stored: &Stored<'_>, at: MonthAt) -> Result<Vec<Row>, Unreadable> {
    let mut r = Reader::new(bytes);
    let Stored { dictionaries: all, shelves, prices, .. } = stored;
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
        column::read(&mut r, count, |row, value| rows[row].sums[measure] = value)?;
    }
    prices.iter().try_for_each(|prices| prices.read_rows(&mut r, &mut rows))?;
    if r.raw(1).is_ok() { Err(Unreadable) } else { Ok(rows) }
}

fn within(code: i64, codes: usize) -> Result<u32, Unreadable> {
    u32::try_from(code).ok().filter(|code| (*code as usize) < codes).ok_or(Unreadable)
}
