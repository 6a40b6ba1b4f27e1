//! The inbox: what one person is told, and the documents that come with it, kept under their own hash and handed to that person alone.

mod files;
mod sql;

use crate::reports::Named;
use crate::{Backend, Error};
use domain::Instant;
use domain::ids::{MessageId, ReportId, UserId};
use domain::people::{Caller, Right, Scope};
use domain::reports::Format;
use serde::Serialize;

/// Messages shown at most.
pub const MESSAGES_MAX: i64 = 200;

/// Something to tell one person.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The report it is about, if it is about one.
    pub report: Option<ReportId>,
    /// In a line.
    pub title: String,
    /// In a sentence.
    pub body: String,
    /// Where it leads in the application; empty for nowhere.
    pub address: String,
    /// How a document's file is called, without its ending.
    pub file_name: String,
    /// How many messages of this report a person keeps.
    pub keep: u16,
}

/// What one person was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Identity.
    pub id: MessageId,
    /// The report it is about.
    pub report_id: Option<ReportId>,
    /// When it came.
    pub at: Instant,
    /// In a line.
    pub title: String,
    /// In a sentence.
    pub body: String,
    /// Where it leads in the application.
    pub address: String,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// What this person may take from it.
    pub documents: Vec<Enclosed>,
}

/// A document that came with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Enclosed {
    /// What it is written as.
    pub format: Format,
    /// Its file's name.
    pub file_name: String,
    /// Its size.
    pub bytes: i64,
}

/// The messages of a caller, latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, caller: &Caller) -> Result<Vec<Message>, Error> {
    let mut conn = backend.read().await?;
    let mut messages = sql::messages(&mut conn, caller, MESSAGES_MAX).await?;
    let scope = scope_code(caller);
    for (id, of_scope, enclosed) in sql::enclosed(&mut conn, caller).await? {
        if of_scope == scope && may_take(caller, enclosed.format) {
            messages.iter_mut().filter(|message| message.id == id).for_each(|message| message.documents.push(enclosed.clone()));
        }
    }
    Ok(messages)
}

/// How many a caller has not read.
///
/// # Errors
/// When the database fails.
pub async fn unread(backend: &Backend, caller: &Caller) -> Result<i64, Error> {
    sql::unread(&mut backend.read().await?, caller).await
}

/// Marks a message as read, or all of them.
///
/// # Errors
/// `NotFound` when the caller has no such message.
pub async fn read(backend: &Backend, caller: &Caller, id: Option<MessageId>) -> Result<(), Error> {
    let asked = (caller.clone(), id);
    backend
        .write(Vec::new(), asked, |tx, (caller, id)| {
            Box::pin(async move {
                let now = tx.now();
                let Some(id) = id else { return sql::read_all(tx.write(), caller, now).await };
                if sql::read(tx.write(), caller, *id, now).await? { Ok(()) } else { Err(Error::NotFound) }
            })
        })
        .await
}

/// Takes a message away, with its documents.
///
/// # Errors
/// `NotFound` when the caller has no such message.
pub async fn remove(backend: &Backend, caller: &Caller, id: MessageId) -> Result<(), Error> {
    let asked = (caller.clone(), id);
    let hashes = backend
        .write(Vec::new(), asked, |tx, (caller, id)| {
            Box::pin(async move {
                if !sql::has(tx.read(), caller, *id).await? {
                    return Err(Error::NotFound);
                }
                let hashes = sql::hashes(tx.read(), &[*id]).await?;
                sql::delete(tx.write(), &[*id]).await?;
                Ok(hashes)
            })
        })
        .await?;
    files::forget(backend, hashes).await
}

/// A document of a message: its name and its bytes.
///
/// # Errors
/// `NotFound` when it is not the caller's, was made for what they no longer see, or is gone; `Forbidden` for a workbook without the right to export.
pub async fn document(backend: &Backend, caller: &Caller, id: MessageId, format: Format) -> Result<(String, Vec<u8>), Error> {
    let found = sql::document(&mut backend.read().await?, caller, id, format.code()).await?;
    let (scope, sha256, name) = found.ok_or(Error::NotFound)?;
    if scope != scope_code(caller) {
        return Err(Error::NotFound);
    }
    if !may_take(caller, format) {
        return Err(Error::Forbidden);
    }
    Ok((name, files::read(backend, &sha256).await?))
}

/// Whoever is sent a report may read it; taking figures out as a workbook is for those who may export.
#[must_use]
pub fn may_take(caller: &Caller, format: Format) -> bool {
    format == Format::Pdf || caller.may(Right::Export)
}

/// Tells a person something, with documents made for what they see now; the oldest of the same report go.
///
/// # Errors
/// `Unavailable` when a document cannot be kept.
pub async fn deliver(backend: &Backend, to: &Caller, letter: &Letter, documents: &[Named]) -> Result<MessageId, Error> {
    let mut kept = Vec::new();
    for document in documents.iter().filter(|document| may_take(to, document.format)) {
        let sha256 = files::keep(backend, &document.bytes).await?;
        kept.push((document.format, sha256, i64::try_from(document.bytes.len()).unwrap_or(i64::MAX)));
    }
    let (id, asked) = (MessageId(crate::new_id()), (to.clone(), letter.clone(), kept));
    let gone = backend
        .write(Vec::new(), asked, move |tx, (to, letter, kept)| {
            Box::pin(async move {
                let now = tx.now();
                sql::insert(tx.write(), id, to.user, letter, (&scope_code(to), now)).await?;
                for (format, sha256, bytes) in kept {
                    let name = format!("{}.{}", letter.file_name, format.code());
                    sql::enclose(tx.write(), id, (format.code(), sha256), (&name, *bytes)).await?;
                }
                thin_out(tx, to.user, letter).await
            })
        })
        .await?;
    files::forget(backend, gone).await?;
    Ok(id)
}

/// Removes all but the newest messages a person has of a report; the hashes of what came with them.
async fn thin_out(tx: &mut crate::db::Tx, user: UserId, letter: &Letter) -> Result<Vec<String>, Error> {
    let Some(report) = letter.report else { return Ok(Vec::new()) };
    let all = sql::of_report(tx.read(), user, report).await?;
    let old: Vec<MessageId> = all.into_iter().skip(usize::from(letter.keep.max(1))).collect();
    let hashes = sql::hashes(tx.read(), &old).await?;
    sql::delete(tx.write(), &old).await?;
    Ok(hashes)
}

/// What a caller sees, as a word that is compared.
fn scope_code(caller: &Caller) -> String {
    match caller.scope() {
        Scope::All => "all".to_owned(),
        Scope::Branch(branch) => format!("branch {branch}"),
        Scope::Own(rep) => format!("own {rep}"),
        Scope::Nothing => "nothing".to_owned(),
    }
}
