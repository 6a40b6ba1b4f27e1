//! What a cube is made of: facts about sales, signed so that one can be taken back, and the eight measures a cell sums.

use super::query::Dimension;
use crate::calendar::Day;
use crate::ids::{BranchId, ClientId, ProductId, RepId};
use serde::{Deserialize, Serialize};

/// One line of a sale or a return, or several of the same keys; below zero lines where it is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// The business day it counts for.
    pub day: Day,
    /// Where it was sold.
    pub branch: Option<BranchId>,
    /// Who sold it.
    pub rep: Option<RepId>,
    /// What.
    pub product: Option<ProductId>,
    /// To whom; nobody known when absent.
    pub customer: Option<ClientId>,
    /// Lines it stands for.
    pub lines: i64,
    /// Transactions that begin with it: one of the first line of a document on a day, and of a line without a document; otherwise none.
    pub transactions: i64,
    /// Units that went out less those that came back, in thousandths.
    pub units: i64,
    /// What they came to before returns, minor units.
    pub gross: i64,
    /// What was given back, minor units; below zero in a line that was not taken back.
    pub returns: i64,
    /// What they cost, minor units; unknown when absent, which is not zero.
    pub cost: Option<i64>,
}

impl Fact {
    /// The same with every sign turned: what takes this fact out of a cube again.
    #[must_use]
    pub fn taken_back(self) -> Self {
        Self {
            lines: self.lines.saturating_neg(),
            transactions: self.transactions.saturating_neg(),
            units: self.units.saturating_neg(),
            gross: self.gross.saturating_neg(),
            returns: self.returns.saturating_neg(),
            cost: self.cost.map(i64::saturating_neg),
            ..self
        }
    }

    /// The eight measures. `net` of the cost's unknown lines cannot overflow once [`Bounds`] has let the fact in.
    pub(super) fn sums(&self) -> Sums {
        let mut sums = [0; MEASURES];
        sums[LINES] = self.lines;
        sums[TRANSACTIONS] = self.transactions;
        sums[UNITS] = self.units;
        sums[GROSS] = self.gross;
        sums[RETURNS] = self.returns;
        match self.cost {
            Some(cost) => sums[COST] = cost,
            None => (sums[UNKNOWN_NET], sums[UNKNOWN_LINES]) = (self.gross + self.returns, self.lines),
        }
        sums
    }
}

/// How many measures a cell has.
pub(super) const MEASURES: usize = 8;
/// Lines.
pub(super) const LINES: usize = 0;
/// Units, thousandths.
pub(super) const UNITS: usize = 1;
/// Gross revenue, minor units.
pub(super) const GROSS: usize = 2;
/// Returns, minor units.
pub(super) const RETURNS: usize = 3;
/// Cost of the lines whose cost is known, minor units.
pub(super) const COST: usize = 4;
/// Net sales of the lines whose cost is unknown: nearly always zero, so that it takes no room.
pub(super) const UNKNOWN_NET: usize = 5;
/// Lines whose cost is unknown.
pub(super) const UNKNOWN_LINES: usize = 6;
/// Transactions.
pub(super) const TRANSACTIONS: usize = 7;

/// The measures of a cell.
pub(super) type Sums = [i64; MEASURES];

/// Adds cell by cell; [`Bounds`] keeps every sum within `i64`.
pub(super) fn plus(into: &mut Sums, more: &Sums) {
    for (sum, value) in into.iter_mut().zip(more) {
        *sum += value;
    }
}

/// How large the amounts of a cube are together. While each total of absolute values fits `i64`, no sum of any part of them can overflow, and the
/// engine adds without looking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    money: u64,
    units: u64,
    lines: u64,
}

impl Bounds {
    /// Counts a fact in.
    ///
    /// # Errors
    /// When a sum could overflow.
    pub fn add(&mut self, fact: &Fact) -> Result<(), Refused> {
        let unknown = fact.gross.checked_add(fact.returns).ok_or(Refused::TooLarge)?;
        let last = fact.cost.map_or([unknown, fact.lines], |cost| [cost, 0]);
        self.grow([fact.lines, last[1], fact.transactions], fact.units, [fact.gross, fact.returns, last[0], 0])
    }

    /// As [`Bounds::add`], of all that others count.
    pub fn add_all(&mut self, more: Self) -> Result<(), Refused> {
        let within = |a: u64, b: u64| a.checked_add(b).filter(|total| *total <= i64::MAX as u64).ok_or(Refused::TooLarge);
        let (money, units) = (within(self.money, more.money)?, within(self.units, more.units)?);
        *self = Self { money, units, lines: within(self.lines, more.lines)? };
        Ok(())
    }

    /// As [`Bounds::add`], of a cell.
    pub fn add_cell(&mut self, sums: &Sums) -> Result<(), Refused> {
        self.grow(
            [sums[LINES], sums[UNKNOWN_LINES], sums[TRANSACTIONS]],
            sums[UNITS],
            [sums[GROSS], sums[RETURNS], sums[COST], sums[UNKNOWN_NET]],
        )
    }

    fn grow(&mut self, lines: [i64; 3], units: i64, money: [i64; 4]) -> Result<(), Refused> {
        let within = |total: u64, value: i64| {
            total.checked_add(value.unsigned_abs()).filter(|total| *total <= i64::MAX as u64).ok_or(Refused::TooLarge)
        };
        let mut grown = *self;
        for lines in lines {
            grown.lines = within(grown.lines, lines)?;
        }
        grown.units = within(grown.units, units)?;
        for amount in money {
            grown.money = within(grown.money, amount)?;
        }
        *self = grown;
        Ok(())
    }
}

/// Why facts do not go into a cube; it stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The amounts together leave `i64`: there is no exact sum, so there is none.
    TooLarge,
    /// A fact names somebody or something the dictionaries do not hold.
    Unknown(Dimension),
    /// A fact is taken back that was never there, or not so: the cube is to be built anew from the rows.
    OutOfStep,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the amounts together are too large to be summed exactly: look for a line with a wrong amount"),
            Self::Unknown(dimension) => write!(f, "a fact names a {} that the dictionaries do not hold", dimension.code()),
            Self::OutOfStep => f.write_str("a fact is taken back that the cube does not hold: build it anew from the rows"),
        }
    }
}

impl std::error::Error for Refused {}
