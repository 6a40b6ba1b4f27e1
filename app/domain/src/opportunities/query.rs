//! Which opportunities: by the days they began, by labels as they are shown, by what became of them. The same in an address, over REST and on screen.

use super::figures::By;
use super::pipeline::Outcome;
use crate::Day;
use crate::rejection::Rejections;
use serde::{Deserialize, Serialize};

/// Which opportunities; nothing said is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// That began on this day or later.
    pub from: Option<Day>,
    /// That began on this day or before.
    pub to: Option<Day>,
    /// Of the rep of this name.
    pub rep: Option<String>,
    /// Of the branch of this name.
    pub branch: Option<String>,
    /// Of the product of this name.
    pub product: Option<String>,
    /// Of products of this line.
    pub product_line: Option<String>,
    /// Of products of this group.
    pub item_group: Option<String>,
    /// With the client or account of this name.
    pub customer: Option<String>,
    /// From this source.
    pub source: Option<String>,
    /// Of this sector.
    pub sector: Option<String>,
    /// With a client of this segment.
    pub segment: Option<String>,
    /// Of the pipeline of this name.
    pub pipeline: Option<String>,
    /// That came to this stage.
    pub reached: Option<String>,
    /// Of which this became.
    pub outcome: Option<Outcome>,
    /// With so many activities at least.
    pub activities_from: Option<i64>,
    /// With so many activities at most.
    pub activities_to: Option<i64>,
    /// That ended, with the days of beginning and end known.
    pub timed: bool,
    /// Without this: a code of [`By`], `day`, `segment` or `activities`; several with a comma between them.
    pub without: Option<String>,
}

impl Query {
    /// The words of [`Query::without`].
    pub const WITHOUT: [&'static str; 8] = ["rep", "branch", "product", "source", "sector", "day", "segment", "activities"];

    /// As it is, if it can be answered.
    ///
    /// # Errors
    /// Reversed days and words nothing goes by, by field.
    pub fn judged(self) -> Result<Self, Rejections> {
        let mut bad = Rejections::default();
        if self.from.zip(self.to).is_some_and(|(from, to)| to < from) {
            bad.add("to", "reversed", "The last day is before the first: swap them.");
        }
        if let Some(word) = self.withouts().find(|word| !Self::WITHOUT.contains(word)) {
            bad.add("without", "unknown", format!("Nothing goes by {word}: write one of {}.", Self::WITHOUT.join(", ")));
        }
        bad.or(self)
    }

    /// Each word of [`Query::without`].
    pub fn withouts(&self) -> impl Iterator<Item = &str> {
        self.without.iter().flat_map(|words| words.split(','))
    }

    /// What leaves nothing.
    #[must_use]
    pub fn nothing() -> Self {
        let day = Some(Day(0));
        Self { from: day, to: day, without: Some("day".to_owned()), ..Self::default() }
    }

    /// What both leave: nothing where they exclude each other.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut apart = false;
        let mut word = |mine: &Option<String>, theirs: &Option<String>| {
            apart |= mine.is_some() && theirs.is_some() && mine != theirs;
            theirs.clone().or_else(|| mine.clone())
        };
        let both = Self {
            from: self.from.max(other.from),
            to: [self.to, other.to].into_iter().flatten().min(),
            rep: word(&self.rep, &other.rep),
            branch: word(&self.branch, &other.branch),
            product: word(&self.product, &other.product),
            product_line: word(&self.product_line, &other.product_line),
            item_group: word(&self.item_group, &other.item_group),
            customer: word(&self.customer, &other.customer),
            source: word(&self.source, &other.source),
            sector: word(&self.sector, &other.sector),
            segment: word(&self.segment, &other.segment),
            pipeline: word(&self.pipeline, &other.pipeline),
            reached: word(&self.reached, &other.reached),
            outcome: other.outcome.or(self.outcome),
            activities_from: self.activities_from.max(other.activities_from),
            activities_to: [self.activities_to, other.activities_to].into_iter().flatten().min(),
            timed: self.timed || other.timed,
            without: self.both_without(other),
        };
        apart |= self.outcome.zip(other.outcome).is_some_and(|(mine, theirs)| mine != theirs);
        apart |= both.from.zip(both.to).is_some_and(|(from, to)| to < from);
        if apart { Self::nothing() } else { both }
    }

    fn both_without(&self, other: &Self) -> Option<String> {
        let more = other.withouts().filter(|word| !self.withouts().any(|mine| mine == *word));
        let all: Vec<&str> = self.withouts().chain(more).collect();
        (!all.is_empty()).then(|| all.join(","))
    }

    /// With only those of a label; of none, those without one.
    #[must_use]
    pub fn only(&self, by: By, label: Option<&str>) -> Self {
        let mut query = self.clone();
        let Some(label) = label else {
            query.without = Some(by.code().to_owned());
            return query;
        };
        *query.of(by) = Some(label.to_owned());
        query
    }

    fn of(&mut self, by: By) -> &mut Option<String> {
        match by {
            By::Rep => &mut self.rep,
            By::Branch => &mut self.branch,
            By::Product => &mut self.product,
            By::Source => &mut self.source,
            By::Sector => &mut self.sector,
        }
    }

    /// What stands in an address, name and value.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let number = |n: Option<i64>| n.map(|n| n.to_string());
        let all = [
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("rep", self.rep.clone()),
            ("branch", self.branch.clone()),
            ("product", self.product.clone()),
            ("productLine", self.product_line.clone()),
            ("itemGroup", self.item_group.clone()),
            ("customer", self.customer.clone()),
            ("source", self.source.clone()),
            ("sector", self.sector.clone()),
            ("segment", self.segment.clone()),
            ("pipeline", self.pipeline.clone()),
            ("reached", self.reached.clone()),
            ("outcome", self.outcome.map(|outcome| outcome.code().to_owned())),
            ("activitiesFrom", number(self.activities_from)),
            ("activitiesTo", number(self.activities_to)),
            ("timed", self.timed.then(|| "1".to_owned())),
            ("without", self.without.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// From an address; what cannot be read is left out.
    #[must_use]
    pub fn read(param: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name: &str| param(name).filter(|text| !text.is_empty());
        let number = |name: &str| word(name)?.parse().ok();
        let day = |name: &str| Day::parse(&word(name)?);
        Self {
            from: day("from"),
            to: day("to"),
            rep: word("rep"),
            branch: word("branch"),
            product: word("product"),
            product_line: word("productLine"),
            item_group: word("itemGroup"),
            customer: word("customer"),
            source: word("source"),
            sector: word("sector"),
            segment: word("segment"),
            pipeline: word("pipeline"),
            reached: word("reached"),
            outcome: word("outcome").and_then(|code| Outcome::parse(&code)),
            activities_from: number("activitiesFrom"),
            activities_to: number("activitiesTo"),
            timed: word("timed").is_some(),
            without: word("without"),
        }
    }
}
