//! Statements of lines with the names they go by.

use super::kept::{ClientRow, Column, Kept};
use super::{LineQuery, LineTotal, Place, SoldLine};
use crate::Error;
use crate::db::{Args, Built, Conn, all};
use domain::Day;
use domain::ids::{BranchId, ClientId, ImportId, ProductId, RepId};
use domain::people::Caller;
use domain::sales::SaleLine;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct LineRow {
    day: i32,
    import_id: Uuid,
    line: i64,
    branch_id: Option<Uuid>,
    rep_id: Option<Uuid>,
    client_id: Option<Uuid>,
    product_id: Option<Uuid>,
    units_sold: i64,
    gross: i64,
    units_returned: i64,
    returns: i64,
    cost: Option<i64>,
    document: Option<String>,
    branch_name: Option<String>,
    rep_name: Option<String>,
    client_name: Option<String>,
    client_external_id: Option<String>,
    product_code: Option<String>,
    product_name: Option<String>,
    item_group: Option<String>,
    product_line: Option<String>,
}

impl From<LineRow> for SoldLine {
    fn from(l: LineRow) -> Self {
        Self {
            import_id: ImportId(l.import_id),
            line: l.line,
            sale: SaleLine {
                day: Day(l.day),
                branch: l.branch_id.map(BranchId),
                rep: l.rep_id.map(RepId),
                client: l.client_id.map(ClientId),
                // a shelf is no product
                product: l.product_code.as_ref().and(l.product_id).map(ProductId),
                units_sold: l.units_sold,
                gross: l.gross,
                units_returned: l.units_returned,
                returns: l.returns,
                cost: l.cost,
                document: l.document,
            },
            branch_name: l.branch_name,
            rep_name: l.rep_name,
            client_name: l.client_name,
            client_external_id: l.client_external_id,
            product_code: l.product_code,
            product_name: l.product_name,
            item_group: l.item_group,
            product_line: l.product_line,
        }
    }
}

/// Lines the caller sees, behind the query's place.
pub(super) async fn lines(conn: &mut Conn, caller: &Caller, q: &LineQuery, kept: &Kept, limit: u32) -> Result<Vec<SoldLine>, Error> {
    const HEAD: &str = "select l.day, l.import_id, l.line, l.branch_id, l.rep_id, l.client_id, l.product_id, l.units_sold, l.gross, \
         l.units_returned, l.returns, l.cost, l.document, b.name as branch_name, s.name as rep_name, c.name as client_name, \
         c.external_id as client_external_id, nullif(p.code, '') as product_code, nullif(p.name, '') as product_name, p.item_group, p.product_line \
         from sales_lines l join imports i on i.id = l.import_id and i.state = 'published' \
         left join imports r on r.id = l.replaced_by and r.state = 'published' \
         left join branches b on b.id = l.branch_id left join reps s on s.id = l.rep_id left join clients c on c.id = l.client_id \
         left join products p on p.id = l.product_id where r.id is null";
    let mut query = Built::new(HEAD, Args::of(conn));
    narrow(&mut query, caller, q, kept)?;
    if let Some(Place(day, import, line)) = q.after {
        query.value(" and (l.day, l.import_id, l.line) > (", day.0)?.value(", ", import.0)?.value(", ", line)?.push(")");
    }
    query.push(" order by l.day, l.import_id, l.line").value(" limit ", i64::from(limit))?;
    let rows: Vec<LineRow> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(SoldLine::from).collect())
}

/// The lines a query and its caller's scope leave.
fn narrow(query: &mut Built, caller: &Caller, q: &LineQuery, kept: &Kept) -> Result<(), Error> {
    query.scope(caller, "l.rep_id = ", "l.branch_id = ")?;
    for (fragment, day) in [(" and l.day >= ", q.from), (" and l.day <= ", q.to)] {
        if let Some(day) = day {
            query.value(fragment, day.0)?;
        }
    }
    let ids = [
        (" and l.rep_id = ", q.rep.map(|r| r.0)),
        (" and l.branch_id = ", q.branch.map(|b| b.0)),
        (" and l.client_id = ", q.client.map(|c| c.0)),
        (" and l.product_id = ", q.product.map(|p| p.0)),
    ];
    for (fragment, id) in ids {
        if let Some(id) = id {
            query.value(fragment, id)?;
        }
    }
    kept.ids.iter().try_for_each(|column| and_among(query, column))?;
    kept.words.iter().try_for_each(|column| and_among(query, column))?;
    if let Some((segments, namesakes)) = &kept.segments {
        query.push(" and (");
        among(query, segments)?;
        if !namesakes.is_empty() {
            query.push(" or ");
            among(query, &Column { name: "l.client_id", values: namesakes.clone(), none: false })?;
        }
        query.push(")");
    }
    Ok(())
}

