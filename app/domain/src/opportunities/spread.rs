//! How opportunities spread: over the days they took, over the age of open ones, over the activities before they ended.

use super::figures::{Fact, Tally};
use super::pipeline::{Outcome, Pipeline};
use crate::Day;

/// A quarter, half and three quarters of some days lie within these, in tenths of a day: between the two nearest of them, by their distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quartiles {
    /// How many there are.
    pub count: i64,
    /// A quarter.
    pub lower: i64,
    /// Half.
    pub median: i64,
    /// Three quarters.
    pub upper: i64,
}

/// How long those that ended took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cycle {
    /// All that ended.
    pub ended: Option<Quartiles>,
    /// Won ones.
    pub won: Option<Quartiles>,
    /// Lost ones.
    pub lost: Option<Quartiles>,
    /// Ended ones without a day of beginning or end: in none of these.
    pub undated: i64,
}

/// How long those that ended took.
#[must_use]
pub fn cycle(facts: &[Fact]) -> Cycle {
    let (mut won, mut lost, mut undated) = (Vec::new(), Vec::new(), 0);
    for fact in facts.iter().filter(|fact| fact.outcome != Outcome::Open) {
        match (fact.engaged_on.zip(fact.closed_on), fact.outcome) {
            (None, _) => undated += 1,
            (Some((from, to)), Outcome::Won) => won.push(i64::from(to.since(from))),
            (Some((from, to)), _) => lost.push(i64::from(to.since(from))),
        }
    }
    let all = won.iter().chain(&lost).copied().collect();
    Cycle { ended: quartiles(all), won: quartiles(won), lost: quartiles(lost), undated }
}

fn quartiles(mut days: Vec<i64>) -> Option<Quartiles> {
    days.sort_unstable();
    let last = days.len().checked_sub(1)?;
    let at = |quarters: usize| {
        let (place, rest) = (last * quarters / 4, last * quarters % 4);
        let low = days.get(place).copied().unwrap_or(0);
        let high = days.get(place + 1).copied().unwrap_or(low);
        // half of a tenth goes up: days are never below zero
        low * 10 + ((high - low) * 10 * rest as i64 + 2) / 4
    };
    Some(Quartiles { count: days.len() as i64, lower: at(1), median: at(2), upper: at(3) })
}

/// A span of numbers with what lies in it; none for what has no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The least and the most of it; without end where there is no most.
    pub span: Option<(i64, Option<i64>)>,
    /// What lies in it.
    pub tally: Tally,
}

/// Days since open ones began.
pub const AGES: [(i64, Option<i64>); 5] = [(0, Some(30)), (31, Some(60)), (61, Some(90)), (91, Some(180)), (181, None)];
/// Activities.
const COUNTS: [(i64, Option<i64>); 6] = [(0, Some(0)), (1, Some(1)), (2, Some(2)), (3, Some(4)), (5, Some(9)), (10, None)];

/// Open ones by age; one that begins after `today` is of no age yet, which is 0 days.
#[must_use]
pub fn ages(pipelines: &[Pipeline], facts: &[Fact], today: Day) -> Vec<Band> {
    let age = |fact: &Fact| fact.engaged_on.map(|day| i64::from(today.since(day)).max(0));
    bands(pipelines, facts, &AGES, |fact| fact.outcome == Outcome::Open, age)
}

/// All by activities before they ended; nothing where nobody had any.
#[must_use]
pub fn activities(pipelines: &[Pipeline], facts: &[Fact]) -> Vec<Band> {
    if !facts.iter().any(|fact| fact.activities.is_some_and(|count| count > 0)) {
        return Vec::new();
    }
    bands(pipelines, facts, &COUNTS, |_| true, |fact| fact.activities)
}

/// Every span with those in it, and those without a number where there are any; nothing of nothing.
fn bands(
    pipelines: &[Pipeline],
    facts: &[Fact],
    spans: &[(i64, Option<i64>)],
    counts: impl Fn(&Fact) -> bool,
    number: impl Fn(&Fact) -> Option<i64>,
) -> Vec<Band> {
    let within = |span: Option<(i64, Option<i64>)>, n: Option<i64>| match (span, n) {
        (None, None) => true,
        (Some((least, most)), Some(n)) => n >= least && most.is_none_or(|most| n <= most),
        _ => false,
    };
    let band = |span| {
        let inside = facts.iter().filter(|fact| counts(fact) && within(span, number(fact)));
        Band { span, tally: Tally::of(pipelines, inside) }
    };
    let all: Vec<Band> = spans.iter().map(|span| band(Some(*span))).collect();
    let rest = Some(band(None)).filter(|band| band.tally.all > 0);
    let any = rest.is_some() || all.iter().any(|band| band.tally.all > 0);
    if any { all.into_iter().chain(rest).collect() } else { Vec::new() }
}
