//! Clients and prospects: every verb of their life, and the questions screens and partners ask.

mod list;
pub(crate) mod questions;
pub(crate) mod row;
pub(crate) mod sql;
pub(crate) mod write;

pub use list::{card, duplicates, facets, list, list_since};

use crate::changes::{self, Author, Meta};
use crate::db::Tx;
use crate::{Backend, Error};
use domain::changes::{Change, EditClient, OfClient};
use domain::clients::{Client, ClientDraft, ClientPatch};
use domain::ids::{ClientId, RepId};
use domain::people::{Caller, Right};

/// Makes a client or prospect.
///
/// # Errors
/// As [`changes::apply`].
pub async fn create(backend: &Backend, caller: &Caller, draft: ClientDraft, meta: Meta) -> Result<Client, Error> {
    changes::apply(backend, caller, Change::CreateClient(Box::new(draft)), meta).await?.client()
}

/// Edits the named fields.
///
/// # Errors
/// As [`changes::apply`].
pub async fn edit(backend: &Backend, caller: &Caller, id: ClientId, fields: ClientPatch, meta: Meta) -> Result<Client, Error> {
    changes::apply(backend, caller, Change::EditClient(Box::new(EditClient { id, fields })), meta).await?.client()
}

/// Takes one out of lists and Today.
///
/// # Errors
/// As [`changes::apply`].
pub async fn archive(backend: &Backend, caller: &Caller, id: ClientId, meta: Meta) -> Result<Client, Error> {
    changes::apply(backend, caller, Change::ArchiveClient(OfClient { id }), meta).await?.client()
}

/// Brings one back.
///
/// # Errors
/// As [`changes::apply`].
pub async fn restore(backend: &Backend, caller: &Caller, id: ClientId, meta: Meta) -> Result<Client, Error> {
    changes::apply(backend, caller, Change::RestoreClient(OfClient { id }), meta).await?.client()
}

/// Makes a prospect a client.
///
/// # Errors
/// As [`changes::apply`].
pub async fn convert(backend: &Backend, caller: &Caller, id: ClientId, meta: Meta) -> Result<Client, Error> {
    changes::apply(backend, caller, Change::ConvertClient(OfClient { id }), meta).await?.client()
}

/// Gives clients to another rep, all or none.
///
/// # Errors
/// `NotFound` when one of them is not in the caller's scope; otherwise as [`changes::apply`].
pub async fn reassign(backend: &Backend, caller: &Caller, ids: &[ClientId], to: RepId, meta: Meta) -> Result<Vec<Client>, Error> {
    if !caller.may(Right::ReassignClients) {
        return Err(Error::Forbidden);
    }
    if ids.is_empty() {
        return Err(Error::rejected("ids", "required", "Choose at least one client."));
    }
    let asked = (caller.clone(), meta, ids.to_vec());
    backend.write(Vec::new(), asked, move |tx, (caller, meta, ids)| Box::pin(reassign_in(tx, Author { caller, meta }, ids, to))).await
}

async fn reassign_in(tx: &mut Tx, author: Author<'_>, ids: &[ClientId], to: RepId) -> Result<Vec<Client>, Error> {
    let mut wanted: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let found = sql::find_many(tx.read(), author.caller, &wanted).await?;
    if found.len() < wanted.len() {
        return Err(Error::NotFound);
    }
    let company = tx.company()?;
    if company.rep_name(to).is_none() {
        return Err(Error::rejected("repId", "unknown", "There is no such rep: choose one from the list."));
    }
    let mut moved = Vec::with_capacity(found.len());
    for client in &found {
        moved.push(write::reassign(tx, author, client, to).await?);
    }
    Ok(moved)
}

/// Makes the client another system knows under this id, or edits it; `true` when it was made.
///
/// # Errors
/// As [`changes::apply`]; `Rejected` when the draft names no source.
pub async fn upsert(backend: &Backend, caller: &Caller, draft: ClientDraft, meta: Meta) -> Result<(Client, bool), Error> {
    if !caller.may(Right::EditClients) {
        return Err(Error::Forbidden);
    }
    let asked = (caller.clone(), meta, draft);
    backend.write(Vec::new(), asked, |tx, (caller, meta, draft)| Box::pin(write::upsert(tx, Author { caller, meta }, draft))).await
}

/// One client in the caller's scope.
///
/// # Errors
/// `NotFound`.
pub async fn find(backend: &Backend, caller: &Caller, id: ClientId) -> Result<Client, Error> {
    sql::find(&mut backend.read().await?, caller, id).await?.ok_or(Error::NotFound)
}
