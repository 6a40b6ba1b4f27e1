//! What the area asks the server when its cube would be too large to fetch.

use crate::problem::Problem;
use domain::cube::{Answer, SliceDraft};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Answers slices, in their order.
#[server(input = Json, output = Json)]
pub async fn kpis_slices(slices: Vec<SliceDraft>) -> Result<Vec<Answer>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::kpis::slices(&backend, &caller, slices).await?)
}
