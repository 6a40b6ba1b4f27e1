//! The status of a server function's refusal: the framework answers 500 to every one of them.

use app::problem::{Plain, Problem};
use axum::{
    body::{self, Body},
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use leptos::server_fn::{Decodes, error::SERVER_FN_ERROR_HEADER};

/// A problem is a few words.
const LONGEST: usize = 64 * 1024;

/// Gives a refusal the status that REST would answer it with.
pub async fn tell(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let refused = response.status() == StatusCode::INTERNAL_SERVER_ERROR && response.headers().contains_key(SERVER_FN_ERROR_HEADER);
    if !refused {
        return response;
    }
    let (mut parts, words) = response.into_parts();
    let Ok(words) = body::to_bytes(words, LONGEST).await else { return Response::from_parts(parts, Body::empty()) };
    if let Ok(problem) = <Plain as Decodes<Problem>>::decode(words.clone()) {
        parts.status = status(&problem);
    }
    Response::from_parts(parts, Body::from(words))
}

const fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::Rejected(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::Missing => StatusCode::NOT_FOUND,
        Problem::SignIn => StatusCode::UNAUTHORIZED,
        Problem::Forbidden => StatusCode::FORBIDDEN,
        Problem::Changed => StatusCode::PRECONDITION_FAILED,
        Problem::Away | Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Problem::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
