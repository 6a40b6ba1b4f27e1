#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::book::testing::{a_client, a_company, a_rep_caller, a_visit};
use crate::calendar::MINUTE_MS;
use crate::company::Company;
use crate::geo::Position;
use crate::ids::VisitId;
use crate::people::Caller;
use uuid::Uuid;

const TODAY: Day = Day(20_000);

struct World {
    company: Company,
    caller: Caller,
    client: Client,
}

impl World {
    fn new() -> Self {
        let mut client = a_client(1, "Mutua Hardware");
        client.position = Position::from_degrees(-1.0, 36.0);
        Self { company: a_company(), caller: a_rep_caller(), client }
    }

    fn ctx(&self) -> Context<'_> {
        Context { company: &self.company, caller: &self.caller, at: noon(), offset_ms: 0, recorded: false }
    }

    fn recorded(&self, offset_ms: i64) -> Context<'_> {
        Context { offset_ms, recorded: true, ..self.ctx() }
    }

    fn check_in(&self, metres_away: f64) -> CheckIn {
        let position = Position::from_degrees(-1.0 + metres_away / 111_195.0, 36.0).unwrap();
        let fix = Some(Fix { position, accuracy_m: 10 });
        CheckIn { id: VisitId(Uuid::from_u128(9)), client_id: self.client.id, kind: String::new(), at: noon(), fix, reason: String::new() }
    }
}

fn noon() -> Instant {
    Instant(i64::from(TODAY.0) * DAY_MS + 9 * 60 * MINUTE_MS)
}

#[test]
fn checking_in_from_elsewhere_asks_for_a_reason_and_a_recorded_fact_is_never_refused() {
    let w = World::new();
    let near = check_in(None, w.check_in(100.0), &w.client, w.ctx()).unwrap();
    assert_eq!((near.within_radius, near.status, near.day), (Some(true), VisitStatus::InProgress, TODAY));
    let refused = check_in(None, w.check_in(900.0), &w.client, w.ctx()).unwrap_err();
    assert_eq!(refused.for_field("reason"), Some("You are 900 m away: say why you check in from here."));
    let with_reason = CheckIn { reason: "Met at the market".into(), ..w.check_in(900.0) };
    let visit = check_in(None, with_reason, &w.client, w.ctx()).unwrap();
    assert_eq!((visit.within_radius, visit.outside_reason.as_deref()), (Some(false), Some("Met at the market")));
    assert_eq!(check_in(None, w.check_in(900.0), &w.client, w.recorded(0)).unwrap().within_radius, Some(false));
}

#[test]
fn without_a_place_the_check_in_rule_is_not_applied() {
    let mut w = World::new();
    w.client.position = None;
    let visit = check_in(None, w.check_in(0.0), &w.client, w.ctx()).unwrap();
    assert_eq!((visit.distance_m, visit.within_radius), (None, None));
}

#[test]
fn a_wrong_device_clock_is_corrected_and_flagged_not_refused() {
    let w = World::new();
    let ask = CheckIn { at: Instant(noon().0 - 3 * DAY_MS), ..w.check_in(0.0) };
    let visit = check_in(None, ask, &w.client, w.recorded(3 * DAY_MS)).unwrap();
    assert_eq!((visit.day, visit.clock_flagged()), (TODAY, true));
}

#[test]
fn a_planned_visit_is_begun_once_keeps_its_kind_and_ends_once() {
    let w = World::new();
    let planned = Visit { kind: "service".into(), ..a_visit(9, 1, TODAY) };
    let running = check_in(Some(&planned), w.check_in(0.0), &w.client, w.ctx()).unwrap();
    assert_eq!((running.kind.as_str(), running.planned_at), ("service", planned.planned_at));
    assert!(check_in(Some(&running), w.check_in(0.0), &w.client, w.ctx()).is_err());
    let ask = CheckOut { id: running.id, at: noon(), fix: None, report: Report { outcome: "order".into(), ..Report::default() } };
    let done = check_out(&running, ask.clone(), w.ctx()).unwrap();
    assert_eq!((done.status, done.outcome.as_deref(), done.kind.as_str()), (VisitStatus::Completed, Some("order"), "service"));
    assert_eq!(check_out(&done, ask, w.ctx()).unwrap_err().0[0].code, "not_in_progress");
}

