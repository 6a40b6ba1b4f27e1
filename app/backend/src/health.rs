//! How the system is: whether its database answers and can be written, what days there are figures of, and what was brought in last.

use crate::import::{self, Imported};
use crate::kpis::{self, Range};
use crate::{Backend, Error, targets};
use domain::Instant;
use domain::people::{Caller, Right};

/// How the system is.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// Whether everything can be read and written.
    pub ready: bool,
    /// The days of figures the caller sees, and their version.
    pub range: Range,
    /// When sales were last brought in; none when they never were.
    pub refreshed_at: Option<Instant>,
    /// The last import, of whatever; none when there is none, and for whoever has no right to import.
    pub last_import: Option<Imported>,
}

/// How the system is, as far as the caller may know.
///
/// # Errors
/// When the database fails.
pub async fn of(backend: &Backend, caller: &Caller) -> Result<Health, Error> {
    let range = kpis::range(backend, caller).await?;
    let (_, refreshed_at) = targets::sql::freshness(&mut backend.read().await?).await?;
    let imports = if caller.may(Right::Import) { import::list(backend, caller, 1).await? } else { vec![] };
    Ok(Health { ready: backend.ready().await.is_ok(), range, refreshed_at, last_import: imports.into_iter().next() })
}
