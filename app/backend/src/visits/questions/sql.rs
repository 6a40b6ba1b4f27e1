//! Statements that answer lists of visits, each with the names a reader needs.

use crate::Error;
use crate::clients::row::{ItemRow, stage};
use crate::db::{Args, Beside, Built, Conn, ScopeIds, all};
use crate::sync::Since;
use crate::visits::row::VisitRow;
use domain::Day;
use domain::clients::ClientItem;
use domain::company::Company;
use domain::ids::ClientId;
use domain::people::Caller;
use domain::today::PROMISE_AHEAD_DAYS;
use domain::visits::{Visit, VisitItem, VisitQuery};

row! {
    /// Whether the client is archived.
    ArchivedRow as "c" { archived_at: Option<i64> }
}

const SEEN: &str = sql!(
    "select ",
    VisitRow::COLUMNS,
    ", ",
    ItemRow::COLUMNS,
    ", ",
    ArchivedRow::COLUMNS,
    " from visits v join clients c on c.id = v.client_id where "
);

type Seen = Beside<VisitRow, Beside<ItemRow, ArchivedRow>>;

/// A visit in a list.
fn item(visit: VisitRow, client: &ItemRow, company: &Company) -> VisitItem {
    let v = Visit::from(visit);
    VisitItem {
        clock_flagged: v.clock_flagged(),
        id: v.id,
        client_id: v.client_id,
        client_name: client.name.clone(),
        client_stage: stage(&client.stage),
        town: client.town.clone(),
        rep_id: v.rep_id,
        rep_name: v.rep_id.and_then(|id| company.rep_name(id)).map(Into::into),
        status: v.status,
        kind: v.kind,
        day: v.day,
        planned_at: v.planned_at,
        checked_in_at: v.checked_in.map(|s| s.at),
        checked_out_at: v.checked_out.map(|s| s.at),
        distance_m: v.distance_m,
        within_radius: v.within_radius,
        outside_reason: v.outside_reason,
        outcome: v.outcome,
        notes: v.notes,
        next_step: v.next_step,
        next_step_on: v.next_step_on,
        promise: v.promise,
        cancel_reason: v.cancel_reason,
    }
}

/// The rows of a page.
pub(crate) async fn page(conn: &mut Conn, caller: &Caller, q: &VisitQuery, company: &Company, limit: u32) -> Result<Vec<VisitItem>, Error> {
    let mut query = Built::new(SEEN, Args::of(conn));
    narrow(&mut query, caller, q)?;
    query.push(if q.ascending { " order by v.day, v.starts_at, v.id" } else { " order by v.day desc, v.starts_at desc, v.id desc" });
    query.value(" limit ", i64::from(limit))?.value(" offset ", i64::from(q.offset))?;
    let rows: Vec<Seen> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(|Beside(visit, client)| item(visit, &client.0, company)).collect())
}

/// How many rows all pages have.
pub(crate) async fn total(conn: &mut Conn, caller: &Caller, q: &VisitQuery) -> Result<u32, Error> {
    let mut query = Built::new("select count(*) from visits v where ", Args::of(conn));
    narrow(&mut query, caller, q)?;
    let rows: Vec<(i64,)> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.first().map_or(0, |r| u32::try_from(r.0).unwrap_or(u32::MAX)))
}

fn narrow(query: &mut Built, caller: &Caller, q: &VisitQuery) -> Result<(), Error> {
    query.value("v.day >= ", q.from.map_or(i32::MIN, |d| d.0))?;
    query.value(" and v.day <= ", q.to.map_or(i32::MAX, |d| d.0))?;
    query.scope(caller, "v.owner_id = ", "v.branch_id = ")?;
    if let Some(client) = q.client {
        query.value(" and v.client_id = ", client.0)?;
    }
    if let Some(rep) = q.rep {
        query.value(" and v.rep_id = ", rep.0)?;
    }
    if let Some(branch) = q.branch {
        query.value(" and v.branch_id = ", branch.0)?;
    }
    if let Some(status) = q.status {
        query.value(" and v.status = ", status.code())?;
    }
    Ok(())
}

/// All visits to a client of the caller's scope, in no order.
pub(crate) async fn of_client(conn: &mut Conn, caller: &Caller, client: ClientId) -> Result<Vec<Visit>, Error> {
    let scope = ScopeIds::of(caller);
    let text = sql!(
        "select ",
        VisitRow::COLUMNS,
        " from visits v where v.client_id = $1 and ($2 is null or v.owner_id = $2) and ($3 is null or v.branch_id = $3)"
    );
    let rows: Vec<VisitRow> = fetch_all!(conn, text, client.0, scope.rep, scope.branch)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// What Today is composed from: open visits up to `day`, finished ones of `day`, promises near enough to be shown; each beside its client unless archived.
pub(crate) async fn agenda(
    conn: &mut Conn,
    caller: &Caller,
    day: Day,
    company: &Company,
) -> Result<Vec<(VisitItem, Option<ClientItem>)>, Error> {
    let mut seen: Vec<Seen> = Vec::new();
    let parts: [(&'static str, i32); 3] = [
        ("v.status in ('planned', 'inProgress') and v.day <= ", day.0),
        ("v.status = 'completed' and v.day = ", day.0),
        ("v.promise = 'open' and v.next_step_on <= ", day.plus(PROMISE_AHEAD_DAYS).0),
    ];
    for (part, until) in parts {
        let mut query = Built::new(SEEN, Args::of(conn));
        query.value(part, until)?.scope(caller, "v.owner_id = ", "v.branch_id = ")?;
        seen.extend(all::<Seen>(conn, query.text.into(), query.args).await?);
    }
    seen.sort_by_key(|Beside(visit, _)| visit.id);
    seen.dedup_by_key(|Beside(visit, _)| visit.id);
    let told = |Beside(visit, Beside(client, ArchivedRow { archived_at }))| {
        let item = item(visit, &client, company);
        (item, archived_at.is_none().then(|| ClientItem::from(client)))
    };
    Ok(seen.into_iter().map(told).collect())
}

/// Changed visits of the caller's scope in order of change.
pub(crate) async fn since(conn: &mut Conn, caller: &Caller, page: Since) -> Result<Vec<Visit>, Error> {
    let mut query = Built::new(sql!("select ", VisitRow::COLUMNS, " from visits v where "), Args::of(conn));
    page.narrow(&mut query, "(v.version, v.id) > (", " and v.changed_at >= ")?;
    query.scope(caller, "v.owner_id = ", "v.branch_id = ")?;
    page.finish(&mut query, " order by v.version, v.id limit ")?;
    let rows: Vec<VisitRow> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}
