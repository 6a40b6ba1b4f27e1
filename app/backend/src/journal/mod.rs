//! The journal: every change of business data, who made it, from which device, and each field before and after. Append-only.

pub(crate) mod sql;

pub(crate) use sql::{EventRow, append_rows};

use crate::changes::Author;
use crate::db::Tx;
use crate::{Backend, Error};
use domain::Instant;
use domain::ids::{ClientId, DeviceId, EntryId, UserId};
use domain::people::{Caller, Role};
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When the server took it in.
    pub at: Instant,
    /// The change's name in the outbox: `visit.record`.
    pub kind: String,
    /// Who.
    pub user: UserId,
    /// From which device, when from one.
    pub device: Option<DeviceId>,
    /// The entry, when there was one.
    pub entry: Option<EntryId>,
    /// The corrected instant of the act.
    pub made_at: Instant,
    /// `{"field": [before, after]}`.
    pub changes: Value,
    /// The version of the rows it wrote.
    pub version: i64,
}

/// A line about what concerns the whole company: `changes` says what.
pub(crate) fn company_event(tx: &Tx, kind: &str, user: UserId, changes: &Value) -> EventRow {
    EventRow {
        id: crate::new_id(),
        version: tx.version(),
        at: tx.now().0,
        kind: kind.to_owned(),
        subject_id: Uuid::nil(),
        client_id: None,
        user_id: user.0,
        device_id: None,
        entry_id: None,
        made_at: tx.now().0,
        clock_offset_ms: 0,
        changes: Json(changes.clone()),
    }
}

/// As [`company_event`], from what was and what is.
pub(crate) fn company_change<T: Serialize>(tx: &Tx, kind: &str, user: UserId, (before, after): (&T, &T)) -> Result<EventRow, Error> {
    Ok(company_event(tx, kind, user, &diff(Some(before), after)?))
}

/// What happened to one record, latest first.
///
/// # Errors
/// `Forbidden` for all but administrators and managers.
pub async fn of_record(backend: &Backend, caller: &Caller, record: Uuid, limit: u32) -> Result<Vec<Event>, Error> {
    if !matches!(caller.role, Role::Admin | Role::Manager) {
        return Err(Error::Forbidden);
    }
    let rows = sql::of_subject(&mut backend.read().await?, caller, record, i64::from(limit)).await?;
    let told = |e: EventRow| Event {
        at: Instant(e.at),
        kind: e.kind,
        user: UserId(e.user_id),
        device: e.device_id.map(DeviceId),
        entry: e.entry_id.map(EntryId),
        made_at: Instant(e.made_at),
        changes: e.changes.0,
        version: e.version,
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Fields that every change touches and that say nothing.
const SILENT: [&str; 3] = ["version", "changedAt", "changedBy"];

/// Appends one change. `kind` is the change's name in the outbox: `visit.record`.
pub(crate) fn append<T: Serialize>(
    tx: &mut Tx,
    author: Author<'_>,
    kind: &'static str,
    (subject, client): (Uuid, Option<ClientId>),
    (before, after): (Option<&T>, &T),
) -> Result<(), Error> {
    let changes = diff(before, after)?;
    append_changes(tx, author, kind, (subject, client), changes);
    Ok(())
}

/// As [`append`], with the changes worked out by the caller.
pub(crate) fn append_changes(tx: &mut Tx, author: Author<'_>, kind: &'static str, of: (Uuid, Option<ClientId>), changes: Value) {
    let event = EventRow {
        id: crate::new_id(),
        version: tx.version(),
        at: tx.now().0,
        kind: kind.to_owned(),
        subject_id: of.0,
        client_id: of.1.map(|c| c.0),
        user_id: author.caller.user.0,
        device_id: author.meta.device.map(|d| d.0),
        entry_id: author.meta.entry.map(|e| e.0),
        made_at: author.meta.at.0,
        clock_offset_ms: author.meta.offset_ms,
        changes: Json(changes),
    };
    tx.journal(event);
}

/// `{"field": [before, after]}` of every field that differs; what never was anything is left out.
fn diff<T: Serialize>(before: Option<&T>, after: &T) -> Result<Value, Error> {
    let Value::Object(after) = serde_json::to_value(after)? else { return Err(Error::internal("a row is a JSON object")) };
    let mut before = match before.map(serde_json::to_value).transpose()? {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let mut changes = Map::new();
    for (field, now) in after {
        let was = before.remove(&field).unwrap_or(Value::Null);
        if was != now && !SILENT.contains(&field.as_str()) {
            changes.insert(field, Value::Array(vec![was, now]));
        }
    }
    Ok(Value::Object(changes))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use serde_json::json;

    #[test]
    fn only_fields_that_changed_are_kept_with_both_values() {
        let was = json!({"name": "A", "town": null, "version": 1, "phone": "1"});
        let now = json!({"name": "B", "town": null, "version": 2, "phone": null});
        assert_eq!(diff(Some(&was), &now).unwrap(), json!({"name": ["A", "B"], "phone": ["1", null]}));
        assert_eq!(diff(None, &now).unwrap(), json!({"name": [null, "B"]}));
    }
}
