//! How far budgets are attained: net sales against the budget of each rep and month, and in total.

use crate::calendar::Day;
use crate::cube::{Answer, Dimension, Metric};
use crate::growth::is_whole;
use crate::measures::hundredths;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Definition.
pub const ATTAINMENT: &str = "Attainment = net sales ÷ budget of the same rep and month; empty without a budget.";

/// A rep's month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attained {
    /// By name; none for sales of no rep.
    pub rep: Option<String>,
    /// `YYYY-MM`.
    pub month: String,
    /// Minor units; zero in a month there are sales of when the rep has none, none in a month of which there are no sales yet.
    pub net_sales: Option<i64>,
    /// Minor units; none when none is set.
    pub budget: Option<i64>,
    /// Net sales ÷ budget, in hundredths of a percent.
    pub attainment_basis_points: Option<i64>,
    /// Whether the month is over.
    pub complete: bool,
}

/// All reps and months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attainment {
    /// First day of the first month.
    pub from: Day,
    /// Last day of the last month.
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
    /// Of months with a budget alone: what the attainment is of.
    pub budgeted_net_sales: Option<i64>,
    /// Budgets of months there are sales of, minor units; none when there is none.
    pub budget: Option<i64>,
    /// Budgeted net sales ÷ budget, in hundredths of a percent.
    pub attainment_basis_points: Option<i64>,
}

/// A budget: whose, by name, the month's first day, minor units.
pub type Budget = (String, Day, i64);

/// A month and whose.
type Place = (Day, Option<String>);
/// Net sales and budget.
type Sums = (Option<i64>, Option<i64>);

/// Puts sales beside budgets. `sold` has net sales by rep and month of whole months from `days.0` to `days.1`; `known_to` is the last day of which the
/// company knows any sales.
#[must_use]
pub fn attainment(sold: &Answer, budgets: &[Budget], days: (Day, Day), known_to: Option<Day>, today: Day) -> Attainment {
    let mut rows: BTreeMap<Place, Sums> = BTreeMap::new();
    for (rep, month, minor) in budgets.iter().filter(|(_, month, _)| days.0 <= *month && *month <= days.1) {
        let known = known_to.is_some_and(|to| *month <= to);
        let (net, budget) = rows.entry((*month, Some(rep.clone()))).or_default();
        *budget = Some(budget.unwrap_or(0).saturating_add(*minor));
        *net = known.then_some(0);
    }
    for (rep, month, net) in sales(sold) {
        rows.entry((month, rep)).or_default().0 = Some(net);
    }
    let mut total = Total::default();
    for (net, budget) in rows.values() {
        total.net_sales = plus(total.net_sales, *net);
        if let (Some(net), Some(budget)) = (net, budget) {
            total.budgeted_net_sales = plus(total.budgeted_net_sales, Some(*net));
            total.budget = plus(total.budget, Some(*budget));
        }
    }
    total.attainment_basis_points = attained(total.budgeted_net_sales, total.budget);
    let row = |((month, rep), (net_sales, budget)): (Place, Sums)| Attained {
        rep,
        month: month.to_string().chars().take(7).collect(),
        net_sales,
        budget,
        attainment_basis_points: attained(net_sales, budget),
        complete: is_whole(month, days, today),
    };
    Attainment { from: days.0, to: days.1, rows: rows.into_iter().map(row).collect(), total }
}

fn sales(sold: &Answer) -> impl Iterator<Item = (Option<String>, Day, i64)> + '_ {
    let at =
        sold.metrics.iter().position(|metric| *metric == Metric::NetSales).filter(|_| sold.group_by == [Dimension::Rep, Dimension::Month]);
    sold.groups.iter().filter_map(move |group| {
        let [rep, month] = group.keys.as_slice() else { return None };
        Some((rep.clone(), Day::parse(&format!("{}-01", month.as_deref()?))?, (*group.figures.get(at?)?)?))
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
        Answer { group_by: vec![Dimension::Rep, Dimension::Month], metrics: vec![Metric::NetSales], groups }
    }

    #[test]
    fn sales_stand_beside_the_budget_of_the_same_rep_and_month() {
        let sold =
            sold(&[(None, "2026-02", 70), (Some("Ann"), "2026-01", 150), (Some("Ann"), "2026-02", 50), (Some("Ben"), "2026-01", 900)]);
        let budget = |rep: &str, month: &str, minor| (rep.to_owned(), day(month), minor);
        let budgets = [
            budget("Ann", "2026-01-01", 100),
            budget("Ann", "2026-02-01", 0),
            budget("Cid", "2026-02-01", 200),
            budget("Ann", "2026-04-01", 1_000),
            budget("Ann", "2025-12-01", 77),
        ];
        let days = (day("2026-01-01"), day("2026-04-30"));
        let all = attainment(&sold, &budgets, days, Some(day("2026-03-05")), day("2026-02-20"));
        let rows: Vec<_> = all
            .rows
            .iter()
            .map(|row| (row.month.as_str(), row.rep.as_deref(), row.net_sales, row.budget, row.attainment_basis_points, row.complete))
            .collect();
        assert_eq!(
            rows,
            [
                ("2026-01", Some("Ann"), Some(150), Some(100), Some(15_000), true),
                ("2026-01", Some("Ben"), Some(900), None, None, true),
                ("2026-02", None, Some(70), None, None, false),
                ("2026-02", Some("Ann"), Some(50), Some(0), None, false),
                ("2026-02", Some("Cid"), Some(0), Some(200), Some(0), false),
                ("2026-04", Some("Ann"), None, Some(1_000), None, false),
            ],
            "a rep who sold nothing attains nothing; a month to come attains no zero"
        );
        let total =
            Total { net_sales: Some(1_170), budgeted_net_sales: Some(200), budget: Some(300), attainment_basis_points: Some(6_667) };
        assert_eq!(all.total, total, "whoever has no budget is in no attainment, and a month to come is in none");
    }

    #[test]
    fn without_budgets_or_sales_there_is_no_figure() {
        let nothing = attainment(&sold(&[]), &[], (day("2026-01-01"), day("2026-01-31")), None, day("2026-02-01"));
        assert_eq!((nothing.rows.len(), nothing.total), (0, Total::default()));
    }
}
