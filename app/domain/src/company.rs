//! The company's own settings: its name, clock, policy, people. Shipped to every client, so that rules give the same answer there.

mod settings;

pub use settings::{SettingsDraft, Settled};

use crate::calendar::{Day, Instant, Zone};
use crate::ids::{BranchId, RepId};
use crate::lights::Policy;
use crate::money::Currency;
use crate::people::{Branch, Rep};
use crate::targets::Workdays;
use serde::{Deserialize, Serialize};

/// Everything a rule may ask about the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// For people.
    pub name: String,
    /// Business days are counted here.
    pub zone: Zone,
    /// Amounts without another currency.
    pub currency: Currency,
    /// Month in which the fiscal year starts, 1–12.
    pub fiscal_start_month: u8,
    /// When visits are due, what they are called.
    pub policy: Policy,
    /// When the company works. Phones are told with the facts of their figures.
    #[serde(skip)]
    pub workdays: Workdays,
    /// All reps, also former ones, by name.
    pub reps: Vec<Rep>,
    /// All branches, by name.
    pub branches: Vec<Branch>,
    /// Demonstration data: said on every screen.
    pub demo: bool,
    /// The app runs as of this day instead of the calendar's.
    pub as_of: Option<Day>,
}

impl Company {
    /// The instant the app works with, given the machine's: with `as_of`, the same local time on that day.
    #[must_use]
    pub fn now(&self, machine: Instant) -> Instant {
        self.as_of.map_or(machine, |day| {
            let into_day = (machine.0 + self.zone.offset_ms(machine)).rem_euclid(crate::calendar::DAY_MS);
            Instant(self.zone.at(day, 0).0 + into_day)
        })
    }

    /// The business day, given the machine's instant.
    #[must_use]
    pub fn today(&self, machine: Instant) -> Day {
        self.zone.day_of(self.now(machine))
    }

    /// A rep's name.
    #[must_use]
    pub fn rep_name(&self, id: RepId) -> Option<&str> {
        self.reps.iter().find(|r| r.id == id).map(|r| r.name.as_str())
    }

    /// A branch's name.
    #[must_use]
    pub fn branch_name(&self, id: BranchId) -> Option<&str> {
        self.branches.iter().find(|b| b.id == id).map(|b| b.name.as_str())
    }
}
