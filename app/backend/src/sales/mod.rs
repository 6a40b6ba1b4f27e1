//! Sales: lines as they were brought in, products, sums per day.

pub(crate) mod bought;
mod export;
pub(crate) mod labels;
pub mod lines;
pub mod products;
pub(crate) mod sql;
pub(crate) mod sums;

pub use export::{HEADER, export};
pub use sums::drift;

use crate::{Backend, Error};

/// The lines that count: how many, and what they come to net in minor units.
///
/// # Errors
/// When the database fails.
pub async fn total(backend: &Backend) -> Result<(i64, i64), Error> {
    sql::count_visible(&mut backend.read().await?).await
}
