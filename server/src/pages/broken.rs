//! The page for when no page can be made: plain, self-contained, with what to do next.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::with_policy;
use crate::request_id::RequestId;

/// 500: a defect of ours.
pub fn page(css: &str) -> Response {
    let words = "Something went wrong here, and it is not your doing. What you entered on this phone is kept.";
    written(StatusCode::INTERNAL_SERVER_ERROR, Some(css), "This page could not be made", words)
}

/// 503: the database does not answer.
pub fn unavailable() -> Response {
    let words = "The server cannot reach its data just now. A phone that was signed in keeps working; everything else waits.";
    written(StatusCode::SERVICE_UNAVAILABLE, None, "Fieldlight is not available", words)
}

fn written(status: StatusCode, css: Option<&str>, title: &str, words: &str) -> Response {
    let style = css.map(|css| format!("<link rel=\"stylesheet\" href=\"{css}\">")).unwrap_or_default();
    let id = RequestId::current();
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title>{style}</head><body class=\"broken\"><main class=\"broken__page\"><h1>{title}</h1><p>{words}</p>\
         <p><a href=\"\">Try again</a> · <a href=\"/\">Go to Today</a></p><p>Reference: {}</p></main></body></html>",
        id.as_str()
    );
    with_policy((status, Html(html)).into_response())
}
