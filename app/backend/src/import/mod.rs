//! Bringing data in: a file becomes clients, contacts, visits, products, reps, budgets or opportunities in one transaction, every row accounted for, or nothing is written.

mod aside;
mod changes;
mod files;
mod history;
mod index;
mod judge;
mod known;
mod left_out;
mod lights;
mod progress;
mod records;
mod remembered;
pub mod report;
pub mod runs;
mod said_again;
pub(crate) mod sales;
mod shelf;
mod sql;
mod store;
mod tally;
mod whom;
mod withdraw;

pub use changes::Subject;
pub use files::{KeptFile, Receiving, kept_at, receive};
pub(crate) use files::{folder, sha256_of};
pub use history::{Imported, find, list};
pub use intake::mapping::Replaces;
pub use intake::{Beside, Input, Kind, Mapping, Preview, Reject, SPOILT, UNPACKED_MAX, preview};
pub use left_out::{Listed, kept_lists, listed};
pub(crate) use lights::{last_clearing_unscoped, restamp_all};
pub use progress::{Progress, Sofar};
pub use remembered::remembered;
pub use report::{Repeat, Report, Tally, Warning};
pub use withdraw::{KEPT_SHOWN, Kept, KeptPart, Withdrawn, mend, withdraw};

use crate::db::Tx;
use crate::journal::EventRow;
use crate::{Backend, Error};
use aside::Room;
use domain::ids::{ImportId, UserId};
use domain::people::{Caller, Right};
use intake::{Found, Opened, Told};
use judge::Chunk;
use sqlx::types::Json;
use std::path::PathBuf;
use std::sync::Arc;
use store::Store;
use tally::Counter;
pub(crate) use tally::harmless;
use tokio::sync::mpsc;

/// Decimals of currencies whose amounts are never taken for thousands.
const THOUSANDTHS: u32 = 3;

/// Bytes of a sales file's rows that stay in memory while they are checked.
const IN_MEMORY: usize = 24 << 20;

/// How to go about it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Judge every row, write nothing.
    pub dry_run: bool,
    /// Where rows that are not taken in are written, as CSV; nowhere when absent. An earlier file there is replaced.
    pub rejects: Option<PathBuf>,
    /// Where documents and days whose known lines are replaced are written, as CSV; nowhere when absent. An earlier file there is replaced.
    pub replaced: Option<PathBuf>,
    /// What a sales file replaces, where it is said beside the mapping.
    pub replaces: Option<Replaces>,
    /// The system the file comes from, where it is said beside the mapping.
    pub source: Option<String>,
    /// Most bytes of the file once unpacked.
    pub bytes_max: u64,
    /// Most bytes of a sales file's rows that stay in memory while they are checked; the rest is put aside on the disk.
    pub memory: usize,
    /// The folder in which the file is kept as it came, once something of it was written; not kept when absent.
    pub keep: Option<PathBuf>,
    /// Who asks; nobody on the command line.
    pub by: Option<Caller>,
    /// Who watches how far it is.
    pub progress: Option<Arc<Progress>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dry_run: false,
            rejects: None,
            replaced: None,
            replaces: None,
            source: None,
            bytes_max: UNPACKED_MAX,
            memory: IN_MEMORY,
            keep: None,
            by: None,
            progress: None,
        }
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
    let begun = std::time::Instant::now();
    let made = whole(backend, kind, input, mapping, options).await;
    backend.imports().note(&made, begun.elapsed());
    made
}

