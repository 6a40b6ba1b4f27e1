//! Who and what the facts are about: codes for ids, labels for people, and the order of labels that groups are made and sorted by.

use super::query::Dimension;
use crate::ids::{BranchId, ClientId, ProductId, RepId};
use crate::order;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use uuid::Uuid;

/// Somebody or something with a label. Two of the same label are one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry<Id> {
    /// Identity.
    pub id: Id,
    /// For people, and in answers.
    pub label: String,
}

/// A product, with where it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductEntry {
    /// Identity.
    pub id: ProductId,
    /// For people, and in answers; empty where nothing but its line and group is known.
    pub label: String,
    /// Group of items.
    pub item_group: Option<String>,
    /// Line of products.
    pub product_line: Option<String>,
}

/// Everybody and everything facts may name; in [`super::Changes`], who is new or has another label now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entries {
    /// Branches.
    pub branches: Vec<Entry<BranchId>>,
    /// Reps.
    pub reps: Vec<Entry<RepId>>,
    /// Products.
    pub products: Vec<ProductEntry>,
    /// Customers.
    pub customers: Vec<Entry<ClientId>>,
}

/// Labels under codes from one; zero is what is not known, and ranks with it what has an empty label. Codes stay, ranks follow the labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels {
    texts: Vec<String>,
    /// By code: the place of its label among the different labels in order, from one; zero for zero.
    pub ranks: Vec<u32>,
    /// By rank: a code with that label.
    first: Vec<u32>,
}

impl Labels {
    /// The label of a code.
    pub fn text(&self, code: u32) -> Option<&str> {
        self.texts.get((code as usize).checked_sub(1)?).map(String::as_str)
    }

    /// The label of a rank.
    pub fn ranked(&self, rank: u32) -> Option<&str> {
        self.text(*self.first.get(rank as usize)?)
    }

    /// The rank of a label; none when nobody has it.
    pub fn rank(&self, label: &str) -> Option<u32> {
        let at = self.first.get(1..)?.binary_search_by(|code| self.text(*code).cmp(&Some(label))).ok()?;
        Some(at as u32 + 1)
    }

    /// Codes, zero included.
    pub fn len(&self) -> usize {
        self.texts.len() + 1
    }

    /// Whether two codes carry the same label.
    pub fn shared(&self) -> bool {
        self.different() < self.len()
    }

    /// Different labels, none included.
    pub fn different(&self) -> usize {
        self.first.len().max(1)
    }

    fn push(&mut self, text: &str) -> u32 {
        self.texts.push(text.to_owned());
        self.texts.len() as u32
    }

    fn rank_anew(&mut self) {
        let mut codes: Vec<u32> =
            (1..=self.texts.len() as u32).filter(|code| self.text(*code).is_some_and(|text| !text.is_empty())).collect();
        order::sort_by(&mut codes, |a, b| self.text(*a).cmp(&self.text(*b)));
        (self.ranks, self.first) = (vec![0; self.len()], vec![0]);
        for code in codes {
            let before = self.first.last().copied().unwrap_or(0);
            if before == 0 || self.text(before) != self.text(code) {
                self.first.push(code);
            }
            self.ranks[code as usize] = self.first.len() as u32 - 1;
        }
    }
}

/// Labels found by the id they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dictionary {
    ids: Vec<Uuid>,
    codes: HashMap<Uuid, u32, BuildHasherDefault<IdHasher>>,
    pub labels: Labels,
}

impl Dictionary {
    /// The code of an id; zero for nobody.
    pub fn code(&self, id: Option<Uuid>) -> Option<u32> {
        id.map_or(Some(0), |id| self.codes.get(&id).copied())
    }

    /// The id of a code.
    pub fn id(&self, code: u32) -> Option<Uuid> {
        self.ids.get((code as usize).checked_sub(1)?).copied()
    }

    /// The id of a label that only one carries.
    pub fn only(&self, label: &str) -> Option<Uuid> {
        let rank = self.labels.rank(label)?;
        let once = self.labels.ranks.iter().filter(|one| **one == rank).count() == 1;
        if once { self.id(*self.labels.first.get(rank as usize)?) } else { None }
    }

    fn put(&mut self, id: Uuid, label: &str) -> u32 {
        if let Some(code) = self.codes.get(&id) {
            label.clone_into(&mut self.labels.texts[*code as usize - 1]);
            return *code;
        }
        self.ids.push(id);
        let code = self.labels.push(label);
        self.codes.insert(id, code);
        code
    }
}

