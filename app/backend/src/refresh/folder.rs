//! What lies in the folder of the daily refresh: only regular files of the folder itself are opened, never what a link points at.

use crate::import::{Input, Kind, Mapping};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A file changed so lately may still be arriving.
const ARRIVING: Duration = Duration::from_secs(20);
/// How the name of a mapping ends.
const MAPPING: &str = ".toml";
/// Files of one refresh.
const FILES_MAX: usize = 1_000;

/// What a look into the folder found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files to be taken, those first on which others hang.
    pub(super) files: Vec<PathBuf>,
    /// Names of what looks like data and is no file of the folder, and why it is skipped.
    pub(super) skipped: Vec<(String, &'static str)>,
    /// What says how files are read, links and all.
    pub(super) mappings: Vec<PathBuf>,
    /// Every regular file, which a mapping may put beside the rows.
    pub(super) beside: Vec<Input>,
}

/// Looks into a folder.
pub(super) fn look(folder: &Path) -> std::io::Result<Found> {
    let mut found = Found::default();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    // kinds others hang on come first: whoever sells and buys is known before what they sold
    paths.sort_by_key(|path| (kind_of(path).map_or(usize::MAX, rank), path.clone()));
    for path in paths {
        if name_of(&path).to_lowercase().ends_with(MAPPING) {
            found.mappings.push(path.clone());
        }
        match not_a_file(&path) {
            None => {
                found.beside.push(Input::path(path.clone()));
                found.files.extend(Some(path).filter(|path| is_data(path)));
            }
            Some(why) if is_data(&path) => found.skipped.push((name_of(&path), why)),
            Some(_) => {}
        }
    }
    found.files.truncate(FILES_MAX);
    Ok(found)
}

/// Why something is no file of the folder; `None` for one.
fn not_a_file(path: &Path) -> Option<&'static str> {
    match path.symlink_metadata() {
        Ok(is) if is.is_file() => None,
        Ok(is) if is.is_symlink() => {
            Some("Skipped: it is a link, and only files that lie in the folder itself are taken. Put the file here.")
        }
        Ok(_) => Some("Skipped: it is no file."),
        Err(_) => Some("Skipped: it cannot be looked at."),
    }
}

/// A file's name.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_data(path: &Path) -> bool {
    let name = name_of(path).to_lowercase();
    !name.starts_with('.') && [".csv", ".csv.gz", ".tsv", ".txt", ".xlsx"].iter().any(|end| name.ends_with(end))
}

/// Which kinds come before which: whoever owns, sells and is sold to is known before what is said of them.
fn rank(kind: Kind) -> usize {
    match kind {
        Kind::Reps | Kind::Products => 0,
        Kind::Budgets | Kind::Clients | Kind::Prospects => 1,
        Kind::Contacts | Kind::Visits | Kind::Opportunities => 2,
        Kind::Sales => 3,
    }
}

/// What a file holds, by the word its name begins with: `sales_2026-11-24.csv`.
pub(super) fn kind_of(path: &Path) -> Option<Kind> {
    let word: String = name_of(path).to_lowercase().chars().take_while(char::is_ascii_alphabetic).collect();
    Kind::ALL.into_iter().find(|kind| kind.code() == word || kind.code().trim_end_matches('s') == word)
}

/// How long ago a file changed and how long to wait for it, in seconds, where it may not be whole yet.
pub(super) fn is_arriving(file: &Path) -> Option<(u64, u64)> {
    let age = file.metadata().and_then(|m| m.modified()).ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    let left = ARRIVING.checked_sub(age.unwrap_or_default())?;
    // a whole second more than is left of the last one
    (!left.is_zero()).then(|| (age.unwrap_or_default().as_secs(), left.as_secs() + 1))
}

/// The mapping beside a file that says how it is read, of those in the folder: the one whose name the file's begins with, the longest of them (`sales_4.toml`
/// for `sales_4.csv`, else `sales.toml`). Without one its columns are recognised.
pub(super) fn mapping_for<'a>(mappings: &'a [PathBuf], file: &Path, kind: Kind) -> Option<&'a PathBuf> {
    let name = name_of(file).to_lowercase();
    let begins = |mapping: &&PathBuf| {
        let stem = stem(mapping);
        stem == kind.code() || name.strip_prefix(&stem).is_some_and(|rest| parts(&stem, rest))
    };
    mappings.iter().filter(begins).max_by_key(|mapping| stem(mapping).len())
}

/// Whether a name ends where its longer one goes on: `sales_4` is no beginning of `sales_40`.
fn parts(stem: &str, rest: &str) -> bool {
    match (stem.chars().last(), rest.chars().next()) {
        (Some(last), Some(next)) => !(last.is_alphabetic() && next.is_alphabetic() || last.is_numeric() && next.is_numeric()),
        _ => !stem.is_empty(),
    }
}

/// A mapping's name without its ending.
fn stem(mapping: &Path) -> String {
    let name = name_of(mapping).to_lowercase();
    name.strip_suffix(MAPPING).unwrap_or(&name).to_owned()
}

/// Mappings named for a file that is not there; one that is named after its kind waits for the next.
pub(super) fn unused<'a>(mappings: &'a [PathBuf], files: &'a [PathBuf]) -> impl Iterator<Item = &'a PathBuf> {
    let taken =
        |mapping: &PathBuf| files.iter().any(|file| kind_of(file).is_some_and(|kind| mapping_for(mappings, file, kind) == Some(mapping)));
    mappings.iter().filter(move |mapping| Kind::ALL.iter().all(|kind| kind.code() != stem(mapping)) && !taken(mapping))
}

/// Reads a mapping that lies in the folder itself.
pub(super) fn read(path: &Path) -> Result<Mapping, String> {
    let name = name_of(path);
    if let Some(why) = not_a_file(path) {
        return Err(format!("The mapping {name} cannot be used. {why}"));
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Mapping::read(&text).map_err(|wrong| format!("{name}: {wrong}")),
        Err(error) => Err(format!("{name} cannot be read: {error}.")),
    }
}
