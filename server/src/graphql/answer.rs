//! Answers as the GraphQL specification has them: `data` and `errors`, with the envelope's `error` and `metadata` under `extensions`.

use async_graphql::{ErrorExtensions, ServerError};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{request_id::RequestId, rest::failure::Failure};

const PLAIN: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";
/// The code of what the library refuses: a query that is none.
const INVALID: &str = "invalid_query";

/// How an answer is written, by what the caller reads (GraphQL over HTTP, 2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As JSON: 200 once the query was understood or refused as a query.
    Plain,
    /// As a GraphQL response: a refused query is 400.
    GraphQl,
}

impl Manner {
    /// By the header `Accept`.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        if values.any(|value| value.contains(GRAPHQL)) { Self::GraphQl } else { Self::Plain }
    }
}

/// What became of a query.
pub fn written(manner: Manner, response: async_graphql::Response) -> Response {
    let errors: Vec<Value> = response.errors.iter().map(error).collect();
    let data = serde_json::to_value(&response.data).unwrap_or_default();
    // fields may be null by themselves: without any data the query was not run
    let refused = data.is_null() && !errors.is_empty();
    let status = if refused && manner == Manner::GraphQl { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    respond(manner, status, (!refused).then_some(data), errors)
}

/// A request that is no query of anybody.
pub fn failed(manner: Manner, failure: &Failure) -> Response {
    let (status, words) = failure.told();
    let words = serde_json::to_value(words).unwrap_or_default();
    let error = json!({"message": words["message"], "extensions": {"code": words["code"], "details": words["details"]}});
    respond(manner, status, None, vec![error])
}

/// Why a field has no answer, in REST's words.
pub fn refused(failure: impl Into<Failure>) -> async_graphql::Error {
    let failure = failure.into();
    let words = serde_json::to_value(failure.told().1).unwrap_or_default();
    let text = words["message"].as_str().unwrap_or_default();
    async_graphql::Error::new(text).extend_with(|_, told| {
        told.set("code", words["code"].as_str().unwrap_or_default());
        told.set("details", async_graphql::Value::from_json(words["details"].clone()).unwrap_or_default());
    })
}

fn error(error: &ServerError) -> Value {
    let mut value = serde_json::to_value(error).unwrap_or_default();
    let extensions = &mut value["extensions"];
    if extensions["code"].is_null() {
        *extensions = json!({"code": INVALID, "details": []});
    }
    value
}

fn respond(manner: Manner, status: StatusCode, data: Option<Value>, errors: Vec<Value>) -> Response {
    let id = RequestId::current();
    let first = errors.first().map(|first| {
        let told = &first["extensions"];
        json!({"code": told["code"], "message": first["message"], "details": told["details"]})
    });
    let mut body = json!({"extensions": {"error": first, "metadata": {"requestId": id.as_str()}}});
    if let Some(data) = data {
        body["data"] = data;
    }
    if !errors.is_empty() {
        body["errors"] = Value::Array(errors);
    }
    let kind = HeaderValue::from_static(if manner == Manner::GraphQl { GRAPHQL } else { PLAIN });
    (status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}
