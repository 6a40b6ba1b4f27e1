//! The rules of a visit's life. Each takes what is and what is asked, and gives the visit as it then stands.

use super::requests::{CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, PlanVisit, RecordVisit, Report, RescheduleVisit};
use super::{Promise, Stamp, Visit, VisitStatus};
use crate::calendar::{DAY_MS, Day, Instant};
use crate::clients::{Client, Context};
use crate::geo::Fix;
use crate::rejection::Rejections;
use crate::text::{self, LINE_MAX, NOTE_MAX};

/// How far ahead a visit may be planned, in days.
pub const PLAN_AHEAD_DAYS: i32 = 730;

/// Plans a visit.
///
/// # Errors
/// An unknown kind, a day too far off, notes too long, an archived client.
pub fn plan(ask: PlanVisit, client: &Client, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    let kind = kind(&ask.kind, None, ctx, &mut bad);
    plannable(ask.planned_at, ctx, &mut bad);
    not_archived(client, &mut bad);
    let notes = text::optional("notes", "Notes", &ask.notes, NOTE_MAX, &mut bad);
    let day = ctx.company.zone.day_of(ask.planned_at);
    let visit = blank(ask.id, client, kind, day, ctx);
    bad.or(Visit { planned_at: Some(ask.planned_at), notes, ..visit })
}

/// Moves a planned visit.
///
/// # Errors
/// When it is not planned any more, or the day is too far off.
pub fn reschedule(visit: &Visit, ask: &RescheduleVisit, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    if visit.status != VisitStatus::Planned {
        bad.add("plannedAt", "not_planned", format!("This visit is {}: plan a new one instead.", words(visit.status)));
    }
    plannable(ask.planned_at, ctx, &mut bad);
    let day = ctx.company.zone.day_of(ask.planned_at);
    bad.or(Visit { planned_at: Some(ask.planned_at), day, changed_at: ctx.at, ..visit.clone() })
}

/// Calls a visit off. Cancelling a cancelled visit changes nothing.
///
/// # Errors
/// When it is finished, or the reason is too long.
pub fn cancel(visit: &Visit, ask: &CancelVisit, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    if visit.status == VisitStatus::Completed {
        bad.add("", "completed", "This visit is completed and stays in the history: edit its notes instead.");
    }
    let reason = text::optional("reason", "Reason", &ask.reason, LINE_MAX, &mut bad);
    bad.or(Visit {
        status: VisitStatus::Cancelled,
        cancel_reason: reason.or_else(|| visit.cancel_reason.clone()),
        changed_at: ctx.at,
        ..visit.clone()
    })
}

/// Begins a visit: `planned` when one with that id exists.
///
/// # Errors
/// An unknown kind, a visit begun already, an archived client, and, from a live caller, no reason for a place outside the radius.
pub fn check_in(planned: Option<&Visit>, ask: CheckIn, client: &Client, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    let kind = kind(&ask.kind, planned.map(|v| v.kind.as_str()), ctx, &mut bad);
    if let Some(visit) = planned {
        if visit.status != VisitStatus::Planned {
            bad.add("", "not_planned", format!("This visit is {}: check in to a new one instead.", words(visit.status)));
        }
        if visit.client_id != client.id {
            bad.add("clientId", "other_client", "This visit was planned for another client: check in without it.");
        }
    }
    if !ctx.recorded {
        not_archived(client, &mut bad);
    }
    let at = ctx.corrected(ask.at);
    not_in_future(at, "at", ctx, &mut bad);
    let (distance_m, within_radius) = place(ask.fix, client, ctx);
    let outside_reason = text::optional("reason", "Reason", &ask.reason, LINE_MAX, &mut bad);
    if within_radius == Some(false) && outside_reason.is_none() && !ctx.recorded {
        let away = crate::geo::distance_words(distance_m.unwrap_or(0));
        bad.add("reason", "required", format!("You are {away} away: say why you check in from here."));
    }
    let day = ctx.company.zone.day_of(at);
    let base = planned.cloned().unwrap_or_else(|| blank(ask.id, client, String::new(), day, ctx));
    bad.or(Visit {
        status: VisitStatus::InProgress,
        kind,
        day,
        rep_id: ctx.caller.rep.or(base.rep_id),
        checked_in: Some(Stamp { at, fix: ask.fix }),
        address: client.address.clone(),
        distance_m,
        within_radius,
        outside_reason,
        clock_offset_ms: Some(ctx.offset_ms),
        changed_at: ctx.at,
        ..base
    })
}

