//! Reps and branches a mapping names: those that are there, and those that are to be added.

use super::Ids;
use domain::company::Company;
use domain::fold::known_by;
use domain::ids::{BranchId, RepId};
use domain::people::{Branch, Rep};
use intake::mapping::owner::Wanted;
use std::collections::HashMap;

/// Reps and branches to add before the rows that need them.
#[derive(Clone, Debug, Default)]
pub struct Newcomers {
    /// Branches.
    pub branches: Vec<Branch>,
    /// Reps.
    pub reps: Vec<Rep>,
}

impl Newcomers {
    /// Whether there is nobody to add.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.reps.is_empty()
    }
}

/// Everybody a row may name.
#[derive(Debug)]
pub struct Reps {
    by_name: HashMap<String, (RepId, Option<BranchId>)>,
    branches: HashMap<String, BranchId>,
}

impl Reps {
    /// Those the company has.
    #[must_use]
    pub fn of(company: &Company) -> Self {
        Self {
            by_name: company.reps.iter().map(|r| (known_by(&r.name), (r.id, r.branch))).collect(),
            branches: company.branches.iter().map(|b| (known_by(&b.name), b.id)).collect(),
        }
    }

    /// A rep by name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(RepId, Option<BranchId>)> {
        self.by_name.get(&known_by(name)).copied()
    }

    /// The rep a mapping asks for, added to `newcomers` when there is none and the mapping says so.
    pub(super) fn find_or_add(&mut self, wanted: &Wanted, ids: &mut Ids, newcomers: &mut Newcomers) -> Option<(RepId, Option<BranchId>)> {
        let found = self.find(&wanted.name);
        if found.is_some() || !wanted.create {
            return found;
        }
        let branch = wanted.branch.as_deref().map(|name| self.branch(name, ids, newcomers));
        let rep = Rep { id: RepId(ids.next()), name: wanted.name.clone(), branch };
        self.by_name.insert(known_by(&rep.name), (rep.id, branch));
        let added = (rep.id, branch);
        newcomers.reps.push(rep);
        Some(added)
    }

    /// A branch of that name, added to `newcomers` when there is none.
    pub(super) fn branch(&mut self, name: &str, ids: &mut Ids, newcomers: &mut Newcomers) -> BranchId {
        *self.branches.entry(known_by(name)).or_insert_with(|| {
            let id = BranchId(ids.next());
            newcomers.branches.push(Branch { id, name: name.to_owned() });
            id
        })
    }
}
