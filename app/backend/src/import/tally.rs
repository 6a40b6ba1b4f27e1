//! Keeps count while rows are judged, and writes every row that was not taken in to the file of rejects.

use super::progress::Progress;
use super::report::{Repeat, SHOWN, Tally, Warning};
use domain::Rejections;
pub(crate) use intake::harmless;
use intake::{Reject, problem};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// Lines a warning names.
const LINES: usize = 5;

/// Why a client was kept without a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeless {
    /// Nothing stands there.
    Empty,
    /// 0/0, which is what systems write that know nothing.
    Zero,
    /// Outside the globe.
    OutOfRange,
    /// Not numbers.
    NotNumbers,
}

impl Placeless {
    fn words(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Zero => "zero",
            Self::OutOfRange => "out of range",
            Self::NotNumbers => "not numbers",
        }
    }
}

/// What is worth knowing about a row that is taken in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// No usable coordinates.
    NoPosition,
    /// Nobody owns it.
    NoOwner,
    /// It was known from another source.
    FilledIn,
    /// A field was empty and its default taken.
    Default(String),
    /// Something stood in a field, but nothing of use.
    Unusable(String),
    /// An amount has more decimals than the currency.
    Rounded(String),
    /// An opportunity with something that is told and not guessed.
    Opportunity(Untold),
}

/// What an opportunity lacks, or says of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untold {
    /// It names nobody it is for.
    NoAccount,
    /// It names somebody who is no client.
    NoClient,
    /// It names several.
    SeveralClients,
    /// It names no product that is known.
    NoProduct,
    /// Nobody works on it.
    NoRep,
    /// It has no day of beginning.
    NoBeginning,
    /// It is closed and has no day of that.
    NoEnd,
    /// It is open and has a day of closing.
    EndOfOpen,
    /// It is won and has no value.
    NoValue,
}

impl Untold {
    fn code(self) -> &'static str {
        match self {
            Self::NoAccount => "no_account",
            Self::NoClient => "no_client",
            Self::SeveralClients => "several_clients",
            Self::NoProduct => "no_product",
            Self::NoRep => "no_rep",
            Self::NoBeginning => "no_beginning",
            Self::NoEnd => "no_end",
            Self::EndOfOpen => "end_of_open",
            Self::NoValue => "no_value",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::NoAccount => "without an account: kept, they belong to no client",
            Self::NoClient => "with an account that is no client here: kept by its name, they belong to no client",
            Self::SeveralClients => "with an account several clients are called by: kept by its name, they belong to no client",
            Self::NoProduct => "with a product that is none here by its code or name: kept as it is written",
            Self::NoRep => "that nobody works on: only those see them who see everything",
            Self::NoBeginning => "without a day of beginning: in figures of all days only",
            Self::NoEnd => "won or lost without a day: left out of how long they took",
            Self::EndOfOpen => "open with a day of closing: the day was left out",
            Self::NoValue => "won without a value: it is unknown, not zero",
        }
    }
}

impl Notice {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPosition => "no_position",
            Self::NoOwner => "no_owner",
            Self::FilledIn => "filled_in",
            Self::Default(_) => "default",
            Self::Unusable(_) => "unusable",
            Self::Rounded(_) => "rounded",
            Self::Opportunity(what) => what.code(),
        }
    }
}

/// Counts, and the file of rejects once there is something to write.
pub struct Counter {
    tally: Tally,
    notices: BTreeMap<Notice, (u64, Vec<u64>)>,
    placeless: BTreeMap<Placeless, u64>,
    path: Option<PathBuf>,
    progress: Option<Arc<Progress>>,
    file: Option<csv::Writer<File>>,
}

impl Counter {
    /// Nothing counted yet; rejects go to `path` when there is one.
    #[must_use]
    pub fn new(path: Option<PathBuf>) -> Self {
        Self { tally: Tally::default(), notices: BTreeMap::new(), placeless: BTreeMap::new(), path, progress: None, file: None }
    }

    /// With somebody who watches.
    #[must_use]
    pub fn watched(self, progress: Option<Arc<Progress>>) -> Self {
        Self { progress, ..self }
    }

    /// Counts a row that was read.
    pub fn row(&mut self) {
        self.tally.rows += 1;
        self.progress.iter().for_each(|progress| progress.row());
    }

