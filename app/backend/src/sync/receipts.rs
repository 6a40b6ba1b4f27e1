//! What became of every entry, kept for ever: the same entry always gets the same answer.

use super::sql;
pub(crate) use super::sql::{ReceiptRow, insert, of_entries};
use crate::changes::Author;
use crate::db::Tx;
use crate::{Backend, Error};
use domain::ids::{DeviceId, EntryId};
use domain::people::Caller;
use domain::sync::{Receipt, Verdict};
use domain::{Day, Instant, Rejections};
use sqlx::types::Json;
use uuid::Uuid;

/// What became of an entry.
pub(crate) enum Outcome {
    /// It wrote this record.
    Accepted((&'static str, Uuid)),
    /// It was refused for good; the record it was about.
    Rejected(Rejections, Uuid),
}

/// Keeps the receipt of the author's entry, if the change has one.
pub(crate) fn keep(tx: &mut Tx, author: Author<'_>, outcome: Outcome) {
    let Some(entry) = author.meta.entry else { return };
    let (verdict, subject_kind, subject_id, rejections, version) = match outcome {
        Outcome::Accepted((kind, id)) => ("accepted", kind, id, Rejections::default(), tx.version()),
        Outcome::Rejected(rejections, id) => ("rejected", "", id, rejections, 0),
    };
    let row = ReceiptRow {
        entry_id: entry.0,
        user_id: author.caller.user.0,
        device_id: author.meta.device.map(|d| d.0),
        seq: i64::try_from(author.meta.seq).unwrap_or(i64::MAX),
        verdict: verdict.into(),
        subject_kind: subject_kind.into(),
        subject_id,
        rejections: Json(rejections),
        version,
        received_at: tx.now().0,
        clock_offset_ms: author.meta.offset_ms,
        print: author.meta.print,
    };
    tx.receipt(row);
}

impl ReceiptRow {
    /// As it is sent.
    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            id: EntryId(self.entry_id),
            seq: u64::try_from(self.seq).unwrap_or(0),
            verdict: if self.verdict == "accepted" { Verdict::Accepted } else { Verdict::Rejected },
            version: self.version,
            received_at: Instant(self.received_at),
            clock_offset_ms: self.clock_offset_ms,
            rejections: self.rejections.0.clone(),
        }
    }
}

/// The caller's receipts from one device that the server wrote on a business day, in order of the device.
///
/// # Errors
/// When the database fails.
pub async fn receipts_of_day(backend: &Backend, caller: &Caller, device: DeviceId, day: Day) -> Result<Vec<Receipt>, Error> {
    let company = backend.company().await?;
    let (from, to) = (company.zone.at(day, 0), company.zone.at(day.plus(1), 0));
    let rows = sql::receipts_between(&mut backend.read().await?, caller.user, device, from, to).await?;
    Ok(rows.iter().map(ReceiptRow::receipt).collect())
}
