//! Budgets: read, set, copied from the year before.

use super::{sees, sql};
use crate::db::Tx;
use crate::{Backend, Error, company, journal};
use domain::company::Company;
use domain::ids::RepId;
use domain::people::Caller;
use domain::sales::AMOUNT_MAX;
use domain::targets::budgets::{CHANGE, Copies, check_month, copies, year_later};
use domain::{Day, Rejections};
use std::collections::HashSet;

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

/// Budgets of the reps a caller sees, months from `from` to `to`.
///
/// # Errors
/// When the database fails.
pub async fn budgets(backend: &Backend, caller: &Caller, from: Day, to: Day) -> Result<Vec<Budget>, Error> {
    let company = backend.company().await?;
    let rows = sql::budgets(&mut backend.read().await?, caller.scope(), from, to).await?.into_iter();
    let seen = rows.filter(|(rep, ..)| sees(&company, caller, *rep));
    Ok(seen.map(|(rep, month, minor)| Budget { rep, month, minor: Some(minor) }).collect())
}

/// Sets budgets, all or none.
///
/// # Errors
/// `Forbidden`, or what is wrong with one of them.
pub async fn set_budgets(backend: &Backend, caller: &Caller, budgets: Vec<Budget>) -> Result<(), Error> {
    super::may_set(caller)?;
    let asked = (caller.clone(), budgets);
    backend.write(Vec::new(), asked, |tx, (caller, budgets)| Box::pin(set_in(tx, caller, budgets))).await
}

async fn set_in(tx: &mut Tx, caller: &Caller, budgets: &[Budget]) -> Result<(), Error> {
    check(&*tx.company()?, caller, budgets)?;
    let version = tx.version();
    for budget in budgets {
        sql::set_budget(tx.write(), budget, version).await?;
    }
    company::sql::mark_figures(tx.write()).await?;
    let event = journal::company_event(tx, "targets.budgets", caller.user, &of_journal(budgets));
    tx.journal(event);
    Ok(())
}

/// What copying the budgets of the fiscal year that begins in `year` into the next one would do; `change` in hundredths of a percent.
///
/// # Errors
/// As [`copy_budgets`].
pub async fn preview_copies(backend: &Backend, caller: &Caller, year: i32, change: i32) -> Result<Copies, Error> {
    super::may_set(caller)?;
    let company = backend.company().await?;
    let mut conn = backend.read().await?;
    Ok(copied(&mut conn, &company, caller, (year, change)).await?.1)
}

/// Copies the budgets of the fiscal year that begins in `year` into the next one, `change` hundredths of a percent higher.
///
/// # Errors
/// `Forbidden`; a change out of range; a year without budgets.
pub async fn copy_budgets(backend: &Backend, caller: &Caller, year: i32, change: i32) -> Result<Copies, Error> {
    super::may_set(caller)?;
    let asked = (caller.clone(), (year, change));
    backend
        .write(Vec::new(), asked, |tx, (caller, asked)| {
            Box::pin(async move {
                let company = tx.company()?;
                let (budgets, told) = copied(tx.read(), &company, caller, *asked).await?;
                set_in(tx, caller, &budgets).await?;
                Ok(told)
            })
        })
        .await
}

async fn copied(
    conn: &mut crate::db::Conn,
    company: &Company,
    caller: &Caller,
    (year, change): (i32, i32),
) -> Result<(Vec<Budget>, Copies), Error> {
    if !CHANGE.contains(&change) {
        let words = format!("Percent: write {} to {}.", CHANGE.start() / 100, CHANGE.end() / 100);
        return Err(Error::rejected("percent", "out_of_range", words));
    }
    let no_year = || Error::rejected("fromFiscalYear", "not_a_year", "Write the year in which the fiscal year begins, for example 2025.");
    let from = Day::from_civil(year, u32::from(company.fiscal_start_month), 1).ok_or_else(no_year)?;
    let (begin, end) = (year_later(from), year_later(year_later(from)));
    let mut all = sql::budgets(conn, caller.scope(), from, end.plus(-1)).await?;
    all.retain(|(rep, ..)| sees(company, caller, *rep));
    let (last, next): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, month, _)| *month < begin);
    if last.is_empty() {
        let words = format!("There are no budgets in the year from {from}: set some, or choose another year.");
        return Err(Error::rejected("fromFiscalYear", "nothing_there", words));
    }
    let (set, told) = copies(&last, &next, change);
    Ok((set.into_iter().map(|(rep, month, minor)| Budget { rep, month, minor: Some(minor) }).collect(), told))
}

fn of_journal(budgets: &[Budget]) -> serde_json::Value {
    let one = |b: &Budget| serde_json::json!({"rep": b.rep, "month": b.month, "minor": b.minor});
    serde_json::Value::Array(budgets.iter().map(one).collect())
}

fn check(company: &Company, caller: &Caller, budgets: &[Budget]) -> Result<(), Rejections> {
    let mut bad = Rejections::default();
    let mut seen = HashSet::new();
    for (place, budget) in budgets.iter().enumerate() {
        let field = |name: &str| format!("budgets[{place}].{name}");
        if !seen.insert((budget.rep, budget.month)) {
            bad.add(&field("month"), "twice", format!("A rep’s budget of {} is given twice: give it once.", budget.month));
        }
        if !sees(company, caller, budget.rep) {
            bad.add(&field("repId"), "unknown", "There is no such rep, or they are not of your branch.");
        }
        if let Err(words) = check_month(budget.month) {
            bad.add(&field("month"), "not_a_month", words);
        }
        if budget.minor.is_some_and(|minor| !(0..=AMOUNT_MAX).contains(&minor)) {
            bad.add(&field("amount"), "out_of_range", "A budget is not below zero and at most ten trillion.");
        }
    }
    bad.or(())
}
