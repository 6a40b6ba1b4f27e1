//! An opportunity as it is stored, and the names it goes by; conversions never judge what is stored.

use crate::db::Beside;
use domain::Day;
use domain::ids::{BranchId, ClientId, OpportunityId, PipelineId, ProductId, RepId};
use domain::opportunities::{Opportunity, OpportunityItem, Outcome};
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

row! {
    /// An opportunity.
    OpportunityRow as "o" {
        id: Uuid,
        pipeline_id: Uuid,
        external_id: String,
        name: Option<String>,
        account: Option<String>,
        client_id: Option<Uuid>,
        rep_id: Option<Uuid>,
        branch_id: Option<Uuid>,
        product_name: Option<String>,
        product_id: Option<Uuid>,
        source: Option<String>,
        sector: Option<String>,
        stage: String,
        reached: Option<String>,
        outcome: String,
        engaged_on: Option<i32>,
        closed_on: Option<i32>,
        value: Option<i64>,
        activities: Option<i64>,
        attributes: Json<BTreeMap<String, String>>,
        version: i64,
    }
}

row! {
    /// The names it goes by, as far as the caller sees them.
    NamesRow as "n" {
        pipeline_name: String,
        rep_name: Option<String>,
        branch_name: Option<String>,
        client_seen: Option<Uuid>,
        client_name: Option<String>,
        product_shown: Option<String>,
        sector_shown: Option<String>,
        counted: Option<i64>,
    }
}

impl From<OpportunityRow> for Opportunity {
    fn from(o: OpportunityRow) -> Self {
        Self {
            id: OpportunityId(o.id),
            pipeline: PipelineId(o.pipeline_id),
            external_id: o.external_id,
            name: o.name,
            account: o.account,
            client: o.client_id.map(ClientId),
            rep: o.rep_id.map(RepId),
            branch: o.branch_id.map(BranchId),
            product_name: o.product_name,
            product: o.product_id.map(ProductId),
            source: o.source,
            sector: o.sector,
            stage: o.stage,
            reached: o.reached,
            outcome: Outcome::parse(&o.outcome).unwrap_or_default(),
            engaged_on: o.engaged_on.map(Day),
            closed_on: o.closed_on.map(Day),
            value: o.value,
            activities: o.activities,
            attributes: o.attributes.0,
            version: o.version,
        }
    }
}

impl From<&Opportunity> for OpportunityRow {
    fn from(o: &Opportunity) -> Self {
        Self {
            id: o.id.0,
            pipeline_id: o.pipeline.0,
            external_id: o.external_id.clone(),
            name: o.name.clone(),
            account: o.account.clone(),
            client_id: o.client.map(|id| id.0),
            rep_id: o.rep.map(|id| id.0),
            branch_id: o.branch.map(|id| id.0),
            product_name: o.product_name.clone(),
            product_id: o.product.map(|id| id.0),
            source: o.source.clone(),
            sector: o.sector.clone(),
            stage: o.stage.clone(),
            reached: o.reached.clone(),
            outcome: o.outcome.code().to_owned(),
            engaged_on: o.engaged_on.map(|day| day.0),
            closed_on: o.closed_on.map(|day| day.0),
            value: o.value,
            activities: o.activities,
            attributes: Json(o.attributes.clone()),
            version: o.version,
        }
    }
}

/// As others see it.
pub(super) fn item(Beside(row, names): Beside<OpportunityRow, NamesRow>) -> OpportunityItem {
    let mut opportunity = Opportunity::from(row);
    opportunity.client = names.client_seen.map(ClientId);
    opportunity.product_name = names.product_shown;
    opportunity.sector = names.sector_shown;
    OpportunityItem {
        opportunity,
        pipeline_name: names.pipeline_name,
        rep_name: names.rep_name,
        branch_name: names.branch_name,
        client_name: names.client_name,
        counted: names.counted,
    }
}
