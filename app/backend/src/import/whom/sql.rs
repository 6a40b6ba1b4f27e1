//! Statements that read clients as files may name them, and keep the ids files know them by.

use super::Named;
use crate::Error;
use crate::db::{Args, Bind, Conn, find_in, insert_rows};
use crate::import::Kind;
use domain::ids::{ClientId, ImportId};
use std::collections::HashMap;
use uuid::Uuid;

/// Clients as a file may name them.
pub(in crate::import) async fn named(conn: &mut Conn) -> Result<Vec<Named>, Error> {
    named_after(conn, Uuid::nil(), i64::MAX).await
}

type NamedRow = (Uuid, String, Option<String>, Option<String>, Option<String>, Option<String>);

/// At most so many of them behind this one in the order of ids.
pub(in crate::import) async fn named_after(conn: &mut Conn, last: Uuid, most: i64) -> Result<Vec<Named>, Error> {
    const TEXT: &str = "select c.id, c.name, c.town, c.source, c.external_id, i.kind from clients c \
         left join imports i on i.id = c.import_id where c.archived_at is null and c.id > $1 order by c.id limit $2";
    let rows: Vec<NamedRow> = fetch_all!(conn, TEXT, last, most)?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let mut more = keys_of(conn, &ids).await?;
    let one = |(id, name, town, source, key, kind): NamedRow| {
        let keys = source.zip(key).into_iter().chain(more.remove(&id).unwrap_or_default()).collect();
        Named { id: id.into(), name, town, keys, bare: kind.as_deref() == Some(Kind::Sales.code()), live: true }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Further ids of these clients, each with the source it is of.
pub(in crate::import) async fn keys_of(conn: &mut Conn, clients: &[Uuid]) -> Result<HashMap<Uuid, Vec<(String, String)>>, Error> {
    const HEAD: &str = "select k.client_id, k.source, k.external_id from client_keys k where k.client_id in ";
    let rows: Vec<(Uuid, String, String)> = find_in(conn, HEAD, clients).await?;
    let mut keys: HashMap<Uuid, Vec<(String, String)>> = HashMap::new();
    for (client, source, key) in rows {
        let of = keys.entry(client).or_default();
        // a list of ids may be asked for with its last one repeated
        if !of.iter().any(|known| *known == (source.clone(), key.clone())) {
            of.push((source, key));
        }
    }
    Ok(keys)
}

/// At most so many further ids of a source behind this one, each with its client.
pub(in crate::import) async fn keys_after(conn: &mut Conn, source: &str, last: &str, most: i64) -> Result<Vec<(String, Uuid)>, Error> {
    const TEXT: &str = "select k.external_id, k.client_id from client_keys k where k.source = $1 and k.external_id > $2 \
         order by k.external_id limit $3";
    fetch_all!(conn, TEXT, source, last, most)
}

/// Keeps further ids clients have in a source, as an import says.
pub(in crate::import) async fn write_keys(
    conn: &mut Conn,
    (source, import): (&str, ImportId),
    keys: &[(ClientId, String)],
) -> Result<(), Error> {
    struct Row<'a>(&'a str, &'a str, Uuid, Uuid);
    impl Bind for Row<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0.to_owned())?;
            args.add(self.1.to_owned())?;
            args.add(self.2)?;
            args.add(self.3)
        }
    }
    const HEAD: &str = "insert into client_keys (source, external_id, client_id, import_id) values ";
    let rows: Vec<Row<'_>> = keys.iter().map(|(client, key)| Row(source, key, client.0, import.0)).collect();
    insert_rows(conn, HEAD, 4, " on conflict (source, external_id) do nothing", &rows).await.map(drop)
}

/// Forgets the ids an import has said.
pub(in crate::import) async fn forget_keys(conn: &mut Conn, import: ImportId) -> Result<(), Error> {
    execute!(conn, "delete from client_keys where import_id = $1", import.0).map(drop)
}
