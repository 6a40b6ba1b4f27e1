//! `contacts`: the people at a client.

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post, put},
};
use backend::contacts;
use domain::{
    contacts::{Contact, ContactDraft, ContactPatch},
    ids::{ClientId, ContactId},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    answer::Answer,
    asked::{Asked, External, Id},
    body::Body,
    cursor::{Items, Page},
    failure::Failure,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/contacts", get(list).post(create))
        .route("/contacts/by-external/{source}/{externalId}", put(upsert))
        .route("/contacts/{id}", get(show).patch(edit).delete(archive))
        .route("/contacts/{id}/restoration", post(restore))
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Filter {
    client_id: Option<ClientId>,
}

/// All people of one client, or everybody in the order they changed.
async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Contact>>, Failure> {
    let page: Page = query.read(&forms::CONTACT_LIST)?;
    let Filter { client_id } = query.read(&forms::CONTACT_LIST)?;
    if let Some(client) = client_id {
        return Ok(Answer::ok(Items::all(contacts::of_client(asked.backend(), &asked.caller, client).await?)));
    }
    let since = page.since()?;
    let rows = contacts::list_since(asked.backend(), &asked.caller, since).await?;
    Ok(Answer::ok(Items::changed(rows, since.limit, |contact| (contact.version, contact.id.0))))
}

async fn create(asked: Asked, body: Body) -> Result<Answer<Contact>, Failure> {
    let draft: ContactDraft = body.or_set("id", || json!(asked.new_id())).read(&forms::NEW_CONTACT)?;
    Ok(written(Answer::created, contacts::create(asked.backend(), &asked.caller, draft, asked.meta()).await?))
}

async fn upsert(asked: Asked, External(source, external_id): External, body: Body) -> Result<Answer<Contact>, Failure> {
    let more = [("id", json!(asked.new_id())), ("source", json!(source)), ("externalId", json!(external_id))];
    let draft: ContactDraft = body.read_with(more, &forms::CONTACT_UPSERT)?;
    let (contact, made) = contacts::upsert(asked.backend(), &asked.caller, draft, asked.meta()).await?;
    Ok(written(if made { Answer::created } else { Answer::ok }, contact))
}

async fn show(asked: Asked, Id(id): Id<ContactId>) -> Result<Answer<Contact>, Failure> {
    Ok(written(Answer::ok, contacts::find(asked.backend(), &asked.caller, id).await?))
}

async fn edit(asked: Asked, Id(id): Id<ContactId>, body: Body) -> Result<Answer<Contact>, Failure> {
    let fields: ContactPatch = body.read(&forms::CONTACT_CHANGES)?;
    Ok(written(Answer::ok, contacts::edit(asked.backend(), &asked.caller, id, fields, asked.meta()).await?))
}

async fn archive(asked: Asked, Id(id): Id<ContactId>) -> Result<Answer<Contact>, Failure> {
    Ok(written(Answer::ok, contacts::archive(asked.backend(), &asked.caller, id, asked.meta()).await?))
}

async fn restore(asked: Asked, Id(id): Id<ContactId>) -> Result<Answer<Contact>, Failure> {
    Ok(written(Answer::ok, contacts::restore(asked.backend(), &asked.caller, id, asked.meta()).await?))
}

fn written(answer: fn(Contact) -> Answer<Contact>, contact: Contact) -> Answer<Contact> {
    let version = contact.version;
    answer(contact).version(version)
}
