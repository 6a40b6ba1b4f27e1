//! Budgets as entered: one amount, a block from a spreadsheet, last year's and so much more.

use super::share;
use crate::calendar::{Day, YEAR_MIN};
use crate::decimal::{Decimal, NotANumber, Notation};
use crate::ids::RepId;
use crate::money::Currency;
use crate::sales::AMOUNT_MAX;
use serde::{Deserialize, Serialize};

/// Smallest and largest change of last year's budgets, in hundredths of a percent.
pub const CHANGE: std::ops::RangeInclusive<i32> = -10_000..=100_000;

/// The month of a budget as partners write it: `2026-05`, or its first day.
///
/// # Errors
/// What to write instead.
pub fn month(text: &str) -> Result<Day, String> {
    let words = || "A budget is for a whole month: write it YYYY-MM, like 2026-05, or as its first day, 2026-05-01.".to_owned();
    let first = if text.len() == 7 { Day::parse(&[text, "-01"].concat()) } else { Day::parse(text) };
    let month = first.ok_or_else(words)?;
    check_month(month)?;
    Ok(month)
}

/// Whether a day can be the month of a budget: the first of one, of the time business days are of.
///
/// # Errors
/// What to write instead.
pub fn check_month(month: Day) -> Result<(), String> {
    if month != month.month_start() {
        return Err("A budget is for a whole month: write its first day, YYYY-MM-01.".into());
    }
    if month.civil().0 < YEAR_MIN {
        return Err(format!("Days before {YEAR_MIN} stand for “not known” in other systems: write a month since then."));
    }
    Ok(())
}

/// An amount as typed, in minor units; none when nothing is entered. It is written as the application writes amounts, and only so: digits, a comma between
/// thousands or none at all, a point before decimals, no more of these than the currency has; the currency's code may stand before or after. So `1,200` is
/// one thousand two hundred, and `1.200`, `12,5` or `1 200` are refused rather than guessed at.
///
/// # Errors
/// What to write instead, to stand behind the place it is about.
pub fn amount(text: &str, currency: Currency) -> Result<Option<i64>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let notation = Notation { decimal: '.', group: Some(','), parentheses: false, unit: Some(currency.code().to_owned()) };
    let number = Decimal::parse(text, &notation).map_err(|why| match why {
        NotANumber::Empty | NotANumber::Sign(_) => "is no amount: write it like 1200, 1,200 or 1200.50".to_owned(),
        NotANumber::Groups => "has a comma that separates no thousands: write decimals with a point, like 1200.50".to_owned(),
        NotANumber::TooLong => "is too long".to_owned(),
    })?;
    if number.is_negative() {
        return Err("is below zero: a budget is nought or more".into());
    }
    let minor = number.rounded(currency.digits()).filter(|minor| *minor <= AMOUNT_MAX).ok_or("is more than a budget can be")?;
    // counted as written: 1.200 is most likely a thousand two hundred in another notation
    let decimals = text.split_once('.').map_or(0, |(_, part)| part.chars().filter(char::is_ascii_digit).count());
    if decimals > currency.digits() as usize {
        return Err(match currency.digits() {
            0 => format!("has decimals, and {} has none", currency.code()),
            digits => format!("has more decimals than the {digits} of {}: thousands are separated with a comma", currency.code()),
        });
    }
    Ok(Some(minor))
}

/// An amount as a field holds it: `1200`, `1200.50`.
#[must_use]
pub fn entered(minor: i64, currency: Currency) -> String {
    let digits = currency.digits();
    if minor % 10_i64.pow(digits) == 0 { (minor / 10_i64.pow(digits)).to_string() } else { Decimal::minor(minor, digits).written(digits) }
}

/// An amount as a field shows it where nobody writes: `1,200`, `1,200.50`.
#[must_use]
pub fn shown(minor: i64, currency: Currency) -> String {
    currency.words(minor).split_off(currency.code().len() + 1)
}

/// A cell of a pasted block that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its row in the grid, from 0.
    pub row: usize,
    /// Its column in the grid, from 0.
    pub column: usize,
    /// What stands there, in words: `“abc” is no amount: …`.
    pub words: String,
}

