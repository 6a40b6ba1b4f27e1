//! What can go wrong in a use case, and whether trying again may help. No status codes: the server translates.

use domain::Rejections;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such record in the caller's scope.
    #[error("there is no such record, or it is not yours")]
    NotFound,
    /// The caller's role does not allow it.
    #[error("your role does not allow this")]
    Forbidden,
    /// A rule refused it; a person can put it right.
    #[error("{0}")]
    Rejected(Rejections),
    /// The record was changed meanwhile: it stands at `version`.
    #[error("the record was changed meanwhile; it stands at version {version}")]
    Conflict {
        /// Version of the row as it stands.
        version: i64,
    },
    /// The database cannot be reached or written just now.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// It took too long.
    #[error("the database took too long to answer")]
    Timeout,
    /// The operator has to change something; the text says what.
    #[error("{0}")]
    Configuration(String),
    /// A defect of ours.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Error {
    /// Whether asking again with the same request gives the same answer: outbox and jobs give up then.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::NotFound | Self::Forbidden | Self::Rejected(_) | Self::Conflict { .. })
    }

    /// A single rejection.
    #[must_use]
    pub fn rejected(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::Rejected(Rejections::one(field, code, message))
    }

    /// The same passing failure, for another who waited for the same commit.
    pub(crate) fn for_another(&self) -> Self {
        match self {
            Self::Timeout => Self::Timeout,
            Self::Configuration(text) => Self::Configuration(text.clone()),
            other => Self::Unavailable(other.to_string()),
        }
    }

    /// A defect, from anything that can be shown.
    pub fn internal(why: impl std::fmt::Display) -> Self {
        Self::Internal(why.to_string())
    }
}

impl From<Rejections> for Error {
    fn from(rejections: Rejections) -> Self {
        Self::Rejected(rejections)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut => Self::Timeout,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_) => {
                Self::Unavailable(error.to_string())
            }
            sqlx::Error::Database(ref db) => {
                if crate::db::dialect::is_passing(db.as_ref()) {
                    Self::Unavailable(db.message().to_owned())
                } else {
                    Self::internal(&error)
                }
            }
            other => Self::internal(other),
        }
    }
}
