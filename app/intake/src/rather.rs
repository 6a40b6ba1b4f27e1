//! Which kind a file looks like whose columns are none of the kind it is looked at as, or few of them.

use crate::opened::missing;
use crate::{Kind, Mapping};

/// Columns that have to be recognised before a kind is named.
const LEAST: usize = 2;

impl Kind {
    /// Kinds that a file with these columns may hold, where it cannot be read as this one by `mapping`: the kind its mapping is for, or whichever recognises
    /// most of the columns, and at least as many as this one does.
    pub(crate) fn rather(self, mapping: &Mapping, names: &csv::StringRecord) -> Vec<Self> {
        if let Some(other) = mapping.kind.filter(|other| *other != self) {
            return vec![other];
        }
        self.most(mapping, names, 0)
    }

    /// Kinds that recognise more of the columns than this one does, which a file can be read as too.
    pub(crate) fn better(self, mapping: &Mapping, names: &csv::StringRecord) -> Vec<Self> {
        self.most(mapping, names, 1)
    }

    /// The other kinds that recognise most of the columns, and at least so many `more` than this one does.
    fn most(self, mapping: &Mapping, names: &csv::StringRecord, more: usize) -> Vec<Self> {
        let used = |kind: Self, mapping: &Mapping| mapping.uses(kind, names).iter().filter(|uses| !uses.is_empty()).count();
        let least = (used(self, mapping) + more).max(LEAST).max(names.len().div_ceil(2));
        let read = |kind: Self| {
            let guess = Mapping::guess(kind, names);
            // what is only open, as which column is the amount, is asked afterwards
            guess.bind(kind, names, kind.code()).err().is_none_or(|wrong| !missing(&wrong)).then(|| used(kind, &guess))
        };
        let others: Vec<(Self, usize)> =
            Self::ALL.into_iter().filter(|kind| *kind != self).filter_map(|kind| Some((kind, read(kind)?))).collect();
        let most = others.iter().map(|(_, columns)| *columns).max().filter(|most| *most >= least);
        others.into_iter().filter(|(_, columns)| Some(*columns) == most).map(|(kind, _)| kind).collect()
    }
}