/// An amount and its place in the grid: row and column from 0. Without an amount the budget is taken away.
pub type Placed = (usize, usize, Option<i64>);

/// A block as spreadsheets copy it, tabs between columns and a line per row, laid over a grid of `size` (rows, columns) from the cell `at` on. An empty cell
/// takes a budget away. All of it, or none.
///
/// # Errors
/// Every cell that is no amount or lies outside the grid.
pub fn pasted(block: &str, at: (usize, usize), size: (usize, usize), currency: Currency) -> Result<Vec<Placed>, Vec<Refused>> {
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for (down, line) in block.trim_end_matches(['\n', '\r']).lines().enumerate() {
        for (right, cell) in line.split('\t').enumerate() {
            let (row, column) = (at.0 + down, at.1 + right);
            let cell = cell.trim();
            if row >= size.0 || column >= size.1 {
                if !cell.is_empty() {
                    let shown = short(cell);
                    refused.push(Refused {
                        row,
                        column,
                        words: format!("“{shown}” lies outside the grid: begin further up or to the left"),
                    });
                }
                continue;
            }
            match amount(cell, currency) {
                Ok(minor) => taken.push((row, column, minor)),
                Err(why) => refused.push(Refused { row, column, words: format!("“{}” {why}", short(cell)) }),
            }
        }
    }
    if refused.is_empty() { Ok(taken) } else { Err(refused) }
}

fn short(cell: &str) -> String {
    cell.chars().take(20).collect()
}

/// The same month of the next year, when `month` is the first of a month.
#[must_use]
pub fn year_later(month: Day) -> Day {
    let (year, of, _) = month.civil();
    Day::from_civil(year + 1, of, 1).unwrap_or(month)
}

/// An amount and `change` hundredths of a percent more, half away from zero to the minor unit.
#[must_use]
pub fn raised(minor: i64, change: i32) -> i64 {
    share(minor, 10_000 + i64::from(change), 10_000).min(AMOUNT_MAX)
}

/// A change as typed, in hundredths of a percent: `10`, `-2.5`.
///
/// # Errors
/// What to write instead.
pub fn change(text: &str) -> Result<i32, String> {
    let words = || format!("Percent: write {} to {} with up to two decimals, like 10 or -2.5.", CHANGE.start() / 100, CHANGE.end() / 100);
    let number = Decimal::parse(text.trim_end_matches('%'), &Notation::default()).map_err(|_| words())?;
    let change = number.rounded(2).filter(|change| Decimal::minor(*change, 2) == number);
    change.and_then(|change| i32::try_from(change).ok()).filter(|change| CHANGE.contains(change)).ok_or_else(words)
}

/// What copying a fiscal year's budgets into the next one does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Copies {
    /// How many budgets are copied.
    pub budgets: u32,
    /// How many of them replace one that is set already to something else.
    pub replaced: u32,
    /// The sum of what is copied, minor units.
    pub from_total: i64,
    /// The sum of what it becomes.
    pub to_total: i64,
}

