//! Rows the use cases have worked out already: targets, and what customers are worth.

use async_graphql::{Result, SimpleObject};
use backend::kpis::named::Named;
use domain::{customers::Worth, targets::attainment::Attainment};
use serde::Deserialize;

use super::rows::Frame;
use crate::graphql::{
    mirror::shown,
    scalars::{Day, Long},
};

/// Net sales against budgets.
#[derive(Clone, Debug, SimpleObject)]
pub struct Targets {
    #[graphql(flatten)]
    frame: Frame,
    /// By month, then salesperson.
    rows: Vec<TargetRow>,
    /// Together.
    total: TargetTotal,
}

/// A salesperson's month.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct TargetRow {
    /// Who; null for sales of nobody.
    rep: Option<String>,
    /// `YYYY-MM`.
    month: String,
    /// Minor units; zero when they sold nothing, null in a month of which there are no sales yet.
    net_sales: Option<Long>,
    /// Of the days asked about in this month, minor units; null when none is set. Of a part of a month it is the part of the rep's own working days.
    budget: Option<Long>,
    /// Of those up to the last day there are sales of.
    budget_to_date: Option<Long>,
    /// Net sales ÷ budget to date, in hundredths of a percent; null without a budget.
    attainment_basis_points: Option<Long>,
    /// Whether the month is over.
    complete: bool,
}

/// What all salespeople and months come to.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct TargetTotal {
    /// Minor units; null when nothing was sold.
    net_sales: Option<Long>,
    /// The part of them sold by salespeople in months with a budget; null when there is no such month.
    measured_net_sales: Option<Long>,
    /// Of all days asked about; null when there is none.
    budget: Option<Long>,
    /// Of those up to the last day there are sales of.
    budget_to_date: Option<Long>,
    /// Measured net sales ÷ budget to date, in hundredths of a percent.
    attainment_basis_points: Option<Long>,
}

/// What customers are worth.
#[derive(Clone, Debug, SimpleObject)]
pub struct CustomerValues {
    #[graphql(flatten)]
    frame: Frame,
    /// How many customers there are.
    customers: Long,
    /// How many of them are at risk.
    at_risk: Long,
    /// Of all lines, those of no known customer included; null when nothing was sold.
    net_sales: Option<Long>,
    /// Of all lines whose cost is known; null when none is.
    gross_profit: Option<Long>,
    /// Those with most gross profit first.
    rows: Vec<CustomerValue>,
}

/// What a customer is worth.
#[derive(Clone, Debug, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct CustomerValue {
    /// Who.
    customer: String,
    /// The last day they bought; null when all they did was return.
    last_purchase: Option<Day>,
    /// Recency: days from the last purchase to the last day asked about.
    recency_days: Option<Long>,
    /// Frequency: different days they bought on.
    frequency: Long,
    /// Money: net sales.
    net_sales: Long,
    /// Over the lines whose cost is known; null when none is.
    gross_profit: Option<Long>,
    /// Of the gross profit of all, in hundredths of a percent.
    profit_share_basis_points: Option<Long>,
    /// Of the net sales of all, in hundredths of a percent.
    sales_share_basis_points: Option<Long>,
    /// 1 to 5 by fifths of those who bought, five being the latest; null among fewer than five.
    recency_score: Option<i32>,
    /// 1 to 5, five being the most often.
    frequency_score: Option<i32>,
    /// 1 to 5, five being the most.
    money_score: Option<i32>,
    /// By recency and frequency: `champion`, `loyal`, `potentialLoyalist`, `new`, `promising`, `needsAttention`, `aboutToSleep`, `atRisk`, `cannotLose`,
    /// `hibernating`.
    segment: Option<String>,
    /// Whether they may be lost.
    at_risk: bool,
    /// Why: `overdue`, not bought for twice the usual time; `falling`, the last 90 days brought less than half of the 90 before; `lapsing`, bought often,
    /// but long ago.
    risks: Vec<String>,
}

impl Targets {
    /// As the use case answers.
    pub fn of(named: &Named<Attainment>) -> Result<Self> {
        Ok(Self { frame: Frame::of(named), rows: shown(&named.answer.rows)?, total: shown(&named.answer.total)? })
    }
}

impl CustomerValues {
    /// As the use case answers.
    pub fn of(named: &Named<Worth>) -> Result<Self> {
        let worth = &named.answer;
        let count = |count: usize| Long(i64::try_from(count).unwrap_or(i64::MAX));
        Ok(Self {
            frame: Frame::of(named),
            customers: count(worth.count),
            at_risk: count(worth.at_risk),
            net_sales: worth.net_sales.map(Long),
            gross_profit: worth.gross_profit.map(Long),
            rows: shown(&worth.customers)?,
        })
    }
}
