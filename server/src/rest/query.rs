//! The query string of a request, read by a form like a body.

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;

use super::{failure::Failure, form::Form};

/// Not read yet.
#[derive(Debug)]
pub struct Query(String);

impl Query {
    /// Reads it by a form.
    ///
    /// # Errors
    /// What is unknown, missing or ill-typed, by field.
    pub fn read<T: DeserializeOwned>(&self, form: &Form) -> Result<T, Failure> {
        Ok(form.query(&self.0)?)
    }
}

impl Query {
    /// Refuses whatever is asked where nothing can be.
    ///
    /// # Errors
    /// What is there, by name.
    pub fn nothing(&self) -> Result<(), Failure> {
        Ok(Form::of(&[]).query::<serde::de::IgnoredAny>(&self.0).map(drop)?)
    }

    /// Refuses filters beside `updatedSince`: changes are told whole, so that nobody misses one.
    ///
    /// # Errors
    /// When there are any.
    pub fn changes_only(&self) -> Result<(), Failure> {
        let window = ["updatedSince", "cursor", "limit", "stage"];
        let more = form_urlencoded::parse(self.0.as_bytes()).find(|(name, value)| !window.contains(&name.as_ref()) && !value.is_empty());
        match more {
            None => Ok(()),
            Some((name, _)) => {
                let words = "updatedSince goes with cursor and limit only: leave the filters out and filter what comes.";
                Err(domain::Rejections::one(&name, "not_with_updated_since", words).into())
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}
