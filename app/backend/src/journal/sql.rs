//! Statements of the journal.

use crate::Error;
use crate::db::{Conn, ScopeIds, insert_rows};
use domain::people::Caller;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

row! {
    /// One line of the journal.
    EventRow as "e" {
        id: Uuid,
        version: i64,
        at: i64,
        kind: String,
        subject_id: Uuid,
        client_id: Option<Uuid>,
        user_id: Uuid,
        device_id: Option<Uuid>,
        entry_id: Option<Uuid>,
        made_at: i64,
        clock_offset_ms: i64,
        changes: Json<Value>,
    }
}

pub(crate) async fn append_rows(conn: &mut Conn, events: &[EventRow]) -> Result<(), Error> {
    let head = sql!("insert into events (", EventRow::INSERT, ") values ");
    insert_rows(conn, head, EventRow::WIDTH, "", events).await.map(drop)
}

/// The journal of one record whose client is in the caller's scope, latest first.
pub(crate) async fn of_subject(conn: &mut Conn, caller: &Caller, subject: Uuid, limit: i64) -> Result<Vec<EventRow>, Error> {
    let scope = ScopeIds::of(caller);
    let text = sql!(
        "select ",
        EventRow::COLUMNS,
        " from events e left join clients c on c.id = e.client_id where e.subject_id = $1 and ($2 is null or c.rep_id = $2) \
         and ($3 is null or c.branch_id = $3) order by e.version desc, e.id desc limit $4"
    );
    fetch_all!(conn, text, subject, scope.rep, scope.branch, limit)
}
