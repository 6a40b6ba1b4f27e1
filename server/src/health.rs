//! `/health`: the process answers; to whoever may look inside it says how the parts are. `/ready`: it can do its work; if not, why, in words that name no
//! internals. `/metrics`: the counts, for Prometheus.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{Error, diagnostics};
use serde_json::json;

use crate::{office::Office, request_id::RequestId, vitals, web::insider};

/// All three, outside the API's envelope: probes read the status alone.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/health", get(health)).route("/ready", get(ready)).route("/metrics", get(metrics))
}

async fn health(State(office): State<Arc<Office>>, request: Request) -> impl IntoResponse {
    let mut told = json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")});
    if may_look(&office, &request) {
        told["parts"] = json!(diagnostics::parts(office.backend()).await);
    }
    Json(told)
}

async fn metrics(State(office): State<Arc<Office>>, request: Request) -> Response {
    if !may_look(&office, &request) {
        let words = "Metrics are for this machine, or for whoever sends FIELDLIGHT_METRICS_TOKEN as a bearer token.\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let text = vitals::text(office.vitals(), office.streams().count(), office.backend()).await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

fn may_look(office: &Office, request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    insider::is_inside(peer, request.headers(), office.metrics_token())
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
