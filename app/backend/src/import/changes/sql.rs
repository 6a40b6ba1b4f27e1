//! Statements of what imports did to records.

use super::{Changes, Did, Entry, Key, Subject};
use crate::Error;
use crate::db::{Args, Bind, Conn, find_in, insert_rows};
use domain::ids::ImportId;
use sqlx::types::Json;
use std::collections::HashMap;
use uuid::Uuid;

struct Row<'a>(Subject, &'a Entry);

impl Bind for Row<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        let entry = self.1;
        args.add(entry.import.0)?;
        args.add(self.0.code())?;
        args.add(entry.key.0)?;
        args.add(entry.key.1)?;
        let (print, changes) = match &entry.did {
            Did::Made(print) => (Some(*print), None),
            Did::Changed(changes) => (None, Some(Json(changes))),
        };
        args.add(print)?;
        args.add(changes)
    }
}

fn did(print: Option<i64>, changes: Option<Json<Changes>>) -> Did {
    match (print, changes) {
        (Some(print), _) => Did::Made(print),
        (None, changes) => Did::Changed(changes.map(|c| c.0).unwrap_or_default()),
    }
}

/// Keeps what an import did, anew where it was kept before.
pub(crate) async fn keep(conn: &mut Conn, subject: Subject, entries: &[Entry]) -> Result<(), Error> {
    const HEAD: &str = "insert into import_changes (import_id, kind, record_id, month, print, changes) values ";
    const TAIL: &str = " on conflict (import_id, kind, record_id, month) do update set print = excluded.print, changes = excluded.changes";
    let rows: Vec<Row<'_>> = entries.iter().map(|entry| Row(subject, entry)).collect();
    insert_rows(conn, HEAD, 6, TAIL, &rows).await.map(drop)
}

type DidRow = (Uuid, i32, Option<i64>, Option<Json<Changes>>);

/// The first things an import did to records of a kind, in the order of their keys.
pub(crate) async fn of_import(conn: &mut Conn, import: ImportId, subject: Subject, most: i64) -> Result<Vec<Entry>, Error> {
    const TEXT: &str = "select record_id, month, print, changes from import_changes where import_id = $1 and kind = $2 \
         order by record_id, month limit $3";
    let rows: Vec<DidRow> = fetch_all!(conn, TEXT, import.0, subject.code(), most)?;
    Ok(rows.into_iter().map(|(id, month, print, changes)| Entry { import, key: (id, month), did: did(print, changes) }).collect())
}

type LaterRow = (Uuid, String, Uuid, i32, Option<i64>, Option<Json<Changes>>, i64);

/// What imports that count and came after this one of `version` did to these records, in the order of the imports.
pub(crate) async fn later(
    conn: &mut Conn,
    subject: Subject,
    ids: &[Uuid],
    (import, version): (ImportId, i64),
) -> Result<HashMap<Key, Vec<Entry>>, Error> {
    const HEAD: &str = "select x.import_id, x.kind, x.record_id, x.month, x.print, x.changes, i.version from import_changes x \
         join imports i on i.id = x.import_id and i.state = 'published' where x.record_id in ";
    let rows: Vec<LaterRow> = find_in(conn, HEAD, ids).await?;
    let after = |row: &LaterRow| (row.6, row.0) > (version, import.0);
    let mut rows: Vec<_> = rows.into_iter().filter(|row| row.1 == subject.code() && after(row)).collect();
    rows.sort_by_key(|row| (row.6, row.0));
    let mut found: HashMap<Key, Vec<Entry>> = HashMap::new();
    for (import, _, id, month, print, changes, _) in rows {
        found.entry((id, month)).or_default().push(Entry { import: ImportId(import), key: (id, month), did: did(print, changes) });
    }
    Ok(found)
}

/// Whether it was kept what an import did.
pub(crate) async fn any(conn: &mut Conn, import: ImportId) -> Result<bool, Error> {
    const TEXT: &str = "select count(*) from (select 1 as one from import_changes where import_id = $1 limit 1) x";
    let (found,): (i64,) = fetch_one!(conn, TEXT, import.0)?;
    Ok(found > 0)
}

/// Forgets what an import did to records of a kind up to `last`: it was taken back.
pub(crate) async fn forget(conn: &mut Conn, import: ImportId, subject: Subject, last: Key) -> Result<(), Error> {
    const TEXT: &str = "delete from import_changes where import_id = $1 and kind = $2 and (record_id, month) <= ($3, $4)";
    execute!(conn, TEXT, import.0, subject.code(), last.0, last.1).map(drop)
}
