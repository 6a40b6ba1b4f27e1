//! What opportunities come to: the funnel, won and lost by a label, how long they take. Amounts are minor units, shares hundredths of a percent.

use std::sync::Arc;

use axum::{Router, routing::get};
use backend::opportunities::{self, Facts};
use domain::{
    money::{Currency, basis_points},
    opportunities::{Band, By, Funnel, Quartiles, Query as Narrowed, Tally, activities, ages, breakdown, cycle, funnels},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::{answer::Answer, asked::Asked, failure::Failure, form::Form, forms, query::Query};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/kpis/funnel", get(funnel)).route("/kpis/win-loss", get(win_loss)).route("/kpis/sales-cycle", get(sales_cycle))
}

/// What it is broken down by.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Broken {
    by: Option<String>,
}

#[derive(Serialize)]
struct Figures {
    #[serde(flatten)]
    narrowed: Narrowed,
    currency: Currency,
    /// Opportunities without a day of beginning, which days leave out.
    undated: i64,
    /// Opportunities without a client of any segment, which a segment leaves out.
    unsegmented: i64,
    /// All of them.
    totals: Value,
    #[serde(flatten)]
    figures: Value,
}

async fn funnel(asked: Asked, query: Query) -> Result<Answer<Figures>, Failure> {
    let (narrowed, found) = facts(&asked, &query, &forms::PIPELINE).await?;
    let pipelines: Vec<Value> = funnels(&found.pipelines, &found.facts).iter().map(steps).collect();
    answer(&asked, narrowed, &found, json!({"pipelines": pipelines})).await
}

async fn win_loss(asked: Asked, query: Query) -> Result<Answer<Figures>, Failure> {
    let (narrowed, found) = facts(&asked, &query, &forms::WIN_LOSS).await?;
    let broken: Broken = query.read(&forms::WIN_LOSS).map_err(Failure::bad_request)?;
    let by = broken.by.as_deref().and_then(By::parse).unwrap_or(By::Rep);
    let row = |(label, tally): (Option<String>, Tally)| {
        let mut row = figures(&tally);
        row[by.code()] = json!(label);
        row
    };
    let rows: Vec<Value> = breakdown(&found.pipelines, &found.facts, by).into_iter().map(row).collect();
    answer(&asked, narrowed, &found, json!({"by": by.code(), "rows": rows})).await
}

async fn sales_cycle(asked: Asked, query: Query) -> Result<Answer<Figures>, Failure> {
    let (narrowed, found) = facts(&asked, &query, &forms::PIPELINE).await?;
    let took = cycle(&found.facts);
    let bands = |bands: Vec<Band>| bands.iter().map(band).collect::<Vec<Value>>();
    let told = json!({
        "days": {"ended": took.ended.map(days), "won": took.won.map(days), "lost": took.lost.map(days), "undated": took.undated},
        "openByAge": bands(ages(&found.pipelines, &found.facts, found.today)),
        "byActivities": bands(activities(&found.pipelines, &found.facts)),
    });
    answer(&asked, narrowed, &found, told).await
}

async fn facts(asked: &Asked, query: &Query, form: &Form) -> Result<(Narrowed, Facts), Failure> {
    let narrowed = query.read::<Narrowed>(form).map_err(Failure::bad_request)?;
    let narrowed = narrowed.judged().map_err(|wrong| Failure::from(wrong).bad_request())?;
    let found = opportunities::facts(asked.backend(), &asked.caller, narrowed.clone()).await?;
    Ok((narrowed, found))
}

async fn answer(asked: &Asked, narrowed: Narrowed, found: &Facts, told: Value) -> Result<Answer<Figures>, Failure> {
    let currency = asked.backend().company().await?.currency;
    let totals = figures(&Tally::of(&found.pipelines, found.facts.iter()));
    Ok(Answer::ok(Figures { narrowed, currency, undated: found.undated, unsegmented: found.unsegmented, totals, figures: told }))
}

fn share(part: i64, whole: i64) -> Option<i64> {
    (whole != 0).then(|| basis_points(part, whole))
}

fn figures(tally: &Tally) -> Value {
    json!({
        "opportunities": tally.all,
        "open": tally.open,
        "won": tally.won,
        "lost": tally.lost,
        "decided": tally.decided,
        "winRateBasisPoints": share(tally.decided_won, tally.decided),
        "conversionBasisPoints": share(tally.won, tally.all),
        "wonValue": tally.worth(),
        "averageWonValue": tally.average(),
        "openValue": tally.open_worth(),
    })
}

fn steps(funnel: &Funnel) -> Value {
    let first = funnel.steps.first().map_or(0, |step| step.reached);
    let mut before = 0;
    let stages: Vec<Value> = funnel
        .steps
        .iter()
        .map(|step| {
            let of_previous = share(step.reached, before);
            before = step.reached;
            json!({
                "stage": step.stage,
                "reached": step.reached,
                "here": step.here,
                "value": step.value,
                "ofPreviousBasisPoints": of_previous,
                "ofFirstBasisPoints": share(step.reached, first),
            })
        })
        .collect();
    json!({"pipeline": funnel.name, "recordsLost": funnel.records_lost, "stages": stages, "lost": funnel.lost})
}

/// Tenths of a day as days.
fn days(of: Quartiles) -> Value {
    let days = |tenths: i64| json!(tenths as f64 / 10.0);
    json!({"count": of.count, "lowerQuartile": days(of.lower), "median": days(of.median), "upperQuartile": days(of.upper)})
}

fn band(band: &Band) -> Value {
    let mut row = figures(&band.tally);
    let (from, to) = band.span.map_or((None, None), |(from, to)| (Some(from), to));
    row["from"] = json!(from);
    row["to"] = json!(to);
    row
}
