//! Statements that take an import of sales back.

use crate::Error;
use crate::db::Conn;
use crate::sales::sql::{DayRow, SumRow};
use domain::ids::ImportId;

/// What an import is, and whether it counts.
pub(super) async fn of(conn: &mut Conn, id: ImportId) -> Result<Option<(String, String)>, Error> {
    fetch_optional!(conn, "select kind, state from imports where id = $1", id.0)
}

/// Gives at most so many lines that the import replaced to the published import that has replaced the same part of it.
pub(super) async fn hand_on(conn: &mut Conn, id: ImportId, most: i64) -> Result<u64, Error> {
    const TEXT: &str = "update sales_lines set replaced_by = (select b.replaced_by from sales_lines b \
         join imports l on l.id = b.replaced_by and l.state = 'published' where b.import_id = $1 and \
         (b.document = sales_lines.document or (b.document is null and sales_lines.document is null and b.day = sales_lines.day)) \
         order by b.replaced_by limit 1) \
         where (day, import_id, line) in (select a.day, a.import_id, a.line from sales_lines a where a.replaced_by = $1 and exists \
         (select 1 from sales_lines b join imports l on l.id = b.replaced_by and l.state = 'published' where b.import_id = $1 and \
         (b.document = a.document or (b.document is null and a.document is null and b.day = a.day))) limit $2)";
    execute!(conn, TEXT, id.0, most)
}

const SUMS: &str = "select l.rep_id, l.day, l.branch_id, cast(sum(l.gross) as bigint), cast(sum(l.returns) as bigint), count(*) \
     from sales_lines l";
const BY: &str = " group by l.rep_id, l.day, l.branch_id";

/// The lines of the import that count, by day.
pub(super) async fn counted(conn: &mut Conn, id: ImportId) -> Result<Vec<DayRow>, Error> {
    const TEXT: &str =
        sql!(SUMS, " left join imports r on r.id = l.replaced_by and r.state = 'published' where l.import_id = $1 and r.id is null", BY);
    let rows: Vec<SumRow> = fetch_all!(conn, TEXT, id.0)?;
    Ok(rows.into_iter().map(DayRow::from).collect())
}

/// The lines of published imports that the import replaces, by day.
pub(super) async fn replaced(conn: &mut Conn, id: ImportId) -> Result<Vec<DayRow>, Error> {
    const TEXT: &str = sql!(SUMS, " join imports i on i.id = l.import_id and i.state = 'published' where l.replaced_by = $1", BY);
    let rows: Vec<SumRow> = fetch_all!(conn, TEXT, id.0)?;
    Ok(rows.into_iter().map(DayRow::from).collect())
}

/// The import counts no more.
pub(super) async fn withdrawn(conn: &mut Conn, id: ImportId, version: i64) -> Result<(), Error> {
    execute!(conn, "update imports set state = 'withdrawn', version = $2 where id = $1", id.0, version).map(drop)
}

/// Clients that came with the import and were not used since: never visited, called, edited or sold to by another import.
const UNUSED: &str = "select c.id from clients c join imports i on i.id = c.import_id where c.import_id = $1 and c.changed_at <= i.at \
     and not exists (select 1 from visits v where v.client_id = c.id) and not exists (select 1 from contacts p where p.client_id = c.id) \
     and not exists (select 1 from sales_lines l where l.client_id = c.id and l.import_id <> $1)";

/// Removes them, telling their owners' phones; how many went and how many stay.
pub(super) async fn remove_clients(conn: &mut Conn, id: ImportId, version: i64) -> Result<(u64, u64), Error> {
    const GONE: &str = sql!(
        "insert into tombstones (rep_id, kind, id, version) select c.rep_id, 'client', c.id, $2 from clients c \
         where c.rep_id is not null and c.id in (",
        UNUSED,
        ") on conflict (rep_id, kind, id) do update set version = excluded.version"
    );
    execute!(conn, GONE, id.0, version)?;
    const TAGS: &str = sql!("delete from client_tags where client_id in (", UNUSED, ")");
    execute!(conn, TAGS, id.0)?;
    const CLIENTS: &str = sql!("delete from clients where id in (", UNUSED, ")");
    let removed = execute!(conn, CLIENTS, id.0)?;
    let (kept,): (i64,) = fetch_one!(conn, "select count(*) from clients c where c.import_id = $1", id.0)?;
    Ok((removed, u64::try_from(kept).unwrap_or_default()))
}

/// Removes products that came with the import and that no other import sold.
pub(super) async fn remove_products(conn: &mut Conn, id: ImportId) -> Result<u64, Error> {
    const TEXT: &str = "delete from products where import_id = $1 and not exists \
         (select 1 from sales_lines l where l.product_id = products.id and l.import_id <> $1)";
    execute!(conn, TEXT, id.0)
}
