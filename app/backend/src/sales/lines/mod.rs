//! Lines that count, with the names of whom and what they are about, page after page.

use crate::{Backend, Error};
use domain::Day;
use domain::ids::{BranchId, ClientId, ImportId, ProductId, RepId};
use domain::people::Caller;
use domain::sales::SaleLine;
use kept::Kept;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod kept;
pub(crate) mod sql;

/// Lines of one page at most.
pub const LIMIT_MAX: u32 = 5_000;

/// A line as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SoldLine {
    /// The import it came with.
    pub import_id: ImportId,
    /// Where its row began in the file.
    pub line: i64,
    /// What was sold.
    #[serde(flatten)]
    pub sale: SaleLine,
    /// The branch's name.
    pub branch_name: Option<String>,
    /// The rep's name.
    pub rep_name: Option<String>,
    /// The client's name.
    pub client_name: Option<String>,
    /// The client's id in its source.
    pub client_external_id: Option<String>,
    /// The product's number.
    pub product_code: Option<String>,
    /// Its name.
    pub product_name: Option<String>,
    /// Its group.
    pub item_group: Option<String>,
    /// Its line.
    pub product_line: Option<String>,
}

/// Which lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LineQuery {
    /// From this day on.
    pub from: Option<Day>,
    /// Up to this day.
    pub to: Option<Day>,
    /// Of this rep.
    pub rep: Option<RepId>,
    /// Of this branch.
    pub branch: Option<BranchId>,
    /// To this client.
    pub client: Option<ClientId>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// What is kept, as a slice of the cube is filtered: `branch rep productLine itemGroup product customer` by their labels in exports, `segment` by that
    /// of the client; none of a value keeps what has no such key, an empty list keeps all.
    pub keys: BTreeMap<String, Vec<Option<String>>>,
    /// Behind this line.
    pub after: Option<Place>,
}

/// Where a line stands in the order of lists and exports: day, import, row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place(pub Day, pub ImportId, pub i64);

impl SoldLine {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place(self.sale.day, self.import_id, self.line)
    }
}

/// What lines come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineTotal {
    /// How many.
    pub lines: i64,
    /// Σ gross, minor units.
    pub gross: i64,
    /// Σ returns, minor units, never above zero.
    pub returns: i64,
    /// Σ gross and returns less cost of the lines whose cost is known, minor units; none when no cost is.
    pub profit: Option<i64>,
}

/// What all lines of a query that the caller sees come to, whichever of them it begins behind.
///
/// # Errors
/// `Rejected` for a key there is none of, or when the database fails.
pub async fn total(backend: &Backend, caller: &Caller, query: &LineQuery) -> Result<LineTotal, Error> {
    let mut conn = backend.read().await?;
    let kept = Kept::read(&mut conn, &query.keys).await?;
    sql::total(&mut conn, caller, query, &kept).await
}

/// The next lines the caller sees, in order.
///
/// # Errors
/// As [`total`].
pub async fn lines(backend: &Backend, caller: &Caller, query: &LineQuery, limit: u32) -> Result<Vec<SoldLine>, Error> {
    if query.from.zip(query.to).is_some_and(|(from, to)| from > to) {
        return Err(Error::rejected("to", "out_of_range", "The last day lies before the first: swap them."));
    }
    let mut conn = backend.read().await?;
    let kept = Kept::read(&mut conn, &query.keys).await?;
    sql::lines(&mut conn, caller, query, &kept, limit.clamp(1, LIMIT_MAX)).await
}
