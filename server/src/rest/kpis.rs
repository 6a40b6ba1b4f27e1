//! `kpis`: figures of the business, any slice of the sales, all from the cube. Amounts are minor units of the company's currency.

use std::sync::Arc;

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::kpis::{self, CubeBytes, Holding, Unanswered};
use domain::{
    Day, Rejections,
    cube::{Answer as Sliced, SliceDraft},
    money::Currency,
    movement::{Movement, QuestionDraft},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{answer::Answer, asked::Asked, body::Body, failure::Failure, forms, query::Query};
use crate::office::Office;

/// A named question: its path, what it groups by, which figures it tells, and by which it is ranked.
struct Question {
    path: &'static str,
    by: &'static [&'static str],
    metrics: &'static [&'static str],
    ranked: Option<&'static str>,
}

const ALL: &[&str] = &["grossRevenue", "returns", "netSales", "cost", "grossProfit", "knownNet", "units", "lines", "customers"];
const MARGIN: &[&str] = &["netSales", "cost", "grossProfit", "knownNet"];
const QUESTIONS: [Question; 10] = [
    Question { path: "/kpis/summary", by: &[], metrics: ALL, ranked: None },
    Question { path: "/kpis/trend", by: &["month"], metrics: ALL, ranked: None },
    Question { path: "/kpis/salespeople", by: &["rep"], metrics: ALL, ranked: Some("grossProfit") },
    Question { path: "/kpis/products", by: &["product"], metrics: ALL, ranked: Some("grossProfit") },
    Question { path: "/kpis/product-lines", by: &["productLine"], metrics: ALL, ranked: Some("grossProfit") },
    Question { path: "/kpis/branches", by: &["branch", "month"], metrics: ALL, ranked: None },
    Question { path: "/kpis/branch-product-heatmap", by: &["branch", "productLine"], metrics: MARGIN, ranked: None },
    Question { path: "/kpis/customers/top", by: &["customer"], metrics: ALL, ranked: Some("netSales") },
    Question { path: "/kpis/margins", by: &["month", "productLine"], metrics: MARGIN, ranked: None },
    Question {
        path: "/kpis/returns",
        by: &["productLine", "branch"],
        metrics: &["grossRevenue", "returns", "netSales", "lines"],
        ranked: None,
    },
];
/// Rows of a ranking where the caller does not say.
const RANKED: i64 = 100;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    let fixed = Router::new()
        .route("/kpis/slice", post(slice))
        .route("/kpis/movement", post(movement))
        .route("/kpis/range", get(range))
        .route("/kpis/cube", get(cube))
        .route("/kpis/verification", post(verify));
    QUESTIONS
        .iter()
        .fold(fixed, |router, question| router.route(question.path, get(move |asked: Asked, query: Query| named(asked, query, question))))
}

