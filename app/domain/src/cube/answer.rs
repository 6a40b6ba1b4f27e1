//! What a slice comes to: groups in order with their metrics, or that there are too many of them.

use super::facts::{COST, GROSS, LINES, RETURNS, TRANSACTIONS, UNITS, UNKNOWN_LINES, UNKNOWN_NET};
use super::plan::Plan;
use super::query::{Dimension, Metric};
use super::scan::Partial;
use crate::sales::UNIT_DIGITS;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use std::cmp::Reverse;

/// The answer to a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// What the keys of a group are of.
    pub group_by: Vec<Dimension>,
    /// What the figures of a group are.
    pub metrics: Vec<Metric>,
    /// By their keys, the missing key first, then labels in the order of their letters; or as the slice orders. None when nothing was sold.
    pub groups: Vec<Group>,
    /// Of all groups, told of or not. Of a slice with order and limit: how many they are, what of its metric is above zero, and what net sales are above
    /// zero of those of which the metric is unknown. Of one beside other days: how many customers are new, kept and lost.
    #[serde(default)]
    pub all: [i64; 3],
}

/// A group of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// One for each dimension: a label, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; none for facts without.
    pub keys: Vec<Option<String>>,
    /// One for each metric: minor units, thousandths of a unit, or a number; none for what is unknown.
    pub figures: Vec<Option<i64>>,
}

/// A slice has more groups than an answer may have: to be narrowed, or ranked with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyGroups {
    /// How many it has; none where nobody counted them, see [`Plan::groups`].
    pub count: Option<usize>,
    /// So many may be.
    pub most: usize,
}

impl std::fmt::Display for TooManyGroups {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.count {
            Some(count) => write!(f, "The slice has {count} groups, more than {}", self.most)?,
            None => write!(f, "The slice has more than {} groups", self.most)?,
        }
        f.write_str(": narrow it with filters, group by fewer keys, or ask for the first ones with orderBy and limit.")
    }
}

impl std::error::Error for TooManyGroups {}

/// What a group is ordered by, least first: the figure, none being less than any number, where there is none its net sales, then its key.
type Place = (Reverse<(Option<i64>, i64)>, u64);

/// A group of the answer in its place: its figures.
pub(super) type First = (Place, Vec<Option<i64>>);

