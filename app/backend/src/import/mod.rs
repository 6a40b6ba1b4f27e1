//! Bringing data in: a file becomes clients, prospects or visits in one transaction, every row accounted for, or nothing is written.

mod clean;
mod encoding;
mod judge;
mod lights;
pub mod mapping;
mod prepare;
pub mod report;
mod source;
mod sql;
mod store;
mod tally;

pub use mapping::Mapping;
pub use report::{Reject, Repeat, Report, Tally, Warning};
pub use source::{Input, UNPACKED_MAX};

use crate::db::Tx;
use crate::journal::EventRow;
use crate::{Backend, Error};
use domain::clients::Stage;
use domain::ids::ImportId;
use domain::people::{Caller, Right};
use judge::{Chunk, Judge, Scene};
use prepare::Prepared;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use std::path::PathBuf;
use std::sync::Arc;
use store::Store;
use tally::Counter;
use tokio::sync::mpsc;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Clients.
    Clients,
    /// Prospects.
    Prospects,
    /// Visits that were made.
    Visits,
}

impl Kind {
    /// As stored and typed on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Prospects => "prospects",
            Self::Visits => "visits",
        }
    }

    /// For people, at the beginning of a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Clients => "Clients",
            Self::Prospects => "Prospects",
            Self::Visits => "Visits",
        }
    }

    /// From [`Kind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Clients, Self::Prospects, Self::Visits].into_iter().find(|k| k.code() == code)
    }
}

/// How to go about it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Judge every row, write nothing.
    pub dry_run: bool,
    /// Where rows that are not taken in are written, as CSV; nowhere when absent. An earlier file there is replaced.
    pub rejects: Option<PathBuf>,
    /// Most bytes of the file once unpacked.
    pub bytes_max: u64,
    /// Who asks; nobody on the command line.
    pub by: Option<Caller>,
}

impl Default for Options {
    fn default() -> Self {
        Self { dry_run: false, rejects: None, bytes_max: UNPACKED_MAX, by: None }
    }
}

/// Brings a file in. Without a mapping its columns are recognised by their names.
///
/// # Errors
/// `Rejected` when the file or mapping cannot be used, or when the database does not hold afterwards what the file said: then nothing is
/// written. Rows that are wrong are no error: they are in the report.
pub async fn run(backend: &Backend, kind: Kind, input: Input, mapping: Option<Mapping>, options: Options) -> Result<Report, Error> {
    if options.by.as_ref().is_some_and(|caller| !caller.may(Right::Import)) {
        return Err(Error::Forbidden);
    }
    let limit = options.bytes_max;
    let prepared = tokio::task::spawn_blocking(move || prepare::prepare(kind, input, mapping, limit)).await.map_err(Error::internal)??;
    let asked = (kind, Arc::new(prepared), options);
    backend.write(Vec::new(), asked, |tx, (kind, prepared, options)| Box::pin(bring_in(tx, *kind, prepared, options))).await
}

async fn bring_in(tx: &mut Tx, kind: Kind, prepared: &Arc<Prepared>, options: &Options) -> Result<Report, Error> {
    let judge = judge_of(tx, kind, prepared).await?;
    let id = ImportId(crate::new_id());
    let mut report = prepared.report(kind, options.dry_run);
    report.seen_before = sql::seen(tx.read(), kind.code(), &report.sha256).await?;
    let mut store = Store::open(tx, id, kind == Kind::Visits).await?;
    let (send, mut chunks) = mpsc::channel::<Chunk>(4);
    let (from, counter) = (Arc::clone(prepared), Counter::new(options.rejects.clone()));
    let judging = tokio::task::spawn_blocking(move || from.judge(judge, counter, &send));
    let mut begun = false;
    while let Some(chunk) = chunks.recv().await {
        if options.dry_run {
            report.reps_added.extend(chunk.newcomers.reps.into_iter().map(|r| r.name));
        } else if !chunk.is_empty() {
            if !std::mem::replace(&mut begun, true) {
                let (at, version) = (tx.now(), tx.version());
                sql::begin(tx.write(), id, &report, options.by.as_ref().map(|c| c.user.0), at, version).await?;
            }
            store.write(tx, chunk).await?;
        }
    }
    report.tally = judging.await.map_err(Error::internal)??.finish()?;
    if !report.tally.adds_up() {
        return Err(Error::internal("the rows of a file do not add up to its counts"));
    }
    if begun {
        let judged = report.tally.new + report.tally.changed;
        store.close(tx, i64::try_from(judged).map_err(Error::internal)?).await?;
        report.reps_added = store.reps_added;
        report.id = Some(id);
        sql::finish(tx.write(), id, &report).await?;
        tx.journal(event(tx, id, &report, options)?);
    }
    Ok(report)
}

/// A judge that knows what was brought in from the same source before.
async fn judge_of(tx: &mut Tx, kind: Kind, prepared: &Prepared) -> Result<Judge, Error> {
    let bound = Arc::clone(&prepared.bound);
    let scene = Scene { caller: judge::importer(&bound.source), company: tx.company()?, at: tx.now(), bound: Arc::clone(&bound) };
    if kind == Kind::Visits {
        let by_id = bound.field("client").is_some();
        let clients = if by_id { sql::clients_of(tx.read(), &bound.client_source).await? } else { sql::clients_at_work(tx.read()).await? };
        let known = sql::visits_of(tx.read(), &bound.source).await?.into_iter();
        let known = known.map(|(key, id, print)| (key, judge::visits::Known { id: id.into(), print })).collect();
        let clients = judge::visits::Clients::new(clients, &bound.client_source);
        return Ok(Judge::Visits(Box::new(judge::visits::VisitJudge::new(scene, clients, known))));
    }
    let stage = if kind == Kind::Clients { Stage::Client } else { Stage::Prospect };
    let prints = sql::client_prints(tx.read(), &bound.source).await?;
    let clients = sql::clients_of(tx.read(), &bound.source).await?.into_iter();
    let known = clients.filter_map(|client| {
        let print = prints.get(&client.id.0).copied().flatten();
        Some((client.external_id.clone()?, judge::clients::Known { client, print }))
    });
    Ok(Judge::Clients(Box::new(judge::clients::ClientJudge::new(scene, stage, known.collect()))))
}

/// An import is one line of the journal; its rows carry its id and their line.
fn event(tx: &Tx, id: ImportId, report: &Report, options: &Options) -> Result<EventRow, Error> {
    let user = options.by.as_ref().map_or(uuid::Uuid::nil(), |c| c.user.0);
    Ok(EventRow {
        id: crate::new_id(),
        version: tx.version(),
        at: tx.now().0,
        kind: "import.run".to_owned(),
        subject_id: id.0,
        client_id: None,
        user_id: user,
        device_id: None,
        entry_id: None,
        made_at: tx.now().0,
        clock_offset_ms: 0,
        changes: Json(serde_json::to_value(report)?),
    })
}
