//! What somebody's cube lacks: the days that changed since its version, as they are now, and whoever is called otherwise; never anything else's.
//!
//! Days come whole, so that whoever gives them needs no memory of what the other side holds: it takes its own facts of those days back and takes the new
//! ones in. An update given twice, or one of more days than have changed, leads to the same cube.

use super::build::Builder;
use super::dictionary::{Dictionaries, Dictionary, Entries, Entry};
use super::facts::{Fact, Refused};
use super::scoped::Seen;
use super::{Changes, Cube};
use crate::calendar::Day;
use crate::pack::Unreadable;
use crate::pack::column::{Reader, Writer};
use crate::people::Scope;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

const MAGIC: &[u8; 4] = b"FLU\x01";

/// Who and what may have another label, or another place among the products, than a cube says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renamed {
    /// These and no others.
    These(HashSet<Uuid>),
    /// It is not known any more who.
    Anybody,
}

/// What brings a cube of one version and one scope up to another version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The version of the cube it is for.
    pub since: i64,
    days: Vec<Day>,
    pub(super) part: Cube,
}

impl Cube {
    /// What a cube of `since` and of this scope lacks, when these days have changed since then and these are called otherwise.
    ///
    /// # Errors
    /// Never, but for amounts this cube could not hold either.
    pub fn update(&self, since: i64, days: &BTreeSet<Day>, renamed: &Renamed, scope: Scope) -> Result<Update, Refused> {
        let mut facts = self.facts_of(days);
        facts.retain(|fact| seen_by(scope, fact));
        let named = self.named_otherwise(renamed, scope);
        let mut builder = Builder::new(&self.entries_of(&facts, &named));
        facts.iter().try_for_each(|fact| builder.push(fact))?;
        Ok(Update { since, days: days.iter().copied().collect(), part: builder.finish(self.version)? })
    }

    /// Takes an update in: this cube then answers as the one the update was made from, for its scope.
    ///
    /// # Errors
    /// `OutOfStep` when the update is for another version. The cube is then as it was before.
    pub fn take_in(&mut self, update: &Update) -> Result<(), Refused> {
        if self.version != update.since {
            return Err(Refused::OutOfStep);
        }
        let mut days = BTreeSet::new();
        days.extend(update.days.iter().copied());
        let mut facts: Vec<Fact> = self.facts_of(&days).into_iter().map(Fact::taken_back).collect();
        facts.extend(update.part.facts_of(&days));
        self.apply(&Changes { version: update.part.version, entries: update.part.dictionaries.entries(), facts })
    }

    /// Those of `entries` that this cube knows under another label or in another place.
    #[must_use]
    pub fn called_otherwise(&self, entries: &Entries) -> Vec<Uuid> {
        let (all, mut found) = (&self.dictionaries, Vec::new());
        let mut differ = |known: &Dictionary, id: Uuid, label: &str| {
            if known.code(Some(id)).is_some_and(|code| known.labels.text(code) != Some(label)) {
                found.push(id);
            }
        };
        entries.branches.iter().for_each(|entry| differ(&all.branches, entry.id.0, &entry.label));
        entries.reps.iter().for_each(|entry| differ(&all.reps, entry.id.0, &entry.label));
        entries.customers.iter().for_each(|entry| differ(&all.customers, entry.id.0, &entry.label));
        let moved = entries
            .products
            .iter()
            .filter(|entry| all.products.code(Some(entry.id.0)).and_then(|code| all.product(code)).is_some_and(|known| known != **entry));
        found.extend(moved.map(|entry| entry.id.0));
        found
    }

    /// Of those called otherwise, whoever occurs in facts that `scope` sees.
    fn named_otherwise(&self, renamed: &Renamed, scope: Scope) -> HashSet<Uuid> {
        let asked = |id: Uuid| match renamed {
            Renamed::These(ids) => ids.contains(&id),
            Renamed::Anybody => true,
        };
        let mut named = HashSet::new();
        if *renamed == Renamed::These(HashSet::new()) {
            return named;
        }
        let (all, seen) = (&self.dictionaries, Seen::new(&self.dictionaries, scope));
        for row in self.months.iter().flat_map(|month| seen.rows(month)) {
            let [customer, product, _] = row.leaves;
            let ids = [all.branches.id(row.branch), all.reps.id(row.rep), all.customers.id(customer), all.products.id(product)];
            named.extend(ids.into_iter().flatten().filter(|id| asked(*id)));
        }
        named
    }

    /// Entries of everybody and everything these facts name, and of these ids.
    fn entries_of(&self, facts: &[Fact], ids: &HashSet<Uuid>) -> Entries {
        let mut wanted: HashSet<Uuid> = ids.clone();
        for fact in facts {
            let named = [fact.branch.map(|id| id.0), fact.rep.map(|id| id.0), fact.product.map(|id| id.0), fact.customer.map(|id| id.0)];
            wanted.extend(named.into_iter().flatten());
        }
        let mut entries = self.dictionaries.entries();
        entries.branches.retain(|entry| wanted.contains(&entry.id.0));
        entries.reps.retain(|entry| wanted.contains(&entry.id.0));
        entries.products.retain(|entry| wanted.contains(&entry.id.0));
        entries.customers.retain(|entry| wanted.contains(&entry.id.0));
        entries
    }
}

fn seen_by(scope: Scope, fact: &Fact) -> bool {
    match scope {
        Scope::All => true,
        Scope::Branch(id) => fact.branch == Some(id),
        Scope::Own(id) => fact.rep == Some(id),
        Scope::Nothing => false,
    }
}

impl Update {
    /// The version of a cube that has taken it in.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.part.version
    }

    /// Cells it brings.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.part.cells()
    }

    /// As bytes: `FLU` + schema number, the version it is for, its days, then their facts as a cube of its own.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let part = self.part.to_bytes();
        let mut w = Writer::default();
        w.raw(MAGIC);
        w.ints([self.since].into_iter());
        w.varint(self.days.len() as u64);
        w.ints(self.days.iter().map(|day| i64::from(day.0)));
        w.varint(part.len() as u64);
        w.raw(&part);
        w.into_bytes()
    }

    /// Whether bytes are an update, rather than a whole cube.
    #[must_use]
    pub fn is(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads an update again.
    ///
    /// # Errors
    /// When the bytes are cut off, damaged or of another schema: the cube is to be fetched whole.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut r = Reader::new(bytes);
        if r.raw(MAGIC.len())? != MAGIC {
            return Err(Unreadable);
        }
        let since = r.ints(1)?[0];
        let count = r.count()?;
        let days = r.ints(count)?.into_iter().map(|day| i32::try_from(day).map(Day).map_err(|_| Unreadable)).collect::<Result<_, _>>()?;
        let length = usize::try_from(r.varint()?).map_err(|_| Unreadable)?;
        let part = Cube::from_bytes(r.raw(length)?)?;
        Ok(Self { since, days, part })
    }
}

impl Dictionaries {
    /// Everybody and everything.
    fn entries(&self) -> Entries {
        fn of<Id: From<Uuid>>(dictionary: &Dictionary) -> Vec<Entry<Id>> {
            let entry = |code| Some(Entry { id: dictionary.id(code)?.into(), label: dictionary.labels.text(code)?.to_owned() });
            (1..dictionary.labels.len() as u32).filter_map(entry).collect()
        }
        Entries {
            branches: of(&self.branches),
            reps: of(&self.reps),
            products: (1..self.products.labels.len() as u32).filter_map(|code| self.product(code)).collect(),
            customers: of(&self.customers),
        }
    }
}
