//! Where the day stands: today, month and year against budget and last year, from sums per day.

use super::Target;
use super::facts::{Facts, plus};
use crate::calendar::{Day, Instant};
use crate::money::Currency;
use serde::{Deserialize, Serialize};

/// A month so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Month {
    /// Net sales of the month, today included; none while there are no sales known of any of its days.
    pub net: Option<i64>,
    /// The part of them sold by whoever has no budget: it is not measured against the others'.
    pub without_budget: i64,
    /// The month's budget.
    pub budget: Option<i64>,
    /// The part of the budget that the working days up to and with today should bring, or up to the last day before it there are any sales of.
    pub expected: Option<i64>,
    /// How far the net sales that are measured are above that, or below: what is sold and what is expected are of the same days. None while there are no
    /// sales known of any of its days.
    pub pace: Option<i64>,
    /// What the month comes to when the days left sell as those before today of which there are sales, weight for weight, each rep's own where there is
    /// leave; today counts as it stands where that is more, and it is never less than what is sold. None before the first such day.
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
    /// Net sales since then, today included; none while there are no sales known of any of its days.
    pub net: Option<i64>,
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
    /// The part of them by whoever's target is due; none where no target is.
    pub towards: Option<i64>,
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
        matches!((self.target, self.towards), (Target::Due(due), Some(sold)) if sold >= due)
    }
}

/// Works the figures out. The same on the server and on a phone.
#[must_use]
pub fn figures(facts: &Facts, today: Day) -> Figures {
    let from = fiscal_start(today, facts.fiscal_start_month);
    // what is not in yet is not missed: nothing is measured by days after the last there are sales of
    let to = facts.data_to.map_or(today, |to| to.min(today));
    let mut year_budget = facts.budget(from, Some(to.min(from.month_end())));
    let mut later = from.month_end().plus(1);
    while later <= to {
        year_budget = plus(year_budget, facts.budget(later, Some(to.min(later.month_end()))));
        later = later.month_end().plus(1);
    }
    let today_net = facts.known(today).then(|| facts.net(today, today));
    let (target, towards) = facts.target(today);
    Figures {
        day: today,
        currency: facts.currency,
        target,
        today: today_net,
        towards: towards.filter(|_| today_net.is_some()),
        month: this_month(facts, today, to),
        year: Year {
            from,
            to,
            net: facts.known(from).then(|| facts.net(from, today)),
            without_budget: facts.sold_without(from, today),
            budget: year_budget,
            last_year: match facts.days.first() {
                Some((first, _)) if *first <= to.year_before() && from <= to => Some(facts.net(from.year_before(), to.year_before())),
                _ => None,
            },
        },
        data_to: facts.data_to,
        refreshed_at: facts.refreshed_at,
    }
}

/// The month of today, measured by its days up to and with `to`.
fn this_month(facts: &Facts, today: Day, to: Day) -> Month {
    let month = today.month_start();
    let of_month = Month {
        net: facts.known(month).then(|| facts.net(month, today)),
        without_budget: facts.sold_without(month, today),
        budget: facts.budget(month, None),
        expected: facts.budget(month, Some(to)),
        pace: None,
        // where no sales are known at all, no day of them is over
        projected: facts.projected(today, facts.data_to.map(|_| to.min(today.plus(-1)))),
    };
    let pace = of_month.measured().zip(of_month.expected).map(|(measured, expected)| measured - expected);
    Month { pace, ..of_month }
}

impl Month {
    /// Net sales that are measured by the budget.
    #[must_use]
    pub fn measured(&self) -> Option<i64> {
        Some(self.net? - self.without_budget)
    }
}

impl Year {
    /// Net sales that are measured by the budget.
    #[must_use]
    pub fn measured(&self) -> Option<i64> {
        Some(self.net? - self.without_budget)
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
