//! How far budgets are attained: net sales against the budget of the same days, by rep and month and in total. The rule is that of
//! [`ATTAINMENT`](super::ATTAINMENT), the one every page shows.

use super::{RepPlan, Workdays};
use crate::calendar::Day;
use crate::cube::{Answer, Dimension, Metric};
use crate::growth::is_whole;
use crate::measures::hundredths;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A rep's month, or the part of it that was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attained {
    /// By name; none for sales of no rep.
    pub rep: Option<String>,
    /// `YYYY-MM`.
    pub month: String,
    /// Minor units; zero in a month there are sales of when the rep has none, none in a month of which there are no sales yet.
    pub net_sales: Option<i64>,
    /// Of all these days, minor units; none when none is set.
    pub budget: Option<i64>,
    /// Of those up to the last day there are sales of; none when none is set, or none of the days has come.
    pub budget_to_date: Option<i64>,
    /// Net sales ÷ budget to date, in hundredths of a percent.
    pub attainment_basis_points: Option<i64>,
    /// Whether the month is over.
    pub complete: bool,
}

/// All reps and months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attainment {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// By month, then rep.
    pub rows: Vec<Attained>,
    /// Together.
    pub total: Total,
}

/// What all reps and months come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// Minor units; none when nothing was sold.
    pub net_sales: Option<i64>,
    /// The part of them sold by reps in months with a budget, which is what is measured; none when there is no such month.
    pub measured_net_sales: Option<i64>,
    /// Of all days asked about, minor units; none when there is none.
    pub budget: Option<i64>,
    /// Of those up to the last day there are sales of.
    pub budget_to_date: Option<i64>,
    /// Measured net sales ÷ budget to date, in hundredths of a percent.
    pub attainment_basis_points: Option<i64>,
}

/// What there is to know of the days asked about.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// First and last day.
    pub days: (Day, Day),
    /// The last day of which the company knows any sales.
    pub to: Option<Day>,
    /// The company's.
    pub today: Day,
    /// The company's.
    pub workdays: &'a Workdays,
}

/// A month and whose.
type Place = (Day, Option<String>);

#[derive(Default)]
struct Sums {
    net: Option<i64>,
    budget: Option<i64>,
    to_date: Option<i64>,
}

/// Puts sales beside budgets. `sold` has the net sales of the days by rep and month.
#[must_use]
pub fn attainment<'a>(sold: &Answer, plans: impl IntoIterator<Item = &'a RepPlan>, known: Known<'_>) -> Attainment {
    let (from, to) = known.days;
    let mut rows: BTreeMap<Place, Sums> = BTreeMap::new();
    for plan in plans {
        for (month, _) in plan.budgets.iter().filter(|(month, _)| *month <= to && month.month_end() >= from) {
            let days = (from.max(*month), to.min(month.month_end()));
            let so_far = known.to.filter(|to| *to >= days.0).map(|to| (days.0, to.min(days.1)));
            let sums = rows.entry((*month, Some(plan.rep.clone()))).or_default();
            sums.budget = plus(sums.budget, plan.budget(days, known.workdays));
            sums.to_date = plus(sums.to_date, so_far.and_then(|days| plan.budget(days, known.workdays)));
            sums.net = so_far.map(|_| 0);
        }
    }
    for (rep, month, net) in sales(sold) {
        rows.entry((month, rep)).or_default().net = Some(net);
    }
    let mut total = Total::default();
    for sums in rows.values() {
        total.net_sales = plus(total.net_sales, sums.net);
        total.measured_net_sales = plus(total.measured_net_sales, sums.to_date.and(sums.net));
        total.budget = plus(total.budget, sums.budget);
        total.budget_to_date = plus(total.budget_to_date, sums.to_date);
    }
    total.attainment_basis_points = attained(total.measured_net_sales, total.budget_to_date);
    let row = |((month, rep), Sums { net, budget, to_date }): (Place, Sums)| Attained {
        rep,
        month: month.to_string().chars().take(7).collect(),
        net_sales: net,
        budget,
        budget_to_date: to_date,
        attainment_basis_points: attained(net, to_date),
        complete: is_whole(month, known.days, known.today),
    };
    Attainment { from, to, rows: rows.into_iter().map(row).collect(), total }
}

/// What of some sales is measured: those of the reps in the months in which they have a budget. `sold` has net sales by rep and month.
#[must_use]
pub fn measured(sold: &Answer, plans: &[&RepPlan]) -> i64 {
    measured_by_month(sold, plans).values().sum()
}

/// The same of each month, by its first day; months of which nothing is measured are left out.
#[must_use]
pub fn measured_by_month(sold: &Answer, plans: &[&RepPlan]) -> BTreeMap<Day, i64> {
    let mut sums = BTreeMap::new();
    for (rep, month, net) in sales(sold) {
        if plans.iter().any(|plan| Some(&plan.rep) == rep.as_ref() && plan.has_budget(month)) {
            *sums.entry(month).or_default() += net;
        }
    }
    sums
}

