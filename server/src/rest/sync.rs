//! `sync`: outbox entries in, receipts and pages of the Book out.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::sync;
use domain::{
    Day, Rejections,
    ids::DeviceId,
    pack,
    sync::{PUSH_MAX, Push, PushAnswer, Receipt},
};
use serde::Deserialize;
use serde_json::Value;

use super::{answer::Answer, asked::Asked, body::Body, cursor::Items, failure::Failure, forms, query::Query};
use crate::office::Office;

/// A page of the Book in its packed form.
pub const BOOK: &str = "application/vnd.fieldlight.book";
/// Rows of one page unless the phone asks for fewer.
const PULL_ROWS: u32 = 5_000;
/// Most rows of one page.
const PULL_MAX: u32 = 20_000;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/sync/push", post(push)).route("/sync/pull", get(pull)).route("/sync/receipts", get(receipts))
}

#[derive(Deserialize)]
struct Pull {
    device: DeviceId,
    cursor: Option<String>,
    limit: Option<u32>,
}

#[derive(Deserialize)]
struct OfDay {
    day: Day,
    device: DeviceId,
}

async fn push(asked: Asked, body: Body) -> Result<Answer<PushAnswer>, Failure> {
    let push: Push<Value> = body.read(&forms::PUSH)?;
    if push.user != asked.caller.user {
        let words = "These entries are another person's: they stay on the phone until that person signs in again.";
        return Err(Failure::new(StatusCode::CONFLICT, "user_mismatch", words));
    }
    if push.entries.len() > PUSH_MAX {
        return Err(Rejections::one("entries", "too_many", format!("Send at most {PUSH_MAX} entries at a time.")).into());
    }
    Ok(Answer::ok(sync::push(asked.backend(), &asked.caller, asked.session, push).await?))
}

/// JSON, or the packed form when the phone asks for it.
async fn pull(asked: Asked, headers: HeaderMap, query: Query) -> Result<Response, Failure> {
    let Pull { device, cursor, limit } = query.read(&forms::PULL)?;
    let limit = limit.unwrap_or(PULL_ROWS).clamp(1, PULL_MAX);
    let page = sync::pull(asked.backend(), &asked.caller, device, cursor.as_deref(), limit).await?;
    let packed = headers.get(header::ACCEPT).is_some_and(|accept| accept == BOOK);
    if packed {
        let kind = HeaderValue::from_static(BOOK);
        return Ok(([(header::CONTENT_TYPE, kind)], pack::encode_page(&page)).into_response());
    }
    Ok(Answer::ok(page).into_response())
}

async fn receipts(asked: Asked, query: Query) -> Result<Answer<Items<Receipt>>, Failure> {
    let OfDay { day, device } = query.read(&forms::RECEIPTS)?;
    Ok(Answer::ok(Items::all(sync::receipts_of_day(asked.backend(), &asked.caller, device, day).await?)))
}
