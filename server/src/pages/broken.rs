//! The page for when no page can be made: no script, nothing to look up, with what to do next.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::with_policy;
use crate::request_id::RequestId;

/// 500: a defect of ours.
pub fn page(css: &str) -> Response {
    let words = "Something went wrong here, and it is not your doing. What was entered on this device is kept.";
    written(StatusCode::INTERNAL_SERVER_ERROR, css, "This page could not be made", words)
}

/// 503: the database does not answer.
pub fn unavailable(css: &str) -> Response {
    let words =
        "The server cannot reach its data just now. A phone that was signed in keeps working and sends later; everything else waits.";
    written(StatusCode::SERVICE_UNAVAILABLE, css, "Fieldlight is not available", words)
}

fn written(status: StatusCode, css: &str, title: &str, words: &str) -> Response {
    let id = RequestId::current();
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Fieldlight</title><link rel=\"stylesheet\" href=\"{css}\"></head><body><main class=\"fault\">\
         <p class=\"fault__code\">Reference {}</p><h1>{title}</h1><p class=\"fault__words\">{words}</p>\
         <div class=\"cluster\"><a class=\"button\" href=\"\">Try again</a><a class=\"button button--quiet\" href=\"/\">Go to Today</a></div>\
         </main></body></html>",
        id.as_str()
    );
    with_policy((status, Html(html)).into_response())
}
