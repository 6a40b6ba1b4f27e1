//! Statements of the cube: whom and what sales are about, lines day by day, what has changed since a version, and the sums a proof compares.

use super::begun::Begun;
use crate::Error;
use crate::db::Conn;
use crate::sales::labels::Shared;
use crate::sales::sql::VISIBLE;
use domain::Day;
use domain::cube::{Entries, Entry, Fact, ProductEntry};
use domain::ids::{BranchId, ClientId, ProductId, RepId};
use uuid::Uuid;

/// Everybody and everything lines may name, called as in exports.
pub(super) async fn entries(conn: &mut Conn) -> Result<Entries, Error> {
    let branches: Vec<(Uuid, String)> = fetch_all!(conn, "select b.id, b.name from branches b")?;
    let reps: Vec<(Uuid, String)> = fetch_all!(conn, "select r.id, r.name from reps r")?;
    let products: Vec<(Uuid, String, Option<String>, Option<String>)> =
        fetch_all!(conn, "select p.id, p.code, p.item_group, p.product_line from products p")?;
    Ok(Entries {
        branches: branches.into_iter().map(|(id, name)| Entry { id: BranchId(id), label: name }).collect(),
        reps: reps.into_iter().map(|(id, name)| Entry { id: RepId(id), label: name }).collect(),
        products: products
            .into_iter()
            .map(|(id, code, group, line)| ProductEntry {
                id: ProductId(id),
                label: code,
                item_group: group.filter(|group| !group.is_empty()),
                product_line: line.filter(|line| !line.is_empty()),
            })
            .collect(),
        customers: customers_unscoped(conn).await?,
    })
}

/// Clients as customers, all of them: the cube narrows by itself.
async fn customers_unscoped(conn: &mut Conn) -> Result<Vec<Entry<ClientId>>, Error> {
    let rows: Vec<(Uuid, String, Option<String>)> = fetch_all!(conn, "select c.id, c.name, c.external_id from clients c")?;
    let shared = Shared::of(rows.iter().map(|row| row.1.as_str()));
    Ok(rows.iter().map(|(id, name, external)| Entry { id: ClientId(*id), label: shared.customer(name, external.as_deref()) }).collect())
}

/// The segments of clients and what the clients are called, all of them: whoever asks is told of none but the customers in a cube of their scope.
pub(super) async fn segments_unscoped(conn: &mut Conn) -> Result<Vec<(String, String)>, Error> {
    const TEXT: &str = "select c.name, c.external_id, c.segment from clients c";
    let rows: Vec<(String, Option<String>, Option<String>)> = fetch_all!(conn, TEXT)?;
    let shared = Shared::of(rows.iter().map(|row| row.0.as_str()));
    let segment = |(name, external, segment): &(String, Option<String>, Option<String>)| {
        Some((segment.clone()?, shared.customer(name, external.as_deref())))
    };
    Ok(rows.iter().filter_map(segment).collect())
}

/// Days with lines that count, in order, with how many.
pub(super) async fn days(conn: &mut Conn) -> Result<Vec<(Day, i64)>, Error> {
    const TEXT: &str = "select d.day, cast(sum(d.lines) as bigint) from sales_totals d group by d.day order by d.day";
    let rows: Vec<(i32, i64)> = fetch_all!(conn, TEXT)?;
    Ok(rows.into_iter().map(|(day, lines)| (Day(day), lines)).collect())
}

/// Days changed after a version, with how many lines count on them now.
pub(super) async fn changed_days(conn: &mut Conn, since: i64) -> Result<Vec<(Day, i64)>, Error> {
    const TEXT: &str = "select c.day, cast(coalesce((select sum(d.lines) from sales_totals d where d.day = c.day), 0) as bigint) \
         from sales_changes c where c.version > $1 order by c.day";
    let rows: Vec<(i32, i64)> = fetch_all!(conn, TEXT, since)?;
    Ok(rows.into_iter().map(|(day, lines)| (Day(day), lines)).collect())
}