async fn whole(backend: &Backend, kind: Kind, input: Input, mapping: Option<Mapping>, mut options: Options) -> Result<Report, Error> {
    let (limit, listed) = (options.bytes_max, options.rejects.clone());
    let told = Told { source: options.source.clone(), replaces: options.replaces };
    let company = backend.company().await?;
    let (digits, input) = (company.currency.digits(), input.in_zone(company.zone.clone()));
    let open = move || {
        let found = Found::find(input, mapping.as_ref(), limit)?;
        tally::list(listed, found.spoilt())?;
        let opened = Opened::settle(told, kind, found, mapping)?;
        // sales tell it while they are read; with three decimals in the currency, three behind a point are what they seem
        if kind != Kind::Sales && digits != THOUSANDTHS {
            opened.settled(kind)?;
        }
        Ok::<_, domain::Rejections>(opened)
    };
    let opened = tokio::task::spawn_blocking(open).await.map_err(Error::internal)??;
    let opened = Arc::new(opened);
    if let (Some(folder), false) = (&options.keep, options.dry_run) {
        for (place, what) in [(&mut options.rejects, Listed::Rejects), (&mut options.replaced, Listed::Replaced)] {
            if place.is_none() {
                let id = ImportId(crate::new_id());
                *place = Some(left_out::begin(folder, id, what).map_err(|e| Error::Unavailable(e.to_string()))?);
            }
        }
    }
    let (from, folder, rejects, replaced) = (Arc::clone(&opened), options.keep.clone(), options.rejects.clone(), options.replaced.clone());
    let by = options.by.as_ref().map(|caller| caller.user);
    let room = Room { folder: backend.config().folder.clone().unwrap_or_else(std::env::temp_dir), bytes: options.memory };
    if !options.dry_run {
        mend(backend).await?;
    }
    let report = if kind == Kind::Sales {
        sales::run(backend, Arc::clone(&opened), options, &room).await?
    } else {
        let asked = (kind, Arc::clone(&opened), options, room);
        backend.write(Vec::new(), asked, |tx, (kind, opened, options, room)| Box::pin(bring_in(tx, *kind, opened, options, room))).await?
    };
    if report.id.is_some() {
        remembered::remember(backend, kind, &opened, by).await?;
    }
    if let (Some(folder), Some(id)) = (folder, report.id) {
        let hash = report.sha256.clone();
        let lists = report.lists();
        let keep = move || {
            files::keep(&folder, &hash, &from)?;
            let places = [(rejects, Listed::Rejects), (replaced, Listed::Replaced)].into_iter().filter(|(_, what)| lists.contains(what));
            places.filter_map(|(place, what)| Some((place?, what))).try_for_each(|(place, what)| left_out::keep(&folder, &place, id, what))
        };
        if let Err(error) = tokio::task::spawn_blocking(keep).await.map_err(Error::internal)? {
            tracing::warn!(%error, "the file of an import could not be kept");
        }
    }
    Ok(report)
}

async fn bring_in(tx: &mut Tx, kind: Kind, opened: &Arc<Opened>, options: &Options, room: &Room) -> Result<Report, Error> {
    let judge = known::judge_of(tx, kind, opened, room).await?;
    let id = ImportId(crate::new_id());
    let mut report = Report::of(opened, kind, options.dry_run);
    report.seen_before = sql::seen(tx.read(), kind.code(), &report.sha256).await?;
    let mut store = Store::open(tx, id, (kind, &opened.bound.source)).await?;
    let (send, mut chunks) = mpsc::channel::<Chunk>(4);
    let (from, counter) = (Arc::clone(opened), Counter::new(options.rejects.clone()).watched(options.progress.clone()));
    let judging = tokio::task::spawn_blocking(move || judge::read(&from, judge, counter, &send));
    let mut begun = false;
    while let Some(chunk) = chunks.recv().await {
        if options.dry_run {
            report.reps_added.extend(chunk.newcomers.reps.into_iter().map(|r| r.name));
        } else if !chunk.is_empty() {
            if !std::mem::replace(&mut begun, true) {
                let (at, version) = (tx.now(), tx.version());
                sql::begin(tx.write(), id, &report, options.by.as_ref().map(|c| c.user.0), at, version, "published").await?;
            }
            let rows = chunk.records() as u64;
            store.write(tx, chunk).await?;
            options.progress.iter().for_each(|progress| progress.wrote(rows));
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
        let event = event(tx, id, &report, options.by.as_ref().map(|c| c.user))?;
        tx.journal(event);
    }
    Ok(report)
}

/// An import is one line of the journal; its rows carry its id and their line.
fn event(tx: &Tx, id: ImportId, report: &Report, by: Option<UserId>) -> Result<EventRow, Error> {
    let user = by.map_or(uuid::Uuid::nil(), |user| user.0);
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
