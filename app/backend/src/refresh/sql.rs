//! Statements of the daily refresh.

use super::Refresh;
use crate::Error;
use crate::company;
use crate::db::Conn;
use sqlx::types::Json;

/// How it is set up.
pub(super) async fn read(conn: &mut Conn) -> Result<Refresh, Error> {
    let row: Option<(Option<Json<Refresh>>,)> = fetch_optional!(conn, "select refresh from company where id = 1")?;
    Ok(row.and_then(|row| row.0).map(|refresh| refresh.0).unwrap_or_default())
}

/// Keeps it; a company whose settings nobody has saved yet gets the usual ones.
pub(super) async fn write(conn: &mut Conn, refresh: &Refresh) -> Result<(), Error> {
    if company::sql::settings(conn).await?.is_none() {
        company::sql::save(conn, &company::Settings::default()).await?;
    }
    execute!(conn, "update company set refresh = $1 where id = 1", Json(refresh)).map(drop)
}

/// Whether this very file counts as this kind.
pub(super) async fn stands(conn: &mut Conn, kind: &str, sha256: &str) -> Result<bool, Error> {
    let (times,): (i64,) =
        fetch_one!(conn, "select count(*) from imports where sha256 = $1 and kind = $2 and state = 'published'", sha256, kind)?;
    Ok(times > 0)
}
