//! Opportunities counted: how many, what they are worth, how many were won of those that ended. What a figure means is said here, once.

use super::pipeline::{Outcome, Pipeline};
use crate::Day;
use crate::ids::PipelineId;
use crate::measures::tenths;
use std::collections::BTreeMap;

/// Below so many a share says little: it is marked.
pub const SMALL: i64 = 10;

/// Definition.
pub const WIN_RATE: &str = "Win rate = won ÷ (won + lost), of opportunities that began in the chosen days. Empty where nothing ended, or where the pipeline never says that one was lost. Those with most won stand first.";
/// Definition.
pub const FUNNEL: &str = "Opportunities that began in the chosen days, by the stages they came to: an open one has come to its stage and those before it, \
    a won one to all, a lost one as far as is said of it, at least to the first. The share in each stage is of the stage before.";
/// Definition.
pub const CYCLE: &str = "Days from the beginning to the end of those that ended and have both days: the median, and the days within which a quarter and three quarters of them ended.";
/// Definition.
pub const AGES: &str = "Open opportunities by the days since they began, as of today.";
/// Definition.
pub const ACTIVITIES: &str = "Opportunities by the activities before they were closed: as the source counts them, otherwise the visits made to the client meanwhile; unknown where none was ever recorded. \
    This is an association, not proof of an effect: whoever is likely to buy is often visited more, and a longer case has room for more activities.";

/// What one opportunity gives to figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Whose stages it goes through.
    pub pipeline: PipelineId,
    /// Where it stands.
    pub stage: String,
    /// Of a lost one: how far it had come.
    pub reached: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// When it began.
    pub engaged_on: Option<Day>,
    /// When it ended.
    pub closed_on: Option<Day>,
    /// What it is worth, minor units.
    pub value: Option<i64>,
    /// Activities before it ended.
    pub activities: Option<i64>,
    /// One label for each of [`By::ALL`].
    pub labels: [Option<String>; 5],
}

/// What opportunities are broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Who works on it.
    Rep,
    /// Where.
    Branch,
    /// What is to be sold.
    Product,
    /// Where it came from.
    Source,
    /// The industry.
    Sector,
}

impl By {
    /// Every one, in the order of [`Fact::labels`].
    pub const ALL: [Self; 5] = [Self::Rep, Self::Branch, Self::Product, Self::Source, Self::Sector];

    /// As in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::Branch => "branch",
            Self::Product => "product",
            Self::Source => "source",
            Self::Sector => "sector",
        }
    }

    /// For people: what stands for those without a label.
    #[must_use]
    pub const fn nameless(self) -> &'static str {
        match self {
            Self::Rep => "No salesperson",
            Self::Branch => "No branch",
            Self::Product => "No product",
            Self::Source => "No source",
            Self::Sector => "No sector",
        }
    }

    /// From [`By::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    fn of(self, fact: &Fact) -> Option<&String> {
        Self::ALL.iter().position(|by| *by == self).and_then(|at| fact.labels.get(at)?.as_ref())
    }
}

/// Some opportunities, counted. Amounts in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub all: i64,
    /// Nothing became of them yet.
    pub open: i64,
    /// Won.
    pub won: i64,
    /// Lost.
    pub lost: i64,
    /// What the won ones are worth whose value is known.
    pub won_value: i64,
    /// How many of the won ones have a known value.
    pub won_valued: i64,
    /// What the open ones are worth whose value is known.
    pub open_value: i64,
    /// How many of the open ones have a known value.
    pub open_valued: i64,
    /// Won and lost in pipelines that say so of both.
    pub decided: i64,
    /// Won ones among them.
    pub decided_won: i64,
}

impl Tally {
    /// Counts opportunities.
    #[must_use]
    pub fn of<'a>(pipelines: &[Pipeline], facts: impl Iterator<Item = &'a Fact>) -> Self {
        let mut tally = Self::default();
        facts.for_each(|fact| tally.count(pipelines, fact));
        tally
    }

    fn count(&mut self, pipelines: &[Pipeline], fact: &Fact) {
        self.all += 1;
        match fact.outcome {
            Outcome::Open => self.open += 1,
            Outcome::Won => self.won += 1,
            Outcome::Lost => self.lost += 1,
        }
        let known = pipelines.iter().any(|one| one.id == fact.pipeline && one.records_lost());
        if known && fact.outcome != Outcome::Open {
            self.decided += 1;
            self.decided_won += i64::from(fact.outcome == Outcome::Won);
        }
        match (fact.outcome, fact.value) {
            (Outcome::Won, Some(value)) => (self.won_value, self.won_valued) = (self.won_value.saturating_add(value), self.won_valued + 1),
            (Outcome::Open, Some(value)) => {
                (self.open_value, self.open_valued) = (self.open_value.saturating_add(value), self.open_valued + 1);
            }
            _ => {}
        }
    }

    /// Won ÷ (won + lost), in tenths of a percent.
    #[must_use]
    pub fn win_rate(&self) -> Option<i64> {
        tenths(self.decided_won, self.decided)
    }

    /// Won ÷ all, in tenths of a percent.
    #[must_use]
    pub fn conversion(&self) -> Option<i64> {
        tenths(self.won, self.all)
    }

    /// What the won ones are worth; unknown where no value is known.
    #[must_use]
    pub fn worth(&self) -> Option<i64> {
        (self.won_valued > 0).then_some(self.won_value)
    }

    /// What the open ones are worth; unknown where no value is known.
    #[must_use]
    pub fn open_worth(&self) -> Option<i64> {
        (self.open_valued > 0).then_some(self.open_value)
    }

    /// What a won one is worth on average, of those with a known value.
    #[must_use]
    pub fn average(&self) -> Option<i64> {
        let half = self.won_valued / 2;
        self.won_value.saturating_add(half).checked_div(self.won_valued)
    }
}

/// Opportunities by a label, those with most won first; none stands for those without one.
#[must_use]
pub fn breakdown(pipelines: &[Pipeline], facts: &[Fact], by: By) -> Vec<(Option<String>, Tally)> {
    let mut groups: BTreeMap<Option<&String>, Tally> = BTreeMap::new();
    for fact in facts {
        groups.entry(by.of(fact)).or_default().count(pipelines, fact);
    }
    let mut rows: Vec<(Option<String>, Tally)> = groups.into_iter().map(|(label, tally)| (label.cloned(), tally)).collect();
    rows.sort_by(|a, b| (a.0.is_none(), -a.1.won, -a.1.all).cmp(&(b.0.is_none(), -b.1.won, -b.1.all)).then_with(|| a.0.cmp(&b.0)));
    rows
}
