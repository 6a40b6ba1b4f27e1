//! Telling volume from mix, and the names that make up most of a cause.

use super::cells::rounded;
use super::tally::{Base, Sums};
use super::{Cause, Measure};
use crate::order;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// An amount by names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Names {
    /// The largest, whether above or below zero; equal ones in the order of names. None of zero.
    pub top: Vec<Named>,
    /// What the others come to together, minor units.
    pub others: i64,
    /// How many they are.
    pub others_count: usize,
}

/// What somebody or something has part in an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Who or what; none for lines that name nobody.
    pub name: Option<String>,
    /// Minor units.
    pub amount: i64,
}

impl Names {
    /// The first `most` of these amounts, by place.
    pub(super) fn of(amounts: &[i128], most: usize, name: impl Fn(u32) -> Option<String>) -> Self {
        let mut all: Vec<(u32, i128)> = (0u32..).zip(amounts.iter().copied()).filter(|(_, amount)| *amount != 0).collect();
        order::sort_by_key(&mut all, |(place, amount)| (Reverse(amount.unsigned_abs()), *place));
        let others = all.split_off(most.min(all.len()));
        Self {
            top: all.into_iter().map(|(place, amount)| Named { name: name(place), amount: whole(amount) }).collect(),
            others: whole(others.iter().map(|(_, amount)| amount).sum()),
            others_count: others.len(),
        }
    }
}

/// Amounts within `i64` they are while the spans do not overlap, as the cube bounds the sum of all its amounts, and [`Base::comparable`] what prices make of them.
pub(super) fn whole(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}

/// The causes a measure has.
pub(super) fn causes(measure: Measure) -> impl Iterator<Item = Cause> {
    Cause::ALL.into_iter().filter(move |cause| measure == Measure::GrossProfit || *cause != Cause::Cost)
}

impl Base {
    /// Whether nothing that prices lead to can leave `i64`.
    fn comparable(self) -> bool {
        let most = i128::from(i64::MAX) / 8;
        self.weight <= most && (self.units <= 0 || self.weight * self.brought.abs() / self.units <= most)
    }

    /// The amounts of a cause by place.
    pub fn amounts(self, all: &[Sums], cause: Cause) -> Vec<i128> {
        let comparable = self.comparable();
        let each = |of: fn(&Sums) -> i128| all.iter().map(of).collect();
        match cause {
            Cause::Price if comparable => each(|sums| sums.price),
            Cause::Cost if comparable => each(|sums| sums.cost),
            Cause::Price | Cause::Cost => vec![0; all.len()],
            Cause::Volume => self.volume(all),
            Cause::Mix if comparable => all.iter().zip(self.volume(all)).map(|(sums, volume)| sums.shift - volume).collect(),
            Cause::Mix => each(|sums| sums.shift + sums.price + sums.cost),
            Cause::Won => each(|sums| sums.won),
            Cause::Lost => each(|sums| sums.lost),
            Cause::Returns => each(|sums| sums.returns),
        }
    }

    /// `units × brought ÷ units before`: rounded as a whole, then dealt out by the largest remainder, the first of equal ones first.
    fn volume(self, all: &[Sums]) -> Vec<i128> {
        if self.units <= 0 || !self.comparable() {
            return vec![0; all.len()];
        }
        let exact: Vec<i128> = all.iter().map(|sums| sums.units * self.brought).collect();
        let total = rounded(exact.iter().sum(), self.units).unwrap_or(0);
        let mut dealt: Vec<i128> = exact.iter().map(|exact| exact.div_euclid(self.units)).collect();
        let left = usize::try_from(total - dealt.iter().sum::<i128>()).unwrap_or(0);
        let mut places: Vec<usize> = (0..all.len()).collect();
        order::sort_by_key(&mut places, |place| Reverse(exact[*place].rem_euclid(self.units)));
        places.into_iter().take(left).for_each(|place| dealt[place] += 1);
        dealt
    }
}
