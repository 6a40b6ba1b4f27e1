//! Documents, and days without documents, by what their lines come to: whether a file says of one what is known of it already.

use super::judge::Part;
use domain::ids::ImportId;
use std::collections::{BTreeMap, HashMap};

/// The lines of a part, in a form in which the same lines in another order are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) lines: i64,
    /// Σ of the fingerprints' lower 31 bits.
    pub(crate) low: i64,
    /// Σ of their upper 31 bits.
    pub(crate) high: i64,
    /// Net sales.
    pub(crate) net: i64,
}

impl Sum {
    /// Takes a line in. `None` when the amounts come to more than can be counted.
    pub(crate) fn add(&mut self, print: i64, net: i64) -> Option<()> {
        self.net = self.net.checked_add(net)?;
        self.lines += 1;
        self.low += print & 0x7fff_ffff;
        self.high += print >> 31;
        Some(())
    }

    fn join(&mut self, other: Self) {
        self.lines += other.lines;
        self.low += other.low;
        self.high += other.high;
        self.net += other.net;
    }
}

/// Parts of a file by their sums.
pub(super) type Parts = HashMap<Part, Sum>;

/// A part that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) sum: Sum,
    /// The import with whose lines it is; none where it is made of lines of several.
    pub(crate) owner: Option<ImportId>,
}

impl Known {
    /// Takes in what another import has of the part.
    pub(crate) fn join(&mut self, other: Self) {
        self.sum.join(other.sum);
        self.owner = None;
    }
}

/// A part that another source knows.
pub(crate) struct Elsewhere {
    pub(crate) part: Part,
    pub(crate) known: Known,
    pub(crate) source: String,
}

/// A part that is known as the file says it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Same {
    pub(super) lines: i64,
    pub(super) owner: Option<ImportId>,
}

/// Parts that other sources know with other lines.
#[derive(Debug, Default)]
pub(super) struct Alike {
    pub(super) documents: u64,
    pub(super) days: u64,
    /// Lines of the documents.
    pub(super) lines: u64,
    /// How many of them each source knows.
    pub(super) sources: BTreeMap<String, u64>,
}

/// What becomes of the parts of a file.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Parts that are known as the file says them: no lines are written.
    pub(super) unchanged: HashMap<Part, Same>,
    /// Parts that are known otherwise: what is known is replaced.
    pub(super) replaced: Vec<Part>,
    /// The lines that go with them, and what they came to.
    pub(super) gone: Sum,
    /// Parts that are known otherwise and have a refused row, with where the first begins: what is known stays.
    pub(super) held: HashMap<Part, u64>,
    /// Lines that are unchanged, and what they come to.
    pub(super) same: Sum,
    /// Parts that are known from another source with other lines.
    pub(super) alike: Alike,
    /// The version of the sales it was made by: it holds as long as no import is published or taken back.
    pub(super) settled: i64,
}

impl Plan {
    fn keep(&mut self, part: &Part, sum: &Sum, owner: Option<ImportId>) {
        self.same.lines += sum.lines;
        self.same.net += sum.net;
        self.unchanged.insert(part.clone(), Same { lines: sum.lines, owner });
    }

    fn replace(&mut self, part: &Part, before: &Sum) {
        self.gone.lines += before.lines;
        self.gone.net += before.net;
        self.replaced.push(part.clone());
    }

    fn alike(&mut self, part: &Part, sum: &Sum, others: &[&Elsewhere]) {
        match part {
            Part::Document(_) => {
                self.alike.documents += 1;
                self.alike.lines += u64::try_from(sum.lines).unwrap_or_default();
            }
            Part::Day(_) => self.alike.days += 1,
        }
        others.iter().for_each(|other| *self.alike.sources.entry(other.source.clone()).or_default() += 1);
    }
}

/// Holds what a file says, and where parts of it have `refused` rows, against what is known of its source, and `elsewhere`. The very same lines under another source are the same sales: an export
/// that is brought in again. Another document of that number is another till's, or the same one corrected: only a person can tell.
pub(super) fn plan(file: &Parts, refused: &HashMap<Part, u64>, known: &HashMap<Part, Known>, elsewhere: &[Elsewhere]) -> Plan {
    let mut plan = Plan::default();
    let mut others: HashMap<&Part, Vec<&Elsewhere>> = HashMap::new();
    elsewhere.iter().for_each(|other| others.entry(&other.part).or_default().push(other));
    for (part, sum) in file {
        match (known.get(part), others.get(part)) {
            (Some(before), _) if before.sum == *sum => plan.keep(part, sum, before.owner),
            (Some(before), _) => match refused.get(part) {
                Some(first) => drop(plan.held.insert(part.clone(), *first)),
                None => plan.replace(part, &before.sum),
            },
            (None, Some(others)) => match others.iter().find(|other| other.known.sum == *sum) {
                Some(same) => plan.keep(part, sum, same.known.owner),
                None => plan.alike(part, sum, others),
            },
            (None, None) => {}
        }
    }
    plan.replaced.sort();
    plan
}
