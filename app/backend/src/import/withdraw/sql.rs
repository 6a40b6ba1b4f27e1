//! Statements that take an import back.

use crate::Error;
use crate::db::{Conn, find_in};
use crate::import::changes::Subject;
use domain::Instant;
use domain::ids::ImportId;
use sqlx::types::Json;
use std::collections::HashMap;
use uuid::Uuid;

/// What an import is, whether it counts, and its version.
pub(super) async fn of(conn: &mut Conn, id: ImportId) -> Result<Option<(String, String, i64)>, Error> {
    fetch_optional!(conn, "select kind, state, version from imports where id = $1", id.0)
}

/// What `alive_at` of a published import says: taking it back was begun.
const BEGUN: i64 = -1;
/// Or that was broken off, and what was done of it is being undone.
const RETURNING: i64 = -2;

/// Notes that taking an import back was begun.
pub(super) async fn begin(conn: &mut Conn, id: ImportId) -> Result<(), Error> {
    const TEXT: &str = "update imports set alive_at = $2 where id = $1 and state = 'published'";
    match execute!(conn, TEXT, id.0, BEGUN)? {
        0 => Err(Error::rejected("id", "withdrawn", "This import was taken back a moment ago.")),
        _ => Ok(()),
    }
}

/// Whether taking an import back was begun, and nobody undoes it.
pub(super) async fn begun(conn: &mut Conn, id: ImportId) -> Result<bool, Error> {
    let (alive_at,): (i64,) = fetch_one!(conn, "select alive_at from imports where id = $1", id.0)?;
    Ok(alive_at == BEGUN)
}

/// Imports that count with which taking back was begun, except one.
pub(crate) async fn broken_off(conn: &mut Conn, except: Option<ImportId>) -> Result<Vec<ImportId>, Error> {
    let rows: Vec<(Uuid,)> = fetch_all!(conn, "select id from imports where state = 'published' and alive_at < 0 order by version, id")?;
    Ok(rows.into_iter().map(|row| ImportId(row.0)).filter(|id| Some(*id) != except).collect())
}

/// Notes that what was begun with an import is being undone.
pub(super) async fn stand_again(conn: &mut Conn, id: ImportId) -> Result<(), Error> {
    const TEXT: &str = "update imports set alive_at = $2 where id = $1 and state = 'published' and alive_at < 0";
    match execute!(conn, TEXT, id.0, RETURNING)? {
        0 => Err(busy()),
        _ => Ok(()),
    }
}

/// Notes that an import stands as before, unless somebody goes on taking it back.
pub(super) async fn stands(conn: &mut Conn, id: ImportId, at: Instant) -> Result<(), Error> {
    match execute!(conn, "update imports set alive_at = $2 where id = $1 and alive_at = $3", id.0, at.0, RETURNING)? {
        0 => Err(busy()),
        _ => Ok(()),
    }
}

/// Another process takes an import back.
pub(crate) fn busy() -> Error {
    Error::rejected("id", "busy", "An import of sales is being taken back: try again when that is done.")
}

/// Imports that count no more of which something is left: records to go, lines, notes.
pub(crate) async fn unfinished(conn: &mut Conn) -> Result<Vec<ImportId>, Error> {
    const TEXT: &str = "select i.id from imports i where i.state = 'withdrawn' and (exists (select 1 from import_changes x where x.import_id = i.id) \
         or exists (select 1 from sales_lines l where l.import_id = i.id) or exists (select 1 from sales_lines l where l.replaced_by = i.id) \
         or exists (select 1 from sales_said_again a where a.import_id = i.id)) order by i.version, i.id";
    let rows: Vec<(Uuid,)> = fetch_all!(conn, TEXT)?;
    Ok(rows.into_iter().map(|row| ImportId(row.0)).collect())
}

/// The import counts no more.
pub(super) async fn withdrawn(conn: &mut Conn, id: ImportId, version: i64) -> Result<(), Error> {
    execute!(conn, "update imports set state = 'withdrawn', version = $2 where id = $1", id.0, version).map(drop)
}

