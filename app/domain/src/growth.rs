//! Sales month by month beside the month before and the same month a year earlier, for all together or for each branch, rep and so on.

use crate::calendar::Day;
use crate::cube::{Answer, Dimension, Group};
use crate::measures::{Totals, change_basis_points};
use std::collections::HashMap;

/// Definition.
pub const GROWTH: &str =
    "Growth = (net sales − net sales before) ÷ net sales before; empty when there were none, and for a month that is not whole.";

/// A month of sales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown {
    /// Of whom or what, the month left out.
    pub keys: Vec<Option<String>>,
    /// Its first day.
    pub month: Day,
    /// What it comes to.
    pub totals: Totals,
    /// Whether all its days are asked about and over.
    pub whole: bool,
    /// Net sales of the month before; none when there were none.
    pub before: Option<i64>,
    /// Net sales of the same month a year earlier; none when there were none.
    pub year_before: Option<i64>,
}

impl Grown {
    /// Against the month before, in hundredths of a percent.
    #[must_use]
    pub fn growth(&self) -> Option<i64> {
        self.against(self.before)
    }

    /// Against the same month a year earlier, in hundredths of a percent.
    #[must_use]
    pub fn year_growth(&self) -> Option<i64> {
        self.against(self.year_before)
    }

    fn against(&self, before: Option<i64>) -> Option<i64> {
        change_basis_points(self.totals.net, before.filter(|_| self.whole)?)
    }
}

/// The first day to ask from, so that the months of `from` have something to stand beside.
#[must_use]
pub fn first_day(from: Day) -> Day {
    from.month_start().year_before()
}

/// Whether a month is asked about whole, and over.
#[must_use]
pub fn is_whole(month: Day, (from, to): (Day, Day), today: Day) -> bool {
    from <= month.month_start() && month.month_end() <= to && month.month_end() < today
}

/// The months of `now`, an answer over `days`, beside those of `past`, which begins on [`first_day`] and ends with the days. Both have the same keys, the
/// month as their last, and know net sales.
#[must_use]
pub fn months(now: &Answer, past: &Answer, days: (Day, Day), today: Day) -> Vec<Grown> {
    let net: HashMap<(Vec<Option<String>>, Day), i64> =
        rows(past).map(|(keys, month, totals)| ((keys.to_vec(), month), totals.net)).collect();
    let known = |keys: &[Option<String>], month: Day| net.get(&(keys.to_vec(), month)).copied();
    let grown = |(keys, month, totals): (&[Option<String>], Day, Totals)| Grown {
        keys: keys.to_vec(),
        month,
        totals,
        whole: is_whole(month, days, today),
        before: known(keys, month.plus(-1).month_start()),
        year_before: known(keys, month.year_before()),
    };
    rows(now).map(grown).collect()
}

/// Keys, month and totals of an answer whose last key is the month.
fn rows(answer: &Answer) -> impl Iterator<Item = (&[Option<String>], Day, Totals)> {
    let groups: &[Group] = if answer.group_by.last() == Some(&Dimension::Month) { &answer.groups } else { &[] };
    groups.iter().filter_map(|group| {
        let (month, keys) = group.keys.split_last()?;
        Some((keys, Day::parse(&[month.as_deref()?, "-01"].concat())?, Totals::of(answer, group)))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::cube::Metric;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn answer(rows: &[(&str, &str, i64)]) -> Answer {
        let group = |(branch, month, net): &(&str, &str, i64)| Group {
            keys: vec![Some((*branch).to_owned()), Some((*month).to_owned())],
            figures: vec![Some(*net)],
        };
        Answer {
            group_by: vec![Dimension::Branch, Dimension::Month],
            metrics: vec![Metric::NetSales],
            groups: rows.iter().map(group).collect(),
            ..Answer::default()
        }
    }

    #[test]
    fn a_month_stands_beside_its_own_past_and_not_beside_anothers() {
        let now = [("N", "2026-02", 100), ("N", "2026-04", 50), ("S", "2026-02", 300)];
        let past = answer(&[&[("N", "2025-02", 80), ("N", "2026-01", 200)], &now[..]].concat());
        let days = (day("2026-02-01"), day("2026-04-30"));
        let grown = months(&answer(&now), &past, days, day("2026-06-01"));
        let told: Vec<_> = grown.iter().map(|one| (one.month.to_string(), one.totals.net, one.growth(), one.year_growth())).collect();
        assert_eq!(
            told,
            [
                ("2026-02-01".into(), 100, Some(-5_000), Some(2_500)),
                ("2026-04-01".into(), 50, None, None),
                ("2026-02-01".into(), 300, None, None)
            ],
            "March had no sales, and none is not zero"
        );
        assert_eq!(first_day(day("2026-02-14")), day("2025-02-01"));
    }

    #[test]
    fn a_month_that_is_not_whole_does_not_grow() {
        let (now, past) = (answer(&[("N", "2026-02", 100)]), answer(&[("N", "2026-01", 200), ("N", "2026-02", 100)]));
        let growth = |from: &str, to: &str, today: &str| months(&now, &past, (day(from), day(to)), day(today))[0].growth();
        assert_eq!(growth("2026-02-01", "2026-02-28", "2026-03-01"), Some(-5_000));
        assert_eq!(growth("2026-02-02", "2026-02-28", "2026-03-01"), None, "begins later");
        assert_eq!(growth("2026-02-01", "2026-02-27", "2026-03-01"), None, "ends earlier");
        assert_eq!(growth("2026-02-01", "2026-12-31", "2026-02-28"), None, "still under way");
    }
}
