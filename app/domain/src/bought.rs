//! What a client bought, compact enough for a phone: net sales by day, and the products that bring most, of this fiscal year and the last.

use crate::calendar::Day;
use crate::ids::ClientId;
use crate::measures::change;
use crate::targets::budgets::year_later;
use crate::targets::fiscal_start;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Products of a client that are named.
pub const PRODUCTS: usize = 10;

/// A client's purchases since the first day of the last fiscal year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bought {
    /// Net sales by day, minor units, in the order of days; days without sales are missing.
    pub days: Vec<(Day, i64)>,
    /// The products that bring most in either year, at most [`PRODUCTS`], each in the years it was bought in.
    pub products: Vec<BoughtProduct>,
}

/// A product a client bought in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BoughtProduct {
    /// Its name; none for lines that name no product.
    pub name: Option<String>,
    /// The fiscal year's first day.
    pub year: Day,
    /// Net sales, minor units.
    pub net: i64,
}

/// Two figures side by side; absent where nothing was bought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// This fiscal year.
    pub now: Option<i64>,
    /// The last one.
    pub before: Option<i64>,
}

/// Purchases as a card shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// First day of this fiscal year.
    pub from: Day,
    /// Net sales since then up to and with today, beside the same days a year earlier.
    pub so_far: Pair,
    /// By month of the fiscal year: its first day this year, and what was bought in it.
    pub months: Vec<(Day, Pair)>,
    /// Of both whole years: the products that bring most, and all others together last.
    pub products: Vec<(ProductName, Pair)>,
}

/// What stands in the list of products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProductName {
    /// A product.
    Named(String),
    /// Lines that name none.
    Unknown,
    /// All others.
    Others,
}

impl Bought {
    /// From sums by day in order, and sums by product and year: keeps the products that bring most.
    #[must_use]
    pub fn of(days: Vec<(Day, i64)>, all: Vec<BoughtProduct>) -> Self {
        let mut most: BTreeMap<Option<&str>, i64> = BTreeMap::new();
        for product in &all {
            let most = most.entry(product.name.as_deref()).or_insert(i64::MIN);
            *most = (*most).max(product.net);
        }
        let mut names: Vec<(Option<String>, i64)> = most.into_iter().map(|(name, net)| (name.map(str::to_owned), net)).collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        names.truncate(PRODUCTS);
        let mut products: Vec<BoughtProduct> =
            all.into_iter().filter(|product| names.iter().any(|(name, _)| *name == product.name)).collect();
        products.sort_by(|a, b| (a.year, &a.name).cmp(&(b.year, &b.name)));
        Self { days, products }
    }

    /// As a card shows them on a day; none when nothing was bought in either fiscal year.
    #[must_use]
    pub fn analysis(&self, today: Day, fiscal_start_month: u8) -> Option<Analysis> {
        let from = fiscal_start(today, fiscal_start_month);
        let (last, next) = (from.year_before(), year_later(from));
        let within = |from: Day, to: Day| {
            let days = self.days.iter().filter(|(day, _)| from <= *day && *day <= to);
            days.map(|(_, net)| *net).reduce(i64::saturating_add)
        };
        let years = Pair { now: within(from, next.plus(-1)), before: within(last, from.plus(-1)) };
        if years == Pair::default() {
            return None;
        }
        let mut months = Vec::with_capacity(12);
        let mut month = from;
        while month < next {
            let then = month.year_before();
            months.push((month, Pair { now: within(month, month.month_end()), before: within(then, then.month_end()) }));
            month = month.month_end().plus(1);
        }
        let so_far = Pair { now: within(from, today), before: within(last, today.year_before()) };
        Some(Analysis { from, so_far, months, products: self.ranked((from, last), years) })
    }

    fn ranked(&self, (from, last): (Day, Day), years: Pair) -> Vec<(ProductName, Pair)> {
        let mut pairs: BTreeMap<Option<&str>, Pair> = BTreeMap::new();
        for product in &self.products {
            let pair = pairs.entry(product.name.as_deref()).or_default();
            match product.year {
                year if year == from => pair.now = Some(product.net),
                year if year == last => pair.before = Some(product.net),
                _ => {}
            }
        }
        let mut found: Vec<_> = pairs.into_iter().filter(|(_, pair)| *pair != Pair::default()).collect();
        found.sort_by_key(|(_, pair)| std::cmp::Reverse((pair.now, pair.before)));
        let sum = |of: fn(&Pair) -> Option<i64>| found.iter().filter_map(|(_, pair)| of(pair)).fold(0, i64::saturating_add);
        let rest = |all: Option<i64>, named: i64| all.map(|all| all.saturating_sub(named)).filter(|rest| *rest != 0);
        let others = Pair { now: rest(years.now, sum(|pair| pair.now)), before: rest(years.before, sum(|pair| pair.before)) };
        let named = found.iter().map(|(name, pair)| (name.map_or(ProductName::Unknown, |name| ProductName::Named(name.to_owned())), *pair));
        named.chain((others != Pair::default()).then_some((ProductName::Others, others))).collect()
    }
}

impl Pair {
    /// This year against the last in tenths of a percent; none without either.
    #[must_use]
    pub fn change(self) -> Option<i64> {
        change(self.now?, self.before?)
    }
}

/// A client with purchases, as pages carry them; without any when there are none any more.
pub type BoughtBy = (ClientId, Bought);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn product(name: &str, year: &str, net: i64) -> BoughtProduct {
        BoughtProduct { name: Some(name.to_owned()), year: day(year), net }
    }

    #[test]
    fn this_year_stands_beside_the_last_at_the_same_day() {
        let days = [("2025-07-01", 10), ("2025-11-25", 20), ("2025-11-26", 40), ("2026-07-03", 5), ("2026-11-25", 55)];
        let bought = Bought::of(days.map(|(on, net)| (day(on), net)).to_vec(), vec![]);
        let found = bought.analysis(day("2026-11-25"), 7).unwrap();
        assert_eq!((found.from, found.so_far), (day("2026-07-01"), Pair { now: Some(60), before: Some(30) }));
        assert_eq!(found.so_far.change(), Some(1_000));
        assert_eq!(found.months.len(), 12);
        assert_eq!(found.months[4], (day("2026-11-01"), Pair { now: Some(55), before: Some(60) }));
        assert_eq!(found.months[1].1, Pair::default(), "nothing bought is no nought");
        assert_eq!(bought.analysis(day("2029-01-01"), 7), None);
        assert_eq!(found.products, [(ProductName::Others, Pair { now: Some(60), before: Some(70) })]);
    }

    #[test]
    fn the_products_that_bring_most_in_either_year_are_named_in_both() {
        let mut all: Vec<BoughtProduct> = (0..12).map(|n| product(&format!("P{n:02}"), "2026-01-01", 100 + n)).collect();
        all.push(product("P00", "2025-01-01", 900));
        all.push(product("P01", "2025-01-01", 1));
        let days = vec![(day("2025-03-01"), 901), (day("2026-03-01"), (0..12).map(|n| 100 + n).sum())];
        let found = Bought::of(days, all).analysis(day("2026-05-01"), 1).unwrap().products;
        assert_eq!(found.len(), PRODUCTS + 1);
        assert_eq!(found[9], (ProductName::Named("P00".into()), Pair { now: Some(100), before: Some(900) }));
        assert_eq!(found[10], (ProductName::Others, Pair { now: Some(101 + 102), before: Some(1) }));
    }
}
