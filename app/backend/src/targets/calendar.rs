//! The working calendar: the week and public holidays of the company, and who is away when.

use super::{may_set, may_set_week, sees, sql};
use crate::db::Tx;
use crate::{Backend, Error, company, journal};
use domain::company::Company;
use domain::ids::LeaveId;
use domain::people::Caller;
use domain::targets::{Holiday, Leave, LeaveDraft, Workdays};
use domain::{Day, Rejections};
use serde_json::{Value, json};

/// Days a rep is away, as a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Identity.
    pub id: LeaveId,
    /// Who and when.
    pub leave: Leave,
}

/// Leave of the reps a caller sees that touches the days from `from` to `to`.
///
/// # Errors
/// When the database fails.
pub async fn absences(backend: &Backend, caller: &Caller, from: Day, to: Day) -> Result<Vec<Absence>, Error> {
    let company = backend.company().await?;
    let mut found = sql::absences(&mut backend.read().await?, from).await?;
    found.retain(|absence| absence.leave.from <= to && sees(&company, caller, absence.leave.rep));
    found.sort_by_key(|absence| (absence.leave.from, absence.leave.rep));
    Ok(found)
}

/// Sets what each weekday weighs, Monday first, in hundredths of a full day.
///
/// # Errors
/// `Forbidden` for all but administrators; what is wrong, by field.
pub async fn set_week(backend: &Backend, caller: &Caller, weights: [u16; 7]) -> Result<(), Error> {
    set_workdays(backend, caller, weights, |before, weights| Workdays { weights: *weights, ..before }).await
}

/// Adds public holidays; one that is there is called as given now.
///
/// # Errors
/// As [`set_week`].
pub async fn add_holidays(backend: &Backend, caller: &Caller, holidays: Vec<Holiday>) -> Result<(), Error> {
    set_workdays(backend, caller, holidays, |before, holidays| before.with_holidays(holidays.clone())).await
}

/// Takes a public holiday away.
///
/// # Errors
/// As [`set_week`].
pub async fn remove_holiday(backend: &Backend, caller: &Caller, day: Day) -> Result<(), Error> {
    let without = |mut before: Workdays, day: &Day| {
        before.holidays.retain(|holiday| holiday.day != *day);
        before
    };
    set_workdays(backend, caller, day, without).await
}

async fn set_workdays<T: Send + Sync + Clone + 'static>(
    backend: &Backend,
    caller: &Caller,
    asked: T,
    change: fn(Workdays, &T) -> Workdays,
) -> Result<(), Error> {
    may_set_week(caller)?;
    let asked = (caller.clone(), asked);
    backend
        .write(Vec::new(), asked, move |tx, (caller, asked)| {
            Box::pin(async move {
                let workdays = change(tx.company()?.workdays.clone(), asked);
                workdays_in(tx, caller, workdays).await
            })
        })
        .await
}

async fn workdays_in(tx: &mut Tx, caller: &Caller, workdays: Workdays) -> Result<(), Error> {
    let workdays = workdays.checked()?;
    let before = company::sql::settings(tx.read()).await?.unwrap_or_default();
    if before.workdays == workdays {
        return Ok(());
    }
    company::configure_in(tx, &company::Settings { workdays: workdays.clone(), ..before.clone() }).await?;
    let event = journal::company_change(tx, "targets.workdays", caller.user, (&before.workdays, &workdays))?;
    tx.journal(event);
    Ok(())
}

/// Writes leave down.
///
/// # Errors
/// `Forbidden`; a rep out of scope; what the rule refuses, by field.
pub async fn take_leave(backend: &Backend, caller: &Caller, draft: LeaveDraft) -> Result<Absence, Error> {
    write_leave(backend, caller, None, Some(draft)).await?.ok_or(Error::NotFound)
}

/// Changes leave.
///
/// # Errors
/// As [`take_leave`]; `NotFound`.
pub async fn change_leave(backend: &Backend, caller: &Caller, id: LeaveId, draft: LeaveDraft) -> Result<Absence, Error> {
    write_leave(backend, caller, Some(id), Some(draft)).await?.ok_or(Error::NotFound)
}

/// Takes leave back.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn cancel_leave(backend: &Backend, caller: &Caller, id: LeaveId) -> Result<(), Error> {
    write_leave(backend, caller, Some(id), None).await.map(drop)
}

async fn write_leave(backend: &Backend, caller: &Caller, id: Option<LeaveId>, draft: Option<LeaveDraft>) -> Result<Option<Absence>, Error> {
    may_set(caller)?;
    let asked = (caller.clone(), id, draft);
    backend.write(Vec::new(), asked, |tx, (caller, id, draft)| Box::pin(leave_in(tx, caller, *id, *draft))).await
}

