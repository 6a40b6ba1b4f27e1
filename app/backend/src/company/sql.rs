//! Statements of clock, settings, reps and branches.

use super::Settings;
use crate::Error;
use crate::db::Conn;
use domain::ids::{BranchId, RepId};
use domain::money::Currency;
use domain::people::{Branch, Rep};
use sqlx::types::Json;
use uuid::Uuid;

/// The next version, under the lock that orders commits, and the version of the settings.
pub(crate) async fn tick(conn: &mut Conn) -> Result<(i64, i64), Error> {
    fetch_one!(conn, "update clock set version = version + 1 where id = 1 returning version, settings")
}

/// The newest committed version, and that of the settings.
pub(crate) async fn clock(conn: &mut Conn) -> Result<(i64, i64), Error> {
    fetch_one!(conn, "select version, settings from clock where id = 1")
}

pub(crate) async fn mark_settings(conn: &mut Conn) -> Result<(), Error> {
    execute!(conn, "update clock set settings = version, figures = version where id = 1").map(drop)
}

/// What figures are made of has changed: phones load it with their next pull.
pub(crate) async fn mark_figures(conn: &mut Conn) -> Result<(), Error> {
    execute!(conn, "update clock set figures = version where id = 1").map(drop)
}

/// Writes nothing new: to see whether writing works.
pub(crate) async fn touch(conn: &mut Conn) -> Result<(), Error> {
    execute!(conn, "update clock set version = version where id = 1").map(drop)
}

type SettingsRow = (String, Json<domain::calendar::Zone>, String, i32, Json<domain::lights::Policy>, Json<domain::targets::Workdays>, bool);

pub(crate) async fn settings(conn: &mut Conn) -> Result<Option<Settings>, Error> {
    let row: Option<SettingsRow> =
        fetch_optional!(conn, "select name, zone, currency, fiscal_start_month, policy, workdays, demo from company where id = 1")?;
    let Some((name, Json(zone), currency, month, Json(policy), Json(workdays), demo)) = row else { return Ok(None) };
    let currency = Currency::parse(&currency).ok_or_else(|| Error::internal("the company's currency is not three capital letters"))?;
    let fiscal_start_month = u8::try_from(month).map_err(Error::internal)?;
    Ok(Some(Settings { name, zone, currency, fiscal_start_month, policy, workdays, demo }))
}

pub(crate) async fn save(conn: &mut Conn, s: &Settings) -> Result<(), Error> {
    execute!(
        conn,
        "insert into company (id, name, zone, currency, fiscal_start_month, policy, demo, workdays) values (1, $1, $2, $3, $4, $5, $6, $7) \
         on conflict (id) do update set name = excluded.name, zone = excluded.zone, currency = excluded.currency, \
         fiscal_start_month = excluded.fiscal_start_month, policy = excluded.policy, demo = excluded.demo, workdays = excluded.workdays",
        &s.name,
        Json(&s.zone),
        s.currency.code(),
        i32::from(s.fiscal_start_month),
        Json(&s.policy),
        s.demo,
        Json(&s.workdays),
    )
    .map(drop)
}

pub(crate) async fn reps(conn: &mut Conn) -> Result<Vec<Rep>, Error> {
    let rows: Vec<(Uuid, String, Option<Uuid>)> = fetch_all!(conn, "select id, name, branch_id from reps")?;
    Ok(rows.into_iter().map(|(id, name, branch)| Rep { id: RepId(id), name, branch: branch.map(BranchId) }).collect())
}

pub(crate) async fn branches(conn: &mut Conn) -> Result<Vec<Branch>, Error> {
    let rows: Vec<(Uuid, String)> = fetch_all!(conn, "select id, name from branches")?;
    Ok(rows.into_iter().map(|(id, name)| Branch { id: BranchId(id), name }).collect())
}

pub(crate) async fn insert_rep(conn: &mut Conn, rep: &Rep, version: i64) -> Result<(), Error> {
    let branch = rep.branch.map(|b| b.0);
    execute!(conn, "insert into reps (id, name, branch_id, version) values ($1, $2, $3, $4)", rep.id.0, &rep.name, branch, version)
        .map(drop)
}

pub(crate) async fn insert_branch(conn: &mut Conn, branch: &Branch, version: i64) -> Result<(), Error> {
    execute!(conn, "insert into branches (id, name, version) values ($1, $2, $3)", branch.id.0, &branch.name, version).map(drop)
}

/// A secret of the installation, kept under a name.
pub(crate) async fn secret(conn: &mut Conn, name: &str) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = fetch_optional!(conn, "select value from secrets where name = $1", name)?;
    Ok(row.map(|r| r.0))
}

pub(crate) async fn insert_secret(conn: &mut Conn, name: &str, value: &str) -> Result<(), Error> {
    execute!(conn, "insert into secrets (name, value) values ($1, $2)", name, value).map(drop)
}
