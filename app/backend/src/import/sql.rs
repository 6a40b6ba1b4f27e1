//! Statements of imports. Bringing in a file writes clients and visits many at a time with the fingerprints of their rows; no other slice does.

use super::report::Report;
use crate::Error;
use crate::clients::row::ClientRow;
use crate::contacts::sql::ContactRow;
use crate::db::{Args, Bind, Built, Conn, all, find_in, insert_rows};
use crate::visits::row::VisitRow;
use domain::clients::Client;
use domain::contacts::Contact;
use domain::ids::{ImportId, RepId, VisitId};
use domain::lights::Window;
use domain::sales::Product;
use domain::visits::Visit;
use domain::{Day, Instant};
use sqlx::types::Json;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows asked for by id at a time.
const IDS: usize = 500;

/// Whether this very file was brought in as this kind before.
pub(super) async fn seen(conn: &mut Conn, kind: &str, sha256: &str) -> Result<bool, Error> {
    let (times,): (i64,) =
        fetch_one!(conn, "select count(*) from imports where sha256 = $1 and kind = $2 and state = 'published'", sha256, kind)?;
    Ok(times > 0)
}

/// Writes the import its rows refer to.
pub(super) async fn begin(
    conn: &mut Conn,
    id: ImportId,
    report: &Report,
    user: Option<Uuid>,
    at: Instant,
    version: i64,
    state: &'static str,
) -> Result<(), Error> {
    execute!(
        conn,
        "insert into imports (id, kind, source, file_name, sha256, report, user_id, at, version, state, alive_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $8)",
        id.0,
        report.kind.code(),
        &report.source,
        &report.file_name,
        &report.sha256,
        Json(report),
        user,
        at.0,
        version,
        state,
    )
    .map(drop)
}

/// Imports under way, with when they last wrote.
pub(super) async fn staged(conn: &mut Conn) -> Result<Vec<(Uuid, i64)>, Error> {
    fetch_all!(conn, "select id, alive_at from imports where state = 'staged'")
}

/// The version at which an import of sales was last published, or any was taken back.
pub(super) async fn settled(conn: &mut Conn) -> Result<i64, Error> {
    const TEXT: &str = "select cast(coalesce(max(version), 0) as bigint) from imports where (kind = 'sales' and state = 'published') \
         or state = 'withdrawn'";
    let (version,): (i64,) = fetch_one!(conn, TEXT)?;
    Ok(version)
}

/// Says that an import is still being written.
pub(super) async fn alive(conn: &mut Conn, id: ImportId, at: Instant) -> Result<(), Error> {
    execute!(conn, "update imports set alive_at = $2 where id = $1", id.0, at.0).map(drop)
}

/// Makes an import count.
pub(super) async fn publish(conn: &mut Conn, id: ImportId, report: &Report, at: Instant, version: i64) -> Result<(), Error> {
    execute!(
        conn,
        "update imports set state = 'published', report = $2, at = $3, version = $4 where id = $1",
        id.0,
        Json(report),
        at.0,
        version
    )
    .map(drop)
}

/// Removes an import of which nothing is left.
pub(super) async fn forget(conn: &mut Conn, id: ImportId) -> Result<(), Error> {
    execute!(conn, "delete from imports where id = $1 and state = 'staged'", id.0).map(drop)
}

/// Keeps what became of an import.
pub(super) async fn finish(conn: &mut Conn, id: ImportId, report: &Report) -> Result<(), Error> {
    execute!(conn, "update imports set report = $2 where id = $1", id.0, Json(report)).map(drop)
}

