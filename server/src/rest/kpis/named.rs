//! Named questions under `kpis`, each narrowed by the same query string: days, names as they are, rows of a ranking.

use std::sync::Arc;

use axum::{Router, routing::get};
use backend::{
    kpis::named::{self, Named, Narrowed, Question},
    targets,
};
use domain::{
    Day,
    cube::Answer as Sliced,
    customers::Customer,
    measures::hundredths,
    money::Currency,
    segments::SEGMENT,
    targets::attainment::{Attained, Total},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    super::{answer::Answer, asked::Asked, failure::Failure, forms, query::Query},
    narrower, whole,
};
use crate::office::Office;

const QUESTIONS: [(&str, Question<'static>); 10] = [
    ("/kpis/summary", named::SUMMARY),
    ("/kpis/trend", named::TREND),
    ("/kpis/salespeople", named::SALESPEOPLE),
    ("/kpis/products", named::PRODUCTS),
    ("/kpis/product-lines", named::PRODUCT_LINES),
    ("/kpis/branches", named::BRANCHES),
    ("/kpis/branch-product-heatmap", named::BRANCH_PRODUCT_HEATMAP),
    ("/kpis/customers/top", named::TOP_CUSTOMERS),
    ("/kpis/margins", named::MARGINS),
    ("/kpis/returns", named::RETURNED),
];

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    let worked_out = Router::new().route("/kpis/customers/value", get(value)).route("/kpis/targets", get(attainment));
    let asks = |question| get(move |asked: Asked, query: Query| figures(asked, query, question));
    QUESTIONS.into_iter().fold(worked_out, |router, (path, question)| router.route(path, asks(question)))
}

/// As it comes in: a name given again for each that is kept, taken whole.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asks {
    from: Option<Day>,
    to: Option<Day>,
    branch: Vec<String>,
    rep: Vec<String>,
    product_line: Vec<String>,
    item_group: Vec<String>,
    product: Vec<String>,
    customer: Vec<String>,
    segment: Vec<String>,
    limit: Option<i64>,
}

#[derive(Serialize)]
struct Rows<T, M> {
    from: Day,
    to: Day,
    currency: Currency,
    rows: T,
    #[serde(flatten)]
    more: M,
}

#[derive(Serialize)]
struct Nothing {}

/// What all customers come to, told of or not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Worth {
    customers: usize,
    at_risk: usize,
    net_sales: Option<i64>,
    gross_profit: Option<i64>,
}

#[derive(Serialize)]
struct Together {
    total: Total,
}

async fn figures(asked: Asked, query: Query, question: Question<'static>) -> Result<Answer<Rows<Value, Nothing>>, Failure> {
    let named = named::named(asked.backend(), &asked.caller, question, narrowed(&asked, &query).await?).await.map_err(narrower)?;
    Ok(rows(named, |answer| (with_margins(&answer), Nothing {})))
}

/// Recency, frequency, money, segment, share of profit and risks of each customer.
async fn value(asked: Asked, query: Query) -> Result<Answer<Rows<Vec<Customer>, Worth>>, Failure> {
    let worth = named::worth(asked.backend(), &asked.caller, narrowed(&asked, &query).await?).await.map_err(narrower)?;
    Ok(rows(worth, |all| {
        let more = Worth { customers: all.count, at_risk: all.at_risk, net_sales: all.net_sales, gross_profit: all.gross_profit };
        (all.customers, more)
    }))
}

/// Net sales against budgets by rep and month.
async fn attainment(asked: Asked, query: Query) -> Result<Answer<Rows<Vec<Attained>, Together>>, Failure> {
    let attained = targets::attainment(asked.backend(), &asked.caller, narrowed(&asked, &query).await?).await.map_err(narrower)?;
    Ok(rows(attained, |all| (all.rows, Together { total: all.total })))
}

fn rows<A, T: Serialize, M: Serialize>(named: Named<A>, parts: impl FnOnce(A) -> (T, M)) -> Answer<Rows<T, M>> {
    let (rows, more) = parts(named.answer);
    Answer::ok(Rows { from: named.from, to: named.to, currency: named.currency, rows, more })
}

async fn narrowed(asked: &Asked, query: &Query) -> Result<Narrowed, Failure> {
    let asks: Asks = query.read(&forms::KPIS).map_err(Failure::bad_request)?;
    let all = [
        ("branch", asks.branch),
        ("rep", asks.rep),
        ("productLine", asks.product_line),
        ("itemGroup", asks.item_group),
        ("product", asks.product),
        ("customer", asks.customer),
        (SEGMENT, asks.segment),
    ];
    Ok(Narrowed { from: asks.from, to: asks.to, filters: whole(asked, all).await?, limit: asks.limit })
}

/// Margin in hundredths of a percent: gross profit ÷ net sales of the lines whose cost is known; null where those are zero or below.
fn with_margins(answered: &Sliced) -> Value {
    let mut rows = serde_json::to_value(answered.rows()).unwrap_or_default();
    for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        if row.contains_key("grossProfit") {
            let margin = figure(row, "grossProfit")
                .zip(figure(row, "knownNet"))
                .filter(|(_, net)| *net > 0)
                .and_then(|(profit, net)| hundredths(profit, net));
            row.insert("marginBasisPoints".to_owned(), json!(margin));
        }
    }
    rows
}

fn figure(row: &Map<String, Value>, name: &str) -> Option<i64> {
    row.get(name)?.as_i64()
}
