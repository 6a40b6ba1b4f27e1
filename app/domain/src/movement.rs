//! “Why did it move?”: the change of net sales or gross profit between two spans of days, split exactly into its causes and those into names.
//!
//! Price–volume–mix analysis on the finest grain there is, a customer's purchases of a product. Volume and mix are the sales-quantity and sales-mix
//! variances, price the selling-price variance of Horngren, Datar and Rajan, *Cost Accounting*, an earlier span standing for the budget. *Before* and *now*
//! are the two spans. A customer **bought** in a span when the gross revenue there is not zero; lines of nobody known are those of one customer without
//! a name. Every cause is a sum over cells (customer, product), where
//!
//! - `g`, `r`: gross revenue and returns, `n = g + r`; `c`: cost, net of what came back, zero when net sales are split; `u`: units less those that came back;
//! - a **price** `n ÷ u`, what came back being in neither, where both are above zero: of the cell, otherwise of the product over all customers, otherwise
//!   none; `q = g ÷ price`: units before returns, which is `u` where nothing came back; zero without a price;
//! - `v = q now × price before`, rounded half away from zero to the minor unit: what was bought now at the price before; `v = g now` where either span
//!   has no price, a product being new, gone, or sold without units;
//! - `w = u now × unit cost before` likewise; `w = c now` where there is none.
//!
//! The causes, together the change to the minor unit whatever is rounded in them:
//!
//! | cause | of customers who bought | is the sum of |
//! |---|---|---|
//! | price | in both spans | `g now − v` |
//! | cost | in both spans | `w − c now`: a unit that costs more is below zero |
//! | volume | in both spans | `(Σq now − Σq before) × Σ(g − c) before ÷ Σq before`: all units, at what one brought on average before |
//! | mix | in both spans | `(v − w) − (g − c) before`, less volume: units moved to products, or to customers, that bring more or less; what has no units |
//! | won | only now | `(g − c) now` |
//! | lost | only before | `−(g − c) before` |
//! | returns | anybody | `r now − r before`; and, of a span in which a customer bought nothing, `g − c`, which is the cost of what came back |
//!
//! Volume is rounded once, half away from zero, and dealt out to names by the largest remainder; equal remainders go in the order of names (Hamilton's
//! method). Where prices are so absurd that amounts would leave `i64`, nothing is compared: price, cost and volume are zero, mix is what they would have been.
//!
//! **Unknown cost.** The gross profit is over the lines whose cost is known, and so is its split; both spans say how much of their net sales that is
//! ([`Span::known_net`]). Where only some lines of a cell have a cost, the net of the others is taken from its gross revenue when above zero, otherwise
//! from its returns, and its units are taken in proportion to net sales. Lines that lack a cost in one span alone look like purchases that began or ended,
//! and so show under volume and mix.

mod cells;
mod names;
mod question;
mod tally;
mod work;

pub use names::{Named, Names};
pub use question::{NAMES_MAX, Question, QuestionDraft};
pub use tally::Tally;
pub use work::{Split, Work};

use crate::calendar::Day;
use crate::cube::{Cube, Metric, TooManyGroups};
use crate::people::Scope;
use serde::{Deserialize, Serialize};

/// Which figure is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Measure {
    /// Net sales, of all lines.
    NetSales,
    /// Gross profit, of the lines whose cost is known.
    GrossProfit,
}

impl Measure {
    /// As in a slice.
    #[must_use]
    pub fn metric(self) -> Metric {
        match self {
            Self::NetSales => Metric::NetSales,
            Self::GrossProfit => Metric::GrossProfit,
        }
    }

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NetSales => "Net sales",
            Self::GrossProfit => "Gross profit",
        }
    }
}

/// What made a figure move; the module says how each is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// Other prices for the same.
    Price,
    /// More or fewer units.
    Volume,
    /// Units that bring more or less than the average one.
    Mix,
    /// Other unit costs; of gross profit alone.
    Cost,
    /// Customers who bought only now.
    Won,
    /// Customers who bought only before.
    Lost,
    /// What was given back.
    Returns,
}

impl Cause {
    /// Every one, in the order they are shown.
    pub const ALL: [Self; 7] = [Self::Price, Self::Volume, Self::Mix, Self::Cost, Self::Won, Self::Lost, Self::Returns];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Price => "Price",
            Self::Volume => "Volume",
            Self::Mix => "Mix",
            Self::Cost => "Cost",
            Self::Won => "Customers won",
            Self::Lost => "Customers lost",
            Self::Returns => "Returns",
        }
    }

    /// Definition.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Price => {
                "Of customers who bought in both spans: what was bought now, less the same units at the price before: of that product for that \
                 customer, otherwise of that product for all customers looked at."
            }
            Self::Volume => {
                "Of customers who bought in both spans: all their units now less before, at what a unit brought on average before."
            }
            Self::Mix => {
                "Of customers who bought in both spans: units that moved to products or customers that bring more or less than the average one; \
                 what is new, gone or has no units stands here too."
            }
            Self::Cost => {
                "Of customers who bought in both spans: the units now at the unit cost before, found as the price is, less what they cost now."
            }
            Self::Won => "What customers brought who bought only now.",
            Self::Lost => "What customers had brought who bought only before, taken away.",
            Self::Returns => "What was given back now less what was given back before.",
        }
    }
}

/// The change of a figure and all its causes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Movement {
    /// Of which figure.
    pub measure: Measure,
    /// The span compared with.
    pub before: Span,
    /// The span asked about.
    pub now: Span,
    /// The figure now less before, nothing counting as zero, minor units.
    pub change: i64,
    /// In the order of [`Cause::ALL`], cost only of gross profit. Their amounts are together the change.
    pub effects: Vec<Effect>,
}

impl Movement {
    /// What the parts come to together: the change, or the split is wrong.
    #[must_use]
    pub fn parts(&self) -> i128 {
        self.effects.iter().map(|effect| i128::from(effect.amount)).sum()
    }

    /// Whether each part is the sum of the customers it names, and of the products, and all parts are the change.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let all = |names: &Names| names.top.iter().map(|one| i128::from(one.amount)).sum::<i128>() + i128::from(names.others);
        let whole = |effect: &Effect| [&effect.customers, &effect.products].into_iter().all(|names| all(names) == effect.amount.into());
        self.parts() == i128::from(self.change) && self.effects.iter().all(whole)
    }
}

/// What a span comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// First day, included.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// The figure, minor units; none when nothing was sold, of gross profit also when no cost is known.
    pub figure: Option<i64>,
    /// Net sales of all lines, minor units.
    pub net_sales: i64,
    /// Net sales of the lines the figure is over, minor units: the coverage of a gross profit.
    pub known_net: i64,
}

/// One cause and who and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// Which.
    pub cause: Cause,
    /// Minor units.
    pub amount: i64,
    /// The same amount by customer.
    pub customers: Names,
    /// The same amount by product.
    pub products: Names,
}

/// Splits the change on this thread, out of what `scope` sees and nothing else; [`Split`] does it on several.
///
/// # Errors
/// When there are more customers and products than can be numbered together.
pub fn explain(cube: &Cube, question: &Question, scope: Scope) -> Result<Movement, TooManyGroups> {
    let split = Split::new(cube, question, scope)?;
    let mut tally = Tally::default();
    for work in split.parts(1) {
        tally = tally.merge(work.run()?);
    }
    Ok(split.movement(&tally))
}

#[cfg(test)]
mod tests;
