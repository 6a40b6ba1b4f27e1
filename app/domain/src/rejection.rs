//! What a person can put right: the field, a stable code and words that say what to do. The same in the browser and from REST.

use serde::{Deserialize, Serialize};

/// One thing wrong with what was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The field it belongs under, in the spelling of the JSON body; empty when it concerns the whole.
    pub field: String,
    /// Stable, for programs: `required`, `too_long`, `out_of_range`, …
    pub code: String,
    /// For people: what to do.
    pub message: String,
}

/// All that is wrong with one request; never empty when it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rejections(pub Vec<Rejection>);

impl Rejections {
    /// A single rejection, as an error value.
    #[must_use]
    pub fn one(field: &str, code: &str, message: impl Into<String>) -> Self {
        let mut all = Self::default();
        all.add(field, code, message);
        all
    }

    /// Adds one more.
    pub fn add(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.0.push(Rejection { field: field.into(), code: code.into(), message: message.into() });
    }

    /// `value` when nothing was rejected.
    ///
    /// # Errors
    /// The rejections, when there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    /// The message for a field, if there is one.
    #[must_use]
    pub fn for_field(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|r| r.field == field).map(|r| r.message.as_str())
    }
}

impl std::fmt::Display for Rejections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, r) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&r.message)?;
        }
        Ok(())
    }
}
