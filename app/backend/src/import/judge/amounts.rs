//! Amounts of products and budgets: read exactly, in the company's currency, rounded once to its minor unit.

use super::Scene;
use crate::import::tally::{Counter, Notice};
use domain::Rejections;
use domain::decimal::Decimal;
use intake::mapping::cells::Cells;

/// Refuses a row in another currency than the company's.
pub fn currency(scene: &Scene, cells: Cells<'_>, bad: &mut Rejections) {
    let (said, own) = (scene.bound.text("currency", cells), scene.company.currency);
    if !said.is_empty() && !said.eq_ignore_ascii_case(own.code()) {
        bad.add("currency", "other_currency", format!("The company's currency is {}: convert the amounts first.", own.code()));
    }
}

/// A field's amount in minor units; `None` where nothing stands, or what stands there was noted in `bad`.
pub fn minor(scene: &Scene, field: &str, (line, cells): (u64, Cells<'_>), counter: &mut Counter, bad: &mut Rejections) -> Option<i64> {
    let digits = scene.company.currency.digits();
    let exact = scene.bound.field(field)?.number(cells).map_err(|words| bad.add(field, "not_a_number", words)).ok()??;
    let Some(minor) = exact.rounded(digits) else {
        bad.add(field, "too_large", "The amount is larger than can be kept.");
        return None;
    };
    if Decimal::minor(minor, digits) != exact {
        counter.note(line, Notice::Rounded(field.to_owned()));
    }
    Some(minor)
}
