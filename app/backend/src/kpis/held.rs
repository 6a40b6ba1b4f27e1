//! The cube in memory: built once from the lines, kept current by reading changed days anew, and kept on disk so that a start need not build it.

use super::kept::{keep, kept};
use super::proving::Latest;
use super::sql;
use super::updates::{self, Renames};
use crate::db::Conn;
use crate::{Backend, Error, company};
use domain::Day;
use domain::cube::{Builder, Changes, Cube, Entries, Fact, Refused};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Lines read together.
const LINES_AT_A_TIME: i64 = 60_000;
/// How long a cube may go without looking for changes.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// How often a cube is begun anew because somebody appeared meanwhile.
const TRIES: usize = 3;
/// Lines read anew after which the file on disk is written again.
const WORTH_KEEPING: i64 = 50_000;

/// The cube as far as it is known.
#[derive(Default)]
pub(crate) struct Held {
    now: RwLock<Option<Standing>>,
    following: Mutex<i64>,
    /// Who was called otherwise lately.
    pub(super) renames: Renames,
    /// How long the cube took to be there when it was first asked for, and whether it came from disk.
    pub(super) made: OnceLock<Made>,
    /// The latest proof.
    pub(super) proof: Latest,
}

/// How the cube came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Made {
    /// Milliseconds.
    pub took_ms: u64,
    /// Read from disk, rather than built from the lines.
    pub kept: bool,
}

#[derive(Clone)]
struct Standing {
    cube: Arc<Cube>,
    looked: Instant,
}

impl Held {
    /// The cube as far as it is known, for whoever only looks at it.
    pub(super) fn seen(&self) -> Option<Arc<Cube>> {
        self.standing().map(|standing| standing.cube)
    }

    fn standing(&self) -> Option<Standing> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, cube: Arc<Cube>) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some(Standing { cube, looked: Instant::now() });
    }
}

/// The cube, at most a fraction of a second behind what is committed. The first call may have to build it.
pub(super) async fn current(backend: &Backend) -> Result<Arc<Cube>, Error> {
    let held = backend.cube();
    if let Some(standing) = held.standing() {
        if standing.looked.elapsed() < LOOK_AGAIN {
            return Ok(standing.cube);
        }
        // one looks for changes, the others go on with what there is
        let Ok(mut unsaved) = held.following.try_lock() else { return Ok(standing.cube) };
        return follow(backend, &standing.cube, &mut unsaved).await;
    }
    let mut unsaved = held.following.lock().await;
    if let Some(standing) = held.standing() {
        return Ok(standing.cube);
    }
    let begun = Instant::now();
    let from_disk = kept(backend).await?;
    let kept = from_disk.is_some();
    let cube = match from_disk {
        Some(cube) => Arc::new(cube),
        None => {
            let cube = Arc::new(build(backend).await?);
            keep(backend, &cube).await;
            cube
        }
    };
    held.renames.begin(cube.version);
    // the first one counts
    let _ = held.made.set(Made { took_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX), kept });
    // what was committed while it was built is taken in before anybody sees it
    follow(backend, &cube, &mut unsaved).await
}

/// The cube at a committed version or a later one: for whoever has been told of that version.
pub(super) async fn at_least(backend: &Backend, version: i64) -> Result<Arc<Cube>, Error> {
    let cube = current(backend).await?;
    if cube.version >= version {
        return Ok(cube);
    }
    let held = backend.cube();
    let mut unsaved = held.following.lock().await;
    // another one may have followed while this one waited
    match held.seen().filter(|cube| cube.version >= version) {
        Some(cube) => Ok(cube),
        None => follow(backend, &held.seen().unwrap_or(cube), &mut unsaved).await,
    }
}

