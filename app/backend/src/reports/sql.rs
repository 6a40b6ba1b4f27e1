//! Statements of reports.

use crate::Error;
use crate::db::Conn;
use domain::Instant;
use domain::ids::{ReportId, UserId};
use domain::people::Caller;
use domain::reports::{Made, Report, ReportDraft, Schedule, View};
use sqlx::types::Json;
use uuid::Uuid;

row! {
    /// A report as it is stored.
    ReportRow as "r" {
        id: Uuid,
        owner_id: Uuid,
        name: String,
        room: String,
        filters: String,
        rank: String,
        shared: bool,
        schedule: Option<Json<Schedule>>,
        due_at: Option<i64>,
        tries: i32,
        last: Option<Json<Made>>,
        version: i64,
        changed_at: i64,
    }
}

/// A report with the name of who keeps it.
type Kept = crate::db::Beside<ReportRow, OwnerRow>;

row! {
    /// Who keeps it.
    OwnerRow as "u" { name: String }
}

fn report(kept: Kept) -> Report {
    let (row, owner) = (kept.0, kept.1);
    Report {
        id: ReportId(row.id),
        owner_id: UserId(row.owner_id),
        owner_name: owner.name,
        draft: ReportDraft { name: row.name, view: View { room: row.room, filters: row.filters, by: row.rank }, shared: row.shared },
        schedule: row.schedule.map(|schedule| schedule.0),
        due_at: row.due_at.map(Instant),
        last: row.last.map(|last| last.0),
        version: row.version,
        changed_at: Instant(row.changed_at),
    }
}

const KEPT: &str = sql!("select ", ReportRow::COLUMNS, ", ", OwnerRow::COLUMNS, " from reports r join users u on u.id = r.owner_id ");

/// Own and shared ones.
pub(super) async fn seen(conn: &mut Conn, caller: &Caller) -> Result<Vec<Report>, Error> {
    let text = sql!(KEPT, "where r.owner_id = $1 or r.shared");
    let rows: Vec<Kept> = fetch_all!(conn, text, caller.user.0)?;
    Ok(rows.into_iter().map(report).collect())
}

/// One of those.
pub(super) async fn find(conn: &mut Conn, caller: &Caller, id: ReportId) -> Result<Option<Report>, Error> {
    let text = sql!(KEPT, "where r.id = $1 and (r.owner_id = $2 or r.shared)");
    let row: Option<Kept> = fetch_optional!(conn, text, id.0, caller.user.0)?;
    Ok(row.map(report))
}

pub(super) async fn count(conn: &mut Conn, owner: UserId) -> Result<i64, Error> {
    let row: (i64,) = fetch_one!(conn, "select count(*) from reports where owner_id = $1", owner.0)?;
    Ok(row.0)
}

/// A new one, or one as it is now; its owner and its schedule stay.
pub(super) async fn write(conn: &mut Conn, r: &Report) -> Result<(), Error> {
    execute!(
        conn,
        "insert into reports (id, owner_id, name, room, filters, rank, shared, tries, version, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9) on conflict (id) do update set name = excluded.name, room = excluded.room, \
         filters = excluded.filters, rank = excluded.rank, shared = excluded.shared, version = excluded.version, changed_at = excluded.changed_at",
        r.id.0,
        r.owner_id.0,
        &r.draft.name,
        &r.draft.view.room,
        &r.draft.view.filters,
        &r.draft.view.by,
        r.draft.shared,
        r.version,
        r.changed_at.0,
    )
    .map(drop)
}

pub(super) async fn delete(conn: &mut Conn, id: ReportId) -> Result<(), Error> {
    execute!(conn, "delete from reports where id = $1", id.0).map(drop)
}

/// Sets or clears the schedule; tries begin anew.
pub(super) async fn schedule(conn: &mut Conn, r: &Report) -> Result<(), Error> {
    execute!(
        conn,
        "update reports set schedule = $2, due_at = $3, tries = 0, version = $4, changed_at = $5 where id = $1",
        r.id.0,
        r.schedule.as_ref().map(Json),
        r.due_at.map(|at| at.0),
        r.version,
        r.changed_at.0,
    )
    .map(drop)
}

/// The report whose hour came first, with the times it was tried, whoever keeps it.
pub(super) async fn first_due_unscoped(conn: &mut Conn, now: Instant) -> Result<Option<(Report, u32)>, Error> {
    let text = sql!(KEPT, "where r.due_at is not null and r.due_at <= $1 order by r.due_at, r.id limit 1");
    let row: Option<Kept> = fetch_optional!(conn, text, now.0)?;
    Ok(row.map(|row| {
        let tries = u32::try_from(row.0.tries).unwrap_or(0);
        (report(row), tries)
    }))
}

/// Moves the hour on from what it was; whether nobody else did so first.
pub(super) async fn take(conn: &mut Conn, id: ReportId, due: Instant, until: Instant) -> Result<bool, Error> {
    let moved = execute!(
        conn,
        "update reports set due_at = $3, tries = tries + 1 where id = $1 and due_at = $2 and schedule is not null",
        id.0,
        due.0,
        until.0,
    )?;
    Ok(moved == 1)
}

/// What came of it, and when it is tried or made next; nothing where the schedule was set anew meanwhile.
pub(super) async fn settle(
    conn: &mut Conn,
    id: ReportId,
    held: Instant,
    (next, done): (Instant, bool),
    last: &Made,
) -> Result<bool, Error> {
    let settled = execute!(
        conn,
        "update reports set due_at = $3, tries = case when $4 then 0 else tries end, last = $5 where id = $1 and due_at = $2",
        id.0,
        held.0,
        next.0,
        done,
        Json(last),
    )?;
    Ok(settled == 1)
}
