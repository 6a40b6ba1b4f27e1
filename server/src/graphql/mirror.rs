//! Records as GraphQL shows them: the fields REST writes, by the same names.

use async_graphql::{ID, Result};
use serde::{Serialize, de::DeserializeOwned};

use super::answer::refused;
use crate::rest::failure::Failure;

/// A record as one of GraphQL's types, which takes of it what it shows.
pub fn shown<T: DeserializeOwned>(record: &impl Serialize) -> Result<T> {
    let shown = serde_json::to_value(record).and_then(serde_json::from_value);
    shown.map_err(|error| refused(Failure::internal(format!("a record is not what GraphQL shows: {error}"))))
}

/// An argument as a query string would have it: what is left out is absent.
pub fn given(arguments: &impl Serialize) -> serde_json::Map<String, serde_json::Value> {
    let mut all = serde_json::to_value(arguments).ok().and_then(|value| value.as_object().cloned()).unwrap_or_default();
    all.retain(|_, value| !value.is_null());
    all
}

/// What `T` an address names; what is no id is not found.
pub fn named<T: std::str::FromStr>(id: &ID) -> Result<T> {
    id.parse().map_err(|_| refused(Failure::not_found()))
}