#[test]
fn a_report_names_what_is_wrong_by_field() {
    let w = World::new();
    let running = Visit { status: VisitStatus::InProgress, ..a_visit(9, 1, TODAY) };
    let out = |report: Report| check_out(&running, CheckOut { id: running.id, at: noon(), fix: None, report }, w.ctx());
    for (report, field, code) in [
        (Report { kind: "party".into(), ..Report::default() }, "type", "unknown"),
        (Report { outcome: "great".into(), ..Report::default() }, "outcome", "unknown"),
        (Report { next_step_on: Some(TODAY), ..Report::default() }, "nextStep", "required"),
        (Report { next_step: "Send quote".into(), next_step_on: Some(TODAY.plus(-1)), ..Report::default() }, "nextStepOn", "in_past"),
        (Report { notes: "x".repeat(4_001), ..Report::default() }, "notes", "too_long"),
    ] {
        let bad = out(report).unwrap_err();
        assert_eq!((bad.0[0].field.as_str(), bad.0[0].code.as_str()), (field, code));
    }
}

#[test]
fn a_dated_next_step_is_a_promise_until_kept_or_dropped_and_opens_anew_when_changed() {
    let w = World::new();
    let done = Visit { status: VisitStatus::Completed, ..a_visit(9, 1, TODAY) };
    let report = Report { next_step: "Send quote".into(), next_step_on: Some(TODAY.plus(2)), ..Report::default() };
    let promised = edit(&done, EditVisit { id: done.id, report: report.clone() }, w.ctx()).unwrap();
    assert_eq!(promised.promise, Some(Promise::Open));
    let kept = close_promise(&promised, &ClosePromise { id: done.id, kept: true }, w.ctx()).unwrap();
    assert_eq!(edit(&kept, EditVisit { id: done.id, report: report.clone() }, w.ctx()).unwrap().promise, Some(Promise::Kept));
    let later = Report { next_step_on: Some(TODAY.plus(5)), ..report };
    assert_eq!(edit(&kept, EditVisit { id: done.id, report: later }, w.ctx()).unwrap().promise, Some(Promise::Open));
    assert!(close_promise(&done, &ClosePromise { id: done.id, kept: true }, w.ctx()).is_err());
}

#[test]
fn plans_lie_ahead_and_move_or_end_only_while_they_are_plans() {
    let w = World::new();
    let at = |days: i64| Instant(noon().0 + days * DAY_MS);
    let ask = |planned_at| PlanVisit {
        id: VisitId(Uuid::from_u128(9)),
        client_id: w.client.id,
        kind: "demo".into(),
        planned_at,
        notes: String::new(),
    };
    let planned = plan(ask(at(3)), &w.client, w.ctx()).unwrap();
    assert_eq!((planned.day, planned.status), (TODAY.plus(3), VisitStatus::Planned));
    for (days, code) in [(-1, "in_past"), (731, "too_far")] {
        assert_eq!(plan(ask(at(days)), &w.client, w.ctx()).unwrap_err().0[0].code, code);
    }
    let moved = reschedule(&planned, &RescheduleVisit { id: planned.id, planned_at: at(5) }, w.ctx()).unwrap();
    assert_eq!(moved.day, TODAY.plus(5));
    let off = cancel(&moved, &CancelVisit { id: moved.id, reason: "Closed for stock-taking".into() }, w.ctx()).unwrap();
    assert_eq!(off.status, VisitStatus::Cancelled);
    assert!(reschedule(&off, &RescheduleVisit { id: off.id, planned_at: at(6) }, w.ctx()).is_err());
    let done = Visit { status: VisitStatus::Completed, ..planned };
    assert!(cancel(&done, &CancelVisit { id: done.id, reason: String::new() }, w.ctx()).is_err());
}

#[test]
fn a_visit_logged_afterwards_lies_in_the_past_and_ends_after_it_began() {
    let w = World::new();
    let ask = |start: i64, end: Option<i64>| RecordVisit {
        id: VisitId(Uuid::from_u128(9)),
        client_id: w.client.id,
        started_at: Instant(noon().0 + start * MINUTE_MS),
        ended_at: end.map(|m| Instant(noon().0 + m * MINUTE_MS)),
        report: Report::default(),
    };
    let logged = record(ask(-90, Some(-30)), &w.client, w.ctx()).unwrap();
    assert_eq!((logged.status, logged.day, logged.within_radius), (VisitStatus::Completed, TODAY, None));
    assert_eq!(record(ask(-30, Some(-90)), &w.client, w.ctx()).unwrap_err().0[0].field, "endedAt");
    assert_eq!(record(ask(3 * 24 * 60, None), &w.client, w.ctx()).unwrap_err().0[0].code, "in_future");
}
