//! Client or prospect, active or inactive.

use serde::{Deserialize, Serialize};

/// Where a record stands on the way to buying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Buys from us.
    Client,
    /// May buy from us.
    Prospect,
}

impl Stage {
    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Prospect => "prospect",
        }
    }

    /// From [`Stage::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Client, Self::Prospect].into_iter().find(|s| s.code() == code)
    }
}

/// Whether a client is being worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Visited and called.
    Active,
    /// Kept, not visited: left out of Today.
    Inactive,
}

impl Status {
    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }

    /// From [`Status::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Active, Self::Inactive].into_iter().find(|s| s.code() == code)
    }
}
