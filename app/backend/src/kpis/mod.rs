//! Figures of the business: any slice of the sales from the cube, exact and as fresh as the last commit, and the proof that it equals the lines.

mod begun;
mod held;
mod kept;
pub mod named;
mod proving;
mod segments;
mod sql;
mod updates;
mod verify;

pub(crate) use held::Held;
pub use proving::{Proving, prove, proving};
pub use segments::{refuse_unknown, segments};
pub use updates::{Holding, cube_for};
pub use verify::{Proof, verify};

use crate::{Backend, Error};
use domain::cube::{Answer, Cube, Part, Partial, Plan, Slice, SliceDraft, TooManyGroups};
use domain::customers::{self, Worth};
use domain::movement::{self, Movement, QuestionDraft};
use domain::people::{Caller, Scope};
use domain::{Day, Rejections};
use std::sync::{Arc, Mutex, PoisonError};

/// Threads one slice is worked on by.
const THREADS: usize = 2;
/// Slices asked together.
pub const SLICES_MAX: usize = 64;
/// Largest cube a browser is given, in bytes before compression: beyond it the server answers slices.
pub const BROWSER_MAX: usize = 20 << 20;
/// Cells a browser is given at most: what [`BROWSER_MAX`] holds at worst, so that no larger cube is packed in vain.
const BROWSER_CELLS: usize = 1_500_000;

/// Why a slice has no answer.
#[derive(Debug)]
pub enum Unanswered {
    /// What was asked is none.
    Asked(Rejections),
    /// There are too many groups.
    Groups(TooManyGroups),
    /// Something went wrong.
    Failed(Error),
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Unanswered> for Error {
    fn from(why: Unanswered) -> Self {
        match why {
            Unanswered::Asked(wrong) => Self::Rejected(wrong),
            Unanswered::Groups(many) => Self::rejected("groupBy", "too_many_groups", many.to_string()),
            Unanswered::Failed(error) => error,
        }
    }
}

/// The cube of a person's scope, packed for a browser.
#[derive(Clone, Debug)]
pub struct CubeBytes {
    /// The version it is of.
    pub version: i64,
    /// A name for what it is of: the same for the same database and scope.
    pub of: String,
    /// The packed cube, or the update of the one a browser holds; none where it is too large for a browser, which asks for slices then.
    pub bytes: Option<Vec<u8>>,
}

/// What there are figures of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first and the last day with sales the caller sees; none where there are none.
    pub days: Option<(Day, Day)>,
    /// The version of the data the figures are of.
    pub version: i64,
}

/// Answers a slice, out of what the caller sees and nothing else.
///
/// # Errors
/// See [`Unanswered`].
pub async fn slice(backend: &Backend, caller: &Caller, mut draft: SliceDraft) -> Result<Answer, Unanswered> {
    segments::resolve(backend, vec![&mut draft.filters]).await?;
    let slice = draft.parse().map_err(Unanswered::Asked)?;
    let cube = held::current(backend).await?;
    answer(cube, slice, caller.scope()).await
}

/// Answers several slices of the same state of the data.
///
/// # Errors
/// `Rejected` when one of them cannot be answered.
pub async fn slices(backend: &Backend, caller: &Caller, mut drafts: Vec<SliceDraft>) -> Result<Vec<Answer>, Error> {
    if drafts.len() > SLICES_MAX {
        return Err(Error::rejected("slices", "too_many", format!("Ask for at most {SLICES_MAX} slices together.")));
    }
    segments::resolve(backend, drafts.iter_mut().map(|draft| &mut draft.filters).collect()).await?;
    let cube = held::current(backend).await?;
    let mut answers = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let slice = draft.parse()?;
        answers.push(answer(Arc::clone(&cube), slice, caller.scope()).await?);
    }
    Ok(answers)
}

/// Why a figure moved between two spans of days: the change split into its causes, to the minor unit.
///
/// # Errors
/// See [`Unanswered`].
pub async fn movement(backend: &Backend, caller: &Caller, mut draft: QuestionDraft) -> Result<Movement, Unanswered> {
    segments::resolve(backend, vec![&mut draft.filters]).await?;
    let question = draft.parse().map_err(Unanswered::Asked)?;
    let (cube, scope) = (held::current(backend).await?, caller.scope());
    let explain = move || movement::explain(&cube, &question, scope);
    tokio::task::spawn_blocking(explain).await.map_err(Error::internal)?.map_err(Unanswered::Groups)
}

