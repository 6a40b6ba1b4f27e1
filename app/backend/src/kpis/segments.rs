//! The filter by segment: customers of the caller's scope by segment, and slices narrowed to them.

use super::{held, sql};
use crate::{Backend, Error};
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
