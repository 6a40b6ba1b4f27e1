//! What a team's figures are made of: each of its reps by themselves, by the same rules.

use super::{Facts, Month, Target, figures};
use crate::calendar::Day;
use crate::ids::RepId;

/// One of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfRep {
    /// Who.
    pub rep: RepId,
    /// What today should bring.
    pub target: Target,
    /// Net sales of today; none while no sales of today have been brought in.
    pub today: Option<i64>,
    /// The month.
    pub month: Month,
    /// Budgets of the fiscal year's days so far.
    pub budget_to_date: Option<i64>,
}

impl Facts {
    /// Each rep of a team who has a budget in the fiscal year. Targets that are due, budgets and what is expected are together the team's.
    #[must_use]
    pub fn of_each(&self, today: Day) -> Vec<OfRep> {
        let (yesterday, mut all) = (today.plus(-1), Vec::new());
        for one in self.reps.iter().filter(|one| !one.budgets.is_empty()) {
            let (Some(rep), Some(sold)) = (one.rep, one.sold) else { continue };
            // the month is all there is to know of one of them: before today, and today
            let days = vec![(yesterday, self.before(one, today)), (today, sold.on(today))];
            let without_budget = if one.budget(today.month_start()).is_some() { Vec::new() } else { days.clone() };
            let f = figures(&Self { days, reps: vec![one.clone()], without_budget, ..self.clone() }, today);
            all.push(OfRep { rep, target: f.target, today: f.today, month: f.month, budget_to_date: f.year.budget });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::money::Currency;
    use crate::targets::{Leave, RepFacts, Sold, Workdays};
    use proptest::prelude::*;

    /// Budgets of last month and this one, sold before today and today, days away: from when and how many.
    type Made = (Option<i64>, Option<i64>, i64, i64, Option<(i32, i32)>);

    proptest! {
        /// Whatever they have to sell, sold, and when they are away: the reps' figures add up to the team's, to the minor unit.
        #[test]
        fn the_reps_are_together_the_team(
            reps in prop::collection::vec(
                (prop::option::of(0_i64..1_000_000), prop::option::of(0_i64..1_000_000), 0_i64..1_000_000, 0_i64..100_000, prop::option::of((-9_i32..30, 0_i32..20))),
                1..6,
            ),
            on in 0_i32..31,
            known in -3_i32..31,
        ) {
            let (october, november) = (Day::parse("2026-10-01").unwrap(), Day::parse("2026-11-01").unwrap());
            let today = november.plus(on.min(29));
            let one = |(n, (last, now, before, that_day, away)): (usize, &Made)| {
                let rep = RepId(uuid::Uuid::from_u128(n as u128 + 1));
                let budgets: Vec<_> = [(october, *last), (november, *now)].into_iter().filter_map(|(month, minor)| Some((month, minor?))).collect();
                let leave = away.map(|(from, days)| Leave { rep, from: november.plus(from), to: november.plus(from + days) });
                let before = if today == november { 0 } else { *before };
                let sold = Some(Sold { on: today, before, that_day: *that_day, elsewhere: [0, 0] });
                RepFacts { rep: Some(rep), budgets, leave: leave.into_iter().collect(), sold }
            };
            let reps: Vec<_> = reps.iter().enumerate().map(one).filter(|rep| !rep.budgets.is_empty()).collect();
            let sum = |of: fn(Sold) -> i64| reps.iter().filter_map(|rep| rep.sold).map(of).sum::<i64>();
            let days = vec![(today.plus(-1), sum(|sold| sold.before)), (today, sum(|sold| sold.that_day))];
            let without = reps.iter().filter(|rep| rep.budget(november).is_none()).filter_map(|rep| rep.sold);
            let without_budget = vec![(november, without.map(|sold| sold.before + sold.that_day).sum())];
            let facts = Facts {
                currency: Currency::parse("KES").unwrap(),
                fiscal_start_month: 7,
                workdays: Workdays::default(),
                days,
                reps,
                without_budget,
                data_to: Some(november.plus(known)),
                refreshed_at: None,
            };
            let (team, each) = (figures(&facts, today), facts.of_each(today));
            let all = |of: fn(&OfRep) -> Option<i64>| each.iter().filter_map(of).reduce(|a, b| a + b);
            let due = all(|rep| if let Target::Due(minor) = rep.target { Some(minor) } else { None });
            prop_assert_eq!(due, if let Target::Due(minor) = team.target { Some(minor) } else { None });
            prop_assert_eq!(all(|rep| rep.month.budget), team.month.budget);
            prop_assert_eq!(all(|rep| rep.month.expected), team.month.expected);
            prop_assert_eq!(all(|rep| rep.month.pace), team.month.pace);
            prop_assert_eq!(all(|rep| rep.month.net), team.month.net.filter(|_| !each.is_empty()));
            prop_assert_eq!(all(|rep| rep.budget_to_date), team.year.budget);
            let towards = all(|rep| if let Target::Due(_) = rep.target { rep.today } else { None });
            prop_assert_eq!(towards, team.towards);
        }
    }
}
