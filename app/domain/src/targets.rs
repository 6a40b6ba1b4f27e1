//! What a day should bring: budgets by month, the working calendar, the daily target, pace and projection.

pub mod attainment;
pub mod budgets;
mod calendar;
mod facts;
mod figures;
mod numbers;
mod plan;
mod projection;
mod spread;
mod team;
mod workdays;

pub use calendar::{LeaveDraft, WEIGHT_MAX, holidays_of};
pub use facts::{Facts, RepFacts, Sold};
pub use figures::{Figures, Month, Year, figures, fiscal_start};
pub use plan::{ATTAINMENT, PACE, PROJECTED, Pace, RepPlan, Standing, budget, budget_by_day, paced, standing};
pub use team::OfRep;
pub use workdays::{Holiday, Leave, Workdays};

use crate::calendar::Day;
use serde::{Deserialize, Serialize};

/// What today should bring in minor units, or why there is no such figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state", content = "minor")]
pub enum Target {
    /// Sell this much today.
    Due(i64),
    /// The month's budget is reached: nothing is left to do for it.
    Reached,
    /// No budget is set for the month.
    NoBudget,
    /// Today is no working day for this person; some follow.
    DayOff,
    /// This person is on leave today.
    OnLeave,
    /// No working day is left, and this much is missing.
    Short(i64),
}

/// The daily target: (month budget − net sales to yesterday) × weight of today ÷ Σ weights of the working days left, today included; half a minor
/// unit goes away from zero. Definition: “daily target” of the plan, §5.
#[must_use]
pub fn daily_target(budget: Option<i64>, to_yesterday: i64, today: Day, workdays: &Workdays, leave: &[Leave]) -> Target {
    let Some(budget) = budget else { return Target::NoBudget };
    if leave.iter().any(|l| l.holds(today)) {
        return Target::OnLeave;
    }
    let left = budget.saturating_sub(to_yesterday);
    if left <= 0 {
        return Target::Reached;
    }
    let weights = workdays.weight_between(today, today.month_end(), leave);
    let weight = workdays.weight(today, leave);
    match (weights, weight) {
        (0, _) => Target::Short(left),
        (_, 0) => Target::DayOff,
        _ => Target::Due(share(left, weight, weights)),
    }
}

