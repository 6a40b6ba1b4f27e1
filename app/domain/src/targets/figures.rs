//! Where the day stands: today, month and year against budget and last year, from sums per day.

use super::spread::up_to;
use super::{Leave, Target, Workdays, daily_target, share};
use crate::calendar::{Day, Instant};
use crate::ids::RepId;
use crate::money::Currency;
use serde::{Deserialize, Serialize};

/// What one person's figures are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepFacts {
    /// Who; nobody for sales of no rep.
    pub rep: Option<RepId>,
    /// Budgets: the month's first day and minor units. A month without one is missing.
    pub budgets: Vec<(Day, i64)>,
    /// Leave.
    pub leave: Vec<Leave>,
    /// Net sales of the month before today; none where the days of the facts are this person's own.
    pub to_yesterday: Option<i64>,
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
    /// Net sales by day since the first day of the last fiscal year, minor units, in the order of days; days without sales are missing.
    pub days: Vec<(Day, i64)>,
    /// Budgets, leave and month to yesterday of everybody they are about.
    pub reps: Vec<RepFacts>,
    /// Of a team: net sales, by the first day of their month, of whoever has no budget in it; months without such sales are missing.
    pub without_budget: Vec<(Day, i64)>,
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
    /// The part of them sold by whoever has no budget: it is not measured against the others'.
    pub without_budget: i64,
    /// The month's budget.
    pub budget: Option<i64>,
    /// The part of the budget that the working days before today should have brought, as far as there are sales.
    pub expected: Option<i64>,
    /// What the month comes to when the days left sell as those before today of which there are sales, weight for weight; none before the first.
    pub projected: Option<i64>,
}

/// A fiscal year so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Year {
    /// Its first day.
    pub from: Day,
    /// The last day it is measured by: today, or the last day before it that there are any sales of, so that what is not in yet is not missed.
    pub to: Day,
    /// Net sales since then, today included.
    pub net: i64,
    /// The part of them sold by reps and in months without a budget: it is not measured against the budgets there are.
    pub without_budget: i64,
    /// Budgets of the days up to and with `to`, of a part of a month by its working days; none when no month has one.
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
    /// Net sales of today; none while no sales of today have been brought in.
    pub today: Option<i64>,
    /// The month.
    pub month: Month,
    /// The fiscal year.
    pub year: Year,
    /// The last day there are sales of.
    pub data_to: Option<Day>,
    /// When sales were last brought in.
    pub refreshed_at: Option<Instant>,
}

impl Figures {
    /// Whether today has brought what it should.
    #[must_use]
    pub fn reached(&self) -> bool {
        matches!((self.target, self.today), (Target::Due(due), Some(sold)) if sold >= due)
    }
}

/// Works the figures out. The same on the server and on a phone.
#[must_use]
pub fn figures(facts: &Facts, today: Day) -> Figures {
    let (month, yesterday) = (today.month_start(), today.plus(-1));
    let from = fiscal_start(today, facts.fiscal_start_month);
    let before = facts.net(month, yesterday);
    // what is not in yet is not missed: nothing is measured by days after the last there are sales of
    let to = facts.data_to.map_or(today, |to| to.min(today));
    let over = yesterday.min(to);
    let done = facts.workdays.weight_between(month, over, &[]);
    let whole = facts.workdays.weight_between(month, today.month_end(), &[]);
    let mut year_budget = facts.budget(from, Some(to.min(from.month_end())));
    let mut later = from.month_end().plus(1);
    while later <= to {
        year_budget = plus(year_budget, facts.budget(later, Some(to.min(later.month_end()))));
        later = later.month_end().plus(1);
    }
    let today_net = facts.net(today, today);
    Figures {
        day: today,
        currency: facts.currency,
        target: facts.target(today),
        today: facts.data_to.filter(|to| *to >= today).map(|_| today_net),
        month: Month {
            net: before + today_net,
            without_budget: facts.sold_without(month, today),
            budget: facts.budget(month, None),
            expected: facts.budget(month, Some(over)),
            projected: if done > 0 { Some(share(before, whole, done)) } else { None },
        },
        year: Year {
            from,
            to,
            net: facts.net(from, today),
            without_budget: facts.sold_without(from, today),
            budget: year_budget,
            last_year: match facts.days.first() {
                Some((first, _)) if *first <= to.year_before() => Some(facts.net(from.year_before(), to.year_before())),
                _ => None,
            },
        },
        data_to: facts.data_to,
        refreshed_at: facts.refreshed_at,
    }
}

