//! Mappings that worked, remembered by the columns they were for: next month's file is read like this month's.

mod sql;

use super::{Kind, Mapping};
use crate::{Backend, Error};
use domain::ids::UserId;
use domain::people::{Caller, Right};
use intake::Opened;
use sha2::{Digest, Sha256};

/// The mapping that last brought in a file with these columns.
///
/// # Errors
/// `Forbidden` without the right to import.
pub async fn remembered<'a>(
    backend: &Backend,
    caller: &Caller,
    kind: Kind,
    columns: impl IntoIterator<Item = &'a str>,
) -> Result<Option<Mapping>, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    let header = header(columns);
    let text = sql::remembered(&mut backend.read().await?, &header, kind.code()).await?;
    // one that a later version cannot read is as good as none
    Ok(text.and_then(|text| Mapping::read(&text).ok()))
}

/// Remembers the mapping of a file that was brought in by somebody.
pub(super) async fn remember(backend: &Backend, kind: Kind, opened: &Opened, by: Option<UserId>) -> Result<(), Error> {
    if by.is_none() {
        return Ok(());
    }
    let asked = (header(opened.found.names()), kind.code(), serde_json::to_string(&opened.mapping)?);
    backend
        .write(Vec::new(), asked, |tx, (header, kind, mapping)| {
            Box::pin(async move {
                let version = tx.version();
                sql::remember(tx.write(), header, kind, mapping, version).await
            })
        })
        .await
}

fn header<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for column in columns {
        hasher.update(column.as_bytes());
        hasher.update([0xff]);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
