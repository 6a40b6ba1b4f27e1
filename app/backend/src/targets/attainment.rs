//! Attainment: what the caller's reps sold, from the cube, beside their budgets of the same days.

use super::{plans, sql};
use crate::kpis::Unanswered;
use crate::kpis::named::{self, Named, Narrowed, Question};
use crate::{Backend, machine_now};
use domain::Rejections;
use domain::company::Company;
use domain::cube::{Dimension, Metric};
use domain::people::{Caller, Rep};
use domain::targets::RepPlan;
use domain::targets::attainment::{Attainment, Known, attainment as work_out};
use std::collections::BTreeMap;

const SOLD: Question<'static> = Question { by: &[Dimension::Rep, Dimension::Month], metrics: &[Metric::NetSales], ranked: None };

/// Net sales against budgets. Narrowed by `rep`, and by `branch`, which is where a rep belongs: a budget is a rep's,
/// and no part of it belongs to a product or customer.
///
/// # Errors
/// `Asked` for other filters; see [`Unanswered`].
pub async fn attainment(backend: &Backend, caller: &Caller, narrowed: Narrowed) -> Result<Named<Attainment>, Unanswered> {
    refuse_others(&narrowed).map_err(Unanswered::Asked)?;
    let company = backend.company().await?;
    let (known_to, _) = sql::freshness(&mut backend.read().await?).await?;
    let (from, to) = named::days(backend, caller, &Narrowed { to: narrowed.to.or(known_to), ..narrowed.clone() }).await?;
    // whole months, unless other days are asked about: a month in which nothing was sold yet is asked about too
    let days = (narrowed.from.unwrap_or(from.month_start()), narrowed.to.unwrap_or(to.month_end()));
    let wanted = wanted(&company, &narrowed);
    let asked = Narrowed { from: Some(days.0), to: Some(days.1), filters: filters(wanted.as_ref()), limit: narrowed.limit };
    let sold = named::named(backend, caller, SOLD, asked).await?;
    let plans = plans(backend, caller).await?;
    let is_wanted = |plan: &&RepPlan| wanted.as_ref().is_none_or(|wanted| wanted.iter().flatten().any(|rep| *rep == plan.rep));
    let known = Known { days, to: known_to, today: company.today(machine_now()), workdays: &company.workdays };
    let answer = work_out(&sold.answer, plans.iter().filter(is_wanted), known);
    named::fits(answer.rows.len(), &narrowed)?;
    Ok(Named { answer, from: days.0, to: days.1, currency: sold.currency })
}

fn refuse_others(narrowed: &Narrowed) -> Result<(), Rejections> {
    let mut bad = Rejections::default();
    for name in narrowed.filters.keys().filter(|name| !["rep", "branch"].contains(&name.as_str())) {
        bad.add(&format!("filters.{name}"), "not_here", "A budget is a rep's for a month: narrow targets by rep or branch only.");
    }
    bad.or(())
}

/// The reps asked for, by name; none when all are.
fn wanted(company: &Company, narrowed: &Narrowed) -> Option<Vec<Option<String>>> {
    let given = |name: &str| narrowed.filters.get(name).filter(|labels| !labels.is_empty());
    let named = given("rep").cloned();
    let Some(branches) = given("branch") else { return named };
    let home = |rep: &Rep| rep.branch.and_then(|id| company.branch_name(id)).map(str::to_owned);
    let there = company.reps.iter().filter(|rep| branches.contains(&home(rep))).map(|rep| Some(rep.name.clone()));
    Some(there.filter(|rep| named.as_ref().is_none_or(|named| named.contains(rep))).collect())
}

/// Nobody wanted is a label nobody carries, since an empty list would be no filter.
fn filters(wanted: Option<&Vec<Option<String>>>) -> BTreeMap<String, Vec<Option<String>>> {
    let nobody = || vec![Some(String::new())];
    let reps = wanted.map(|wanted| if wanted.is_empty() { nobody() } else { wanted.clone() });
    reps.map(|reps| ("rep".to_owned(), reps)).into_iter().collect()
}
