//! Statements of sums per day: by rep and branch, and of all reps together. Both are kept beside the lines by signed sums.

use crate::Error;
use crate::db::{Args, Bind, Conn, insert_rows};
use crate::sales::sql::VISIBLE;
use domain::ids::ImportId;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a day's sales by one rep in one branch come to; nobody's carry the nil id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DayRow {
    pub(crate) rep: Uuid,
    pub(crate) day: i32,
    pub(crate) branch: Uuid,
    pub(crate) gross: i64,
    pub(crate) returns: i64,
    pub(crate) lines: i64,
}

/// Rep, day, branch, Σ gross, Σ returns, lines.
pub(crate) type SumRow = (Option<Uuid>, i32, Option<Uuid>, i64, i64, i64);

impl From<SumRow> for DayRow {
    fn from((rep, day, branch, gross, returns, lines): SumRow) -> Self {
        Self { rep: rep.unwrap_or_default(), day, branch: branch.unwrap_or_default(), gross, returns, lines }
    }
}

impl Bind for DayRow {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.rep)?;
        args.add(self.day)?;
        args.add(self.branch)?;
        args.add(self.gross)?;
        args.add(self.returns)?;
        args.add(self.lines)
    }
}

/// What publishing an import adds to the sums per day: its lines, less those it replaces.
pub(crate) async fn delta(conn: &mut Conn, import: ImportId) -> Result<Vec<DayRow>, Error> {
    const SUMS: &str = "cast(sum(t.sign * t.gross) as bigint), cast(sum(t.sign * t.returns) as bigint), cast(sum(t.sign) as bigint)";
    const TEXT: &str = sql!(
        "select t.rep_id, t.day, t.branch_id, ",
        SUMS,
        " from (select rep_id, day, branch_id, gross, returns, 1 as sign from sales_lines where import_id = $1 union all \
         select rep_id, day, branch_id, gross, returns, -1 as sign from sales_lines where replaced_by = $1) t \
         group by t.rep_id, t.day, t.branch_id"
    );
    let rows: Vec<SumRow> = fetch_all!(conn, TEXT, import.0)?;
    Ok(rows.into_iter().map(DayRow::from).collect())
}

/// A day whose lines that count were changed at a version.
struct ChangedDay(i32, i64);

impl Bind for ChangedDay {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.0)?;
        args.add(self.1)
    }
}

/// Adds signed sums to the days, and notes that these days have changed.
pub(crate) async fn add_to_days(conn: &mut Conn, rows: &[DayRow], version: i64) -> Result<(), Error> {
    const HEAD: &str = "insert into sales_days (rep_id, day, branch_id, gross, returns, lines) values ";
    const TAIL: &str = " on conflict (rep_id, day, branch_id) do update set gross = sales_days.gross + excluded.gross, \
         returns = sales_days.returns + excluded.returns, lines = sales_days.lines + excluded.lines";
    insert_rows(conn, HEAD, 6, TAIL, rows).await?;
    const TOTALS: &str = "insert into sales_totals (day, branch_id, gross, returns, lines) values ";
    const ADDED: &str = " on conflict (day, branch_id) do update set gross = sales_totals.gross + excluded.gross, \
         returns = sales_totals.returns + excluded.returns, lines = sales_totals.lines + excluded.lines";
    insert_rows(conn, TOTALS, 5, ADDED, &totals(rows)).await?;
    const CHANGED: &str = "insert into sales_changes (day, version) values ";
    const LATER: &str = " on conflict (day) do update set version = excluded.version";
    let days: BTreeSet<i32> = rows.iter().map(|row| row.day).collect();
    let days: Vec<ChangedDay> = days.into_iter().map(|day| ChangedDay(day, version)).collect();
    insert_rows(conn, CHANGED, 2, LATER, &days).await?;
    execute!(conn, "delete from sales_totals where lines = 0 and gross = 0 and returns = 0")?;
    execute!(conn, "delete from sales_days where lines = 0 and gross = 0 and returns = 0").map(drop)
}

/// What a branch sold on a day, whoever sold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TotalRow {
    day: i32,
    branch: Uuid,
    gross: i64,
    returns: i64,
    lines: i64,
}

impl Bind for TotalRow {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.day)?;
        args.add(self.branch)?;
        args.add(self.gross)?;
        args.add(self.returns)?;
        args.add(self.lines)
    }
}

/// The sums of all reps, by day and branch.
pub(crate) fn totals(rows: &[DayRow]) -> Vec<TotalRow> {
    let mut sums: BTreeMap<(i32, Uuid), TotalRow> = BTreeMap::new();
    for row in rows {
        let none = TotalRow { day: row.day, branch: row.branch, gross: 0, returns: 0, lines: 0 };
        let sum = sums.entry((row.day, row.branch)).or_insert(none);
        sum.gross += row.gross;
        sum.returns += row.returns;
        sum.lines += row.lines;
    }
    sums.into_values().collect()
}

/// The sums of all reps as they are kept, by day and branch.
pub(crate) async fn kept_totals(conn: &mut Conn) -> Result<Vec<TotalRow>, Error> {
    let rows: Vec<(i32, Uuid, i64, i64, i64)> =
        fetch_all!(conn, "select day, branch_id, gross, returns, lines from sales_totals order by day, branch_id")?;
    Ok(rows.into_iter().map(|(day, branch, gross, returns, lines)| TotalRow { day, branch, gross, returns, lines }).collect())
}

/// The sums per day worked out anew from the lines that count: what `sales_days` must hold.
pub(crate) async fn days_from_lines(conn: &mut Conn) -> Result<Vec<DayRow>, Error> {
    const TEXT: &str = sql!(
        "select l.rep_id, l.day, l.branch_id, cast(sum(l.gross) as bigint), cast(sum(l.returns) as bigint), count(*)",
        VISIBLE,
        " group by l.rep_id, l.day, l.branch_id"
    );
    let rows: Vec<SumRow> = fetch_all!(conn, TEXT)?;
    Ok(rows.into_iter().map(DayRow::from).collect())
}

/// The sums per day as they are kept.
pub(crate) async fn days(conn: &mut Conn) -> Result<Vec<DayRow>, Error> {
    let rows: Vec<(Uuid, i32, Uuid, i64, i64, i64)> =
        fetch_all!(conn, "select rep_id, day, branch_id, gross, returns, lines from sales_days")?;
    Ok(rows.into_iter().map(|(rep, day, branch, gross, returns, lines)| DayRow { rep, day, branch, gross, returns, lines }).collect())
}
