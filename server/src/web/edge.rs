//! The outermost layer: names the request, refuses other sites' writes, and sets the headers of every answer. One layer, so that it costs little.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::same_origin;
use crate::{office::Office, request_id, request_id::RequestId, rest::failure::Failure};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Headers of every answer that does not say otherwise itself.
const PROMISES: [(HeaderName, HeaderValue); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (PERMISSIONS_POLICY, HeaderValue::from_static("geolocation=(self), camera=(), microphone=(), payment=(), usb=()")),
    (OPENER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
];
const ONE_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Runs a request with its id, then completes its answer's headers.
pub async fn edge(State(office): State<Arc<Office>>, request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    let cookie = office.cookie();
    let ours = same_origin::allowed(request.method(), request.headers(), office.public_url(), cookie);
    let (begun, _at_work) = (Instant::now(), office.vitals().begin());
    let (route, method) = (request.extensions().get::<MatchedPath>().cloned(), request.method().clone());
    let mut response = id.clone().during(async { if ours { next.run(request).await } else { foreign().into_response() } }).await;
    office.vitals().record(route.as_ref().map(MatchedPath::as_str), &method, response.status(), begun.elapsed());
    let headers = response.headers_mut();
    headers.insert(request_id::HEADER, id.header());
    promise(headers, office.origin().is_secure());
    response
}

fn foreign() -> Failure {
    let words = "This request comes from another site's page: open Fieldlight itself and try again.";
    Failure::new(StatusCode::FORBIDDEN, "foreign_origin", words)
}

fn promise(headers: &mut HeaderMap, secure: bool) {
    for (name, value) in PROMISES {
        headers.entry(name).or_insert(value);
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, ONE_YEAR);
    }
}
