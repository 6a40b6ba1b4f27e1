//! What a split compares: a figure, now and in other days. Parameters of its own room, in the address beside the filters.

use crate::kpis::period::{before, year_before};
use domain::Day;
use domain::movement::Measure;

/// What a period is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// As many days directly before.
    #[default]
    Before,
    /// The same days a year earlier.
    YearBefore,
}

impl Against {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Before, Self::YearBefore];

    const fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::YearBefore => "year",
        }
    }

    /// For people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Before => "The days before",
            Self::YearBefore => "A year earlier",
        }
    }

    /// For people, behind a change.
    #[must_use]
    pub const fn on(self) -> &'static str {
        match self {
            Self::Before => "on the days before",
            Self::YearBefore => "on a year earlier",
        }
    }

    /// The days that some are compared with.
    #[must_use]
    pub fn days(self, days: (Day, Day)) -> (Day, Day) {
        match self {
            Self::Before => before(days),
            Self::YearBefore => year_before(days),
        }
    }
}

/// The two figures that are split.
pub const MEASURES: [Measure; 2] = [Measure::NetSales, Measure::GrossProfit];

/// What is split, and against which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The figure.
    pub measure: Measure,
    /// The days.
    pub against: Against,
}

impl Default for Compared {
    fn default() -> Self {
        Self { measure: Measure::NetSales, against: Against::Before }
    }
}

impl Compared {
    /// From the parameters of an address; what they do not say is as usual.
    pub fn read(param: impl Fn(&str) -> Option<String>) -> Self {
        let (measure, against) = (param("measure").unwrap_or_default(), param("against").unwrap_or_default());
        Self {
            measure: MEASURES.into_iter().find(|one| one.metric().code() == measure).unwrap_or(Measure::NetSales),
            against: Against::ALL.into_iter().find(|one| one.code() == against).unwrap_or_default(),
        }
    }

    /// As an address has them.
    #[must_use]
    pub fn pairs(self) -> [(&'static str, &'static str); 2] {
        [("measure", self.measure.metric().code()), ("against", self.against.code())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::filters::Filters;

    #[test]
    fn what_is_compared_stands_in_the_address_of_its_room_and_in_no_other() {
        let param = |name: &str| match name {
            "measure" => vec!["grossProfit".to_owned()],
            "against" => vec!["year".to_owned()],
            _ => vec![],
        };
        let filters = Filters::read(param);
        assert_eq!(filters.address("why"), "/kpis/why?measure=grossProfit&against=year");
        assert_eq!(filters.address("people"), "/kpis/people");
        assert_eq!(Compared::read(|_| Some("luck".to_owned())), Compared::default());
    }
}
