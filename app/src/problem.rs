//! What crosses the wire when something went wrong: words a person can act on, or an opaque reference. Never internals.

use domain::Rejections;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a question was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "detail")]
pub enum Problem {
    /// What was entered breaks a rule.
    Rejected(Rejections),
    /// There is no such thing, or it is not the caller's to see.
    Missing,
    /// Nobody is signed in any more.
    SignIn,
    /// The caller may not do this.
    Forbidden,
    /// Somebody else changed it meanwhile.
    Changed,
    /// The server did not answer: no network, or it is down.
    Away,
    /// The server cannot work just now.
    Busy,
    /// It failed inside; the reference finds it in the log.
    Failed(String),
}

impl Problem {
    /// For people: what happened and what to do.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Rejected(rejections) => rejections.to_string(),
            Self::Missing => "There is nothing here, or it is no longer yours to see.".into(),
            Self::SignIn => "You are signed out. Sign in to go on.".into(),
            Self::Forbidden => "Your role does not allow this. Ask an administrator.".into(),
            Self::Changed => "Somebody changed this meanwhile. Load it again and repeat your change.".into(),
            Self::Away => "The server cannot be reached. Check the network, then try again.".into(),
            Self::Busy => "The server is busy. Try again in a moment.".into(),
            Self::Failed(reference) if reference.is_empty() => "This could not be loaded. Try again.".into(),
            Self::Failed(reference) => {
                ["This could not be loaded. Try again; if it happens again, pass on the reference ", reference, "."].concat()
            }
        }
    }
}

impl FromServerFnError for Problem {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Away,
            _ => Self::Failed(String::new()),
        }
    }
}
