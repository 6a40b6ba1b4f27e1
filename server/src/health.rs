//! `/health`: the process answers. `/ready`: it can do its work; if not, why, in words that name no internals.

use std::sync::Arc;

use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use backend::Error;
use serde_json::json;

use crate::{office::Office, request_id::RequestId};

/// Both, outside the API's envelope: probes read the status alone.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/health", get(health)).route("/ready", get(ready))
}

async fn health() -> impl IntoResponse {
    Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}))
}

async fn ready(State(office): State<Arc<Office>>) -> impl IntoResponse {
    match office.backend().ready().await {
        Ok(()) => (StatusCode::OK, Json(json!({"status": "ready"}))),
        Err(error) => {
            tracing::error!(request_id = RequestId::current().as_str(), %error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "not ready", "reason": words(&error)})))
        }
    }
}

/// Enough to know where to look; the log says the rest.
fn words(error: &Error) -> &'static str {
    match error {
        Error::Unavailable(_) => "The database cannot be reached or written: see the server's log.",
        Error::Timeout => "The database does not answer in time.",
        Error::Configuration(_) => "The database does not fit this build: run `fieldlight migrate`.",
        _ => "Something is wrong inside: see the server's log.",
    }
}
