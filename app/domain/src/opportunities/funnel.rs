//! The funnel: how many came to each stage of a pipeline, and what share of those in the stage before.

use super::figures::Fact;
use super::pipeline::{Outcome, Pipeline};
use crate::ids::PipelineId;
use crate::measures::tenths;

/// A stage of a funnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub stage: String,
    /// How many came to it, or beyond.
    pub reached: i64,
    /// What those are worth whose value is known, minor units; unknown where none is.
    pub value: Option<i64>,
    /// How many stand in it now.
    pub here: i64,
    /// The share of the stage before, in tenths of a percent; none for the first, and of nothing.
    pub of_previous: Option<i64>,
    /// The share of the first stage, in tenths of a percent.
    pub of_first: Option<i64>,
}

/// A pipeline's funnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// Which.
    pub pipeline: PipelineId,
    /// Its name.
    pub name: String,
    /// Whether it says of any that it was lost.
    pub records_lost: bool,
    /// Stages until won.
    pub steps: Vec<Step>,
    /// Lost ones.
    pub lost: i64,
}

/// A funnel for each pipeline with opportunities among these.
#[must_use]
pub fn funnels(pipelines: &[Pipeline], facts: &[Fact]) -> Vec<Funnel> {
    pipelines.iter().filter_map(|pipeline| funnel(pipeline, facts)).collect()
}

fn funnel(pipeline: &Pipeline, facts: &[Fact]) -> Option<Funnel> {
    let mut steps: Vec<Step> = pipeline.steps().map(|stage| empty(&stage.name)).collect();
    let mut lost = 0;
    for fact in facts.iter().filter(|fact| fact.pipeline == pipeline.id) {
        let place = pipeline.place(fact.outcome, &fact.stage, fact.reached.as_deref());
        for step in steps.iter_mut().take(place + 1) {
            step.reached += 1;
            if let Some(value) = fact.value {
                step.value = Some(step.value.unwrap_or(0).saturating_add(value));
            }
        }
        match (fact.outcome, steps.get_mut(place)) {
            (Outcome::Lost, _) => lost += 1,
            (_, Some(step)) => step.here += 1,
            _ => {}
        }
    }
    let first = steps.first().map_or(0, |step| step.reached);
    let mut before = None;
    for step in &mut steps {
        step.of_previous = before.and_then(|before| tenths(step.reached, before));
        step.of_first = tenths(step.reached, first);
        before = Some(step.reached);
    }
    let records_lost = pipeline.records_lost();
    (first > 0).then(|| Funnel { pipeline: pipeline.id, name: pipeline.name.clone(), records_lost, steps, lost })
}

fn empty(stage: &str) -> Step {
    Step { stage: stage.to_owned(), reached: 0, value: None, here: 0, of_previous: None, of_first: None }
}
