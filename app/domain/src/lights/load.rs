//! How many visits a policy asks for.

use std::collections::BTreeMap;

/// Parts a visit is cut into while summing: a sum over all cadences there can be stays far below a hundredth off.
const PARTS: i128 = 1_000_000_000_000;

/// Visits per rep and working day, in hundredths: Σ over clients of 1 ÷ cadence (a visit in so many days of the calendar) × 7 ÷ full working days of
/// a week ÷ reps; half goes up. `week` is the sum of the weekdays' weights in hundredths of a full day. None without reps or working days.
/// Source: a cadence of c days asks for 1/c visits a day of the calendar (“cadence” of the plan, §5).
#[must_use]
pub fn visits_per_day(cadences: impl IntoIterator<Item = u16>, week: i64, reps: u32) -> Option<u32> {
    let mut times: BTreeMap<u16, i128> = BTreeMap::new();
    for days in cadences {
        *times.entry(days.max(1)).or_default() += 1;
    }
    let daily: i128 = times.iter().map(|(days, times)| times * PARTS / i128::from(*days)).sum();
    // hundredths of a visit × hundredths of a working day
    let (above, below) = (daily * 7 * 100 * 100, PARTS * i128::from(week) * i128::from(reps));
    if below <= 0 { None } else { u32::try_from((above * 2 + below) / (below * 2)).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cadence_asks_for_its_share_of_a_visit_each_working_day() {
        assert_eq!(visits_per_day([7; 5], 500, 1), Some(100), "five clients a week in five days");
        assert_eq!(visits_per_day([35; 100], 500, 2), Some(200), "100 × 1/35 × 7/5 ÷ 2");
        assert_eq!(visits_per_day([7; 11], 550, 1), Some(200), "a half Saturday makes 5.5 days");
        assert_eq!(visits_per_day([], 500, 1), Some(0));
        assert_eq!((visits_per_day([7], 0, 1), visits_per_day([7], 500, 0)), (None, None));
        assert_eq!(visits_per_day([730], 700, 1), Some(0), "0.137 hundredths");
    }

    proptest! {
        /// Beside exact fractions over a common denominator.
        #[test]
        fn the_sum_is_right_to_the_hundredth(cadences in prop::collection::vec(1_u16..=12, 0..200), week in 1_i64..=1400, reps in 1_u32..50) {
            const WHOLE: i128 = 27_720; // the least common multiple of 1 to 12
            let daily: i128 = cadences.iter().map(|days| WHOLE / i128::from(*days)).sum();
            let (above, below) = (daily * 70_000, WHOLE * i128::from(week) * i128::from(reps));
            let exact = (above * 2 + below) / (below * 2);
            // a value cut off just below a half may go the other way
            let close = above * 2 % below == 0 || i128::from(visits_per_day(cadences, week, reps).unwrap_or(0)) == exact;
            prop_assert!(close);
        }
    }
}
