//! The true differences between the engines, side by side.

use super::Conn;
use sqlx::error::DatabaseError;

/// Whether `$2` occurs in `$1`: `instr` and `strpos`; never `like`, whose case rules differ.
pub(crate) fn contains(conn: &Conn) -> &'static str {
    if conn.is_sqlite() { "instr" } else { "strpos" }
}

/// Makes a JSON array of its arguments.
pub(crate) fn json_array(conn: &Conn) -> &'static str {
    if conn.is_sqlite() { "json_array" } else { "json_build_array" }
}

/// What stands before and after an id that goes into JSON: a blob is no text there, a uuid is; none stays none.
pub(crate) fn id_text(conn: &Conn) -> (&'static str, &'static str) {
    if conn.is_sqlite() { ("nullif(hex(", "), '')") } else { ("", "") }
}

/// Whether an error of the engine may be gone the next time: the file is locked, the disk full, the server shutting down.
pub(crate) fn is_passing(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    match code.parse::<i32>() {
        // SQLite's extended codes: the primary one is the low byte. BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL.
        Ok(code) if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => {
            matches!(code & 0xff, 5 | 6 | 7 | 8 | 9 | 10 | 11 | 13 | 14 | 15)
        }
        // PostgreSQL's classes: connection, transaction rollback, out of resources, operator intervention, system error.
        _ => ["08", "40", "53", "57", "58"].iter().any(|class| code.starts_with(class)) || code == "25006",
    }
}

/// Whether SQLite says that somebody else holds the lock: BUSY, in its extended codes the low byte.
pub(crate) fn is_held(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code()?.parse::<i32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// Whether an error says that a table is not there: the migrations have not run.
pub(crate) fn is_missing_table(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.code().as_deref() == Some("42P01") || e.message().starts_with("no such table"))
}
