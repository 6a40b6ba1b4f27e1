//! Where the day stands: today, month and year against budget and last year, from sums per day.

use super::{Leave, Target, Workdays, daily_target, share};
use crate::calendar::{Day, Instant};
use crate::ids::RepId;
use crate::money::Currency;
use serde::{Deserialize, Serialize};

/// What was sold on a day, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySum {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Gross and returns: net sales.
    pub net: i64,
}

/// What one person's figures are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepFacts {
    /// Who; nobody for sales of no rep.
    pub rep: Option<RepId>,
    /// Budgets: first day of the month and minor units. A month without one is missing.
    pub budgets: Vec<DaySum>,
    /// Leave.
    pub leave: Vec<Leave>,
    /// Net sales of this month before today.
    pub to_yesterday: i64,
}

/// What the figures are made of: one rep's, or a team's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// Of all amounts.
    pub currency: Currency,
    /// Month in which the fiscal year starts, 1–12.
    pub fiscal_start_month: u8,
    /// The working calendar.
    pub workdays: Workdays,
    /// Net sales by day since the first day of the last fiscal year, in the order of days; days without sales are missing.
    pub days: Vec<DaySum>,
    /// Budgets, leave and month to yesterday of everybody they are about.
    pub reps: Vec<RepFacts>,
    /// The last day there are any sales of, in the whole company.
    pub data_to: Option<Day>,
    /// When sales were last brought in.
    pub refreshed_at: Option<Instant>,
}

/// A month so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Month {
    /// Net sales of the month, today included.
    pub net: i64,
    /// The month's budget.
    pub budget: Option<i64>,
    /// The part of the budget that the working days before today should have brought.
    pub expected: Option<i64>,
    /// What the month comes to when the days left sell as those before today, weight for weight; none before the first working day is over.
    pub projected: Option<i64>,
}

/// A fiscal year so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Year {
    /// Its first day.
    pub from: Day,
    /// Net sales since then, today included.
    pub net: i64,
    /// Budgets of the months before this one, and of this month the part of the working days up to and with today; none when no month has one.
    pub budget: Option<i64>,
    /// Net sales of the same days a year earlier; none when there are no sales from then at all.
    pub last_year: Option<i64>,
}

/// Where the day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// The business day.
    pub day: Day,
    /// Of all amounts.
    pub currency: Currency,
    /// What today should bring; of a team, the sum over its reps.
    pub target: Target,
    /// Net sales of today.
    pub today: i64,
    /// The month.
    pub month: Month,
    /// The fiscal year.
    pub year: Year,
    /// The last day there are sales of.
    pub data_to: Option<Day>,
    /// When sales were last brought in.
    pub refreshed_at: Option<Instant>,
}

/// Works the figures out. The same on the server and on a phone.
#[must_use]
pub fn figures(facts: &Facts, today: Day) -> Figures {
    let between = |from: Day, to: Day| facts.days.iter().filter(|d| from.0 <= d.day && d.day <= to.0).map(|d| d.net).sum::<i64>();
    let (month_start, yesterday) = (today.month_start(), today.plus(-1));
    let month_end = today.month_end();
    let budget_of = |month: Day| sum_some(facts.reps.iter().map(|r| r.budget(month)));
    // a part of each rep's budget, by the weights of their own working days
    let part_to = |to: Day| {
        sum_some(facts.reps.iter().map(|r| {
            let whole = facts.workdays.weight_between(month_start, month_end, &r.leave);
            let done = facts.workdays.weight_between(month_start, to, &r.leave);
            r.budget(month_start).map(|budget| if whole == 0 { budget } else { share(budget.into(), done, whole) })
        }))
    };
    let before = between(month_start, yesterday);
    let (done, whole) =
        (facts.workdays.weight_between(month_start, yesterday, &[]), facts.workdays.weight_between(month_start, month_end, &[]));
    let from = fiscal_start(today, facts.fiscal_start_month);
    let earlier = from.year_before();
    let year_budget = {
        let months = std::iter::successors(Some(from), |m| Some(m.month_end().plus(1))).take_while(|m| *m < month_start);
        sum_some(months.map(budget_of).chain([part_to(today)]))
    };
    let any_last_year = facts.days.first().is_some_and(|d| d.day <= today.year_before().0);
    Figures {
        day: today,
        currency: facts.currency,
        target: team_target(facts, today),
        today: between(today, today),
        month: Month {
            net: between(month_start, today),
            budget: budget_of(month_start),
            expected: part_to(yesterday),
            projected: (done > 0).then(|| share(before.into(), whole, done)),
        },
        year: Year {
            from,
            net: between(from, today),
            budget: year_budget,
            last_year: any_last_year.then(|| between(earlier, today.year_before())),
        },
        data_to: facts.data_to,
        refreshed_at: facts.refreshed_at,
    }
}