/// What the customers of a slice's days and filters are worth, as many as its limit says.
///
/// # Errors
/// See [`Unanswered`].
pub async fn worth(backend: &Backend, caller: &Caller, mut draft: SliceDraft) -> Result<Worth, Unanswered> {
    segments::resolve(backend, vec![&mut draft.filters]).await?;
    let limit = draft.limit.unwrap_or(domain::cube::LIMIT_MAX as i64);
    let question = customers::QuestionDraft { from: draft.from, to: draft.to, filters: draft.filters, limit };
    let question = question.parse().map_err(Unanswered::Asked)?;
    let (cube, scope) = (held::current(backend).await?, caller.scope());
    let read = move || customers::worth(&cube, &question, scope);
    tokio::task::spawn_blocking(read).await.map_err(Error::internal)?.map_err(Unanswered::Groups)
}

/// What days there are figures of, and how fresh they are.
///
/// # Errors
/// When the database fails.
pub async fn range(backend: &Backend, caller: &Caller) -> Result<Range, Error> {
    let cube = held::current(backend).await?;
    let (scope, version) = (caller.scope(), cube.version);
    let days = tokio::task::spawn_blocking(move || cube.range(scope)).await.map_err(Error::internal)?;
    Ok(Range { days, version })
}

/// The cube of the caller's scope for the browser.
///
/// # Errors
/// When the database fails.
pub async fn cube_bytes(backend: &Backend, caller: &Caller) -> Result<CubeBytes, Error> {
    cube_for(backend, caller, None, 0).await
}

/// Brings the cube up to a committed version, where there is one already: before those who look at it are told.
///
/// # Errors
/// When the database fails.
pub(crate) async fn bring_up_to(backend: &Backend, version: i64) -> Result<(), Error> {
    match backend.cube().seen() {
        Some(_) => held::at_least(backend, version).await.map(drop),
        None => Ok(()),
    }
}

/// The cube as it stands, without asking the database or building one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    /// The version it is of.
    pub version: i64,
    /// Cells held.
    pub cells: usize,
    /// Lines they stand for.
    pub lines: i64,
    /// Bytes of columns.
    pub bytes: usize,
    /// How long it took to be there, milliseconds.
    pub took_ms: u64,
    /// Whether it was read from disk, rather than built from the lines.
    pub from_disk: bool,
}

/// The cube as it stands; none before it is there.
#[must_use]
pub fn standing(backend: &Backend) -> Option<Size> {
    let held = backend.cube();
    let (cube, made) = (held.seen()?, held.made.get()?);
    let (cells, lines, bytes) = (cube.cells(), cube.lines(), cube.memory());
    Some(Size { version: cube.version, cells, lines, bytes, took_ms: made.took_ms, from_disk: made.kept })
}

/// Builds the cube, or takes it from disk, before anybody asks.
///
/// # Errors
/// When the database fails.
pub async fn warm(backend: &Backend) -> Result<(), Error> {
    held::current(backend).await.map(drop)
}

/// How large the cube is.
///
/// # Errors
/// When the database fails.
pub async fn size(backend: &Backend) -> Result<(usize, i64, usize), Error> {
    let cube = held::current(backend).await?;
    Ok((cube.cells(), cube.lines(), cube.memory()))
}

async fn answer(cube: Arc<Cube>, slice: Slice, scope: Scope) -> Result<Answer, Unanswered> {
    answer_within(cube, slice, scope, domain::cube::GROUPS_MAX).await
}

async fn answer_within(cube: Arc<Cube>, slice: Slice, scope: Scope, groups_max: usize) -> Result<Answer, Unanswered> {
    let run = move || {
        if slice.beside.is_some() {
            return cube.slice(&slice, scope);
        }
        let plan = cube.plan(&slice, scope, groups_max)?;
        plan.answered(THREADS, side_by_side).map_err(|many| counted(&plan, many))
    };
    tokio::task::spawn_blocking(run).await.map_err(Error::internal)?.map_err(Unanswered::Groups)
}

/// With the number of groups. One slice is counted at a time, so that questions that are refused cost no more than those that are answered.
fn counted(plan: &Plan<'_>, many: TooManyGroups) -> TooManyGroups {
    static TURN: Mutex<()> = Mutex::new(());
    if many.count.is_some() {
        return many;
    }
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    TooManyGroups { count: Some(plan.groups()), ..many }
}

/// The first part here, each other one on a thread of its own.
fn side_by_side(parts: &[Part<'_>]) -> Option<Partial> {
    let (first, rest) = parts.split_first()?;
    std::thread::scope(|scope| {
        let others: Vec<_> = rest.iter().map(|part| scope.spawn(|| part.run())).collect();
        let mut all = first.run();
        for other in others {
            let partial = other.join().expect("adding up does not panic");
            all = all.merge(partial);
        }
        Some(all)
    })
}
