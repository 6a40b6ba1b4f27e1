//! Where the server's errors become problems: logged here, once, with the request's reference, and nothing of them leaves.

use crate::problem::Problem;
use backend::Error;
use leptos::prelude::use_context;

/// The request's id, which a person can pass on; provided for every request.
#[derive(Clone, Debug)]
pub struct Reference(pub String);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejections) => Self::Rejected(rejections.to_string()),
            Error::NotFound => Self::Missing,
            Error::Forbidden => Self::Forbidden,
            Error::Conflict { .. } => Self::Changed,
            Error::Unavailable(_) | Error::Timeout => {
                tracing::warn!(reference = reference(), %error, "a screen's question was not answered");
                Self::Busy
            }
            Error::Configuration(_) | Error::Internal(_) => {
                let reference = reference();
                tracing::error!(reference, %error, "a screen's question failed");
                Self::Failed(reference)
            }
        }
    }
}

fn reference() -> String {
    use_context::<Reference>().map(|r| r.0).unwrap_or_default()
}