fn and_among<T>(query: &mut Built, column: &Column<T>) -> Result<(), Error>
where
    for<'v> &'v T:
        sqlx::Encode<'v, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + sqlx::Encode<'v, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    query.push(" and ");
    among(query, column)
}

/// Rows whose column holds one of the values, or nothing where that is kept too.
fn among<T>(query: &mut Built, column: &Column<T>) -> Result<(), Error>
where
    for<'v> &'v T:
        sqlx::Encode<'v, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + sqlx::Encode<'v, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    query.push("(").push(if column.none { column.name } else { "1 = 0" });
    query.push(if column.none { " is null" } else { "" });
    for (at, value) in column.values.iter().enumerate() {
        if at == 0 {
            query.push(" or ").push(column.name);
        }
        query.value(if at == 0 { " in (" } else { ", " }, value)?;
    }
    query.push(if column.values.is_empty() { ")" } else { "))" });
    Ok(())
}

/// What lines the caller sees come to.
pub(super) async fn total(conn: &mut Conn, caller: &Caller, q: &LineQuery, kept: &Kept) -> Result<LineTotal, Error> {
    const HEAD: &str = "select count(*), cast(coalesce(sum(l.gross), 0) as bigint), cast(coalesce(sum(l.returns), 0) as bigint), \
         cast(sum(case when l.cost is not null then l.gross + l.returns - l.cost end) as bigint) \
         from sales_lines l join imports i on i.id = l.import_id and i.state = 'published' \
         left join imports r on r.id = l.replaced_by and r.state = 'published' \
         left join clients c on c.id = l.client_id left join products p on p.id = l.product_id where r.id is null";
    let mut query = Built::new(HEAD, Args::of(conn));
    narrow(&mut query, caller, q, kept)?;
    let rows: Vec<(i64, i64, i64, Option<i64>)> = all(conn, query.text.into(), query.args).await?;
    let (lines, gross, returns, profit) = rows.first().copied().unwrap_or_default();
    Ok(LineTotal { lines, gross, returns, profit })
}

/// Branches with their names.
pub(super) async fn branch_names(conn: &mut Conn) -> Result<Vec<(Uuid, String)>, Error> {
    fetch_all!(conn, "select b.id, b.name from branches b")
}

/// Reps with their names.
pub(super) async fn rep_names(conn: &mut Conn) -> Result<Vec<(Uuid, String)>, Error> {
    fetch_all!(conn, "select r.id, r.name from reps r")
}

/// Products with their numbers.
pub(super) async fn product_codes(conn: &mut Conn) -> Result<Vec<(Uuid, String)>, Error> {
    fetch_all!(conn, "select p.id, p.code from products p")
}

/// Clients with their names and their ids elsewhere, unscoped: they only say which lines are meant, and those are scoped.
pub(super) async fn client_names_and_ids_unscoped(conn: &mut Conn) -> Result<Vec<(Uuid, String, Option<String>)>, Error> {
    fetch_all!(conn, "select c.id, c.name, c.external_id from clients c")
}

/// Clients with their segments, unscoped likewise.
pub(super) async fn client_segments_unscoped(conn: &mut Conn) -> Result<Vec<ClientRow>, Error> {
    fetch_all!(conn, "select c.id, c.name, c.external_id, c.segment from clients c")
}

/// Lines of products.
pub(super) async fn product_lines(conn: &mut Conn) -> Result<Vec<(String,)>, Error> {
    fetch_all!(conn, "select distinct p.product_line from products p where p.product_line is not null")
}

/// Groups of items.
pub(super) async fn item_groups(conn: &mut Conn) -> Result<Vec<(String,)>, Error> {
    fetch_all!(conn, "select distinct p.item_group from products p where p.item_group is not null")
}

/// The names of all clients, unscoped: to see which of them several share.
pub(crate) async fn client_names_unscoped(conn: &mut Conn) -> Result<Vec<String>, Error> {
    let rows: Vec<(String,)> = fetch_all!(conn, "select c.name from clients c")?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
