//! The data folder of reports that are made by themselves: `reports/<name>-<id>/<day>-<time>.pdf`, the newest of them kept.

use crate::{Backend, Error};
use domain::reports::{Format, Report, file_name};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A document as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is written as.
    pub format: Format,
    /// The document.
    pub bytes: Vec<u8>,
}

/// Writes what was made of a report into its folder, and removes all but the newest it is to keep. Nothing where no data folder is set.
///
/// # Errors
/// `Unavailable` when the disk cannot take it.
pub async fn keep_files(backend: &Backend, report: &Report, files: Vec<Named>) -> Result<(), Error> {
    let Some(schedule) = &report.schedule else { return Ok(()) };
    let Some(folder) = folder(backend, report) else { return Ok(()) };
    let (company, now, keep) = (backend.company().await?, backend.now(), usize::from(schedule.keep));
    let stem = format!("{}-{}", company.zone.day_of(now), company.zone.clock(now).replace(':', ""));
    let write = move || {
        fs::create_dir_all(&folder)?;
        for file in &files {
            whole(&folder.join(format!("{stem}.{}", file.format.code())), &file.bytes)?;
        }
        Format::ALL.into_iter().try_for_each(|format| thin_out(&folder, format, keep))
    };
    let written: io::Result<()> = tokio::task::spawn_blocking(write).await.map_err(Error::internal)?;
    written.map_err(|error| Error::Unavailable(format!("the report could not be written into the data folder: {error}")))
}

/// Its folder: the name for people, a part of the id so that two of one name do not meet.
fn folder(backend: &Backend, report: &Report) -> Option<PathBuf> {
    let id = report.id.0.simple().to_string();
    let end = id.get(id.len() - 8..).unwrap_or_default();
    Some(backend.config().folder.as_ref()?.join("reports").join(format!("{}-{end}", file_name(&report.draft.name))))
}

/// Whole or not at all: under another name first.
pub(crate) fn whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = place.with_extension(format!("{}.part", crate::new_id().simple()));
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(beside, place)
}

/// Names begin with the day: the last ones are the newest.
fn thin_out(folder: &Path, format: Format, keep: usize) -> io::Result<()> {
    let of = |path: &PathBuf| path.extension().is_some_and(|ending| ending == format.code());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).filter(of).collect();
    files.sort_unstable();
    let many = files.len().saturating_sub(keep);
    files.into_iter().take(many).try_for_each(fs::remove_file)
}
