//! Opportunities as they were brought in: listed page by page, and counted in funnels, rates and cycles, out of what the caller sees and nothing else.

pub(crate) mod sql;

use crate::{Backend, Error};
use domain::Day;
use domain::ids::OpportunityId;
use domain::opportunities::{Fact, OpportunityItem, Pipeline, Query};
use domain::people::Caller;
use std::collections::BTreeSet;

/// Opportunities of one page at most.
pub const LIMIT_MAX: u32 = 500;

/// Where an opportunity stands in lists: the latest first, those without a day last.
pub type Place = (Option<Day>, OpportunityId);

/// What figures are made of.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Every pipeline.
    pub pipelines: Vec<Pipeline>,
    /// What the query leaves.
    pub facts: Vec<Fact>,
    /// Opportunities it would leave as well had they a day of beginning; nothing where no days are asked for.
    pub undated: i64,
    /// Opportunities it would leave as well had they a client with a segment; nothing where no segment is asked for.
    pub unsegmented: i64,
    /// Whether the caller sees any opportunity at all.
    pub any: bool,
    /// The business day.
    pub today: Day,
}

/// What the opportunities a caller sees can be narrowed to, each by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Branches.
    pub branches: BTreeSet<String>,
    /// Reps.
    pub reps: BTreeSet<String>,
    /// Product lines.
    pub lines: BTreeSet<String>,
    /// Item groups.
    pub groups: BTreeSet<String>,
    /// Pipelines.
    pub pipelines: BTreeSet<String>,
    /// The first and the last day one began on; none where no day is known.
    pub days: Option<(Day, Day)>,
    /// The last day one began or ended on: how far the data goes.
    pub until: Option<Day>,
}

/// What the opportunities the caller sees can be narrowed to.
///
/// # Errors
/// When the database fails.
pub async fn held(backend: &Backend, caller: &Caller) -> Result<Held, Error> {
    let asked = sql::Asked { query: Query::default(), today: today(backend).await? };
    let mut conn = backend.read().await?;
    let mut held = Held::default();
    for ([pipeline, branch, rep, line, group], days, until) in sql::held(&mut conn, caller, &asked).await? {
        held.pipelines.extend(pipeline);
        held.branches.extend(branch);
        held.reps.extend(rep);
        held.lines.extend(line);
        held.groups.extend(group);
        held.until = held.until.max(until);
        held.days = match (held.days, days) {
            (Some(all), Some(days)) => Some((all.0.min(days.0), all.1.max(days.1))),
            (all, days) => all.or(days),
        };
    }
    Ok(held)
}

/// The next opportunities the caller sees, behind a place.
///
/// # Errors
/// `Rejected` when the query cannot be answered.
pub async fn list(
    backend: &Backend,
    caller: &Caller,
    query: Query,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<OpportunityItem>, Error> {
    let asked = sql::Asked { query: query.judged()?, today: today(backend).await? };
    let mut conn = backend.read().await?;
    let pipelines = sql::pipelines(&mut conn).await?;
    sql::list(&mut conn, caller, &asked, &pipelines, Some((after, limit.clamp(1, LIMIT_MAX)))).await
}

/// How many opportunities a query leaves of those the caller sees.
///
/// # Errors
/// As [`list`].
pub async fn count(backend: &Backend, caller: &Caller, query: Query) -> Result<i64, Error> {
    let asked = sql::Asked { query: query.judged()?, today: today(backend).await? };
    let mut conn = backend.read().await?;
    let pipelines = sql::pipelines(&mut conn).await?;
    sql::count(&mut conn, caller, &asked, &pipelines).await
}

/// What the figures of a query are made of.
///
/// # Errors
/// As [`list`].
pub async fn facts(backend: &Backend, caller: &Caller, query: Query) -> Result<Facts, Error> {
    let asked = sql::Asked { query: query.judged()?, today: today(backend).await? };
    let mut conn = backend.read().await?;
    let pipelines = sql::pipelines(&mut conn).await?;
    let items = sql::list(&mut conn, caller, &asked, &pipelines, None).await?;
    let any = !items.is_empty() || sql::any(&mut conn, caller).await?;
    let (mut undated, mut unsegmented) = (0, 0);
    let but = |query: Query| sql::Asked { query, today: asked.today };
    if asked.query.without.is_none() {
        let query = asked.query.clone();
        if query.from.is_some() || query.to.is_some() {
            let dayless = Query { from: None, to: None, without: Some("day".to_owned()), ..query.clone() };
            undated = sql::count(&mut conn, caller, &but(dayless), &pipelines).await?;
        }
        if query.segment.is_some() {
            let of_none = Query { segment: None, without: Some("segment".to_owned()), ..query };
            unsegmented = sql::count(&mut conn, caller, &but(of_none), &pipelines).await?;
        }
    }
    let facts = items.into_iter().map(OpportunityItem::fact).collect();
    Ok(Facts { pipelines, facts, undated, unsegmented, any, today: asked.today })
}

async fn today(backend: &Backend) -> Result<Day, Error> {
    Ok(backend.company().await?.today(backend.now()))
}