/// Whether somebody or something lines may name is new or changed after a version.
pub(super) async fn entries_changed(conn: &mut Conn, since: i64) -> Result<bool, Error> {
    const TEXT: &str = "select (select count(*) from (select 1 as one from clients c where c.version > $1 limit 1) a) \
         + (select count(*) from (select 1 as one from products p where p.version > $1 limit 1) b) \
         + (select count(*) from (select 1 as one from reps r where r.version > $1 limit 1) c) \
         + (select count(*) from (select 1 as one from branches b where b.version > $1 limit 1) d)";
    let (found,): (i64,) = fetch_one!(conn, TEXT, since)?;
    Ok(found > 0)
}

type LineRow = (i32, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Uuid>, i64, i64, i64, Option<i64>, Uuid, Option<String>);

/// The lines that count from one day to another, as facts; in the order of their files, which says which line of a document is its first.
pub(super) async fn facts(conn: &mut Conn, from: Day, to: Day) -> Result<Vec<Fact>, Error> {
    const TEXT: &str = sql!(
        "select l.day, l.branch_id, l.rep_id, l.product_id, l.client_id, l.units_sold - l.units_returned, l.gross, l.returns, \
         l.cost, l.import_id, l.document",
        VISIBLE,
        " and l.day >= $1 and l.day <= $2 order by l.day, l.import_id, l.line"
    );
    let mut begun = Begun::of(sources(conn).await?);
    let rows: Vec<LineRow> = fetch_all!(conn, TEXT, from.0, to.0)?;
    let fact = |(day, branch, rep, product, client, units, gross, returns, cost, import, document): LineRow| Fact {
        day: Day(day),
        branch: branch.map(BranchId),
        rep: rep.map(RepId),
        product: product.map(ProductId),
        customer: client.map(ClientId),
        lines: 1,
        transactions: begun.by(day, import, document),
        units,
        gross,
        returns,
        cost,
    };
    Ok(rows.into_iter().map(fact).collect())
}

/// Imports of sales with the system each is from.
async fn sources(conn: &mut Conn) -> Result<Vec<(Uuid, String)>, Error> {
    const TEXT: &str = "select i.id, i.source from imports i where i.kind = 'sales' and i.state = 'published'";
    fetch_all!(conn, TEXT)
}

/// What lines come to by one thing they are about: its id, then lines, units, gross, returns, cost, lines of unknown cost.
pub(super) type SumsRow = (Option<Uuid>, i64, i64, i64, i64, i64, i64);

const SUMS: &str = "count(*), cast(sum(l.units_sold - l.units_returned) as bigint), cast(sum(l.gross) as bigint), \
     cast(sum(l.returns) as bigint), cast(coalesce(sum(l.cost), 0) as bigint), \
     cast(sum(case when l.cost is null then 1 else 0 end) as bigint)";

macro_rules! sums_by {
    ($($name:ident: $column:literal;)*) => {$(
        #[doc = concat!("Sums by ", $column, ", straight from the lines.")]
        pub(super) async fn $name(conn: &mut Conn) -> Result<Vec<SumsRow>, Error> {
            const TEXT: &str = sql!("select ", $column, ", ", SUMS, VISIBLE, " group by ", $column);
            fetch_all!(conn, TEXT)
        }
    )*};
}

sums_by! {
    sums_by_branch: "l.branch_id";
    sums_by_rep: "l.rep_id";
    sums_by_product: "l.product_id";
    sums_by_client: "l.client_id";
}

/// Transactions by day, straight from the lines.
pub(super) async fn transactions_by_day(conn: &mut Conn) -> Result<Vec<(i32, i64)>, Error> {
    // a document of two sources is two; the length tells where the source ends
    const TEXT: &str = sql!(
        "select l.day, cast(count(distinct length(i.source) || ':' || i.source || l.document) \
         + sum(case when l.document is null then 1 else 0 end) as bigint)",
        VISIBLE,
        " group by l.day"
    );
    fetch_all!(conn, TEXT)
}

/// Sums by day, straight from the lines.
pub(super) async fn sums_by_day(conn: &mut Conn) -> Result<Vec<(i32, i64, i64, i64, i64, i64, i64)>, Error> {
    const TEXT: &str = sql!("select l.day, ", SUMS, VISIBLE, " group by l.day");
    fetch_all!(conn, TEXT)
}
