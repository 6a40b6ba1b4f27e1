//! Statements of clients: reading one, writing one or many.

use super::row::{ClientRow, DERIVED, DERIVED_WIDTH, Written};
use crate::Error;
use crate::db::{Args, Beside, Bind, Built, Conn, ScopeIds, all, find_rows, insert_rows};
use domain::clients::{Client, list::due_key};
use domain::ids::{ClientId, RepId};
use domain::people::Caller;
use uuid::Uuid;

const FIND: &str = sql!(
    "select ",
    ClientRow::COLUMNS,
    " from clients c where c.id = $1 and ($2 is null or c.rep_id = $2) and ($3 is null or c.branch_id = $3)"
);

/// A client in the caller's scope.
pub(crate) async fn find(conn: &mut Conn, caller: &Caller, id: ClientId) -> Result<Option<Client>, Error> {
    let scope = ScopeIds::of(caller);
    let row: Option<ClientRow> = fetch_optional!(conn, FIND, id.0, scope.rep, scope.branch)?;
    Ok(row.map(Into::into))
}

/// A client whoever owns it: for what follows from a change that was allowed already.
pub(crate) async fn find_unscoped(conn: &mut Conn, id: ClientId) -> Result<Option<Client>, Error> {
    let nobody: Option<Uuid> = None;
    let row: Option<ClientRow> = fetch_optional!(conn, FIND, id.0, nobody, nobody)?;
    Ok(row.map(Into::into))
}

/// Clients of the caller's scope by id, in no order.
pub(crate) async fn find_many(conn: &mut Conn, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Client>, Error> {
    const HEAD: &str = sql!("select ", ClientRow::COLUMNS, " from clients c where c.id in (");
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut query = Built::new(HEAD, Args::of(conn));
        for (i, id) in chunk.iter().enumerate() {
            query.value(if i == 0 { "" } else { ", " }, id)?;
        }
        query.push(")").scope(caller, "c.rep_id = ", "c.branch_id = ")?;
        let rows: Vec<ClientRow> = all(conn, query.text.into(), query.args).await?;
        found.extend(rows.into_iter().map(Client::from));
    }
    Ok(found)
}

row! {
    /// Which of several questions a row answers.
    PlaceRow as "n" { column1: i64 }
}

/// Several clients, each in the scope it is asked for: its place among the questions, and the client.
pub(crate) async fn find_asked(conn: &mut Conn, asked: &[(ClientId, ScopeIds)]) -> Result<Vec<(usize, Client)>, Error> {
    const HEAD: &str = sql!("select ", PlaceRow::COLUMNS, ", ", ClientRow::COLUMNS, " from (values ");
    const TAIL: &str = ") as n join clients c on c.id = n.column2 \
                        where (n.column3 is null or c.rep_id = n.column3) and (n.column4 is null or c.branch_id = n.column4)";
    let question = |(place, (id, scope)): (usize, &(ClientId, ScopeIds))| Question(i64::try_from(place).unwrap_or(0), *id, *scope);
    let questions: Vec<Question> = asked.iter().enumerate().map(question).collect();
    let rows: Vec<Beside<PlaceRow, ClientRow>> = find_rows(conn, HEAD, 4, TAIL, &questions).await?;
    Ok(rows.into_iter().map(|Beside(place, row)| (usize::try_from(place.column1).unwrap_or(0), row.into())).collect())
}

struct Question(i64, ClientId, ScopeIds);

impl Bind for Question {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.0)?;
        args.add(self.1.0)?;
        args.add(self.2.rep)?;
        args.add(self.2.branch)
    }
}

/// The client known under an id of another system, whoever owns it.
pub(crate) async fn by_external_unscoped(conn: &mut Conn, source: &str, external_id: &str) -> Result<Option<Client>, Error> {
    let text = sql!("select ", ClientRow::COLUMNS, " from clients c where c.source = $1 and c.external_id = $2");
    let row: Option<ClientRow> = fetch_optional!(conn, text, source, external_id)?;
    Ok(row.map(Into::into))
}

/// Whether this rep owned the client before.
pub(crate) async fn was_of(conn: &mut Conn, rep: RepId, id: ClientId) -> Result<bool, Error> {
    let found: Option<(i64,)> =
        fetch_optional!(conn, "select t.version from tombstones t where t.rep_id = $1 and t.kind = 'client' and t.id = $2", rep.0, id.0)?;
    Ok(found.is_some())
}

const INSERT: &str = sql!("insert into clients (", ClientRow::INSERT, DERIVED, ") values ");
const WIDTH: usize = ClientRow::WIDTH + DERIVED_WIDTH;

/// Writes a new client; `false` when its id is taken.
pub(crate) async fn insert(conn: &mut Conn, client: &Client) -> Result<bool, Error> {
    let rows = [Written { client, import: None }];
    let written = insert_rows(conn, INSERT, WIDTH, " on conflict (id) do nothing", &rows).await? == 1;
    if written {
        insert_tags(conn, &[client]).await?;
    }
    Ok(written)
}

