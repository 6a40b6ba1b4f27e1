//! Statements of the inbox.

use super::{Enclosed, Letter, Message};
use crate::Error;
use crate::db::Conn;
use domain::Instant;
use domain::ids::{MessageId, ReportId, UserId};
use domain::people::Caller;
use domain::reports::Format;
use uuid::Uuid;

type Row = (Uuid, Option<Uuid>, i64, String, String, String, Option<i64>);

pub(super) async fn messages(conn: &mut Conn, caller: &Caller, limit: i64) -> Result<Vec<Message>, Error> {
    let rows: Vec<Row> = fetch_all!(
        conn,
        "select id, report_id, at, title, body, address, read_at from messages where user_id = $1 order by at desc, id desc limit $2",
        caller.user.0,
        limit,
    )?;
    let message = |(id, report, at, title, body, address, read): Row| Message {
        id: MessageId(id),
        report_id: report.map(ReportId),
        at: Instant(at),
        title,
        body,
        address,
        read_at: read.map(Instant),
        documents: Vec::new(),
    };
    Ok(rows.into_iter().map(message).collect())
}

/// What came with a caller's messages, each with the scope it was made for.
pub(super) async fn enclosed(conn: &mut Conn, caller: &Caller) -> Result<Vec<(MessageId, String, Enclosed)>, Error> {
    let rows: Vec<(Uuid, String, String, String, i64)> = fetch_all!(
        conn,
        "select d.message_id, m.scope, d.format, d.file_name, d.bytes from documents d join messages m on m.id = d.message_id \
         where m.user_id = $1 order by d.message_id, d.format",
        caller.user.0,
    )?;
    let read = |(id, scope, format, file_name, bytes): (Uuid, String, String, String, i64)| {
        Some((MessageId(id), scope, Enclosed { format: Format::parse(&format)?, file_name, bytes }))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

pub(super) async fn unread(conn: &mut Conn, caller: &Caller) -> Result<i64, Error> {
    let row: (i64,) = fetch_one!(conn, "select count(*) from messages where user_id = $1 and read_at is null", caller.user.0)?;
    Ok(row.0)
}

pub(super) async fn has(conn: &mut Conn, caller: &Caller, id: MessageId) -> Result<bool, Error> {
    let row: (i64,) = fetch_one!(conn, "select count(*) from messages where user_id = $1 and id = $2", caller.user.0, id.0)?;
    Ok(row.0 == 1)
}

/// Whether there is such a message; the first time it was read stays.
pub(super) async fn read(conn: &mut Conn, caller: &Caller, id: MessageId, at: Instant) -> Result<bool, Error> {
    let text = "update messages set read_at = coalesce(read_at, $3) where id = $1 and user_id = $2";
    Ok(execute!(conn, text, id.0, caller.user.0, at.0)? == 1)
}

pub(super) async fn read_all(conn: &mut Conn, caller: &Caller, at: Instant) -> Result<(), Error> {
    execute!(conn, "update messages set read_at = $2 where user_id = $1 and read_at is null", caller.user.0, at.0).map(drop)
}

pub(super) async fn insert(conn: &mut Conn, id: MessageId, to: UserId, letter: &Letter, (scope, at): (&str, Instant)) -> Result<(), Error> {
    execute!(
        conn,
        "insert into messages (id, user_id, report_id, at, title, body, address, scope) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        to.0,
        letter.report.map(|report| report.0),
        at.0,
        &letter.title,
        &letter.body,
        &letter.address,
        scope,
    )
    .map(drop)
}

pub(super) async fn enclose(
    conn: &mut Conn,
    id: MessageId,
    (format, sha256): (&str, &str),
    (name, bytes): (&str, i64),
) -> Result<(), Error> {
    let text = "insert into documents (message_id, format, sha256, file_name, bytes) values ($1, $2, $3, $4, $5)";
    execute!(conn, text, id.0, format, sha256, name, bytes).map(drop)
}

/// Scope, hash and name of a caller's document.
pub(super) async fn document(
    conn: &mut Conn,
    caller: &Caller,
    id: MessageId,
    format: &str,
) -> Result<Option<(String, String, String)>, Error> {
    fetch_optional!(
        conn,
        "select m.scope, d.sha256, d.file_name from documents d join messages m on m.id = d.message_id \
         where m.user_id = $1 and m.id = $2 and d.format = $3",
        caller.user.0,
        id.0,
        format,
    )
}

/// The messages a person has of a report, latest first.
pub(super) async fn of_report(conn: &mut Conn, user: UserId, report: ReportId) -> Result<Vec<MessageId>, Error> {
    let rows: Vec<(Uuid,)> =
        fetch_all!(conn, "select id from messages where report_id = $1 and user_id = $2 order by at desc, id desc", report.0, user.0)?;
    Ok(rows.into_iter().map(|row| MessageId(row.0)).collect())
}

pub(super) async fn hashes(conn: &mut Conn, ids: &[MessageId]) -> Result<Vec<String>, Error> {
    let mut hashes = Vec::new();
    for id in ids {
        let rows: Vec<(String,)> = fetch_all!(conn, "select sha256 from documents where message_id = $1", id.0)?;
        hashes.extend(rows.into_iter().map(|row| row.0));
    }
    Ok(hashes)
}

pub(super) async fn delete(conn: &mut Conn, ids: &[MessageId]) -> Result<(), Error> {
    for id in ids {
        execute!(conn, "delete from documents where message_id = $1", id.0)?;
        execute!(conn, "delete from messages where id = $1", id.0)?;
    }
    Ok(())
}

pub(super) async fn is_enclosed(conn: &mut Conn, sha256: &str) -> Result<bool, Error> {
    let row: (i64,) = fetch_one!(conn, "select count(*) from documents where sha256 = $1", sha256)?;
    Ok(row.0 > 0)
}
