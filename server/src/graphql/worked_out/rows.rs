//! Rows of figures that are worked out.

use async_graphql::SimpleObject;
use backend::kpis::named::Named;
use domain::{
    cube::{Answer, Dimension, Group},
    growth::Grown,
    measures::{Totals, abc, pareto_shares, shares_within},
};

use crate::graphql::{
    figures::{Figures, key},
    scalars::{Day, Long},
};

/// The days and the currency of an answer.
#[derive(Clone, Debug, SimpleObject)]
pub struct Frame {
    /// First day, included.
    from: Day,
    /// Last day, included.
    to: Day,
    /// Of all amounts, as ISO 4217 has it.
    currency: String,
}

impl Frame {
    /// Of an answer.
    pub fn of<T>(named: &Named<T>) -> Self {
        Self { from: Day(named.from.to_string()), to: Day(named.to.to_string()), currency: named.currency.code().to_owned() }
    }
}

/// Answers whose rows stand under the same head.
macro_rules! answers {
    ($($(#[$doc:meta])* $answer:ident of $row:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, SimpleObject)]
        pub struct $answer {
            #[graphql(flatten)]
            frame: Frame,
            /// None when nothing was sold.
            rows: Vec<$row>,
        }
    )*};
}

answers! {
    /// Months beside their past.
    MonthlyGrowth of MonthGrowth;
    /// Months of each branch beside their past.
    BranchGrowth of BranchMonthGrowth;
    /// Products with their classes.
    ProductClasses of ProductClass;
    /// Sales by one dimension, most gross profit first.
    DimensionProfits of DimensionProfit;
    /// Salespeople and product lines.
    ProductMix of ProductMixRow;
}

/// A month beside its past.
#[derive(Clone, Debug, SimpleObject)]
pub struct MonthGrowth {
    /// `YYYY-MM`.
    month: String,
    #[graphql(flatten)]
    figures: Figures,
    /// Whether all days of the month are asked about and over.
    complete: bool,
    /// Net sales of the month before; null when there were none.
    previous_net_sales: Option<Long>,
    /// Net sales of the same month a year earlier; null when there were none.
    year_earlier_net_sales: Option<Long>,
    /// Growth = (net sales − net sales before) ÷ net sales before; empty when there were none, and for a month that is not whole. In hundredths of a
    /// percent, against the month before.
    growth_basis_points: Option<Long>,
    /// The same against the same month a year earlier.
    year_growth_basis_points: Option<Long>,
}

/// A branch's month beside its past.
#[derive(Clone, Debug, SimpleObject)]
pub struct BranchMonthGrowth {
    /// Where; null for sales of no branch.
    branch: Option<String>,
    #[graphql(flatten)]
    month: MonthGrowth,
}

impl From<&Grown> for MonthGrowth {
    fn from(grown: &Grown) -> Self {
        Self {
            month: grown.month.to_string().chars().take(7).collect(),
            figures: grown.totals.into(),
            complete: grown.whole,
            previous_net_sales: grown.before.map(Long),
            year_earlier_net_sales: grown.year_before.map(Long),
            growth_basis_points: grown.growth().map(Long),
            year_growth_basis_points: grown.year_growth().map(Long),
        }
    }
}

impl From<Named<Vec<Grown>>> for MonthlyGrowth {
    fn from(named: Named<Vec<Grown>>) -> Self {
        Self { frame: Frame::of(&named), rows: named.answer.iter().map(Into::into).collect() }
    }
}

impl From<Named<Vec<Grown>>> for BranchGrowth {
    fn from(named: Named<Vec<Grown>>) -> Self {
        let row = |grown: &Grown| BranchMonthGrowth { branch: grown.keys.first().cloned().flatten(), month: grown.into() };
        Self { frame: Frame::of(&named), rows: named.answer.iter().map(row).collect() }
    }
}

/// A product with its class.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductClass {
    /// The product's code; null for lines without one.
    product: Option<String>,
    #[graphql(flatten)]
    figures: Figures,
    /// The share of all gross profit above zero that this product and those before it make up, in tenths of a percent; null without profit.
    share_so_far_tenths: Option<Long>,
    /// `A`, `B` or `C`.
    class: &'static str,
}

impl ProductClasses {
    /// The first products of all.
    pub fn first(limit: i32, all: Named<Answer>) -> Self {
        let answer = &all.answer;
        let totals: Vec<Totals> = answer.groups.iter().map(|group| Totals::of(answer, group)).collect();
        let profits: Vec<Option<i64>> = totals.iter().map(|totals| totals.profit).collect();
        let mut before = 0;
        let row = |((group, totals), share): ((&Group, &Totals), Option<i64>)| {
            let class = abc(before, share);
            before = share.unwrap_or(before);
            let product = key(answer, group, Dimension::Product);
            ProductClass { product, figures: (*totals).into(), share_so_far_tenths: share.map(Long), class }
        };
        let rows = answer.groups.iter().zip(&totals).zip(pareto_shares(&profits, answer.all[1])).map(row);
        Self { frame: Frame::of(&all), rows: rows.take(usize::try_from(limit).unwrap_or_default()).collect() }
    }
}

/// What one key comes to.
#[derive(Clone, Debug, SimpleObject)]
pub struct DimensionProfit {
    /// The label, day, month or year; null for sales without one.
    key: Option<String>,
    #[graphql(flatten)]
    figures: Figures,
}

impl From<Named<Answer>> for DimensionProfits {
    fn from(named: Named<Answer>) -> Self {
        let row = |group: &Group| DimensionProfit {
            key: group.keys.first().cloned().flatten(),
            figures: Totals::of(&named.answer, group).into(),
        };
        Self { frame: Frame::of(&named), rows: named.answer.groups.iter().map(row).collect() }
    }
}

/// A salesperson's product line.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductMixRow {
    /// Who sold; null for sales of nobody.
    rep: Option<String>,
    /// The line; null for products without one.
    product_line: Option<String>,
    #[graphql(flatten)]
    figures: Figures,
    /// Its net sales ÷ all of this salesperson's, in hundredths of a percent.
    share_basis_points: Option<Long>,
}

impl From<Named<Answer>> for ProductMix {
    fn from(named: Named<Answer>) -> Self {
        let answer = &named.answer;
        let row = |(group, share): (&Group, Option<i64>)| ProductMixRow {
            rep: key(answer, group, Dimension::Rep),
            product_line: key(answer, group, Dimension::ProductLine),
            figures: Totals::of(answer, group).into(),
            share_basis_points: share.map(Long),
        };
        let rows = answer.groups.iter().zip(shares_within(answer, 0)).map(row).collect();
        Self { frame: Frame::of(&named), rows }
    }
}
