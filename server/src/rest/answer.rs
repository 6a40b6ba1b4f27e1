//! The envelope every answer under `/api` wears: `{"data", "error", "metadata": {"requestId"}}`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::request_id::RequestId;

/// A good answer.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    data: T,
    version: Option<i64>,
}

/// The envelope around an answer's data or a failure's words.
#[derive(Debug, Serialize)]
pub struct Envelope<'a, T, E> {
    /// What was asked for; null with an error.
    pub data: Option<T>,
    /// What went wrong; null otherwise.
    pub error: Option<E>,
    /// About this answer.
    pub metadata: Metadata<'a>,
}

/// About one answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata<'a> {
    /// Name the request by this when reporting a problem.
    pub request_id: &'a str,
}

impl<T: Serialize> Answer<T> {
    /// 200.
    pub fn ok(data: T) -> Self {
        Self { status: StatusCode::OK, data, version: None }
    }

    /// 201.
    pub fn created(data: T) -> Self {
        Self { status: StatusCode::CREATED, data, version: None }
    }

    /// 202: under way.
    pub fn accepted(data: T) -> Self {
        Self { status: StatusCode::ACCEPTED, data, version: None }
    }

    /// With the record's version as its `ETag`.
    #[must_use]
    pub fn version(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let mut response = envelope(self.status, Some(self.data), None::<()>);
        if let Some(version) = self.version
            && let Ok(tag) = HeaderValue::try_from(format!("\"{version}\""))
        {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// Writes an envelope.
pub fn envelope(status: StatusCode, data: Option<impl Serialize>, error: Option<impl Serialize>) -> Response {
    let id = RequestId::current();
    let body = Envelope { data, error, metadata: Metadata { request_id: id.as_str() } };
    let json = HeaderValue::from_static("application/json");
    match serde_json::to_vec(&body) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, json)], bytes).into_response(),
        Err(error) => {
            tracing::error!(request_id = id.as_str(), %error, "an answer could not be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
