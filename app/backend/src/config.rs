//! What the backend must be told; the server reads it from the environment.

use domain::Day;
use std::path::PathBuf;

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// One file, made when it is not there.
    Sqlite {
        /// The file.
        path: PathBuf,
    },
    /// A server that speaks PostgreSQL's protocol.
    Postgres {
        /// `postgres://…`
        url: String,
    },
}

/// Everything [`crate::Backend::open`] must know.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data is.
    pub database: Database,
    /// Where files that were brought in are kept; nowhere when absent.
    pub folder: Option<PathBuf>,
    /// Most bytes of a file that is handed over.
    pub file_max: u64,
    /// Run as of this day instead of the calendar's.
    pub as_of: Option<Day>,
    /// Connections for reading (SQLite) or in all (PostgreSQL).
    pub connections: u32,
    /// Take the SQLite file for this process alone, as a server does; commands that write beside a running server do not.
    pub exclusive: bool,
    /// Bring the tables up to date when opening.
    pub migrate: bool,
    /// A fault built in on purpose, for proving that a test finds it.
    #[cfg(debug_assertions)]
    pub fault: Option<Fault>,
}

/// Faults that the durability tests must find.
#[cfg(debug_assertions)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answers before the commit.
    AckBeforeCommit,
    /// Writes again what was sent twice.
    NoIdempotency,
    /// SQLite does not wait for the disk.
    SynchronousOff,
}

#[cfg(debug_assertions)]
impl Fault {
    /// From `ack_before_commit`, `no_idempotency`, `synchronous_off`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "ack_before_commit" => Some(Self::AckBeforeCommit),
            "no_idempotency" => Some(Self::NoIdempotency),
            "synchronous_off" => Some(Self::SynchronousOff),
            _ => None,
        }
    }
}

impl Config {
    /// Today's calendar, shared use, no migration: what a command needs.
    #[must_use]
    pub fn new(database: Database) -> Self {
        let connections = match database {
            Database::Sqlite { .. } => 4,
            Database::Postgres { .. } => 16,
        };
        Self {
            database,
            folder: None,
            file_max: intake::UNPACKED_MAX,
            as_of: None,
            connections,
            exclusive: false,
            migrate: false,
            #[cfg(debug_assertions)]
            fault: None,
        }
    }

    #[cfg(debug_assertions)]
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}
