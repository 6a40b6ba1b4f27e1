//! What went wrong, as partners see it: the one place where errors become status codes, stable codes and words.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{Rejection, Rejections};
use serde::Serialize;

use super::answer;
use crate::request_id::RequestId;

/// An answer that says why not.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    details: Vec<Rejection>,
    /// For the log only.
    cause: Option<String>,
}

#[derive(Serialize)]
struct Words<'a> {
    code: &'a str,
    message: &'a str,
    details: &'a [Rejection],
}

impl Failure {
    /// A failure with a stable code and words that say what to do.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), details: Vec::new(), cause: None }
    }

    /// Nothing there, or nothing the caller may see.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here, or you may not see it.")
    }

    /// No session, or one that ended.
    #[must_use]
    pub fn session_expired() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "session_expired", "Sign in to go on.")
    }

    /// A fault of ours: only its reference crosses the wire.
    pub fn internal(cause: impl Into<String>) -> Self {
        let words = "Something went wrong here. Try again; if it happens again, report the request id.";
        Self { cause: Some(cause.into()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", words) }
    }

    /// The status it will answer with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    fn because(self, cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..self }
    }
}

impl From<Rejections> for Failure {
    fn from(rejections: Rejections) -> Self {
        let message = rejections.to_string();
        Self { details: rejections.0, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "rejected", message) }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            let id = RequestId::current();
            tracing::error!(request_id = id.as_str(), status = self.status.as_u16(), code = self.code, cause, "request failed");
        }
        let words = Words { code: self.code, message: &self.message, details: &self.details };
        answer::envelope(self.status, None::<()>, Some(words))
    }
}
