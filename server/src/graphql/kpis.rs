//! Figures that are slices of the cube: the same named questions as under REST's `kpis`.

use async_graphql::{Context, Object, Result};
use backend::kpis::named::{self, Named, Question};
use domain::{cube::Answer, measures::SUMS};

use super::{
    answer::refused,
    figures::{BranchProducts, Branches, Customers, Margins, Products, Returned, Salespeople, Summary},
    filter::{Filter, asked, narrowed},
    limits::{ASKED, listed},
};
use crate::rest::kpis::narrower;

/// Figures of the business.
#[derive(Default)]
pub struct KpiQuery;

/// Answers a named question, with every figure there is.
pub async fn figures(ctx: &Context<'_>, question: Question<'_>, filter: Option<Filter>, limit: Option<i32>) -> Result<Named<Answer>> {
    let (asked, narrowed) = (asked(ctx), narrowed(filter, limit)?);
    let question = Question { metrics: &SUMS, ..question };
    named::named(asked.backend(), &asked.caller, question, narrowed).await.map_err(|why| refused(narrower(why)))
}

#[Object]
impl KpiQuery {
    /// All figures of the business together.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn revenue_summary(&self, ctx: &Context<'_>, filter: Option<Filter>) -> Option<Result<Summary>> {
        Some(figures(ctx, named::SUMMARY, filter, None).await.map(Into::into))
    }

    /// Salespeople ranked by gross profit.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn sales_performance(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 100, desc = "Rows, 1 to 10,000.")] limit: i32,
    ) -> Option<Result<Salespeople>> {
        Some(figures(ctx, named::SALESPEOPLE, filter, Some(limit)).await.map(Into::into))
    }

    /// Products ranked by gross profit.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn product_performance(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 100, desc = "Rows, 1 to 10,000.")] limit: i32,
    ) -> Option<Result<Products>> {
        Some(figures(ctx, named::PRODUCTS, filter, Some(limit)).await.map(Into::into))
    }

    /// Branches side by side and over time.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn branch_performance(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<Branches>> {
        Some(figures(ctx, named::BRANCHES, filter, Some(limit)).await.map(Into::into))
    }

    /// Every branch and product line that met.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn branch_product_heatmap(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<BranchProducts>> {
        Some(figures(ctx, named::BRANCH_PRODUCT_HEATMAP, filter, Some(limit)).await.map(Into::into))
    }

    /// Customers ranked by net sales.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn top_customers(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 100, desc = "Rows, 1 to 10,000.")] limit: i32,
    ) -> Option<Result<Customers>> {
        Some(figures(ctx, named::TOP_CUSTOMERS, filter, Some(limit)).await.map(Into::into))
    }

    /// Margins of product lines month by month.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn margin_trends(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<Margins>> {
        Some(figures(ctx, named::MARGINS, filter, Some(limit)).await.map(Into::into))
    }

    /// What came back, by product line and branch.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn returns_analysis(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default = 2000, desc = "Most rows; where there are more, the question is refused.")] limit: i32,
    ) -> Option<Result<Returned>> {
        Some(figures(ctx, named::RETURNED, filter, Some(limit)).await.map(Into::into))
    }
}
