//! What the room and the list ask the server.

use super::boards::Boards;
use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use domain::opportunities::Query;
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// Everything the room shows of a query and the marks that are pressed, drawn.
#[server(input = Json, output = Json)]
pub async fn opportunities_boards(query: Query, pressed: String) -> Result<Boards, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let company = backend.company().await?;
    let found = super::ssr::pressed::Found::ask(&backend, &caller, query, &pressed).await?;
    let held = super::ssr::held(backend::opportunities::held(&backend, &caller).await?);
    Ok(Boards { held, ..super::ssr::boards(&found, &caller, company.currency) })
}

/// The opportunities of a query behind a place, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn opportunities_list(query: Query, after: String) -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let place = super::ssr::list::place(&after)?;
    let count = backend::opportunities::count(&backend, &caller, query.clone()).await?;
    let found = backend::opportunities::list(&backend, &caller, query.clone(), place, super::ssr::list::PAGE).await?;
    crate::session_ssr::drawn(|seen| super::ssr::list::drawn(&found, count, &query, seen))
}
