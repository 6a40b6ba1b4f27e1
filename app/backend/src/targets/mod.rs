//! Targets: budgets by month, the working calendar with leave, and the facts every figure of a day is worked out from.

mod attainment;
mod budgets;
mod calendar;
mod measured;
pub(crate) mod sql;

pub use attainment::attainment;
pub use budgets::{Budget, budgets, copy_budgets, preview_copies, set_budgets};
pub use calendar::{
    Absence, Calendar, absences, add_holidays, cancel_leave, change_leave, remove_holiday, set_calendar, set_week, take_leave,
};

use crate::db::Conn;
use crate::{Backend, Error};
use domain::Day;
use domain::company::Company;
use domain::ids::RepId;
use domain::people::{Caller, Rep, Right, Scope};
use domain::targets::{Facts, RepFacts, RepPlan, Sold, fiscal_start};
use std::collections::{BTreeMap, HashSet};

/// Days a phone may go without contact and still know its budgets.
const AHEAD_DAYS: i32 = 45;

/// Whether the caller sets budgets and leave: asked before what they send is judged.
///
/// # Errors
/// `Forbidden`.
pub fn may_set(caller: &Caller) -> Result<(), Error> {
    if caller.may(Right::SetTargets) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whether the caller sets the week and public holidays too.
///
/// # Errors
/// `Forbidden`.
pub fn may_set_week(caller: &Caller) -> Result<(), Error> {
    if caller.may(Right::SetCompany) { Ok(()) } else { Err(Error::Forbidden) }
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
        without_budget: Vec::new(),
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
    // a phone carries its facts into the days to come
    for (rep, month, minor) in sql::budgets(conn, scope, this_year, today.plus(AHEAD_DAYS).month_start()).await? {
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
        // whoever has neither budget nor leave has no target, and the company's days: their sales are in the days all the same
        of.retain(|_, facts| !facts.budgets.is_empty() || !facts.leave.is_empty());
        sold_by(conn, scope, &mut of, today).await?;
        facts.without_budget = measured::without_budget(conn, (company, scope), &of, &facts.days, (this_year, today)).await?;
    }
    facts.reps = of.into_values().collect();
    Ok(facts)
}

/// Puts in what each of a team sold in the month of `today`. Of whoever is away in it also what is not in the sales of a branch: the rest of these goes
/// by other days.
async fn sold_by(conn: &mut Conn, scope: Scope, of: &mut BTreeMap<RepId, RepFacts>, today: Day) -> Result<(), Error> {
    let sold = sql::sold_by(conn, today).await?;
    for (rep, facts) in of.iter_mut() {
        facts.sold = Some(sold.get(rep).copied().unwrap_or(Sold { on: today, before: 0, that_day: 0, elsewhere: [0, 0] }));
    }
    let away: Vec<RepId> = of.iter().filter(|(_, facts)| facts.is_away(today)).map(|(rep, _)| *rep).collect();
    if matches!(scope, Scope::All) || away.is_empty() {
        return Ok(());
    }
    let mut within: BTreeMap<RepId, [i64; 2]> = BTreeMap::new();
    for (rep, day, net) in sql::days_of(conn, scope, &away, (today.month_start(), today)).await? {
        within.entry(rep).or_default()[usize::from(day == today)] += net;
    }
    for rep in away {
        let [before, that_day] = within.get(&rep).copied().unwrap_or_default();
        if let Some(sold) = of.get_mut(&rep).and_then(|facts| facts.sold.as_mut()) {
            sold.elsewhere = [sold.before - before, sold.that_day - that_day];
        }
    }
    Ok(())
}

/// Budgets and leave of all times of the reps whose targets a caller sees, each under the labels of the cube.
///
/// # Errors
/// When the database fails.
pub async fn plans(backend: &Backend, caller: &Caller) -> Result<Vec<RepPlan>, Error> {
    let company = backend.company().await?;
    let mut conn = backend.read().await?;
    let budgets = sql::budgets(&mut conn, caller.scope(), Day(i32::MIN), Day(i32::MAX)).await?;
    let leave = sql::leave(&mut conn, Day(i32::MIN)).await?;
    let branch = |rep: &Rep| company.branches.iter().find(|branch| Some(branch.id) == rep.branch).map(|branch| branch.name.clone());
    let plan = |rep: &Rep| RepPlan {
        rep: rep.name.clone(),
        branch: branch(rep),
        budgets: budgets.iter().filter(|(of, ..)| *of == rep.id).map(|(_, month, minor)| (*month, *minor)).collect(),
        leave: leave.iter().filter(|leave| leave.rep == rep.id).copied().collect(),
    };
    let planned = company.reps.iter().filter(|rep| sees(&company, caller, rep.id)).map(plan);
    Ok(planned.filter(|plan| !plan.budgets.is_empty()).collect())
}

/// The reps whose targets a caller sees, by name.
///
/// # Errors
/// When the database fails.
pub async fn reps(backend: &Backend, caller: &Caller) -> Result<Vec<Rep>, Error> {
    let company = backend.company().await?;
    Ok(company.reps.iter().filter(|rep| sees(&company, caller, rep.id)).cloned().collect())
}

/// Whether targets of this rep are the caller's to see: their own, their branch's, everybody's.
fn sees(company: &Company, caller: &Caller, rep: RepId) -> bool {
    let known = company.reps.iter().find(|r| r.id == rep);
    match (known, caller.scope()) {
        (None, _) | (_, Scope::Nothing) => false,
        (Some(_), Scope::Own(own)) => rep == own,
        (Some(_), Scope::All) => true,
        (Some(known), Scope::Branch(branch)) => known.branch == Some(branch),
    }
}
