//! A file beside the SQLite database, locked by the one server that serves it. The operating system lets go of it when the process ends, however it ends.

use crate::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Takes the lock; it is held until the file is dropped.
pub(super) fn take(database: &Path) -> Result<File, Error> {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    let path = Path::new(&name);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(|e| cannot(path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Configuration(format!(
            "{} is served by another process: stop that one first, or use PostgreSQL for several servers.",
            database.display()
        ))),
        Err(TryLockError::Error(e)) => Err(cannot(path, &e)),
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Error {
    Error::Configuration(format!("{} cannot be locked ({error}): check that the folder exists and can be written.", path.display()))
}
