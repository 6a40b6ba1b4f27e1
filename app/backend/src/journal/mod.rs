//! The journal: every change of business data, who made it, from which device, and each field before and after. Append-only.

pub(crate) mod sql;

pub(crate) use sql::{EventRow, append_rows};

use crate::changes::Author;
use crate::db::Tx;
use crate::Error;
use domain::ids::ClientId;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

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