/// Takes in what has changed since the cube's version.
async fn follow(backend: &Backend, cube: &Arc<Cube>, unsaved: &mut i64) -> Result<Arc<Cube>, Error> {
    let held = backend.cube();
    let mut conn = backend.read().await?;
    let (head, _) = company::sql::clock(&mut conn).await?;
    if head == cube.version {
        held.put(Arc::clone(cube));
        return Ok(Arc::clone(cube));
    }
    let days = sql::changed_days(&mut conn, cube.version).await?;
    let renamed = sql::entries_changed(&mut conn, cube.version).await?;
    let entries = if renamed || !days.is_empty() { sql::entries(&mut conn).await? } else { Entries::default() };
    if renamed {
        updates::note(backend, cube, &entries, head);
    }
    let mut facts = Vec::new();
    let lines: i64 = days.iter().map(|(_, lines)| lines).sum();
    for (from, to) in runs(&days) {
        facts.extend(sql::facts(&mut conn, from, to).await?);
    }
    drop(conn);
    let (before, changed) = (Arc::clone(cube), days.iter().map(|(day, _)| *day).collect::<BTreeSet<Day>>());
    let next = tokio::task::spawn_blocking(move || taken_in(&before, changed, entries, facts, head)).await.map_err(Error::internal)?;
    let next = match next {
        Some(next) => next,
        None => {
            tracing::warn!("the cube is built anew: it was out of step with the lines");
            let built = build(backend).await?;
            held.renames.begin(built.version);
            built
        }
    };
    let next = Arc::new(next);
    held.put(Arc::clone(&next));
    *unsaved += lines;
    if *unsaved > WORTH_KEEPING {
        keep(backend, &next).await;
        *unsaved = 0;
    }
    Ok(next)
}

/// The cube with these days as they are now; none when it was out of step.
fn taken_in(before: &Cube, days: BTreeSet<Day>, entries: Entries, now: Vec<Fact>, version: i64) -> Option<Cube> {
    let mut next = before.clone();
    let mut facts: Vec<Fact> = before.facts_of(&days).into_iter().map(Fact::taken_back).collect();
    facts.extend(now.into_iter().filter(|fact| days.contains(&fact.day)));
    next.apply(&Changes { version, entries, facts }).ok()?;
    Some(next)
}

/// Consecutive changed days together, as many as are read at a time. Days between them that have not changed are read too and left out.
fn runs(days: &[(Day, i64)]) -> Vec<(Day, Day)> {
    let mut runs: Vec<(Day, Day, i64)> = Vec::new();
    for (day, lines) in days {
        match runs.last_mut() {
            Some((_, to, so_far)) if day.since(*to) == 1 && *so_far + lines <= LINES_AT_A_TIME => {
                *to = *day;
                *so_far += lines;
            }
            _ => runs.push((*day, *day, *lines)),
        }
    }
    runs.into_iter().map(|(from, to, _)| (from, to)).collect()
}

/// Builds the cube from every line that counts. A day that is changed meanwhile is read anew by [`follow`], since its version is later.
async fn build(backend: &Backend) -> Result<Cube, Error> {
    for _ in 0..TRIES {
        match build_once(backend).await? {
            // somebody new was sold to while it was built
            Err(Refused::Unknown(_)) => {}
            built => return built.map_err(Error::internal),
        }
    }
    Err(Error::Unavailable("sales are being brought in faster than they can be counted".into()))
}

async fn build_once(backend: &Backend) -> Result<Result<Cube, Refused>, Error> {
    let mut conn = backend.read().await?;
    let (head, _) = company::sql::clock(&mut conn).await?;
    let entries = sql::entries(&mut conn).await?;
    let days = sql::days(&mut conn).await?;
    let (send, coming) = std::sync::mpsc::sync_channel::<Vec<Fact>>(2);
    let building = tokio::task::spawn_blocking(move || {
        let mut builder = Builder::new(&entries);
        while let Ok(facts) = coming.recv() {
            facts.iter().try_for_each(|fact| builder.push(fact))?;
        }
        builder.finish(head)
    });
    read_all(&mut conn, &days, send).await?;
    building.await.map_err(Error::internal)
}

async fn read_all(conn: &mut Conn, days: &[(Day, i64)], send: std::sync::mpsc::SyncSender<Vec<Fact>>) -> Result<(), Error> {
    for (from, to) in runs(days) {
        let facts = sql::facts(conn, from, to).await?;
        let sender = send.clone();
        // whoever builds has given up when nobody takes them; that failure is the one to report
        let sent = tokio::task::spawn_blocking(move || sender.send(facts)).await.map_err(Error::internal)?;
        if sent.is_err() {
            break;
        }
    }
    Ok(())
}