/// Ends a visit in progress.
///
/// # Errors
/// When it is not in progress, ends before it began, or its report is wrong.
pub fn check_out(visit: &Visit, ask: CheckOut, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    if visit.status != VisitStatus::InProgress {
        bad.add("", "not_in_progress", format!("This visit is {}: only a visit in progress can be checked out.", words(visit.status)));
    }
    let at = ctx.corrected(ask.at);
    not_in_future(at, "at", ctx, &mut bad);
    if visit.checked_in.is_some_and(|s| at < s.at) && !ctx.recorded {
        bad.add("at", "before_check_in", "The end lies before the check-in: enter a later time.");
    }
    let at = visit.checked_in.map_or(at, |s| at.max(s.at));
    let done = report(visit.clone(), ask.report, true, ctx, &mut bad);
    bad.or(Visit { status: VisitStatus::Completed, checked_out: Some(Stamp { at, fix: ask.fix }), changed_at: ctx.at, ..done })
}

/// Logs a finished visit after the fact.
///
/// # Errors
/// A time to come, an end before the start, an unknown kind, a wrong report.
pub fn record(ask: RecordVisit, client: &Client, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    let began = ctx.corrected(ask.started_at);
    let ended = ask.ended_at.map_or(began, |at| ctx.corrected(at));
    not_in_future(began, "startedAt", ctx, &mut bad);
    not_in_future(ended, "endedAt", ctx, &mut bad);
    if ended < began {
        bad.add("endedAt", "before_start", "The end lies before the start: enter a later time.");
    }
    let day = ctx.company.zone.day_of(began);
    if !ctx.recorded && day.civil().0 < super::FIRST_YEAR {
        bad.add("startedAt", "too_early", format!("That is before {}: correct the year.", super::FIRST_YEAR));
    }
    let visit = blank(ask.id, client, String::new(), day, ctx);
    let done = report(visit, ask.report, false, ctx, &mut bad);
    bad.or(Visit {
        status: VisitStatus::Completed,
        checked_in: Some(Stamp { at: began, fix: None }),
        checked_out: Some(Stamp { at: ended, fix: None }),
        address: client.address.clone(),
        ..done
    })
}

/// Changes the report of a finished visit.
///
/// # Errors
/// When it is not finished, or the report is wrong.
pub fn edit(visit: &Visit, ask: EditVisit, ctx: Context<'_>) -> Result<Visit, Rejections> {
    let mut bad = Rejections::default();
    if visit.status != VisitStatus::Completed {
        bad.add("", "not_completed", format!("This visit is {}: its report is written at check-out.", words(visit.status)));
    }
    let edited = report(visit.clone(), ask.report, true, ctx, &mut bad);
    bad.or(Visit { changed_at: ctx.at, ..edited })
}

/// Says what became of a promise.
///
/// # Errors
/// When there is none.
pub fn close_promise(visit: &Visit, ask: &ClosePromise, ctx: Context<'_>) -> Result<Visit, Rejections> {
    if visit.promise.is_none() {
        return Err(Rejections::one("", "no_promise", "This visit has no dated next step."));
    }
    let promise = if ask.kept { Promise::Kept } else { Promise::Dropped };
    Ok(Visit { promise: Some(promise), changed_at: ctx.at, ..visit.clone() })
}

fn blank(id: crate::ids::VisitId, client: &Client, kind: String, day: Day, ctx: Context<'_>) -> Visit {
    Visit {
        id,
        client_id: client.id,
        rep_id: ctx.caller.rep.or(client.rep_id),
        status: VisitStatus::Planned,
        kind,
        day,
        planned_at: None,
        checked_in: None,
        address: None,
        distance_m: None,
        within_radius: None,
        outside_reason: None,
        checked_out: None,
        outcome: None,
        notes: None,
        next_step: None,
        next_step_on: None,
        promise: None,
        cancel_reason: None,
        clock_offset_ms: None,
        source: None,
        external_id: None,
        changed_at: ctx.at,
        version: 0,
    }
}

