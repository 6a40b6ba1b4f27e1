//! The cube on disk, so that a start need not build it: written and read a month at a time.

use super::THREADS;
use crate::{Backend, Error, company};
use domain::cube::{Cube, Loaded, Stored, StoredPart};
use domain::pack::Unreadable;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where something about the cube is kept: under a name only this database knows.
pub(super) async fn place(backend: &Backend, what: &str, ending: &str) -> Result<Option<PathBuf>, Error> {
    let Some(folder) = backend.config().folder.clone() else { return Ok(None) };
    let key = company::name_of_database(backend).await?;
    Ok(Some(folder.join(format!("{what}-{key}.{ending}"))))
}

/// The cube kept on disk, unless it is of a later state than the database, which was put back then.
pub(super) async fn kept(backend: &Backend) -> Result<Option<Cube>, Error> {
    let Some(place) = place(backend, "cube", "bin").await? else { return Ok(None) };
    let read = tokio::task::spawn_blocking(move || load(&place).ok());
    let cube = read.await.map_err(Error::internal)?;
    let (head, _) = company::sql::clock(&mut backend.read().await?).await?;
    Ok(cube.filter(|cube| cube.version <= head))
}

/// Reads a packed cube, its months side by side and never more than one on each thread.
fn load(place: &Path) -> std::io::Result<Cube> {
    let mut file = File::open(place)?;
    let bytes = usize::try_from(file.metadata()?.len()).map_err(std::io::Error::other)?;
    let mut foot = [0; Stored::FOOT];
    file.seek(SeekFrom::End(-(Stored::FOOT as i64)))?;
    file.read_exact(&mut foot)?;
    let range = Stored::head(bytes, &foot).map_err(unreadable)?;
    let mut head = Vec::new();
    fetch(&mut file, range.clone(), &mut head)?;
    let stored = Stored::open(&head, range.start).map_err(unreadable)?;
    drop(head);
    let parts = stored.parts(THREADS);
    let loaded = std::thread::scope(|scope| {
        let all: Vec<_> = parts.iter().map(|part| scope.spawn(|| load_part(part, place))).collect();
        all.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(unreadable(Unreadable)))).collect::<std::io::Result<Vec<_>>>()
    });
    stored.join(loaded?).map_err(unreadable)
}

fn load_part(part: &StoredPart<'_>, place: &Path) -> std::io::Result<Loaded> {
    let mut file = File::open(place)?;
    part.load(&mut |range, into| fetch(&mut file, range, into).map_err(|_| Unreadable)).map_err(unreadable)
}

fn fetch(file: &mut File, range: std::ops::Range<usize>, into: &mut Vec<u8>) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(range.start as u64))?;
    into.resize(range.len(), 0);
    file.read_exact(into)
}

fn unreadable(_: Unreadable) -> std::io::Error {
    std::io::Error::other("no cube of this schema")
}

/// Keeps the cube on disk; that it cannot be kept costs only time at the next start.
pub(super) async fn keep(backend: &Backend, cube: &Arc<Cube>) {
    let Ok(Some(place)) = place(backend, "cube", "bin").await else { return };
    let cube = Arc::clone(cube);
    let written = tokio::task::spawn_blocking(move || {
        let beside = place.with_extension(format!("{}.part", crate::new_id().simple()));
        let mut file = std::io::BufWriter::new(File::create(&beside)?);
        cube.write_to(&mut file)?;
        file.flush()?;
        std::fs::rename(beside, place)
    });
    if let Ok(Err(error)) = written.await {
        tracing::warn!(%error, "the cube could not be kept on disk");
    }
}
