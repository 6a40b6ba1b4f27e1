//! Statements of budgets, leave, and sums per day.

use super::{Absence, Budget};
use crate::Error;
use crate::db::{Args, Built, Conn, all, dialect};
use domain::ids::{LeaveId, RepId};
use domain::people::Scope;
use domain::targets::{Leave, Sold};
use domain::{Day, Instant};
use std::collections::HashMap;
use uuid::Uuid;

/// Net sales by day, from `from` to `to`, of whom the scope holds. They come as one value: two years of days would cross to this thread one by one.
pub(crate) async fn days(conn: &mut Conn, scope: Scope, from: Day, to: Day) -> Result<Vec<(Day, i64)>, Error> {
    let mut query = Built::new("select string_agg(i.item, ',') from (select cast(", Args::of(conn));
    query.push(dialect::json_array(conn)).push("(d.day, cast(sum(d.gross + d.returns) as bigint)) as text) as item from ");
    // a rep's own days are few; everybody's are read from their totals
    query.push(if matches!(scope, Scope::Own(_)) { "sales_days" } else { "sales_totals" });
    query.value(" d where d.day >= ", from.0)?.value(" and d.day <= ", to.0)?;
    within(&mut query, scope)?;
    query.push(" group by d.day order by d.day) i");
    let rows: Vec<(Option<String>,)> = all(conn, query.text.into(), query.args).await?;
    let text = format!("[{}]", rows.into_iter().next().and_then(|row| row.0).unwrap_or_default());
    let days: Vec<(i32, i64)> = serde_json::from_str(&text)?;
    Ok(days.into_iter().map(|(day, net)| (Day(day), net)).collect())
}

/// Only what the scope holds.
fn within(query: &mut Built, scope: Scope) -> Result<(), Error> {
    match scope {
        Scope::All => {}
        Scope::Own(rep) => drop(query.value(" and d.rep_id = ", rep.0)?),
        Scope::Branch(branch) => drop(query.value(" and d.branch_id = ", branch.0)?),
        Scope::Nothing => drop(query.push(" and 1 = 0")),
    }
    Ok(())
}

/// Net sales by rep and day of these reps, from `days.0` to `days.1`, within the scope; the nil id is nobody's.
pub(crate) async fn days_of(conn: &mut Conn, scope: Scope, reps: &[RepId], days: (Day, Day)) -> Result<Vec<(RepId, Day, i64)>, Error> {
    const HEAD: &str = "select d.rep_id, d.day, cast(sum(d.gross + d.returns) as bigint) from sales_days d where";
    let mut found = Vec::new();
    for chunk in reps.chunks(256) {
        let mut query = Built::new(HEAD, Args::of(conn));
        query.value(" d.day >= ", days.0.0)?.value(" and d.day <= ", days.1.0)?;
        within(&mut query, scope)?;
        // filled up to a power of two, so that few different statements are prepared
        for place in 0..chunk.len().next_power_of_two() {
            query.value(if place == 0 { " and d.rep_id in (" } else { ", " }, chunk[place.min(chunk.len() - 1)].0)?;
        }
        query.push(") group by d.rep_id, d.day");
        let rows: Vec<(Uuid, i32, i64)> = all(conn, query.text.into(), query.args).await?;
        found.extend(rows.into_iter().map(|(rep, day, net)| (RepId(rep), Day(day), net)));
    }
    Ok(found)
}

/// Net sales of each rep in the month of `on`: before that day, and on it.
pub(crate) async fn sold_by(conn: &mut Conn, on: Day) -> Result<HashMap<RepId, Sold>, Error> {
    // rep by rep: each one's days lie together
    const TEXT: &str = "select r.id, \
         cast((select sum(d.gross + d.returns) from sales_days d where d.rep_id = r.id and d.day >= $1 and d.day < $2) as bigint), \
         cast((select sum(d.gross + d.returns) from sales_days d where d.rep_id = r.id and d.day = $2) as bigint) from reps r";
    let rows: Vec<(Uuid, Option<i64>, Option<i64>)> = fetch_all!(conn, TEXT, on.month_start().0, on.0)?;
    let sold = |(rep, before, that_day): (Uuid, Option<i64>, Option<i64>)| {
        (RepId(rep), Sold { on, before: before.unwrap_or(0), that_day: that_day.unwrap_or(0), elsewhere: [0, 0] })
    };
    Ok(rows.into_iter().map(sold).collect())
}

