//! Documents on disk, each once under the hash of its bytes: `documents/<sha256>` in the data folder.

use super::sql;
use crate::{Backend, Error};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

fn folder(backend: &Backend) -> Result<PathBuf, Error> {
    let words = "there is no folder for documents: set FIELDLIGHT_DATA_DIR";
    backend.config().folder.as_ref().map(|folder| folder.join("documents")).ok_or_else(|| Error::Configuration(words.into()))
}

/// Keeps bytes; their hash.
pub(super) async fn keep(backend: &Backend, bytes: &[u8]) -> Result<String, Error> {
    let (folder, bytes) = (folder(backend)?, bytes.to_vec());
    let write = move || {
        let sha256: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        let place = folder.join(&sha256);
        if !place.is_file() {
            std::fs::create_dir_all(&folder)?;
            crate::reports::whole(&place, &bytes)?;
        }
        Ok(sha256)
    };
    let kept: std::io::Result<String> = tokio::task::spawn_blocking(write).await.map_err(Error::internal)?;
    kept.map_err(|error| Error::Unavailable(format!("a document could not be kept: {error}")))
}

/// What is kept under a hash.
pub(super) async fn read(backend: &Backend, sha256: &str) -> Result<Vec<u8>, Error> {
    let place = folder(backend)?.join(sha256);
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(place)).await.map_err(Error::internal)?;
    bytes.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::Unavailable(format!("a document cannot be read: {error}")),
    })
}

/// Removes the files no message encloses any more.
pub(super) async fn forget(backend: &Backend, hashes: Vec<String>) -> Result<(), Error> {
    let Ok(folder) = folder(backend) else { return Ok(()) };
    for sha256 in hashes {
        if !sql::is_enclosed(&mut backend.read().await?, &sha256).await? {
            let place = folder.join(&sha256);
            // one that is gone already is what is wanted
            let _ = tokio::task::spawn_blocking(move || std::fs::remove_file(place)).await;
        }
    }
    Ok(())
}
