//! `clients` and `prospects`: the same records at two stages, under two addresses.

use std::sync::Arc;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use backend::clients;
use domain::{
    clients::{Client, ClientCard, ClientDraft, ClientPatch, ClientQuery, LightCounts, Stage, duplicates::Duplicate, list::ClientFacets},
    ids::{ClientId, RepId},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    answer::Answer,
    asked::{Asked, External, Id},
    body::Body,
    cursor::{Items, Page},
    failure::Failure,
    form::Form,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes of a stage.
pub fn router(stage: Stage) -> Router<Arc<Office>> {
    let (base, form) = match stage {
        Stage::Client => ("/clients", &forms::NEW_CLIENT),
        Stage::Prospect => ("/prospects", &forms::NEW_PROSPECT),
    };
    let own = Router::new()
        .route("/", get(move |asked, query| list(stage, asked, query)).post(move |asked, body| create(stage, form, asked, body)))
        .route("/facets", get(move |asked| facets(stage, asked)))
        .route("/duplicates", get(duplicates))
        .route("/reassignment", post(reassign))
        .route("/by-external/{source}/{externalId}", put(move |asked, at, body| upsert(stage, asked, at, body)))
        .route("/{id}", get(show).patch(edit).delete(archive))
        .route("/{id}/card", get(card))
        .route("/{id}/restoration", post(restore));
    let own = match stage {
        Stage::Client => own,
        Stage::Prospect => own.route("/{id}/conversion", post(convert)),
    };
    Router::new().nest(base, own)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<T> {
    #[serde(flatten)]
    items: Items<T>,
    total: u32,
    counts: LightCounts,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reassignment {
    ids: Vec<ClientId>,
    rep_id: RepId,
}

#[derive(Serialize)]
struct Reassigned {
    clients: usize,
}

#[derive(Deserialize)]
struct Name {
    name: String,
    town: Option<String>,
}

/// Rows in the list's order, or, with `updatedSince`, full records in the order they changed, archived ones too.
async fn list(stage: Stage, asked: Asked, query: Query) -> Result<Response, Failure> {
    let page: Page = query.read(&forms::CLIENT_LIST)?;
    if page.updated_since.is_some() {
        query.changes_only()?;
        let since = page.since()?;
        let rows = clients::list_since(asked.backend(), &asked.caller, Some(stage), since).await?;
        return Ok(Answer::ok(Items::changed(rows, since.limit, |client: &Client| (client.version, client.id.0))).into_response());
    }
    let (offset, limit) = (page.offset()?, page.limit()?);
    let ask = ClientQuery { stage: Some(stage), offset, limit, ..query.read(&forms::CLIENT_LIST)? };
    let found = clients::list(asked.backend(), &asked.caller, &ask).await?;
    let listed = Listed { items: Items::ordered(found.items, offset, found.total), total: found.total, counts: found.counts };
    Ok(Answer::ok(listed).into_response())
}

async fn create(stage: Stage, form: &Form, asked: Asked, body: Body) -> Result<Answer<Client>, Failure> {
    let body = body.or_set("id", || json!(asked.new_id())).or_set("stage", || json!(stage.code()));
    let draft: ClientDraft = body.read(form)?;
    let client = clients::create(asked.backend(), &asked.caller, draft, asked.meta()).await?;
    Ok(written(Answer::created, client))
}

async fn upsert(stage: Stage, asked: Asked, External(source, external_id): External, body: Body) -> Result<Answer<Client>, Failure> {
    let fields: ClientPatch = body.read(&forms::CLIENT_CHANGES)?;
    let id = ClientId(asked.new_id());
    let draft = ClientDraft { id, stage, source: Some(source), external_id: Some(external_id), fields };
    let (client, made) = clients::upsert(asked.backend(), &asked.caller, draft, asked.meta()).await?;
    Ok(written(if made { Answer::created } else { Answer::ok }, client))
}

async fn show(asked: Asked, Id(id): Id<ClientId>) -> Result<Answer<Client>, Failure> {
    Ok(written(Answer::ok, clients::find(asked.backend(), &asked.caller, id).await?))
}

async fn edit(asked: Asked, Id(id): Id<ClientId>, body: Body) -> Result<Answer<Client>, Failure> {
    let fields: ClientPatch = body.read(&forms::CLIENT_CHANGES)?;
    Ok(written(Answer::ok, clients::edit(asked.backend(), &asked.caller, id, fields, asked.meta()).await?))
}

async fn archive(asked: Asked, Id(id): Id<ClientId>) -> Result<Answer<Client>, Failure> {
    Ok(written(Answer::ok, clients::archive(asked.backend(), &asked.caller, id, asked.meta()).await?))
}

async fn restore(asked: Asked, Id(id): Id<ClientId>) -> Result<Answer<Client>, Failure> {
    Ok(written(Answer::ok, clients::restore(asked.backend(), &asked.caller, id, asked.meta()).await?))
}

async fn convert(asked: Asked, Id(id): Id<ClientId>) -> Result<Answer<Client>, Failure> {
    Ok(written(Answer::ok, clients::convert(asked.backend(), &asked.caller, id, asked.meta()).await?))
}

async fn reassign(asked: Asked, body: Body) -> Result<Answer<Reassigned>, Failure> {
    let Reassignment { ids, rep_id } = body.read(&forms::REASSIGNMENT)?;
    let moved = clients::reassign(asked.backend(), &asked.caller, &ids, rep_id, asked.meta()).await?;
    Ok(Answer::ok(Reassigned { clients: moved.len() }))
}

async fn card(asked: Asked, Id(id): Id<ClientId>) -> Result<Answer<ClientCard>, Failure> {
    let card = clients::card(asked.backend(), &asked.caller, id).await?;
    let version = card.client.version;
    Ok(Answer::ok(card).version(version))
}

async fn facets(stage: Stage, asked: Asked) -> Result<Answer<ClientFacets>, Failure> {
    Ok(Answer::ok(clients::facets(asked.backend(), &asked.caller, Some(stage)).await?))
}

async fn duplicates(asked: Asked, query: Query) -> Result<Answer<Items<Duplicate>>, Failure> {
    let Name { name, town } = query.read(&forms::DUPLICATES)?;
    let found = clients::duplicates(asked.backend(), &asked.caller, &name, town.as_deref()).await?;
    Ok(Answer::ok(Items::all(found)))
}

fn written(answer: fn(Client) -> Answer<Client>, client: Client) -> Answer<Client> {
    let version = client.version;
    answer(client).version(version)
}
