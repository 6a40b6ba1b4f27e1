//! What a file of sales replaces: whether somebody says that it does, the first documents of it in the report, and all of them in a file.

use super::judge::Part;
use super::parts::{Known, Plan, Sum};
use crate::Error;
use crate::import::report::{Replaced, SHOWN, Warning, counted};
use crate::import::tally::harmless;
use domain::decimal::Decimal;
use domain::money::Currency;
use domain::{Day, Rejections};
use intake::mapping::{Bound, Replaces};
use intake::problem;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::PathBuf;

/// Days a document is moved at most by somebody who corrects it; numbers that begin anew, every month or year, move further.
const FAR_DAYS: u32 = 31;
/// The columns of the file.
const HEAD: [&str; 7] = ["document_no", "day_before", "day_now", "lines_before", "net_before", "lines_now", "net_now"];

/// Takes down what is replaced.
pub(super) struct Listing {
    path: Option<PathBuf>,
    digits: u32,
    file: Option<csv::Writer<File>>,
    near: Vec<Replaced>,
    list: List,
}

/// What was taken down.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The first ones, before all others those that moved far.
    pub(super) shown: Vec<Replaced>,
    /// Documents that moved far.
    pub(super) moved: u64,
    /// Their rows.
    rows: u64,
}

/// A part as the file says it: its first day, and its lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) day: Day,
    pub(super) sum: Sum,
}

impl Listing {
    /// All go to `path` where there is one. An earlier file there is replaced.
    pub(super) fn new(path: Option<PathBuf>, digits: u32) -> Self {
        Self { path, digits, file: None, near: Vec::new(), list: List::default() }
    }

    /// Takes down a part.
    pub(super) fn note(&mut self, part: &Part, before: &Known, now: Now) -> Result<(), Rejections> {
        let net = |sum: Sum| Decimal::minor(sum.net, self.digits).written(self.digits);
        let replaced = Replaced {
            document: if let Part::Document(number) = part { Some(number.clone()) } else { None },
            day_before: before.day,
            day_now: now.day,
            lines_before: before.sum.lines.unsigned_abs(),
            net_before: net(before.sum),
            lines_now: now.sum.lines.unsigned_abs(),
            net_now: net(now.sum),
            moved_far: before.day.0.abs_diff(now.day.0) > FAR_DAYS,
        };
        self.write(&replaced).map_err(|e| unwritable(&e))?;
        if replaced.moved_far {
            self.list.moved += 1;
            self.list.rows += replaced.lines_now;
        }
        let shown = if replaced.moved_far { &mut self.list.shown } else { &mut self.near };
        if shown.len() < SHOWN {
            shown.push(replaced);
        }
        Ok(())
    }

    /// All has been taken down.
    pub(super) fn done(mut self) -> Result<List, Rejections> {
        match (&mut self.file, &self.path) {
            (Some(file), _) => file.flush().map_err(|e| unwritable(&e))?,
            (None, Some(path)) => match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(unwritable(&error)),
                _ => {}
            },
            (None, None) => {}
        }
        let left = SHOWN - self.list.shown.len();
        self.list.shown.extend(self.near.into_iter().take(left));
        Ok(self.list)
    }

    fn write(&mut self, row: &Replaced) -> csv::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let mut file = csv::Writer::from_path(path)?;
                file.write_record(HEAD)?;
                none.insert(file)
            }
        };
        let (days, lines) =
            ([row.day_before, row.day_now].map(|day| day.to_string()), [row.lines_before, row.lines_now].map(|n| n.to_string()));
        let number = harmless(row.document.as_deref().unwrap_or_default());
        file.write_record([&*number, &days[0], &days[1], &lines[0], &row.net_before, &lines[1], &row.net_now])
    }
}

impl List {
    /// That documents replace others of long before or after: the same ones, corrected, or numbers that began anew.
    pub(super) fn warning(&self) -> Option<Warning> {
        let (documents, first) = (counted(self.moved, "document"), self.shown.first()?);
        let (whose, they) =
            if self.moved == 1 { ("whose number was", "It replaces that one") } else { ("whose numbers were", "They replace those") };
        let message = format!(
            "in {documents} {whose} known of a day more than {FAR_DAYS} days away ({} of {}, now {}). {they}: if numbers begin anew, as every year, give each \
             year's files a source of their own",
            first.document.as_deref().unwrap_or_default(),
            first.day_before,
            first.day_now,
        );
        (self.moved > 0).then(|| Warning { code: "moved_far".to_owned(), message, rows: self.rows, lines: Vec::new() })
    }
}

/// That somebody says that a file replaces what it would replace: documents by their numbers, and whole days of lines that have none.
pub(super) fn said(bound: &Bound, plan: &Plan, currency: Currency) -> Result<(), Error> {
    let numbered = bound.field("documentNo").is_some();
    let (asked, which, all, way) = match bound.replaces {
        Some(Replaces::Days | Replaces::DocumentsAndDays) => return Ok(()),
        None | Some(Replaces::Documents) => {
            (plan.days, "days with lines that have no document number", "all such lines of these days", "documents_and_days")
        }
        Some(Replaces::Nothing) if !numbered => (plan.days, "days", "all of these days", "days"),
        Some(Replaces::Nothing) if plan.days.parts == 0 => (plan.documents, "documents", "all of these documents", "documents"),
        Some(Replaces::Nothing) => (
            plan.gone(),
            "documents and days",
            "all of these documents, and all lines without a number of these days",
            "documents_and_days",
        ),
    };
    if asked.parts == 0 {
        return Ok(());
    }
    let words = format!(
        "Nothing was brought in: {} of the {which} in this file {} known with other lines, and {} that came to {} {} would go. If the file holds \
         {all}, say so (in a mapping file: replaces = \"{way}\"; on the command line: --replaces {way}).",
        asked.parts,
        if asked.parts == 1 { "is" } else { "are" },
        counted(asked.sum.lines.unsigned_abs(), "line"),
        currency.code(),
        Decimal::minor(asked.sum.net, currency.digits()).written(currency.digits()),
    );
    Err(Error::rejected("replaces", "not_said", words))
}

fn unwritable(error: &dyn std::fmt::Display) -> Rejections {
    problem("replaced", format!("The file of replaced documents cannot be written ({error}): give another path."))
}
