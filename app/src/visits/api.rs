//! What the screens of visits ask the server: the same answers the Book gives.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use domain::ids::VisitId;
use domain::visits::{VisitItem, VisitQuery};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// A page of visits, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn visits_list(query: VisitQuery) -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let page = backend::visits::list(&backend, &caller, &query).await?;
    crate::session_ssr::drawn(|seen| super::draw::list(&page, &query, seen))
}

/// One visit.
#[server(input = Json, output = Json)]
pub async fn visits_find(id: VisitId) -> Result<VisitItem, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let (visit, client) = backend::visits::find_with_client(&backend, &caller, id).await?;
    Ok(VisitItem::new(&visit, &client, &*backend.company().await?))
}