/// The random end of an id is hash enough.
#[derive(Clone, Copy, Debug, Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.rchunks(8).take(1) {
            let last = chunk.iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte));
            self.0 = (self.0 ^ last).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        }
    }
}

/// Where a product belongs: codes of its line and group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Shelf {
    pub line: u32,
    pub group: u32,
}

/// All dictionaries of a cube. Products stand on shelves; shelf zero is for what belongs nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dictionaries {
    pub branches: Dictionary,
    pub reps: Dictionary,
    pub products: Dictionary,
    pub customers: Dictionary,
    pub lines: Labels,
    pub groups: Labels,
    pub shelves: Vec<Shelf>,
    /// By product code.
    pub shelf_of: Vec<u32>,
}

impl Dictionaries {
    pub fn of(entries: &Entries) -> Self {
        let mut all = Self {
            branches: Dictionary::default(),
            reps: Dictionary::default(),
            products: Dictionary::default(),
            customers: Dictionary::default(),
            lines: Labels::default(),
            groups: Labels::default(),
            shelves: vec![Shelf::default()],
            shelf_of: vec![0],
        };
        all.put(entries);
        all
    }

    /// Takes new entries and labels in; true when a product stands on another shelf than before.
    pub fn put(&mut self, entries: &Entries) -> bool {
        entries.branches.iter().for_each(|e| _ = self.branches.put(e.id.0, &e.label));
        entries.reps.iter().for_each(|e| _ = self.reps.put(e.id.0, &e.label));
        entries.customers.iter().for_each(|e| _ = self.customers.put(e.id.0, &e.label));
        let moved = self.put_products(&entries.products);
        for labels in [&mut self.branches.labels, &mut self.reps.labels, &mut self.products.labels, &mut self.customers.labels] {
            if labels.ranks.len() != labels.len() || !entries.is_empty() {
                labels.rank_anew();
            }
        }
        self.lines.rank_anew();
        self.groups.rank_anew();
        moved
    }

    fn put_products(&mut self, products: &[ProductEntry]) -> bool {
        let mut lines: HashMap<String, u32> = codes_of(&self.lines);
        let mut groups: HashMap<String, u32> = codes_of(&self.groups);
        let mut shelves: HashMap<Shelf, u32> = self.shelves.iter().enumerate().map(|(code, shelf)| (*shelf, code as u32)).collect();
        let mut moved = false;
        for entry in products {
            let line = code_for(&mut lines, &mut self.lines, entry.product_line.as_deref());
            let group = code_for(&mut groups, &mut self.groups, entry.item_group.as_deref());
            let shelf = *shelves.entry(Shelf { line, group }).or_insert_with(|| {
                self.shelves.push(Shelf { line, group });
                self.shelves.len() as u32 - 1
            });
            let code = self.products.put(entry.id.0, &entry.label) as usize;
            if code == self.shelf_of.len() {
                self.shelf_of.push(shelf);
            } else {
                moved |= self.shelf_of[code] != shelf;
                self.shelf_of[code] = shelf;
            }
        }
        moved
    }

    /// The labels a dimension's values carry; none for days, months and years.
    pub fn labels(&self, dimension: Dimension) -> Option<&Labels> {
        match dimension {
            Dimension::Branch => Some(&self.branches.labels),
            Dimension::Rep => Some(&self.reps.labels),
            Dimension::ProductLine => Some(&self.lines),
            Dimension::ItemGroup => Some(&self.groups),
            Dimension::Product => Some(&self.products.labels),
            Dimension::Customer => Some(&self.customers.labels),
            Dimension::Day | Dimension::Month | Dimension::Year => None,
        }
    }
}

impl Entries {
    fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.reps.is_empty() && self.products.is_empty() && self.customers.is_empty()
    }
}

fn codes_of(labels: &Labels) -> HashMap<String, u32> {
    labels.texts.iter().enumerate().map(|(at, text)| (text.clone(), at as u32 + 1)).collect()
}

fn code_for(codes: &mut HashMap<String, u32>, labels: &mut Labels, text: Option<&str>) -> u32 {
    let Some(text) = text else { return 0 };
    if let Some(code) = codes.get(text) {
        return *code;
    }
    let code = labels.push(text);
    codes.insert(text.to_owned(), code);
    code
}
