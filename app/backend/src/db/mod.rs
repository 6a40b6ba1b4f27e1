//! The two engines behind one set of statements: connections, the macros that run a statement on either, transactions and the writer.

#[macro_use]
mod statement;
mod bulk;
pub(crate) mod connect;
pub(crate) mod dialect;
mod group;
mod lock;
pub(crate) mod migrations;
mod scope;
mod tx;
mod write;

pub(crate) use bulk::{find_in, find_rows, insert_rows, list_text};
pub(crate) use connect::Db;
pub(crate) use group::{Member, Needs};
pub(crate) use scope::{Built, ScopeIds};
pub(crate) use statement::{Args, Beside, Bind, RowAt, after_comma, all, run};
pub(crate) use tx::Tx;

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

/// A connection of either engine, for reading or inside the transaction that writes.
pub(crate) enum Conn {
    /// One of the readers.
    SqliteRead(PoolConnection<Sqlite>),
    /// The only one that writes.
    SqliteWrite(Box<SqliteConnection>),
    /// Any.
    PostgresRead(PoolConnection<Postgres>),
    /// One inside its transaction.
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection underneath.
pub(crate) enum Engine<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

impl Conn {
    pub(crate) fn engine(&mut self) -> Engine<'_> {
        match self {
            Self::SqliteRead(c) => Engine::Sqlite(c),
            Self::SqliteWrite(c) => Engine::Sqlite(c),
            Self::PostgresRead(c) => Engine::Postgres(c),
            Self::PostgresWrite(c) => Engine::Postgres(c),
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::SqliteRead(_) | Self::SqliteWrite(_))
    }
}
