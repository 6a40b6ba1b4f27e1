//! The filter by segment: customers of the caller's scope by segment, and slices narrowed to them.

use super::{Unanswered, held, sql};
use crate::{Backend, Error};
use domain::Rejections;
use domain::cube::Dimension;
use domain::people::{Caller, Scope};
use domain::segments::{Filters, SEGMENT, Segments};
use std::collections::HashSet;

/// The segments of the customers a caller sees sales to.
///
/// # Errors
/// When the database fails.
pub async fn segments(backend: &Backend, caller: &Caller) -> Result<Segments, Error> {
    let (cube, scope) = (held::current(backend).await?, caller.scope());
    let all = sql::segments_unscoped(&mut backend.read().await?).await?;
    let seen = move || {
        let seen: HashSet<String> = cube.labels(Dimension::Customer, scope).into_iter().collect();
        Segments::of(all.into_iter().filter(|(_, customer)| scope == Scope::All || seen.contains(customer)))
    };
    tokio::task::spawn_blocking(seen).await.map_err(Error::internal)
}

/// Puts customers in the place of segments wherever there are any.
pub(super) async fn resolve(backend: &Backend, all: Vec<&mut Filters>) -> Result<(), Error> {
    if !all.iter().any(|filters| filters.contains_key(SEGMENT)) {
        return Ok(());
    }
    // the cube narrows to the caller's scope by itself
    let segments = Segments::of(sql::segments_unscoped(&mut backend.read().await?).await?);
    all.into_iter().for_each(|filters| segments.resolve(filters));
    Ok(())
}

/// Segments that words of refusal name at most.
const NAMED: usize = 20;

/// The same for a question in which a segment is named by hand: one that none of the customers a caller sees sales to is of is refused.
///
/// # Errors
/// `Asked` with the segment that is unknown.
pub(super) async fn resolve_known(backend: &Backend, caller: &Caller, filters: &mut Filters) -> Result<(), Unanswered> {
    if let Some(known) = known(backend, caller, filters, SEGMENT).await? {
        known.resolve(filters);
    }
    Ok(())
}

/// Refuses the filters of a slice in which a segment is named that none of the customers a caller sees sales to is of.
///
/// # Errors
/// `Asked` with the segment that is unknown.
pub async fn refuse_unknown(backend: &Backend, caller: &Caller, filters: &Filters) -> Result<(), Unanswered> {
    known(backend, caller, filters, &format!("filters.{SEGMENT}")).await.map(drop)
}

/// The segments there are, where some are named and each of them is one.
async fn known(backend: &Backend, caller: &Caller, filters: &Filters, field: &str) -> Result<Option<Segments>, Unanswered> {
    let Some(asked) = filters.get(SEGMENT) else { return Ok(None) };
    let known = segments(backend, caller).await?;
    let names = known.names();
    if let Some(unknown) =
        asked.iter().map(|label| label.as_deref().unwrap_or_default()).find(|label| !names.iter().any(|name| name == label))
    {
        let write = match &names[..] {
            [] => "no customer has one, leave it out".to_owned(),
            few if few.len() <= NAMED => format!("write one of {}", few.join(", ")),
            many => format!("write one as clients have it, {} or another", many[..NAMED].join(", ")),
        };
        return Err(Unanswered::Asked(Rejections::one(field, "unknown", format!("No customer is of the segment “{unknown}”: {write}."))));
    }
    Ok(Some(known))
}
