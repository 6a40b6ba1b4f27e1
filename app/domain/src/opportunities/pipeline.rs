//! Pipelines: the stages opportunities of one origin go through, in order, and which of them are the end. Stages are data, no name of one is known here.

use crate::fold::fold;
use crate::ids::PipelineId;
use crate::rejection::Rejections;
use crate::text::{self, WORD_MAX};
use serde::{Deserialize, Serialize};

/// Most stages of one pipeline.
pub const STAGES_MAX: usize = 30;

/// What became of an opportunity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Nothing yet.
    #[default]
    Open,
    /// A sale.
    Won,
    /// No sale.
    Lost,
}

impl Outcome {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Open, Self::Won, Self::Lost];

    /// As stored and in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// From [`Outcome::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// For people.
    pub name: String,
    /// What became of those in it.
    #[serde(default)]
    pub outcome: Outcome,
}

/// The stages of one origin, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    /// Identity.
    pub id: PipelineId,
    /// The origin.
    pub name: String,
    /// Open ones in their order, then those of the end.
    pub stages: Vec<Stage>,
}

impl Pipeline {
    /// With its names trimmed.
    ///
    /// # Errors
    /// What its stages lack, as the mapping's fault.
    pub fn judged(self) -> Result<Self, Rejections> {
        let mut bad = Rejections::default();
        let name = text::required("source", "Source", &self.name, text::LINE_MAX, &mut bad);
        let trimmed = |stage: &Stage, bad: &mut Rejections| Stage {
            name: text::required("stage", "Stage", &stage.name, WORD_MAX, bad),
            ..stage.clone()
        };
        let stages: Vec<Stage> = self.stages.iter().map(|stage| trimmed(stage, &mut bad)).collect();
        let has = |outcome| stages.iter().any(|stage| stage.outcome == outcome);
        if !has(Outcome::Open) || !has(Outcome::Won) {
            let words = "Say the stages in their order, an open and a won one at least: [[stages]] with name = \"…\", and outcome = \"won\" or \"lost\" where it ends.";
            bad.add("mapping", "missing_stages", words);
        }
        if stages.len() > STAGES_MAX {
            bad.add("mapping", "too_many_stages", format!("A pipeline has at most {STAGES_MAX} stages."));
        }
        let twice = stages.iter().enumerate().find(|(at, one)| stages.iter().take(*at).any(|before| fold(&before.name) == fold(&one.name)));
        if let Some((_, stage)) = twice {
            bad.add("mapping", "stage_twice", format!("The stage {} stands there twice.", stage.name));
        }
        bad.or(Self { name, stages, ..self })
    }

    /// The stage of a name, however it is spelled; what is wrong is noted in `bad`.
    pub fn named(&self, field: &str, text: &str, bad: &mut Rejections) -> Option<&Stage> {
        if text.trim().is_empty() {
            bad.add(field, "required", "The row has no stage: fill it in.");
            return None;
        }
        let found = self.stages.iter().find(|stage| fold(&stage.name) == fold(text));
        if found.is_none() {
            let names: Vec<&str> = self.stages.iter().map(|stage| stage.name.as_str()).collect();
            let words = format!("The pipeline has no such stage: it has {}. Correct it, or say it in the mapping.", names.join(", "));
            bad.add(field, "unknown", words);
        }
        found
    }

    /// The stages one comes through until it is won: open ones in their order, then those of won ones as one.
    pub fn steps(&self) -> impl Iterator<Item = &Stage> {
        let mut won = self.stages.iter().filter(|stage| stage.outcome == Outcome::Won);
        self.stages.iter().filter(|stage| stage.outcome == Outcome::Open).chain(won.next())
    }

    /// Whether it says of any that it was lost: otherwise nobody knows what share was won of those that ended.
    #[must_use]
    pub fn records_lost(&self) -> bool {
        self.stages.iter().any(|stage| stage.outcome == Outcome::Lost)
    }

    /// How far one has come, as a place among [`Pipeline::steps`]. Of a lost one this is what is said of it, else the first step; the same for a stage
    /// the pipeline no longer has.
    #[must_use]
    pub fn place(&self, outcome: Outcome, stage: &str, reached: Option<&str>) -> usize {
        let of = |name: &str| self.steps().position(|step| step.name == name);
        match outcome {
            Outcome::Won => self.steps().count().saturating_sub(1),
            Outcome::Open => of(stage).unwrap_or(0),
            Outcome::Lost => reached.and_then(of).unwrap_or(0),
        }
    }
}
