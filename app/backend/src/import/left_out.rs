//! Rows that were not taken in, listed in a file of their own for each import, so that they can be asked for as long as it is known.

use super::{Imported, files};
use crate::{Backend, Error};
use domain::ids::ImportId;
use domain::people::Caller;
use std::io;
use std::path::{Path, PathBuf};

/// The rows an import did not take in, as CSV; none when it took all, or was made before they were kept.
///
/// # Errors
/// `Forbidden` without the right to import; `NotFound`; `Unavailable` when the file cannot be read.
pub async fn rejects(backend: &Backend, caller: &Caller, id: ImportId) -> Result<Option<Vec<u8>>, Error> {
    super::find(backend, caller, id).await?;
    read(&at(&files::folder(backend)?, id))
}

/// Whether rows it did not take in are listed somewhere.
#[must_use]
pub fn keeps_rejects(backend: &Backend, import: &Imported) -> bool {
    files::folder(backend).is_ok_and(|files| at(&files, import.id).is_file())
}

/// What such a file says; none where there is no such file.
pub(super) fn read(place: &Path) -> Result<Option<Vec<u8>>, Error> {
    match std::fs::read(place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Unavailable(error.to_string())),
    }
}

/// Where those of an import, or of a check under an id of its own, are listed: beside the folder of files.
pub(super) fn at(files: &Path, id: ImportId) -> PathBuf {
    files.with_file_name("rejects").join(format!("{id}.csv"))
}

/// Makes the folder, and says where an import that has no id yet lists them.
pub(super) fn begin(files: &Path) -> io::Result<PathBuf> {
    let place = at(files, ImportId(crate::new_id()));
    std::fs::create_dir_all(place.parent().unwrap_or(files))?;
    Ok(place)
}

/// Keeps what was listed under the import's id too.
pub(super) fn keep(files: &Path, listed: &Path, id: ImportId) -> io::Result<()> {
    let place = at(files, id);
    std::fs::create_dir_all(place.parent().unwrap_or(files))?;
    std::fs::copy(listed, place).map(drop)
}
