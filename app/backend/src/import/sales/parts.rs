//! Documents, and days without documents, by what their lines come to: whether a file says of one what is known of it already.

use super::alike::Alike;
use super::entries::{Entry, HeldRow, Owner, Rows};
use super::judge::Part;
use super::passes::too_large;
use super::replaced::{List, Listing, Now};
use crate::Error;
use crate::import::aside::{Merged, Room, Sorted, Sorter};
use domain::ids::ImportId;
use domain::{Day, Rejections};
use std::collections::BTreeMap;
use std::iter::Peekable;

/// Parts asked about together.
const AT_A_TIME: usize = 200;

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

/// A part that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) sum: Sum,
    /// The import with whose lines it is; none where it is made of lines of several.
    pub(crate) owner: Option<ImportId>,
    /// The first day of its lines.
    pub(crate) day: Day,
}

impl Known {
    /// Takes in what another import has of the part.
    pub(crate) fn join(&mut self, other: Self) {
        self.sum.join(other.sum);
        self.owner = None;
        self.day = self.day.min(other.day);
    }
}

/// Parts whose known lines go.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gone {
    /// How many.
    pub(super) parts: u64,
    /// The lines that go with them, and what they came to.
    pub(super) sum: Sum,
}

/// A part as a source knows it.
#[derive(Debug)]
pub(crate) struct OfSource {
    pub(crate) part: Part,
    pub(crate) known: Known,
    pub(crate) source: String,
}

/// Where a file comes from.
#[derive(Clone, Debug)]
pub(super) struct Whence {
    pub(super) source: String,
    /// Whether somebody says so.
    pub(super) said: bool,
}

/// What becomes of the parts of a file.
pub(super) struct Plan {
    /// Rows of parts that are known as the file says them: no lines are written.
    pub(super) unchanged: Rows,
    /// Whose lines those parts are.
    pub(super) owners: Sorted<Owner>,
    /// Lines that are unchanged, and what they come to.
    pub(super) same: Sum,
    /// A row each of parts that are known otherwise: what is known is replaced.
    pub(super) replacing: Rows,
    /// The documents among those.
    pub(super) documents: Gone,
    /// The days.
    pub(super) days: Gone,
    /// The first of them.
    pub(super) replaced: List,
    /// Rows that could be read of parts of which one could not be: nothing of these is taken in.
    pub(super) held: Sorted<HeldRow>,
    /// Parts that are known from another source as well.
    pub(super) alike: Alike,
    /// How many parts have lines.
    pub(super) parts: u64,
    /// Rows that say the same as an earlier one in every column: kept.
    pub(super) repeated: u64,
    /// The version of the sales it was made by: it holds as long as no import is published or taken back.
    pub(super) settled: i64,
}

impl Plan {
    /// All that goes.
    pub(super) fn gone(&self) -> Gone {
        let mut sum = self.documents.sum;
        sum.join(self.days.sum);
        Gone { parts: self.documents.parts + self.days.parts, sum }
    }
}

/// A part as the file says it.
struct Said {
    part: Part,
    sum: Sum,
    /// The first day of its lines.
    day: Day,
    /// Where the first row begins that is refused.
    refused: Option<u64>,
}

/// What becomes of a part.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// Its lines are new.
    New,
    Unchanged(Option<ImportId>),
    Replaces(Known),
    /// A row of it is refused, on this line; whether something is known of it.
    Held(u64, bool),
}

/// Holds what a file says against what is `known` of the parts it asks for. Of a file that does not say where it comes from the very same lines under
/// another source are the same sales: an export that is brought in again. Another document of that number is another till's, or the same one corrected:
/// only a person can tell, and has told where the source is said.
pub(super) fn plan(
    entries: &Sorted<Entry>,
    whence: &Whence,
    (room, settled): (&Room, i64),
    listing: Listing,
    mut known: impl FnMut(&[Part]) -> Result<Vec<OfSource>, Error>,
) -> Result<Plan, Error> {
    let mut planner = Planner::new(room, listing);
    let (mut ahead, mut behind) = (entries.read().peekable(), entries.read().peekable());
    loop {
        let mut said = Vec::with_capacity(AT_A_TIME);
        while said.len() < AT_A_TIME
            && let Some(next) = planner.sum_up(&mut ahead)?
        {
            said.push(next);
        }
        if said.is_empty() {
            return planner.plan(settled);
        }
        let parts: Vec<Part> = said.iter().map(|one| one.part.clone()).collect();
        let mut of_sources: BTreeMap<Part, Vec<OfSource>> = BTreeMap::new();
        for one in known(&parts)? {
            of_sources.entry(one.part.clone()).or_default().push(one);
        }
        for one in &said {
            let fate = planner.fate(one, of_sources.get(&one.part).map_or(&[], Vec::as_slice), whence);
            planner.carry(one, fate, &mut behind)?;
        }
    }
}

