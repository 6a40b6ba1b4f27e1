//! `visits`: planned, made, logged; what happens to one is a resource of its own.

use std::sync::Arc;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::visits;
use domain::{
    Rejections,
    ids::VisitId,
    visits::{
        CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, PlanVisit, RecordVisit, RescheduleVisit, Visit, VisitItem, VisitQuery,
        requests::Report,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    answer::Answer,
    asked::{Asked, Id},
    body::Body,
    cursor::{Items, Page},
    failure::Failure,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/visits", get(list).post(plan_or_record))
        .route("/visits/{id}", get(show).patch(reschedule_or_edit))
        .route("/visits/{id}/checkin", post(check_in))
        .route("/visits/{id}/checkout", post(check_out))
        .route("/visits/{id}/cancellation", post(cancel))
        .route("/visits/{id}/promise", post(close_promise))
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    items: Items<VisitItem>,
    total: u32,
}

#[derive(Deserialize)]
struct Promised {
    kept: bool,
}

/// Rows in the list's order, or, with `updatedSince`, full records in the order they changed.
async fn list(asked: Asked, query: Query) -> Result<Response, Failure> {
    let page: Page = query.read(&forms::VISIT_LIST)?;
    if page.updated_since.is_some() {
        query.changes_only()?;
        let since = page.since()?;
        let rows = visits::list_since(asked.backend(), &asked.caller, since).await?;
        return Ok(Answer::ok(Items::changed(rows, since.limit, |visit: &Visit| (visit.version, visit.id.0))).into_response());
    }
    let (offset, limit) = (page.offset()?, page.limit()?);
    let ask = VisitQuery { offset, limit, ..query.read(&forms::VISIT_LIST)? };
    let found = visits::list(asked.backend(), &asked.caller, &ask).await?;
    let listed = Listed { items: Items::ordered(found.items, offset, found.total), total: found.total };
    Ok(Answer::ok(listed).into_response())
}

/// With `startedAt` a finished visit is logged, with `plannedAt` one is planned.
async fn plan_or_record(asked: Asked, body: Body) -> Result<Answer<Visit>, Failure> {
    let body = body.or_set("id", || json!(asked.new_id()));
    let (plans, records) = (body.has("plannedAt"), body.has("startedAt"));
    let visit = match (plans, records) {
        (false, true) => {
            let ask: RecordVisit = body.read(&forms::RECORD)?;
            visits::record(asked.backend(), &asked.caller, ask, asked.meta()).await?
        }
        (true, false) => {
            let ask: PlanVisit = body.or_set("type", || json!("")).read(&forms::PLAN)?;
            visits::plan(asked.backend(), &asked.caller, ask, asked.meta()).await?
        }
        _ => {
            let words = "Write plannedAt to plan a visit, or startedAt to log one that was made; one of the two.";
            return Err(Rejections::one("startedAt", "required", words).into());
        }
    };
    Ok(written(Answer::created, visit))
}

async fn show(asked: Asked, Id(id): Id<VisitId>) -> Result<Answer<Visit>, Failure> {
    Ok(written(Answer::ok, visits::find(asked.backend(), &asked.caller, id).await?))
}

/// `plannedAt` moves a planned visit; the fields of its report change a finished one.
async fn reschedule_or_edit(asked: Asked, Id(id): Id<VisitId>, body: Body) -> Result<Answer<Visit>, Failure> {
    let visit = if body.has("plannedAt") {
        let ask: RescheduleVisit = body.read_for(id, &forms::RESCHEDULE)?;
        visits::reschedule(asked.backend(), &asked.caller, ask, asked.meta()).await?
    } else {
        let before = visits::find(asked.backend(), &asked.caller, id).await?;
        let ask = EditVisit { id, report: body.over(&report_of(&before), &forms::REPORT_CHANGES)? };
        let meta = asked.meta();
        let seen = meta.if_match.or(Some(before.version));
        visits::edit(asked.backend(), &asked.caller, ask, backend::Meta { if_match: seen, ..meta }).await?
    };
    Ok(written(Answer::ok, visit))
}

async fn check_in(asked: Asked, Id(id): Id<VisitId>, body: Body) -> Result<Answer<Visit>, Failure> {
    let ask: CheckIn = body.or_set("at", || json!(asked.backend().now())).read_for(id, &forms::CHECK_IN)?;
    Ok(written(Answer::ok, visits::check_in(asked.backend(), &asked.caller, ask, asked.meta()).await?))
}

async fn check_out(asked: Asked, Id(id): Id<VisitId>, body: Body) -> Result<Answer<Visit>, Failure> {
    let ask: CheckOut = body.or_set("at", || json!(asked.backend().now())).read_for(id, &forms::CHECK_OUT)?;
    Ok(written(Answer::ok, visits::check_out(asked.backend(), &asked.caller, ask, asked.meta()).await?))
}

async fn cancel(asked: Asked, Id(id): Id<VisitId>, body: Body) -> Result<Answer<Visit>, Failure> {
    let ask: CancelVisit = body.read_for(id, &forms::CANCELLATION)?;
    Ok(written(Answer::ok, visits::cancel(asked.backend(), &asked.caller, ask, asked.meta()).await?))
}

async fn close_promise(asked: Asked, Id(id): Id<VisitId>, body: Body) -> Result<Answer<Visit>, Failure> {
    let Promised { kept } = body.read(&forms::PROMISE)?;
    let ask = ClosePromise { id, kept };
    Ok(written(Answer::ok, visits::close_promise(asked.backend(), &asked.caller, ask, asked.meta()).await?))
}

/// A visit's report as it stands, for a change of some of its fields.
fn report_of(visit: &Visit) -> Report {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    Report {
        kind: visit.kind.clone(),
        outcome: text(&visit.outcome),
        notes: text(&visit.notes),
        next_step: text(&visit.next_step),
        next_step_on: visit.next_step_on,
    }
}

fn written(answer: fn(Visit) -> Answer<Visit>, visit: Visit) -> Answer<Visit> {
    let version = visit.version;
    answer(visit).version(version)
}
