//! Sales: lines as they were brought in, products, sums per day.

pub(crate) mod bought;
mod export;
pub(crate) mod labels;
pub mod lines;
pub mod products;
pub(crate) mod sql;

pub use export::{HEADER, export};

use crate::{Backend, Error};

/// The lines that count: how many, and what they come to net in minor units.
///
/// # Errors
/// When the database fails.
pub async fn total(backend: &Backend) -> Result<(i64, i64), Error> {
    sql::count_visible(&mut backend.read().await?).await
}

/// Days whose kept sums are not what their lines come to: none, unless something is wrong.
///
/// # Errors
/// When the database fails.
pub async fn drift(backend: &Backend) -> Result<usize, Error> {
    let mut conn = backend.read().await?;
    let (mut kept, mut counted) = (sql::days(&mut conn).await?, sql::days_from_lines(&mut conn).await?);
    kept.sort();
    counted.sort();
    let (kept, counted): (std::collections::BTreeSet<_>, std::collections::BTreeSet<_>) =
        (kept.into_iter().collect(), counted.into_iter().collect());
    Ok(kept.symmetric_difference(&counted).count())
}
