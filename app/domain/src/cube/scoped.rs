//! The part of a cube that somebody sees, as a cube of its own: no fact, no label and no id of anything else.

use super::Cube;
use super::build::Builder;
use super::dictionary::{Dictionaries, Dictionary, Entries, Entry, ProductEntry};
use super::month::Month;
use super::table::{CUSTOMER, PRODUCT, Row};
use crate::order;
use crate::people::Scope;
use uuid::Uuid;

/// Old codes in the order of the new ones, and the new code of each old one; zero stays.
struct Codes {
    kept: Vec<u32>,
    new: Vec<u32>,
}

impl Codes {
    fn new(dictionary: &Dictionary) -> Self {
        Self { kept: vec![], new: vec![0; dictionary.labels.len()] }
    }

    fn keep(&mut self, code: u32) {
        if code != 0 && self.new[code as usize] == 0 {
            self.kept.push(code);
            self.new[code as usize] = self.kept.len() as u32;
        }
    }

    fn entries<Id: From<Uuid>>(&self, dictionary: &Dictionary) -> Vec<Entry<Id>> {
        let entry = |code: &u32| Some(Entry { id: dictionary.id(*code)?.into(), label: dictionary.labels.text(*code)?.to_owned() });
        self.kept.iter().filter_map(entry).collect()
    }
}

impl Cube {
    /// The cube of what `scope` sees. Customers are numbered rep by rep, so that those of a run are near each other and take few bytes.
    #[must_use]
    pub fn scoped(&self, scope: Scope) -> Self {
        let all = &self.dictionaries;
        let [mut branches, mut reps, mut customers, mut products] =
            [&all.branches, &all.reps, &all.customers, &all.products].map(Codes::new);
        let mut rep_of: Vec<Option<u32>> = vec![None; all.customers.labels.len()];
        let seen = Seen::new(all, scope);
        for month in &self.months {
            for row in seen.rows(month) {
                branches.keep(row.branch);
                reps.keep(row.rep);
                products.keep(row.leaves[PRODUCT]);
                let served = &mut rep_of[row.leaves[CUSTOMER] as usize];
                *served = served.or(Some(row.rep));
            }
        }
        let mut served: Vec<(u32, u32)> = rep_of.into_iter().zip(0..).filter_map(|(rep, customer)| Some((rep?, customer))).collect();
        order::sort_by_key(&mut served, |one| *one);
        served.into_iter().for_each(|(_, customer)| customers.keep(customer));
        let entries = Entries {
            branches: branches.entries(&all.branches),
            reps: reps.entries(&all.reps),
            customers: customers.entries(&all.customers),
            products: products.kept.iter().filter_map(|code| all.product(*code)).collect(),
        };
        let dictionaries = Dictionaries::of(&entries);
        let shelf_of = dictionaries.shelf_of.clone();
        let mut builder = Builder::over(dictionaries);
        for month in &self.months {
            for row in seen.rows(month) {
                let [customer, product, day] = row.leaves;
                let (customer, product) = (customers.new[customer as usize], products.new[product as usize]);
                let (rep, branch) = (reps.new[row.rep as usize], branches.new[row.branch as usize]);
                let shelf = shelf_of[product as usize];
                builder.push_row(month.at, Row { rep, branch, shelf, leaves: [customer, product, day], sums: row.sums });
            }
        }
        let cube = builder.finish(self.version).expect("part of the facts of a cube are facts of a cube");
        Self { bounds: self.bounds, ..cube }
    }
}

/// Codes of the branch or the rep that is seen; none sees all.
pub(super) struct Seen {
    nothing: bool,
    branch: Option<u32>,
    rep: Option<u32>,
}

impl Seen {
    pub fn new(all: &Dictionaries, scope: Scope) -> Self {
        let of = |dictionary: &Dictionary, id: Uuid| dictionary.code(Some(id));
        match scope {
            Scope::All => Self { nothing: false, branch: None, rep: None },
            Scope::Branch(id) => Self { nothing: of(&all.branches, id.0).is_none(), branch: of(&all.branches, id.0), rep: None },
            Scope::Own(id) => Self { nothing: of(&all.reps, id.0).is_none(), branch: None, rep: of(&all.reps, id.0) },
            Scope::Nothing => Self { nothing: true, branch: None, rep: None },
        }
    }

    pub fn rows(&self, month: &Month) -> Vec<Row> {
        if self.nothing {
            return vec![];
        }
        let mut rows = month.rows();
        rows.retain(|row| self.sees(row.branch, row.rep));
        rows
    }

    pub fn sees(&self, branch: u32, rep: u32) -> bool {
        !self.nothing && self.branch.is_none_or(|one| branch == one) && self.rep.is_none_or(|one| rep == one)
    }
}

impl Dictionaries {
    pub(super) fn product(&self, code: u32) -> Option<ProductEntry> {
        let shelf = self.shelves[self.shelf_of[code as usize] as usize];
        Some(ProductEntry {
            id: self.products.id(code)?.into(),
            label: self.products.labels.text(code)?.to_owned(),
            item_group: self.groups.text(shelf.group).map(str::to_owned),
            product_line: self.lines.text(shelf.line).map(str::to_owned),
        })
    }
}
