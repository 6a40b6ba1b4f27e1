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

/// Refuses tables that are older or newer than this build. A file may have landed with a lower number than one that had run: each is looked for.
pub(crate) async fn check(conn: &mut Conn) -> Result<(), Error> {
    let ran: Result<Vec<(i64,)>, sqlx::Error> = match conn.engine() {
        Engine::Sqlite(c) => sqlx::query_as("select version from _sqlx_migrations where success").fetch_all(c).await,
        Engine::Postgres(c) => sqlx::query_as("select version from _sqlx_migrations where success").fetch_all(c).await,
    };
    let ran: Vec<i64> = match ran {
        Ok(rows) => rows.into_iter().map(|row| row.0).collect(),
        Err(e) if super::dialect::is_missing_table(&e) => Vec::new(),
        Err(e) => return Err(e.into()),
    };
    let newest = ran.iter().max().copied().unwrap_or(0);
    if let Some(missing) = SQLITE.iter().map(|m| m.0).find(|version| !ran.contains(version)) {
        return Err(Error::Configuration(format!(
            "The database stands at migration {newest}, this build needs {missing}: run `fieldlight migrate`."
        )));
    }
    if ran.iter().any(|version| !SQLITE.iter().any(|m| m.0 == *version)) {
        let known = SQLITE.last().map_or(0, |m| m.0);
        return Err(Error::Configuration(format!(
            "The database stands at migration {newest}, this build knows {known}: start the newer build."
        )));
    }
    Ok(())
}