/// Writes many new clients.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[Written<'_>]) -> Result<u64, Error> {
    let written = insert_rows(conn, INSERT, WIDTH, "", rows).await?;
    let clients: Vec<&Client> = rows.iter().map(|r| r.client).collect();
    insert_tags(conn, &clients).await?;
    Ok(written)
}

/// Writes clients that exist as they now stand; `before` tells whose tags have to be written anew.
pub(crate) async fn save(conn: &mut Conn, before: &Client, after: &Client) -> Result<(), Error> {
    save_many(conn, &[after]).await?;
    if before.tags != after.tags {
        execute!(conn, "delete from client_tags where client_id = $1", after.id.0)?;
        insert_tags(conn, &[after]).await?;
    }
    Ok(())
}

/// Writes every column of clients that exist, but not their tags' index.
pub(crate) async fn save_many(conn: &mut Conn, clients: &[&Client]) -> Result<(), Error> {
    const TAIL: &str = sql!(
        " on conflict (id) do update set ",
        ClientRow::EXCLUDED,
        ", due_key = excluded.due_key, sort_key = excluded.sort_key, search_key = excluded.search_key"
    );
    let rows: Vec<Written<'_>> = clients.iter().map(|client| Written { client, import: None }).collect();
    insert_rows(conn, INSERT, WIDTH, TAIL, &rows).await.map(drop)
}

/// Calls the tiers of clients otherwise, all at once, so that two may change names; before and after.
pub(crate) async fn rename_tiers_unscoped(conn: &mut Conn, renamed: &[(String, String)], version: i64) -> Result<(), Error> {
    if renamed.is_empty() {
        return Ok(());
    }
    let mut query = Built::new("update clients set", Args::of(conn));
    query.value(" version = ", version)?.push(", tier = case tier");
    for (before, after) in renamed {
        query.value(" when ", before)?.value(" then ", after)?;
    }
    query.push(" end where tier in (");
    for (i, (before, _)) in renamed.iter().enumerate() {
        query.value(if i == 0 { "" } else { ", " }, before)?;
    }
    query.push(")");
    crate::db::run(conn, query.text.into(), query.args).await.map(drop)
}

async fn insert_tags(conn: &mut Conn, clients: &[&Client]) -> Result<(), Error> {
    struct Tag<'a>(Uuid, &'a str);
    impl Bind for Tag<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0)?;
            args.add(self.1)
        }
    }
    let tags: Vec<Tag<'_>> = clients.iter().flat_map(|c| c.tags.iter().map(|t| Tag(c.id.0, t))).collect();
    insert_rows(conn, "insert into client_tags (client_id, tag) values ", 2, "", &tags).await.map(drop)
}

/// Writes the lights' windows after several visits.
pub(crate) async fn save_lights(conn: &mut Conn, clients: &[&Client]) -> Result<(), Error> {
    const HEAD: &str = "update clients set last_visit_on = n.column2, last_visit_by = n.column3, amber_from = n.column4, due_on = n.column5, \
                        due_key = n.column6, version = n.column7 from (values ";
    let rows: Vec<Light<'_>> = clients.iter().map(|c| Light(c)).collect();
    insert_rows(conn, HEAD, 7, ") as n where clients.id = n.column1", &rows).await.map(drop)
}

struct Light<'a>(&'a Client);

impl Bind for Light<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.0.id.0)?;
        args.add(self.0.last_visit_on.map(|d| d.0))?;
        args.add(self.0.last_visit_by.map(|r| r.0))?;
        args.add(self.0.amber_from.map(|d| d.0))?;
        args.add(self.0.due_on.map(|d| d.0))?;
        args.add(due_key(self.0.due_on))?;
        args.add(self.0.version)
    }
}

/// Writes when the next visit is planned, from the visits as they now stand.
pub(crate) async fn save_planned(conn: &mut Conn, id: ClientId, planned_at: Option<i64>, version: i64) -> Result<(), Error> {
    execute!(conn, "update clients set planned_at = $2, version = $3 where id = $1", id.0, planned_at, version).map(drop)
}

/// Notes that a client left a rep's scope, or that it came back into the new owner's.
pub(crate) async fn bury(conn: &mut Conn, id: ClientId, from: Option<RepId>, to: RepId, version: i64) -> Result<(), Error> {
    if let Some(from) = from {
        execute!(
            conn,
            "insert into tombstones (rep_id, kind, id, version) values ($1, 'client', $2, $3) \
             on conflict (rep_id, kind, id) do update set version = excluded.version",
            from.0,
            id.0,
            version,
        )?;
    }
    execute!(conn, "delete from tombstones where rep_id = $1 and kind = 'client' and id = $2", to.0, id.0).map(drop)
}
