//! Statements that answer lists: put together from fixed fragments; values are bound.

use crate::Error;
use crate::clients::row::{ClientRow, ItemRow, Packed};
use crate::db::{Args, Built, Conn, ScopeIds, all, dialect};
use crate::sync::Since;
use domain::Day;
use domain::clients::{Client, ClientItem, ClientQuery, LightCounts, Sort, Stage, Status};
use domain::fold;
use domain::ids::{ClientId, RepId};
use domain::lights::{Light, Ruled};
use domain::people::Caller;
use uuid::Uuid;

/// The rows of a page, as one value: fifty rows of fourteen values each would cross to this thread one by one.
pub(crate) async fn page(conn: &mut Conn, caller: &Caller, q: &ClientQuery, today: Day, limit: u32) -> Result<Vec<ClientItem>, Error> {
    let mut query = Built::new("select string_agg(i.item, ',') from (select cast(", Args::of(conn));
    let (before_id, after_id) = dialect::id_text(conn);
    query.push(dialect::json_array(conn)).push("(").push(before_id).push("c.id").push(after_id).push(Packed::COLUMNS);
    query.push(", ").push(before_id).push("c.rep_id").push(after_id);
    query.push(") as text) as item from clients c where ");
    narrow(&mut query, conn, caller, q)?;
    if let Some(light) = q.light {
        lit(&mut query, light, today)?;
    }
    query.push(match q.sort {
        Sort::Due => " order by c.due_key, c.sort_key, c.id",
        // Where the person is stays on the phone: here the order is by name.
        Sort::Name | Sort::Distance => " order by c.sort_key, c.id",
    });
    query.value(" limit ", i64::from(limit))?.value(" offset ", i64::from(q.offset))?.push(") i");
    let rows: Vec<(Option<String>,)> = all(conn, query.text.into(), query.args).await?;
    let text = format!("[{}]", rows.into_iter().next().and_then(|r| r.0).unwrap_or_default());
    let items: Vec<Packed> = serde_json::from_str(&text)?;
    Ok(items.into_iter().map(Into::into).collect())
}

/// Every light's count under the filters but the light's.
pub(crate) async fn counts(conn: &mut Conn, caller: &Caller, q: &ClientQuery, today: Day) -> Result<LightCounts, Error> {
    let mut query = Built::new("select count(*), ", Args::of(conn));
    query.value("coalesce(sum(case when c.due_key < ", today.0)?;
    query.push(" then 1 else 0 end), 0), coalesce(sum(case when c.due_key = 2147483647 then 1 else 0 end), 0), ");
    query.value("coalesce(sum(case when c.amber_from > ", today.0)?;
    query.push(" then 1 else 0 end), 0) from clients c where ");
    narrow(&mut query, conn, caller, q)?;
    let rows: Vec<(i64, i64, i64, i64)> = all(conn, query.text.into(), query.args).await?;
    let (all, red, grey, green) = rows.first().copied().unwrap_or_default();
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(LightCounts { all: count(all), red: count(red), amber: count(all - red - grey - green), green: count(green), grey: count(grey) })
}

type RuledRow = (Uuid, Option<String>, Option<i32>, String, String, Option<Uuid>, Option<i32>);

/// What the light's rule asks about every client and prospect of the caller's scope that is not archived.
pub(crate) async fn ruled(conn: &mut Conn, caller: &Caller) -> Result<Vec<(ClientId, Ruled)>, Error> {
    let head =
        "select c.id, c.tier, c.cadence_days, c.stage, c.status, c.rep_id, c.last_visit_on from clients c where c.archived_at is null";
    let mut query = Built::new(head, Args::of(conn));
    query.scope(caller, "c.rep_id = ", "c.branch_id = ")?;
    let rows: Vec<RuledRow> = all(conn, query.text.into(), query.args).await?;
    let read = |(id, tier, cadence, stage, status, rep, last): RuledRow| {
        let stage = Stage::parse(&stage).ok_or_else(|| Error::internal("a client’s stage is none"))?;
        let status = Status::parse(&status).ok_or_else(|| Error::internal("a client’s status is none"))?;
        let cadence_days = cadence.map(u16::try_from).transpose().map_err(Error::internal)?;
        let last = last.map(Day);
        Ok((ClientId(id), Ruled { tier, cadence_days, stage, status, rep: rep.map(RepId), last_before: last, last_after: last }))
    };
    rows.into_iter().map(read).collect()
}

