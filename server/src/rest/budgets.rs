//! `budgets`: what a rep is to sell in a month.

use std::sync::Arc;

use axum::{Router, routing::get};
use backend::targets::{self, Budget};
use domain::{Day, Rejections, ids::RepId, money::Money};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{answer::Answer, asked::Asked, body::Body, cursor::Items, failure::Failure, forms, query::Query};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/budgets", get(list).put(set))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Between {
    from: Option<Day>,
    to: Option<Day>,
}

/// A budget as it is sent and shown: null takes it away.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Shown {
    rep_id: RepId,
    month: Day,
    amount: Option<Money>,
}

#[derive(Deserialize)]
struct Set {
    budgets: Vec<Value>,
}

/// Of the months from `from` to `to`; the current year's without them.
async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Shown>>, Failure> {
    let Between { from, to } = query.read(&forms::BUDGET_LIST)?;
    let company = asked.backend().company().await?;
    let (year, ..) = company.today(crate::clock::now()).civil();
    let of = |month, day| Day::from_civil(year, month, day).unwrap_or(Day(0));
    let (from, to) = (from.unwrap_or_else(|| of(1, 1)), to.unwrap_or_else(|| of(12, 31)));
    let found = targets::budgets(asked.backend(), &asked.caller, from, to).await?;
    let shown =
        |b: Budget| Shown { rep_id: b.rep, month: b.month, amount: b.minor.map(|minor| Money { minor, currency: company.currency }) };
    Ok(Answer::ok(Items::all(found.into_iter().map(shown).collect())))
}

/// Sets some, all or none.
async fn set(asked: Asked, body: Body) -> Result<Answer<Items<Shown>>, Failure> {
    let Set { budgets } = body.read(&forms::BUDGETS)?;
    let currency = asked.backend().company().await?.currency;
    let mut wanted = Vec::with_capacity(budgets.len());
    for (place, value) in budgets.into_iter().enumerate() {
        let field = format!("budgets[{place}]");
        let shown: Shown = serde_json::from_value(value)
            .map_err(|e| Rejections::one(&field, "invalid", format!("Write repId, month and amount: {e}.")))?;
        if shown.amount.is_some_and(|amount| amount.currency != currency) {
            let words = format!("The company's currency is {}.", currency.code());
            return Err(Rejections::one(&field, "other_currency", words).into());
        }
        wanted.push(Budget { rep: shown.rep_id, month: shown.month, minor: shown.amount.map(|a| a.minor) });
    }
    targets::set_budgets(asked.backend(), &asked.caller, wanted.clone()).await?;
    let shown = |b: Budget| Shown { rep_id: b.rep, month: b.month, amount: b.minor.map(|minor| Money { minor, currency }) };
    Ok(Answer::ok(Items::all(wanted.into_iter().map(shown).collect())))
}
