//! Statements of sync: receipts, devices, tombstones, what changed in a rep's scope.

use crate::Error;
use crate::clients::row::ClientRow;
use crate::contacts::sql::ContactRow;
use crate::db::{Conn, find_in, insert_rows};
use crate::visits::row::VisitRow;
use domain::ids::{ClientId, DeviceId, EntryId, RepId, UserId};
use domain::{Instant, Rejections};
use sqlx::types::Json;
use uuid::Uuid;

row! {
    /// What became of an entry.
    ReceiptRow as "r" {
        entry_id: Uuid,
        user_id: Uuid,
        device_id: Option<Uuid>,
        seq: i64,
        verdict: String,
        subject_kind: String,
        subject_id: Uuid,
        rejections: Json<Rejections>,
        version: i64,
        received_at: i64,
        clock_offset_ms: i64,
        print: Option<i64>,
    }
}

/// Receipts of these entries.
pub(crate) async fn of_entries(conn: &mut Conn, entries: &[EntryId]) -> Result<Vec<ReceiptRow>, Error> {
    const HEAD: &str = sql!("select ", ReceiptRow::COLUMNS, " from receipts r where r.entry_id in ");
    let ids: Vec<Uuid> = entries.iter().map(|e| e.0).collect();
    find_in(conn, HEAD, &ids).await
}

/// Writes receipts; one that is there stays as it is.
pub(crate) async fn insert(conn: &mut Conn, receipts: &[ReceiptRow]) -> Result<(), Error> {
    let head = sql!("insert into receipts (", ReceiptRow::INSERT, ") values ");
    insert_rows(conn, head, ReceiptRow::WIDTH, " on conflict (entry_id) do nothing", receipts).await.map(drop)
}

/// One user's receipts from one device, written in `[from, to)`.
pub(crate) async fn receipts_between(
    conn: &mut Conn,
    user: UserId,
    device: DeviceId,
    from: Instant,
    to: Instant,
) -> Result<Vec<ReceiptRow>, Error> {
    let text = sql!(
        "select ",
        ReceiptRow::COLUMNS,
        " from receipts r where r.device_id = $1 and r.received_at >= $2 and r.received_at < $3 and r.user_id = $4 order by r.seq, r.entry_id"
    );
    fetch_all!(conn, text, device.0, from.0, to.0, user.0)
}

/// A device was heard of.
pub(crate) async fn saw_device(
    conn: &mut Conn,
    device: DeviceId,
    user: UserId,
    at: Instant,
    seq: i64,
    offset_ms: i64,
) -> Result<(), Error> {
    execute!(
        conn,
        "insert into devices (id, user_id, first_seen_at, last_seen_at, last_seq, clock_offset_ms) values ($1, $2, $3, $3, $4, $5) \
         on conflict (id, user_id) do update set last_seen_at = excluded.last_seen_at, clock_offset_ms = excluded.clock_offset_ms, \
         last_seq = case when excluded.last_seq > devices.last_seq then excluded.last_seq else devices.last_seq end",
        device.0,
        user.0,
        at.0,
        seq,
        offset_ms,
    )
    .map(drop)
}

/// The head of the data, the versions of the settings and of what figures are made of, and how often the caller's scope was changed.
pub(crate) async fn head(conn: &mut Conn, user: UserId) -> Result<(i64, i64, i64, i64), Error> {
    fetch_one!(conn, "select c.version, c.settings, c.figures, u.scope_epoch from clock c, users u where c.id = 1 and u.id = $1", user.0)
}

/// Clients of a rep in the order of ids whose purchases may be others than at a version: who is new in the scope or edited, and with `moved` who bought on
/// a day that changed. Lines of an import that is taken back are cleared away: everybody then.
pub(crate) async fn bought_by(conn: &mut Conn, w: Window, moved: bool) -> Result<Vec<ClientId>, Error> {
    const TEXT: &str = "select c.id from clients c where c.rep_id = $1 and c.id > $2 and (c.version > $3 or ($4 = 1 and (exists \
         (select 1 from sales_lines l join sales_changes s on s.day = l.day where l.client_id = c.id and s.version > $3) or exists \
         (select 1 from imports i where i.kind = 'sales' and i.state = 'withdrawn' and i.version > $3)))) \
         order by c.id limit $5";
    let rows: Vec<(Uuid,)> = fetch_all!(conn, TEXT, w.rep.0, w.after.1, w.after.0, i32::from(moved), w.limit)?;
    Ok(rows.into_iter().map(|row| ClientId(row.0)).collect())
}

/// Rows of one rep with versions in `(since, head]`, from behind `(version, id)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) rep: RepId,
    pub(crate) head: i64,
    pub(crate) after: (i64, Uuid),
    pub(crate) limit: i64,
}

macro_rules! changed {
    ($(#[$doc:meta])* $name:ident: $row:ty, $head:expr, $tail:literal) => {
        $(#[$doc])*
        pub(crate) async fn $name(conn: &mut Conn, w: Window) -> Result<Vec<$row>, Error> {
            fetch_all!(conn, sql!($head, $tail), w.rep.0, w.after.0, w.after.1, w.head, w.limit)
        }
    };
}

changed! {
    /// What left the scope.
    gone: (i64, String, Uuid), "select t.version, t.kind, t.id from tombstones t",
    " where t.rep_id = $1 and (t.version, t.id) > ($2, $3) and t.version <= $4 order by t.version, t.id limit $5"
}
changed! {
    /// Clients and prospects.
    clients: ClientRow, sql!("select ", ClientRow::COLUMNS, " from clients c"),
    " where c.rep_id = $1 and (c.version, c.id) > ($2, $3) and c.version <= $4 order by c.version, c.id limit $5"
}
changed! {
    /// Contacts.
    contacts: ContactRow, sql!("select ", ContactRow::COLUMNS, " from contacts p"),
    " where p.owner_id = $1 and (p.version, p.id) > ($2, $3) and p.version <= $4 order by p.version, p.id limit $5"
}
changed! {
    /// Visits.
    visits: VisitRow, sql!("select ", VisitRow::COLUMNS, " from visits v"),
    " where v.owner_id = $1 and (v.version, v.id) > ($2, $3) and v.version <= $4 order by v.version, v.id limit $5"
}
