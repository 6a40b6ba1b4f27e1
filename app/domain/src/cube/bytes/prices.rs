//! Amounts as what they mostly are: whole units at some price of the product, so that a price list with discounts leaves little to write.

use crate::cube::column::{self, Column};
use crate::cube::facts::{COST, GROSS, LINES, MEASURES, RETURNS, TRANSACTIONS, UNITS, UNKNOWN_LINES, UNKNOWN_NET};
use crate::cube::table::{PRODUCT, Row};
use crate::pack::Unreadable;
use crate::pack::column::{Reader, Writer};

/// Thousandths of a unit.
const UNIT: i64 = 1_000;

/// By product code: prices per unit are `base + step × n`.
#[derive(Debug)]
pub(super) struct Prices {
    measure: usize,
    base: Vec<i64>,
    step: Vec<i64>,
}

/// Measures written by price.
pub(super) const PRICED: [usize; 2] = [GROSS, COST];

/// Whole units of a row, one at least.
fn units(row: &Row) -> i64 {
    let units = row.sums[UNITS].unsigned_abs() as i64;
    if units % UNIT == 0 { (units / UNIT).max(1) } else { 1 }
}

impl Prices {
    /// Of the amounts of these months.
    pub fn of(measure: usize, products: usize, months: impl Iterator<Item = Vec<Row>>) -> Self {
        let mut all = Self { measure, base: vec![i64::MAX; products], step: vec![0; products] };
        let mut some = vec![0; products];
        for row in months.flatten() {
            let product = row.leaves[PRODUCT] as usize;
            let price = row.sums[measure].div_euclid(units(&row));
            if all.base[product] == i64::MAX {
                some[product] = price;
            }
            all.base[product] = all.base[product].min(price);
            all.step[product] = common(all.step[product], (price - some[product]).abs());
        }
        all.base.iter_mut().filter(|base| **base == i64::MAX).for_each(|base| *base = 0);
        all.step.iter_mut().for_each(|step| *step = (*step).max(1));
        all
    }

    pub fn write(&self, w: &mut Writer) {
        w.ints(self.base.iter().copied());
        w.ints(self.step.iter().copied());
    }

    pub fn read(r: &mut Reader<'_>, measure: usize, products: usize) -> Result<Self, Unreadable> {
        Ok(Self { measure, base: r.ints(products)?, step: r.ints(products)? })
    }

    pub fn write_rows(&self, w: &mut Writer, rows: &[Row]) {
        let step = |row: &Row| {
            let product = row.leaves[PRODUCT] as usize;
            (row.sums[self.measure].div_euclid(units(row)) - self.base[product]) / self.step[product]
        };
        Column::of(&rows.iter().map(step).collect::<Vec<_>>()).write(w);
        Column::of(&rows.iter().map(|row| row.sums[self.measure].rem_euclid(units(row))).collect::<Vec<_>>()).write(w);
    }

    /// Reads steps and rests of `count` rows.
    pub fn read_rows(r: &mut Reader<'_>, count: usize, [steps, rests]: &mut [Vec<i64>; 2]) -> Result<(), Unreadable> {
        column::read(r, count, steps)?;
        column::read(r, count, rests)
    }

    /// Puts the amount into a row whose product and units are known.
    pub fn put(&self, row: &mut Row, step: i64, rest: i64) {
        let product = row.leaves[PRODUCT] as usize;
        let price = self.base[product].wrapping_add(self.step[product].wrapping_mul(step));
        row.sums[self.measure] = price.wrapping_mul(units(row)).wrapping_add(rest);
    }
}

/// The measures written as they are.
pub(super) const PLAIN: [usize; MEASURES - PRICED.len()] = [UNITS, LINES, RETURNS, UNKNOWN_NET, UNKNOWN_LINES, TRANSACTIONS];

/// The greatest common divisor; of nothing and something, something.
fn common(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
