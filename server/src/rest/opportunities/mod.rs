//! `opportunities`: those the caller sees, page after page; and what they come to: `kpis/funnel`, `kpis/win-loss`, `kpis/sales-cycle`.

mod figures;

use std::{collections::BTreeMap, sync::Arc};

use axum::{Router, routing::get};
use backend::opportunities::{self, Place};
use domain::{
    Day, Rejections,
    ids::{BranchId, ClientId, OpportunityId, ProductId, RepId},
    money::{Currency, Money},
    opportunities::{OpportunityItem, Outcome, Query as Narrowed},
};
use serde::Serialize;

use super::{
    answer::Answer,
    asked::Asked,
    cursor::{Items, Page, stale},
    failure::Failure,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/opportunities", get(list)).merge(figures::router())
}

/// Something an opportunity is about: its name, and its id where it is one of ours.
#[derive(Serialize)]
struct Named<I> {
    id: Option<I>,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    id: OpportunityId,
    pipeline: String,
    external_id: String,
    name: Option<String>,
    account: Option<String>,
    client: Option<Named<ClientId>>,
    rep: Option<Named<RepId>>,
    branch: Option<Named<BranchId>>,
    product: Option<Named<ProductId>>,
    source: Option<String>,
    sector: Option<String>,
    stage: String,
    reached: Option<String>,
    outcome: Outcome,
    engaged_on: Option<Day>,
    closed_on: Option<Day>,
    /// Null when it is unknown, which is not zero.
    value: Option<Money>,
    /// As the source counts them, otherwise the visits made meanwhile; null when neither is known.
    activities: Option<i64>,
    attributes: BTreeMap<String, String>,
}

async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Shown>>, Failure> {
    let page: Page = query.read(&forms::OPPORTUNITY_LIST).map_err(Failure::bad_request)?;
    let (limit, after) = (page.limit()?, page.opaque().map(place).transpose()?);
    let narrowed = query.read::<Narrowed>(&forms::OPPORTUNITY_LIST).map_err(Failure::bad_request)?;
    let narrowed = narrowed.judged().map_err(|wrong| Failure::from(wrong).bad_request())?;
    let currency = asked.backend().company().await?.currency;
    let found = opportunities::list(asked.backend(), &asked.caller, narrowed, after, limit).await?;
    let last = found.last().filter(|_| found.len() == limit as usize);
    let next_cursor = last.map(|item| cursor((item.opportunity.engaged_on, item.opportunity.id)));
    Ok(Answer::ok(Items { items: found.into_iter().map(|item| shown(item, currency)).collect(), next_cursor }))
}

fn shown(item: OpportunityItem, currency: Currency) -> Shown {
    let it = item.opportunity;
    Shown {
        id: it.id,
        pipeline: item.pipeline_name,
        external_id: it.external_id,
        name: it.name,
        account: it.account,
        client: item.client_name.map(|name| Named { id: it.client, name }),
        rep: item.rep_name.map(|name| Named { id: it.rep, name }),
        branch: item.branch_name.map(|name| Named { id: it.branch, name }),
        product: it.product_name.map(|name| Named { id: it.product, name }),
        source: it.source,
        sector: it.sector,
        stage: it.stage,
        reached: it.reached,
        outcome: it.outcome,
        engaged_on: it.engaged_on,
        closed_on: it.closed_on,
        value: it.value.map(|minor| Money { minor, currency }),
        activities: item.counted,
        attributes: it.attributes,
    }
}

fn cursor((day, id): Place) -> String {
    day.map_or_else(|| format!("pn.{}", id.0.simple()), |day| format!("p{}.{}", day.0, id.0.simple()))
}

fn place(cursor: &str) -> Result<Place, Rejections> {
    let read = || {
        let (day, id) = cursor.strip_prefix('p')?.split_once('.')?;
        let day = if day == "n" { None } else { Some(Day(day.parse().ok()?)) };
        Some((day, id.parse().ok()?))
    };
    read().ok_or_else(stale)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_cursor_leads_behind_its_opportunity_and_others_are_refused() {
        let id = OpportunityId(uuid::Uuid::from_u128(9));
        for at in [(Some(Day(-3)), id), (None, id)] {
            assert_eq!(place(&cursor(at)).unwrap(), at);
        }
        for bad in ["", "o5", "p1", "px.2", "v1-2"] {
            assert!(place(bad).is_err(), "{bad}");
        }
    }
}
