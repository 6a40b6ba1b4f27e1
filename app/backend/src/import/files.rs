//! Files as they came, kept under their own hash: received piece by piece, whole or not at all.

use crate::{Backend, Error};
use domain::people::{Caller, Right};
use intake::Opened;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Characters of a file's name that are kept.
const NAME_MAX: usize = 200;
/// Pieces on their way to the disk.
const PIECES: usize = 4;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptFile {
    /// SHA-256 of its bytes, in hexadecimal, by which it is asked for.
    pub sha256: String,
    /// Its name where it came from.
    pub name: String,
}

/// A file being received. Dropped before its end, nothing of it stays.
pub struct Receiving {
    name: String,
    folder: PathBuf,
    pieces: mpsc::Sender<Piece>,
    writing: JoinHandle<io::Result<Option<(PathBuf, String)>>>,
    left: u64,
    most: u64,
}

enum Piece {
    Bytes(Vec<u8>),
    End,
}

/// Begins to receive a file.
///
/// # Errors
/// `Forbidden` without the right to import; `Rejected` when it is announced as larger than is taken; `Configuration` where no folder for
/// files is set.
pub fn receive(backend: &Backend, caller: &Caller, name: &str, announced: Option<u64>) -> Result<Receiving, Error> {
    if !caller.may(Right::Import) {
        return Err(Error::Forbidden);
    }
    let most = backend.config().file_max;
    if announced.is_some_and(|bytes| bytes > most) {
        return Err(too_large(most));
    }
    let folder = folder(backend)?;
    let (pieces, coming) = mpsc::channel(PIECES);
    let part = folder.join(format!("{}.part", crate::new_id().simple()));
    let writing = tokio::task::spawn_blocking({
        let folder = folder.clone();
        move || write(&folder, &part, coming)
    });
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
    Ok(Receiving { name: bare, folder, pieces, writing, left: most, most })
}

impl Receiving {
    /// The next piece.
    ///
    /// # Errors
    /// `Rejected` when the file is larger than is taken; what went wrong on the disk comes with [`Receiving::finish`].
    pub async fn take(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| too_large(self.most))?;
        // the writer has given up; `finish` says why
        let _ = self.pieces.send(Piece::Bytes(bytes)).await;
        Ok(())
    }

    /// All of it has come.
    ///
    /// # Errors
    /// `Unavailable` when the disk could not take it.
    pub async fn finish(self) -> Result<KeptFile, Error> {
        let _ = self.pieces.send(Piece::End).await;
        drop(self.pieces);
        let unkept = |e: io::Error| Error::Unavailable(format!("the file could not be kept: {e}"));
        let Some((part, sha256)) = self.writing.await.map_err(Error::internal)?.map_err(unkept)? else {
            return Err(Error::Unavailable("the file broke off".into()));
        };
        std::fs::rename(part, kept_at(&self.folder, &sha256)).map_err(unkept)?;
        Ok(KeptFile { sha256, name: self.name })
    }
}

fn too_large(most: u64) -> Error {
    Error::rejected("file", "too_large", format!("A file may have {} MB: pack it with gzip, or split it.", most >> 20))
}

/// Writes pieces until the end; `None` when they broke off before.
fn write(folder: &Path, part: &Path, mut coming: mpsc::Receiver<Piece>) -> io::Result<Option<(PathBuf, String)>> {
    std::fs::create_dir_all(folder)?;
    let mut hasher = Sha256::new();
    let written = (|| {
        let mut file = File::create(part)?;
        while let Some(piece) = coming.blocking_recv() {
            match piece {
                Piece::Bytes(bytes) => {
                    hasher.update(&bytes);
                    file.write_all(&bytes)?;
                }
                Piece::End => return file.sync_all().map(|()| true),
            }
        }
        Ok(false)
    })();
    if let Ok(true) = written {
        let sha256 = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        return Ok(Some((part.to_owned(), sha256)));
    }
    // what is left of it is of no use; that it cannot be removed is no new trouble
    let _ = std::fs::remove_file(part);
    written.map(|_| None)
}

/// The folder of files.
///
/// # Errors
/// `Configuration` where none is set.
pub(crate) fn folder(backend: &Backend) -> Result<PathBuf, Error> {
    let words = "there is no folder for files: set FIELDLIGHT_DATA_DIR";
    backend.config().folder.as_ref().map(|folder| folder.join("files")).ok_or_else(|| Error::Configuration(words.into()))
}

/// SHA-256 of a file's bytes, in hexadecimal.
pub(crate) fn sha256_of(path: &Path) -> io::Result<String> {
    let (mut file, mut hasher) = (File::open(path)?, Sha256::new());
    let mut block = vec![0; 64 << 10];
    loop {
        match io::Read::read(&mut file, &mut block)? {
            0 => return Ok(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            n => hasher.update(&block[..n]),
        }
    }
}

/// Where a file of this hash is kept.
///
/// # Errors
/// `Rejected` for what is no hash; `NotFound` when there is no such file.
pub(super) fn find(backend: &Backend, sha256: &str) -> Result<PathBuf, Error> {
    if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::rejected("file", "not_a_hash", "Hand the file over first, then name it by the sha256 of the answer."));
    }
    let place = kept_at(&folder(backend)?, &sha256.to_ascii_lowercase());
    if place.is_file() { Ok(place) } else { Err(Error::NotFound) }
}

/// Where a file is kept: under its own hash, so that the same file is kept once.
#[must_use]
pub fn kept_at(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256)
}

/// Keeps the bytes of a file that was read, whole or not at all.
pub(super) fn keep(folder: &Path, sha256: &str, opened: &Opened) -> io::Result<()> {
    let place = kept_at(folder, sha256);
    if place.exists() {
        return Ok(());
    }
    let mut bytes = opened.found.raw().map_err(|wrong| io::Error::other(wrong.to_string()))?;
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!("{sha256}.{}.part", crate::new_id().simple()));
    let mut file = File::create(&beside)?;
    io::copy(&mut bytes, &mut file)?;
    file.sync_all()?;
    std::fs::rename(beside, place)
}
