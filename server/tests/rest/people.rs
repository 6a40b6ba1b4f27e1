//! What has no address of its own: accounts added and closed, the journal read, an hour that has come.

use backend::{
    Backend, Database, journal,
    people::{self, NewUser},
};
use domain::people::Role;
use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

pub async fn add(backend: &Backend, email: &str, role: Role, rep: Option<&str>) {
    let name = email.split('@').next().unwrap().to_owned();
    let new = NewUser {
        email: email.into(),
        name,
        role,
        rep: rep.map(str::to_owned),
        branch: None,
        password: Some(crate::house::PASSWORD.into()),
    };
    people::add_user(backend, new).await.unwrap();
}

pub async fn disable(backend: &Backend, email: &str) {
    people::disable_user(backend, email).await.unwrap();
}

/// What the journal says of the company, of one kind, latest first.
pub async fn journal(backend: &Backend, kind: &str) -> Vec<Value> {
    let events = journal::of_record(backend, &people::console(), uuid::Uuid::nil(), 100).await.unwrap();
    events.into_iter().filter(|event| event.kind == kind).map(|event| event.changes).collect()
}

/// The hour of every report that is made by itself has come.
pub async fn due_now(backend: &Backend) {
    const DUE: &str = "update reports set due_at = 1 where due_at is not null";
    match &backend.config().database {
        Database::Sqlite { path } => {
            let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
            conn.execute(DUE).await.unwrap();
        }
        Database::Postgres { url } => {
            let mut conn = PgConnection::connect(url).await.unwrap();
            conn.execute(DUE).await.unwrap();
        }
    }
}