/// Copies budgets into the next year: what is set, and what it comes to.
#[must_use]
pub fn copies(last: &[(RepId, Day, i64)], next: &[(RepId, Day, i64)], change: i32) -> (Vec<(RepId, Day, i64)>, Copies) {
    let mut told = Copies::default();
    let mut set = Vec::with_capacity(last.len());
    for (rep, month, minor) in last {
        let (month, raised) = (year_later(*month), raised(*minor, change));
        told.budgets += 1;
        told.replaced += u32::from(next.iter().any(|(of, on, known)| of == rep && *on == month && *known != raised));
        told.from_total = told.from_total.saturating_add(*minor);
        told.to_total = told.to_total.saturating_add(raised);
        set.push((*rep, month, raised));
    }
    (set, told)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use proptest::prelude::*;

    fn of(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn an_amount_is_read_as_the_application_writes_it_and_never_guessed() {
        for (text, minor) in [
            ("1200", Some(120_000)),
            ("1,200", Some(120_000)),
            ("1,234,567.5", Some(123_456_750)),
            ("KES 1,200", Some(120_000)),
            (" 0 ", Some(0)),
            ("0.05", Some(5)),
            ("", None),
        ] {
            assert_eq!(amount(text, of("KES")), Ok(minor), "{text}");
        }
        for text in
            ["1.200", "12,5", "1 200", "1.234,50", "abc", "-5", "(5)", "1e6", "12,34", "USD 5", "0.005", "99999999999999", "=A1", "."]
        {
            assert!(amount(text, of("KES")).is_err(), "{text}");
        }
        assert_eq!((amount("1,200", of("UGX")), amount("1.200", of("KWD"))), (Ok(Some(1_200)), Ok(Some(1_200))));
        assert_eq!([shown(120_050, of("KES")), shown(120_000, of("KES")), shown(1_200, of("UGX"))], ["1,200.50", "1,200", "1,200"]);
        assert_eq!(amount("1200.5", of("UGX")), Err("has decimals, and UGX has none".into()));
    }

    #[test]
    fn a_month_is_written_as_such_or_as_its_first_day() {
        let may = Day::parse("2026-05-01").unwrap();
        assert_eq!((month("2026-05"), month("2026-05-01"), month("1901-01")), (Ok(may), Ok(may), Ok(Day::parse("1901-01-01").unwrap())));
        for text in
            ["2026-05-02", "1500-05-01", "1900-12", "2026-13", "2026-5", "05/2026", "May 2026", "202605", "", "2026-05-1", "٢٠٢٦-05"]
        {
            assert!(month(text).is_err(), "{text}");
        }
        assert!(month("1500-05").unwrap_err().contains("1901"));
    }

    #[test]
    fn a_block_goes_in_whole_or_names_its_cells() {
        let at = |block: &str| pasted(block, (1, 1), (3, 3), of("KES"));
        assert_eq!(at("1\t2,000\r\n\t4\r\n"), Ok(vec![(1, 1, Some(100)), (1, 2, Some(200_000)), (2, 1, None), (2, 2, Some(400))]));
        let refused = at("1\tx\t3\n4\n5").unwrap_err();
        let cells: Vec<(usize, usize)> = refused.iter().map(|r| (r.row, r.column)).collect();
        assert_eq!(cells, [(1, 2), (1, 3), (3, 1)]);
        assert_eq!(refused[0].words, "“x” is no amount: write it like 1200, 1,200 or 1200.50");
        assert!(refused[1].words.contains("outside the grid"));
        assert!(at("1\t2\t\n").is_ok(), "an empty cell outside is nothing");
    }

    #[test]
    fn last_year_is_copied_and_raised() {
        assert_eq!(
            [change("10"), change("-2.5"), change("0"), change("7.25 %".trim_end_matches(" %"))],
            [Ok(1_000), Ok(-250), Ok(0), Ok(725)]
        );
        assert!(["", "x", "1.255", "-101", "1001", "1,5"].iter().all(|text| change(text).is_err()));
        let rep = RepId(uuid::Uuid::nil());
        let day = |text: &str| Day::parse(text).unwrap();
        let last = [(rep, day("2025-11-01"), 105), (rep, day("2025-12-01"), 1_000)];
        let next = [(rep, day("2026-11-01"), 116), (rep, day("2026-12-01"), 7)];
        let (set, told) = copies(&last, &next, 1_000);
        assert_eq!(set, [(rep, day("2026-11-01"), 116), (rep, day("2026-12-01"), 1_100)], "115.5 goes up");
        assert_eq!(told, Copies { budgets: 2, replaced: 1, from_total: 1_105, to_total: 1_216 });
    }

    proptest! {
        #[test]
        fn what_a_field_holds_reads_back_as_the_same_amount(minor in 0_i64..=AMOUNT_MAX, which in 0_usize..3) {
            let currency = of(["KES", "UGX", "KWD"][which]);
            prop_assert_eq!(amount(&entered(minor, currency), currency), Ok(Some(minor)));
            prop_assert_eq!(amount(&shown(minor, currency), currency), Ok(Some(minor)));
            prop_assert_eq!(amount(&currency.words(minor), currency), Ok(Some(minor)));
        }

        #[test]
        fn raising_by_nothing_changes_nothing_and_by_all_doubles(minor in 0_i64..1_000_000_000) {
            prop_assert_eq!((raised(minor, 0), raised(minor, 10_000), raised(minor, -10_000)), (minor, minor * 2, 0));
        }
    }
}
