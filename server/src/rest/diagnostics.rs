//! `diagnostics`: how the parts are and how long requests take, for administrators and managers; and the proof that the cube equals the lines.

use std::sync::Arc;

use app::diagnostics_ssr::Requests;
use axum::{
    Router,
    extract::State,
    routing::{get, post},
};
use backend::{
    diagnostics::{self, Diagnostics},
    kpis::{self, Proving},
};
use serde::Serialize;

use super::{answer::Answer, asked::Asked, failure::Failure};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/diagnostics", get(show)).route("/diagnostics/proof", post(prove))
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    behind: Diagnostics,
    process: Requests,
}

async fn show(State(office): State<Arc<Office>>, asked: Asked) -> Result<Answer<Shown>, Failure> {
    let behind = diagnostics::show(asked.backend(), &asked.caller).await?;
    Ok(Answer::ok(Shown { behind, process: office.requests() }))
}

/// Starts a proof, or finds one under way.
async fn prove(asked: Asked) -> Result<Answer<Option<Proving>>, Failure> {
    kpis::prove(asked.backend(), &asked.caller)?;
    Ok(Answer::accepted(kpis::proving(asked.backend()).await?))
}
