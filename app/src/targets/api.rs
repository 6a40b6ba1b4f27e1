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
    crate::session_ssr::drawn(|seen| {
        let page = super::draw_page::page(&facts, seen);
        Drawn { html: page.html + &super::reps_ssr::reps(&facts, seen), ..page }
    })
}
