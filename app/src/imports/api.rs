//! What the pages of imports ask the server. Files themselves go to REST, which takes them piece by piece.

use crate::ask::Drawn;
use crate::problem::{Plain, Problem};
use ::intake::{Kind, Mapping};
use domain::ids::ImportId;
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file the server keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its hash, by which it is named.
    pub sha256: String,
    /// Its name where it came from.
    pub name: String,
}

/// What is to be brought in, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    /// What the file holds.
    pub kind: Kind,
    /// The file first, then those beside it.
    pub files: Vec<Kept>,
    /// How its columns become fields.
    pub mapping: Mapping,
    /// Judge every row, write nothing.
    pub dry_run: bool,
}

/// How a run stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Run {
    /// Rows read, rows written, rows to be written.
    Running(u64, u64, u64),
    /// Done: the report as HTML, rows that would be or were brought in, rows refused, and the import, once something was written.
    Done(String, u64, u64, Option<ImportId>),
    /// Refused as a whole, with what to do.
    Refused(String),
    /// Refused until somebody says that the file replaces what it would replace.
    Unsaid(String),
}

/// What was brought in, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn imports_list() -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let imports = backend::import::list(&backend, &caller, 200).await?;
    crate::session_ssr::drawn(|seen| super::draw_ssr::list(&imports, seen))
}

/// One import, drawn.
#[server(input = Json, output = Post<Plain>)]
pub async fn imports_show(id: ImportId) -> Result<Drawn, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let import = backend::import::find(&backend, &caller, id).await?;
    let lists = backend::import::kept_lists(&backend, &import);
    crate::session_ssr::drawn(|seen| super::draw_ssr::one(&import, &lists, seen))
}

/// Takes an import back: what that did, in words.
#[server(input = Json, output = Json)]
pub async fn imports_withdraw(id: ImportId) -> Result<String, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = backend::import::withdraw(&backend, &caller, id).await?;
    Ok(super::withdrawn_ssr::withdrawn(&done))
}

/// The mapping that last brought in a file with these columns.
#[server(input = Json, output = Json)]
pub async fn imports_remembered(kind: Kind, columns: Vec<String>) -> Result<Option<Mapping>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::import::remembered(&backend, &caller, kind, columns.iter().map(String::as_str)).await?)
}

/// Starts to check or bring in a file that was handed over.
#[server(input = Json, output = Json)]
pub async fn imports_start(wanted: Wanted) -> Result<Uuid, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::import::runs::start(&backend, &caller, &super::draw_ssr::asked(wanted)?)?)
}

/// How a run stands.
#[server(input = Json, output = Json)]
pub async fn imports_run(id: Uuid) -> Result<Run, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(super::draw_ssr::run(id, backend::import::runs::standing(&backend, &caller, id)?))
}
