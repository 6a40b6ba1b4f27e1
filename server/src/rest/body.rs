//! Reading a request's body: JSON only, bounded, every refusal in the envelope.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    failure::Failure,
    form::{Form, Object},
};

/// Largest body in bytes.
pub const BODY_MAX: usize = 2 * 1024 * 1024;

/// A JSON object, not read further yet.
#[derive(Debug)]
pub struct Body(Object);

impl Body {
    /// Reads it by a form.
    ///
    /// # Errors
    /// What is unknown, missing or ill-typed, by field.
    pub fn read<T: DeserializeOwned>(self, form: &Form) -> Result<T, Failure> {
        Ok(form.read(self.0)?)
    }

    /// Reads it by a form, as a request about the record the address names.
    ///
    /// # Errors
    /// As [`Body::read`].
    pub fn read_for<T: DeserializeOwned>(self, id: impl Serialize, form: &Form) -> Result<T, Failure> {
        self.read_with([("id", json!(id))], form)
    }

    /// Reads it by a form, then adds what comes from elsewhere, the address for example.
    ///
    /// # Errors
    /// As [`Body::read`].
    pub fn read_with<T: DeserializeOwned>(
        mut self,
        more: impl IntoIterator<Item = (&'static str, Value)>,
        form: &Form,
    ) -> Result<T, Failure> {
        form.check(&self.0)?;
        self.0.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Ok(form.take(self.0)?)
    }

    /// Lays the changes it names over what stands, null clearing a field.
    ///
    /// # Errors
    /// As [`Body::read`].
    pub fn over<T: Serialize + DeserializeOwned + Default>(self, before: &T, form: &Form) -> Result<T, Failure> {
        form.check(&self.0)?;
        let (mut object, empty) = (json!(before), json!(T::default()));
        for (name, value) in self.0 {
            object[&name] = if value.is_null() { empty[&name].clone() } else { value };
        }
        Ok(form.take(object.as_object().cloned().unwrap_or_default())?)
    }

    /// Whether it holds a field, to choose a form by.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.get(field).is_some_and(|value| !value.is_null())
    }

    /// With a field set that the body left out.
    #[must_use]
    pub fn or_set(mut self, field: &str, value: impl FnOnce() -> Value) -> Self {
        if !self.has(field) {
            self.0.insert(field.into(), value());
        }
        self
    }
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            let words = "Send the body as JSON with the header Content-Type: application/json.";
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", words));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unread(&rejection))?;
        parse(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn unread(rejection: &BytesRejection) -> Failure {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let words = format!("The body is larger than {} kB: send less at a time.", BODY_MAX / 1024);
        return Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words);
    }
    Failure::new(StatusCode::BAD_REQUEST, "unreadable", "The body broke off: send it again.")
}

fn parse(bytes: &[u8]) -> Result<Object, Failure> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_json", "The body must be a JSON object: { … }.")),
        Err(error) => {
            let words = format!("The body is not JSON: see line {}, column {}.", error.line(), error.column());
            Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_json", words))
        }
    }
}
