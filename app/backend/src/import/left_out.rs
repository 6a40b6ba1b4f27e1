//! Rows that were not taken in, and documents that were replaced, listed in files of their own for each import, so that they can be asked for as long as it is known.

use super::{Imported, files};
use crate::{Backend, Error};
use domain::ids::ImportId;
use domain::people::Caller;
use std::io;
use std::path::{Path, PathBuf};

/// What is listed of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Rows that were not taken in.
    Rejects,
    /// Documents and days whose earlier lines were replaced.
    Replaced,
}

impl Listed {
    /// Both.
    const ALL: [Self; 2] = [Self::Rejects, Self::Replaced];

    /// The word for it, in addresses and folders.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rejects => "rejects",
            Self::Replaced => "replaced",
        }
    }
}

/// What is listed of an import, as CSV; none when there was nothing to list, or it was made before this was kept.
///
/// # Errors
/// `Forbidden` without the right to import; `NotFound`; `Unavailable` when the file cannot be read.
pub async fn listed(backend: &Backend, caller: &Caller, id: ImportId, what: Listed) -> Result<Option<Vec<u8>>, Error> {
    super::find(backend, caller, id).await?;
    read(&at(&files::folder(backend)?, id, what))
}

/// Which lists of an import are kept.
#[must_use]
pub fn kept_lists(backend: &Backend, import: &Imported) -> Vec<Listed> {
    let kept = |what: &Listed| files::folder(backend).is_ok_and(|files| at(&files, import.id, *what).is_file());
    Listed::ALL.into_iter().filter(kept).collect()
}

/// What such a file says; none where there is no such file.
pub(super) fn read(place: &Path) -> Result<Option<Vec<u8>>, Error> {
    match std::fs::read(place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Unavailable(error.to_string())),
    }
}

/// Where it stands of an import, or of a check under an id of its own: beside the folder of files.
pub(super) fn at(files: &Path, id: ImportId, what: Listed) -> PathBuf {
    files.with_file_name(what.code()).join(format!("{id}.csv"))
}

/// Makes the folder, and says where an import that has no id yet lists it.
pub(super) fn begin(files: &Path, id: ImportId, what: Listed) -> io::Result<PathBuf> {
    let place = at(files, id, what);
    std::fs::create_dir_all(place.parent().unwrap_or(files))?;
    Ok(place)
}

/// Keeps what was listed under the import's id too.
pub(super) fn keep(files: &Path, listed: &Path, id: ImportId, what: Listed) -> io::Result<()> {
    std::fs::copy(listed, begin(files, id, what)?).map(drop)
}
