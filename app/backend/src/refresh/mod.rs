//! The daily refresh: what lies in a folder at an hour is brought in, each file while no import of it stands, by whichever server sees the hour first.

mod folder;
mod sql;
mod words;

use crate::import::{self, Beside, Input, Kind, Options};
use crate::{Backend, Error, journal};
use domain::ids::{ImportId, UserId};
use domain::people::{Caller, Right};
use domain::{Day, Instant};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// When and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Refresh {
    /// The folder on the server's machine; nothing is refreshed without one.
    pub folder: Option<String>,
    /// Hour of the company's day, 0–23.
    pub hour: u8,
    /// The last day it was made by itself.
    pub last_on: Option<Day>,
    /// What came of it the last time.
    pub last: Option<Outcome>,
}

impl Refresh {
    /// Whether its hour has come on `today`, of which it is `hour`, and nobody has made it on that day.
    fn is_due(&self, today: Day, hour: i32) -> bool {
        self.folder.is_some() && i32::from(self.hour) <= hour && self.last_on != Some(today)
    }
}

/// What came of a refresh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// When it ended.
    pub at: Instant,
    /// The files that were looked at, in the order of their names.
    pub files: Vec<FileOutcome>,
    /// Why no file could be looked at.
    pub wrong: Option<String>,
}

/// What came of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileOutcome {
    /// Its name.
    pub name: String,
    /// The import, when something was written.
    pub import: Option<ImportId>,
    /// In a sentence.
    pub words: String,
    /// Whether somebody should look at it.
    pub needs_attention: bool,
    /// Whether it was left for the next time, because it may not be whole yet.
    #[serde(default)]
    pub waiting: bool,
    /// Whether nothing of it could be taken in.
    #[serde(default)]
    pub failed: bool,
}

/// How it is set up, and what came of it the last time.
///
/// # Errors
/// `Forbidden` without the right to import.
pub async fn settings(backend: &Backend, caller: &Caller) -> Result<Refresh, Error> {
    may(caller, Right::Import)?;
    sql::read(&mut backend.read().await?).await
}

/// How it is set up and how it went, for a look at how the parts are.
pub(crate) async fn unscoped(backend: &Backend) -> Result<Refresh, Error> {
    sql::read(&mut backend.read().await?).await
}

/// Sets folder and hour. `None` switches it off.
///
/// # Errors
/// `Forbidden` but for administrators: a folder of the server is theirs to open. `Rejected` for what is no folder, or no hour.
pub async fn configure(backend: &Backend, caller: &Caller, folder: Option<String>, hour: u8) -> Result<Refresh, Error> {
    may(caller, Right::SetCompany)?;
    let folder = folder.map(|folder| folder.trim().to_owned()).filter(|folder| !folder.is_empty());
    if let Some(folder) = folder.as_deref().filter(|folder| !(Path::new(folder).is_absolute() && Path::new(folder).is_dir())) {
        let words = format!("{folder} is no folder of the machine the server runs on: write its whole path, from the root on.");
        return Err(Error::rejected("folder", "not_a_folder", words));
    }
    if hour > 23 {
        return Err(Error::rejected("hour", "out_of_range", "Write an hour from 0 to 23."));
    }
    let asked = (folder, hour, caller.user);
    backend
        .write(Vec::new(), asked, |tx, (folder, hour, user)| {
            Box::pin(async move {
                let before = sql::read(tx.read()).await?;
                let after = Refresh { folder: folder.clone(), hour: *hour, ..before };
                sql::write(tx.write(), &after).await?;
                let said = serde_json::json!({"folder": after.folder, "hour": after.hour});
                let event = journal::company_event(tx, "refresh.configure", *user, &said);
                tx.journal(event);
                Ok(after)
            })
        })
        .await
}

/// Brings in what lies in the folder, now.
///
/// # Errors
/// `Forbidden` without the right to import; `Rejected` where no folder is set.
pub async fn run(backend: &Backend, caller: &Caller) -> Result<Outcome, Error> {
    may(caller, Right::Import)?;
    let set = sql::read(&mut backend.read().await?).await?;
    let Some(folder) = &set.folder else {
        return Err(Error::rejected(
            "folder",
            "not_set",
            "No folder is set: an administrator chooses one in the office, under Daily refresh.",
        ));
    };
    let outcome = all_of(backend, folder, set.hour, Some(caller)).await;
    keep(backend, &outcome, Some(caller.user)).await?;
    Ok(outcome)
}

/// Makes the refresh of the day when its hour has come and nobody has made it yet; whether it did. A server asks this every minute.
///
/// # Errors
/// When the database fails.
pub async fn tick(backend: &Backend) -> Result<bool, Error> {
    let company = backend.company().await?;
    let now = company.now(crate::machine_now());
    let (today, hour) = (company.zone.day_of(now), company.zone.minute_of_day(now) / 60);
    if !sql::read(&mut backend.read().await?).await?.is_due(today, hour) {
        return Ok(false);
    }
    // several servers may see the hour: the first to say so makes it
    let claimed = backend
        .write(Vec::new(), today, move |tx, today| {
            Box::pin(async move {
                let set = sql::read(tx.read()).await?;
                let mine = set.is_due(*today, hour);
                if mine {
                    sql::write(tx.write(), &Refresh { last_on: Some(*today), ..set.clone() }).await?;
                }
                Ok(set.folder.filter(|_| mine).map(|folder| (folder, set.hour)))
            })
        })
        .await?;
    let Some((folder, hour)) = claimed else { return Ok(false) };
    let outcome = all_of(backend, &folder, hour, None).await;
    keep(backend, &outcome, None).await?;
    Ok(true)
}