/// Scope and every filter but the light's.
fn narrow(query: &mut Built, conn: &Conn, caller: &Caller, q: &ClientQuery) -> Result<(), Error> {
    query.push(if q.archived { "c.archived_at is not null" } else { "c.archived_at is null" });
    query.scope(caller, "c.rep_id = ", "c.branch_id = ")?;
    match q.stage {
        Some(stage) => query.value(" and c.stage = ", stage.code())?,
        None => query.push(" and c.stage in ('client', 'prospect')"),
    };
    if let Some(rep) = q.rep {
        query.value(" and c.rep_id = ", rep.0)?;
    }
    if let Some(branch) = q.branch {
        query.value(" and c.branch_id = ", branch.0)?;
    }
    if let Some(status) = q.status {
        query.value(" and c.status = ", status.code())?;
    }
    if let Some(segment) = &q.segment {
        query.value(" and c.segment = ", segment)?;
    }
    if let Some(town) = &q.town {
        query.value(" and c.town = ", town)?;
    }
    if let Some(tag) = &q.tag {
        query.value(" and exists (select 1 from client_tags g where g.client_id = c.id and g.tag = ", tag)?.push(")");
    }
    for term in fold::terms(&q.text) {
        query.push(" and ").push(dialect::contains(conn)).value("(c.search_key, ", term)?.push(") > 0");
    }
    Ok(())
}

/// The light as of today; the same four cases as `domain::lights::light`.
fn lit(query: &mut Built, light: Light, today: Day) -> Result<(), Error> {
    match light {
        Light::Red => query.value(" and c.due_key < ", today.0)?,
        Light::Amber => query.value(" and c.due_on >= ", today.0)?.value(" and c.amber_from <= ", today.0)?,
        Light::Green => query.value(" and c.amber_from > ", today.0)?,
        Light::Grey => query.push(" and c.due_key = 2147483647"),
    };
    Ok(())
}

/// Pairs of segment and town in use.
pub(crate) async fn segments_and_towns(
    conn: &mut Conn,
    caller: &Caller,
    stage: Option<Stage>,
) -> Result<Vec<(Option<String>, Option<String>)>, Error> {
    let mut query = Built::new("select distinct c.segment, c.town from clients c where c.archived_at is null", Args::of(conn));
    staged(&mut query, caller, stage)?;
    all(conn, query.text.into(), query.args).await
}

