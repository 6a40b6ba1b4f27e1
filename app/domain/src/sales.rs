//! What was sold: lines of invoices and credit notes, in minor units and thousandths of a unit; products.

use crate::calendar::Day;
use crate::decimal::Decimal;
use crate::fold::fold;
use crate::ids::{BranchId, ClientId, ProductId, RepId};
use crate::rejection::Rejections;
use crate::text::{self, NAME_MAX, WORD_MAX};
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
    /// The company's own number of it; empty of a shelf.
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

/// Largest amount that can be set by hand, a month's budget or a price, in minor units.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000_000;

/// What is said about a product: absent = stays, empty = cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductPatch {
    /// For people; the code where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Group of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_group: Option<String>,
    /// Line of products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_line: Option<String>,
    /// What one unit is listed at, minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Option<i64>>,
}

impl Product {
    /// A product of which only its code is known.
    #[must_use]
    pub fn coded(id: ProductId, code: &str) -> Self {
        Self { id, code: code.to_owned(), name: code.to_owned(), item_group: None, product_line: None, list_price: None }
    }

    /// What stands for the goods of a line and a group of which no product is said: it has no code and no name, and is shown nowhere as a product.
    #[must_use]
    pub fn shelf(id: ProductId, product_line: Option<String>, item_group: Option<String>) -> Self {
        Self { item_group, product_line, ..Self::coded(id, "") }
    }

    /// Whether this is a [`Product::shelf`].
    #[must_use]
    pub fn is_shelf(&self) -> bool {
        self.code.is_empty()
    }

    /// What no other product has.
    #[must_use]
    pub fn key(&self) -> String {
        let word = |word: &'_ Option<String>| word.clone().unwrap_or_default();
        Self::key_of(&self.code, &word(&self.product_line), &word(&self.item_group))
    }

    /// What no other product has: its code, however it is spelled; without one, line and group as they are written.
    #[must_use]
    pub fn key_of(code: &str, product_line: &str, item_group: &str) -> String {
        if code.is_empty() { format!("\u{1}{product_line}\u{1}{item_group}") } else { fold(code) }
    }

    /// With what is said about it.
    ///
    /// # Errors
    /// What is wrong with it, by field.
    pub fn edited(&self, patch: ProductPatch) -> Result<Self, Rejections> {
        let (mut product, mut bad) = (self.clone(), Rejections::default());
        text::required("code", "Code", &self.code, NAME_MAX, &mut bad);
        if let Some(name) = patch.name.and_then(|name| text::optional("name", "Name", &name, NAME_MAX, &mut bad)) {
            product.name = name;
        }
        if let Some(group) = patch.item_group {
            product.item_group = text::optional("itemGroup", "Item group", &group, WORD_MAX, &mut bad);
        }
        if let Some(line) = patch.product_line {
            product.product_line = text::optional("productLine", "Product line", &line, WORD_MAX, &mut bad);
        }
        if let Some(price) = patch.list_price {
            if price.is_some_and(|minor| !(0..=AMOUNT_MAX).contains(&minor)) {
                bad.add("listPrice", "out_of_range", "A list price is not below zero and at most ten trillion.");
            }
            product.list_price = price;
        }
        bad.or(product)
    }
}

/// A quantity in thousandths: `6`, `0.25`.
#[must_use]
pub fn units(thousandths: i64) -> String {
    let exact = Decimal::minor(thousandths, UNIT_DIGITS).to_string();
    exact.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_product_keeps_what_nothing_is_said_about_and_its_name_is_never_empty() {
        let known = Product { item_group: Some("Tools".into()), ..Product::coded(ProductId(uuid::Uuid::nil()), "A-1") };
        assert_eq!(known.name, "A-1");
        let patch = ProductPatch { name: Some(" Hammer ".into()), list_price: Some(Some(500)), ..ProductPatch::default() };
        let edited = known.edited(patch).map(|p| (p.name, p.item_group, p.list_price));
        assert_eq!(edited, Ok(("Hammer".into(), Some("Tools".into()), Some(500))));
        let cleared = ProductPatch { name: Some(String::new()), item_group: Some(String::new()), ..ProductPatch::default() };
        assert_eq!(known.edited(cleared), Ok(Product { item_group: None, ..known.clone() }));
        let wrong = ProductPatch { list_price: Some(Some(-1)), product_line: Some("x".repeat(61)), ..ProductPatch::default() };
        let fields: Vec<_> = known.edited(wrong).unwrap_err().0.into_iter().map(|r| r.field).collect();
        assert_eq!(fields, ["productLine", "listPrice"]);
    }

    #[test]
    fn a_shelf_is_known_by_its_line_and_group_and_is_no_product_of_any_code() {
        let id = ProductId(uuid::Uuid::nil());
        let shelf = |line: Option<&str>, group: Option<&str>| Product::shelf(id, line.map(str::to_owned), group.map(str::to_owned));
        let keys =
            [shelf(Some("A"), None), shelf(None, Some("A")), shelf(Some("a"), None), Product::coded(id, "A"), Product::coded(id, "?")];
        let different: std::collections::HashSet<_> = keys.iter().map(Product::key).collect();
        assert_eq!(different.len(), keys.len());
        assert!(keys[0].is_shelf() && !keys[4].is_shelf());
    }

    #[test]
    fn quantities_are_written_without_needless_noughts() {
        assert_eq!([6_000, 250, -1_500, 0, 100_000].map(units), ["6", "0.25", "-1.5", "0", "100"]);
        assert_eq!((by_sign(5), by_sign(-5), by_sign(0)), ((5, 0), (0, -5), (0, 0)));
    }
}
