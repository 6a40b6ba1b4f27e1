//! Filters, scope and keys as tables over codes: what a code adds to a group's key, or that it is out.

use super::Cube;
use super::dictionary::{Labels, Shelf};
use super::month::MonthAt;
use super::query::{Dimension, Slice};
use super::table::{CUSTOMER, PRODUCT};
use crate::calendar::Day;
use crate::people::Scope;

/// What is filtered out or outside the scope. Saturating sums keep it.
pub(super) const OUT: u64 = u64::MAX;

/// A key of the groups: its share of the one number that stands for all keys of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub dimension: Dimension,
    /// Day, month or year of the smallest value; zero for ranks.
    first: i32,
    size: u64,
    stride: u64,
}

impl Key {
    fn place(self, value: i32) -> u64 {
        u64::try_from(i64::from(value) - i64::from(self.first)).unwrap_or(0) * self.stride
    }

    /// The rank of this key in a group, or its distance from the first day, month or year.
    pub fn rank(self, group: u64) -> u32 {
        (group / self.stride % self.size) as u32
    }

    /// For people, and in answers.
    pub fn label(self, cube: &Cube, group: u64) -> Option<String> {
        let rank = self.rank(group);
        let value = self.first + rank as i32;
        match self.dimension {
            Dimension::Day => Some(Day(value).to_string()),
            Dimension::Month => Some(format!("{:04}-{:02}", MonthAt(value).year(), value.rem_euclid(12) + 1)),
            Dimension::Year => Some(format!("{value:04}")),
            other => cube.dictionaries.labels(other)?.ranked(rank).map(str::to_owned),
        }
    }
}

/// The keys of a slice from `from` to `to`, the first the most significant, and how many groups there could be; none beyond what a number holds.
pub(super) fn keys(cube: &Cube, slice: &Slice, from: Day, to: Day) -> Option<(Vec<Key>, u64)> {
    let span = |first: i32, last: i32| (first, u64::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(1));
    let ((first, _), (last, _)) = (MonthAt::of(from), MonthAt::of(to));
    let mut stride = 1u64;
    let mut keys = Vec::with_capacity(slice.group_by.len());
    for dimension in slice.group_by.iter().rev() {
        let (first, size) = match dimension {
            Dimension::Day => span(from.0, to.0),
            Dimension::Month => span(first.0, last.0),
            Dimension::Year => span(first.year(), last.year()),
            other => (0, cube.dictionaries.labels(*other).map_or(1, |labels| labels.different() as u64)),
        };
        keys.insert(0, Key { dimension: *dimension, first, size, stride });
        stride = stride.checked_mul(size).filter(|groups| *groups < OUT / 8)?;
    }
    Some((keys, stride))
}

/// By code, for each dimension: what it adds to the key, or [`OUT`].
#[derive(Debug)]
pub(super) struct Lookups {
    pub reps: Vec<u64>,
    pub branches: Vec<u64>,
    pub shelves: Vec<u64>,
    pub lines: Vec<u64>,
    /// Customers and products, where the slice asks for them at all, and whether any of them is out; days are the months' own.
    pub leaves: [Option<(Vec<u64>, bool)>; 2],
    /// Whether something can be found.
    pub any: bool,
}

impl Lookups {
    pub fn new(cube: &Cube, slice: &Slice, keys: &[Key], scope: Scope) -> Self {
        let all = &cube.dictionaries;
        let table = |dimension: Dimension| lookup(all.labels(dimension), slice, keys, dimension);
        let (mut reps, mut branches) = (table(Dimension::Rep), table(Dimension::Branch));
        match scope {
            Scope::All => {}
            Scope::Branch(id) => narrow(&mut branches, all.branches.code(Some(id.0))),
            Scope::Own(id) => narrow(&mut reps, all.reps.code(Some(id.0))),
            Scope::Nothing => narrow(&mut reps, None),
        }
        let (lines, groups) = (table(Dimension::ProductLine), table(Dimension::ItemGroup));
        let shelf = |shelf: &Shelf| lines[shelf.line as usize].saturating_add(groups[shelf.group as usize]);
        let mut shelves: Vec<u64> = all.shelves.iter().map(shelf).collect();
        let leaf = |dimension| asks(slice, dimension).then(|| (table(dimension), narrows(slice, dimension)));
        let mut leaves = [None, None];
        (leaves[CUSTOMER], leaves[PRODUCT]) = (leaf(Dimension::Customer), leaf(Dimension::Product));
        if let Some((products, true)) = &leaves[PRODUCT] {
            let mut holds = vec![false; shelves.len()];
            products.iter().zip(&all.shelf_of).filter(|(product, _)| **product != OUT).for_each(|(_, shelf)| holds[*shelf as usize] = true);
            shelves.iter_mut().zip(holds).filter(|(_, holds)| !holds).for_each(|(shelf, _)| *shelf = OUT);
        }
        let some = |table: &[u64]| table.iter().any(|place| *place != OUT);
        let any =
            [&reps, &branches, &shelves].into_iter().all(|table| some(table)) && leaves.iter().flatten().all(|(table, _)| some(table));
        Self { reps, branches, shelves, lines, leaves, any }
    }
}

/// Whether a slice groups or filters by a dimension.
pub(super) fn asks(slice: &Slice, dimension: Dimension) -> bool {
    slice.group_by.contains(&dimension) || narrows(slice, dimension)
}

fn narrows(slice: &Slice, dimension: Dimension) -> bool {
    slice.filters.iter().any(|filter| filter.dimension == dimension)
}

fn lookup(labels: Option<&Labels>, slice: &Slice, keys: &[Key], dimension: Dimension) -> Vec<u64> {
    let Some(labels) = labels else { return vec![] };
    let stride = keys.iter().filter(|key| key.dimension == dimension).map(|key| key.stride).sum::<u64>();
    let mut places: Vec<u64> = (0..labels.different() as u64).map(|rank| rank * stride).collect();
    for filter in slice.filters.iter().filter(|filter| filter.dimension == dimension) {
        let mut kept = vec![false; places.len()];
        for label in &filter.labels {
            if let Some(rank) = label.as_deref().map_or(Some(0), |label| labels.rank(label)) {
                kept[rank as usize] = true;
            }
        }
        places.iter_mut().zip(kept).filter(|(_, kept)| !kept).for_each(|(place, _)| *place = OUT);
    }
    labels.ranks.iter().map(|rank| places[*rank as usize]).collect()
}

/// Puts all codes out but one.
fn narrow(table: &mut [u64], code: Option<u32>) {
    let kept = code.map(|code| code as usize);
    table.iter_mut().enumerate().filter(|(code, _)| Some(*code) != kept).for_each(|(_, place)| *place = OUT);
}

/// What a month adds to the key, and what each day of it does when days matter.
pub(super) fn month_places(keys: &[Key], at: MonthAt, from: Day, to: Day) -> (u64, Option<[u64; 32]>) {
    let of = |dimension, value| keys.iter().filter(|key| key.dimension == dimension).map(|key| key.place(value)).sum::<u64>();
    let month = of(Dimension::Month, at.0) + of(Dimension::Year, at.year());
    let whole = from <= at.first_day() && to >= at.last_day();
    if whole && keys.iter().all(|key| key.dimension != Dimension::Day) {
        return (month, None);
    }
    let mut days = [OUT; 32];
    for (day, place) in days.iter_mut().enumerate().skip(1) {
        let day = at.first_day().plus(day as i32 - 1);
        if (from..=to).contains(&day) {
            *place = of(Dimension::Day, day.0);
        }
    }
    (month, Some(days))
}
