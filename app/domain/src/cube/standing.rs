//! Customers who came, stayed and left: who bought in which of two spans of days, however many they are.

use super::Cube;
use super::answer::{Answer, Group, TooManyGroups};
use super::query::{Dimension, LIMIT_MAX, Metric, Slice};
use super::scan::{Part, Partial};
use crate::calendar::Day;
use crate::order;
use crate::people::Scope;
use std::cmp::Reverse;

/// Net sales in the days of the slice, and in those beside them.
type Both = [Option<i64>; 2];

impl Cube {
    /// The new, the kept and the lost, in this order and the largest first, each with net sales in the slice's days and in those `beside`; [`Answer::all`]
    /// counts them. Where they are more than the limit, kinds of few are told of whole before those of many.
    pub(super) fn standing(&self, slice: &Slice, beside: (Day, Day), scope: Scope) -> Result<Answer, TooManyGroups> {
        let mut bought: Vec<Both> = vec![];
        for (at, (from, to)) in [(slice.from, slice.to), beside].into_iter().enumerate() {
            let mut asked = Slice::of(from, to, &[Metric::NetSales]).by(&[Dimension::Customer]);
            asked.filters.clone_from(&slice.filters);
            let plan = self.plan(&asked, scope, usize::MAX)?;
            if let Some(all) = plan.parts(1).iter().map(Part::run).reduce(Partial::merge) {
                plan.visit(&all, |places, figures| {
                    let place = places[0] as usize;
                    bought.resize(bought.len().max(place + 1), [None; 2]);
                    bought[place][at] = figures[0];
                });
            }
        }
        Ok(self.told_of(&bought, slice.limit.unwrap_or(LIMIT_MAX)))
    }

    fn told_of(&self, bought: &[Both], limit: usize) -> Answer {
        // nobody known, in the first place, is no customer
        let placed = (0u32..).zip(bought).skip(1).filter_map(|(place, both)| Some((kind(both)?, Reverse(both[0].or(both[1])), place)));
        let mut customers: Vec<(usize, Reverse<Option<i64>>, u32)> = placed.collect();
        order::sort_by_key(&mut customers, |one| *one);
        let mut count = [0; 3];
        customers.iter().for_each(|(kind, ..)| count[*kind] += 1);
        let mut room = rooms(count, limit);
        customers.retain(|(kind, ..)| {
            let fits = room[*kind] > 0;
            room[*kind] -= usize::from(fits);
            fits
        });
        let group = |(_, _, place): (usize, Reverse<Option<i64>>, u32)| Group {
            keys: vec![self.label(Dimension::Customer, place).map(str::to_owned)],
            figures: bought[place as usize].to_vec(),
        };
        let groups = customers.into_iter().map(group).collect();
        Answer { group_by: vec![Dimension::Customer], metrics: vec![Metric::NetSales; 2], groups, all: count.map(|n| n as i64) }
    }
}

/// New, kept or lost.
fn kind(both: &Both) -> Option<usize> {
    match both {
        [Some(_), None] => Some(0),
        [Some(_), Some(_)] => Some(1),
        [None, Some(_)] => Some(2),
        [None, None] => None,
    }
}

/// How many of each kind are told of: all of the smallest first, and what they leave for the others.
fn rooms(count: [usize; 3], limit: usize) -> [usize; 3] {
    let (mut rooms, mut left) = ([0; 3], limit);
    let mut kinds = vec![0, 1, 2];
    order::sort_by_key(&mut kinds, |kind| count[*kind]);
    for (kind, parts) in kinds.into_iter().zip([3, 2, 1]) {
        rooms[kind] = count[kind].min(left / parts);
        left -= rooms[kind];
    }
    rooms
}
