//! What went wrong, as partners see it: the one place where errors become status codes, stable codes and words.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use backend::Error;
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

    /// A session whose account was closed.
    #[must_use]
    pub fn device_revoked() -> Self {
        let words = "This device was signed out: the account is no longer active. Ask an administrator.";
        Self::new(StatusCode::UNAUTHORIZED, "device_revoked", words)
    }

    /// A fault of ours: only its reference crosses the wire.
    pub fn internal(cause: impl Into<String>) -> Self {
        let words = "Something went wrong here. Try again; if it happens again, report the request id.";
        Self { cause: Some(cause.into()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", words) }
    }

    /// With what is wrong, by field.
    #[must_use]
    pub fn with(self, details: Rejections) -> Self {
        Self { details: details.0, ..self }
    }

    /// A refusal of what was asked as 400: for questions, which change nothing.
    #[must_use]
    pub fn bad_request(self) -> Self {
        match self.status {
            StatusCode::UNPROCESSABLE_ENTITY => Self { status: StatusCode::BAD_REQUEST, ..self },
            _ => self,
        }
    }

    fn because(self, cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..self }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Forbidden => Self::new(StatusCode::FORBIDDEN, "forbidden", "Your role does not allow this: ask an administrator."),
            Error::Rejected(rejections) => rejections.into(),
            Error::Conflict { version } => {
                let words =
                    format!("The record was changed meanwhile and stands at version {version}: read it again, then repeat the change.");
                Self::new(StatusCode::PRECONDITION_FAILED, "version_conflict", words)
            }
            Error::Unavailable(why) => {
                let words = "The server cannot reach or write its data just now. Try again in a moment.";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", words).because(why)
            }
            Error::Timeout => {
                Self::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "That took too long. Try again in a moment.").because("timeout")
            }
            Error::Configuration(why) | Error::Internal(why) => Self::internal(why),
        }
    }
}

impl From<Rejections> for Failure {
    fn from(rejections: Rejections) -> Self {
        let message = rejections.to_string();
        Self { details: rejections.0, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "rejected", message) }
    }
}

impl Failure {
    /// Its status, and its error as the envelope has it. What partners are not told is logged.
    pub fn told(&self) -> (StatusCode, impl Serialize + '_) {
        if let Some(cause) = &self.cause {
            let id = RequestId::current();
            tracing::error!(request_id = id.as_str(), status = self.status.as_u16(), code = self.code, cause, "request failed");
        }
        (self.status, Words { code: self.code, message: &self.message, details: &self.details })
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, words) = self.told();
        answer::envelope(status, None::<()>, Some(words))
    }
}
