//! Targets: budgets by month, leave, and the facts every figure of a day is worked out from.

pub(crate) mod sql;

use crate::db::Conn;
use crate::{Backend, Error, company};
use domain::company::Company;
use domain::ids::RepId;
use domain::people::{Caller, Right, Scope};
use domain::sales::AMOUNT_MAX;
use domain::targets::{Facts, RepFacts, fiscal_start};
use domain::{Day, Rejections};
use std::collections::{BTreeMap, HashSet};

/// A month's budget of one rep; without an amount there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Whose.
    pub rep: RepId,
    /// The month's first day.
    pub month: Day,
    /// Minor units.
    pub minor: Option<i64>,
}

/// What the caller's figures are made of: their own, or those of everybody they look after.
///
/// # Errors
/// When the database fails.
pub async fn facts(backend: &Backend, caller: &Caller) -> Result<Facts, Error> {
    let company = backend.company().await?;
    facts_on(&mut backend.read().await?, &company, caller).await
}

/// [`facts`] on a connection.
pub(crate) async fn facts_on(conn: &mut Conn, company: &Company, caller: &Caller) -> Result<Facts, Error> {
    let today = company.today(crate::machine_now());
    let this_year = fiscal_start(today, company.fiscal_start_month);
    let from = this_year.year_before();
    let (data_to, refreshed_at) = sql::freshness(conn).await?;
    let mut facts = Facts {
        currency: company.currency,
        fiscal_start_month: company.fiscal_start_month,
        workdays: company.workdays.clone(),
        days: Vec::new(),
        reps: Vec::new(),
        data_to,
        refreshed_at,
    };
    let scope = caller.scope();
    let reps: Vec<RepId> = match scope {
        Scope::Nothing => return Ok(facts),
        Scope::Own(rep) => vec![rep],
        Scope::Branch(branch) => company.reps.iter().filter(|r| r.branch == Some(branch)).map(|r| r.id).collect(),
        Scope::All => company.reps.iter().map(|r| r.id).collect(),
    };
    facts.days = sql::days(conn, scope, from, today).await?;
    let about: HashSet<RepId> = reps.iter().copied().collect();
    let mut of: BTreeMap<RepId, RepFacts> = reps.iter().map(|rep| (*rep, RepFacts { rep: Some(*rep), ..RepFacts::default() })).collect();
    for (rep, month, minor) in sql::budgets(conn, scope, this_year, today.month_start()).await? {
        if let Some(facts) = of.get_mut(&rep) {
            facts.budgets.push((month, minor));
        }
    }
    for leave in sql::leave(conn, this_year).await?.into_iter().filter(|l| about.contains(&l.rep)) {
        if let Some(facts) = of.get_mut(&leave.rep) {
            facts.leave.push(leave);
        }
    }
    if !matches!(scope, Scope::Own(_)) {
        let sold = sql::sold_by(conn, today.month_start(), today.plus(-1)).await?;
        for (rep, facts) in &mut of {
            facts.to_yesterday = Some(sold.get(rep).copied().unwrap_or(0));
        }
        // whoever has neither budget nor leave has no target: their sales are in the days all the same
        of.retain(|_, facts| !facts.budgets.is_empty());
    }
    facts.reps = of.into_values().collect();
    Ok(facts)
}

/// Budgets of the reps a caller sees, months from `from` to `to`.
///
/// # Errors
/// When the database fails.
pub async fn budgets(backend: &Backend, caller: &Caller, from: Day, to: Day) -> Result<Vec<Budget>, Error> {
    let company = backend.company().await?;
    let rows = sql::budgets(&mut backend.read().await?, caller.scope(), from, to).await?.into_iter();
    let seen = |rep: RepId| match caller.scope() {
        Scope::Branch(branch) => company.reps.iter().any(|r| r.id == rep && r.branch == Some(branch)),
        _ => true,
    };
    Ok(rows.filter(|(rep, ..)| seen(*rep)).map(|(rep, month, minor)| Budget { rep, month, minor: Some(minor) }).collect())
}

/// Sets budgets, all or none.
///
/// # Errors
/// `Forbidden`, or what is wrong with one of them.
pub async fn set_budgets(backend: &Backend, caller: &Caller, budgets: Vec<Budget>) -> Result<(), Error> {
    if !caller.may(Right::SetTargets) {
        return Err(Error::Forbidden);
    }
    let asked = (caller.clone(), budgets);
    backend
        .write(Vec::new(), asked, |tx, (caller, budgets)| {
            Box::pin(async move {
                check(&*tx.company()?, caller, budgets)?;
                let version = tx.version();
                for budget in budgets {
                    sql::set_budget(tx.write(), budget, version).await?;
                }
                company::sql::mark_figures(tx.write()).await?;
                let event = crate::journal::company_event(tx, "targets.budgets", caller.user, &of_journal(budgets));
                tx.journal(event);
                Ok(())
            })
        })
        .await
}

fn of_journal(budgets: &[Budget]) -> serde_json::Value {
    let one = |b: &Budget| serde_json::json!({"rep": b.rep, "month": b.month, "minor": b.minor});
    serde_json::Value::Array(budgets.iter().map(one).collect())
}

fn check(company: &Company, caller: &Caller, budgets: &[Budget]) -> Result<(), Rejections> {
    let mut bad = Rejections::default();
    for budget in budgets {
        let rep = company.reps.iter().find(|r| r.id == budget.rep);
        let seen = match (rep, caller.scope()) {
            (None, _) | (_, Scope::Own(_) | Scope::Nothing) => false,
            (Some(_), Scope::All) => true,
            (Some(rep), Scope::Branch(branch)) => rep.branch == Some(branch),
        };
        if !seen {
            bad.add("rep", "unknown", "There is no such rep, or they are not of your branch.");
        }
        if budget.month != budget.month.month_start() {
            bad.add("month", "not_a_month", "A budget is for a whole month: write its first day, YYYY-MM-01.");
        }
        if budget.minor.is_some_and(|minor| !(0..=AMOUNT_MAX).contains(&minor)) {
            bad.add("minor", "out_of_range", "A budget is not below zero and at most ten trillion.");
        }
    }
    bad.or(())
}
