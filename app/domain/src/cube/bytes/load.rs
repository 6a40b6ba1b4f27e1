//! Reading a cube again, its months side by side: the caller brings the threads.

use super::prices::{PRICED, Prices};
use super::rows::{Columns, read_rows};
use super::{MAGIC, Shelves};
use crate::cube::Cube;
use crate::cube::dictionary::{Dictionaries, Dictionary, Entries, Entry, ProductEntry};
use crate::cube::facts::Bounds;
use crate::cube::month::{Month, MonthAt, sound};
use crate::cube::segment::{Maker, Segment, normalise};
use crate::cube::table::{GRAINS, Row, Table};
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
    pub(super) dictionaries: Arc<Dictionaries>,
    pub(super) shelves: Shelves,
    pub(super) prices: [Prices; 2],
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

/// Months of a part on their way: each is read in one step and made with its rollups in two more, so that a browser can look up between them.
#[derive(Debug)]
pub struct Loading<'a> {
    part: &'a StoredPart<'a>,
    maker: Maker,
    // memory a month needs while it is read is used again for the next: getting it anew would cost as much as the reading
    bytes: Vec<u8>,
    rows: Vec<Row>,
    columns: Columns,
    /// Whether the next month's rows are read.
    read: bool,
    /// Its tables.
    tables: Vec<Table>,
    loaded: Loaded,
}

/// Tables made in the first of a month's last two steps: about half the work.
const HALF: usize = 3;

/// Months that are loaded.
#[derive(Debug, Default)]
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
        let mut loading = self.loading();
        while loading.step(fetch)? {}
        Ok(loading.done())
    }

    /// The same step by step.
    #[must_use]
    pub fn loading(&self) -> Loading<'_> {
        let maker = Maker::of(&self.stored.dictionaries);
        Loading {
            part: self,
            maker,
            bytes: vec![],
            rows: vec![],
            columns: Columns::default(),
            read: false,
            tables: vec![],
            loaded: Loaded::default(),
        }
    }
}

impl Loading<'_> {
    /// Does a third of a month's work; whether there is more.
    ///
    /// # Errors
    /// As [`StoredPart::load`].
    pub fn step(&mut self, fetch: &mut Fetch<'_>) -> Result<bool, Unreadable> {
        let Some((at, range)) = self.part.months.get(self.loaded.months.len()) else { return Ok(false) };
        if self.read && self.tables.is_empty() {
            self.maker.tables(&self.rows, &mut self.tables, HALF);
        } else if self.read {
            self.maker.tables(&self.rows, &mut self.tables, GRAINS.len());
            let tables = std::mem::take(&mut self.tables);
            self.loaded.months.push(Arc::new(Month::around(*at, Segment { tables })));
            self.read = false;
        } else {
            self.bytes.clear();
            fetch(range.clone(), &mut self.bytes)?;
            let (rows, bounds) = (&mut self.rows, &mut self.loaded.bounds);
            read_rows(&self.bytes, self.part.stored, *at, (rows, &mut self.columns))?;
            rows.iter().try_for_each(|row| bounds.add_cell(&row.sums)).map_err(|_| Unreadable)?;
            normalise(rows);
            rows.iter().try_for_each(|row| sound(&row.sums)).map_err(|_| Unreadable)?;
            self.read = true;
        }
        Ok(true)
    }

    /// The months, once there is no more.
    #[must_use]
    pub fn done(self) -> Loaded {
        self.loaded
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
