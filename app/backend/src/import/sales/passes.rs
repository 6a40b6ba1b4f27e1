//! Reading a sales file twice, beside the database: first all of it is judged and counted, then what is new is handed over to be written.

use super::judge::{Judged, Part, SalesJudge};
use super::parts::{Parts, Plan, Same, Sum};
use crate::import::THOUSANDTHS;
use crate::import::judge::prints;
use crate::import::said_again::{self, Again};
use crate::import::tally::Counter;
use domain::Rejections;
use domain::decimal::Decimal;
use intake::mapping::cells::Cells;
use intake::{Doubts, Kind, Opened, Reject, Row, reasons, with_nul};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// Lines handed over together.
const CHUNK: usize = 4_000;
/// Notes of what is known already handed over together.
const NOTES: usize = 1_000;
/// Rows whose repeats are counted; later ones are not remembered, so that memory stays bounded.
const ROWS_REMEMBERED: usize = 4_000_000;

/// What the first reading tells.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) parts: Parts,
    /// Parts with a rejected row, and where the first of them begins.
    pub(super) refused: HashMap<Part, u64>,
    /// All lines taken in.
    pub(super) lines: Sum,
    /// The file's own total, from its cells.
    pub(super) file: Decimal,
    /// The part of it in rejected rows.
    pub(super) rejected: Decimal,
    /// Rejected rows whose amount cannot be read.
    pub(super) unreadable: u64,
    /// What rounding each line to the minor unit took away.
    pub(super) rounding: Decimal,
    /// Rows that say the same as an earlier one in every column: kept.
    pub(super) repeated: u64,
}

/// The first reading.
pub(super) fn survey(opened: &Opened, judge: &mut SalesJudge, counter: &mut Counter) -> Result<Survey, Rejections> {
    let mut seen = Survey::default();
    let mut rows: HashSet<u64> = HashSet::new();
    let digits = judge.digits();
    let mut doubts = Doubts::of(Kind::Sales, &opened.bound);
    each(opened, |row, line, other| {
        counter.row();
        let cells = Cells { row, blanks: &opened.bound.blanks };
        let total = judge.fields.total(cells);
        if let Some(total) = total {
            seen.file = seen.file.plus(total).ok_or_else(too_large)?;
        }
        if let Some(reject) = with_nul(line, row) {
            match total {
                Some(total) => seen.rejected = seen.rejected.plus(total).ok_or_else(too_large)?,
                None => seen.unreadable += 1,
            }
            seen.refuse(judge.part(cells), line);
            return counter.reject(vec![reject]);
        }
        if other.is_none() {
            doubts.see(cells);
        }
        let judged = if other.is_none() { judge.judge(cells, line) } else { Err(Rejections::default()) };
        let judged = match judged {
            Ok(judged) => judged,
            Err(bad) => {
                // in a row of another length only a number that stands in its place tells the document
                let part =
                    judge.part(cells).filter(|part| other.is_none() || judge.fields.of_documents() == matches!(part, Part::Document(_)));
                seen.refuse(part, line);
                match total {
                    Some(total) => seen.rejected = seen.rejected.plus(total).ok_or_else(too_large)?,
                    None => seen.unreadable += 1,
                }
                let why = other.map_or_else(|| reasons(&opened.bound, cells, line, bad), |reject| vec![reject]);
                return counter.reject(why);
            }
        };
        if rows.len() < ROWS_REMEMBERED && !rows.insert(prints::of_row(row) as u64) {
            seen.repeated += 1;
        }
        let net = judged.sale.net();
        let lost = judged.exact.plus(Decimal::minor(-net, digits)).and_then(|lost| seen.rounding.plus(lost));
        seen.rounding = lost.ok_or_else(too_large)?;
        let counted = seen.lines.add(judged.print, net);
        let counted = counted.and(seen.parts.entry(judged.part()).or_default().add(judged.print, net));
        counted.ok_or_else(too_large)
    })?;
    // with three decimals in the currency, three behind a point are what they seem
    if digits != THOUSANDTHS {
        doubts.settled(opened.found.names())?;
    }
    Ok(seen)
}

impl Survey {
    /// Notes that a row is refused of this part, if it can be told which.
    fn refuse(&mut self, part: Option<Part>, line: u64) {
        if let Some(part) = part {
            self.refused.entry(part).or_insert(line);
        }
    }
}

/// What is written together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Lines with where their rows begin.
    pub(super) lines: Vec<(u64, Judged)>,
    /// What is known already as the file says it.
    pub(super) again: Vec<Again>,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.lines.len() >= CHUNK || self.again.len() >= NOTES
    }
}

/// Parts that are known already, their lines gathered until all are read.
struct Gathering<'a> {
    unchanged: &'a HashMap<Part, Same>,
    open: HashMap<Part, Vec<(i64, i64)>>,
}

impl Gathering<'_> {
    /// Takes a line in that is known; what is said again once it was the last one of its part. `None` for one that is not known.
    fn take(&mut self, line: u64, judged: &Judged) -> Option<Vec<Again>> {
        let part = judged.part();
        let same = self.unchanged.get(&part)?;
        let Some(owner) = same.owner else { return Some(Vec::new()) };
        let lines = self.open.entry(part.clone()).or_default();
        lines.push((judged.print, i64::try_from(line).unwrap_or(i64::MAX)));
        if i64::try_from(lines.len()).is_ok_and(|read| read < same.lines) {
            return Some(Vec::new());
        }
        Some(said_again::notes(&part, owner, self.open.remove(&part).unwrap_or_default()))
    }
}

/// The second reading: every line that is not known already, with where its row begins, and what is. Ends early when nobody takes them any more.
pub(super) fn hand_over(opened: &Opened, judge: &mut SalesJudge, plan: &Plan, out: &mpsc::Sender<Batch>) -> Result<(), Rejections> {
    let (mut batch, mut gathering) = (Batch::default(), Gathering { unchanged: &plan.unchanged, open: HashMap::new() });
    each(opened, |row, line, other| {
        let cells = Cells { row, blanks: &opened.bound.blanks };
        if other.is_some() || out.is_closed() || with_nul(line, row).is_some() {
            return Ok(());
        }
        if let Ok(judged) = judge.judge(cells, line) {
            match gathering.take(line, &judged) {
                Some(again) => batch.again.extend(again),
                None => batch.lines.push((line, judged)),
            }
        }
        if batch.is_full() {
            // whoever wrote has given up when nobody takes it; that failure is the one to report
            let _ = out.blocking_send(std::mem::take(&mut batch));
        }
        Ok(())
    })?;
    let _ = out.blocking_send(batch);
    Ok(())
}

/// Every row with where it begins and, where its cells cannot be told apart, why.
fn each(opened: &Opened, mut take: impl FnMut(&Row, u64, Option<Reject>) -> Result<(), Rejections>) -> Result<(), Rejections> {
    let (mut rows, mut row) = (opened.rows()?, Row::new());
    while rows.next(&mut row)? {
        take(&row, row.line(), rows.unfit(&row))?;
    }
    Ok(())
}

fn too_large() -> Rejections {
    Rejections::one("file", "too_large", "The file's amounts come to more than can be kept exactly.")
}
