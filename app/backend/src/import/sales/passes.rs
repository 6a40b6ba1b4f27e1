//! Reading a sales file twice, beside the database: first all of it is judged and counted, then what is new is handed over to be written.

use super::entries::{Entry, Place, Rows};
use super::judge::{Judged, Part, SalesJudge, Wrong};
use super::parts::{Plan, Sum, next_of};
use crate::import::THOUSANDTHS;
use crate::import::aside::{Room, Sorted, Sorter};
use crate::import::judge::prints;
use crate::import::said_again::{self, Again};
use crate::import::tally::Counter;
use domain::decimal::Decimal;
use domain::{Day, Rejections};
use intake::mapping::cells::Cells;
use intake::{Doubts, Kind, Opened, Reject, Row, reasons, with_nul};
use tokio::sync::mpsc;

/// Lines handed over together.
const CHUNK: usize = 2_000;
/// Notes of what is known already handed over together.
const NOTES: usize = 1_000;
/// Parts handed over together whose known lines are replaced.
const PARTS: usize = 1_000;

/// What the first reading tells.
pub(super) struct Survey {
    /// Every row whose document or day can be told.
    pub(super) entries: Sorted<Entry>,
    /// Rows that are rejected.
    pub(super) refused: Rows,
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
}

/// The first reading.
pub(super) fn survey(opened: &Opened, judge: &mut SalesJudge, counter: &mut Counter, room: &Room) -> Result<Survey, Rejections> {
    let mut seen = Surveyor { survey: Survey::default(), entries: Sorter::new(room), digits: judge.digits() };
    let mut doubts = Doubts::of(Kind::Sales, &opened.bound);
    each(opened, |row, place, other| {
        counter.row();
        let cells = Cells { row, blanks: &opened.bound.blanks };
        let (total, stays) = (judge.fields.total(cells), judge.stays(place.row)?);
        if let Some(total) = total {
            seen.survey.file = seen.survey.file.plus(total).ok_or_else(too_large)?;
        }
        if let Some(reject) = with_nul(place.line, row) {
            seen.refuse(judge.part(cells), place, total)?;
            return counter.reject(vec![reject]);
        }
        if other.is_none() {
            doubts.see(cells);
        }
        let judged = match (&other, stays) {
            (Some(_), _) => Err(Wrong::Row(Rejections::default())),
            (None, Some(stays)) => Err(judge.refuse(cells, place.line, &stays)),
            (None, None) => judge.judge(cells, place.line),
        };
        match judged {
            Ok(judged) => seen.take(&judged, row, place),
            Err(Wrong::File(wrong)) => Err(wrong),
            Err(Wrong::Row(bad)) => {
                // in a row of another length only a number that stands in its place tells the document
                let told = |part: &Part| other.is_none() || judge.fields.of_documents() == matches!(part, Part::Document(_));
                seen.refuse(judge.part(cells).filter(told), place, total)?;
                counter.reject(other.map_or_else(|| reasons(&opened.bound, cells, place.line, bad), |reject| vec![reject]))
            }
        }
    })?;
    // with three decimals in the currency, three behind a point are what they seem
    if seen.digits != THOUSANDTHS {
        doubts.settled(opened.found.names())?;
    }
    Ok(Survey { entries: seen.entries.sorted()?, ..seen.survey })
}

/// What is noted while a file is read.
struct Surveyor {
    survey: Survey,
    entries: Sorter<Entry>,
    digits: u32,
}

impl Surveyor {
    fn take(&mut self, judged: &Judged, row: &Row, place: Place) -> Result<(), Rejections> {
        let (net, seen) = (judged.sale.net(), &mut self.survey);
        let lost = judged.exact.plus(Decimal::minor(-net, self.digits)).and_then(|lost| seen.rounding.plus(lost));
        seen.rounding = lost.ok_or_else(too_large)?;
        seen.lines.add(judged.print, net).ok_or_else(too_large)?;
        let (cells, day) = (prints::of_row(row) as u64, judged.sale.day);
        self.entries.put(Entry { part: judged.part(), print: Some(judged.print), cells, place, net, day })
    }

    /// Notes that a row is refused, of this part if it can be told which.
    fn refuse(&mut self, part: Option<Part>, place: Place, total: Option<Decimal>) -> Result<(), Rejections> {
        match total {
            Some(total) => self.survey.rejected = self.survey.rejected.plus(total).ok_or_else(too_large)?,
            None => self.survey.unreadable += 1,
        }
        self.survey.refused.add(place.row);
        match part {
            Some(part) => self.entries.put(Entry { part, print: None, cells: 0, place, net: 0, day: Day(0) }),
            None => Ok(()),
        }
    }
}

