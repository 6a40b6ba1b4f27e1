//! Telling day and month apart by what a whole column says, and asking where it says nothing.

use crate::clean::DayFormat;
use crate::mapping::Mapping;
use crate::mapping::cells::Cells;
use crate::mapping::field::Field;
use crate::opened::Found;
use crate::{Kind, Row};
use domain::Rejections;

/// Days in one way only after which a column is taken to write them all so.
const CERTAIN: u32 = 200;

/// Days of a workbook after which no texts are looked for any more.
const MOMENTS: u32 = 20_000;

/// What the days of a column say so far.
#[derive(Clone, Copy, Debug, Default)]
struct Days {
    plain: u32,
    /// Days of a workbook, which say nothing about texts.
    moments: u32,
    day_first: bool,
    month_first: bool,
}

impl Days {
    fn see(&mut self, kind: Kind, text: &str) {
        if kind.day(text, None).is_ok() {
            self.plain += 1;
        } else {
            let reads = |format| kind.day(text, Some(format)).is_ok();
            let (day, month) = (reads(DayFormat::DayFirst), reads(DayFormat::MonthFirst));
            self.day_first |= day && !month;
            self.month_first |= month && !day;
        }
    }

    fn settled(self) -> bool {
        self.plain >= CERTAIN || self.moments >= MOMENTS || (self.day_first && self.month_first)
    }

    /// The one way all days can be read in.
    fn format(self) -> Option<DayFormat> {
        match (self.plain, self.day_first, self.month_first) {
            (0, true, false) => Some(DayFormat::DayFirst),
            (0, false, true) => Some(DayFormat::MonthFirst),
            _ => None,
        }
    }
}

/// Gives columns of days the format their rows leave no doubt about; a column that can be read in two ways keeps none.
///
/// # Errors
/// A file that cannot be read on.
pub fn days(mut mapping: Mapping, kind: Kind, found: &Found) -> Result<Mapping, Rejections> {
    let open: Vec<&str> =
        kind.days().iter().copied().filter(|name| mapping.fields.get(*name).is_some_and(|spec| spec.0.format.is_none())).collect();
    let Ok(bound) = mapping.bind(kind, found.names(), kind.code()) else { return Ok(mapping) };
    let mut columns: Vec<(&str, &Field, Days)> =
        open.iter().filter_map(|name| Some((*name, bound.field(name)?, Days::default()))).collect();
    let mut rows = found.rows()?;
    let mut row = Row::new();
    while columns.iter().any(|(.., days)| !days.settled()) && rows.next(&mut row)? {
        let cells = Cells { row: &row, blanks: &bound.blanks };
        for (_, field, days) in &mut columns {
            let text = field.read(cells).0;
            if field.is_moment(cells) {
                days.moments += 1;
            } else if !text.is_empty() {
                days.see(kind, &text);
            }
        }
    }
    let formats: Vec<(&str, DayFormat)> = columns.iter().filter_map(|(name, _, days)| Some((*name, days.format()?))).collect();
    for (name, format) in formats {
        if let Some(spec) = mapping.fields.get_mut(name) {
            spec.0.format = Some(format);
        }
    }
    Ok(mapping)
}
