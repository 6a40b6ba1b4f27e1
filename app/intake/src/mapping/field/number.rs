//! A field as a number: factors multiplied, discounts let off, and what keeps it from being one.

use super::{Field, From};
use crate::mapping::cells::Cells;
use crate::{Holds, clean};
use domain::decimal::{Decimal, NotANumber, Notation};

impl Field {
    /// The field as a number, exactly: factors multiplied, the discount let off. `None` when nothing stands there.
    ///
    /// # Errors
    /// What is no number, and what to do.
    pub fn number(&self, cells: Cells<'_>) -> Result<Option<Decimal>, String> {
        self.worked_out(cells).map_err(|wrong| wrong.words())
    }

    /// What keeps it from being a number.
    #[must_use]
    pub fn wrong(&self, cells: Cells<'_>) -> Option<Wrong> {
        self.worked_out(cells).err()
    }

    fn worked_out(&self, cells: Cells<'_>) -> Result<Option<Decimal>, Wrong> {
        let value = match &self.from {
            From::Product(all) if all.iter().all(|i| cells.get(*i).is_empty()) => None,
            From::Product(all) => {
                let mut product = Decimal::whole(1);
                for index in all {
                    product = self.times(cells, product, self.factor(cells, *index, &self.number)?)?;
                }
                Some(product)
            }
            _ => self.single(cells)?,
        };
        let discount = self.discount.filter(|index| !cells.get(*index).is_empty());
        let value = match (value, discount) {
            (Some(value), Some(index)) => Some(self.times(cells, value, self.left(cells, index)?)?),
            (value, _) => value,
        };
        match (value, self.less.filter(|index| !cells.get(*index).is_empty())) {
            (Some(value), Some(index)) => self.lessened(cells, value, index).map(Some),
            _ => Ok(value),
        }
    }

    /// What is left of an amount: of something that came back, below zero, what was let off comes back as well.
    fn lessened(&self, cells: Cells<'_>, value: Decimal, index: usize) -> Result<Decimal, Wrong> {
        let off = self.factor(cells, index, &self.number)?;
        let wrong = |why| Wrong { why, column: Some(index) };
        let left = value.plus(off.negated()).ok_or_else(|| wrong(Why::Number(NotANumber::TooLong)))?;
        let beyond = !left.is_zero() && left.is_negative() != value.is_negative();
        let other_way = !off.is_zero() && off.is_negative() != value.is_negative();
        if beyond || other_way { Err(wrong(Why::Less)) } else { Ok(left) }
    }

    /// The number of a field that is no product. A cell that stands for itself may be a number of a workbook.
    fn single(&self, cells: Cells<'_>) -> Result<Option<Decimal>, Wrong> {
        let text = self.read(cells).0;
        if text.is_empty() {
            return Ok(None);
        }
        let column = self.filled(cells);
        let number = column.filter(|index| cells.holds(*index) == Holds::Number && cells.get(*index) == text);
        let holds = if number.is_some() { Holds::Number } else { Holds::Text };
        parse(&text, holds, &self.number).map(Some).map_err(|why| Wrong { why, column })
    }

    fn factor(&self, cells: Cells<'_>, index: usize, notation: &Notation) -> Result<Decimal, Wrong> {
        parse(&cells.get(index), cells.holds(index), notation).map_err(|why| Wrong { why, column: Some(index) })
    }

    /// What a discount leaves of the whole.
    fn left(&self, cells: Cells<'_>, index: usize) -> Result<Decimal, Wrong> {
        let wrong = |why| Wrong { why, column: Some(index) };
        let part = if self.percent {
            let notation = Notation { unit: Some("%".to_owned()), ..self.number.clone() };
            self.factor(cells, index, &notation)?.times(Decimal::minor(1, 2)).ok_or_else(|| wrong(Why::Number(NotANumber::TooLong)))?
        } else {
            self.factor(cells, index, &self.number).map_err(|one| match one.why {
                Why::Number(NotANumber::Sign('%')) => wrong(Why::Discount),
                _ => one,
            })?
        };
        let left = part.complement().ok_or_else(|| wrong(Why::Number(NotANumber::TooLong)))?;
        if part.is_negative() || left.is_negative() { Err(wrong(Why::Discount)) } else { Ok(left) }
    }

    /// A product of cells: exact, unless one of them is a number of a workbook, which is not.
    fn times(&self, cells: Cells<'_>, one: Decimal, other: Decimal) -> Result<Decimal, Wrong> {
        let number = |index: &usize| cells.holds(*index) == Holds::Number;
        let product = if self.columns().iter().chain(&self.discount).any(number) { one.times_nearest(other) } else { one.times(other) };
        product.ok_or(Wrong { why: Why::Number(NotANumber::TooLong), column: None })
    }
}

/// Why a field is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A spreadsheet could not work the cell out.
    Unworked,
    /// It is none as numbers are written.
    Number(NotANumber),
    /// It is a discount, and no part of the whole.
    Discount,
    /// It is let off, and more than there is, or to the other side of zero.
    Less,
}

/// What keeps a field from being a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Why.
    pub why: Why,
    /// The column, where it is one.
    pub column: Option<usize>,
}

impl Wrong {
    /// For people: what to do.
    fn words(self) -> String {
        match self.why {
            Why::Unworked => clean::NOT_WORKED_OUT.to_owned(),
            Why::Number(wrong) => wrong.words(),
            Why::Less => "What is let off is an amount from nought to the whole, below zero only where the whole is: correct it.".to_owned(),
            Why::Discount => {
                "A discount is a part of the whole, from 0 to 1, where 0.1 is 10 %: correct it, or say that discounts are in percent (in a mapping file: \
                 percent = true)."
                    .to_owned()
            }
        }
    }
}

fn parse(text: &str, holds: Holds, notation: &Notation) -> Result<Decimal, Why> {
    let read = if holds == Holds::Number { Decimal::nearest(text) } else { Decimal::parse(text, notation) };
    read.map_err(|wrong| if clean::not_worked_out(text) { Why::Unworked } else { Why::Number(wrong) })
}