impl Default for Survey {
    fn default() -> Self {
        let (lines, none) = (Sum::default(), Decimal::default());
        Self { entries: Sorted::none(), refused: Rows::default(), lines, file: none, rejected: none, unreadable: 0, rounding: none }
    }
}

/// What is written together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Lines with where their rows begin.
    pub(super) lines: Vec<(u64, Judged)>,
    /// What is known already as the file says it.
    pub(super) again: Vec<Again>,
    /// What is known otherwise.
    pub(super) replaced: Vec<Part>,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.lines.len() >= CHUNK || self.again.len() >= NOTES || self.replaced.len() >= PARTS
    }

    /// Hands over what is full.
    fn hand_on(&mut self, out: &mpsc::Sender<Self>) {
        if self.is_full() {
            // whoever wrote has given up when nobody takes it; that failure is the one to report
            let _ = out.blocking_send(std::mem::take(self));
        }
    }
}

/// What is known already of the file, part by part: what is said again, with where its lines stand, and what is replaced.
fn hand_over_known(survey: &Survey, plan: &Plan, batch: &mut Batch, out: &mpsc::Sender<Batch>) -> Result<(), Rejections> {
    if plan.unchanged.is_empty() && plan.replacing.is_empty() {
        return Ok(());
    }
    let (mut entries, mut owners) = (survey.entries.read().peekable(), plan.owners.read());
    while let Some(entry) = entries.next().transpose()? {
        if entry.print.is_none() || out.is_closed() {
            continue;
        }
        if plan.replacing.has(entry.place.row) {
            batch.replaced.push(entry.part.clone());
        }
        let same = plan.unchanged.has(entry.place.row);
        let owner = if same { owners.next().transpose()?.and_then(|owner| owner.import) } else { None };
        let (part, mut piece, mut lines) = (entry.part.clone(), 0, Vec::new());
        let mut next = Some(entry);
        while let Some(entry) = next {
            lines.extend(entry.print.zip(i64::try_from(entry.place.line).ok()).filter(|_| owner.is_some()));
            next = next_of(&part, &mut entries)?;
            if let Some(owner) = owner
                && (next.is_none() || lines.len() >= said_again::LINES)
            {
                let again = said_again::notes(&part, owner, std::mem::take(&mut lines)).into_iter();
                batch.again.extend(again.map(|note| Again { piece, ..note }));
                piece += 1;
                batch.hand_on(out);
            }
        }
        batch.hand_on(out);
    }
    Ok(())
}

/// The second reading: what is known already, then every line that is not, with where its row begins. Ends early when nobody takes them any more.
pub(super) fn hand_over(
    opened: &Opened,
    judge: &mut SalesJudge,
    (survey, plan): (&Survey, &Plan),
    out: &mpsc::Sender<Batch>,
) -> Result<(), Rejections> {
    let mut batch = Batch::default();
    hand_over_known(survey, plan, &mut batch, out)?;
    each(opened, |row, place, _| {
        if survey.refused.has(place.row) || plan.unchanged.has(place.row) || out.is_closed() {
            return Ok(());
        }
        let cells = Cells { row, blanks: &opened.bound.blanks };
        match judge.judge(cells, place.line) {
            Ok(judged) => batch.lines.push((place.line, judged)),
            Err(Wrong::File(wrong)) => return Err(wrong),
            Err(Wrong::Row(_)) => {}
        }
        batch.hand_on(out);
        Ok(())
    })?;
    let _ = out.blocking_send(batch);
    Ok(())
}

/// Every row with its place and, where its cells cannot be told apart, why.
fn each(opened: &Opened, mut take: impl FnMut(&Row, Place, Option<Reject>) -> Result<(), Rejections>) -> Result<(), Rejections> {
    let (mut rows, mut record) = (opened.rows()?, Row::new());
    let mut row = 0;
    while rows.next(&mut record)? {
        take(&record, Place { row, line: record.line() }, rows.unfit(&record))?;
        row += 1;
    }
    Ok(())
}

pub(super) fn too_large() -> Rejections {
    Rejections::one("file", "too_large", "The file's amounts come to more than can be kept exactly.")
}
