//! The cube: sales facts in narrow columns with rollups by month, answering any slice of them exactly, on the server and in the browser alike.
//!
//! A month holds its facts ordered by rep, branch, shelf (a product's line and group), customer, product and day, and rollups that leave some of them
//! out. A slice reads for each month the smallest table that knows what is asked; days are looked at only in months that are not whole. Later facts lie
//! signed in a small layer over their month until they are folded in. Sums cannot overflow: see [`Refused::TooLarge`].

mod answer;
mod apply;
mod build;
mod bytes;
mod column;
mod count;
mod days;
mod dictionary;
mod facts;
mod groups;
mod ids;
mod lookup;
mod month;
mod plan;
mod query;
mod scan;
mod scoped;
mod segment;
mod share;
mod standing;
mod table;
mod update;

pub use answer::{Answer, Group, Rows, TooManyGroups};
pub use apply::Changes;
pub use build::Builder;
pub use bytes::{Fetch, Loaded, Loading, Stored, StoredPart, within};
pub use dictionary::{Entries, Entry, ProductEntry};
pub use facts::{Fact, Refused};
pub use plan::{GROUPS_MAX, Plan};
pub use query::{Dimension, Filter, KEYS_MAX, LIMIT_MAX, Metric, Slice, SliceDraft};
pub use scan::{Part, Partial};
pub use update::{Renamed, Update};

use crate::calendar::Day;
use crate::people::Scope;
use dictionary::Dictionaries;
use facts::Bounds;
use month::Month;
use std::sync::Arc;
use uuid::Uuid;

/// Sales facts, ready to be sliced. A clone shares its months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cube {
    /// Of the facts it holds.
    pub version: i64,
    dictionaries: Arc<Dictionaries>,
    bounds: Bounds,
    /// In order; none empty when made.
    months: Vec<Arc<Month>>,
}

impl Cube {
    /// Answers a slice on this thread, out of what `scope` sees and nothing else.
    ///
    /// # Errors
    /// When there are more than [`GROUPS_MAX`] groups, unless the slice has order and limit.
    pub fn slice(&self, slice: &Slice, scope: Scope) -> Result<Answer, TooManyGroups> {
        match slice.beside {
            Some(days) => self.standing(slice, days, scope),
            None => self.slice_within(slice, scope, GROUPS_MAX),
        }
    }

    fn slice_within(&self, slice: &Slice, scope: Scope, groups_max: usize) -> Result<Answer, TooManyGroups> {
        self.plan(slice, scope, groups_max)?.answered(1, |parts| parts.iter().map(Part::run).reduce(Partial::merge))
    }

    /// Plans a slice, to run its parts side by side; `groups_max` as [`GROUPS_MAX`].
    ///
    /// # Errors
    /// When there are more possible groups than can be numbered.
    pub fn plan(&self, slice: &Slice, scope: Scope, groups_max: usize) -> Result<Plan<'_>, TooManyGroups> {
        Plan::new(self, slice, scope, groups_max).ok_or(TooManyGroups { count: None, most: groups_max })
    }

    /// The first and the last day with facts that `scope` sees.
    #[must_use]
    pub fn range(&self, scope: Scope) -> Option<(Day, Day)> {
        let (first, last) = (self.months.first()?.at.first_day(), self.months.last()?.at.last_day());
        let keys = |from: Day, to: Day, by: Dimension| {
            let answer = self.slice_within(&Slice::of(from, to, &[Metric::Lines]).by(&[by]), scope, usize::MAX).ok()?;
            let mut keys = answer.groups.into_iter().filter_map(|group| group.keys.into_iter().next().flatten());
            let first = keys.next()?;
            Some((keys.next_back().unwrap_or_else(|| first.clone()), first))
        };
        let (late, early) = keys(first, last, Dimension::Month)?;
        let month = |text: &str| Day::parse(&format!("{text}-01"));
        let (early, late) = (month(&early)?, month(&late)?);
        let (_, from) = keys(early, early.month_end(), Dimension::Day)?;
        let (to, _) = keys(late, late.month_end(), Dimension::Day)?;
        Day::parse(&from).zip(Day::parse(&to))
    }

    /// The labels of a dimension that occur in facts `scope` sees, in order, for lists of filters; days, months and years likewise.
    #[must_use]
    pub fn labels(&self, dimension: Dimension, scope: Scope) -> Vec<String> {
        let (Some(first), Some(last)) = (self.months.first(), self.months.last()) else { return vec![] };
        let slice = Slice::of(first.at.first_day(), last.at.last_day(), &[Metric::Lines]).by(&[dimension]);
        let answer = self.slice_within(&slice, scope, usize::MAX).unwrap_or_default();
        answer.groups.into_iter().filter_map(|group| group.keys.into_iter().next().flatten()).collect()
    }

    /// The id behind a label, where only one carries it; labels of lines and groups have none.
    #[must_use]
    pub fn id(&self, dimension: Dimension, label: &str) -> Option<Uuid> {
        let all = match dimension {
            Dimension::Branch => &self.dictionaries.branches,
            Dimension::Rep => &self.dictionaries.reps,
            Dimension::Product => &self.dictionaries.products,
            Dimension::Customer => &self.dictionaries.customers,
            _ => return None,
        };
        all.only(label)
    }

    /// The label at a place in the order of the labels of a dimension, as [`Plan::visit`] gives it; none at zero, and of days, months and years.
    #[must_use]
    pub fn label(&self, dimension: Dimension, place: u32) -> Option<&str> {
        self.dictionaries.labels(dimension)?.ranked(place)
    }

    /// Cells held: facts of the same keys are one, a later one besides until it is folded in.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.months.iter().map(|month| month.cells()).sum()
    }

    /// Lines the facts stand for.
    #[must_use]
    pub fn lines(&self) -> i64 {
        let tables = || self.months.iter().flat_map(|month| month.layers()).filter_map(|layer| layer.segment.tables.last());
        tables().flat_map(|table| (0..table.cells()).map(|cell| table.lines(cell))).sum()
    }

    /// Bytes of columns held, dictionaries not counted.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.months.iter().flat_map(|month| month.layers()).map(|layer| layer.segment.memory()).sum()
    }

    /// Cells and bytes of each rollup, over all months.
    #[must_use]
    pub fn tables(&self) -> Vec<(usize, usize)> {
        let mut all = vec![(0, 0); table::GRAINS.len()];
        for layer in self.months.iter().flat_map(|month| month.layers()) {
            for (all, (cells, bytes)) in all.iter_mut().zip(layer.segment.tables_memory()) {
                *all = (all.0 + cells, all.1 + bytes);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests;
