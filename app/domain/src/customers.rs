//! What customers are worth: recency, frequency and money of each, the segment these put them in, their share of profit, and whether they may be lost.
//!
//! A customer **buys** on a day whose gross revenue with them is above zero. Counted are the days asked about alone, and all ends at the last of them:
//!
//! - **recency** is the number of days since the customer last bought, **frequency** the number of different days they bought on, **money** their net sales;
//! - each is **scored** 1 to 5 by fifths of the customers who bought (Hughes, *Strategic Database Marketing*, 1994): `1 + ⌊5 × customers below ÷
//!   customers⌋`, below being those who bought longer ago, on fewer days, or for less. Equal ones score alike. Fewer than [`CUSTOMERS_MIN`] are no fifths
//!   and have no scores;
//! - the **segment** is read from recency and frequency, as RFM grids usually have it:
//!
//! | recency | frequency 1 | 2 | 3 | 4 | 5 |
//! |---|---|---|---|---|---|
//! | 5 | new | potential loyalist | potential loyalist | champion | champion |
//! | 4 | promising | potential loyalist | potential loyalist | loyal | loyal |
//! | 3 | about to sleep | about to sleep | needs attention | loyal | loyal |
//! | 1–2 | hibernating | hibernating | at risk | at risk | cannot lose |
//!
//! - the **share of profit** is gross profit ÷ the gross profit of all lines asked about, those of no known customer included; none where that is not above
//!   zero or the customer's costs are unknown;
//! - a customer is **at risk** for each [`Risk`] that holds.
//!
//! Sales to nobody known are in the totals and are no customer. Everything is whole numbers.

mod fifths;
mod question;
mod tally;

pub use question::{CUSTOMERS_MAX, Question, QuestionDraft};

use crate::calendar::Day;
use crate::cube::{Cube, TooManyGroups};
use crate::money::basis_points;
use crate::order;
use crate::people::Scope;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// So many customers at least are divided into fifths.
pub const CUSTOMERS_MIN: usize = 5;
/// A customer who bought on so many days has a rhythm.
pub const RHYTHM_DAYS: i64 = 3;
/// Nobody is overdue earlier, in days since they bought.
pub const OVERDUE_DAYS: i64 = 30;
/// Spans compared to see whether sales fall, in days.
pub const FALLING_DAYS: i32 = 90;

/// How a customer buys, by recency and frequency; the module has the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Segment {
    /// Often and lately.
    Champion,
    /// Often.
    Loyal,
    /// Lately, and more than once.
    PotentialLoyalist,
    /// Once, just now.
    New,
    /// Once, not long ago.
    Promising,
    /// In the middle of everything.
    NeedsAttention,
    /// Seldom, some time ago.
    AboutToSleep,
    /// Often, but long ago.
    AtRisk,
    /// Most often, but long ago.
    CannotLose,
    /// Seldom, and long ago.
    Hibernating,
}

/// Why a customer may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Risk {
    /// Bought on [`RHYTHM_DAYS`] days or more, and has not for over twice the average days between them and at least [`OVERDUE_DAYS`].
    Overdue,
    /// Net sales of the last [`FALLING_DAYS`] days are less than half of those of as many days before; asked only where all of these are asked about.
    Falling,
    /// Of the segments at risk and cannot lose.
    Lapsing,
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// As in a slice.
    pub customer: String,
    /// The last day they bought; none when all they did was return.
    pub last_purchase: Option<Day>,
    /// Days from then to the last day asked about.
    pub recency_days: Option<i64>,
    /// Different days they bought on.
    pub frequency: i64,
    /// Money: minor units.
    pub net_sales: i64,
    /// Of the lines whose cost is known, minor units; none when none is.
    pub gross_profit: Option<i64>,
    /// Of the gross profit of all, in hundredths of a percent.
    pub profit_share_basis_points: Option<i64>,
    /// Of the net sales of all, in hundredths of a percent.
    pub sales_share_basis_points: Option<i64>,
    /// 1 to 5, five being the latest.
    pub recency_score: Option<u8>,
    /// 1 to 5, five being the most often.
    pub frequency_score: Option<u8>,
    /// 1 to 5, five being the most.
    pub money_score: Option<u8>,
    /// How they buy.
    pub segment: Option<Segment>,
    /// Whether they may be lost.
    pub at_risk: bool,
    /// Why.
    pub risks: Vec<Risk>,
}

/// All customers of some sales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Worth {
    /// First day, included.
    pub from: Day,
    /// Last day, included: recency is as of it.
    pub to: Day,
    /// Those with most gross profit first, then most net sales, unknown last, then by name; as many as asked for.
    pub customers: Vec<Customer>,
    /// How many there are.
    pub count: usize,
    /// How many of all are at risk.
    pub at_risk: usize,
    /// Net sales of all lines, minor units; none when nothing was sold.
    pub net_sales: Option<i64>,
    /// Gross profit of the lines whose cost is known; none when none is.
    pub gross_profit: Option<i64>,
}

/// What every customer is worth, out of what `scope` sees and nothing else; the same on the server and in the browser.
///
/// # Errors
/// When there are more customers than can be numbered.
pub fn worth(cube: &Cube, question: &Question, scope: Scope) -> Result<Worth, TooManyGroups> {
    let tally = tally::Tally::read(cube, question, scope)?;
    let mut customers: Vec<Customer> = tally.customers(cube, question).collect();
    fifths::score(&mut customers);
    for customer in &mut customers {
        customer.risks.extend(customer.segment.filter(|one| matches!(one, Segment::AtRisk | Segment::CannotLose)).map(|_| Risk::Lapsing));
        customer.at_risk = !customer.risks.is_empty();
        let share = |part: i64, all: Option<i64>| all.filter(|all| *all > 0).map(|all| basis_points(part, all));
        customer.profit_share_basis_points = customer.gross_profit.and_then(|profit| share(profit, tally.profit()));
        customer.sales_share_basis_points = share(customer.net_sales, tally.net());
    }
    order::sort_by(&mut customers, |a, b| {
        let rank = |one: &Customer| (Reverse(one.gross_profit), Reverse(one.net_sales));
        rank(a).cmp(&rank(b)).then_with(|| a.customer.cmp(&b.customer))
    });
    let (count, at_risk) = (customers.len(), customers.iter().filter(|customer| customer.at_risk).count());
    customers.truncate(question.limit);
    let (net_sales, gross_profit) = (tally.net(), tally.profit());
    Ok(Worth { from: question.from, to: question.to, customers, count, at_risk, net_sales, gross_profit })
}

#[cfg(test)]
mod tests;
