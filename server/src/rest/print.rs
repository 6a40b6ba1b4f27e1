//! What a request with an idempotency key says, as a number: the same key for another request is then noticed.

use axum::{
    body::{self, Body},
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::{body::BODY_MAX, failure::Failure};

/// A request's fingerprint, in its extensions.
#[derive(Clone, Copy, Debug)]
pub struct Print(pub i64);

/// Leaves the fingerprint of method, address and body with a request that has a key.
pub async fn fingerprint(request: Request, next: Next) -> Response {
    if !request.headers().contains_key("idempotency-key") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    // a body that is too long, or breaks off, is refused by whoever reads it
    let Ok(bytes) = body::to_bytes(body, BODY_MAX).await else {
        let words = format!("The body is larger than {} kB, or broke off: send less at a time.", BODY_MAX / 1024);
        return Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words).into_response();
    };
    let address = parts.uri.path_and_query().map_or("", |p| p.as_str());
    let hash =
        Sha256::new().chain_update(parts.method.as_str()).chain_update([0]).chain_update(address).chain_update([0]).chain_update(&bytes);
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    parts.extensions.insert(Print(i64::from_be_bytes(first)));
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}
