//! Where a month ends when the days left sell as those that are over: each rep's own days where there is leave, the company's for all others.

use super::{Facts, Leave, RepFacts, share};
use crate::calendar::Day;

/// Sales of a month that go by the same working days: of its days before today, and of today.
struct Part<'a> {
    leave: &'a [Leave],
    before: i64,
    that_day: i64,
}

impl Facts {
    /// What the month of `today` comes to when the days left sell as those up to and with `over`, weight for weight: whoever has leave in it goes by the
    /// days that are theirs, all others together by the company's, and whoever of them had no such day yet comes to what they sold. Today counts as it
    /// stands where that is more, and it is never less than what is sold. None before the first such day.
    pub(super) fn projected(&self, today: Day, over: Option<Day>) -> Option<i64> {
        let (month, over) = (today.month_start(), over?);
        let (mut even, mut as_it_stands, mut any) = (0_i64, 0_i64, false);
        for part in self.parts(today) {
            let weights = |from, to| self.workdays.weight_between(from, to, part.leave);
            let (whole, now, done) = (weights(month, today.month_end()), weights(today, today), weights(month, over));
            let at_that_rate = |weight| if done > 0 { share(part.before, weight, done) } else { part.before };
            // what comes in on a day off comes on top
            let on_top = if now > 0 && done > 0 { 0 } else { part.that_day };
            even = even.saturating_add(at_that_rate(whole)).saturating_add(on_top);
            as_it_stands = as_it_stands.saturating_add(at_that_rate(whole - now)).saturating_add(part.that_day);
            any |= done > 0;
        }
        any.then(|| even.max(as_it_stands).max(self.net(month, today)))
    }

    fn parts(&self, today: Day) -> Vec<Part<'_>> {
        let (before, that_day) = (self.net(today.month_start(), today.plus(-1)), self.net(today, today));
        if let Some(own) = self.own() {
            return vec![Part { leave: &own.leave, before, that_day }];
        }
        let mut others = Part { leave: &[], before, that_day };
        let mut parts = Vec::new();
        for rep in self.reps.iter().filter(|rep| rep.is_away(today)) {
            let Some(sold) = rep.sold.map(|sold| sold.within()) else { continue };
            let part = Part { leave: &rep.leave, before: sold.before(today), that_day: sold.on(today) };
            (others.before, others.that_day) = (others.before - part.before, others.that_day - part.that_day);
            parts.push(part);
        }
        if parts.is_empty() || (others.before, others.that_day) != (0, 0) {
            parts.push(others);
        }
        parts
    }
}

