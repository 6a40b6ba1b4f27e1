//! Statements that ask the engine about itself.

use crate::Error;
use crate::db::Conn;

/// The engine's name and version.
pub(super) async fn engine(conn: &mut Conn) -> Result<(&'static str, String), Error> {
    if conn.is_sqlite() {
        let (version,): (String,) = fetch_one!(conn, "select sqlite_version()")?;
        return Ok(("SQLite", version));
    }
    let (version,): (String,) = fetch_one!(conn, "select current_setting('server_version')")?;
    Ok(("PostgreSQL", version))
}

/// The newest migration that ran.
pub(super) async fn migration(conn: &mut Conn) -> Result<i64, Error> {
    let (version,): (i64,) = fetch_one!(conn, "select max(version) from _sqlx_migrations where success")?;
    Ok(version)
}