fn sales(sold: &Answer) -> impl Iterator<Item = (Option<String>, Day, i64)> + '_ {
    let at =
        sold.metrics.iter().position(|metric| *metric == Metric::NetSales).filter(|_| sold.group_by == [Dimension::Rep, Dimension::Month]);
    sold.groups.iter().filter_map(move |group| {
        let [rep, month] = group.keys.as_slice() else { return None };
        Some((rep.clone(), Day::parse(&[month.as_deref()?, "-01"].concat())?, (*group.figures.get(at?)?)?))
    })
}

fn attained(net: Option<i64>, budget: Option<i64>) -> Option<i64> {
    hundredths(net?, budget?)
}

fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    a.map_or(b, |a| Some(a.saturating_add(b.unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::cube::Group;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn sold(rows: &[(Option<&str>, &str, i64)]) -> Answer {
        let group = |(rep, month, net): &(Option<&str>, &str, i64)| Group {
            keys: vec![rep.map(str::to_owned), Some((*month).to_owned())],
            figures: vec![Some(*net)],
        };
        let groups = rows.iter().map(group).collect();
        Answer { group_by: vec![Dimension::Rep, Dimension::Month], metrics: vec![Metric::NetSales], groups, ..Answer::default() }
    }

    fn plan(rep: &str, budgets: &[(&str, i64)]) -> RepPlan {
        RepPlan { rep: rep.into(), budgets: budgets.iter().map(|(month, minor)| (day(month), *minor)).collect(), ..RepPlan::default() }
    }

    fn known<'a>(days: (&str, &str), to: Option<&str>, workdays: &'a Workdays) -> Known<'a> {
        Known { days: (day(days.0), day(days.1)), to: to.map(day), today: day("2026-02-20"), workdays }
    }

    #[test]
    fn sales_stand_beside_the_budget_of_the_same_rep_and_days() {
        let sold =
            sold(&[(None, "2026-02", 70), (Some("Ann"), "2026-01", 150), (Some("Ann"), "2026-02", 50), (Some("Ben"), "2026-01", 900)]);
        let plans = [
            plan("Ann", &[("2026-01-01", 100), ("2026-02-01", 0), ("2026-04-01", 1_000), ("2025-12-01", 77)]),
            plan("Cid", &[("2026-02-01", 200)]),
        ];
        let week = Workdays::default();
        // February 2026 has 20 working days, 15 of them up to the 20th
        let all = attainment(&sold, &plans, known(("2026-01-01", "2026-04-30"), Some("2026-02-20"), &week));
        let rows: Vec<_> = all
            .rows
            .iter()
            .map(|row| {
                let budgets = (row.budget, row.budget_to_date);
                (row.month.as_str(), row.rep.as_deref(), row.net_sales, budgets, row.attainment_basis_points, row.complete)
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("2026-01", Some("Ann"), Some(150), (Some(100), Some(100)), Some(15_000), true),
                ("2026-01", Some("Ben"), Some(900), (None, None), None, true),
                ("2026-02", None, Some(70), (None, None), None, false),
                ("2026-02", Some("Ann"), Some(50), (Some(0), Some(0)), None, false),
                ("2026-02", Some("Cid"), Some(0), (Some(200), Some(150)), Some(0), false),
                ("2026-04", Some("Ann"), None, (Some(1_000), None), None, false),
            ],
            "a rep who sold nothing attains nothing; a month to come attains no zero"
        );
        let total = Total {
            net_sales: Some(1_170),
            measured_net_sales: Some(200),
            budget: Some(1_300),
            budget_to_date: Some(250),
            attainment_basis_points: Some(8_000),
        };
        assert_eq!(all.total, total, "what is still to come, and what Ben and nobody sold without a budget, is in no attainment");
        assert_eq!(measured(&sold, &plans.iter().collect::<Vec<_>>()), 200, "as the pages say");
    }

    #[test]
    fn a_part_of_a_month_is_measured_by_that_parts_budget() {
        let week = Workdays::default();
        let plans = [plan("Ann", &[("2026-02-01", 2_000)])];
        let asked = known(("2026-02-02", "2026-02-06"), Some("2026-02-20"), &week);
        let part = attainment(&sold(&[(Some("Ann"), "2026-02", 250)]), &plans, asked);
        assert_eq!((part.total.budget, part.total.attainment_basis_points), (Some(500), Some(5_000)), "a week of four");
        let stands = super::super::standing(&[&plans[0]], 250, (asked.days.0, asked.days.1, day("2026-02-28")), &week).unwrap();
        assert_eq!(Some(stands.budget), part.total.budget_to_date, "as the pages say");
    }

    #[test]
    fn without_budgets_or_sales_there_is_no_figure() {
        let nothing = attainment(&sold(&[]), &[], known(("2026-01-01", "2026-01-31"), None, &Workdays::default()));
        assert_eq!((nothing.rows.len(), nothing.total), (0, Total::default()));
    }
}
