//! Clients and prospects: lists, and one with everybody and everything that belongs to it.

use async_graphql::{Context, ID, InputObject, Object, Result};
use backend::clients;
use domain::{clients as rules, ids::ClientId};
use serde::{Deserialize, Serialize};

use super::{
    answer::refused,
    filter::asked,
    limits::{ASKED, listed},
    mirror::{given, named},
};
use crate::{
    clock,
    rest::{
        cursor::{Items, Page},
        form::{Form, Kind, must},
        forms,
    },
};

mod records;

use records::{Card, ClientList, ClientRow};

/// Clients and prospects.
#[derive(Default)]
pub struct ClientQuery;

/// Which clients: all of it holds.
#[derive(Default, InputObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientFilter {
    /// Words that begin a word of name, town, email, phone or external id.
    text: Option<String>,
    /// `red`, `amber`, `green` or `grey`.
    light: Option<String>,
    /// Only this segment.
    segment: Option<String>,
    /// Only with this tag.
    tag: Option<String>,
    /// `active` or `inactive`.
    status: Option<String>,
    /// Only this town.
    town: Option<String>,
    /// Only this owner, by id.
    rep: Option<String>,
    /// Only this branch, by id.
    branch: Option<String>,
    /// Archived ones instead of the others.
    archived: Option<bool>,
    /// `due` or `name`.
    sort: Option<String>,
}

/// A part of the list's arguments.
#[derive(Serialize)]
struct Window {
    limit: i32,
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Staged {
    stage: rules::Stage,
}

const STAGE: Form = Form::of(&[&[must("stage", Kind::Word(&["client", "prospect"]))]]);

#[Object]
impl ClientQuery {
    /// Clients in your scope, or prospects.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn clients(
        &self,
        ctx: &Context<'_>,
        filter: Option<ClientFilter>,
        #[graphql(default = "client", desc = "`client` or `prospect`.")] stage: String,
        #[graphql(default = 50, desc = "Rows, 1 to 500.")] limit: i32,
        #[graphql(desc = "`nextCursor` of the page before.")] cursor: Option<String>,
    ) -> Option<Result<ClientList>> {
        Some(list(ctx, filter, &stage, (limit, cursor)).await)
    }

    /// One client or prospect in your scope, with its people and visits.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn client(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Card>> {
        Some(card(ctx, &id).await)
    }
}

async fn list(ctx: &Context<'_>, filter: Option<ClientFilter>, stage: &str, (limit, cursor): (i32, Option<String>)) -> Result<ClientList> {
    let asked = asked(ctx);
    let Staged { stage } = STAGE.read(given(&serde_json::json!({"stage": stage}))).map_err(refused)?;
    let mut object = given(&filter.unwrap_or_default());
    object.extend(given(&Window { limit, cursor }));
    let page: Page = forms::CLIENT_LIST.read(object.clone()).map_err(refused)?;
    let (offset, limit) = (page.offset().map_err(refused)?, page.limit().map_err(refused)?);
    let ask = rules::ClientQuery { stage: Some(stage), offset, limit, ..forms::CLIENT_LIST.read(object).map_err(refused)? };
    let found = clients::list(asked.backend(), &asked.caller, &ask).await.map_err(refused)?;
    let today = asked.backend().company().await.map_err(refused)?.today(clock::now());
    let total = found.total;
    let rows = found.items.iter().map(|item| ClientRow::of(item, today));
    let Items { items, next_cursor } = Items::ordered(rows.collect::<Result<Vec<_>>>()?, offset, total);
    Ok(ClientList { items, next_cursor, total: i32::try_from(total).unwrap_or(i32::MAX) })
}

async fn card(ctx: &Context<'_>, id: &ID) -> Result<Card> {
    let (asked, id) = (asked(ctx), named::<ClientId>(id)?);
    let card = clients::card(asked.backend(), &asked.caller, id).await.map_err(refused)?;
    let today = asked.backend().company().await.map_err(refused)?.today(clock::now());
    Card::of(&card, today)
}
