//! The products rows name: by their codes, and where a row says none, by the line and group it says itself.

use super::added::{Added, NewProduct};
use super::judge::Wrong;
use crate::import::aside::Room;
use crate::import::index::Index;
use crate::import::judge::{Ids, prints};
use crate::import::report::Warning;
use crate::sales::sql::Placed;
use domain::ids::ProductId;
use domain::sales::Product;
use intake::sales::Names;
use std::io;
use uuid::Uuid;

/// Lines of a report that are named at most.
const TOLD: usize = 5;

/// Products by [`Product::key`], with where each stands.
pub(super) struct Products {
    ids: Index,
    /// The fingerprints of line and group.
    stands: Index,
    pub(super) other_line: OtherLine,
}

impl Products {
    pub(super) fn new(room: &Room) -> Self {
        Self { ids: Index::new(room), stands: Index::new(room), other_line: OtherLine::default() }
    }

    /// Takes in one that is there.
    pub(super) fn know(&mut self, known: &Placed) -> io::Result<()> {
        let word = |word: &Option<String>| word.clone().unwrap_or_default();
        let (line, group) = (word(&known.product_line), word(&known.item_group));
        self.put(&Product::key_of(&known.code, &line, &group), known.id.0, (&line, &group))
    }

    fn put(&mut self, key: &str, id: Uuid, (line, group): (&str, &str)) -> io::Result<()> {
        self.stands.put(key, half(line) << 64 | half(group))?;
        self.ids.put(key, id.as_u128())
    }

    /// The product of a row; where it says none, what stands for its line and group.
    pub(super) fn find(&mut self, names: &Names, line: u64, (ids, added): (&mut Ids, &mut Added)) -> Result<Option<ProductId>, Wrong> {
        let (product_line, item_group) = (names.product_line.as_str(), names.item_group.as_str());
        let code = if names.product.is_empty() { &names.product_name } else { &names.product };
        if code.is_empty() && product_line.is_empty() && item_group.is_empty() {
            return Ok(None);
        }
        let key = Product::key_of(code, product_line, item_group);
        if let Some(id) = self.ids.get(&key)? {
            self.compare(&key, (product_line, item_group), line)?;
            return Ok(Some(ProductId(Uuid::from_u128(id))));
        }
        let id = ids.next();
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let name = filled(&names.product_name).unwrap_or_else(|| code.clone());
        let new = NewProduct { id, code: code.clone(), name, item_group: filled(item_group), product_line: filled(product_line) };
        added.product(new).map_err(Wrong::File)?;
        self.put(&key, id, (product_line, item_group))?;
        Ok(Some(ProductId(id)))
    }

    /// Notes a row that says its product stands elsewhere.
    fn compare(&mut self, key: &str, (product_line, item_group): (&str, &str), line: u64) -> io::Result<()> {
        if product_line.is_empty() && item_group.is_empty() {
            return Ok(());
        }
        let stands = self.stands.get(key)?.unwrap_or_default();
        let other = |said: &str, kept: u128| !said.is_empty() && half(said) != kept;
        if other(product_line, stands >> 64) || other(item_group, stands & u128::from(u64::MAX)) {
            self.other_line.note(line);
        }
        Ok(())
    }
}

/// Half a fingerprint.
fn half(text: &str) -> u128 {
    prints::of_text(text) & u128::from(u64::MAX)
}

/// Rows that say another product line or item group than their product has.
#[derive(Debug, Default)]
pub(super) struct OtherLine {
    rows: u64,
    lines: Vec<u64>,
}

impl OtherLine {
    fn note(&mut self, line: u64) {
        self.rows += 1;
        if self.lines.len() < TOLD {
            self.lines.push(line);
        }
    }

    pub(super) fn warning(&self) -> Option<Warning> {
        let message = "with a product line or item group other than their product's, whose code may be spelled otherwise (P1, p1): what is known of the \
             product counts, and an import of products changes it";
        let warning = || Warning { code: "other_line".to_owned(), message: message.to_owned(), rows: self.rows, lines: self.lines.clone() };
        (self.rows > 0).then(warning)
    }
}