/// Reads a report into a visit. The promise opens with a dated next step, closes with its removal and otherwise stays what it was.
fn report(visit: Visit, ask: Report, keep_kind: bool, ctx: Context<'_>, bad: &mut Rejections) -> Visit {
    let kind = kind(&ask.kind, keep_kind.then_some(visit.kind.as_str()), ctx, bad);
    let outcome = text::optional("outcome", "Outcome", &ask.outcome, text::WORD_MAX, bad);
    let outcomes = &ctx.company.policy.outcomes;
    if let Some(code) = &outcome
        && visit.outcome != outcome
        && outcomes.iter().all(|o| o.code != *code)
    {
        let codes: Vec<&str> = outcomes.iter().map(|o| o.code.as_str()).collect();
        bad.add("outcome", "unknown", format!("Choose an outcome: {}.", codes.join(", ")));
    }
    let notes = text::optional("notes", "Notes", &ask.notes, NOTE_MAX, bad);
    let next_step = text::optional("nextStep", "Next step", &ask.next_step, LINE_MAX, bad);
    if next_step.is_none() && ask.next_step_on.is_some() {
        bad.add("nextStep", "required", "Say what is to be done by that day, or clear the day.");
    }
    if let Some(on) = ask.next_step_on
        && Some(on) != visit.next_step_on
        && on < visit.day
    {
        bad.add("nextStepOn", "in_past", "The next step lies before the visit: choose a later day.");
    }
    if ask.next_step_on.is_some_and(|on| on.since(visit.day) > super::NEXT_STEP_DAYS_MAX) {
        bad.add("nextStepOn", "too_late", "The next step lies more than five years ahead: choose an earlier day.");
    }
    let same = visit.next_step == next_step && visit.next_step_on == ask.next_step_on;
    let promise = match (ask.next_step_on, visit.promise) {
        (None, _) => None,
        (Some(_), Some(was)) if same => Some(was),
        (Some(_), _) => Some(Promise::Open),
    };
    Visit { kind, outcome, notes, next_step, next_step_on: ask.next_step_on, promise, ..visit }
}

/// A kind the policy knows; empty takes `before`, or the policy's first.
fn kind(entered: &str, before: Option<&str>, ctx: Context<'_>, bad: &mut Rejections) -> String {
    let types = &ctx.company.policy.visit_types;
    let entered = entered.trim();
    if entered.is_empty() {
        let kept = before.filter(|k| !k.is_empty());
        return kept.map(Into::into).unwrap_or_else(|| types.first().map(|t| t.code.clone()).unwrap_or_default());
    }
    if before != Some(entered) && types.iter().all(|t| t.code != entered) {
        let codes: Vec<&str> = types.iter().map(|t| t.code.as_str()).collect();
        bad.add("type", "unknown", format!("Choose a visit type: {}.", codes.join(", ")));
    }
    entered.into()
}

/// Distance from the client in metres and whether the check-in rule passes, as far as both places are known.
#[must_use]
pub fn place(fix: Option<Fix>, client: &Client, ctx: Context<'_>) -> (Option<u32>, Option<bool>) {
    let (Some(fix), Some(target)) = (fix, client.position) else {
        return (None, None);
    };
    let within = fix.within(target, client.radius_m(ctx.company));
    (Some(fix.position.distance_m(target)), Some(within))
}

fn plannable(at: Instant, ctx: Context<'_>, bad: &mut Rejections) {
    let (day, today) = (ctx.company.zone.day_of(at), ctx.today());
    if day < today && !ctx.recorded {
        bad.add("plannedAt", "in_past", "That day is over: choose today or later, or log the visit instead.");
    }
    if day.since(today) > PLAN_AHEAD_DAYS {
        bad.add("plannedAt", "too_far", "Plan at most two years ahead.");
    }
}

/// More than a day ahead of the corrected clock is a typing error; less is a clock.
fn not_in_future(at: Instant, field: &str, ctx: Context<'_>, bad: &mut Rejections) {
    if at.0 > ctx.at.0 + DAY_MS && !ctx.recorded {
        bad.add(field, "in_future", "That time is still to come: enter when it happened.");
    }
}

fn not_archived(client: &Client, bad: &mut Rejections) {
    if client.archived_at.is_some() {
        bad.add("clientId", "archived", format!("{} is archived: bring it back first.", client.name));
    }
}

fn words(status: VisitStatus) -> &'static str {
    match status {
        VisitStatus::Planned => "only planned",
        VisitStatus::InProgress => "in progress",
        VisitStatus::Completed => "completed",
        VisitStatus::Cancelled => "cancelled",
    }
}

#[cfg(test)]
mod tests;
