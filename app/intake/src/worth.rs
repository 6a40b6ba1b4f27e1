//! Whether what a file calls the amount is what its quantities and prices come to: where it is, in every row looked at, nothing needs asking; where not,
//! that is asked.

use crate::Row;
use crate::amounts::Rivals;
use crate::mapping::cells::{Cells, Columns};
use crate::mapping::field::Field;
use crate::opened::Found;
use domain::Rejections;
use domain::decimal::Decimal;

/// Rows looked at.
const LOOKED_AT: u64 = 2_000;
/// By how many hundredths the two may differ.
const APART: i64 = 1;

/// Whether the amounts of a file are its quantities times its prices, less a discount it knows; `None` where no row has both.
///
/// # Errors
/// A file that cannot be read on.
pub fn agrees(rivals: &Rivals, found: &Found) -> Result<Option<bool>, Rejections> {
    let mut columns = Columns::new(found.names());
    let mut bind = |spec| Field::bind(spec, &mut columns).ok();
    let (Some(column), products) = (bind(&rivals.column.0), rivals.products.iter().filter_map(|spec| bind(&spec.0)).collect::<Vec<_>>())
    else {
        return Ok(None);
    };
    let blanks = crate::clean::Blanks::new(None);
    let mut may = vec![true; products.len()];
    let (mut rows, mut row, mut seen, mut compared) = (found.rows()?, Row::new(), 0, 0);
    while seen < LOOKED_AT && rows.next(&mut row)? {
        seen += 1;
        let cells = Cells { row: &row, blanks: &blanks };
        let Ok(Some(amount)) = column.number(cells) else { continue };
        let all: Vec<_> = products.iter().map(|product| product.number(cells).ok().flatten()).collect();
        if all.iter().all(Option::is_none) {
            continue;
        }
        compared += 1;
        for (may, product) in may.iter_mut().zip(all) {
            *may &= product.is_some_and(|product| near(amount, product));
        }
    }
    Ok((compared > 0).then(|| may.contains(&true)))
}

fn near(one: Decimal, other: Decimal) -> bool {
    let apart = |a: Decimal, b: Decimal| a.plus(b.negated()).and_then(|apart| Decimal::minor(APART, 2).plus(apart.negated()));
    [apart(one, other), apart(other, one)].iter().all(|left| left.is_some_and(|left| !left.is_negative()))
}
