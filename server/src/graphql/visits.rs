//! Visits: lists, and one.

use async_graphql::{Context, ID, InputObject, Object, Result};
use backend::visits;
use domain::{ids::VisitId, visits as rules};
use serde::Serialize;

use super::{
    answer::refused,
    filter::asked,
    limits::{ASKED, listed},
    mirror::{given, named, shown},
};
use crate::rest::{
    cursor::{Items, Page},
    forms,
};

mod records;

pub use records::VisitItem;
use records::{Visit, VisitList};

/// Visits.
#[derive(Default)]
pub struct VisitQuery;

/// Which visits: all of it holds.
#[derive(Default, InputObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitFilter {
    /// First day, `YYYY-MM-DD`.
    from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    to: Option<String>,
    /// Only this rep's, by id.
    rep: Option<String>,
    /// Only of clients of this branch, by id.
    branch: Option<String>,
    /// Only of this client, by id.
    client: Option<String>,
    /// `planned`, `inProgress`, `completed` or `cancelled`.
    status: Option<String>,
    /// Soonest first instead of latest first.
    ascending: Option<bool>,
}

#[derive(Serialize)]
struct Window {
    limit: i32,
    cursor: Option<String>,
}

#[Object]
impl VisitQuery {
    /// Visits to clients in your scope, latest first.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn visits(
        &self,
        ctx: &Context<'_>,
        filter: Option<VisitFilter>,
        #[graphql(default = 50, desc = "Rows, 1 to 500.")] limit: i32,
        #[graphql(desc = "`nextCursor` of the page before.")] cursor: Option<String>,
    ) -> Option<Result<VisitList>> {
        Some(list(ctx, filter, (limit, cursor)).await)
    }

    /// One visit in your scope.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn visit(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Visit>> {
        Some(find(ctx, &id).await)
    }
}

async fn list(ctx: &Context<'_>, filter: Option<VisitFilter>, (limit, cursor): (i32, Option<String>)) -> Result<VisitList> {
    let asked = asked(ctx);
    let mut object = given(&filter.unwrap_or_default());
    object.extend(given(&Window { limit, cursor }));
    let page: Page = forms::VISIT_LIST.read(object.clone()).map_err(refused)?;
    let (offset, limit) = (page.offset().map_err(refused)?, page.limit().map_err(refused)?);
    let ask = rules::VisitQuery { offset, limit, ..forms::VISIT_LIST.read(object).map_err(refused)? };
    let found = visits::list(asked.backend(), &asked.caller, &ask).await.map_err(refused)?;
    let total = found.total;
    let Items { items, next_cursor } = Items::ordered(shown::<Vec<VisitItem>>(&found.items)?, offset, total);
    Ok(VisitList { items, next_cursor, total: i32::try_from(total).unwrap_or(i32::MAX) })
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Visit> {
    let (asked, id) = (asked(ctx), named::<VisitId>(id)?);
    shown(&visits::find(asked.backend(), &asked.caller, id).await.map_err(refused)?)
}
