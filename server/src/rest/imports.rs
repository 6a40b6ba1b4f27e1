//! `imports`: what was brought in, and taking one back.

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use backend::import::{self, Imported, Withdrawn};
use domain::ids::ImportId;

use super::{
    answer::Answer,
    asked::{Asked, Id},
    cursor::{Items, Page},
    failure::Failure,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/imports", get(list)).route("/imports/{id}/withdrawal", post(withdraw))
}

async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Imported>>, Failure> {
    let page: Page = query.read(&forms::IMPORT_LIST)?;
    Ok(Answer::ok(Items::all(import::list(asked.backend(), &asked.caller, page.limit()?).await?)))
}

async fn withdraw(asked: Asked, Id(id): Id<ImportId>) -> Result<Answer<Withdrawn>, Failure> {
    Ok(Answer::ok(import::withdraw(asked.backend(), &asked.caller, id).await?))
}
