//! What taking an import back did, in numbers and in words.

use crate::Error;
use crate::import::changes::Subject;
use crate::import::report::counted;
use domain::ids::ImportId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Records that stay which a result names; all of them are counted.
pub const KEPT_SHOWN: usize = 100;
/// What taking an import back did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Withdrawn {
    /// Lines that count no more.
    pub lines: i64,
    /// What they came to net, in minor units.
    pub net: i64,
    /// Lines of earlier imports that count again.
    pub restored: i64,
    /// Clients that came with it and are gone.
    pub clients_removed: u64,
    /// Clients that came with it and stay, or keep something of it.
    pub clients_kept: u64,
    /// Products that came with it and are gone.
    pub products_removed: u64,
    /// Records of any kind that came with it and are gone.
    pub removed: u64,
    /// Records of any kind that were there before and have fields back.
    pub reverted: u64,
    /// Documents, or days without documents, that stay, since another import holds them just so.
    pub parts_kept: i64,
    /// Their lines.
    pub lines_kept: i64,
    /// The first of them, and with which import they are.
    pub parts: Vec<KeptPart>,
    /// Records that stay as they are, wholly or in part.
    pub kept_count: u64,
    /// The first of them, and why.
    pub kept: Vec<Kept>,
}

/// A document, or a day without documents, that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptPart {
    /// For people.
    pub name: String,
    /// Its lines.
    pub lines: i64,
    /// The import with which it is.
    pub import: ImportId,
    /// Why it stays.
    pub why: String,
}

/// A record that stays as it is, wholly or in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// What it is.
    pub kind: Subject,
    /// Which; of a budget, the rep's.
    pub id: Uuid,
    /// For people.
    pub name: String,
    /// Why it stays.
    pub why: String,
}

/// Under what a report keeps what taking its import back did.
const KEPT_AS: &str = "withdrawn";
/// Under what it keeps when the import came, as long as there are records left to take back.
const ORDER: &str = "withdrawing";

/// Keeps in a report what taking its import back did; with `order`, the version it was published at, until all of it is done.
pub(super) fn keep(report: &mut Value, done: &Withdrawn, order: Option<i64>) -> Result<(), Error> {
    let Some(report) = report.as_object_mut() else { return Err(Error::internal("a report is a JSON object")) };
    report.insert(KEPT_AS.to_owned(), serde_json::to_value(done)?);
    match order {
        Some(order) => drop(report.insert(ORDER.to_owned(), order.into())),
        None => drop(report.remove(ORDER)),
    }
    Ok(())
}

/// What a report keeps of it.
pub(super) fn of(report: &Value) -> Withdrawn {
    report.get(KEPT_AS).and_then(|done| Withdrawn::deserialize(done).ok()).unwrap_or_default()
}

/// The version at which an import was published that is being taken back.
pub(super) fn order(report: &Value) -> Option<i64> {
    report.get(ORDER)?.as_i64()
}

/// Takes what was kept out of a report: what taking the import back did; `None` of one that was not taken back, or before that was kept.
pub(in super::super) fn split_off(report: &mut Value) -> Option<Withdrawn> {
    let report = report.as_object_mut()?;
    report.remove(ORDER);
    serde_json::from_value(report.remove(KEPT_AS)?).ok()
}

impl Withdrawn {
    /// How much stays of an import of sales since others say it too; of none, nothing is to be said.
    #[must_use]
    pub fn staying(&self) -> String {
        let (parts, lines) = (self.parts_kept.unsigned_abs(), self.lines_kept.unsigned_abs());
        let lines = counted(lines, "line");
        match parts {
            1 => format!("1 document or day of {lines} stays, since another import holds it just so."),
            _ => format!("{parts} documents or days of {lines} stay, since other imports hold them just so."),
        }
    }
}

impl std::fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.lines + self.restored > 0 {
            let (gone, back) =
                (if self.lines == 1 { "line counts" } else { "lines count" }, if self.restored == 1 { "counts" } else { "count" });
            writeln!(f, "{} {gone} no more, {} of earlier imports {back} again.", self.lines, self.restored)?;
        }
        if self.parts_kept > 0 {
            writeln!(f, "{}", self.staying())?;
        }
        for part in &self.parts {
            writeln!(f, "  {} ({}): {}", part.name, counted(part.lines.unsigned_abs(), "line"), part.why)?;
        }
        more(f, self.parts_kept.unsigned_abs(), self.parts.len())?;
        writeln!(f, "Records that came with it and are gone: {}; that have their fields back: {}.", self.removed, self.reverted)?;
        if self.kept_count > 0 {
            writeln!(f, "Records that stay, wholly or in part: {}", self.kept_count)?;
        }
        for kept in &self.kept {
            writeln!(f, "  {} {} ({}): {}", kept.kind.code(), kept.name, kept.id, kept.why)?;
        }
        more(f, self.kept_count, self.kept.len())
    }
}

fn more(f: &mut std::fmt::Formatter<'_>, all: u64, shown: usize) -> std::fmt::Result {
    match all.saturating_sub(shown as u64) {
        0 => Ok(()),
        left => writeln!(f, "  … and {left} more"),
    }
}
