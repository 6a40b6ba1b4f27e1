//! Periods that have a name, and the ones a period is compared with.

use domain::Day;
use domain::targets::budgets::year_later;
use domain::targets::fiscal_start;

/// A period by its name: as long as it is chosen, it moves on with the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Since the first of the month.
    Month,
    /// The whole month before.
    LastMonth,
    /// Since the quarter of the fiscal year began.
    Quarter,
    /// The whole quarter before.
    LastQuarter,
    /// Since the fiscal year began.
    FiscalYear,
    /// The whole fiscal year before.
    LastFiscalYear,
    /// Twelve whole months up to the last day of this one.
    TwelveMonths,
    /// All there is.
    All,
}

impl Period {
    /// Every one, in the order of the list.
    pub const ALL: [Self; 8] = [
        Self::Month,
        Self::LastMonth,
        Self::Quarter,
        Self::LastQuarter,
        Self::FiscalYear,
        Self::LastFiscalYear,
        Self::TwelveMonths,
        Self::All,
    ];

    /// As in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::LastMonth => "last-month",
            Self::Quarter => "quarter",
            Self::LastQuarter => "last-quarter",
            Self::FiscalYear => "fiscal-year",
            Self::LastFiscalYear => "last-fiscal-year",
            Self::TwelveMonths => "12-months",
            Self::All => "all",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// For people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Month => "This month",
            Self::LastMonth => "Last month",
            Self::Quarter => "This fiscal quarter",
            Self::LastQuarter => "Last fiscal quarter",
            Self::FiscalYear => "This fiscal year",
            Self::LastFiscalYear => "Last fiscal year",
            Self::TwelveMonths => "Last 12 months",
            Self::All => "All data",
        }
    }

    /// Its days, seen from `today`; the fiscal year begins in month `start`. None is for all there is.
    #[must_use]
    pub fn days(self, today: Day, start: u8) -> Option<(Day, Day)> {
        let month = today.month_start();
        Some(match self {
            Self::Month => (month, today),
            Self::LastMonth => (month.plus(-1).month_start(), month.plus(-1)),
            Self::Quarter => (quarter(today, start), today),
            Self::LastQuarter => {
                let end = quarter(today, start).plus(-1);
                (quarter(end, start), end)
            }
            Self::FiscalYear => (fiscal_start(today, start), today),
            Self::LastFiscalYear => {
                let end = fiscal_start(today, start).plus(-1);
                (fiscal_start(end, start), end)
            }
            Self::TwelveMonths => (month.plus(40).month_start().year_before(), today),
            Self::All => return None,
        })
    }
}

impl Period {
    /// The end of what is not over yet, seen from `today`.
    #[must_use]
    pub fn end(self, today: Day, start: u8) -> Option<Day> {
        match self {
            Self::Month | Self::TwelveMonths => Some(today.month_end()),
            Self::Quarter => Some((0..2).fold(quarter(today, start).month_end(), |end, _| end.plus(1).month_end())),
            Self::FiscalYear => Some(year_later(fiscal_start(today, start)).plus(-1)),
            Self::LastMonth | Self::LastQuarter | Self::LastFiscalYear | Self::All => None,
        }
    }
}

fn quarter(today: Day, start: u8) -> Day {
    let mut begins = today.month_start();
    let months = |day: Day| (day.civil().1 + 12 - u32::from(start)) % 3;
    while months(begins) != 0 {
        begins = begins.plus(-1).month_start();
    }
    begins
}

/// As many days directly before.
#[must_use]
pub fn before((from, to): (Day, Day)) -> (Day, Day) {
    // whole months are compared with as many whole months
    if from == from.month_start() && to == to.month_end() {
        let mut begins = from;
        let mut on = from;
        while on <= to {
            (begins, on) = (begins.plus(-1).month_start(), on.month_end().plus(1));
        }
        return (begins, from.plus(-1));
    }
    (from.plus(from.since(to) - 1), from.plus(-1))
}

/// The same days a year earlier.
#[must_use]
pub fn year_before((from, to): (Day, Day)) -> (Day, Day) {
    let end = if to == to.month_end() { to.month_start().year_before().month_end() } else { to.year_before() };
    (from.year_before(), end)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_period_with_a_name_moves_on_with_the_day() {
        let today = day("2026-11-25");
        let days = |period: Period, start| period.days(today, start).map(|(from, to)| format!("{from} {to}")).unwrap_or_default();
        assert_eq!(days(Period::Month, 1), "2026-11-01 2026-11-25");
        assert_eq!(days(Period::LastMonth, 1), "2026-10-01 2026-10-31");
        assert_eq!(days(Period::Quarter, 1), "2026-10-01 2026-11-25");
        assert_eq!(days(Period::Quarter, 2), "2026-11-01 2026-11-25");
        assert_eq!(days(Period::FiscalYear, 7), "2026-07-01 2026-11-25");
        assert_eq!(days(Period::LastFiscalYear, 7), "2025-07-01 2026-06-30");
        assert_eq!(days(Period::TwelveMonths, 7), "2025-12-01 2026-11-25");
        assert_eq!(days(Period::LastQuarter, 2), "2026-08-01 2026-10-31");
        assert_eq!(days(Period::All, 1), "");
        let end = |period: Period, start| period.end(today, start).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!((end(Period::Month, 1), end(Period::Quarter, 2)), ("2026-11-30".into(), "2027-01-31".into()));
        assert_eq!((end(Period::FiscalYear, 7), end(Period::LastMonth, 7)), ("2027-06-30".into(), String::new()));
        assert!(Period::ALL.iter().all(|period| Period::parse(period.code()) == Some(*period)));
    }

    #[test]
    fn a_period_is_compared_with_as_many_days_before_and_the_same_days_a_year_earlier() {
        let days = |(from, to): (Day, Day)| format!("{from} {to}");
        assert_eq!(days(before((day("2026-11-01"), day("2026-11-25")))), "2026-10-07 2026-10-31");
        assert_eq!(
            days(before((day("2026-10-01"), day("2026-10-31")))),
            "2026-09-01 2026-09-30",
            "a whole month with the whole one before"
        );
        assert_eq!(days(before((day("2026-01-01"), day("2026-06-30")))), "2025-07-01 2025-12-31");
        assert_eq!(days(year_before((day("2025-02-01"), day("2025-02-28")))), "2024-02-01 2024-02-29");
        assert_eq!(days(year_before((day("2026-07-01"), day("2026-11-25")))), "2025-07-01 2025-11-25");
    }
}
