//! REST for partners and installed clients, `/api/v1`: read the request, call one use case, put the answer in the envelope.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    response::IntoResponse,
    routing::{any, get},
};
use domain::clients::Stage;
use tower_http::catch_panic::CatchPanicLayer;

use crate::office::Office;

pub mod answer;
pub mod asked;
mod auth;
pub mod body;
mod budgets;
mod calendar;
mod clients;
mod contacts;
pub mod cursor;
mod diagnostics;
pub mod failure;
pub mod form;
pub mod forms;
mod imports;
mod inbox;
pub mod kpis;
mod live;
mod opportunities;
mod overview;
mod print;
mod products;
mod query;
mod reports;
mod sales;
mod settings;
mod sync;
mod visits;

use failure::Failure;

/// Everything under `/api`.
pub fn router() -> Router<Arc<Office>> {
    let v1 = Router::new()
        .merge(auth::router())
        .route("/overview", get(overview::show))
        .route("/overview/facts", get(overview::facts))
        .merge(clients::router(Stage::Client))
        .merge(clients::router(Stage::Prospect))
        .merge(contacts::router())
        .merge(visits::router())
        .merge(sales::router())
        .merge(products::router())
        .merge(budgets::router())
        .merge(calendar::router())
        .merge(settings::router())
        .merge(imports::router())
        .merge(kpis::router())
        .merge(live::router())
        .merge(diagnostics::router())
        .merge(opportunities::router())
        .merge(reports::router())
        .merge(inbox::router())
        .merge(sync::router())
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(print::fingerprint));
    Router::new()
        .nest("/api/v1", v1)
        .route("/api/{*rest}", any(nothing_here))
        .layer(DefaultBodyLimit::max(body::BODY_MAX))
        .layer(CatchPanicLayer::custom(|_| Failure::internal("a handler panicked").into_response()))
}

async fn nothing_here() -> Failure {
    Failure::not_found()
}

async fn wrong_method() -> Failure {
    let words = "This address exists, but not for this method: see the header Allow.";
    Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", words)
}
