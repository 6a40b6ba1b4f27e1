//! The working calendar: how much of a day's work falls on each weekday, public holidays, leave.

use crate::calendar::Day;
use crate::ids::RepId;
use serde::{Deserialize, Serialize};

/// When the company works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workdays {
    /// Weight of each weekday in hundredths of a full day, Monday first; nought is a day off.
    pub weights: [u16; 7],
    /// Days nobody works.
    pub holidays: Vec<Holiday>,
}

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Holiday {
    /// When.
    pub day: Day,
    /// For people.
    pub name: String,
}

/// Days a rep does not work, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Leave {
    /// Who.
    pub rep: RepId,
    /// The first day away.
    pub from: Day,
    /// The last day away.
    pub to: Day,
}

impl Leave {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

impl Default for Workdays {
    /// Monday to Friday alike, no holidays.
    fn default() -> Self {
        Self { weights: [100, 100, 100, 100, 100, 0, 0], holidays: Vec::new() }
    }
}

impl Workdays {
    /// A day's weight for somebody with this leave.
    #[must_use]
    pub fn weight(&self, day: Day, leave: &[Leave]) -> i64 {
        let off = self.holidays.iter().any(|h| h.day == day) || leave.iter().any(|l| l.holds(day));
        if off { 0 } else { self.weights.get(day.weekday()).copied().unwrap_or(0).into() }
    }

    /// The weights from `from` to `to`, both included; nought when `to` is earlier.
    #[must_use]
    pub fn weight_between(&self, from: Day, to: Day, leave: &[Leave]) -> i64 {
        (from.0..=to.0).map(|day| self.weight(Day(day), leave)).sum()
    }

    /// The holiday on a day.
    #[must_use]
    pub fn holiday(&self, day: Day) -> Option<&str> {
        self.holidays.iter().find(|h| h.day == day).map(|h| h.name.as_str())
    }
}