async fn leave_in(tx: &mut Tx, caller: &Caller, id: Option<LeaveId>, draft: Option<LeaveDraft>) -> Result<Option<Absence>, Error> {
    let company = tx.company()?;
    let all = sql::absences(tx.read(), Day(i32::MIN)).await?;
    let before = all.iter().find(|absence| Some(absence.id) == id).filter(|absence| sees(&company, caller, absence.leave.rep));
    if id.is_some() && before.is_none() {
        return Err(Error::NotFound);
    }
    let others: Vec<Leave> = all.iter().filter(|absence| Some(absence.id) != id).map(|absence| absence.leave).collect();
    let after = draft.map(|draft| judged(&company, caller, draft, &others)).transpose()?;
    let after = after.map(|leave| Absence { id: id.unwrap_or_else(|| LeaveId(crate::new_id())), leave });
    let version = tx.version();
    if let Some(before) = before {
        sql::remove_leave(tx.write(), before.id).await?;
    }
    if let Some(after) = after {
        sql::insert_leave(tx.write(), &after, version).await?;
    }
    company::sql::mark_figures(tx.write()).await?;
    let changes = json!({"leave": [before.map(|absence| absence.leave), after.map(|absence| absence.leave)]});
    let event = journal::company_event(tx, "targets.leave", caller.user, &changes);
    tx.journal(event);
    Ok(after)
}

fn judged(company: &Company, caller: &Caller, draft: LeaveDraft, others: &[Leave]) -> Result<Leave, Rejections> {
    if !sees(company, caller, draft.rep_id) {
        return Err(Rejections::one("repId", "unknown", "There is no such rep, or they are not of your branch."));
    }
    draft.checked(others)
}

/// The calendar as partners set it; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What each weekday weighs, Monday first.
    pub weights: Option<[u16; 7]>,
    /// All public holidays.
    pub holidays: Option<Vec<Holiday>>,
    /// All leave of the reps the caller sees.
    pub leave: Option<Vec<LeaveDraft>>,
}

/// Sets the calendar, all or nothing.
///
/// # Errors
/// `Forbidden`: week and holidays are an administrator's to set, leave also a manager's; what is wrong, by field.
pub async fn set_calendar(backend: &Backend, caller: &Caller, calendar: Calendar) -> Result<(), Error> {
    may_set(caller)?;
    if calendar.weights.is_some() || calendar.holidays.is_some() {
        may_set_week(caller)?;
    }
    let asked = (caller.clone(), calendar);
    backend.write(Vec::new(), asked, |tx, (caller, calendar)| Box::pin(calendar_in(tx, caller, calendar.clone()))).await
}

async fn calendar_in(tx: &mut Tx, caller: &Caller, calendar: Calendar) -> Result<(), Error> {
    let company = tx.company()?;
    if calendar.weights.is_some() || calendar.holidays.is_some() {
        let before = company.workdays.clone();
        let weights = calendar.weights.unwrap_or(before.weights);
        workdays_in(tx, caller, Workdays { weights, holidays: calendar.holidays.unwrap_or(before.holidays) }).await?;
    }
    match calendar.leave {
        Some(drafts) => all_leave_in(tx, &company, caller, &drafts).await,
        None => Ok(()),
    }
}

async fn all_leave_in(tx: &mut Tx, company: &Company, caller: &Caller, drafts: &[LeaveDraft]) -> Result<(), Error> {
    let seen = |absence: &Absence| sees(company, caller, absence.leave.rep);
    let before: Vec<Absence> = sql::absences(tx.read(), Day(i32::MIN)).await?.into_iter().filter(seen).collect();
    let (mut after, mut bad) = (Vec::<Leave>::new(), Rejections::default());
    for (place, draft) in drafts.iter().enumerate() {
        match judged(company, caller, *draft, &after) {
            Ok(leave) => after.push(leave),
            Err(wrong) => wrong.0.iter().for_each(|r| bad.add(&format!("leave[{place}].{}", r.field), &r.code, r.message.as_str())),
        }
    }
    bad.or(())?;
    let version = tx.version();
    // what stays keeps its identity
    for gone in before.iter().filter(|absence| !after.contains(&absence.leave)) {
        sql::remove_leave(tx.write(), gone.id).await?;
    }
    for new in after.iter().filter(|leave| before.iter().all(|absence| absence.leave != **leave)) {
        sql::insert_leave(tx.write(), &Absence { id: LeaveId(crate::new_id()), leave: *new }, version).await?;
    }
    company::sql::mark_figures(tx.write()).await?;
    let told = |leave: &[Leave]| -> Value { leave.iter().map(|l| json!(l)).collect() };
    let was: Vec<Leave> = before.iter().map(|absence| absence.leave).collect();
    let event = journal::company_event(tx, "targets.leave", caller.user, &json!({"leave": [told(&was), told(&after)]}));
    tx.journal(event);
    Ok(())
}
