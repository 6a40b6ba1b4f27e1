//! What the screens of clients and prospects ask the server: one use case each, the same answers the Book gives; first screens come drawn.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use domain::clients::duplicates::Duplicate;
use domain::clients::list::ClientFacets;
use domain::clients::{Client, ClientPage, ClientQuery, Stage};
use domain::ids::{ClientId, RepId};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};

/// A page of the list at an address, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn clients_list(stage: Stage, address: String) -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let query = super::draw_ssr::of_address(stage, &address);
    let page = backend::clients::list(&backend, &caller, &query).await?;
    crate::session_ssr::drawn(|seen| super::draw_ssr::list(&page, &query, seen))
}

/// A page of a list.
#[server(input = Json, output = Json)]
pub async fn clients_page(query: ClientQuery) -> Result<ClientPage, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::clients::list(&backend, &caller, &query).await?)
}

/// What a list can be filtered by.
#[server(input = Json, output = Json)]
pub async fn clients_facets(stage: Stage) -> Result<ClientFacets, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::clients::facets(&backend, &caller, Some(stage)).await?)
}

/// One client with what belongs to it, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn clients_card(id: ClientId) -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let card = backend::clients::card(&backend, &caller, id).await?;
    crate::session_ssr::drawn(|seen| super::card_draw::card(&card, seen))
}

/// One client.
#[server(input = Json, output = Json)]
pub async fn clients_find(id: ClientId) -> Result<Client, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::clients::find(&backend, &caller, id).await?)
}

/// Records that may be the one being entered.
#[server(input = Json, output = Json)]
pub async fn clients_duplicates(name: String, town: String) -> Result<Vec<Duplicate>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::clients::duplicates(&backend, &caller, &name, Some(&town)).await?)
}

/// Gives the ticked clients to another rep. A plain form posts this, so it works before the script runs; the answer leads back to the list.
#[server]
pub async fn clients_reassign(#[server(default)] ids: Vec<ClientId>, to: RepId) -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    backend::clients::reassign(&backend, &caller, &ids, to, crate::session_ssr::live(&backend)).await?;
    Ok(())
}
