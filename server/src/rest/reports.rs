//! `reports`: views of the figures kept by name, what is made of them, and when.

use std::sync::Arc;

use app::reports::make_ssr::{self as made, Document};
use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use backend::reports::{self, Person};
use domain::{
    ids::{ReportId, UserId},
    reports::{Format, Report, ReportDraft, ScheduleDraft, View},
};
use serde::{Deserialize, Serialize};

use super::{
    answer::Answer,
    asked::{Asked, Id},
    body::Body,
    cursor::Items,
    failure::Failure,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/reports", get(list).post(create))
        .route("/reports/document", get(of_view))
        .route("/reports/people", get(people))
        .route("/reports/{id}", get(show).patch(change).delete(remove))
        .route("/reports/{id}/schedule", put(schedule).delete(stop))
        .route("/reports/{id}/making", post(make))
        .route("/reports/{id}/document", get(document))
}

/// Which document: all of it or one chart by its panel, narrowed by marks that were pressed; a CSV file of all of it has every table under its title.
#[derive(Deserialize)]
#[serde(default)]
struct Wanted {
    format: String,
    panel: Option<String>,
    room: String,
    filters: String,
    by: String,
    marks: String,
}

impl Default for Wanted {
    fn default() -> Self {
        let nothing = String::new;
        Self { format: "pdf".to_owned(), panel: None, room: nothing(), filters: nothing(), by: nothing(), marks: nothing() }
    }
}

#[derive(Serialize)]
struct Chosen {
    id: UserId,
    name: String,
    role: &'static str,
}

async fn list(asked: Asked) -> Result<Answer<Items<Report>>, Failure> {
    Ok(Answer::ok(Items::all(reports::list(asked.backend(), &asked.caller).await?)))
}

async fn show(asked: Asked, Id(id): Id<ReportId>) -> Result<Answer<Report>, Failure> {
    Ok(told(reports::find(asked.backend(), &asked.caller, id).await?))
}

fn told(report: Report) -> Answer<Report> {
    let version = report.version;
    Answer::ok(report).version(version)
}

async fn create(asked: Asked, body: Body) -> Result<Answer<Report>, Failure> {
    let draft = made::judged(body.read(&forms::REPORT_NEW)?)?;
    let report = reports::create(asked.backend(), &asked.caller, draft, asked.meta()).await?;
    let version = report.version;
    Ok(Answer::created(report).version(version))
}

async fn change(asked: Asked, Id(id): Id<ReportId>, body: Body) -> Result<Answer<Report>, Failure> {
    let before = reports::find(asked.backend(), &asked.caller, id).await?;
    let draft: ReportDraft = body.over(&before.draft, &forms::VIEW_CHANGES)?;
    Ok(told(reports::change(asked.backend(), &asked.caller, id, made::judged(draft)?, asked.meta()).await?))
}

async fn remove(asked: Asked, Id(id): Id<ReportId>) -> Result<Answer<()>, Failure> {
    Ok(Answer::ok(reports::remove(asked.backend(), &asked.caller, id, asked.meta()).await?))
}

async fn schedule(asked: Asked, Id(id): Id<ReportId>, body: Body) -> Result<Answer<Report>, Failure> {
    let draft: ScheduleDraft = body.read(&forms::SCHEDULE)?;
    Ok(told(reports::set_schedule(asked.backend(), &asked.caller, id, Some(draft), asked.meta()).await?))
}

async fn stop(asked: Asked, Id(id): Id<ReportId>) -> Result<Answer<Report>, Failure> {
    Ok(told(reports::set_schedule(asked.backend(), &asked.caller, id, None, asked.meta()).await?))
}

/// Makes it now, for all it is made for.
async fn make(asked: Asked, Id(id): Id<ReportId>) -> Result<Answer<Report>, Failure> {
    made::now(asked.backend(), &asked.caller, id).await?;
    show(asked, Id(id)).await
}

/// Whom a report can be sent to.
async fn people(asked: Asked) -> Result<Answer<Items<Chosen>>, Failure> {
    let told = |Person { user, name, role }: Person| Chosen { id: user, name, role: role.code() };
    Ok(Answer::ok(Items::all(reports::people(asked.backend(), &asked.caller).await?.into_iter().map(told).collect())))
}

async fn document(asked: Asked, Id(id): Id<ReportId>, query: Query) -> Result<Response, Failure> {
    let wanted: Wanted = query.read(&forms::REPORT_DOCUMENT).map_err(Failure::bad_request)?;
    let (format, panel) = (format_of(&wanted)?, wanted.panel.as_deref());
    Ok(file(made::of_report(asked.backend(), &asked.caller, id, format, panel).await.map_err(refused)?))
}

async fn of_view(asked: Asked, query: Query) -> Result<Response, Failure> {
    let wanted: Wanted = query.read(&forms::VIEW_DOCUMENT).map_err(Failure::bad_request)?;
    let (format, panel) = (format_of(&wanted)?, wanted.panel.as_deref());
    let view = View { room: wanted.room.clone(), filters: wanted.filters.clone(), by: wanted.by.clone() };
    Ok(file(made::of_view(asked.backend(), &asked.caller, (&view, &wanted.marks), format, panel).await.map_err(refused)?))
}

fn format_of(wanted: &Wanted) -> Result<Format, Failure> {
    Format::read("format", &wanted.format).map_err(|wrong| Failure::from(wrong).bad_request())
}

/// A question that is none is no conflict with a rule.
fn refused(error: backend::Error) -> Failure {
    Failure::from(error).bad_request()
}

fn file(document: Document) -> Response {
    attached(&document.file_name, document.format, document.bytes)
}

/// A document as a browser saves it; its name is letters, digits and dashes.
pub fn attached(name: &str, format: Format, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