impl Plan<'_> {
    /// The answer from all parts together.
    ///
    /// # Errors
    /// When there are more groups than an answer may have, or than are ranked at once: [`Plan::answered`] ranks any number.
    pub fn answer(&self, all: &Partial) -> Result<Answer, TooManyGroups> {
        self.first(all).map(|(first, of)| self.told(first, of))
    }

    /// The groups of the answer, in order, and what is told of all there are.
    pub(super) fn first(&self, all: &Partial) -> Result<(Vec<First>, [i64; 3]), TooManyGroups> {
        let most = self.groups_max;
        let slots: Vec<usize> = (0..all.slots()).filter(|slot| all.sum(LINES, *slot) != 0).collect();
        if all.over || slots.len() > most {
            return Err(TooManyGroups { count: (!all.over).then_some(slots.len()), most });
        }
        let customers = all.seen.counts(all.slots());
        let figure = |metric, slot| self.figure(all, &customers, metric, slot);
        let rank = |slot| match self.slice.order_by.map(|metric| figure(metric, slot)) {
            Some(None) => (None, all.sum(GROSS, slot) + all.sum(RETURNS, slot)),
            ranked => (ranked.flatten(), 0),
        };
        let mut placed: Vec<(Place, usize)> = slots.into_iter().map(|slot| ((Reverse(rank(slot)), all.groups.key(slot)), slot)).collect();
        let of = if self.ranked() { of_all(&placed) } else { [0; 3] };
        self.keep_first(&mut placed);
        let figures = |slot| self.slice.metrics.iter().map(|metric| figure(*metric, slot)).collect();
        Ok((placed.into_iter().map(|(place, slot)| (place, figures(slot))).collect(), of))
    }

    /// Puts groups in order and keeps as many as are asked for.
    pub(super) fn keep_first<T>(&self, groups: &mut Vec<(Place, T)>) {
        let limit = self.slice.limit.unwrap_or(usize::MAX);
        if limit < groups.len() {
            groups.select_nth_unstable_by_key(limit, |group| group.0);
            groups.truncate(limit);
        }
        groups.sort_unstable_by_key(|group| group.0);
    }

    /// The answer of these groups.
    pub(super) fn told(&self, first: Vec<First>, all: [i64; 3]) -> Answer {
        let keys = |key| self.keys.iter().map(|of| of.label(self.cube, key)).collect();
        let groups = first.into_iter().map(|((_, key), figures)| Group { keys: keys(key), figures }).collect();
        Answer { group_by: self.slice.group_by.clone(), metrics: self.slice.metrics.clone(), groups, all }
    }

    /// Calls `each` with every group in the order of its keys, however many there are and without copying a label: the places of its keys among the labels
    /// of their dimension (see [`super::Cube::label`]; days, months and years count from the first of the slice), and its figures.
    pub fn visit(&self, all: &Partial, mut each: impl FnMut(&[u32], &[Option<i64>])) {
        let there = |slot: &usize| all.sum(LINES, *slot) != 0;
        let mut groups: Vec<(u64, usize)> = (0..all.slots()).filter(there).map(|slot| (all.groups.key(slot), slot)).collect();
        groups.sort_unstable();
        let customers = all.seen.counts(all.slots());
        let (mut places, mut figures) = (vec![0; self.keys.len()], vec![None; self.slice.metrics.len()]);
        for (group, slot) in groups {
            places.iter_mut().zip(&self.keys).for_each(|(place, key)| *place = key.rank(group));
            figures.iter_mut().zip(&self.slice.metrics).for_each(|(to, metric)| *to = self.figure(all, &customers, *metric, slot));
            each(&places, &figures);
        }
    }

    fn figure(&self, all: &Partial, customers: &[i64], metric: Metric, slot: usize) -> Option<i64> {
        let sum = |measure: usize| all.sum(measure, slot);
        let known = || sum(LINES) > sum(UNKNOWN_LINES);
        match metric {
            Metric::GrossRevenue => Some(sum(GROSS)),
            Metric::Returns => Some(sum(RETURNS)),
            Metric::NetSales => Some(sum(GROSS) + sum(RETURNS)),
            Metric::Cost => known().then(|| sum(COST)),
            Metric::GrossProfit => known().then(|| sum(GROSS) + sum(RETURNS) - sum(UNKNOWN_NET) - sum(COST)),
            Metric::KnownNet => known().then(|| sum(GROSS) + sum(RETURNS) - sum(UNKNOWN_NET)),
            Metric::Units => Some(sum(UNITS)),
            Metric::Lines => Some(sum(LINES)),
            Metric::Transactions => self.whole_documents().then(|| sum(TRANSACTIONS)),
            Metric::Customers => {
                let key = self.keys.iter().find(|key| key.dimension == Dimension::Customer);
                Some(key.map_or_else(|| customers[slot], |key| i64::from(key.rank(all.groups.key(slot)) != 0)))
            }
        }
    }
}

/// See [`Answer::all`].
fn of_all(placed: &[(Place, usize)]) -> [i64; 3] {
    let mut all = [placed.len() as i64, 0, 0];
    for ((Reverse((figure, net)), _), _) in placed {
        all[1] = figure.unwrap_or(0).max(0).saturating_add(all[1]);
        all[2] = net.max(&0).saturating_add(all[2]);
    }
    all
}

impl Answer {
    /// The groups as the REST contract has them: a list of objects with keys and metrics by name, units as decimals.
    #[must_use]
    pub fn rows(&self) -> Rows<'_> {
        Rows(self)
    }
}

/// See [`Answer::rows`].
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a>(&'a Answer);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut rows = s.serialize_seq(Some(self.0.groups.len()))?;
        for group in &self.0.groups {
            rows.serialize_element(&Row(self.0, group))?;
        }
        rows.end()
    }
}

struct Row<'a>(&'a Answer, &'a Group);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let Self(answer, group) = self;
        let mut row = s.serialize_map(Some(group.keys.len() + group.figures.len()))?;
        for (dimension, key) in answer.group_by.iter().zip(&group.keys) {
            row.serialize_entry(dimension.code(), key)?;
        }
        let thousand = 10i64.pow(UNIT_DIGITS);
        for (metric, figure) in answer.metrics.iter().zip(&group.figures) {
            match figure {
                Some(units) if *metric == Metric::Units && units % thousand != 0 => {
                    row.serialize_entry(metric.code(), &(*units as f64 / thousand as f64))?;
                }
                Some(units) if *metric == Metric::Units => row.serialize_entry(metric.code(), &(units / thousand))?,
                _ => row.serialize_entry(metric.code(), figure)?,
            }
        }
        row.end()
    }
}
