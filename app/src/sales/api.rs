//! What the page of lines asks the server.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// The lines an address asks for, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn sales_lines(address: String) -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let query = super::draw_ssr::of_address(&address)?;
    let total = backend::sales::lines::total(&backend, &caller, &query).await?;
    let lines = backend::sales::lines::lines(&backend, &caller, &query, super::draw_ssr::PAGE).await?;
    crate::session_ssr::drawn(|seen| super::draw_ssr::lines(&lines, total, &query, seen))
}
