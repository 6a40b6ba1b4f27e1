//! What the first screen asks the server.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// The first screen, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn today_overview() -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let today = backend::today::overview(&backend, &caller).await?;
    crate::session_ssr::drawn(|seen| super::draw::today(&today, None, seen))
}
