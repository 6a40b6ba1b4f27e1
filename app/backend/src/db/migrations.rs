//! The tables' history: the files under `migrations/`, embedded, run in order, never edited once landed.

use super::{Conn, Engine};
use crate::Error;
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

fn migrator(list: &'static [(i64, &'static str, &'static str)]) -> Migrator {
    let one = |(version, title, text): &(i64, &'static str, &'static str)| {
        Migration::new(*version, (*title).into(), MigrationType::Simple, text.into_sql_str(), false)
    };
    Migrator::with_migrations(list.iter().map(one).collect())
}

/// Brings the tables up to date; nothing to do is success.
pub(super) async fn run(conn: &mut Conn) -> Result<(), Error> {
    let done = match conn.engine() {
        Engine::Sqlite(c) => migrator(SQLITE).run_direct(None, c, false).await,
        Engine::Postgres(c) => migrator(POSTGRES).run_direct(None, c, false).await,
    };
    done.map_err(|e| Error::Configuration(format!("The database could not be migrated: {e}.")))
}

/// Refuses tables that are older or newer than this build.
pub(crate) async fn check(conn: &mut Conn) -> Result<(), Error> {
    let newest = SQLITE.last().map_or(0, |m| m.0);
    let found: Result<Option<(Option<i64>,)>, sqlx::Error> = match conn.engine() {
        Engine::Sqlite(c) => sqlx::query_as("select max(version) from _sqlx_migrations where success").fetch_optional(c).await,
        Engine::Postgres(c) => sqlx::query_as("select max(version) from _sqlx_migrations where success").fetch_optional(c).await,
    };
    let found = match found {
        Ok(row) => row.and_then(|r| r.0).unwrap_or(0),
        Err(e) if super::dialect::is_missing_table(&e) => 0,
        Err(e) => return Err(e.into()),
    };
    match found.cmp(&newest) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Error::Configuration(format!(
            "The database stands at migration {found}, this build needs {newest}: run `fieldlight migrate`."
        ))),
        std::cmp::Ordering::Greater => Err(Error::Configuration(format!(
            "The database stands at migration {found}, this build knows {newest}: start the newer build."
        ))),
    }
}