/// `amount × part ÷ whole`, half away from zero; weights of a year's days at most, so that only the rest is multiplied and nothing overflows.
pub(crate) fn share(amount: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let rest = (amount % whole) * part;
    let away = if (rest % whole).abs() * 2 >= whole { rest.signum() } else { 0 };
    (amount / whole).saturating_mul(part).saturating_add(rest / whole + away)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::ids::RepId;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn leave(from: &str, to: &str) -> Leave {
        Leave { rep: RepId(uuid::Uuid::nil()), from: day(from), to: day(to) }
    }

    #[test]
    fn the_rest_of_the_budget_is_shared_among_the_days_left() {
        // November 2026: the 20th is a Friday, and six working days are left with it.
        let week = Workdays::default();
        let target = |budget, net, on: &str, leave: &[Leave]| daily_target(budget, net, day(on), &week, leave);
        assert_eq!(target(Some(700_000), 100_000, "2026-11-20", &[]), Target::Due(85_714));
        assert_eq!(target(Some(700_000), 700_000, "2026-11-20", &[]), Target::Reached);
        assert_eq!(target(None, 1, "2026-11-20", &[]), Target::NoBudget);
        assert_eq!(target(Some(0), 0, "2026-11-20", &[]), Target::Reached);
        assert_eq!(target(Some(700_000), -100_000, "2026-11-30", &[]), Target::Due(800_000));
        assert_eq!(target(Some(100), 0, "2026-11-21", &[]), Target::DayOff, "a Saturday");
        assert_eq!(target(Some(15), 0, "2026-11-27", &[]), Target::Due(8), "half a minor unit goes up");
        assert_eq!((share(-5, 1, 2), share(5, 1, 2), share(4, 1, 3), share(5, 1, 3)), (-3, 3, 1, 2));
        assert_eq!(target(Some(100), 40, "2026-10-31", &[]), Target::Short(60), "the month ends on a Saturday");
        assert_eq!(target(Some(100), 0, "2026-11-20", &[leave("2026-11-18", "2026-11-20")]), Target::OnLeave);
        assert_eq!(target(Some(600), 0, "2026-11-26", &[leave("2026-11-30", "2026-12-04")]), Target::Due(300));
    }

    #[test]
    fn weights_and_holidays_count() {
        let mut week = Workdays { weights: [100, 100, 100, 100, 100, 50, 0], holidays: Vec::new() };
        // Thu 26, Fri 27, Sat 28 (half), Mon 30
        assert_eq!(daily_target(Some(3_500), 0, day("2026-11-26"), &week, &[]), Target::Due(1_000));
        assert_eq!(daily_target(Some(3_500), 2_000, day("2026-11-28"), &week, &[]), Target::Due(500));
        week.holidays.push(Holiday { day: day("2026-11-30"), name: "Closed".into() });
        assert_eq!(daily_target(Some(2_500), 0, day("2026-11-26"), &week, &[]), Target::Due(1_000));
        assert_eq!(daily_target(Some(2_500), 0, day("2026-11-30"), &week, &[]), Target::Short(2_500));
    }

    proptest! {
        /// Whoever sells exactly the target each day reaches the budget with the last working day, to the minor unit.
        #[test]
        fn selling_the_target_every_day_reaches_the_budget(
            budget in 1_i64..1_000_000_000_000,
            weights in prop::array::uniform7(0_u16..=200),
            month in 0_i32..600,
            off in prop::collection::vec(0_i32..31, 0..6),
        ) {
            let start = Day(month * 30).month_start();
            let holidays = off.iter().map(|d| Holiday { day: start.plus(*d), name: String::new() }).collect();
            let week = Workdays { weights, holidays };
            let mut sold = 0;
            let mut on = start;
            let works = week.weight_between(start, start.month_end(), &[]) > 0;
            while on <= start.month_end() {
                match daily_target(Some(budget), sold, on, &week, &[]) {
                    Target::Due(minor) => { prop_assert!(minor >= 0); sold += minor; }
                    Target::Short(minor) => prop_assert!(minor == budget - sold && (!works || on > start)),
                    Target::Reached => prop_assert!(sold >= budget),
                    Target::DayOff => prop_assert_eq!(week.weight(on, &[]), 0),
                    other => prop_assert!(false, "{:?}", other),
                }
                on = on.plus(1);
            }
            prop_assert!(!works || sold == budget, "{} of {}", sold, budget);
        }

        /// On every calendar and every day each answer is the one its edge asks for, and a due target is the exact share.
        #[test]
        fn every_edge_has_its_own_answer(
            budget in prop::option::of(0_i64..1_000_000_000),
            sold in -1_000_000_000_i64..2_000_000_000,
            weights in prop::array::uniform7(prop_oneof![Just(0_u16), Just(100), 1_u16..=200]),
            on in 0_i32..20_000,
            off in prop::collection::vec(0_i32..31, 0..8),
            away in prop::option::of((-20_i32..20, 0_i32..20)),
        ) {
            let today = Day(on);
            let holidays: Vec<Holiday> =
                off.iter().map(|d| Holiday { day: today.month_start().plus(*d), name: String::new() }).collect();
            let leave: Vec<Leave> = away
                .map(|(from, days)| Leave { rep: RepId(uuid::Uuid::nil()), from: today.plus(from), to: today.plus(from + days) })
                .into_iter()
                .collect();
            let week = Workdays { weights, holidays: holidays.clone() };
            let target = daily_target(budget, sold, today, &week, &leave);
            // the same by hand, day by day
            let weight = |day: Day| {
                let off = holidays.iter().any(|h| h.day == day) || leave.iter().any(|l| l.from <= day && day <= l.to);
                if off { 0 } else { i128::from(weights[day.weekday()]) }
            };
            let (mut whole, mut day) = (0_i128, today);
            while day.civil().1 == today.civil().1 {
                whole += weight(day);
                day = day.plus(1);
            }
            let expected = match budget {
                None => Target::NoBudget,
                Some(_) if leave.iter().any(|l| l.from <= today && today <= l.to) => Target::OnLeave,
                Some(budget) if sold >= budget => Target::Reached,
                Some(budget) if whole == 0 => Target::Short(budget - sold),
                Some(_) if weight(today) == 0 => Target::DayOff,
                Some(budget) => {
                    let part = i128::from(budget - sold) * weight(today);
                    Target::Due(i64::try_from((part * 2 + whole) / (whole * 2)).unwrap())
                }
            };
            prop_assert_eq!(target, expected);
        }

        /// Days off before today, and leave of days that are over, change nothing.
        #[test]
        fn what_is_over_does_not_count(on in 1_i32..20_000, back in 1_i32..31, sold in 0_i64..1_000) {
            let (today, week) = (Day(on), Workdays::default());
            let over = Leave { rep: RepId(uuid::Uuid::nil()), from: today.plus(-back), to: today.plus(-1) };
            let closed = Workdays { holidays: vec![Holiday { day: today.plus(-back), name: String::new() }], ..week.clone() };
            let target = daily_target(Some(700), sold, today, &week, &[]);
            prop_assert_eq!(daily_target(Some(700), sold, today, &week, &[over]), target);
            prop_assert_eq!(daily_target(Some(700), sold, today, &closed, &[]), target);
        }
    }
}
