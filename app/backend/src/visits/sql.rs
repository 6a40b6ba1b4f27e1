//! Statements of visits: reading one, writing one or many.

use super::row::{DERIVED, DERIVED_WIDTH, VisitRow, Written};
use crate::Error;
use crate::db::{Conn, ScopeIds, find_in, insert_rows};
use domain::clients::Client;
use domain::ids::{ClientId, VisitId};
use domain::people::Caller;
use domain::visits::Visit;
use uuid::Uuid;

const FIND: &str = sql!(
    "select ",
    VisitRow::COLUMNS,
    " from visits v where v.id = $1 and ($2 is null or v.owner_id = $2 or v.rep_id = $4) and ($3 is null or v.branch_id = $3)"
);

/// A visit to a client of the caller's scope.
pub(crate) async fn find(conn: &mut Conn, caller: &Caller, id: VisitId) -> Result<Option<Visit>, Error> {
    let scope = ScopeIds::of(caller);
    let row: Option<VisitRow> = fetch_optional!(conn, FIND, id.0, scope.rep, scope.branch, Option::<Uuid>::None)?;
    Ok(row.map(Into::into))
}

/// As [`find`], also one that the caller made at a client that belongs to somebody else by now.
pub(crate) async fn find_made(conn: &mut Conn, caller: &Caller, id: VisitId) -> Result<Option<Visit>, Error> {
    let scope = ScopeIds::of(caller);
    let row: Option<VisitRow> = fetch_optional!(conn, FIND, id.0, scope.rep, scope.branch, caller.rep.map(|r| r.0))?;
    Ok(row.map(Into::into))
}

/// Which of these ids are taken.
pub(crate) async fn taken_unscoped(conn: &mut Conn, ids: &[VisitId]) -> Result<Vec<VisitId>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid,)> = find_in(conn, "select v.id from visits v where v.id in ", &ids).await?;
    Ok(rows.into_iter().map(|r| VisitId(r.0)).collect())
}

const INSERT: &str = sql!("insert into visits (", VisitRow::INSERT, DERIVED, ") values ");
const WIDTH: usize = VisitRow::WIDTH + DERIVED_WIDTH;

/// Writes a new visit; `false` when its id is taken.
pub(crate) async fn insert(conn: &mut Conn, visit: &Visit, client: &Client) -> Result<bool, Error> {
    Ok(insert_rows(conn, INSERT, WIDTH, " on conflict (id) do nothing", &[Written::of(visit, client)]).await? == 1)
}

/// Writes many new visits.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[Written<'_>]) -> Result<u64, Error> {
    insert_rows(conn, INSERT, WIDTH, "", rows).await
}

/// Writes visits that exist as they now stand.
pub(crate) async fn save(conn: &mut Conn, visit: &Visit, client: &Client) -> Result<(), Error> {
    const TAIL: &str = sql!(" on conflict (id) do update set ", VisitRow::EXCLUDED, ", starts_at = excluded.starts_at");
    insert_rows(conn, INSERT, WIDTH, TAIL, &[Written::of(visit, client)]).await.map(drop)
}

/// The soonest planned visit to a client.
pub(crate) async fn next_planned_unscoped(conn: &mut Conn, client: ClientId) -> Result<Option<i64>, Error> {
    let row: (Option<i64>,) =
        fetch_one!(conn, "select min(v.planned_at) from visits v where v.client_id = $1 and v.status = 'planned'", client.0)?;
    Ok(row.0)
}

/// Day, visitor and kind of the completed visits to a client, latest first.
pub(crate) async fn completed_unscoped(conn: &mut Conn, client: ClientId) -> Result<Vec<(i32, Option<Uuid>, String)>, Error> {
    fetch_all!(
        conn,
        "select v.day, v.rep_id, v.kind from visits v where v.client_id = $1 and v.status = 'completed' \
         order by v.day desc, v.starts_at desc, v.id desc",
        client.0,
    )
}

/// Visits follow their client to its new owner.
pub(crate) async fn move_to(conn: &mut Conn, client: &Client) -> Result<(), Error> {
    execute!(
        conn,
        "update visits set owner_id = $2, branch_id = $3, version = $4 where client_id = $1",
        client.id.0,
        client.rep_id.map(|r| r.0),
        client.branch_id.map(|b| b.0),
        client.version,
    )
    .map(drop)
}