/// What became of an import's rows.
pub(super) async fn report(conn: &mut Conn, id: ImportId) -> Result<serde_json::Value, Error> {
    let (report,): (Json<serde_json::Value>,) = fetch_one!(conn, "select report from imports where id = $1", id.0)?;
    Ok(report.0)
}

/// Keeps a report with what taking its import back did.
pub(super) async fn keep_report(conn: &mut Conn, id: ImportId, report: serde_json::Value) -> Result<(), Error> {
    execute!(conn, "update imports set report = $2 where id = $1", id.0, Json(report)).map(drop)
}

/// On which of these records something hangs, and what. Sales are [`sold`]'s and [`sold_to`]'s to tell.
pub(super) async fn hanging(conn: &mut Conn, subject: Subject, ids: &[Uuid]) -> Result<HashMap<Uuid, &'static str>, Error> {
    let heads: &[(&'static str, &'static str)] = match subject {
        Subject::Client => &[
            ("select distinct v.client_id from visits v where v.client_id in ", "it has visits"),
            ("select distinct p.client_id from contacts p where p.client_id in ", "it has contacts"),
            ("select distinct o.client_id from opportunities o where o.client_id in ", "it has opportunities"),
        ],
        Subject::Rep => &[
            ("select distinct u.rep_id from users u where u.rep_id in ", "somebody signs in as them"),
            ("select distinct c.rep_id from clients c where c.rep_id in ", "they own clients"),
            ("select distinct c.last_visit_by from clients c where c.last_visit_by in ", "they made visits"),
            ("select distinct v.rep_id from visits v where v.rep_id in ", "they made visits"),
            ("select distinct v.owner_id from visits v where v.owner_id in ", "they own clients"),
            ("select distinct p.owner_id from contacts p where p.owner_id in ", "they own clients"),
            ("select distinct b.rep_id from budgets b where b.rep_id in ", "they have budgets"),
            ("select distinct l.rep_id from leave l where l.rep_id in ", "they have leave"),
            ("select distinct o.rep_id from opportunities o where o.rep_id in ", "they have opportunities"),
        ],
        Subject::Branch => &[
            ("select distinct r.branch_id from reps r where r.branch_id in ", "reps belong to it"),
            ("select distinct u.branch_id from users u where u.branch_id in ", "people belong to it"),
            ("select distinct c.branch_id from clients c where c.branch_id in ", "clients belong to it"),
            ("select distinct p.branch_id from contacts p where p.branch_id in ", "clients belong to it"),
            ("select distinct v.branch_id from visits v where v.branch_id in ", "clients belong to it"),
            ("select distinct o.branch_id from opportunities o where o.branch_id in ", "opportunities belong to it"),
        ],
        Subject::Product => {
            &[("select distinct o.product_id from opportunities o where o.product_id in ", "there are opportunities of it")]
        }
        Subject::Pipeline => {
            &[("select distinct o.pipeline_id from opportunities o where o.pipeline_id in ", "opportunities go through it")]
        }
        Subject::Contact | Subject::Visit | Subject::Budget | Subject::Opportunity => &[],
    };
    let mut found = HashMap::new();
    for (head, what) in heads {
        let rows: Vec<(Uuid,)> = find_in(conn, head, ids).await?;
        found.extend(rows.into_iter().map(|row| (row.0, *what)));
    }
    Ok(found)
}

/// Products, reps or branches that lines of other imports name, each with the first of those: one pass over the lines, which have no index by them.
pub(super) async fn sold(conn: &mut Conn, subject: Subject, import: ImportId) -> Result<Sold, Error> {
    let text = match subject {
        Subject::Product => sql!("select distinct l.product_id, i.id, i.version", OF_OTHERS, " and l.product_id is not null"),
        Subject::Rep => sql!("select distinct l.rep_id, i.id, i.version", OF_OTHERS, " and l.rep_id is not null"),
        Subject::Branch => sql!("select distinct l.branch_id, i.id, i.version", OF_OTHERS, " and l.branch_id is not null"),
        _ => return Ok(Sold::new()),
    };
    let rows: Vec<(Uuid, Uuid, i64)> = fetch_all!(conn, text, import.0)?;
    Ok(first_of(rows))
}

