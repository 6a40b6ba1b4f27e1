//! Sums per day, kept beside the lines: what a day's figures are read from, however many lines there are.

pub(crate) mod sql;

use crate::{Backend, Error};
use std::collections::BTreeSet;

/// Sums that are kept and not what the lines come to: none, unless something is wrong.
///
/// # Errors
/// When the database fails.
pub async fn drift(backend: &Backend) -> Result<usize, Error> {
    let mut conn = backend.read().await?;
    let (kept, counted) = (sql::days(&mut conn).await?, sql::days_from_lines(&mut conn).await?);
    let totals = differing(sql::kept_totals(&mut conn).await?, sql::totals(&counted));
    Ok(differing(kept, counted) + totals)
}

fn differing<T: Ord>(kept: Vec<T>, counted: Vec<T>) -> usize {
    let (kept, counted): (BTreeSet<T>, BTreeSet<T>) = (kept.into_iter().collect(), counted.into_iter().collect());
    kept.symmetric_difference(&counted).count()
}
