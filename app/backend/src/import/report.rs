//! What an import did and did not do: every row of the file is new, changed, unchanged, rejected or a duplicate, and the sum is the file.

mod words;

use super::Listed;
use domain::Day;
use domain::ids::ImportId;
use intake::{Kind, Opened, Reject, SheetRead};
use serde::Serialize;

/// Rejected and repeated rows a report shows itself; all of them go to the file of rejects.
pub const SHOWN: usize = 20;

/// What became of a file.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The import, under which its rows are marked; none when nothing was written.
    pub id: Option<ImportId>,
    /// What was brought in.
    pub kind: Kind,
    /// The system the rows come from.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of the file as it is, in hexadecimal.
    pub sha256: String,
    /// How it was read: `UTF-8`, `windows-1252`.
    pub encoding: String,
    /// Of a workbook, which sheet was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<SheetRead>,
    /// The line that names the columns, where it is not the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// Whether the same file was brought in before.
    pub seen_before: bool,
    /// Only judged, nothing written.
    pub dry_run: bool,
    /// Columns of the file that no field is made of.
    pub unused_columns: Vec<String>,
    /// Reps that were added.
    pub reps_added: Vec<String>,
    /// Clients that were added with sales.
    pub clients_added: u64,
    /// Products that were added.
    pub products_added: u64,
    /// The money, held against the file; none where rows hold no money.
    pub money: Option<Money>,
    /// The rows, counted.
    #[serde(flatten)]
    pub tally: Tally,
}

/// The money of a file, in whole currency with its decimals: file = brought in + unchanged + rejected + rounding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    /// ISO 4217.
    pub currency: String,
    /// The file's total, added up exactly from its cells.
    pub file: String,
    /// What the lines that were written come to, counted again in the database.
    pub brought_in: String,
    /// What the lines come to that were there as the file says them.
    pub unchanged: String,
    /// What stands in rejected rows.
    pub rejected: String,
    /// What rounding every line to the minor unit took away.
    pub rounding: String,
    /// Rejected rows whose amount cannot be read, so that no total holds it.
    pub unreadable: u64,
    /// Rows that say the same as an earlier one in every column; each counts.
    pub repeated: u64,
    /// Documents, or days without documents.
    pub parts: u64,
    /// Those that were known with other lines, which are replaced.
    pub replaced: u64,
    /// Lines that were known of those, and go.
    pub replaced_lines: u64,
    /// What these lines came to.
    pub replaced_net: String,
    /// The first of those, before all others documents that moved far.
    pub replaced_parts: Vec<Replaced>,
    /// Documents that replace one of a day long before or after.
    pub moved_far: u64,
}

/// A document, or the lines of a day that have none, with other lines than were known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replaced {
    /// The document's number; none of lines without.
    pub document: Option<String>,
    /// The first day of what was known.
    pub day_before: Day,
    /// The first day of what the file says.
    pub day_now: Day,
    /// Lines that were known.
    pub lines_before: u64,
    /// What they came to, in whole currency with its decimals.
    pub net_before: String,
    /// Lines the file has.
    pub lines_now: u64,
    /// What they come to.
    pub net_now: String,
    /// Whether it moved further than a correction would.
    pub moved_far: bool,
}

/// The rows of a file, counted by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Rows below the first line.
    pub rows: u64,
    /// Records that were not there.
    pub new: u64,
    /// Records the file says something else about than it did before.
    pub changed: u64,
    /// Records that stand as the file says, or as they were changed here since.
    pub unchanged: u64,
    /// Rows that could not be taken in.
    pub rejected: u64,
    /// Rows that say again what an earlier one said.
    pub duplicates: u64,
    /// Why rows were rejected: the first ones.
    pub rejects: Vec<Reject>,
    /// Which rows were repeated: the first ones.
    pub repeats: Vec<Repeat>,
    /// What is worth knowing about rows that were taken in.
    pub warnings: Vec<Warning>,
}

/// A row that an earlier one makes superfluous.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Repeat {
    /// Where the row begins.
    pub line: u64,
    /// Where the first one of its kind does.
    pub first_line: u64,
    /// Its id in the source.
    pub key: String,
    /// Whether it says the same in every column.
    pub identical: bool,
}

/// Something worth knowing about rows that were taken in all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub message: String,
    /// How many rows.
    pub rows: u64,
    /// Where the first of them begin.
    pub lines: Vec<u64>,
}

impl Report {
    /// Of a file, with nothing counted yet.
    #[must_use]
    pub(super) fn of(opened: &Opened, kind: Kind, dry_run: bool) -> Self {
        Self {
            id: None,
            kind,
            source: opened.bound.source.clone(),
            file_name: opened.found.file_name(),
            sha256: opened.found.sha256(),
            encoding: opened.found.encoding().name().to_owned(),
            sheet: opened.found.sheet().cloned(),
            header_row: opened.found.header_row().filter(|line| *line > 1),
            seen_before: false,
            dry_run,
            unused_columns: opened.bound.unused.clone(),
            reps_added: Vec::new(),
            clients_added: 0,
            products_added: 0,
            money: None,
            tally: Tally::default(),
        }
    }

    /// Of lines that were made here, not read from a file.
    #[must_use]
    pub(super) fn made(id: ImportId, source: &str, rows: u64) -> Self {
        Self {
            id: Some(id),
            kind: Kind::Sales,
            source: source.to_owned(),
            file_name: source.to_owned(),
            sha256: source.to_owned(),
            encoding: String::new(),
            sheet: None,
            header_row: None,
            seen_before: false,
            dry_run: false,
            unused_columns: Vec::new(),
            reps_added: Vec::new(),
            clients_added: 0,
            products_added: 0,
            money: None,
            tally: Tally { rows, new: rows, ..Tally::default() },
        }
    }
}

impl Report {
    /// What is listed of it in files of their own.
    #[must_use]
    pub fn lists(&self) -> Vec<Listed> {
        let rejects = (self.tally.rejected + self.tally.duplicates > 0).then_some(Listed::Rejects);
        let replaced = self.money.as_ref().is_some_and(|money| money.replaced > 0).then_some(Listed::Replaced);
        rejects.into_iter().chain(replaced).collect()
    }
}

impl Tally {
    /// Rows that stand in the database as the file says, or as they were changed here since.
    #[must_use]
    pub fn accepted(&self) -> u64 {
        self.new + self.changed + self.unchanged
    }

    /// What became of the rows that stand, told apart.
    #[must_use]
    pub fn headline(&self) -> String {
        headline(self.new, self.changed, self.unchanged)
    }

    /// Whether nothing stands of a file in which rows were refused.
    #[must_use]
    pub fn none_taken(&self) -> bool {
        self.rejected > 0 && self.accepted() == 0
    }

    /// Whether every row is accounted for once.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.rows == self.accepted() + self.rejected + self.duplicates
    }
}

/// What became of rows that stand, told apart: `12 new, 3 changed, 40 unchanged`.
#[must_use]
pub fn headline(new: u64, changed: u64, unchanged: u64) -> String {
    let counts = [(new, "new"), (changed, "changed"), (unchanged, "unchanged")];
    let told: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if told.is_empty() { "nothing taken in".to_owned() } else { told.join(", ") }
}

/// `1 row`, `2 rows`.
#[must_use]
pub fn counted(n: u64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