/// Every client brought in from a source.
pub(super) async fn clients_of(conn: &mut Conn, source: &str) -> Result<Vec<Client>, Error> {
    let text = sql!("select ", ClientRow::COLUMNS, " from clients c where c.source = $1 and c.external_id is not null");
    let rows: Vec<ClientRow> = fetch_all!(conn, text, source)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// At most so many clients of a source behind this one in the order of ids, and what their rows said the last time.
pub(super) async fn clients_of_after(conn: &mut Conn, source: &str, last: Uuid, most: i64) -> Result<Vec<(Client, Option<i64>)>, Error> {
    let text = sql!(
        "select ",
        ClientRow::COLUMNS,
        " from clients c where c.source = $1 and c.external_id is not null and c.id > $2 order by c.id limit $3"
    );
    let rows: Vec<ClientRow> = fetch_all!(conn, text, source, last, most)?;
    const PRINTS: &str = "select c.id, c.import_print from clients c where c.source = $1 and c.external_id is not null and c.id > $2 \
         order by c.id limit $3";
    let prints: Vec<(Uuid, Option<i64>)> = fetch_all!(conn, PRINTS, source, last, most)?;
    Ok(rows.into_iter().map(Client::from).zip(prints.into_iter().map(|(_, print)| print)).collect())
}

/// Every client that is not archived.
pub(super) async fn clients_at_work(conn: &mut Conn) -> Result<Vec<Client>, Error> {
    let text = sql!("select ", ClientRow::COLUMNS, " from clients c where c.archived_at is null");
    let rows: Vec<ClientRow> = fetch_all!(conn, text)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Clients by id, in no order.
pub(super) async fn clients_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Client>, Error> {
    const HEAD: &str = sql!("select ", ClientRow::COLUMNS, " from clients c where c.id in ");
    let rows: Vec<ClientRow> = find_in(conn, HEAD, ids).await?;
    Ok(rows.into_iter().map(Client::from).collect())
}

/// The ids of all clients.
pub(super) async fn client_ids_unscoped(conn: &mut Conn) -> Result<Vec<Uuid>, Error> {
    let rows: Vec<(Uuid,)> = fetch_all!(conn, "select c.id from clients c")?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Every visit brought in from a source: its id there, its id here, what its row said the last time.
pub(super) async fn visits_of(conn: &mut Conn, source: &str) -> Result<Vec<(String, Uuid, Option<i64>)>, Error> {
    fetch_all!(conn, "select v.external_id, v.id, v.import_print from visits v where v.source = $1 and v.external_id is not null", source)
}

/// Every contact brought in from a source, and what its row said the last time.
pub(super) async fn contacts_of(conn: &mut Conn, source: &str) -> Result<Vec<(Contact, Option<i64>)>, Error> {
    let text = sql!("select ", ContactRow::COLUMNS, " from contacts p where p.source = $1 and p.external_id is not null");
    let rows: Vec<ContactRow> = fetch_all!(conn, text, source)?;
    const PRINTS: &str = "select p.id, p.import_print from contacts p where p.source = $1 and p.external_id is not null";
    let prints: Vec<(Uuid, Option<i64>)> = fetch_all!(conn, PRINTS, source)?;
    let prints: HashMap<Uuid, Option<i64>> = prints.into_iter().collect();
    Ok(rows.into_iter().map(Contact::from).map(|c| (prints.get(&c.id.0).copied().flatten(), c)).map(|(print, c)| (c, print)).collect())
}

/// Visits by id.
pub(super) async fn visits_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<VisitId, Visit>, Error> {
    const HEAD: &str = sql!("select ", VisitRow::COLUMNS, " from visits v where v.id in ");
    let rows: Vec<VisitRow> = find_in(conn, HEAD, ids).await?;
    Ok(rows.into_iter().map(Visit::from).map(|v| (v.id, v)).collect())
}

/// The last completed visit of each of these clients that clears a light: client, day, by whom. `silent` are the kinds that clear none.
pub(super) async fn last_visits(conn: &mut Conn, clients: &[Uuid], silent: &[&str]) -> Result<Vec<(Uuid, i32, Option<Uuid>)>, Error> {
    let mut found = Vec::with_capacity(clients.len());
    for chunk in clients.chunks(IDS) {
        let mut query = Built::new(
            "select t.client_id, t.day, t.rep_id from (select v.client_id, v.day, v.rep_id, \
             row_number() over (partition by v.client_id order by v.day desc, v.starts_at desc, v.id desc) as place \
             from visits v where v.status = 'completed'",
            Args::of(conn),
        );
        for kind in silent {
            query.value(" and v.kind <> ", *kind)?;
        }
        for (i, client) in chunk.iter().enumerate() {
            query.value(if i == 0 { " and v.client_id in (" } else { ", " }, *client)?;
        }
        query.push(")) t where t.place = 1");
        found.extend(all::<(Uuid, i32, Option<Uuid>)>(conn, query.text.into(), query.args).await?);
    }
    Ok(found)
}

/// A client's light after its visits were brought in.
pub(super) struct Lit {
    pub(super) client: Uuid,
    pub(super) last_visit_on: Option<Day>,
    pub(super) last_visit_by: Option<RepId>,
    pub(super) window: Option<Window>,
    pub(super) version: i64,
}

impl Bind for Lit {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.client)?;
        args.add(self.last_visit_on.map(|d| d.0))?;
        args.add(self.last_visit_by.map(|r| r.0))?;
        args.add(self.window.map(|w| w.amber_from.0))?;
        args.add(self.window.map(|w| w.due_on.0))?;
        args.add(domain::clients::list::due_key(self.window.map(|w| w.due_on)))?;
        args.add(self.version)
    }
}

/// Writes lights. Columns of `values` are named alike by both engines.
pub(super) async fn write_lights(conn: &mut Conn, lights: &[Lit]) -> Result<u64, Error> {
    const HEAD: &str = "update clients set last_visit_on = f.column2, last_visit_by = f.column3, amber_from = f.column4, \
         due_on = f.column5, due_key = f.column6, version = f.column7 from (values ";
    insert_rows(conn, HEAD, 7, ") as f where clients.id = f.column1", lights).await
}

/// All products; shelves are none.
pub(super) async fn products(conn: &mut Conn) -> Result<Vec<Product>, Error> {
    let rows: Vec<(Uuid,)> = fetch_all!(conn, "select p.id from products p where p.code <> ''")?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.0).collect();
    super::records::sql::products_by_id(conn, &ids).await
}

/// At most so many products behind this one in the order of ids; shelves are none.
pub(super) async fn products_after(conn: &mut Conn, last: Uuid, most: i64) -> Result<Vec<Product>, Error> {
    const TEXT: &str = "select p.id from products p where p.id > $1 and p.code <> '' order by p.id limit $2";
    let rows: Vec<(Uuid,)> = fetch_all!(conn, TEXT, last, most)?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.0).collect();
    let mut products = super::records::sql::products_by_id(conn, &ids).await?;
    products.sort_by_key(|product| product.id);
    Ok(products)
}

/// All budgets, by rep and month.
pub(super) async fn budgets(conn: &mut Conn) -> Result<HashMap<(RepId, Day), i64>, Error> {
    let rows: Vec<(Uuid, i32, i64)> = fetch_all!(conn, "select b.rep_id, b.month, b.minor from budgets b")?;
    Ok(rows.into_iter().map(|(rep, month, minor)| ((RepId(rep), Day(month)), minor)).collect())
}
