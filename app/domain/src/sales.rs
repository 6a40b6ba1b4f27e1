//! What was sold: lines of invoices and credit notes, in minor units and thousandths of a unit; products.

use crate::calendar::Day;
use crate::decimal::Decimal;
use crate::ids::{BranchId, ClientId, ProductId, RepId};
use serde::{Deserialize, Serialize};

/// Decimals of a quantity that are kept.
pub const UNIT_DIGITS: u32 = 3;

/// A line of a sale or a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaleLine {
    /// The business day it counts for.
    pub day: Day,
    /// Where it was sold.
    pub branch: Option<BranchId>,
    /// Who sold it.
    pub rep: Option<RepId>,
    /// To whom; nobody known when absent.
    pub client: Option<ClientId>,
    /// What.
    pub product: Option<ProductId>,
    /// Units that went out, in thousandths.
    pub units_sold: i64,
    /// What they came to before returns, minor units; never below zero.
    pub gross: i64,
    /// Units that came back, in thousandths.
    pub units_returned: i64,
    /// What was given back for them, minor units; never above zero.
    pub returns: i64,
    /// What the line cost; unknown when absent, which is not zero.
    pub cost: Option<i64>,
    /// The invoice's or credit note's number.
    pub document: Option<String>,
}

impl SaleLine {
    /// Net sales: gross and returns.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.gross + self.returns
    }
}

/// A signed value split into what is sold (≥ 0) and what is returned.
#[must_use]
pub fn by_sign(value: i64) -> (i64, i64) {
    (value.max(0), value.min(0))
}

/// Something that is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// Identity.
    pub id: ProductId,
    /// The company's own number of it.
    pub code: String,
    /// For people.
    pub name: String,
    /// Group of items.
    pub item_group: Option<String>,
    /// Line of products.
    pub product_line: Option<String>,
    /// What one unit is listed at, minor units.
    pub list_price: Option<i64>,
}

/// A quantity in thousandths: `6`, `0.25`.
#[must_use]
pub fn units(thousandths: i64) -> String {
    let exact = Decimal::minor(thousandths, UNIT_DIGITS).to_string();
    exact.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_written_without_needless_noughts() {
        assert_eq!([6_000, 250, -1_500, 0, 100_000].map(units), ["6", "0.25", "-1.5", "0", "100"]);
        assert_eq!((by_sign(5), by_sign(-5), by_sign(0)), ((5, 0), (0, -5), (0, 0)));
    }
}
