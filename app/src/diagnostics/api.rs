//! What the page and the indicator ask the server.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// The page, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn diagnostics_show() -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let shown = backend::diagnostics::show(&backend, &caller).await?;
    let measured = use_context::<crate::diagnostics_ssr::Measured>().map(|measured| (measured.0)()).unwrap_or_default();
    crate::session_ssr::drawn(|seen| super::draw_ssr::page(&shown, &measured, seen))
}

/// Starts a proof, or finds one under way.
#[server(input = Json, output = Json)]
pub async fn diagnostics_prove() -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::kpis::prove(&backend, &caller)?)
}

/// Whether all parts are up, or which are not, drawn in a line.
#[server(input = Json, output = Json)]
pub async fn diagnostics_state() -> Result<String, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(super::draw_ssr::line(&backend::diagnostics::parts(&backend).await, &caller))
}
