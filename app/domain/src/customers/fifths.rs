//! Scores by fifths, and the grid that makes segments of them.

use super::{CUSTOMERS_MIN, Customer, Segment};
use crate::order;
use std::cmp::Reverse;

/// Scores everybody who bought and says their segment.
pub(super) fn score(customers: &mut [Customer]) {
    let bought: Vec<usize> = (0..customers.len()).filter(|at| customers[*at].recency_days.is_some()).collect();
    if bought.len() < CUSTOMERS_MIN {
        return;
    }
    let recency = fifths(customers, &bought, |one| Reverse(one.recency_days));
    let frequency = fifths(customers, &bought, |one| one.frequency);
    let money = fifths(customers, &bought, |one| one.net_sales);
    for (((at, recency), frequency), money) in bought.into_iter().zip(recency).zip(frequency).zip(money) {
        let one = &mut customers[at];
        (one.recency_score, one.frequency_score, one.money_score) = (Some(recency), Some(frequency), Some(money));
        one.segment = Some(segment(recency, frequency));
    }
}

/// `1 + ⌊5 × those below ÷ all⌋` of each of some customers.
fn fifths<K: Ord>(customers: &[Customer], of: &[usize], key: impl Fn(&Customer) -> K) -> Vec<u8> {
    let mut keys: Vec<K> = of.iter().map(|at| key(&customers[*at])).collect();
    order::sort_by(&mut keys, K::cmp);
    let below = |at: &usize| keys.partition_point(|one| *one < key(&customers[*at]));
    of.iter().map(|at| u8::try_from(1 + 5 * below(at) / keys.len()).unwrap_or(5)).collect()
}

/// The grid.
fn segment(recency: u8, frequency: u8) -> Segment {
    match (recency, frequency) {
        (5, 4..) => Segment::Champion,
        (3.., 4..) => Segment::Loyal,
        (4.., 2..) => Segment::PotentialLoyalist,
        (5, _) => Segment::New,
        (4, _) => Segment::Promising,
        (3, 3) => Segment::NeedsAttention,
        (3, _) => Segment::AboutToSleep,
        (_, 5) => Segment::CannotLose,
        (_, 3..) => Segment::AtRisk,
        _ => Segment::Hibernating,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_has_the_segment_of_the_grid() {
        let grid: Vec<String> = (1..=5)
            .map(|recency| (1..=5).map(|frequency| format!("{:?}", segment(recency, frequency))).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(grid[4], "New PotentialLoyalist PotentialLoyalist Champion Champion");
        assert_eq!(grid[3], "Promising PotentialLoyalist PotentialLoyalist Loyal Loyal");
        assert_eq!(grid[2], "AboutToSleep AboutToSleep NeedsAttention Loyal Loyal");
        assert_eq!((&grid[1], grid[0].as_str()), (&grid[0], "Hibernating Hibernating AtRisk AtRisk CannotLose"));
    }
}