/// Records that lines name, each with the first import that has such lines.
pub(super) type Sold = HashMap<Uuid, ImportId>;

const OF_OTHERS: &str = " from sales_lines l join imports i on i.id = l.import_id and i.state <> 'withdrawn' where l.import_id <> $1";

fn first_of(mut rows: Vec<(Uuid, Uuid, i64)>) -> Sold {
    rows.sort_unstable_by_key(|(_, import, version)| std::cmp::Reverse((*version, *import)));
    rows.into_iter().map(|(record, import, _)| (record, ImportId(import))).collect()
}

/// Those of these clients that lines of other imports name, each with the first of those.
pub(super) async fn sold_to(conn: &mut Conn, ids: &[Uuid], import: ImportId) -> Result<Sold, Error> {
    const HEAD: &str = "select distinct l.client_id, i.id, i.version from sales_lines l join imports i on i.id = l.import_id \
         and i.state <> 'withdrawn' where l.client_id in ";
    let rows: Vec<(Uuid, Uuid, i64)> = find_in(conn, HEAD, ids).await?;
    Ok(first_of(rows.into_iter().filter(|row| row.1 != import.0).collect()))
}

/// Records of a column that others belong to which an import made.
macro_rules! belonging {
    ($table:literal, $column:literal, $kind:literal) => {
        concat!(
            "select distinct r.",
            $column,
            ", i.id, i.version from ",
            $table,
            " r join import_changes x on x.record_id = r.id and x.kind = '",
            $kind,
            "' and x.print is not null join imports i on i.id = x.import_id and i.state = 'published' where r.",
            $column,
            " in "
        )
    };
}

/// Those of these records something belongs to that goes with another import which counts, each with the first of those imports.
pub(super) async fn came_with(conn: &mut Conn, subject: Subject, ids: &[Uuid], import: ImportId) -> Result<Sold, Error> {
    const BUDGETS: &str = "select distinct r.rep_id, i.id, i.version from budgets r join import_changes x on x.record_id = r.rep_id \
         and x.month = r.month and x.kind = 'budget' and x.print is not null join imports i on i.id = x.import_id and i.state = 'published' \
         where r.rep_id in ";
    let heads: &[&'static str] = match subject {
        Subject::Client => &[
            belonging!("contacts", "client_id", "contact"),
            belonging!("visits", "client_id", "visit"),
            belonging!("opportunities", "client_id", "opportunity"),
        ],
        Subject::Rep => &[
            BUDGETS,
            belonging!("clients", "rep_id", "client"),
            belonging!("visits", "rep_id", "visit"),
            belonging!("visits", "owner_id", "visit"),
            belonging!("contacts", "owner_id", "contact"),
            belonging!("opportunities", "rep_id", "opportunity"),
        ],
        Subject::Branch => &[
            belonging!("reps", "branch_id", "rep"),
            belonging!("clients", "branch_id", "client"),
            belonging!("visits", "branch_id", "visit"),
            belonging!("contacts", "branch_id", "contact"),
            belonging!("opportunities", "branch_id", "opportunity"),
        ],
        Subject::Product => &[belonging!("opportunities", "product_id", "opportunity")],
        Subject::Pipeline => &[belonging!("opportunities", "pipeline_id", "opportunity")],
        Subject::Contact | Subject::Visit | Subject::Budget | Subject::Opportunity => &[],
    };
    let mut rows: Vec<(Uuid, Uuid, i64)> = Vec::new();
    for head in heads {
        rows.extend(find_in::<(Uuid, Uuid, i64)>(conn, head, ids).await?);
    }
    Ok(first_of(rows.into_iter().filter(|row| row.1 != import.0).collect()))
}
