//! `inbox`: what the caller was told, and the documents that came with it.

use std::sync::Arc;

use axum::{
    Router,
    response::Response,
    routing::{delete, get, post},
};
use backend::inbox::{self, Message};
use domain::{ids::MessageId, reports::Format};
use serde::{Deserialize, Serialize};

use super::{
    answer::Answer,
    asked::{Asked, Id},
    failure::Failure,
    forms,
    query::Query,
    reports::attached,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/inbox", get(list))
        .route("/inbox/reading", post(read_all))
        .route("/inbox/{id}", delete(remove))
        .route("/inbox/{id}/reading", post(read))
        .route("/inbox/{id}/document", get(document))
}

#[derive(Serialize)]
struct Shown {
    unread: i64,
    items: Vec<Message>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    format: String,
}

async fn list(asked: Asked) -> Result<Answer<Shown>, Failure> {
    let unread = inbox::unread(asked.backend(), &asked.caller).await?;
    Ok(Answer::ok(Shown { unread, items: inbox::list(asked.backend(), &asked.caller).await? }))
}

async fn read_all(asked: Asked) -> Result<Answer<()>, Failure> {
    Ok(Answer::ok(inbox::read(asked.backend(), &asked.caller, None).await?))
}

async fn read(asked: Asked, Id(id): Id<MessageId>) -> Result<Answer<()>, Failure> {
    Ok(Answer::ok(inbox::read(asked.backend(), &asked.caller, Some(id)).await?))
}

async fn remove(asked: Asked, Id(id): Id<MessageId>) -> Result<Answer<()>, Failure> {
    Ok(Answer::ok(inbox::remove(asked.backend(), &asked.caller, id).await?))
}

async fn document(asked: Asked, Id(id): Id<MessageId>, query: Query) -> Result<Response, Failure> {
    let wanted: Wanted = query.read(&forms::INBOX_DOCUMENT).map_err(Failure::bad_request)?;
    let format = Format::read("format", &wanted.format).map_err(|wrong| Failure::from(wrong).bad_request())?;
    let (name, bytes) = inbox::document(asked.backend(), &asked.caller, id, format).await?;
    Ok(attached(&name, format, bytes))
}
