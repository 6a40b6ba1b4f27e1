//! Opportunities as they were brought in: listed page by page, and counted in funnels, rates and cycles, out of what the caller sees and nothing else.

pub(crate) mod sql;

use crate::{Backend, Error};
use domain::Day;
use domain::ids::OpportunityId;
use domain::opportunities::{Fact, OpportunityItem, Pipeline, Query};
use domain::people::Caller;

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
