//! Opening either engine: readers and one writer on SQLite, a pool on PostgreSQL.

use super::group::Queue;
use super::{Conn, lock, migrations};
use crate::Error;
use crate::company::Cache;
use crate::config::{Config, Database};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::fs::File;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// The database, open.
pub(crate) enum Db {
    /// A file: many readers, one writer behind a queue.
    Sqlite {
        /// Readers.
        read: SqlitePool,
        /// The writer's queue.
        queue: Queue,
        /// Held while this process serves the file.
        _lock: Option<File>,
    },
    /// A server.
    Postgres(PgPool),
}

pub(super) const BUSY: Duration = Duration::from_secs(10);
const ACQUIRE: Duration = Duration::from_secs(10);

impl Db {
    pub(crate) async fn open(config: &Config, cache: &Arc<Cache>) -> Result<Self, Error> {
        let db = match &config.database {
            Database::Sqlite { path } => Self::open_sqlite(config, path, cache).await?,
            Database::Postgres { url } => {
                let options = PgConnectOptions::from_str(url)
                    .map_err(|e| Error::Configuration(format!("The database's address is not understood: {e}.")))?;
                let options = options.disable_statement_logging();
                // The pool would try again until its time is up; whoever starts a server wants to know at once.
                options.connect().await?.close().await?;
                let pool = PgPoolOptions::new().max_connections(config.connections).acquire_timeout(ACQUIRE);
                Self::Postgres(pool.connect_with(options).await?)
            }
        };
        let mut conn = db.read().await?;
        if config.migrate && !conn.is_sqlite() {
            migrations::run(&mut conn).await?;
        }
        migrations::check(&mut conn).await?;
        Ok(db)
    }

    async fn open_sqlite(config: &Config, path: &Path, cache: &Arc<Cache>) -> Result<Self, Error> {
        let lock = config.exclusive.then(|| lock::take(path)).transpose()?;
        let options = sqlite_options(config, path);
        let writer = options.clone().create_if_missing(config.migrate).connect().await.map_err(|e| no_file(path, &e))?;
        let mut writer = Conn::SqliteWrite(Box::new(writer));
        if config.migrate {
            migrations::run(&mut writer).await?;
        }
        hurry(&mut writer).await?;
        let pool = SqlitePoolOptions::new().max_connections(config.connections).acquire_timeout(ACQUIRE).test_before_acquire(false);
        // sums over millions of lines are sorted on the disk where they are more than the cache: memory stays bounded
        let read = options.clone().read_only(true).pragma("cache_size", "-4000").pragma("temp_store", "file");
        let read = pool.connect_with(read).await?;
        let queue = Queue::start(writer, options, Arc::clone(cache), config.clone());
        Ok(Self::Sqlite { read, queue, _lock: lock })
    }

    /// A connection for reading.
    pub(crate) async fn read(&self) -> Result<Conn, Error> {
        Ok(match self {
            Self::Sqlite { read, .. } => Conn::SqliteRead(read.acquire().await?),
            Self::Postgres(pool) => Conn::PostgresRead(pool.acquire().await?),
        })
    }

    /// Connections open, and how many of them are idle; on SQLite of the readers.
    pub(crate) fn pool(&self) -> (u32, u32) {
        let (open, idle) = match self {
            Self::Sqlite { read, .. } => (read.size(), read.num_idle()),
            Self::Postgres(pool) => (pool.size(), pool.num_idle()),
        };
        (open, u32::try_from(idle).unwrap_or(open))
    }

    /// Waits for the writes under way and closes; on SQLite the writer last, which then folds the log into the file.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { read, queue, .. } => {
                read.close().await;
                queue.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Opens the writer's connection anew.
pub(super) async fn reopen(options: &SqliteConnectOptions) -> Result<Conn, Error> {
    let mut writer = Conn::SqliteWrite(Box::new(SqliteConnection::connect_with(options).await?));
    hurry(&mut writer).await?;
    Ok(writer)
}

/// Makes SQLite's own waiting for a lock so short that it stays dense: whoever wants to write tries again (`group`).
async fn hurry(writer: &mut Conn) -> Result<(), Error> {
    execute!(writer, "pragma busy_timeout = 5").map(drop)
}

fn sqlite_options(config: &Config, path: &Path) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .synchronous(synchronous(config))
        .statement_cache_capacity(512)
        .row_buffer_size(512)
        .pragma("wal_autocheckpoint", "4000")
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "memory");
    options.disable_statement_logging()
}

#[cfg(debug_assertions)]
fn synchronous(config: &Config) -> SqliteSynchronous {
    if config.has(crate::config::Fault::SynchronousOff) { SqliteSynchronous::Off } else { SqliteSynchronous::Full }
}

#[cfg(not(debug_assertions))]
fn synchronous(_: &Config) -> SqliteSynchronous {
    SqliteSynchronous::Full
}

fn no_file(path: &Path, error: &sqlx::Error) -> Error {
    Error::Configuration(format!(
        "The database {} cannot be opened ({error}): run `fieldlight migrate` to make it, or check the path.",
        path.display()
    ))
}
