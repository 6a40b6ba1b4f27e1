//! Statements that list imports.

use super::Imported;
use crate::Error;
use crate::db::Conn;
use crate::import::withdraw::split_off;
use domain::Instant;
use domain::ids::ImportId;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct ImportRow {
    id: Uuid,
    kind: String,
    source: String,
    file_name: String,
    sha256: String,
    at: i64,
    state: String,
    report: Json<serde_json::Value>,
}

const COLUMNS: &str = "select id, kind, source, file_name, sha256, at, state, report from imports";

impl From<ImportRow> for Imported {
    fn from(mut r: ImportRow) -> Self {
        let withdrawn = split_off(&mut r.report.0);
        Self {
            id: ImportId(r.id),
            kind: r.kind,
            source: r.source,
            file_name: r.file_name,
            sha256: r.sha256,
            at: Instant(r.at),
            state: r.state,
            report: r.report.0,
            withdrawn,
        }
    }
}

/// The latest imports.
pub(super) async fn list(conn: &mut Conn, limit: i64) -> Result<Vec<Imported>, Error> {
    const TEXT: &str = sql!(COLUMNS, " order by at desc, id desc limit $1");
    let rows: Vec<ImportRow> = fetch_all!(conn, TEXT, limit)?;
    Ok(rows.into_iter().map(Imported::from).collect())
}

/// One import.
pub(super) async fn find(conn: &mut Conn, id: ImportId) -> Result<Option<Imported>, Error> {
    const TEXT: &str = sql!(COLUMNS, " where id = $1");
    let row: Option<ImportRow> = fetch_optional!(conn, TEXT, id.0)?;
    Ok(row.map(Imported::from))
}
