//! Telling day and month apart by what a whole column says, saying by which line, and asking where it says nothing.

use crate::clean::{self, DayFormat};
use crate::mapping::Mapping;
use crate::mapping::cells::Cells;
use crate::mapping::field::Field;
use crate::opened::Found;
use crate::{Kind, Row};
use domain::Rejections;
use serde::{Deserialize, Serialize};

/// Days in one way only after which a column is taken to write them all so.
const CERTAIN: u32 = 200;

/// Days of a workbook after which no texts are looked for any more.
const MOMENTS: u32 = 20_000;

/// Rows in which a reason is looked for that a format which is said already is right.
const REASONS_IN: u64 = 20_000;

/// How a column is read that might be read otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The field it is for.
    pub field: String,
    /// The column.
    pub column: String,
    /// How its days are written; of a column of numbers none: their point stands before decimals.
    pub format: Option<DayFormat>,
    /// The line that can be read in no other way, and what stands there; none where somebody said so.
    pub because: Option<(u64, String)>,
}

/// What a cell says that can be read in one way only: its line, and its text.
type Proof = Option<(u64, String)>;

/// What the days of a column say so far.
#[derive(Clone, Debug, Default)]
struct Days {
    plain: u32,
    /// Days of a workbook, which say nothing about texts.
    moments: u32,
    /// Years of two digits, of which nobody but a person can tell what stands first.
    short: bool,
    day_first: Proof,
    month_first: Proof,
    /// The format its mapping says.
    said: Option<DayFormat>,
}

impl Days {
    fn see(&mut self, text: &str, line: u64) {
        let ways = clean::ways(text);
        let proof = || Some((line, text.to_owned()));
        match ways.as_slice() {
            [] => self.plain += 1,
            [DayFormat::DayFirst] if self.day_first.is_none() => self.day_first = proof(),
            [DayFormat::MonthFirst] if self.month_first.is_none() => self.month_first = proof(),
            ways => self.short |= ways.iter().any(|way| way.is_short()),
        }
    }

    fn settled(&self, rows: u64) -> bool {
        match self.said {
            Some(DayFormat::DayFirst | DayFormat::MonthFirst) => rows >= REASONS_IN || self.proof().is_some(),
            Some(_) => true,
            None => self.plain >= CERTAIN || self.moments >= MOMENTS || (self.day_first.is_some() && self.month_first.is_some()),
        }
    }

    /// The one way all days can be read in.
    fn format(&self) -> Option<DayFormat> {
        match (self.said, self.plain, self.short, &self.day_first, &self.month_first) {
            (Some(format), ..) => Some(format),
            (None, 0, false, Some(_), None) => Some(DayFormat::DayFirst),
            (None, 0, false, None, Some(_)) => Some(DayFormat::MonthFirst),
            _ => None,
        }
    }

    /// What proves that format.
    fn proof(&self) -> &Proof {
        match self.format() {
            Some(DayFormat::DayFirst) => &self.day_first,
            Some(DayFormat::MonthFirst) => &self.month_first,
            _ => &None,
        }
    }
}

/// Gives columns of days the format their rows leave no doubt about; a column that can be read in two ways keeps none. With it, how every such column is
/// read, and why.
///
/// # Errors
/// A file that cannot be read on.
pub fn days(mut mapping: Mapping, kind: Kind, found: &Found) -> Result<(Mapping, Vec<Reading>), Rejections> {
    let Ok(bound) = mapping.bind(kind, found.names(), kind.code()) else { return Ok((mapping, Vec::new())) };
    let bound = bound.in_zone(found.zone());
    let open = kind.days().iter().filter_map(|name| Some((*name, bound.field(name)?)));
    let mut columns: Vec<(&str, &Field, Days)> =
        open.map(|(name, field)| (name, field, Days { said: field.format, ..Days::default() })).collect();
    let (mut rows, mut row, mut seen) = (found.rows()?, Row::new(), 0);
    while columns.iter().any(|(.., days)| !days.settled(seen)) && rows.next(&mut row)? {
        seen += 1;
        let cells = Cells { row: &row, blanks: &bound.blanks };
        for (_, field, days) in &mut columns {
            let text = field.read(cells).0;
            if field.is_moment(cells) {
                days.moments += 1;
            } else if !text.is_empty() && (!clean::ways(&text).is_empty() || kind.day(&text, None, field.zone.as_deref()).is_ok()) {
                days.see(&text, row.line());
            }
        }
    }
    let readings = columns.iter().filter_map(|(name, field, days)| {
        let (format, because) = (days.format().filter(|format| format.is_open())?, days.proof().clone());
        Some(Reading { field: (*name).to_owned(), column: field.label.clone(), format: Some(format), because })
    });
    let readings: Vec<Reading> = readings.collect();
    for reading in &readings {
        if let Some(spec) = mapping.fields.get_mut(&reading.field) {
            spec.0.format = reading.format;
        }
    }
    Ok((mapping, readings))
}
