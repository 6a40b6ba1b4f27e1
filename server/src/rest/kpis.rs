//! `kpis`: figures of the business, any slice of the sales, all from the cube. Amounts are minor units of the company's currency.

use std::sync::Arc;

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::kpis::{self, CubeBytes, Holding, Unanswered, named::is_called};
use domain::{
    Day, Rejections,
    cube::{GROUPS_MAX, SliceDraft, TooManyGroups},
    movement::{Movement, QuestionDraft},
    segments::Filters,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{answer::Answer, asked::Asked, body::Body, failure::Failure, forms, query::Query};
use crate::office::Office;

mod named;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    let fixed = Router::new()
        .route("/kpis/slice", post(slice))
        .route("/kpis/movement", post(movement))
        .route("/kpis/range", get(range))
        .route("/kpis/cube", get(cube))
        .route("/kpis/verification", post(verify));
    named::router().merge(fixed)
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
    kpis::refuse_unknown(asked.backend(), &asked.caller, &draft.filters).await.map_err(unanswered)?;
    let answered = kpis::slice(asked.backend(), &asked.caller, draft).await.map_err(unanswered)?;
    Ok(Answer::ok(json!({"rows": answered.rows()})))
}

/// Why net sales or gross profit moved between two spans of days.
async fn movement(asked: Asked, body: Body) -> Result<Answer<Movement>, Failure> {
    let draft: QuestionDraft = body.read(&forms::MOVEMENT).map_err(Failure::bad_request)?;
    kpis::refuse_unknown(asked.backend(), &asked.caller, &draft.filters).await.map_err(unanswered)?;
    Ok(Answer::ok(kpis::movement(asked.backend(), &asked.caller, draft).await.map_err(unanswered)?))
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

/// Names as an address has them: each given by itself and taken whole, commas and all.
///
/// # Errors
/// A name with a comma that nothing is called is refused rather than answered with nothing: several may have been meant.
pub async fn whole(asked: &Asked, given: impl IntoIterator<Item = (&'static str, Vec<String>)>) -> Result<Filters, Failure> {
    let mut filters = Filters::new();
    for (key, names) in given.into_iter().filter(|(_, names)| !names.is_empty()) {
        for name in names.iter().filter(|name| name.contains(',')) {
            if !is_called(asked.backend(), &asked.caller, key, name.trim()).await.map_err(unanswered)? {
                let words = format!(
                    "There are no sales of “{}”: a name is taken whole, with its commas. Give several one by one: {key}=A&{key}=B.",
                    name.trim()
                );
                return Err(Failure::from(Rejections::one(key, "unknown", words)).bad_request());
            }
        }
        filters.insert(key.to_owned(), names.into_iter().map(|name| Some(name.trim().to_owned())).collect());
    }
    Ok(filters)
}

/// Why not, where days, names and a limit are all that can be asked for otherwise.
pub fn narrower(why: Unanswered) -> Failure {
    let Unanswered::Groups(TooManyGroups { count, most }) = why else { return unanswered(why) };
    let rows = count.map_or_else(|| "more rows".to_owned(), |count| format!("{count} rows, more"));
    let (field, raise) = if most < GROUPS_MAX { ("limit", ", or with a higher limit") } else { ("from", "") };
    let words = format!("The answer has {rows} than {most}: ask for fewer days or fewer names{raise}.");
    Failure::new(StatusCode::BAD_REQUEST, "too_many_groups", words.as_str()).with(Rejections::one(field, "too_many_groups", words.as_str()))
}

/// Why not, as partners see it.
pub fn unanswered(why: Unanswered) -> Failure {
    match why {
        Unanswered::Asked(wrong) => Failure::from(wrong).bad_request(),
        Unanswered::Groups(many) => {
            let words = many.to_string();
            let details = Rejections::one("groupBy", "too_many_groups", words.as_str());
            Failure::new(StatusCode::BAD_REQUEST, "too_many_groups", words).with(details)
        }
        Unanswered::Failed(error) => error.into(),
    }
}