/// Tags in use.
pub(crate) async fn tags(conn: &mut Conn, caller: &Caller, stage: Option<Stage>) -> Result<Vec<String>, Error> {
    let head = "select distinct g.tag from client_tags g join clients c on c.id = g.client_id where c.archived_at is null";
    let mut query = Built::new(head, Args::of(conn));
    staged(&mut query, caller, stage)?;
    let rows: Vec<(String,)> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

fn staged(query: &mut Built, caller: &Caller, stage: Option<Stage>) -> Result<(), Error> {
    query.scope(caller, "c.rep_id = ", "c.branch_id = ")?;
    if let Some(stage) = stage {
        query.value(" and c.stage = ", stage.code())?;
    }
    Ok(())
}

/// Changed clients of the caller's scope in order of change.
pub(crate) async fn since(conn: &mut Conn, caller: &Caller, stage: Option<Stage>, page: Since) -> Result<Vec<Client>, Error> {
    let mut query = Built::new(sql!("select ", ClientRow::COLUMNS, " from clients c where "), Args::of(conn));
    page.narrow(&mut query, "(c.version, c.id) > (", " and c.changed_at >= ")?;
    staged(&mut query, caller, stage)?;
    page.finish(&mut query, " order by c.version, c.id limit ")?;
    let rows: Vec<ClientRow> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Unarchived, active clients and prospects of the caller's scope that are red or amber: the first `limit` in the order in which they fall due.
pub(crate) async fn due(conn: &mut Conn, caller: &Caller, today: Day, limit: usize) -> Result<Vec<ClientItem>, Error> {
    let mut query = Built::new(sql!("select ", ItemRow::COLUMNS, " from clients c where "), Args::of(conn));
    narrow_to_due(&mut query, caller, today)?;
    let limit = i64::try_from(limit).map_err(Error::internal)?;
    query.push(" order by c.due_key, c.sort_key, c.id").value(" limit ", limit)?;
    let rows: Vec<ItemRow> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many clients, prospects left out, are red, and how many amber, of those [`due`] would tell without a limit.
pub(crate) async fn due_counts(conn: &mut Conn, caller: &Caller, today: Day) -> Result<(u32, u32), Error> {
    // the stage is counted by, not searched by: then the index of those who fall due answers alone
    let mut query = Built::new("select", Args::of(conn));
    query.value(" coalesce(sum(case when c.stage = 'client' and c.due_key < ", today.0)?.push(" then 1 else 0 end), 0),");
    query.value(" coalesce(sum(case when c.stage = 'client' and c.due_key >= ", today.0)?.push(" then 1 else 0 end), 0)");
    query.push(" from clients c where ");
    narrow_to_due(&mut query, caller, today)?;
    let rows: Vec<(i64, i64)> = all(conn, query.text.into(), query.args).await?;
    let (red, amber) = rows.first().copied().unwrap_or_default();
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok((count(red), count(amber)))
}

fn narrow_to_due(query: &mut Built, caller: &Caller, today: Day) -> Result<(), Error> {
    query.value("c.archived_at is null and c.status = 'active' and c.due_on is not null and c.amber_from <= ", today.0)?;
    query.scope(caller, "c.rep_id = ", "c.branch_id = ")?;
    Ok(())
}

/// A client that may be the one being entered.
pub(crate) struct Candidate {
    pub(crate) id: ClientId,
    pub(crate) name: String,
    pub(crate) town: Option<String>,
    pub(crate) rep_id: Option<RepId>,
    pub(crate) in_scope: bool,
}

/// All clients a rep owns, and those of the whole company with a word that begins like one of the name's: only what a warning may show is read.
pub(crate) async fn candidates(conn: &mut Conn, caller: &Caller, name: &str) -> Result<Vec<Candidate>, Error> {
    let mut starts: Vec<String> = fold::terms(name).into_iter().map(|t| t.chars().take(4).collect()).collect();
    starts.sort_by_key(|s| std::cmp::Reverse(s.len()));
    starts.dedup();
    starts.truncate(4);
    if starts.is_empty() {
        return Ok(Vec::new());
    }
    let scope = ScopeIds::of(caller);
    let mut query = Built::new("select c.id, c.name, c.town, c.rep_id, c.branch_id from clients c where", Args::of(conn));
    if let Some(rep) = scope.rep {
        query.value(" c.rep_id = ", rep)?.push(" or");
    }
    for (i, start) in starts.into_iter().enumerate() {
        query.push(if i == 0 { " " } else { " or " }).push(dialect::contains(conn)).value("(c.search_key, ", start)?.push(") > 0");
    }
    let rows: Vec<CandidateRow> = all(conn, query.text.into(), query.args).await?;
    let sees = |rep: Option<Uuid>, branch: Option<Uuid>| {
        (scope.rep.is_none() || scope.rep == rep) && (scope.branch.is_none() || scope.branch == branch)
    };
    let read = |(id, name, town, rep, branch): CandidateRow| Candidate {
        id: ClientId(id),
        name,
        town,
        rep_id: rep.map(RepId),
        in_scope: sees(rep, branch),
    };
    Ok(rows.into_iter().map(read).collect())
}

type CandidateRow = (Uuid, String, Option<String>, Option<Uuid>, Option<Uuid>);