    /// The counts.
    pub fn counts(&mut self) -> &mut Tally {
        &mut self.tally
    }

    /// Notes something about a row that is taken in.
    pub fn note(&mut self, line: u64, notice: Notice) {
        let (rows, lines) = self.notices.entry(notice).or_default();
        *rows += 1;
        if lines.len() < LINES {
            lines.push(line);
        }
    }

    /// Notes a row without a place.
    pub fn placeless(&mut self, line: u64, why: Placeless) {
        *self.placeless.entry(why).or_default() += 1;
        self.note(line, Notice::NoPosition);
    }

    /// Counts a row that is not taken in, for one reason or several.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn reject(&mut self, reasons: Vec<Reject>) -> Result<(), Rejections> {
        self.tally.rejected += 1;
        for reason in reasons {
            self.write([&reason.line.to_string(), "rejected", &reason.column, &reason.value, &reason.reason])?;
            if self.tally.rejects.len() < SHOWN {
                self.tally.rejects.push(reason);
            }
        }
        Ok(())
    }

    /// Counts a row that an earlier one makes superfluous.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn repeat(&mut self, repeat: Repeat) -> Result<(), Rejections> {
        self.tally.duplicates += 1;
        let how = if repeat.identical { "the same in every column" } else { "other columns differ, the first was kept" };
        let reason = format!("Repeats line {}: {how}.", repeat.first_line);
        self.write([&repeat.line.to_string(), "duplicate", "", &repeat.key, &reason])?;
        if self.tally.repeats.len() < SHOWN {
            self.tally.repeats.push(repeat);
        }
        Ok(())
    }

    /// The counts with their warnings, the file of rejects closed.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn finish(mut self) -> Result<Tally, Rejections> {
        if let Some(mut file) = self.file.take() {
            file.flush().map_err(|e| unwritable(&e))?;
        }
        let places: Vec<String> = self.placeless.iter().map(|(why, n)| format!("{n} {}", why.words())).collect();
        let warnings = self.notices.iter().map(|(notice, (rows, lines))| Warning {
            code: notice.code().to_owned(),
            message: words(notice, &places.join(", ")),
            rows: *rows,
            lines: lines.clone(),
        });
        self.tally.warnings = warnings.collect();
        Ok(self.tally)
    }

    fn write(&mut self, cells: [&str; 5]) -> Result<(), Rejections> {
        let Some(path) = &self.path else { return Ok(()) };
        if self.file.is_none() {
            let mut file = csv::Writer::from_path(path).map_err(|e| unwritable(&e))?;
            file.write_record(["line", "what", "column", "value", "reason"]).map_err(|e| unwritable(&e))?;
            self.file = Some(file);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_record(cells.map(|cell| harmless(cell).into_owned())).map_err(|e| unwritable(&e))
    }
}

/// Lists lines that keep a file from being brought in at all.
///
/// # Errors
/// When the file of rejects cannot be written.
pub(super) fn list<'a>(path: Option<PathBuf>, lines: impl Iterator<Item = &'a Reject>) -> Result<(), Rejections> {
    let mut counter = Counter::new(path);
    for line in lines {
        counter.reject(vec![line.clone()])?;
    }
    counter.finish().map(drop)
}

fn words(notice: &Notice, places: &str) -> String {
    match notice {
        Notice::NoPosition => format!("without usable coordinates ({places}): kept without a place"),
        Notice::NoOwner => "with nobody to own them: assign them, or say who under [owner] in the mapping".into(),
        Notice::FilledIn => "of clients that were known already, from sales or another source: filled in, none added".into(),
        Notice::Default(field) => format!("with nothing for {field}: the mapping's default was taken"),
        Notice::Unusable(field) => format!("with nothing of use for {field}: left empty"),
        Notice::Opportunity(what) => what.words().into(),
        Notice::Rounded(field) => format!("with more decimals in {field} than the currency has: rounded"),
    }
}

fn unwritable(error: &dyn std::fmt::Display) -> Rejections {
    problem("rejects", format!("The file of rejects cannot be written ({error}): give another path."))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_written_as_text_and_numbers_as_numbers() {
        for (cell, want) in [("=1+1", "'=1+1"), ("+254 722", "'+254 722"), ("-1.29", "-1.29"), ("@x", "'@x"), ("Mutua", "Mutua")] {
            assert_eq!(harmless(cell), want);
        }
    }
}
