//! How a month's budget is spread over its days: the one rule behind what is expected by now, attainment and budgets of parts of a month.

use super::{Leave, Workdays, share};
use crate::calendar::Day;

/// What of a month's budget falls on its days up to and with `to`: the part of the rep's own working days, weighted as in the calendar, holidays and leave
/// left out; all of it from the month's end on. Whoever has no working day in the month, for leave, is measured by the company's working days; a month in
/// which nobody works goes by its days. `month` is its first day.
#[must_use]
pub fn up_to(month: Day, minor: i64, to: Day, workdays: &Workdays, leave: &[Leave]) -> i64 {
    let end = month.month_end();
    if to < month {
        return 0;
    }
    if to >= end {
        return minor;
    }
    for leave in [leave, &[]] {
        let whole = workdays.weight_between(month, end, leave);
        if whole > 0 {
            return share(minor, workdays.weight_between(month, to, leave), whole);
        }
    }
    share(minor, (to.since(month) + 1).into(), (end.since(month) + 1).into())
}

/// [`up_to`] of every day of the month, in one go.
#[must_use]
pub fn through(month: Day, minor: i64, workdays: &Workdays, leave: &[Leave]) -> Vec<i64> {
    let weights = |leave: &[Leave]| (month.0..=month.month_end().0).map(|day| workdays.weight(Day(day), leave)).collect::<Vec<_>>();
    let works = |weights: &Vec<i64>| weights.iter().any(|weight| *weight > 0);
    let own = Some(weights(leave)).filter(works).or_else(|| Some(weights(&[])).filter(works));
    let weights = own.unwrap_or_else(|| vec![1; weights(&[]).len()]);
    let whole = weights.iter().sum();
    let add = |so_far: &mut i64, weight: &i64| {
        *so_far += weight;
        Some(share(minor, *so_far, whole))
    };
    weights.iter().scan(0, add).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::ids::RepId;
    use crate::targets::Holiday;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn away(from: &str, to: &str) -> Leave {
        Leave { rep: RepId(uuid::Uuid::nil()), from: day(from), to: day(to) }
    }

    #[test]
    fn a_month_of_leave_is_expected_day_by_day_and_never_at_once() {
        // November 2026 has 21 working days, 14 of them before Friday the 20th
        let (month, week) = (day("2026-11-01"), Workdays::default());
        let of = |to: &str, leave: &[Leave]| up_to(month, 2_100, day(to), &week, leave);
        let whole = [away("2026-10-20", "2026-12-03")];
        for to in ["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-19", "2026-11-30"] {
            assert_eq!(of(to, &whole), of(to, &[]), "{to}");
        }
        assert_eq!((of("2026-11-19", &whole), of("2026-11-30", &whole)), (1_400, 2_100));
        assert_eq!(of("2026-11-19", &[away("2026-11-01", "2026-11-19")]), 0, "who comes back has the days left for it");
        let closed = Workdays { weights: [0; 7], holidays: Vec::new() };
        assert_eq!(up_to(month, 3_000, day("2026-11-10"), &closed, &whole), 1_000, "nobody works: a third of the days");
    }

    proptest! {
        /// Whatever the calendar and the leave: nothing before the month, all of it at its end, never less the day after, and no day more than the
        /// budget's part for its weight.
        #[test]
        fn a_budget_grows_day_by_day_to_the_whole(
            minor in 0_i64..1_000_000_000_000,
            weights in prop::array::uniform7(prop_oneof![Just(0_u16), Just(100), 1_u16..=200]),
            month in 0_i32..600,
            off in prop::collection::vec(0_i32..31, 0..8),
            leave in prop::collection::vec((-20_i32..31, 0_i32..60), 0..3),
        ) {
            let month = Day(month * 30).month_start();
            let end = month.month_end();
            let week = Workdays { weights, holidays: off.iter().map(|d| Holiday { day: month.plus(*d), name: String::new() }).collect() };
            let rep = RepId(uuid::Uuid::nil());
            let leave: Vec<Leave> = leave.iter().map(|(from, days)| Leave { rep, from: month.plus(*from), to: month.plus(from + days) }).collect();
            let at = |day: Day| up_to(month, minor, day, &week, &leave);
            prop_assert_eq!((at(month.plus(-1)), at(end), at(end.plus(9))), (0, minor, minor));
            prop_assert_eq!(through(month, minor, &week, &leave), (month.0..=end.0).map(|day| at(Day(day))).collect::<Vec<_>>());
            // by hand: whose working days it goes by
            let own: i64 = (month.0..=end.0).map(|day| week.weight(Day(day), &leave)).sum();
            let all: i64 = (month.0..=end.0).map(|day| week.weight(Day(day), &[])).sum();
            let days = i64::from(end.0 - month.0 + 1);
            for day in (month.0..=end.0).map(Day) {
                let (weight, whole) = match (own, all) {
                    (0, 0) => (1, days),
                    (0, all) => (week.weight(day, &[]), all),
                    (own, _) => (week.weight(day, &leave), own),
                };
                let more = at(day) - at(day.plus(-1));
                let exact = i128::from(minor) * i128::from(weight) / i128::from(whole);
                prop_assert!((i128::from(more) - exact).abs() <= 1, "{} on {} of {} for {} of {}", more, day, minor, weight, whole);
                prop_assert!(more >= 0);
            }
        }
    }
}
