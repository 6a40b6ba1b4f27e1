//! Whom and what a sales file brings besides its lines: counted, and put aside until the lines stand.

use super::entries::take;
use crate::import::aside::{Record, Room, Sorted, Sorter};
use domain::Rejections;
use domain::ids::ProductId;
use domain::people::{Branch, Rep};
use domain::sales::Product;
use std::io::{self, Error, ErrorKind, Read, Write};
use uuid::Uuid;

/// A client that is new, as the first row says that names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NewClient {
    pub(super) id: Uuid,
    /// Where that row begins.
    pub(super) line: u64,
    pub(super) rep: Option<Uuid>,
    pub(super) branch: Option<Uuid>,
    /// Its id in the source; empty where rows name no more than itself.
    pub(super) key: String,
    /// Its name; empty where there is none beside the id.
    pub(super) name: String,
}

/// A product that is new, as the first row says that names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NewProduct {
    pub(super) id: Uuid,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) item_group: Option<String>,
    pub(super) product_line: Option<String>,
}

/// Everything that is new, in the order of the rows.
pub(super) struct Added {
    pub(super) branches: Vec<Branch>,
    pub(super) reps: Vec<Rep>,
    clients: Sorter<NewClient>,
    products: Sorter<NewProduct>,
    /// How many clients.
    pub(super) clients_count: u64,
    /// How many products.
    pub(super) products_count: u64,
}

/// The same, to be written.
pub(super) struct ToAdd {
    pub(super) branches: Vec<Branch>,
    pub(super) reps: Vec<Rep>,
    pub(super) clients: Sorted<NewClient>,
    pub(super) products: Sorted<NewProduct>,
}

impl Added {
    pub(super) fn new(room: &Room) -> Self {
        let room = Room { bytes: room.bytes / 4, ..room.clone() };
        let (clients, products) = (Sorter::new(&room), Sorter::new(&room));
        Self { branches: Vec::new(), reps: Vec::new(), clients, products, clients_count: 0, products_count: 0 }
    }

    pub(super) fn client(&mut self, new: NewClient) -> Result<(), Rejections> {
        self.clients_count += 1;
        self.clients.put(new)
    }

    pub(super) fn product(&mut self, new: NewProduct) -> Result<(), Rejections> {
        // what stands for a line and group alone is no product to people
        self.products_count += u64::from(!new.code.is_empty());
        self.products.put(new)
    }

    /// All of it is known.
    pub(super) fn done(self) -> Result<ToAdd, Rejections> {
        Ok(ToAdd { branches: self.branches, reps: self.reps, clients: self.clients.sorted()?, products: self.products.sorted()? })
    }
}

impl NewClient {
    /// What it is called by.
    pub(super) fn called(&self) -> &str {
        if self.name.is_empty() { &self.key } else { &self.name }
    }
}

impl From<NewProduct> for Product {
    fn from(new: NewProduct) -> Self {
        let NewProduct { id, code, name, item_group, product_line } = new;
        Self { id: ProductId(id), code, name, item_group, product_line, list_price: None }
    }
}

impl Record for NewClient {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.key.len() + self.name.len()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.id.as_bytes())?;
        out.write_all(&self.line.to_le_bytes())?;
        for id in [self.rep, self.branch] {
            out.write_all(id.unwrap_or_default().as_bytes())?;
        }
        text(out, &self.key)?;
        text(out, &self.name)
    }

    fn read(from: &mut impl Read) -> io::Result<Self> {
        let (id, line) = (Uuid::from_bytes(take(from)?), u64::from_le_bytes(take(from)?));
        let mut other = || take(from).map(|bytes| Some(Uuid::from_bytes(bytes)).filter(|id| !id.is_nil()));
        let (rep, branch) = (other()?, other()?);
        Ok(Self { id, line, rep, branch, key: text_of(from)?, name: text_of(from)? })
    }
}

impl Record for NewProduct {
    fn bytes(&self) -> usize {
        let more = self.item_group.iter().chain(&self.product_line).map(String::len).sum::<usize>();
        size_of::<Self>() + self.code.len() + self.name.len() + more
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.id.as_bytes())?;
        text(out, &self.code)?;
        text(out, &self.name)?;
        text(out, self.item_group.as_deref().unwrap_or_default())?;
        text(out, self.product_line.as_deref().unwrap_or_default())
    }

    fn read(from: &mut impl Read) -> io::Result<Self> {
        let (id, code, name) = (Uuid::from_bytes(take(from)?), text_of(from)?, text_of(from)?);
        let mut other = || text_of(from).map(|text| Some(text).filter(|text| !text.is_empty()));
        Ok(Self { id, code, name, item_group: other()?, product_line: other()? })
    }
}

fn text(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(&u32::try_from(text.len()).map_err(Error::other)?.to_le_bytes())?;
    out.write_all(text.as_bytes())
}

fn text_of(from: &mut impl Read) -> io::Result<String> {
    let mut text = vec![0; u32::from_le_bytes(take(from)?) as usize];
    from.read_exact(&mut text)?;
    String::from_utf8(text).map_err(|e| Error::new(ErrorKind::InvalidData, e))
}
