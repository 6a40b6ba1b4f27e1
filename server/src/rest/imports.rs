//! `imports`: handing files over, looking at them, bringing them in, and taking them back.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body as Stream,
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{
    Backend,
    import::{
        self, Imported, KeptFile, Listed, Mapping, Report, Sofar, Withdrawn,
        runs::{self, Asked as Wanted, Standing},
    },
};
use domain::{Rejections, ids::ImportId};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

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

/// How long a file that is too large is listened to before it is answered.
const HEARD_OUT: Duration = Duration::from_secs(60);

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/imports", get(list).post(start))
        .route("/imports/files", post(receive))
        .route("/imports/preview", post(preview))
        .route("/imports/runs/{id}", get(run))
        .route("/imports/runs/{id}/rejects", get(run_rejects))
        .route("/imports/runs/{id}/replaced", get(run_replaced))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/rejects", get(rejects))
        .route("/imports/{id}/replaced", get(replaced))
        .route("/imports/{id}/withdrawal", post(withdraw))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    name: String,
}

/// An import as it is asked for: the mapping as an object, or as the text of a mapping file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    kind: String,
    file: Value,
    #[serde(default)]
    beside: Vec<Value>,
    #[serde(default)]
    mapping: Option<Value>,
    #[serde(default)]
    mapping_text: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// A run as it stands: its report once it is done.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    id: Uuid,
    state: &'static str,
    progress: Option<Sofar>,
    report: Option<Arc<Report>>,
    refused: Option<Rejections>,
}

/// Takes a file in as it comes, without ever holding all of it.
async fn receive(asked: Asked, query: Query, request: Request) -> Result<Answer<KeptFile>, Failure> {
    let Named { name } = query.read(&forms::IMPORT_FILE)?;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let mut receiving = import::receive(asked.backend(), &asked.caller, &name, announced)?;
    let mut body: Stream = request.into_body();
    while let Some(frame) = body.frame().await {
        let broken = |_| Failure::new(StatusCode::BAD_REQUEST, "broken_off", "The file broke off on its way: send it again.");
        if let Ok(bytes) = frame.map_err(broken)?.into_data()
            && let Err(too_large) = receiving.take(bytes.into()).await
        {
            drop(receiving);
            hear_out(body).await;
            return Err(too_large.into());
        }
    }
    Ok(Answer::created(receiving.finish().await?))
}

/// Reads what is still coming and keeps nothing of it: whoever is sending hears no answer, and loses it where the connection ends before.
async fn hear_out(mut body: Stream) {
    let rest = async { while let Some(Ok(_)) = body.frame().await {} };
    // one that never ends is not waited for
    let _ = tokio::time::timeout(HEARD_OUT, rest).await;
}

async fn preview(asked: Asked, body: Body) -> Result<Answer<import::Preview>, Failure> {
    let wanted = wanted(body)?;
    Ok(Answer::ok(runs::look(asked.backend(), &asked.caller, &wanted).await?))
}

async fn start(asked: Asked, body: Body) -> Result<Answer<Run>, Failure> {
    let wanted = wanted(body)?;
    let id = runs::start(asked.backend(), &asked.caller, &wanted)?;
    Ok(Answer::accepted(standing(asked.backend(), &asked, id)?))
}

async fn run(asked: Asked, Id(id): Id<Uuid>) -> Result<Answer<Run>, Failure> {
    Ok(Answer::ok(standing(asked.backend(), &asked, id)?))
}

fn standing(backend: &Backend, asked: &Asked, id: Uuid) -> Result<Run, Failure> {
    let run = Run { id, state: "running", progress: None, report: None, refused: None };
    Ok(match runs::standing(backend, &asked.caller, id)? {
        Standing::Running(sofar) => Run { progress: Some(sofar), ..run },
        Standing::Done(report) => Run { state: "done", report: Some(report), ..run },
        Standing::Refused(wrong) => Run { state: "refused", refused: Some(wrong), ..run },
        Standing::Failed(_) => Run { state: "failed", ..run },
    })
}

async fn run_rejects(asked: Asked, Id(id): Id<Uuid>) -> Result<Response, Failure> {
    of_run(&asked, id, Listed::Rejects)
}

async fn run_replaced(asked: Asked, Id(id): Id<Uuid>) -> Result<Response, Failure> {
    of_run(&asked, id, Listed::Replaced)
}

async fn rejects(asked: Asked, Id(id): Id<ImportId>) -> Result<Response, Failure> {
    of_import(&asked, id, Listed::Rejects).await
}

async fn replaced(asked: Asked, Id(id): Id<ImportId>) -> Result<Response, Failure> {
    of_import(&asked, id, Listed::Replaced).await
}

fn of_run(asked: &Asked, id: Uuid, what: Listed) -> Result<Response, Failure> {
    listed(runs::listed(asked.backend(), &asked.caller, id, what)?, what)
}

async fn of_import(asked: &Asked, id: ImportId, what: Listed) -> Result<Response, Failure> {
    listed(import::listed(asked.backend(), &asked.caller, id, what).await?, what)
}

fn listed(csv: Option<Vec<u8>>, what: Listed) -> Result<Response, Failure> {
    let csv = csv.ok_or_else(Failure::not_found)?;
    let name = format!("attachment; filename=\"{}.csv\"", what.code());
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], csv).into_response())
}

async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Imported>>, Failure> {
    let page: Page = query.read(&forms::IMPORT_LIST)?;
    Ok(Answer::ok(Items::all(import::list(asked.backend(), &asked.caller, page.limit()?).await?)))
}

async fn show(asked: Asked, Id(id): Id<ImportId>) -> Result<Answer<Imported>, Failure> {
    Ok(Answer::ok(import::find(asked.backend(), &asked.caller, id).await?))
}

async fn withdraw(asked: Asked, Id(id): Id<ImportId>) -> Result<Answer<Withdrawn>, Failure> {
    Ok(Answer::ok(import::withdraw(asked.backend(), &asked.caller, id).await?))
}

fn wanted(body: Body) -> Result<Wanted, Failure> {
    let draft: Draft = body.read(&forms::IMPORT)?;
    let kind = import::Kind::parse(&draft.kind).ok_or_else(|| {
        Rejections::one("kind", "unknown", format!("Write one of {}.", import::Kind::ALL.map(import::Kind::code).join(", ")))
    })?;
    let file = |field: &str, value: Value| -> Result<KeptFile, Failure> {
        let words = "Name a file as POST imports/files answered it: {\"sha256\", \"name\"}.";
        serde_json::from_value(value).map_err(|_| Rejections::one(field, "invalid", words).into())
    };
    let mapping = match (draft.mapping, draft.mapping_text) {
        (Some(value), _) => Some(Mapping::read(&value.to_string())?),
        (None, Some(text)) => Some(Mapping::read(&text)?),
        (None, None) => None,
    };
    let beside = draft.beside.into_iter().map(|value| file("beside", value)).collect::<Result<_, _>>()?;
    Ok(Wanted { kind, file: file("file", draft.file)?, beside, mapping, dry_run: draft.dry_run })
}
