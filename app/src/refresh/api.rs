//! What the page of the daily refresh asks the server.

use crate::problem::Problem;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// How the refresh is set up, with what came of it the last time as HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// The folder on the server's machine.
    pub folder: Option<String>,
    /// The hour of the company's day.
    pub hour: u8,
    /// Whether this person may change it.
    pub may_change: bool,
    /// The last one, drawn.
    pub last: String,
}

/// How it stands.
#[server(input = Json, output = Json)]
pub async fn refresh_show() -> Result<Shown, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let set = backend::refresh::settings(&backend, &caller).await?;
    super::draw_ssr::shown(&set, &caller)
}

/// Sets folder and hour; an empty folder switches it off.
#[server(input = Json, output = Json)]
pub async fn refresh_set(folder: String, hour: u8) -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    backend::refresh::configure(&backend, &caller, Some(folder), hour).await?;
    Ok(())
}

/// Makes it now.
#[server(input = Json, output = Json)]
pub async fn refresh_run() -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    backend::refresh::run(&backend, &caller).await?;
    Ok(())
}