impl Facts {
    /// Whether there is anything to work figures out from.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.days.is_empty() || self.reps.iter().any(|r| !r.budgets.is_empty())
    }

    /// The days of today's month so far that have sales, the latest first.
    #[must_use]
    pub fn month(&self, today: Day) -> Vec<(Day, i64)> {
        let month = today.month_start();
        self.days.iter().rev().copied().filter(|(day, _)| month <= *day && *day <= today).collect()
    }

    fn net(&self, from: Day, to: Day) -> i64 {
        let mut sum = 0;
        for (day, net) in &self.days {
            if from <= *day && *day <= to {
                sum += net;
            }
        }
        sum
    }

    /// Net sales of the months from `from` on, up to `to`, by whoever has no budget in theirs.
    fn sold_without(&self, from: Day, to: Day) -> i64 {
        // the days of one's own facts are all one's own
        let own = self.reps.first().filter(|rep| rep.to_yesterday.is_none());
        let sold = if own.is_some() { &self.days } else { &self.without_budget };
        let mut sum = 0;
        for (day, net) in sold {
            if from <= *day && *day <= to && own.is_none_or(|own| own.budget(day.month_start()).is_none()) {
                sum += net;
            }
        }
        sum
    }

    /// Everybody's budget of a month, or what of it falls on the days up to one; none when nobody has one.
    fn budget(&self, month: Day, to: Option<Day>) -> Option<i64> {
        let mut sum = None;
        for rep in &self.reps {
            let part = |minor| to.map_or(minor, |to| up_to(month, minor, to, &self.workdays, &rep.leave));
            sum = plus(sum, rep.budget(month).map(part));
        }
        sum
    }

    /// A rep's own target; of several, the sum of what is due, or else the first reason in the order of [`rank`].
    fn target(&self, today: Day) -> Target {
        let month = today.month_start();
        let mut team = Target::NoBudget;
        for rep in &self.reps {
            let sold = match rep.to_yesterday {
                Some(sold) => sold,
                None => self.net(month, today.plus(-1)),
            };
            let own = daily_target(rep.budget(month), sold, today, &self.workdays, &rep.leave);
            team = match (team, own) {
                (Target::Due(a), Target::Due(b)) => Target::Due(a.saturating_add(b)),
                (Target::Short(a), Target::Short(b)) => Target::Short(a.saturating_add(b)),
                (a, b) if rank(b) < rank(a) => b,
                (a, _) => a,
            };
        }
        team
    }
}

impl Month {
    /// Net sales that are measured by the budget.
    #[must_use]
    pub fn measured(&self) -> i64 {
        self.net - self.without_budget
    }
}

impl Year {
    /// Net sales that are measured by the budget.
    #[must_use]
    pub fn measured(&self) -> i64 {
        self.net - self.without_budget
    }
}

impl RepFacts {
    fn budget(&self, month: Day) -> Option<i64> {
        self.budgets.iter().find(|(of, _)| *of == month).map(|(_, minor)| *minor)
    }
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
fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (one, None) | (None, one) => one,
    }
}

/// The first day of the fiscal year a day lies in.
#[must_use]
pub fn fiscal_start(day: Day, month: u8) -> Day {
    let (year, now, _) = day.civil();
    let first = u32::from(month.clamp(1, 12));
    Day::from_civil(if now >= first { year } else { year - 1 }, first, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests;
