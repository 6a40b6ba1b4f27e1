//! `GET overview`: the first screen's figures and next things to do; and what these figures are made of.

use domain::{
    Day, Instant,
    ids::UserId,
    money::{Currency, Money},
    targets::{Figures, Target},
    today::{NextItem, Today, TodayCounts},
    visits::VisitItem,
};
use serde::Serialize;

use super::{answer::Answer, asked::Asked, failure::Failure, query::Query};

/// Today, with every amount in its currency.
#[derive(Serialize)]
pub struct Overview {
    day: Day,
    running: Vec<VisitItem>,
    next: Vec<NextItem>,
    counts: TodayCounts,
    figures: Option<Shown>,
}

/// Where sales stand: null is what is not known, which is not zero.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    /// `due`, `reached`, `noBudget`, `dayOff`, `onLeave`, `short`.
    target_state: &'static str,
    target: Option<Money>,
    sold_today: Option<Money>,
    /// The part of it by whoever's target is due.
    sold_towards_target: Option<Money>,
    month: Month,
    year: Year,
    data_to: Option<Day>,
    refreshed_at: Option<Instant>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Month {
    net_sales: Option<Money>,
    /// The part of them that is not measured.
    without_budget: Money,
    budget: Option<Money>,
    /// Of the days up to and with the last one there are sales of.
    expected: Option<Money>,
    /// What is measured less what is expected: above nought is ahead.
    pace: Option<Money>,
    projected: Option<Money>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Year {
    from: Day,
    to: Day,
    net_sales: Option<Money>,
    /// The part of them that is not measured.
    without_budget: Money,
    budget_to_date: Option<Money>,
    same_days_last_year: Option<Money>,
}

/// What the figures are made of, for a device to work them out without the server.
#[derive(Serialize)]
pub struct Made {
    /// Whose.
    user: UserId,
    /// [`domain::targets::Facts::numbers`]; null while there are neither sales nor budgets.
    facts: Option<Vec<i64>>,
}

/// `GET overview/facts`, in the caller's scope.
pub async fn facts(asked: Asked, query: Query) -> Result<Answer<Made>, Failure> {
    query.nothing()?;
    let facts = backend::targets::facts(asked.backend(), &asked.caller).await?;
    Ok(Answer::ok(Made { user: asked.caller.user, facts: facts.any().then(|| facts.numbers()) }))
}

/// Today, in the caller's scope.
pub async fn show(asked: Asked, query: Query) -> Result<Answer<Overview>, Failure> {
    query.nothing()?;
    let Today { day, running, next, counts, figures } = backend::today::overview(asked.backend(), &asked.caller).await?;
    Ok(Answer::ok(Overview { day, running, next, counts, figures: figures.map(shown) }))
}

fn shown(f: Figures) -> Shown {
    let money = |minor| Money { minor, currency: f.currency };
    let (target_state, target) = target(f.target, f.currency);
    Shown {
        target_state,
        target,
        sold_today: f.today.map(money),
        sold_towards_target: f.towards.map(money),
        month: Month {
            net_sales: f.month.net.map(money),
            without_budget: money(f.month.without_budget),
            budget: f.month.budget.map(money),
            expected: f.month.expected.map(money),
            pace: f.month.pace.map(money),
            projected: f.month.projected.map(money),
        },
        year: Year {
            from: f.year.from,
            to: f.year.to,
            net_sales: f.year.net.map(money),
            without_budget: money(f.year.without_budget),
            budget_to_date: f.year.budget.map(money),
            same_days_last_year: f.year.last_year.map(money),
        },
        data_to: f.data_to,
        refreshed_at: f.refreshed_at,
    }
}

fn target(target: Target, currency: Currency) -> (&'static str, Option<Money>) {
    let money = |minor| Some(Money { minor, currency });
    match target {
        Target::Due(minor) => ("due", money(minor)),
        Target::Reached => ("reached", money(0)),
        Target::NoBudget => ("noBudget", None),
        Target::DayOff => ("dayOff", None),
        Target::OnLeave => ("onLeave", None),
        Target::Short(minor) => ("short", money(minor)),
    }
}
