//! What an import did to each record, kept so that it can be taken back: a fingerprint of what it made, each field before and after of what it changed.

pub(super) mod sql;
mod undo;

pub(super) use undo::{Undone, undo};

use crate::Error;
use domain::ids::ImportId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// A client or prospect.
    Client,
    /// A person at a client.
    Contact,
    /// A visit.
    Visit,
    /// A product.
    Product,
    /// A rep.
    Rep,
    /// A branch.
    Branch,
    /// A rep's budget of a month.
    Budget,
    /// Something that may become a sale.
    Opportunity,
    /// The stages opportunities go through.
    Pipeline,
}

/// Which record: its id, or a rep's and the month of a budget; the month of all others is 0.
pub(super) type Key = (Uuid, i32);

/// A record as JSON, with where it was brought in from.
pub(super) type Doc = Map<String, Value>;

/// Each field that differs, before and after.
pub(super) type Changes = BTreeMap<String, (Value, Value)>;

/// Where a record was brought in from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) import: Option<ImportId>,
    pub(super) line: Option<i64>,
    pub(super) print: Option<i64>,
}

/// What an import did to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) import: ImportId,
    pub(super) key: Key,
    pub(super) did: Did,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// It was made; its fingerprint.
    Made(i64),
    /// It was there; what changed.
    Changed(Changes),
}

const IMPORT: &str = "importId";
const LINE: &str = "importLine";
const PRINT: &str = "importPrint";

impl Subject {
    /// Every kind of record, those first that hang on others.
    pub(super) const ALL: [Self; 9] =
        [Self::Opportunity, Self::Pipeline, Self::Visit, Self::Contact, Self::Budget, Self::Client, Self::Product, Self::Rep, Self::Branch];

    /// As stored.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Contact => "contact",
            Self::Visit => "visit",
            Self::Product => "product",
            Self::Rep => "rep",
            Self::Branch => "branch",
            Self::Budget => "budget",
            Self::Opportunity => "opportunity",
            Self::Pipeline => "pipeline",
        }
    }

    /// Fields that follow from others, or from visits: nobody enters them.
    fn derives(self, field: &str) -> bool {
        field == "version" || (self == Self::Client && ["lastVisitOn", "lastVisitBy", "amberFrom", "dueOn", "plannedAt"].contains(&field))
    }
}

/// Fields that say how a record came to be as it is, not what it is.
fn accompanies(field: &str) -> bool {
    [IMPORT, LINE, PRINT, "changedAt", "changedBy"].contains(&field)
}

/// A record as JSON.
pub(super) fn doc(record: &impl Serialize, marks: Marks) -> Result<Doc, Error> {
    let Value::Object(mut doc) = serde_json::to_value(record)? else { return Err(Error::internal("a record is a JSON object")) };
    doc.insert(IMPORT.into(), serde_json::to_value(marks.import)?);
    doc.insert(LINE.into(), marks.line.into());
    doc.insert(PRINT.into(), marks.print.into());
    Ok(doc)
}

/// The record of a document, and where it was brought in from.
pub(super) fn record<T: DeserializeOwned>(mut doc: Doc) -> Result<(T, Marks), Error> {
    let import = serde_json::from_value(doc.remove(IMPORT).unwrap_or_default())?;
    let mut number = |field: &str| doc.remove(field).as_ref().and_then(Value::as_i64);
    let marks = Marks { import, line: number(LINE), print: number(PRINT) };
    Ok((serde_json::from_value(Value::Object(doc))?, marks))
}

/// What differs.
fn diff(subject: Subject, before: &Doc, after: &Doc) -> Changes {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    let of = |doc: &Doc, name: &str| doc.get(name).cloned().unwrap_or_default();
    names
        .filter(|name| !subject.derives(name))
        .map(|name| (name.clone(), (of(before, name), of(after, name))))
        .filter(|(_, (was, now))| was != now)
        .collect()
}

/// A fingerprint of what a record says. Absent and null are one, so that a field the record gets in a later release changes nothing.
fn print(subject: Subject, doc: &Doc) -> i64 {
    let mut text = String::new();
    canonical(
        &Value::Object(doc.iter().filter(|(name, _)| !subject.derives(name)).map(|(n, v)| (n.clone(), v.clone())).collect()),
        &mut text,
    );
    let hash = Sha256::digest(text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first)
}

/// JSON with its keys in order, whatever a map keeps them in.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(_, value)| !value.is_null()).collect();
            fields.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in fields {
                out.push_str(name);
                out.push(':');
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

/// That an import has made a record as it stands.
pub(super) fn made(import: ImportId, subject: Subject, key: Key, doc: &Doc) -> Entry {
    Entry { import, key, did: Did::Made(print(subject, doc)) }
}

/// What an import did to these records, `before` being those that were there.
pub(super) fn entries(import: ImportId, subject: Subject, before: &HashMap<Key, Doc>, after: &[(Key, Doc)]) -> Vec<Entry> {
    let did = |key: &Key, doc: &Doc| match before.get(key) {
        Some(was) => Did::Changed(diff(subject, was, doc)),
        None => Did::Made(print(subject, doc)),
    };
    after.iter().map(|(key, doc)| Entry { import, key: *key, did: did(key, doc) }).collect()
}
