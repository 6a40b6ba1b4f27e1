//! `calendar`: what each weekday weighs, public holidays, and who is away when.

use std::sync::Arc;

use axum::{Router, routing::get};
use backend::targets::{self, Absence, Calendar};
use domain::{
    Day, Rejections,
    ids::{LeaveId, RepId},
    targets::{Holiday, LeaveDraft},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{answer::Answer, asked::Asked, body::Body, failure::Failure, forms, query::Query};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/calendar", get(list).put(set))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Between {
    from: Option<Day>,
    to: Option<Day>,
}

#[derive(Serialize)]
struct Shown {
    weights: [u16; 7],
    holidays: Vec<Holiday>,
    leave: Vec<Away>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Away {
    id: LeaveId,
    rep_id: RepId,
    from: Day,
    to: Day,
}

#[derive(Deserialize)]
struct Set {
    weights: Option<Vec<u16>>,
    holidays: Option<Vec<Value>>,
    leave: Option<Vec<Value>>,
}

/// The whole calendar, its leave only of days from `from` to `to` where these are given.
async fn list(asked: Asked, query: Query) -> Result<Answer<Shown>, Failure> {
    let Between { from, to } = query.read(&forms::CALENDAR_SHOWN)?;
    let (from, to) = (from.unwrap_or(Day(i32::MIN)), to.unwrap_or(Day(i32::MAX)));
    in_order(from, to)?;
    show(&asked, from, to).await
}

/// Refuses a last day before the first.
///
/// # Errors
/// By the field `to`.
pub fn in_order(from: Day, to: Day) -> Result<(), Rejections> {
    let words = "The last day lies before the first: swap them.";
    if to < from { Err(Rejections::one("to", "out_of_range", words)) } else { Ok(()) }
}

async fn show(asked: &Asked, from: Day, to: Day) -> Result<Answer<Shown>, Failure> {
    let workdays = asked.backend().company().await?.workdays.clone();
    let away = |Absence { id, leave }: Absence| Away { id, rep_id: leave.rep, from: leave.from, to: leave.to };
    let leave = targets::absences(asked.backend(), &asked.caller, from, to).await?.into_iter().map(away).collect();
    Ok(Answer::ok(Shown { weights: workdays.weights, holidays: workdays.holidays, leave }))
}

/// Sets what is given; the rest stays.
async fn set(asked: Asked, body: Body) -> Result<Answer<Shown>, Failure> {
    targets::may_set(&asked.caller)?;
    if body.has("weights") || body.has("holidays") {
        targets::may_set_week(&asked.caller)?;
    }
    let Set { weights, holidays, leave } = body.read(&forms::CALENDAR)?;
    let seven = |weights: Vec<u16>| {
        let words = "Write seven weights, Monday first: 100 for a full day, 0 for a day off.";
        weights.try_into().map_err(|_| Rejections::one("weights", "invalid", words))
    };
    let calendar = Calendar {
        weights: weights.map(seven).transpose()?,
        holidays: holidays.map(|rows| all("holidays", rows, "day and name")).transpose()?,
        leave: leave.map(|rows| all::<LeaveDraft>("leave", rows, "repId, from and to")).transpose()?,
    };
    targets::set_calendar(asked.backend(), &asked.caller, calendar).await?;
    show(&asked, Day(i32::MIN), Day(i32::MAX)).await
}

fn all<T: DeserializeOwned>(list: &str, rows: Vec<Value>, fields: &str) -> Result<Vec<T>, Rejections> {
    let read = |(place, row)| {
        let words = |error: serde_json::Error| format!("Write {fields}: {}.", super::form::plain(&error.to_string()));
        serde_json::from_value(row).map_err(|error| Rejections::one(&format!("{list}[{place}]"), "invalid", words(error)))
    };
    rows.into_iter().enumerate().map(read).collect()
}
