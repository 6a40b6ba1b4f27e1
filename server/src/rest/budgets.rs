//! `budgets`: what a rep is to sell in a month.

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use backend::targets::{self, Budget};
use domain::{
    Day, Rejections,
    ids::RepId,
    money::{Currency, Money},
    targets::budgets::{self as months, Copies, change},
};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::{
    answer::Answer,
    asked::Asked,
    body::Body,
    cursor::Items,
    failure::Failure,
    form::{Object, plain},
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/budgets", get(list).put(set)).route("/budgets/copies", post(copy)).route("/budgets/copies-preview", post(preview))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Between {
    from: Option<Day>,
    to: Option<Day>,
}

/// A budget as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    rep_id: RepId,
    month: Day,
    amount: Option<Money>,
}

#[derive(Deserialize)]
struct Set {
    budgets: Vec<Object>,
}

/// A budget as it is sent: without an amount it is taken away.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    rep_id: RepId,
    month: String,
    amount: Option<Value>,
}

/// Of the months from `from` to `to`; the current year's without them.
async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Shown>>, Failure> {
    let Between { from, to } = query.read(&forms::BUDGET_LIST)?;
    let company = asked.backend().company().await?;
    let (year, ..) = company.today(crate::clock::now()).civil();
    let of = |month, day| Day::from_civil(year, month, day).unwrap_or(Day(0));
    let (from, to) = (from.unwrap_or_else(|| of(1, 1)), to.unwrap_or_else(|| of(12, 31)));
    super::calendar::in_order(from, to)?;
    let found = targets::budgets(asked.backend(), &asked.caller, from, to).await?;
    let shown =
        |b: Budget| Shown { rep_id: b.rep, month: b.month, amount: b.minor.map(|minor| Money { minor, currency: company.currency }) };
    Ok(Answer::ok(Items::all(found.into_iter().map(shown).collect())))
}

/// Sets some, all or none.
async fn set(asked: Asked, body: Body) -> Result<Answer<Items<Shown>>, Failure> {
    targets::may_set(&asked.caller)?;
    let Set { budgets } = body.read(&forms::BUDGETS)?;
    let currency = asked.backend().company().await?.currency;
    let (mut wanted, mut bad) = (Vec::with_capacity(budgets.len()), Rejections::default());
    for (place, object) in budgets.into_iter().enumerate() {
        match read(object, currency) {
            Ok(budget) => wanted.push(budget),
            Err(wrong) => wrong.0.iter().for_each(|r| bad.add(&format!("budgets[{place}].{}", r.field), &r.code, r.message.as_str())),
        }
    }
    bad.or(())?;
    targets::set_budgets(asked.backend(), &asked.caller, wanted.clone()).await?;
    let shown = |b: Budget| Shown { rep_id: b.rep, month: b.month, amount: b.minor.map(|minor| Money { minor, currency }) };
    Ok(Answer::ok(Items::all(wanted.into_iter().map(shown).collect())))
}

/// One of them, or what is wrong with it, by field.
fn read(object: Object, currency: Currency) -> Result<Budget, Rejections> {
    let Sent { rep_id, month, amount } = forms::BUDGET.read(object)?;
    let mut bad = Rejections::default();
    let month = months::month(&month).map_err(|words| bad.add("month", "not_a_month", words));
    let money = |value| {
        let words = |error: serde_json::Error| format!("Write minor and currency: {}.", plain(&error.to_string()));
        serde_json::from_value::<Money>(value).map_err(|error| ("invalid", words(error)))
    };
    let minor = match amount.map(money).transpose() {
        Ok(Some(amount)) if amount.currency != currency => {
            Err(("other_currency", format!("The company's currency is {}.", currency.code())))
        }
        other => other.map(|amount| amount.map(|amount| amount.minor)),
    };
    let minor = minor.map_err(|(code, words)| bad.add("amount", code, words));
    match (month, minor) {
        (Ok(month), Ok(minor)) => Ok(Budget { rep: rep_id, month, minor }),
        _ => Err(bad),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Copy {
    /// The year in which the fiscal year to copy begins.
    from_fiscal_year: u16,
    percent: Number,
}

impl Copy {
    /// The year, and the change in hundredths of a percent.
    fn read(&self) -> Result<(i32, i32), Rejections> {
        let change = change(&self.percent.to_string()).map_err(|words| Rejections::one("percent", "out_of_range", words))?;
        Ok((self.from_fiscal_year.into(), change))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Copied {
    budgets: u32,
    replaced: u32,
    from_total: Money,
    to_total: Money,
}

fn copied(told: &Copies, currency: Currency) -> Copied {
    let money = |minor| Money { minor, currency };
    Copied { budgets: told.budgets, replaced: told.replaced, from_total: money(told.from_total), to_total: money(told.to_total) }
}

/// Copies a fiscal year's budgets into the next, so much higher.
async fn copy(asked: Asked, body: Body) -> Result<Answer<Copied>, Failure> {
    targets::may_set(&asked.caller)?;
    let (year, change) = body.read::<Copy>(&forms::COPIES)?.read()?;
    let told = targets::copy_budgets(asked.backend(), &asked.caller, year, change).await?;
    Ok(Answer::created(copied(&told, asked.backend().company().await?.currency)))
}

/// What [`copy`] would do.
async fn preview(asked: Asked, body: Body) -> Result<Answer<Copied>, Failure> {
    targets::may_set(&asked.caller)?;
    let (year, change) = body.read::<Copy>(&forms::COPIES)?.read()?;
    let told = targets::preview_copies(asked.backend(), &asked.caller, year, change).await?;
    Ok(Answer::ok(copied(&told, asked.backend().company().await?.currency)))
}