/// What every named question is narrowed by; labels as they are exported, several with a comma between them.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Narrowed {
    from: Option<Day>,
    to: Option<Day>,
    branch: Option<String>,
    rep: Option<String>,
    product_line: Option<String>,
    item_group: Option<String>,
    product: Option<String>,
    customer: Option<String>,
    limit: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Figures {
    from: String,
    to: String,
    currency: Currency,
    rows: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Range {
    from: Option<Day>,
    to: Option<Day>,
    version: i64,
}

async fn slice(asked: Asked, body: Body) -> Result<Answer<Value>, Failure> {
    let draft: SliceDraft = body.read(&forms::SLICE).map_err(Failure::bad_request)?;
    let answered = kpis::slice(asked.backend(), &asked.caller, draft).await.map_err(unanswered)?;
    Ok(Answer::ok(json!({"rows": answered.rows()})))
}

/// Why net sales or gross profit moved between two spans of days.
async fn movement(asked: Asked, body: Body) -> Result<Answer<Movement>, Failure> {
    let draft: QuestionDraft = body.read(&forms::MOVEMENT).map_err(Failure::bad_request)?;
    Ok(Answer::ok(kpis::movement(asked.backend(), &asked.caller, draft).await.map_err(unanswered)?))
}

async fn named(asked: Asked, query: Query, question: &'static Question) -> Result<Answer<Figures>, Failure> {
    let narrowed: Narrowed = query.read(&forms::KPIS).map_err(Failure::bad_request)?;
    let range = kpis::range(asked.backend(), &asked.caller).await?;
    let today = asked.backend().company().await?.today(crate::clock::now());
    let (first, last) = range.days.unwrap_or((today, today));
    let (from, to) = (narrowed.from.unwrap_or(first), narrowed.to.unwrap_or(last));
    let ranked = question.ranked.map(|metric| (metric, narrowed.limit.unwrap_or(RANKED)));
    let draft = SliceDraft {
        from: from.to_string(),
        to: to.to_string(),
        filters: filters(&narrowed),
        group_by: question.by.iter().map(|key| (*key).to_owned()).collect(),
        metrics: question.metrics.iter().map(|metric| (*metric).to_owned()).collect(),
        order_by: ranked.map(|(metric, _)| metric.to_owned()),
        limit: ranked.map(|(_, limit)| limit),
    };
    let answered = kpis::slice(asked.backend(), &asked.caller, draft).await.map_err(unanswered)?;
    let currency = asked.backend().company().await?.currency;
    Ok(Answer::ok(Figures { from: from.to_string(), to: to.to_string(), currency, rows: with_margins(&answered) }))
}

fn filters(narrowed: &Narrowed) -> std::collections::BTreeMap<String, Vec<Option<String>>> {
    let all = [
        ("branch", &narrowed.branch),
        ("rep", &narrowed.rep),
        ("productLine", &narrowed.product_line),
        ("itemGroup", &narrowed.item_group),
        ("product", &narrowed.product),
        ("customer", &narrowed.customer),
    ];
    let labels = |text: &String| text.split(',').map(|label| Some(label.trim().to_owned())).collect();
    all.into_iter().filter_map(|(name, text)| Some((name.to_owned(), labels(text.as_ref()?)))).collect()
}

/// Margin in hundredths of a percent: gross profit ÷ net sales of the lines whose cost is known; null where those have none.
fn with_margins(answered: &Sliced) -> Value {
    let mut rows = serde_json::to_value(answered.rows()).unwrap_or_default();
    for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        if let (Some(profit), known) = (row.get("grossProfit").cloned(), figure(row, "knownNet")) {
            let margin = profit.as_i64().zip(known.filter(|net| *net != 0)).map(|(profit, net)| domain::money::basis_points(profit, net));
            row.insert("marginBasisPoints".to_owned(), json!(margin));
        }
    }
    rows
}

fn figure(row: &Map<String, Value>, name: &str) -> Option<i64> {
    row.get(name)?.as_i64()
}

async fn range(asked: Asked) -> Result<Answer<Range>, Failure> {
    let range = kpis::range(asked.backend(), &asked.caller).await?;
    let (from, to) = range.days.unzip();
    Ok(Answer::ok(Range { from, to, version: range.version }))
}

/// What a browser says of the cube it holds, and how new the figures it was told of are.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Held {
    since: Option<i64>,
    of: Option<String>,
    at_least: i64,
}

/// The cube of the caller's scope, packed, for a browser to slice by itself; or what the one it holds lacks.
async fn cube(asked: Asked, query: Query) -> Result<Response, Failure> {
    let held: Held = query.read(&forms::CUBE).map_err(Failure::bad_request)?;
    let holding = held.since.zip(held.of).map(|(since, of)| Holding { since, of });
    let CubeBytes { version, of, bytes } = kpis::cube_for(asked.backend(), &asked.caller, holding, held.at_least).await?;
    let Some(bytes) = bytes else {
        let words = "There are too many sales for a browser: ask POST kpis/slice for what is to be shown.";
        return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words));
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::HeaderName::from_static("x-cube-version"), version.to_string()),
        (header::HeaderName::from_static("x-cube-of"), of),
    ];
    Ok((headers, bytes).into_response())
}

async fn verify(asked: Asked) -> Result<Answer<kpis::Proof>, Failure> {
    Ok(Answer::ok(kpis::verify(asked.backend(), &asked.caller).await?))
}

fn unanswered(why: Unanswered) -> Failure {
    match why {
        Unanswered::Asked(wrong) => Failure::from(wrong).bad_request(),
        Unanswered::Groups(many) => {
            let count = many.count.to_string();
            let details = Rejections::one("groupBy", "too_many_groups", format!("At least {count} groups: {many}."));
            Failure::new(StatusCode::BAD_REQUEST, "too_many_groups", format!("{count} groups or more: {many}.")).with(details)
        }
        Unanswered::Failed(error) => error.into(),
    }
}
