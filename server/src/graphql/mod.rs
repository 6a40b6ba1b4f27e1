//! GraphQL for partners, `/graphql`: reads of what REST reads, by the same use cases, in the same scope, refused in the same words.

use std::sync::{Arc, LazyLock};

use async_graphql::{EmptyMutation, EmptySubscription, MergedObject, Schema};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    assets::Site,
    office::Office,
    rest::{
        asked::Asked,
        body::{BODY_MAX, Body},
        failure::Failure,
        form::{Form, Kind, may, must},
    },
};

mod answer;
mod clients;
mod explorer;
mod figures;
mod filter;
mod kpis;
mod limits;
mod mirror;
mod products;
mod scalars;
mod system;
mod visits;
mod worked_out;

use answer::Manner;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    kpis::KpiQuery,
    worked_out::WorkedOutQuery,
    clients::ClientQuery,
    visits::VisitQuery,
    products::ProductQuery,
    system::SystemQuery,
);

type Asks = Schema<Query, EmptyMutation, EmptySubscription>;

static SCHEMA: LazyLock<Asks> = LazyLock::new(|| {
    // what is too deep has been refused before
    let schema = Schema::build(Query::default(), EmptyMutation, EmptySubscription).limit_recursive_depth(limits::DEPTH_MAX + 1);
    schema.extension(limits::Cost).finish()
});

/// The body of a question, as GraphQL over HTTP has it.
const BODY: Form = Form::of(&[&[
    must("query", Kind::Text),
    may("variables", Kind::Object),
    may("operationName", Kind::Text),
    may("extensions", Kind::Object),
]]);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    query: String,
    #[serde(default)]
    variables: Map<String, Value>,
    operation_name: Option<String>,
}

/// The one address: asked by `POST`, shown to browsers by `GET`.
pub fn router(site: &Site) -> Router<Arc<Office>> {
    let explorer = explorer::Explorer::new(site);
    let show = move |office, request| explorer.clone().show(office, request);
    Router::new()
        .route("/graphql", get(show).post(ask).fallback(wrong_method))
        .merge(explorer::files())
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(CatchPanicLayer::custom(|_| Failure::internal("a resolver panicked").into_response()))
}

async fn ask(State(office): State<Arc<Office>>, request: Request) -> Response {
    let manner = Manner::of(request.headers());
    match answered(&office, request).await {
        Ok(response) => answer::written(manner, response),
        Err(failure) => answer::failed(manner, &failure),
    }
}

async fn answered(office: &Arc<Office>, request: Request) -> Result<async_graphql::Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let asked = Asked::from_request_parts(&mut parts, office).await?;
    let body = Body::from_request(Request::from_parts(parts, body), &()).await?;
    let Question { query, variables, operation_name } = body.read(&BODY).map_err(Failure::bad_request)?;
    let (document, introspection) = match limits::read(&query) {
        Ok(read) => read,
        Err(refused) => return Ok(async_graphql::Response::from_errors(vec![refused])),
    };
    let mut request = async_graphql::Request::new(query).variables(async_graphql::Variables::from_json(Value::Object(variables)));
    request.operation_name = operation_name;
    request.set_parsed_query(document);
    Ok(SCHEMA.execute(request.data(asked).data(introspection)).await)
}

async fn wrong_method(headers: HeaderMap, method: Method) -> Response {
    refuse_method(&headers, &method)
}

/// Refuses a method, and says which there are.
fn refuse_method(headers: &HeaderMap, method: &Method) -> Response {
    let words = format!("GraphQL is asked by POST, not by {method}: send {{\"query\": \"{{ … }}\"}} as JSON.");
    let failure = Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", words);
    let mut response = answer::failed(Manner::of(headers), &failure);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}