impl RepFacts {
    fn budget(&self, month: Day) -> Option<i64> {
        self.budgets.iter().find(|b| b.day == month.0).map(|b| b.net)
    }
}

/// A rep's own target; of several, the sum of what is due, and the first reason in the order of [`rank`] when nothing is.
fn team_target(facts: &Facts, today: Day) -> Target {
    let of = |r: &RepFacts| daily_target(r.budget(today.month_start()), r.to_yesterday, today, &facts.workdays, &r.leave);
    let sum = |a: Target, b: Target| match (a, b) {
        (Target::Due(a), Target::Due(b)) => Target::Due(a.saturating_add(b)),
        (Target::Short(a), Target::Short(b)) => Target::Short(a.saturating_add(b)),
        (a, b) => {
            if rank(a) <= rank(b) {
                a
            } else {
                b
            }
        }
    };
    facts.reps.iter().filter(|r| r.rep.is_some()).map(of).reduce(sum).unwrap_or(Target::NoBudget)
}

fn rank(target: Target) -> u8 {
    match target {
        Target::Due(_) => 0,
        Target::Short(_) => 1,
        Target::Reached => 2,
        Target::DayOff => 3,
        Target::OnLeave => 4,
        Target::NoBudget => 5,
    }
}

/// The sum of what is there; none when nothing is.
fn sum_some(all: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    all.flatten().reduce(i64::saturating_add)
}

/// The first day of the fiscal year a day lies in.
pub(crate) fn fiscal_start(day: Day, month: u8) -> Day {
    let (year, now, _) = day.civil();
    let first = u32::from(month.clamp(1, 12));
    Day::from_civil(if now >= first { year } else { year - 1 }, first, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn sum(on: &str, net: i64) -> DaySum {
        DaySum { day: day(on).0, net }
    }

    fn facts() -> Facts {
        let rep = Some(RepId(uuid::Uuid::nil()));
        let budgets = vec![sum("2026-10-01", 2_000), sum("2026-11-01", 2_100)];
        Facts {
            currency: Currency::parse("KES").unwrap(),
            fiscal_start_month: 7,
            workdays: Workdays::default(),
            days: vec![sum("2025-11-20", 70), sum("2025-11-21", 1), sum("2026-10-02", 500), sum("2026-11-02", 900), sum("2026-11-20", 80)],
            reps: vec![RepFacts { rep, budgets, leave: Vec::new(), to_yesterday: 900 }],
            data_to: Some(day("2026-11-20")),
            refreshed_at: None,
        }
    }

    #[test]
    fn month_and_year_stand_beside_budget_and_last_year() {
        // November 2026 has 21 working days; 14 are over before Friday the 20th.
        let f = figures(&facts(), day("2026-11-20"));
        assert_eq!((f.today, f.month.net, f.month.budget, f.month.expected), (80, 980, Some(2_100), Some(1_400)));
        assert_eq!(f.month.projected, Some(1_350));
        assert_eq!(f.target, Target::Due(171), "1,200 over seven days");
        assert_eq!((f.year.from, f.year.net, f.year.budget), (day("2026-07-01"), 1_480, Some(3_500)));
        assert_eq!(f.year.last_year, Some(70), "up to the same date, not after it");
    }

    #[test]
    fn absent_is_not_zero() {
        let mut facts = facts();
        facts.reps[0].budgets.clear();
        facts.days.retain(|d| d.day > day("2026-01-01").0);
        let f = figures(&facts, day("2026-11-20"));
        assert_eq!(
            (f.target, f.month.budget, f.month.expected, f.year.budget, f.year.last_year),
            (Target::NoBudget, None, None, None, None)
        );
        assert_eq!(figures(&facts, day("2026-11-01")).month.projected, None, "no working day is over");
    }

    #[test]
    fn a_team_adds_its_reps_up_and_one_above_budget_does_not_lower_the_others() {
        let mut facts = facts();
        let other = RepId(uuid::Uuid::from_u128(1));
        facts.reps.push(RepFacts { rep: Some(other), budgets: vec![sum("2026-11-01", 100)], leave: Vec::new(), to_yesterday: 5_000 });
        assert_eq!(figures(&facts, day("2026-11-20")).target, Target::Due(171));
        facts.reps[1].to_yesterday = 30;
        assert_eq!(figures(&facts, day("2026-11-20")).target, Target::Due(181));
        assert_eq!(figures(&facts, day("2026-11-20")).month.budget, Some(2_200));
    }
}
