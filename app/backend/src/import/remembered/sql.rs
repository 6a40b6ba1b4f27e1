//! Statements of remembered mappings.

use crate::Error;
use crate::db::Conn;

/// The mapping remembered for a header.
pub(super) async fn remembered(conn: &mut Conn, header: &str, kind: &str) -> Result<Option<String>, Error> {
    let row: Option<(String,)> =
        fetch_optional!(conn, "select mapping from import_mappings where header = $1 and kind = $2", header, kind)?;
    Ok(row.map(|row| row.0))
}

/// Remembers a mapping for a header.
pub(super) async fn remember(conn: &mut Conn, header: &str, kind: &str, mapping: &str, version: i64) -> Result<(), Error> {
    const TEXT: &str = "insert into import_mappings (header, kind, mapping, version) values ($1, $2, $3, $4) \
         on conflict (header, kind) do update set mapping = excluded.mapping, version = excluded.version";
    execute!(conn, TEXT, header, kind, mapping, version).map(drop)
}
