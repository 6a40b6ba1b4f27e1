//! Figures that are worked out of several slices: growth, classes, shares, targets, what customers are worth.

use async_graphql::{Context, Enum, Object, Result};
use backend::{
    kpis::named::{self, Question},
    targets,
};
use domain::cube::{self, LIMIT_MAX, Metric};

use super::{
    answer::refused,
    filter::{Filter, asked, narrowed},
    kpis::figures,
    limits::{DEEP, listed},
};
use crate::rest::kpis::narrower;

mod rows;
mod told;

use rows::{BranchGrowth, DimensionProfits, MonthlyGrowth, ProductClasses, ProductMix};
use told::{CustomerValues, Targets};

/// Figures that are worked out.
#[derive(Default)]
pub struct WorkedOutQuery;

/// What sales are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "cube::Dimension")]
pub enum Dimension {
    /// `YYYY-MM-DD`.
    Day,
    /// `YYYY-MM`.
    Month,
    /// `YYYY`.
    Year,
    /// Where it was sold.
    Branch,
    /// Who sold it.
    Rep,
    /// The product's line.
    ProductLine,
    /// The product's group of items.
    ItemGroup,
    /// What, by code.
    Product,
    /// To whom.
    Customer,
}

#[Object]
impl WorkedOutQuery {
    /// Sales month by month, each beside the month before and the same month a year earlier.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn monthly_sales_growth(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<MonthlyGrowth>> {
        Some(growth(ctx, &[], filter, limit).await.map(Into::into))
    }

    /// The same for each branch.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn branch_growth(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<BranchGrowth>> {
        Some(growth(ctx, &[cube::Dimension::Branch], filter, limit).await.map(Into::into))
    }

    /// Net sales against the budget of each rep and whole month the days touch, and in total. Narrowed by rep, and by branch, which is where a rep belongs.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn target_attainment(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<Targets>> {
        Some(attainment(ctx, filter, limit).await)
    }

    /// Products by gross profit with the share they make up so far: class A is what reaches 80 %, B what reaches 95 %, C the rest.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn product_analytics(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 100, desc = "Rows, 1 to 10,000; shares are of the first 10,000 products.")] limit: i32,
    ) -> Option<Result<ProductClasses>> {
        let most = i32::try_from(LIMIT_MAX).unwrap_or(i32::MAX);
        let asked = if (1..=most).contains(&limit) { most } else { limit };
        let all = figures(ctx, named::PRODUCTS, filter, Some(asked)).await;
        Some(all.map(|all| ProductClasses::first(limit, all)))
    }

    /// What customers are worth: recency, frequency and money, their segment, their share of profit, and who may be lost.
    #[graphql(complexity = "DEEP + listed(limit, child_complexity)")]
    async fn customer_value(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 100, desc = "Rows, 1 to 10,000.")] limit: i32,
    ) -> Option<Result<CustomerValues>> {
        Some(worth(ctx, filter, limit).await)
    }

    /// Gross profit and margin by anything sales are grouped by, most profit first.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn profitability_by_dimension(
        &self,
        ctx: &Context<'_>,
        dimension: Dimension,
        filter: Option<Filter>,
        #[graphql(default = 100, desc = "Rows, 1 to 10,000.")] limit: i32,
    ) -> Option<Result<DimensionProfits>> {
        let by = [dimension.into()];
        let question = Question { by: &by, ranked: Some(Metric::GrossProfit), ..named::SUMMARY };
        Some(figures(ctx, question, filter, Some(limit)).await.map(Into::into))
    }

    /// What each salesperson sells, by product line, with its share of their net sales.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn salesperson_product_mix(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<ProductMix>> {
        Some(figures(ctx, named::PRODUCT_MIX, filter, Some(limit)).await.map(Into::into))
    }
}

async fn growth(
    ctx: &Context<'_>,
    by: &[cube::Dimension],
    filter: Option<Filter>,
    limit: i32,
) -> Result<named::Named<Vec<domain::growth::Grown>>> {
    let (asked, narrowed) = (asked(ctx), narrowed(filter, Some(limit))?);
    named::growth(asked.backend(), &asked.caller, by, narrowed).await.map_err(|why| refused(narrower(why)))
}

async fn attainment(ctx: &Context<'_>, filter: Option<Filter>, limit: i32) -> Result<Targets> {
    let (asked, narrowed) = (asked(ctx), narrowed(filter, Some(limit))?);
    let attained = targets::attainment(asked.backend(), &asked.caller, narrowed).await;
    Targets::of(&attained.map_err(|why| refused(narrower(why)))?)
}

async fn worth(ctx: &Context<'_>, filter: Option<Filter>, limit: i32) -> Result<CustomerValues> {
    let (asked, narrowed) = (asked(ctx), narrowed(filter, Some(limit))?);
    let worth = named::worth(asked.backend(), &asked.caller, narrowed).await;
    CustomerValues::of(&worth.map_err(|why| refused(narrower(why)))?)
}
