//! How the parts of the application are: the database, the figures, the daily refresh, the disk; and what was brought in lately.

mod counted;
mod disk;
mod parts;
mod sql;

pub(crate) use counted::Counted;
pub use counted::Imports;
pub use disk::Disk;
pub use parts::{Part, State};

use crate::import::Imported;
use crate::kpis::{self, Proving, Size};
use crate::{Backend, Error, import};
use domain::Day;
use domain::people::{Caller, Right, Scope};
use serde::Serialize;

/// Imports shown.
const IMPORTS: u32 = 5;

/// The engine behind the statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Engine {
    /// `SQLite` or `PostgreSQL`.
    pub name: &'static str,
    /// As it calls itself.
    pub version: String,
    /// The newest migration that ran.
    pub migration: i64,
}

/// Connections to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pool {
    /// Open.
    pub open: u32,
    /// Open and not at work.
    pub idle: u32,
    /// As many as there may be.
    pub most: u32,
}

/// Everything the page of diagnostics says of what lies behind the web.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostics {
    /// How each part is.
    pub parts: Vec<Part>,
    /// The engine.
    pub engine: Engine,
    /// Its connections.
    pub pool: Pool,
    /// The version of the data.
    pub version: i64,
    /// The first and the last day with sales; none where there are none, or no figures yet.
    pub days: Option<(Day, Day)>,
    /// The cube; none before it is there, and to who sees a part of the company: it counts all lines.
    pub cube: Option<Size>,
    /// The disk of the data folder.
    pub disk: Option<Disk>,
    /// The last imports; to who may not see them, none.
    pub imports: Vec<Imported>,
    /// The latest proof that the cube equals the lines; to who sees a part of the company, without what it counted and found.
    pub proof: Option<Proving>,
    /// Whether the caller may have it proven: whoever sees everything.
    pub may_prove: bool,
}

/// What administrators and managers are shown.
///
/// # Errors
/// `Forbidden` for everybody else; when the database fails.
pub async fn show(backend: &Backend, caller: &Caller) -> Result<Diagnostics, Error> {
    if !caller.may(Right::SeeDiagnostics) {
        return Err(Error::Forbidden);
    }
    let engine = engine(backend).await?;
    let (version, _) = crate::company::sql::clock(&mut backend.read().await?).await?;
    let (cube, whole) = (kpis::standing(backend), caller.scope() == Scope::All);
    let days = match cube {
        Some(_) => kpis::range(backend, caller).await?.days,
        None => None,
    };
    Ok(Diagnostics {
        parts: parts(backend).await,
        engine,
        pool: pool(backend),
        version,
        days,
        cube: cube.filter(|_| whole),
        disk: disk(backend).await,
        imports: if caller.may(Right::Import) { import::list(backend, caller, IMPORTS).await? } else { Vec::new() },
        proof: kpis::proving(backend).await?.map(|proof| if whole { proof } else { proof.for_a_part() }),
        may_prove: whole,
    })
}

/// How each part is, in words that name nothing of anybody's.
pub async fn parts(backend: &Backend) -> Vec<Part> {
    parts::all(backend).await
}

/// Connections as they are now.
#[must_use]
pub fn pool(backend: &Backend) -> Pool {
    let (open, idle) = backend.db().pool();
    Pool { open, idle, most: backend.config().connections }
}

/// What this process brought in.
#[must_use]
pub fn imports(backend: &Backend) -> Imports {
    backend.imports().so_far()
}

/// The disk of the data folder; none where there is no folder, or it does not tell.
pub async fn disk(backend: &Backend) -> Option<Disk> {
    let folder = backend.config().folder.clone()?;
    tokio::task::spawn_blocking(move || Disk::of(&folder)).await.ok()?
}

async fn engine(backend: &Backend) -> Result<Engine, Error> {
    let mut conn = backend.read().await?;
    let (name, version) = sql::engine(&mut conn).await?;
    Ok(Engine { name, version, migration: sql::migration(&mut conn).await? })
}
