//! Imports of files that were handed over: started, watched, and their reports kept while the process lives.

use super::files::{self, KeptFile};
use super::progress::{Progress, Sofar};
use super::{Beside, Input, Kind, Listed, Mapping, Options, Preview, Report, left_out};
use crate::{Backend, Error};
use domain::ids::UserId;
use domain::people::{Caller, Right};
use domain::{Rejections, ids};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use uuid::Uuid;

/// Runs whose outcome is remembered.
const REMEMBERED: usize = 100;

/// What is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// What the file holds.
    pub kind: Kind,
    /// The file.
    pub file: KeptFile,
    /// Files the mapping puts beside it.
    #[serde(default)]
    pub beside: Vec<KeptFile>,
    /// How columns become fields; recognised by their names when absent.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// Judge every row, write nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// How a run stands.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Under way.
    Running(Sofar),
    /// Done; of a dry run nothing was written.
    Done(Arc<Report>),
    /// Refused as a whole: nothing was written.
    Refused(Rejections),
    /// Something else went wrong; nothing was written.
    Failed(String),
}

struct Run {
    id: Uuid,
    by: UserId,
    progress: Arc<Progress>,
    outcome: OnceLock<Standing>,
}

/// The latest runs.
#[derive(Default)]
pub(crate) struct Runs(Mutex<VecDeque<Arc<Run>>>);

/// Starts an import, and answers at once with the id to ask for it by.
///
/// # Errors
/// `Forbidden`, `NotFound` for a file that was not handed over.
pub fn start(backend: &Backend, caller: &Caller, asked: &Asked) -> Result<Uuid, Error> {
    let input = input(backend, caller, asked)?;
    let (id, progress) = (crate::new_id(), Arc::new(Progress::default()));
    let run = Arc::new(Run { id, by: caller.user, progress: Arc::clone(&progress), outcome: OnceLock::new() });
    let runs = &backend.runs().0;
    {
        let mut runs = runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.push_front(Arc::clone(&run));
        runs.truncate(REMEMBERED);
    }
    let folder = files::folder(backend)?;
    let list = |what| left_out::begin(&folder, ids::ImportId(id), what).map_err(|e| Error::Unavailable(e.to_string()));
    let options = Options {
        dry_run: asked.dry_run,
        rejects: Some(list(Listed::Rejects)?),
        replaced: Some(list(Listed::Replaced)?),
        keep: Some(folder),
        by: Some(caller.clone()),
        progress: Some(progress),
        ..Options::default()
    };
    let (backend, kind, mapping) = (backend.clone(), asked.kind, asked.mapping.clone());
    tokio::spawn(async move {
        let standing = match super::run(&backend, kind, input, mapping, options).await {
            Ok(report) => Standing::Done(Arc::new(report)),
            Err(Error::Rejected(wrong)) => Standing::Refused(wrong),
            Err(error) => {
                tracing::error!(%error, run = %id, "an import could not be made");
                Standing::Failed(id.to_string())
            }
        };
        // set once, here
        let _ = run.outcome.set(standing);
    });
    Ok(id)
}

/// How a run of the caller stands.
///
/// # Errors
/// `NotFound` when there is none of this id, or no longer.
pub fn standing(backend: &Backend, caller: &Caller, id: Uuid) -> Result<Standing, Error> {
    let run = find(backend, caller, id)?;
    Ok(run.outcome.get().cloned().unwrap_or_else(|| Standing::Running(run.progress.sofar())))
}

/// What a run lists, as CSV; none when there was nothing to list.
///
/// # Errors
/// As [`standing`]; `Unavailable` when the file cannot be read.
pub fn listed(backend: &Backend, caller: &Caller, id: Uuid, what: Listed) -> Result<Option<Vec<u8>>, Error> {
    find(backend, caller, id)?;
    left_out::read(&left_out::at(&files::folder(backend)?, ids::ImportId(id), what))
}

/// A look at a file that was handed over: what its beginning would become.
///
/// # Errors
/// As [`start`]; `Rejected` when there is no table in it.
pub async fn look(backend: &Backend, caller: &Caller, asked: &Asked) -> Result<Preview, Error> {
    let input = input(backend, caller, asked)?.in_zone(backend.company().await?.zone.clone());
    let (kind, mapping) = (asked.kind, asked.mapping.clone());
    let limit = Options::default().bytes_max;
    let look = move || intake::preview(kind, input, mapping, true, limit);
    Ok(tokio::task::spawn_blocking(look).await.map_err(Error::internal)??)
}

fn input(backend: &Backend, caller: &Caller, asked: &Asked) -> Result<Input, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    let one = |file: &KeptFile| Ok::<_, Error>(Input::path(files::find(backend, &file.sha256)?).called(&file.name).with(Beside::Nothing));
    let beside = asked.beside.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(one(&asked.file)?.with(Beside::Files(Arc::new(beside))))
}

fn find(backend: &Backend, caller: &Caller, id: Uuid) -> Result<Arc<Run>, Error> {
    let runs = backend.runs().0.lock().unwrap_or_else(PoisonError::into_inner);
    runs.iter().find(|run| run.id == id && run.by == caller.user).cloned().ok_or(Error::NotFound)
}
