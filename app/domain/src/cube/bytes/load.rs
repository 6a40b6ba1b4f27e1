//! Reading a cube again, its months side by side: the caller brings the threads.

use super::prices::{PLAIN, PRICED, Prices};
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
use std::ops::Range;
use std::sync::Arc;
use uuid::Uuid;

/// The head of a stored cube. Its parts may be loaded on as many threads as there are, and are joined in any order.
#[derive(Debug)]
pub struct Stored {
    version: i64,
    dictionaries: Arc<Dictionaries>,
    shelves: Shelves,
    prices: [Prices; 2],
    months: Vec<(MonthAt, Range<usize>)>,
}

/// Some months of a stored cube.
#[derive(Debug)]
pub struct StoredPart<'a> {
    stored: &'a Stored,
    months: &'a [(MonthAt, Range<usize>)],
}

/// Gets a range of the stored bytes into a buffer that is empty.
pub type Fetch<'f> = dyn FnMut(Range<usize>, &mut Vec<u8>) -> Result<(), Unreadable> + 'f;

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
        let stored = Stored::of(bytes)?;
        let loaded = stored.parts(1).iter().map(|part| part.load(&mut within(bytes))).collect::<Result<Vec<_>, _>>()?;
        stored.join(loaded)
    }
}

/// Fetches from all bytes of a cube.
pub fn within(bytes: &[u8]) -> impl FnMut(Range<usize>, &mut Vec<u8>) -> Result<(), Unreadable> {
    |range, into| {
        into.extend_from_slice(bytes.get(range).ok_or(Unreadable)?);
        Ok(())
    }
}

impl Stored {
    /// Bytes at the end of all that tell where the head before them begins.
    pub const FOOT: usize = 8;

    /// Of all bytes of a cube.
    ///
    /// # Errors
    /// As [`Cube::from_bytes`].
    pub fn of(bytes: &[u8]) -> Result<Self, Unreadable> {
        let head = Self::head(bytes.len(), bytes.last_chunk().ok_or(Unreadable)?)?;
        Self::open(bytes.get(head.clone()).ok_or(Unreadable)?, head.start)
    }

    /// Where the head lies in so many bytes that end like this.
    ///
    /// # Errors
    /// When it cannot be there, or the bytes are of another schema.
    pub fn head(bytes: usize, foot: &[u8; Self::FOOT]) -> Result<Range<usize>, Unreadable> {
        let [a, b, c, d, magic @ ..] = foot;
        let end = bytes.checked_sub(Self::FOOT).filter(|_| magic == MAGIC).ok_or(Unreadable)?;
        let start = end.checked_sub(u32::from_le_bytes([*a, *b, *c, *d]) as usize).ok_or(Unreadable)?;
        Ok(start..end)
    }

    /// Reads the head, which begins at `at`: dictionaries, and where the months are.
    ///
    /// # Errors
    /// As [`Cube::from_bytes`].
    pub fn open(head: &[u8], at: usize) -> Result<Self, Unreadable> {
        let mut r = Reader::new(head);
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
        let (mut months, mut end) = (Vec::with_capacity(count), 0_usize);
        for month in ats {
            let start = end;
            end = usize::try_from(r.varint()?).ok().and_then(|length| start.checked_add(length)).ok_or(Unreadable)?;
            months.push((MonthAt(month as i32), start..end));
        }
        // the months are all there is before the head, and nothing is after it
        if end != at || !r.is_done() {
            return Err(Unreadable);
        }
        Ok(Self { version, dictionaries: Arc::new(dictionaries), shelves, prices, months })
    }

    /// The months in at most `count` parts of about as many bytes.
    #[must_use]
    pub fn parts(&self, count: usize) -> Vec<StoredPart<'_>> {
        let bytes = |months: &[(MonthAt, Range<usize>)]| months.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
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
    /// Reads the months, one after the other, and makes their rollups.
    ///
    /// # Errors
    /// As [`Cube::from_bytes`], and when bytes cannot be fetched.
    pub fn load(&self, fetch: &mut Fetch<'_>) -> Result<Loaded, Unreadable> {
        let all = &self.stored.dictionaries;
        let lines = all.lines_of_shelves();
        let mut maker = Maker::new(&lines, all.leaves());
        let mut loaded = Loaded { bounds: Bounds::default(), months: Vec::with_capacity(self.months.len()) };
        // memory a month needs while it is read is used again for the next: getting it anew would cost as much as the reading
        let (mut bytes, mut rows, mut columns) = (Vec::new(), Vec::new(), Columns::default());
        for (at, range) in self.months {
            bytes.clear();
            fetch(range.clone(), &mut bytes)?;
            read_rows(&bytes, self.stored, *at, (&mut rows, &mut columns))?;
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

/// The columns of a month as they are read, before they are put together as rows: each row is written once, not once for each of its columns.
#[derive(Debug, Default)]
struct Columns {
    /// Places of products on their shelves.
    places: Vec<u64>,
    plain: [Vec<i64>; PLAIN.len()],
    priced: [[Vec<i64>; 2]; PRICED.len()],
}

fn read_rows(bytes: &[u8], stored: &Stored, at: MonthAt, (rows, columns): (&mut Vec<Row>, &mut Columns)) -> Result<(), Unreadable> {
    let mut r = Reader::new(bytes);
    let Stored { dictionaries: all, shelves, prices, .. } = stored;
    let (count, runs) = (r.count()?, r.count()?);
    let (reps, branches, numbers) = (r.ints(runs)?, r.ints(runs)?, r.ints(runs)?);
    rows.clear();
    rows.reserve(count);
    for ((rep, branch), number) in reps.into_iter().zip(branches).zip(&numbers) {
        let length = r.varint()? as usize;
        if length == 0 || length > count - rows.len() {
            return Err(Unreadable);
        }
        let (rep, branch) = (code(rep, all.reps.labels.len())?, code(branch, all.branches.labels.len())?);
        let shelf = code(*number, shelves.products.len())?;
        rows.resize(rows.len() + length, Row { rep, branch, shelf, leaves: [0; 3], sums: [0; MEASURES] });
    }
    if rows.len() != count {
        return Err(Unreadable);
    }
    let customers = r.ints(count)?;
    columns.places.clear();
    for _ in 0..count {
        columns.places.push(r.varint()?);
    }
    let days = r.raw(count)?;
    columns.plain.iter_mut().try_for_each(|column| column::read(&mut r, count, column))?;
    columns.priced.iter_mut().try_for_each(|priced| Prices::read_rows(&mut r, count, priced))?;
    if !r.is_done() {
        return Err(Unreadable);
    }
    let last = at.last_day().civil().2;
    for (n, row) in rows.iter_mut().enumerate() {
        let product = *shelves.products[row.shelf as usize].get(columns.places[n] as usize).ok_or(Unreadable)?;
        row.shelf = all.shelf_of[product as usize];
        row.leaves[CUSTOMER] = code(customers[n], all.customers.labels.len())?;
        row.leaves[PRODUCT] = product;
        row.leaves[DAY] = days[n].into();
        if !(1..=last).contains(&row.leaves[DAY]) {
            return Err(Unreadable);
        }
        PLAIN.iter().zip(&columns.plain).for_each(|(measure, values)| row.sums[*measure] = values[n]);
        prices.iter().zip(&columns.priced).for_each(|(prices, [steps, rests])| prices.put(row, steps[n], rests[n]));
    }
    Ok(())
}

fn code(code: i64, codes: usize) -> Result<u32, Unreadable> {
    u32::try_from(code).ok().filter(|code| (*code as usize) < codes).ok_or(Unreadable)
}
