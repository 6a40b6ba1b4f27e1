//! Opportunities: what may become a sale, from the first contact to won or lost, through the stages its pipeline has in its own order.

pub mod figures;
mod funnel;
mod pipeline;
mod query;
mod spread;
#[cfg(test)]
mod tests;

pub use figures::{By, Fact, SMALL, Tally, breakdown};
pub use funnel::{Funnel, Step, funnels};
pub use pipeline::{Outcome, Pipeline, STAGES_MAX, Stage};
pub use query::Query;
pub use spread::{AGES, Band, Cycle, Quartiles, activities, ages, cycle};

use crate::Day;
use crate::ids::{BranchId, ClientId, OpportunityId, PipelineId, ProductId, RepId};
use crate::rejection::Rejections;
use crate::sales::AMOUNT_MAX;
use crate::text::{self, LINE_MAX, NAME_MAX};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most activities of one opportunity.
pub const ACTIVITIES_MAX: i64 = 1_000_000;
/// Most further things one opportunity may say.
pub const ATTRIBUTES_MAX: usize = 40;

/// Something that may become a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opportunity {
    /// Identity.
    pub id: OpportunityId,
    /// Whose stages it goes through.
    pub pipeline: PipelineId,
    /// Its id where it comes from.
    pub external_id: String,
    /// For people; its id stands for it where there is none.
    pub name: Option<String>,
    /// To whom, as it was said.
    pub account: Option<String>,
    /// The client or prospect of that name or id, where there is one.
    pub client: Option<ClientId>,
    /// Who works on it.
    pub rep: Option<RepId>,
    /// Where.
    pub branch: Option<BranchId>,
    /// What is to be sold, as it was said.
    pub product_name: Option<String>,
    /// The product of that number or name, where there is one.
    pub product: Option<ProductId>,
    /// Where it came from: an advertisement, a fair, a reference.
    pub source: Option<String>,
    /// The industry it is from.
    pub sector: Option<String>,
    /// Where it stands.
    pub stage: String,
    /// Of a lost one: how far it had come, where that is known.
    pub reached: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// When it began.
    pub engaged_on: Option<Day>,
    /// When it was won or lost.
    pub closed_on: Option<Day>,
    /// What it is worth, minor units; unknown when absent, which is not zero.
    pub value: Option<i64>,
    /// Activities before it was closed; unknown when absent.
    pub activities: Option<i64>,
    /// What else was said about it.
    pub attributes: BTreeMap<String, String>,
    /// Which change wrote it last.
    pub version: i64,
}

impl Opportunity {
    /// With its texts trimmed and its outcome that of its stage.
    ///
    /// # Errors
    /// What is wrong with it, by field.
    pub fn judged(self, pipeline: &Pipeline) -> Result<Self, Rejections> {
        let mut bad = Rejections::default();
        let stage = pipeline.named("stage", &self.stage, &mut bad);
        let reached = self.reached.as_deref().filter(|text| !text.trim().is_empty());
        let reached = reached.and_then(|text| pipeline.named("reached", text, &mut bad)).map(|stage| stage.name.clone());
        let mut optional = |field, label, text: Option<String>, max| text::optional(field, label, &text.unwrap_or_default(), max, &mut bad);
        let judged = Self {
            name: optional("name", "Name", self.name, LINE_MAX),
            account: optional("account", "Account", self.account, NAME_MAX),
            product_name: optional("product", "Product", self.product_name, NAME_MAX),
            source: optional("source", "Source", self.source, NAME_MAX),
            sector: optional("sector", "Sector", self.sector, NAME_MAX),
            ..self
        };
        let (stage, outcome) = stage.map(|stage| (stage.name.clone(), stage.outcome)).unwrap_or_default();
        judged.limits(&mut bad);
        bad.or(Self { stage, outcome, reached: reached.filter(|_| outcome == Outcome::Lost), ..judged })
    }

    fn limits(&self, bad: &mut Rejections) {
        if self.value.is_some_and(|minor| !(0..=AMOUNT_MAX).contains(&minor)) {
            bad.add("value", "out_of_range", "A value is not below zero and at most ten trillion.");
        }
        if self.activities.is_some_and(|count| !(0..=ACTIVITIES_MAX).contains(&count)) {
            bad.add("activities", "out_of_range", format!("Write the number of activities, 0 to {ACTIVITIES_MAX}, or leave it empty."));
        }
        if self.engaged_on.zip(self.closed_on).is_some_and(|(began, closed)| closed < began) {
            bad.add("closedOn", "before_it_began", "It was closed before it began: correct one of the days.");
        }
        if self.attributes.len() > ATTRIBUTES_MAX {
            bad.add("attributes", "too_many", format!("An opportunity may say {ATTRIBUTES_MAX} further things: leave some out."));
        }
    }
}

/// An opportunity with the names it goes by, as far as the caller sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpportunityItem {
    /// Itself.
    #[serde(flatten)]
    pub opportunity: Opportunity,
    /// Its pipeline's name.
    pub pipeline_name: String,
    /// The rep's name.
    pub rep_name: Option<String>,
    /// The branch's name.
    pub branch_name: Option<String>,
    /// The client's name, where the caller sees the client.
    pub client_name: Option<String>,
    /// Activities before it was closed: as they were said, otherwise the visits that were made to its client meanwhile.
    pub counted: Option<i64>,
}

impl OpportunityItem {
    /// What figures are made of.
    #[must_use]
    pub fn fact(self) -> Fact {
        let it = self.opportunity;
        Fact {
            pipeline: it.pipeline,
            stage: it.stage,
            reached: it.reached,
            outcome: it.outcome,
            engaged_on: it.engaged_on,
            closed_on: it.closed_on,
            value: it.value,
            activities: self.counted,
            labels: [self.rep_name, self.branch_name, it.product_name, it.source, it.sector],
        }
    }
}
