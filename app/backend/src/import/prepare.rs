//! What is settled about a file before the database is touched: its encoding, its columns, its mapping.

use super::Kind;
use super::judge::{self, Chunk, Judge};
use super::mapping::{Bound, Mapping};
use super::report::{Report, Tally};
use super::rows::{Rows, Shape};
use super::source::{Input, Survey};
use super::tally::Counter;
use domain::Rejections;
use std::sync::Arc;
use tokio::sync::mpsc;

/// A file that can be read, and what its columns mean.
pub(super) struct Prepared {
    /// The mapping, bound to the file's columns.
    pub(super) bound: Arc<Bound>,
    input: Input,
    survey: Survey,
    shape: Shape,
    limit: u64,
}

/// Reads the file once, finds its columns.
pub(super) fn prepare(kind: Kind, input: Input, mapping: Option<Mapping>, limit: u64) -> Result<Prepared, Rejections> {
    let declared = mapping.as_ref().and_then(|m| m.encoding.clone());
    let survey = input.survey(declared.as_deref(), limit)?;
    let joins = mapping.as_ref().map_or(&[][..], |m| &m.join);
    let shape = Shape::find(&input, &survey, joins, limit)?;
    let mapping = mapping.unwrap_or_else(|| Mapping::guess(kind, &shape.names));
    let bound = Arc::new(mapping.bind(kind, &shape.names, kind.code())?);
    Ok(Prepared { bound, input, survey, shape, limit })
}

impl Prepared {
    /// Judges every row; see [`judge::read`].
    pub(super) fn judge(&self, judge: Judge, counter: Counter, out: &mpsc::Sender<Chunk>) -> Result<Counter, Rejections> {
        judge::read(self, judge, counter, out)
    }

    /// The rows below the first line.
    pub(super) fn rows(&self) -> Result<Rows, Rejections> {
        self.shape.open(&self.input, &self.survey, self.limit)
    }

    /// Keeps the file as it came, under its hash.
    pub(super) fn keep(&self, folder: &std::path::Path, sha256: &str) -> std::io::Result<()> {
        super::history::keep(folder, sha256, self.input.raw().map_err(|e| std::io::Error::other(e.to_string()))?)
    }

    /// A report with nothing counted yet.
    pub(super) fn report(&self, kind: Kind, dry_run: bool) -> Report {
        Report {
            id: None,
            kind,
            source: self.bound.source.clone(),
            file_name: self.input.file_name(),
            sha256: self.survey.sha256.iter().map(|b| format!("{b:02x}")).collect(),
            encoding: self.survey.recognised.name().to_owned(),
            seen_before: false,
            dry_run,
            unused_columns: self.bound.unused.clone(),
            reps_added: Vec::new(),
            clients_added: 0,
            products_added: 0,
            money: None,
            tally: Tally::default(),
        }
    }
}