impl RepFacts {
    /// Whether there is leave in the month of a day.
    #[must_use]
    pub fn is_away(&self, today: Day) -> bool {
        self.leave.iter().any(|leave| leave.from <= today.month_end() && leave.to >= today.month_start())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::ids::RepId;
    use crate::money::Currency;
    use crate::targets::{Holiday, Sold, Workdays, figures};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn away(from: Day, to: Day) -> Leave {
        Leave { rep: RepId(uuid::Uuid::nil()), from, to }
    }

    fn facts(days: Vec<(Day, i64)>, reps: Vec<RepFacts>, data_to: Day) -> Facts {
        Facts {
            currency: Currency::parse("USD").unwrap(),
            fiscal_start_month: 1,
            // a Saturday is half a day
            workdays: Workdays {
                weights: [100, 100, 100, 100, 100, 50, 0],
                holidays: vec![Holiday { day: day("1998-05-25"), name: "Memorial Day".into() }],
            },
            days,
            reps,
            without_budget: Vec::new(),
            data_to: Some(data_to),
            refreshed_at: None,
        }
    }

    /// May 1998 began on a Friday; it had 22.5 working days.
    fn nancys(leave: Vec<Leave>, on: &str) -> Option<i64> {
        let days = vec![(day("1998-05-01"), 400_000), (day("1998-05-02"), 33_040)];
        let nancy = RepFacts { rep: Some(RepId(uuid::Uuid::nil())), leave, ..RepFacts::default() };
        figures(&facts(days, vec![nancy], day("1998-05-04")), day(on)).month.projected
    }

    #[test]
    fn days_of_leave_sell_nothing() {
        let leave = |from: &str, to: &str| vec![away(day(from), day(to))];
        assert_eq!(nancys(vec![], "1998-05-04"), Some(6_495_600), "433,040 × 2,250 ÷ 150");
        assert_eq!(nancys(leave("1998-05-11", "1998-05-12"), "1998-05-04"), Some(5_918_213), "× 2,050 ÷ 150");
        assert_eq!(nancys(leave("1998-05-05", "1998-05-31"), "1998-05-04"), Some(721_733), "× 250 ÷ 150: no day is left after today");
        assert_eq!(nancys(leave("1998-05-05", "1998-05-31"), "1998-05-06"), Some(433_040), "nor is today one: it stays at what is sold");
        assert_eq!(nancys(leave("1998-05-01", "1998-05-03"), "1998-05-04"), None, "no day of hers is over");
    }

    #[test]
    fn a_team_is_its_reps_on_their_own_days_and_the_others_on_the_companys() {
        let (today, friday) = (day("1998-05-04"), day("1998-05-01"));
        let rep = |n: u128, before, leave: Vec<Leave>| {
            let sold = Some(Sold { on: today, before, that_day: 0, elsewhere: [0, 0] });
            RepFacts { rep: Some(RepId(uuid::Uuid::from_u128(n))), leave, sold, ..RepFacts::default() }
        };
        let team = |leave: Vec<Leave>| {
            let facts = facts(vec![(friday, 1_000)], vec![rep(1, 300, leave), rep(2, 600, vec![])], today);
            figures(&facts, today).month.projected
        };
        assert_eq!(team(vec![]), Some(15_000));
        assert_eq!(team(vec![away(day("1998-05-05"), day("1998-05-31"))]), Some(500 + 10_500), "300 × 250 ÷ 150, 700 × 2,250 ÷ 150");
        assert_eq!(team(vec![away(friday, day("1998-05-03"))]), Some(300 + 10_500), "one who had no day yet comes to what is sold");
        let elsewhere = |part| {
            let mut rep = rep(1, 300, vec![away(day("1998-05-05"), day("1998-05-31"))]);
            rep.sold = rep.sold.map(|sold| Sold { elsewhere: [part, 0], ..sold });
            figures(&facts(vec![(friday, 1_000)], vec![rep], today), today).month.projected
        };
        assert_eq!(elsewhere(300), Some(15_000), "what is sold for another branch is not in this one’s days");
        assert_eq!(elsewhere(150), Some(250 + 12_750));
    }

    /// Sold before and on the day, and from when how long somebody is away.
    type OfRep = (i64, i64, Option<(i32, i32)>);

    proptest! {
        /// Whoever sells and whoever is away: a projection is what each of them comes to by hand on their own days, as today stands or evened out, and
        /// never less than what is sold.
        #[test]
        fn each_sells_on_own_days_only(
            reps in prop::collection::vec((0_i64..1_000_000, 0_i64..100_000, prop::option::of((-9_i32..31, 0_i32..25))), 1..5),
            others in (0_i64..1_000_000, 0_i64..100_000),
            weights in prop::array::uniform7(prop_oneof![Just(0_u16), Just(100), 1_u16..=200]),
            on in 1_i32..30,
            known in 0_i32..31,
            alone in prop::bool::ANY,
        ) {
            let month = day("2026-11-01");
            let (today, to) = (month.plus(on), month.plus(known));
            let reps = if alone { reps[..1].to_vec() } else { reps };
            let others = if alone { (0, 0) } else { others };
            let made = |(n, (before, that_day, leave)): (usize, &OfRep)| RepFacts {
                rep: Some(RepId(uuid::Uuid::from_u128(n as u128 + 1))),
                leave: leave.iter().map(|(from, days)| away(month.plus(*from), month.plus(from + days))).collect(),
                sold: (!alone).then_some(Sold { on: today, before: *before, that_day: *that_day, elsewhere: [0, 0] }),
                ..RepFacts::default()
            };
            let sum = |of: fn(&OfRep) -> i64| reps.iter().map(of).sum::<i64>();
            let days = vec![(month, sum(|rep| rep.0) + others.0), (today, sum(|rep| rep.1) + others.1)];
            let mut facts = facts(days, reps.iter().enumerate().map(made).collect(), to);
            facts.workdays.weights = weights;
            let projected = figures(&facts, today).month.projected;
            // by hand, day by day
            let weight = |n: i32, leave: Option<(i32, i32)>| {
                let off = leave.is_some_and(|(from, days)| from <= n && n <= from + days);
                if off { 0.0 } else { f64::from(weights[month.plus(n).weekday()]) }
            };
            let all = reps.iter().copied().chain((!alone).then_some((others.0, others.1, None)));
            let (mut even, mut stands, mut any) = (0.0, 0.0, false);
            for (before, that_day, leave) in all {
                let of = |days: std::ops::Range<i32>| days.map(|n| weight(n, leave)).sum::<f64>();
                let (whole, now, done) = (of(0..30), weight(on, leave), of(0..on.min(known + 1)));
                let rate = |weight: f64| if done > 0.0 { before as f64 * weight / done } else { before as f64 };
                even += rate(whole) + if now > 0.0 && done > 0.0 { 0.0 } else { that_day as f64 };
                stands += rate(whole - now) + that_day as f64;
                any |= done > 0.0 && (alone || before > 0 || that_day > 0 || leave.is_some());
            }
            if let Some(projected) = projected {
                let sold: i64 = facts.days.iter().map(|(_, net)| net).sum();
                prop_assert!(projected >= sold);
                prop_assert!((projected as f64 - even.max(stands).max(sold as f64)).abs() <= 4.0, "{} {} {}", projected, even, stands);
            }
            prop_assert!(!any || projected.is_some());
        }
    }
}