struct Planner {
    owners: Sorter<Owner>,
    held: Sorter<HeldRow>,
    listing: Listing,
    nth: u64,
    plan: Plan,
}

impl Planner {
    fn new(room: &Room, listing: Listing) -> Self {
        let none = Plan {
            unchanged: Rows::default(),
            owners: Sorted::none(),
            same: Sum::default(),
            replacing: Rows::default(),
            documents: Gone::default(),
            days: Gone::default(),
            replaced: List::default(),
            held: Sorted::none(),
            alike: Alike::default(),
            parts: 0,
            repeated: 0,
            settled: 0,
        };
        Self { owners: Sorter::new(room), held: Sorter::new(room), listing, nth: 0, plan: none }
    }

    /// What the next part comes to.
    fn sum_up(&mut self, entries: &mut Peekable<Merged<Entry>>) -> Result<Option<Said>, Rejections> {
        let Some(first) = entries.peek().and_then(|entry| entry.as_ref().ok()) else {
            return entries.next().transpose().map(|_| None);
        };
        let mut said = Said { part: first.part.clone(), sum: Sum::default(), day: Day(i32::MAX), refused: None };
        let mut before = None;
        while let Some(entry) = next_of(&said.part, entries)? {
            let Some(print) = entry.print else {
                said.refused = Some(said.refused.map_or(entry.place.line, |first| first.min(entry.place.line)));
                continue;
            };
            // the sum of all lines has been counted before
            said.sum.add(print, entry.net).ok_or_else(too_large)?;
            said.day = said.day.min(entry.day);
            self.plan.repeated += u64::from(before.replace((print, entry.cells)) == Some((print, entry.cells)));
        }
        self.plan.parts += u64::from(said.sum.lines > 0);
        Ok(Some(said))
    }

    fn fate(&mut self, said: &Said, known: &[OfSource], whence: &Whence) -> Fate {
        let own = known.iter().find(|one| one.source == whence.source);
        let twin = known.iter().find(|one| one.source != whence.source && one.known.sum == said.sum);
        match (own, said.refused, twin) {
            (Some(before), ..) if before.known.sum == said.sum => Fate::Unchanged(before.known.owner),
            (None, _, Some(same)) if !whence.said => Fate::Unchanged(same.known.owner),
            (Some(_), Some(first), _) => Fate::Held(first, true),
            // of a day that is new every line stands for itself, a document is whole or wrong
            (None, Some(first), _) if matches!(said.part, Part::Document(_)) => Fate::Held(first, false),
            (Some(before), None, _) => Fate::Replaces(before.known),
            (None, ..) => {
                self.plan.alike.note(&said.part, said.sum, known);
                Fate::New
            }
        }
    }

    /// Notes the rows of a part by what becomes of it.
    fn carry(&mut self, said: &Said, fate: Fate, entries: &mut Peekable<Merged<Entry>>) -> Result<(), Rejections> {
        let (mut taken, plan) = (0_u64, &mut self.plan);
        while let Some(entry) = next_of(&said.part, entries)? {
            if entry.print.is_none() {
                continue;
            }
            match fate {
                Fate::Unchanged(_) => plan.unchanged.add(entry.place.row),
                Fate::Replaces(_) if taken == 0 => plan.replacing.add(entry.place.row),
                Fate::Held(first, known) => self.held.put(HeldRow { row: entry.place.row, first, known })?,
                Fate::New | Fate::Replaces(_) => {}
            }
            taken += 1;
        }
        match fate {
            _ if taken == 0 => {}
            Fate::Unchanged(import) => {
                plan.same.join(said.sum);
                self.owners.put(Owner { nth: self.nth, import })?;
                self.nth += 1;
            }
            Fate::Replaces(before) => {
                let gone = if matches!(said.part, Part::Document(_)) { &mut plan.documents } else { &mut plan.days };
                gone.parts += 1;
                gone.sum.join(before.sum);
                self.listing.note(&said.part, &before, Now { day: said.day, sum: said.sum })?;
            }
            Fate::New | Fate::Held(..) => {}
        }
        Ok(())
    }

    fn plan(self, settled: i64) -> Result<Plan, Error> {
        Ok(Plan { owners: self.owners.sorted()?, held: self.held.sorted()?, replaced: self.listing.done()?, settled, ..self.plan })
    }
}

/// The next row of a part.
pub(super) fn next_of(part: &Part, entries: &mut Peekable<Merged<Entry>>) -> Result<Option<Entry>, Rejections> {
    entries.next_if(|entry| entry.as_ref().map_or(true, |entry| entry.part == *part)).transpose()
}
