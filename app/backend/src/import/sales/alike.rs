//! Documents and days of a file that other sources know too: the same sales said otherwise, or others numbered alike. Only a person can tell.

use super::judge::Part;
use super::parts::{OfSource, Sum};
use crate::Error;
use crate::import::report::{Warning, counted};
use intake::mapping::Bound;
use std::collections::BTreeMap;

/// Parts that other sources know too, of a file that is of a source of its own.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Documents they know with other lines.
    documents: u64,
    /// Days.
    days: u64,
    /// Lines of the documents.
    lines: u64,
    /// How many of them each source knows.
    sources: BTreeMap<String, u64>,
    /// Lines of parts they know with the very same lines.
    twins: u64,
}

impl Alike {
    /// Takes in a new part of the file, and what others know of it.
    pub(super) fn note(&mut self, part: &Part, sum: Sum, others: &[OfSource]) {
        let lines = u64::try_from(sum.lines).unwrap_or_default();
        if lines == 0 || others.is_empty() {
            return;
        }
        if others.iter().any(|other| other.known.sum == sum) {
            self.twins += lines;
            return;
        }
        match part {
            Part::Document(_) => {
                self.documents += 1;
                self.lines += lines;
            }
            Part::Day(_) => self.days += 1,
        }
        others.iter().for_each(|other| *self.sources.entry(other.source.clone()).or_default() += 1);
    }

    /// What a report says of it.
    pub(super) fn warnings(&self) -> impl Iterator<Item = Warning> + use<> {
        self.known_elsewhere().into_iter().chain(self.said_twice())
    }

    /// That documents of the same number may be the same sales said otherwise.
    fn known_elsewhere(&self) -> Option<Warning> {
        let (belong, documents) = (if self.lines == 1 { "belongs" } else { "belong" }, counted(self.documents, "document"));
        let whose = if self.documents == 1 { "whose number is" } else { "whose numbers are" };
        let message = format!(
            "{belong} to {documents} {whose} known from another source with other lines: both count; if they are the same sales, take one of the two imports back"
        );
        (self.documents > 0).then(|| Warning { code: "known_elsewhere".to_owned(), message, rows: self.lines, lines: Vec::new() })
    }

    /// That another source has documents, or days, with the very same lines: two tills may sell alike, or one file came in under two names.
    fn said_twice(&self) -> Option<Warning> {
        let message = "in documents or days another source knows line for line: both count, since the file is of a source of its own; if they are the same sales, take one of the two imports back".to_owned();
        (self.twins > 0).then(|| Warning { code: "same_elsewhere".to_owned(), message, rows: self.twins, lines: Vec::new() })
    }

    /// That somebody says which system a file comes from whose documents, or days, others know with other lines: what it corrects, or counts besides.
    pub(super) fn said_whose(&self, bound: &Bound) -> Result<(), Error> {
        let Some(most) = self.sources.iter().max_by_key(|(_, parts)| **parts).map(|(source, _)| source) else { return Ok(()) };
        if bound.source_said {
            return Ok(());
        }
        let parts = [(self.documents, "document"), (self.days, "day")].map(|(n, one)| (n > 0).then(|| counted(n, one)));
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let sources: Vec<&str> = self.sources.keys().map(String::as_str).collect();
        let words = format!(
            "Nothing was brought in: {} of this file {} known from {} with other lines, and both would count. If the file corrects them, say where it comes \
             from: write source = \"{most}\" in the mapping, or --source \"{most}\" on the command line, or fill in “It comes from” in the office. If they are others that are \
             numbered alike, give the file a source of its own in the same place.",
            parts.join(" and "),
            if self.documents + self.days == 1 { "is" } else { "are" },
            sources.join(", "),
        );
        Err(Error::rejected("source", "not_said", words))
    }
}
