//! What the page of targets asks the server.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// The page, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn targets_page() -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let facts = backend::targets::facts(&backend, &caller).await?;
    crate::session_ssr::drawn(|seen| super::draw::page(&domain::targets::figures(&facts, seen.today), &facts.month(seen.today), seen))
}
