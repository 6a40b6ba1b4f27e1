//! Tables of the screen as paper and workbooks take them: each cell as what it is.

use super::table::{self, Table};
use backend::reports::paper::{Cell, Chart, Content, Value};
use domain::money::{Currency, grouped};
use domain::sales::UNIT_DIGITS;

/// A table with its chart.
#[must_use]
pub fn content(chart: Option<Chart>, table: &Table, currency: Currency) -> Content {
    let row = |row: &table::Row| row.cells.iter().map(|one| cell(one, currency)).collect();
    Content { chart, heads: table.heads.iter().map(|head| (*head).to_owned()).collect(), rows: table.rows.iter().map(row).collect() }
}

/// A cell of the screen as what it is.
#[must_use]
pub fn cell(cell: &table::Cell, currency: Currency) -> Cell {
    if !cell.number {
        return Cell { words: cell.plain.clone(), value: Value::Text };
    }
    let Ok(parts) = cell.plain.replace('.', "").parse::<i64>() else { return Cell { words: cell.words.clone(), value: Value::Unknown } };
    let (sign, words) = cell.words.strip_prefix('+').map_or(("", cell.words.as_str()), |words| ("+", words));
    if words.starts_with(currency.code()) {
        return Cell { words: [sign, &amount(parts, currency.digits())].concat(), value: Value::Money(parts) };
    }
    // a share may say of how many it is
    let value = match (words.contains(" %"), cell.plain.split_once('.')) {
        (true, _) => Value::Share(parts),
        (false, Some((_, decimals))) => Value::Units(parts * 10_i64.pow(UNIT_DIGITS.saturating_sub(decimals.len() as u32))),
        (false, None) => Value::Count(parts),
    };
    Cell { words: cell.words.clone(), value }
}

/// `1,234.50`: in a column all have their decimals, so that they stand under each other.
fn amount(minor: i64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let part = if digits == 0 { String::new() } else { format!(".{part:0width$}", width = digits as usize) };
    [if minor < 0 { "−" } else { "" }, &grouped(whole), &part].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_it_says() {
        let kes = Currency::parse("KES").expect("three letters");
        let number = |words: &str, plain: &str| cell(&table::Cell { words: words.into(), plain: plain.into(), number: true }, kes);
        for (words, plain, shown, value) in [
            ("KES −1,234.50", "-1234.50", "−1,234.50", Value::Money(-123_450)),
            ("+KES 5.50", "5.50", "+5.50", Value::Money(550)),
            ("66.7 % of 3", "66.7", "66.7 % of 3", Value::Share(667)),
            ("12.5", "12.5", "12.5", Value::Units(12_500)),
            ("1,234.5", "1234.500", "1,234.5", Value::Units(1_234_500)),
            ("7", "7", "7", Value::Count(7)),
            ("–", "", "–", Value::Unknown),
        ] {
            assert_eq!(number(words, plain), Cell { words: shown.into(), value });
        }
        assert_eq!(cell(&table::Cell::name("=A"), kes), Cell { words: "=A".into(), value: Value::Text });
    }
}
