//! Statements of contacts.

use crate::Error;
use crate::db::{Args, Bind, Built, Conn, ScopeIds, all, insert_rows};
use crate::sync::Since;
use domain::Instant;
use domain::clients::Client;
use domain::contacts::Contact;
use domain::ids::{ClientId, ContactId, ImportId};
use domain::people::Caller;
use uuid::Uuid;

row! {
    /// A contact.
    ContactRow as "p" {
        id: Uuid,
        client_id: Uuid,
        name: String,
        position: Option<String>,
        phone: Option<String>,
        email: Option<String>,
        notes: Option<String>,
        archived_at: Option<i64>,
        source: Option<String>,
        external_id: Option<String>,
        changed_at: i64,
        version: i64,
    }
}

impl From<&Contact> for ContactRow {
    fn from(c: &Contact) -> Self {
        Self {
            id: c.id.0,
            client_id: c.client_id.0,
            name: c.name.clone(),
            position: c.position.clone(),
            phone: c.phone.clone(),
            email: c.email.clone(),
            notes: c.notes.clone(),
            archived_at: c.archived_at.map(|at| at.0),
            source: c.source.clone(),
            external_id: c.external_id.clone(),
            changed_at: c.changed_at.0,
            version: c.version,
        }
    }
}

impl From<ContactRow> for Contact {
    fn from(r: ContactRow) -> Self {
        Self {
            id: ContactId(r.id),
            client_id: ClientId(r.client_id),
            name: r.name,
            position: r.position,
            phone: r.phone,
            email: r.email,
            notes: r.notes,
            archived_at: r.archived_at.map(Instant),
            source: r.source,
            external_id: r.external_id,
            changed_at: Instant(r.changed_at),
            version: r.version,
        }
    }
}

/// A contact to be written, with its client, and the import and line it comes from.
pub(crate) struct Written<'a> {
    pub(crate) contact: &'a Contact,
    pub(crate) client: &'a Client,
    pub(crate) import: Option<(ImportId, i64)>,
}

impl Bind for Written<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        ContactRow::from(self.contact).bind(args)?;
        args.add(self.client.rep_id.map(|r| r.0))?;
        args.add(self.client.branch_id.map(|b| b.0))?;
        args.add(self.import.map(|i| i.0.0))?;
        args.add(self.import.map(|i| i.1))
    }
}

const SCOPED: &str = " and ($2 is null or p.owner_id = $2) and ($3 is null or p.branch_id = $3)";
const INSERT: &str = sql!("insert into contacts (", ContactRow::INSERT, ", owner_id, branch_id, import_id, import_line) values ");
const WIDTH: usize = ContactRow::WIDTH + 4;

/// A contact in the caller's scope.
pub(crate) async fn find(conn: &mut Conn, caller: &Caller, id: ContactId) -> Result<Option<Contact>, Error> {
    let scope = ScopeIds::of(caller);
    let text = sql!("select ", ContactRow::COLUMNS, " from contacts p where p.id = $1", SCOPED);
    let row: Option<ContactRow> = fetch_optional!(conn, text, id.0, scope.rep, scope.branch)?;
    Ok(row.map(Into::into))
}

/// All contacts of a client in the caller's scope.
pub(crate) async fn of_client(conn: &mut Conn, caller: &Caller, client: ClientId) -> Result<Vec<Contact>, Error> {
    let scope = ScopeIds::of(caller);
    let text = sql!("select ", ContactRow::COLUMNS, " from contacts p where p.client_id = $1", SCOPED);
    let rows: Vec<ContactRow> = fetch_all!(conn, text, client.0, scope.rep, scope.branch)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The contact known under an id of another system, whoever owns it.
pub(crate) async fn by_external_unscoped(conn: &mut Conn, source: &str, external_id: &str) -> Result<Option<Contact>, Error> {
    let text = sql!("select ", ContactRow::COLUMNS, " from contacts p where p.source = $1 and p.external_id = $2");
    let row: Option<ContactRow> = fetch_optional!(conn, text, source, external_id)?;
    Ok(row.map(Into::into))
}

/// Changed contacts of the caller's scope in order of change.
pub(crate) async fn since(conn: &mut Conn, caller: &Caller, page: Since) -> Result<Vec<Contact>, Error> {
    let head = sql!("select ", ContactRow::COLUMNS, " from contacts p where ");
    let mut query = Built::new(head, Args::of(conn));
    page.narrow(&mut query, "(p.version, p.id) > (", " and p.changed_at >= ")?;
    query.scope(caller, "p.owner_id = ", "p.branch_id = ")?;
    page.finish(&mut query, " order by p.version, p.id limit ")?;
    let rows: Vec<ContactRow> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Writes a new contact; `false` when its id is taken.
pub(crate) async fn insert(conn: &mut Conn, contact: &Contact, client: &Client) -> Result<bool, Error> {
    let rows = [Written { contact, client, import: None }];
    Ok(insert_rows(conn, INSERT, WIDTH, " on conflict (id) do nothing", &rows).await? == 1)
}

/// Writes many new contacts.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[Written<'_>]) -> Result<u64, Error> {
    insert_rows(conn, INSERT, WIDTH, "", rows).await
}

/// Writes a contact as it now stands.
pub(crate) async fn save(conn: &mut Conn, c: &Contact) -> Result<(), Error> {
    execute!(
        conn,
        "update contacts set name = $2, position = $3, phone = $4, email = $5, notes = $6, archived_at = $7, changed_at = $8, version = $9 \
         where id = $1",
        c.id.0,
        &c.name,
        &c.position,
        &c.phone,
        &c.email,
        &c.notes,
        c.archived_at.map(|at| at.0),
        c.changed_at.0,
        c.version,
    )
    .map(drop)
}

/// Contacts follow their client to its new owner.
pub(crate) async fn move_to(conn: &mut Conn, client: &Client) -> Result<(), Error> {
    execute!(
        conn,
        "update contacts set owner_id = $2, branch_id = $3, version = $4 where client_id = $1",
        client.id.0,
        client.rep_id.map(|r| r.0),
        client.branch_id.map(|b| b.0),
        client.version,
    )
    .map(drop)
}
