//! What the pages of the calendar and of budgets ask the server.

use crate::office::Outcome;
use crate::problem::Problem;
use domain::Day;
use domain::ids::{LeaveId, RepId};
use domain::money::Currency;
use domain::people::Rep;
use domain::targets::budgets::Copies;
use domain::targets::{LeaveDraft, Workdays};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// The calendar of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarAsked {
    /// Which year.
    pub year: i32,
    /// Week and all public holidays.
    pub workdays: Workdays,
    /// Leave that touches the year.
    pub leave: Vec<(LeaveId, LeaveDraft)>,
    /// Whose leave the person looks after.
    pub reps: Vec<Rep>,
}

/// Budgets of a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetsAsked {
    /// First days of the year's months.
    pub months: Vec<Day>,
    /// Of all amounts.
    pub currency: Currency,
    /// Whose budgets the person sees.
    pub reps: Vec<Rep>,
    /// Rep, month, minor units.
    pub budgets: Vec<(RepId, Day, i64)>,
}

/// The calendar.
#[server(input = Json, output = Json)]
pub async fn targets_calendar(year: i32) -> Result<CalendarAsked, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let of = |month, day| Day::from_civil(year, month, day).ok_or(Problem::Missing);
    let leave = backend::targets::absences(&backend, &caller, of(1, 1)?, of(12, 31)?).await?.into_iter();
    let leave = leave.map(|a| (a.id, LeaveDraft { rep_id: a.leave.rep, from: a.leave.from, to: a.leave.to })).collect();
    let reps = backend::targets::reps(&backend, &caller).await?;
    Ok(CalendarAsked { year, workdays: backend.company().await?.workdays.clone(), leave, reps })
}

/// Sets what each weekday weighs, in percent of a full day.
#[server]
pub async fn targets_set_week(year: i32, #[server(default)] weights: Vec<String>) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match super::entered_ssr::week(&weights) {
        Ok(weights) => backend::targets::set_week(&backend, &caller, weights).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle(&super::entered_ssr::back(year), "week", done)
}

/// Adds public holidays, written one a line.
#[server]
pub async fn targets_add_holidays(year: i32, lines: String) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match domain::targets::holidays_of(&lines) {
        Ok(holidays) => backend::targets::add_holidays(&backend, &caller, holidays).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle(&super::entered_ssr::back(year), "holidays", done)
}

/// Puts the holidays of the year before on the same dates of a year.
#[server]
pub async fn targets_copy_holidays(year: i32) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let copied = backend.company().await?.workdays.copied_holidays(year);
    crate::office_ssr::settle(&super::entered_ssr::back(year), "holidays", backend::targets::add_holidays(&backend, &caller, copied).await)
}

/// Takes a public holiday away.
#[server]
pub async fn targets_remove_holiday(year: i32, day: Day) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    crate::office_ssr::settle(&super::entered_ssr::back(year), "holidays", backend::targets::remove_holiday(&backend, &caller, day).await)
}

/// Writes leave down, or changes the one of an id.
#[server]
pub async fn targets_put_leave(
    year: i32,
    #[server(default)] id: String,
    #[server(default)] rep_id: String,
    from: String,
    to: String,
) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match (super::entered_ssr::leave(&rep_id, &from, &to), id.parse::<LeaveId>()) {
        (Ok(draft), Ok(id)) => backend::targets::change_leave(&backend, &caller, id, draft).await.map(drop),
        (Ok(draft), Err(_)) => backend::targets::take_leave(&backend, &caller, draft).await.map(drop),
        (Err(wrong), _) => Err(wrong.into()),
    };
    crate::office_ssr::settle(&super::entered_ssr::back(year), "leave", done)
}

/// Takes leave back.
#[server]
pub async fn targets_cancel_leave(year: i32, id: LeaveId) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    crate::office_ssr::settle(&super::entered_ssr::back(year), "leave", backend::targets::cancel_leave(&backend, &caller, id).await)
}

/// Budgets of the fiscal year that begins in `year`; of the current one without it.
#[server(input = Json, output = Json)]
pub async fn targets_budgets(year: Option<i32>) -> Result<BudgetsAsked, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let company = backend.company().await?;
    let start = company.fiscal_start_month;
    let this_year = domain::targets::fiscal_start(company.today(backend.now()), start);
    let first = year.map_or(Some(this_year), |year| Day::from_civil(year, start.into(), 1)).ok_or(Problem::Missing)?;
    let months: Vec<Day> = std::iter::successors(Some(first), |month| Some(month.month_end().plus(1))).take(12).collect();
    let last = months.last().copied().unwrap_or(first);
    let set = backend::targets::budgets(&backend, &caller, first, last).await?;
    let budgets = set.into_iter().filter_map(|b| Some((b.rep, b.month, b.minor?))).collect();
    Ok(BudgetsAsked { months, currency: company.currency, reps: backend::targets::reps(&backend, &caller).await?, budgets })
}

/// Sets budgets, all or none; one without an amount is taken away.
#[server(input = Json, output = Json)]
pub async fn targets_set_budgets(budgets: Vec<(RepId, Day, Option<i64>)>) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let budgets = budgets.into_iter().map(|(rep, month, minor)| backend::targets::Budget { rep, month, minor }).collect();
    crate::office_ssr::settle("/office/budgets", "budgets", backend::targets::set_budgets(&backend, &caller, budgets).await)
}

/// What copying the budgets of a fiscal year into the next one would do.
#[server(input = Json, output = Json)]
pub async fn targets_preview_copies(year: i32, percent: String) -> Result<Outcome<Copies>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match super::entered_ssr::percent(&percent) {
        Ok(change) => backend::targets::preview_copies(&backend, &caller, year, change).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle("/office/budgets", "copies", done)
}

/// Copies the budgets of a fiscal year into the next one.
#[server]
pub async fn targets_copy_budgets(year: i32, percent: String) -> Result<Outcome<Copies>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match super::entered_ssr::percent(&percent) {
        Ok(change) => backend::targets::copy_budgets(&backend, &caller, year, change).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle(&["/office/budgets?year=", &(year + 1).to_string()].concat(), "copies", done)
}
