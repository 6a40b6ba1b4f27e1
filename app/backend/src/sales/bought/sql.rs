//! Statements of what clients bought.

use crate::Error;
use crate::db::{Args, Built, Conn, all};
use domain::Day;
use domain::ids::ClientId;
use domain::people::Caller;
use uuid::Uuid;

const COUNTED: &str = " from sales_lines l join imports i on i.id = l.import_id and i.state = 'published' \
     left join imports r on r.id = l.replaced_by and r.state = 'published' left join products p on p.id = l.product_id where r.id is null";

/// Net sales by client and day, in order.
pub(super) async fn days(conn: &mut Conn, caller: &Caller, ids: &[ClientId], from: Day) -> Result<Vec<(Uuid, i32, i64)>, Error> {
    let mut query = Built::new("select l.client_id, l.day, cast(sum(l.gross + l.returns) as bigint)", Args::of(conn));
    query.push(COUNTED);
    narrow(&mut query, caller, ids, from)?;
    query.push(" group by l.client_id, l.day order by l.client_id, l.day");
    all(conn, query.text.into(), query.args).await
}

/// Net sales by client, product and fiscal year: whether it is this one, or the last.
pub(super) async fn products(
    conn: &mut Conn,
    caller: &Caller,
    ids: &[ClientId],
    (last, this): (Day, Day),
) -> Result<Vec<(Uuid, Option<String>, i32, i64)>, Error> {
    let mut query = Built::new(
        "select b.client_id, b.name, b.now, cast(sum(b.net) as bigint) from (select l.client_id, nullif(p.name, '') as name",
        Args::of(conn),
    );
    query
        .value(", cast(case when l.day >= ", this.0)?
        .push(" then 1 else 0 end as integer) as now, l.gross + l.returns as net")
        .push(COUNTED);
    narrow(&mut query, caller, ids, last)?;
    query.push(") b group by b.client_id, b.name, b.now");
    all(conn, query.text.into(), query.args).await
}

fn narrow(query: &mut Built, caller: &Caller, ids: &[ClientId], from: Day) -> Result<(), Error> {
    query.value(" and l.day >= ", from.0)?.scope(caller, "l.rep_id = ", "l.branch_id = ")?;
    for (at, id) in ids.iter().enumerate() {
        query.value(if at == 0 { " and l.client_id in (" } else { ", " }, id.0)?;
    }
    query.push(if ids.is_empty() { " and 1 = 0" } else { ")" });
    Ok(())
}