/// Budgets of months from `from` to `to`; a rep's own, or all.
pub(crate) async fn budgets(conn: &mut Conn, scope: Scope, from: Day, to: Day) -> Result<Vec<(RepId, Day, i64)>, Error> {
    let rep = match scope {
        Scope::Own(rep) => Some(rep.0),
        Scope::Nothing => Some(Uuid::nil()),
        Scope::All | Scope::Branch(_) => None,
    };
    const TEXT: &str = "select b.rep_id, b.month, b.minor from budgets b where b.month >= $1 and b.month <= $2 \
         and ($3 is null or b.rep_id = $3) order by b.month, b.rep_id";
    let rows: Vec<(Uuid, i32, i64)> = fetch_all!(conn, TEXT, from.0, to.0, rep)?;
    Ok(rows.into_iter().map(|(rep, month, minor)| (RepId(rep), Day(month), minor)).collect())
}

/// Sets a budget, or takes it away.
pub(crate) async fn set_budget(conn: &mut Conn, budget: &Budget, version: i64) -> Result<(), Error> {
    match budget.minor {
        Some(minor) => execute!(
            conn,
            "insert into budgets (rep_id, month, minor, version) values ($1, $2, $3, $4) \
             on conflict (rep_id, month) do update set minor = excluded.minor, version = excluded.version",
            budget.rep.0,
            budget.month.0,
            minor,
            version
        )
        .map(drop),
        None => execute!(conn, "delete from budgets where rep_id = $1 and month = $2", budget.rep.0, budget.month.0).map(drop),
    }
}

/// Leave that does not end before a day.
pub(crate) async fn leave(conn: &mut Conn, from: Day) -> Result<Vec<Leave>, Error> {
    let rows: Vec<(Uuid, i32, i32)> =
        fetch_all!(conn, "select l.rep_id, l.from_day, l.to_day from leave l where l.to_day >= $1 order by l.rep_id, l.from_day", from.0)?;
    Ok(rows.into_iter().map(|(rep, from, to)| Leave { rep: RepId(rep), from: Day(from), to: Day(to) }).collect())
}

/// Leave that does not end before a day, as records.
pub(crate) async fn absences(conn: &mut Conn, from: Day) -> Result<Vec<Absence>, Error> {
    let rows: Vec<(Uuid, Uuid, i32, i32)> =
        fetch_all!(conn, "select l.id, l.rep_id, l.from_day, l.to_day from leave l where l.to_day >= $1", from.0)?;
    let read = |(id, rep, from, to)| Absence { id: LeaveId(id), leave: Leave { rep: RepId(rep), from: Day(from), to: Day(to) } };
    Ok(rows.into_iter().map(read).collect())
}

/// Writes leave down.
pub(crate) async fn insert_leave(conn: &mut Conn, absence: &Absence, version: i64) -> Result<(), Error> {
    const TEXT: &str = "insert into leave (id, rep_id, from_day, to_day, version) values ($1, $2, $3, $4, $5)";
    let Absence { id, leave } = absence;
    execute!(conn, TEXT, id.0, leave.rep.0, leave.from.0, leave.to.0, version).map(drop)
}

/// Takes leave away.
pub(crate) async fn remove_leave(conn: &mut Conn, id: LeaveId) -> Result<(), Error> {
    execute!(conn, "delete from leave where id = $1", id.0).map(drop)
}

/// The last day there are sales of, and when sales were last brought in.
pub(crate) async fn freshness(conn: &mut Conn) -> Result<(Option<Day>, Option<Instant>), Error> {
    const TEXT: &str = "select (select max(d.day) from sales_totals d), \
         (select max(i.at) from imports i where i.kind = 'sales' and i.state = 'published')";
    let (day, at): (Option<i32>, Option<i64>) = fetch_one!(conn, TEXT)?;
    Ok((day.map(Day), at.map(Instant)))
}
