//! A page of rows in the order of their changes, for partners who follow a table.

use crate::Error;
use crate::db::Built;
use domain::Instant;
use uuid::Uuid;

/// Which page: everything behind `after`, edited at or after `updated_since`.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// Only rows edited at or after this instant.
    pub updated_since: Option<Instant>,
    /// Version and id of the last row of the page before.
    pub after: Option<(i64, Uuid)>,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// Rows of one page at most.
pub(crate) const LIMIT_MAX: u32 = 500;

impl Since {
    /// `tuple` is a fragment like `(c.version, c.id) > (`, `changed` one like ` and c.changed_at >= `.
    pub(crate) fn narrow(self, query: &mut Built, tuple: &'static str, changed: &'static str) -> Result<(), Error> {
        let (version, id) = self.after.unwrap_or((-1, Uuid::nil()));
        query.value(tuple, version)?.value(", ", id)?.push(")");
        if let Some(since) = self.updated_since {
            query.value(changed, since.0)?;
        }
        Ok(())
    }

    /// `order` is a fragment like ` order by c.version, c.id limit `.
    pub(crate) fn finish(self, query: &mut Built, order: &'static str) -> Result<(), Error> {
        query.value(order, i64::from(self.limit.clamp(1, LIMIT_MAX))).map(drop)
    }
}