fn may(caller: &Caller, right: Right) -> Result<(), Error> {
    if caller.may(right) { Ok(()) } else { Err(Error::Forbidden) }
}

async fn keep(backend: &Backend, outcome: &Outcome, by: Option<UserId>) -> Result<(), Error> {
    let asked = (outcome.clone(), by);
    backend
        .write(Vec::new(), asked, |tx, (outcome, by)| {
            Box::pin(async move {
                let set = sql::read(tx.read()).await?;
                sql::write(tx.write(), &Refresh { last: Some(outcome.clone()), ..set }).await?;
                let user = by.unwrap_or(UserId(uuid::Uuid::nil()));
                let event = journal::company_event(tx, "refresh.run", user, &serde_json::to_value(outcome)?);
                tx.journal(event);
                Ok(())
            })
        })
        .await
}

/// Every file of the folder in the order of their names: what one brings, the next may name.
async fn all_of(backend: &Backend, folder: &str, hour: u8, by: Option<&Caller>) -> Outcome {
    let path = PathBuf::from(folder);
    let (found, wrong) = match folder::look(&path) {
        Ok(found) => (found, None),
        Err(error) => (folder::Found::default(), Some(format!("The folder {folder} cannot be read: {error}."))),
    };
    let beside = Beside::Files(Arc::new(found.beside));
    let mut files = Vec::new();
    let unused: Vec<String> = folder::unused(&found.mappings, &found.files).map(|mapping| folder::name_of(mapping)).collect();
    for file in found.files {
        let name = folder::name_of(&file);
        if let Some(times) = folder::kind_of(&file).and_then(|_| folder::is_arriving(&file)) {
            let words = words::arriving(times, hour, by.is_some());
            files.push(FileOutcome { name, import: None, words, needs_attention: false, waiting: true, failed: false });
            continue;
        }
        files.extend(one(backend, &found.mappings, (file, beside.clone()), by).await.map(|said| FileOutcome { name, ..said }));
    }
    files.extend(found.skipped.into_iter().map(|(name, why)| FileOutcome { name, ..wrong_with(why) }));
    files.extend(unused.into_iter().map(|name| FileOutcome { name, failed: false, ..wrong_with(words::UNUSED) }));
    Outcome { at: backend.now(), files, wrong }
}

/// What is said of a file, yet without its name, of which nothing could be taken in.
fn wrong_with(words: impl Into<String>) -> FileOutcome {
    FileOutcome { name: String::new(), import: None, words: words.into(), needs_attention: true, waiting: false, failed: true }
}

/// Brings one file in; nothing is said of one that counts already.
async fn one(backend: &Backend, mappings: &[PathBuf], (file, beside): (PathBuf, Beside), by: Option<&Caller>) -> Option<FileOutcome> {
    let Some(kind) = folder::kind_of(&file) else {
        let kinds = Kind::ALL.map(Kind::code).join(", ");
        return Some(wrong_with(format!("What it holds is not known: begin its name with one of {kinds}.")));
    };
    match known(backend, &file, kind).await {
        Ok(true) => return None,
        Ok(false) => {}
        Err(error) => return Some(wrong_with(error.to_string())),
    }
    let mapping = match folder::mapping_for(mappings, &file, kind).map(|mapping| folder::read(mapping)).transpose() {
        Ok(mapping) => mapping,
        Err(words) => return Some(wrong_with(words)),
    };
    let options = Options { by: by.cloned(), keep: import::folder(backend).ok(), ..Options::default() };
    Some(match import::run(backend, kind, Input::path(file).with(beside), mapping, options).await {
        Ok(report) => FileOutcome {
            import: report.id,
            needs_attention: report.tally.rejected > 0,
            failed: report.tally.none_taken(),
            ..wrong_with(words::in_words(&report))
        },
        Err(error) => wrong_with(error.to_string()),
    })
}

/// Whether an import of this very file stands: once it is taken back, the file comes in again.
async fn known(backend: &Backend, file: &Path, kind: Kind) -> Result<bool, Error> {
    let path = file.to_owned();
    let hash = tokio::task::spawn_blocking(move || import::sha256_of(&path)).await.map_err(Error::internal)?;
    let hash = hash.map_err(|error| Error::Unavailable(format!("the file cannot be read: {error}")))?;
    sql::stands(&mut backend.read().await?, kind.code(), &hash).await
}

#[cfg(test)]
mod tests {
    use super::Refresh;
    use domain::Day;

    #[test]
    fn it_is_due_once_a_day_from_its_hour_on() {
        let today = Day(20_000);
        for (hour, last_on, now, due) in [
            (5, None, 4, false),
            (5, None, 5, true),
            (5, None, 23, true),
            (5, Some(today), 5, false),
            (5, Some(today.plus(-1)), 4, false),
            (5, Some(today.plus(-1)), 5, true),
            (5, Some(today.plus(-9)), 6, true),
            (0, Some(today.plus(-1)), 0, true),
            (23, Some(today), 23, false),
            // the company was run as of another day
            (5, Some(today.plus(90)), 5, true),
        ] {
            let set = Refresh { folder: Some("/in".into()), hour, last_on, last: None };
            assert_eq!(set.is_due(today, now), due, "{set:?} at {now}");
            assert!(!Refresh { folder: None, ..set }.is_due(today, now));
        }
    }
}
