//! What the figures are made of, one rep's or a team's, and what can be told from it alone: sums, budgets, the target of today.

use super::spread::up_to;
use super::{Leave, Target, Workdays, daily_target};
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
    /// Of one of a team, what they sold; none where the days of the facts are this person's own.
    pub sold: Option<Sold>,
}

/// Net sales of one of a team in the month of a day, minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sold {
    /// The day.
    pub on: Day,
    /// Of the days of its month before it.
    pub before: i64,
    /// Of the day itself.
    pub that_day: i64,
    /// The part of both that is not in the days of the facts, where there is leave: it was sold for a branch whoever asks does not look after.
    #[serde(default)]
    pub elsewhere: [i64; 2],
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

    /// Whether there are any sales of the company of a day or one after it.
    pub(super) fn known(&self, day: Day) -> bool {
        self.data_to.is_some_and(|to| to >= day)
    }

    /// Net sales of some days.
    pub(super) fn net(&self, from: Day, to: Day) -> i64 {
        let mut sum = 0;
        for (day, net) in &self.days {
            if from <= *day && *day <= to {
                sum += net;
            }
        }
        sum
    }

    /// Net sales of the months from `from` on, up to `to`, by whoever has no budget in theirs.
    pub(super) fn sold_without(&self, from: Day, to: Day) -> i64 {
        let own = self.own();
        let sold = if own.is_some() { &self.days } else { &self.without_budget };
        let mut sum = 0;
        for (day, net) in sold {
            if from <= *day && *day <= to && own.is_none_or(|own| own.budget(day.month_start()).is_none()) {
                sum += net;
            }
        }
        sum
    }

    /// Whose the days are, where they are one person's own.
    pub(super) fn own(&self) -> Option<&RepFacts> {
        self.reps.first().filter(|rep| rep.sold.is_none())
    }

    /// Everybody's budget of a month, or what of it falls on the days up to one; none when nobody has one.
    pub(super) fn budget(&self, month: Day, to: Option<Day>) -> Option<i64> {
        let mut sum = None;
        for rep in &self.reps {
            let part = |minor| to.map_or(minor, |to| up_to(month, minor, to, &self.workdays, &rep.leave));
            sum = plus(sum, rep.budget(month).map(part));
        }
        sum
    }

    /// A rep's own target, or the sum of what is due from several; where nothing is, the first reason in the order of [`rank`], so that a budget is
    /// reached when all are. Beside it what those from whom something is due have sold today.
    pub(super) fn target(&self, today: Day) -> (Target, Option<i64>) {
        let (mut team, mut towards) = (Target::NoBudget, None);
        for rep in &self.reps {
            let own = self.target_of(rep, today);
            if matches!(own, Target::Due(_)) {
                towards = plus(towards, Some(rep.sold.map_or_else(|| self.net(today, today), |sold| sold.on(today))));
            }
            team = match (team, own) {
                (Target::Due(a), Target::Due(b)) => Target::Due(a.saturating_add(b)),
                (Target::Short(a), Target::Short(b)) => Target::Short(a.saturating_add(b)),
                (a, b) if rank(b) < rank(a) => b,
                (a, _) => a,
            };
        }
        (team, towards)
    }

    /// What is due from one of them. In a team, who is on leave has reached the budget, or is short of it, before that counts.
    pub(super) fn target_of(&self, rep: &RepFacts, today: Day) -> Target {
        let (budget, sold) = (rep.budget(today.month_start()), self.before(rep, today));
        match (daily_target(budget, sold, today, &self.workdays, &rep.leave), budget) {
            (Target::OnLeave, Some(budget)) if rep.sold.is_some() => match budget.saturating_sub(sold) {
                left if left <= 0 => Target::Reached,
                left if self.workdays.weight_between(today, today.month_end(), &rep.leave) == 0 => Target::Short(left),
                _ => Target::OnLeave,
            },
            (target, _) => target,
        }
    }

    /// What one of them sold in the month before today.
    pub(super) fn before(&self, rep: &RepFacts, today: Day) -> i64 {
        rep.sold.map_or_else(|| self.net(today.month_start(), today.plus(-1)), |sold| sold.before(today))
    }
}

impl RepFacts {
    pub(super) fn budget(&self, month: Day) -> Option<i64> {
        self.budgets.iter().find(|(of, _)| *of == month).map(|(_, minor)| *minor)
    }
}

impl Sold {
    /// Of the month of `today` before it, as far as is known.
    pub(super) fn before(self, today: Day) -> i64 {
        match self.on {
            on if on == today => self.before,
            on if on < today && on >= today.month_start() => self.before + self.that_day,
            _ => 0,
        }
    }

    /// The part of it that is in the days of the facts.
    pub(super) fn within(self) -> Self {
        let [before, that_day] = self.elsewhere;
        Self { before: self.before - before, that_day: self.that_day - that_day, ..self }
    }

    /// Of `today`, as far as is known.
    pub(super) fn on(self, today: Day) -> i64 {
        if self.on == today { self.that_day } else { 0 }
    }
}

fn rank(target: Target) -> u8 {
    match target {
        Target::Due(_) => 0,
        Target::DayOff => 1,
        Target::OnLeave => 2,
        Target::Short(_) => 3,
        Target::Reached => 4,
        Target::NoBudget => 5,
    }
}

/// The sum of what is there; none when nothing is.
pub(super) fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (one, None) | (None, one) => one,
    }
}
