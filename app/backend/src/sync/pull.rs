//! Pulling a Book: the head first, then every row of the rep's scope up to it, in pages. Writers that commit meanwhile have later versions and come next time.

use super::cursor::{Cursor, Table};
use super::sql::{self, Window};
use crate::db::Conn;
use crate::{Backend, Error, targets};
use domain::ids::{ClientId, ContactId, DeviceId, RepId, VisitId};
use domain::people::Caller;
use domain::sync::{Gone, PullPage};
use uuid::Uuid;

/// Rows of one page at most.
const PAGE_MAX: u32 = 10_000;

/// One page of the caller's Book. `device` is whose Book it is, for the log; `cursor` the last page's, or none to start.
///
/// # Errors
/// `Forbidden` for those who work without a Book.
pub async fn pull(backend: &Backend, caller: &Caller, device: DeviceId, cursor: Option<&str>, limit: u32) -> Result<PullPage, Error> {
    let rep = caller.rep.filter(|_| caller.has_book()).ok_or(Error::Forbidden)?;
    let mut conn = backend.read().await?;
    let (head, settings, figures, epoch) = sql::head(&mut conn, caller.user).await?;
    let kept = cursor.and_then(Cursor::parse).filter(|c| c.rep == rep && c.epoch == epoch && c.head <= head);
    tracing::debug!(%device, fresh = kept.is_none(), head, "pull");
    let (start, first, fresh) = begin(kept, rep, epoch, head);
    let mut page = empty(start.head, fresh && first);
    if first {
        let company = backend.company_at(&mut conn, settings).await?;
        if page.fresh || figures > start.since {
            page.facts = Some(targets::facts_on(&mut conn, &company, caller).await?);
        }
        page.company = Some(company.as_ref().clone());
        page.caller = Some(caller.clone());
    }
    let asks = Asks { backend, caller, settings, moved: figures > start.since };
    let end = fill(&mut conn, &mut page, start, &asks, limit.clamp(1, PAGE_MAX)).await?;
    page.more = end.at.is_some();
    page.cursor = end.to_string();
    Ok(page)
}

/// Where this page starts, whether it is the first of its pull, and whether that pull starts the Book over.
fn begin(kept: Option<Cursor>, rep: RepId, epoch: i64, head: i64) -> (Cursor, bool, bool) {
    match kept {
        Some(cursor) if cursor.at.is_some() => (cursor, false, cursor.since == 0),
        Some(done) => {
            let at = (done.head < head).then_some((Table::Gone, done.head, Uuid::max()));
            (Cursor { since: done.head, head, at, ..done }, true, false)
        }
        // A Book that starts over has nothing to remove.
        None => (Cursor { rep, epoch, since: 0, head, at: Some((Table::Clients, -1, Uuid::max())) }, true, true),
    }
}

fn empty(head: i64, fresh: bool) -> PullPage {
    PullPage {
        cursor: String::new(),
        more: false,
        head,
        fresh,
        company: None,
        caller: None,
        clients: Vec::new(),
        contacts: Vec::new(),
        visits: Vec::new(),
        bought: Vec::new(),
        gone: Vec::new(),
        facts: None,
    }
}

/// Reads table after table until the page is full or everything was read.
async fn fill(conn: &mut Conn, page: &mut PullPage, mut cursor: Cursor, asks: &Asks<'_>, limit: u32) -> Result<Cursor, Error> {
    let mut left = i64::from(limit);
    while let Some((table, version, id)) = cursor.at {
        if left == 0 {
            return Ok(cursor);
        }
        let window = Window { rep: cursor.rep, head: cursor.head, after: (version, id), limit: left };
        let (read, last) = match table {
            Table::Bought => bought(conn, page, cursor.since, window, asks).await?,
            _ => read(conn, page, table, window).await?,
        };
        left -= read;
        cursor.at = match last {
            Some((version, id)) if left == 0 => Some((table, version, id)),
            _ => table.next().map(|next| (next, if cursor.since == 0 { -1 } else { cursor.since }, Uuid::max())),
        };
    }
    Ok(cursor)
}

type Last = Option<(i64, Uuid)>;

/// Who pulls, under which settings, and whether sales have changed since the last pull.
struct Asks<'a> {
    backend: &'a Backend,
    caller: &'a Caller,
    settings: i64,
    moved: bool,
}

/// Stands in the place of a version where purchases are read client by client.
const BY_CLIENT: i64 = i64::MAX;

/// Reads purchases into the page: of a Book that starts over all there are, otherwise of clients who are new in the scope or on days that changed.
async fn bought(conn: &mut Conn, page: &mut PullPage, since: i64, window: Window, asks: &Asks<'_>) -> Result<(i64, Last), Error> {
    let after = if window.after.0 == BY_CLIENT { window.after.1 } else { Uuid::nil() };
    let from = if since == 0 { -1 } else { since };
    let ids = sql::bought_by(conn, Window { after: (from, after), ..window }, asks.moved).await?;
    let counted = (i64::try_from(ids.len()).map_err(Error::internal)?, ids.last().map(|id| (BY_CLIENT, id.0)));
    let company = asks.backend.company_at(conn, asks.settings).await?;
    let found = crate::sales::bought::of_clients(conn, asks.caller, &company, &ids).await?;
    page.bought.extend(found.into_iter().filter(|(_, bought)| since > 0 || !bought.days.is_empty()));
    Ok(counted)
}

/// Reads one table into the page; how many rows, and the last one's place.
async fn read(conn: &mut Conn, page: &mut PullPage, table: Table, window: Window) -> Result<(i64, Last), Error> {
    let (count, last) = match table {
        Table::Gone => {
            let rows = sql::gone(conn, window).await?;
            let last = rows.last().map(|r| (r.0, r.2));
            page.gone.extend(rows.iter().map(|(_, kind, id)| match kind.as_str() {
                "client" => Gone::Client(ClientId(*id)),
                "contact" => Gone::Contact(ContactId(*id)),
                _ => Gone::Visit(VisitId(*id)),
            }));
            (rows.len(), last)
        }
        Table::Clients => {
            let rows = sql::clients(conn, window).await?;
            let counted = (rows.len(), rows.last().map(|r| (r.version, r.id)));
            page.clients.extend(rows.into_iter().map(Into::into));
            counted
        }
        Table::Contacts => {
            let rows = sql::contacts(conn, window).await?;
            let counted = (rows.len(), rows.last().map(|r| (r.version, r.id)));
            page.contacts.extend(rows.into_iter().map(Into::into));
            counted
        }
        Table::Visits => {
            let rows = sql::visits(conn, window).await?;
            let counted = (rows.len(), rows.last().map(|r| (r.version, r.id)));
            page.visits.extend(rows.into_iter().map(Into::into));
            counted
        }
        Table::Bought => (0, None),
    };
    Ok((i64::try_from(count).map_err(Error::internal)?, last))
}
