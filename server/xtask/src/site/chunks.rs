//! The lazily loaded parts: which files each lazy route needs, and which of them a rep's phone keeps for times without a network.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// The listing's file name inside a package.
const FILE: &str = "chunks.json";
/// Lazy routes whose type names begin like this are for desks: a rep's phone does not keep them.
const FOR_DESKS: [&str; 6] = ["desk", "office", "kpis", "why", "pipeline", "gallery"];
/// The first screen of a rep, should it be a lazy route.
const FIRST: &str = "today";

/// Files (without ending) by the name of the lazy area.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Chunks(BTreeMap<String, Vec<String>>);

impl Chunks {
    /// From what the splitter reports.
    pub fn of(prefetch: HashMap<String, Vec<String>>) -> Self {
        Self(prefetch.into_iter().collect())
    }

    /// Reads the listing of a finished package.
    pub fn read(package: &Path) -> Result<Self> {
        let text = fs::read_to_string(package.join(FILE)).context("the kept package is incomplete: remove target/site-cache")?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Writes the listing into a package.
    pub fn write(&self, package: &Path) -> Result<()> {
        Ok(fs::write(package.join(FILE), serde_json::to_string(self)?)?)
    }

    /// The files a rep's phone keeps.
    pub fn for_reps(&self) -> BTreeSet<&str> {
        self.files(|route| !FOR_DESKS.iter().any(|desk| route.starts_with(desk)))
    }

    /// The files the first screen of a rep needs beside the main part.
    pub fn of_first_screen(&self) -> BTreeSet<&str> {
        self.files(|route| route.starts_with(FIRST))
    }

    /// The files of one area.
    pub fn of_area(&self, area: &str) -> BTreeSet<&str> {
        self.files(|route| route.starts_with(area))
    }

    fn files(&self, wanted: impl Fn(&str) -> bool) -> BTreeSet<&str> {
        // `#[lazy_route] impl LazyRoute for DeskClients` is split off as `__deskclients_view_…` or `__desk_clients_view_…`.
        let chosen = self.0.iter().filter(|(name, _)| wanted(name.trim_start_matches('_')));
        chosen.flat_map(|(_, files)| files.iter().map(String::as_str)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks() -> Chunks {
        let files = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Chunks::of(HashMap::from([
            ("__desk_clients_view_12".to_owned(), files(&["chunk_1", "desk"])),
            ("__visits_view_34".to_owned(), files(&["chunk_2", "visits"])),
            ("__today_view_56".to_owned(), files(&["chunk_2", "today"])),
        ]))
    }

    #[test]
    fn a_phone_keeps_what_its_screens_share_and_nothing_of_the_desks() {
        assert_eq!(chunks().for_reps(), BTreeSet::from(["chunk_2", "today", "visits"]));
    }

    #[test]
    fn the_first_screen_counts_with_what_it_shares() {
        assert_eq!(chunks().of_first_screen(), BTreeSet::from(["chunk_2", "today"]));
    }
}
