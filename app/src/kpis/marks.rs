//! Groups of an answer as rows with a name, a total and a place in a ranking; and the address of the lines behind a mark.

use super::filters::{By, Kept, Key, NARROWED, View};
use super::pick::few;
use crate::clients::query::Address;
use domain::Day;
use domain::cube::{Answer, Dimension};
use domain::measures::{Totals, tenths};
use domain::money::Currency;
use domain::order;

/// A group of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Its label, none for what has no such key.
    pub key: Option<String>,
    /// For people.
    pub name: String,
    /// What it comes to.
    pub totals: Totals,
    /// What of it is measured, and by which budget, where it has one.
    pub budget: Option<(i64, i64)>,
}

/// The groups of an answer by one dimension, the largest first; `budget` is that of a label, behind what is measured by it.
#[must_use]
pub fn ranked(answer: &Answer, dimension: Dimension, by: By, budget: impl Fn(&str) -> Option<(i64, i64)>) -> Vec<Ranked> {
    let row = |group: &domain::cube::Group| {
        let key = group.keys.first().cloned().flatten();
        let name = key.clone().unwrap_or_else(|| nameless(dimension).to_owned());
        let budget = key.as_deref().and_then(&budget);
        Ranked { key, name, totals: Totals::of(answer, group), budget }
    };
    let mut rows: Vec<Ranked> = answer.groups.iter().map(row).collect();
    // none is less than any number; whoever is not known is no customer, however much they bought
    let nobody = |row: &Ranked| dimension == Dimension::Customer && row.key.is_none();
    order::sort_by(&mut rows, |a, b| {
        nobody(a).cmp(&nobody(b)).then_with(|| figure(by, b).cmp(&figure(by, a))).then_with(|| a.name.cmp(&b.name))
    });
    rows
}

/// What rankings go by: minor units, or tenths of a percent.
#[must_use]
pub fn figure(by: By, row: &Ranked) -> Option<i64> {
    let totals = &row.totals;
    match by {
        By::Profit => totals.profit,
        By::Sales => Some(totals.net),
        By::Margin => totals.margin(),
        By::Returns => totals.returns_rate(),
        By::Attainment => row.budget.and_then(|(measured, budget)| tenths(measured, budget)),
    }
}

/// Where a chart draws it.
#[must_use]
pub fn drawn(by: By, value: Option<i64>, currency: Currency) -> Option<f64> {
    match by {
        By::Profit | By::Sales => value.map(|minor| major(minor, currency)),
        By::Margin | By::Returns | By::Attainment => value.map(|tenths| tenths as f64 / 10.0),
    }
}

/// An amount in whole units: a place in a chart, no figure.
#[must_use]
pub fn major(minor: i64, currency: Currency) -> f64 {
    minor as f64 / 10_f64.powi(currency.digits() as i32)
}

/// In words.
#[must_use]
pub fn words(by: By, value: Option<i64>, currency: Currency) -> String {
    match (by, value) {
        (By::Attainment, None) => "no budget set".to_owned(),
        (_, None) => "unknown".to_owned(),
        (By::Profit | By::Sales, Some(minor)) => currency.whole(minor),
        (By::Margin | By::Returns | By::Attainment, Some(tenths)) => domain::measures::percent(tenths),
    }
}

/// What stands for facts without a key.
#[must_use]
pub const fn nameless(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Branch => "No branch",
        Dimension::Rep => "No salesperson",
        Dimension::ProductLine => "No product line",
        Dimension::ItemGroup => "No item group",
        Dimension::Product => "Unknown product",
        Dimension::Customer => "Unknown customer",
        Dimension::Day | Dimension::Month | Dimension::Year => "",
    }
}

/// Values kept, in words.
#[must_use]
pub fn named((dimension, labels): &Kept) -> String {
    let name = NARROWED.iter().find(|(one, ..)| one == dimension).map_or("", |(_, name, _)| name);
    [name, ": ", &called(*dimension, labels)].concat()
}

/// Labels, in words.
#[must_use]
pub fn called(dimension: Dimension, labels: &[Option<String>]) -> String {
    let names: Vec<String> = labels.iter().map(|label| label.clone().unwrap_or_else(|| nameless(dimension).to_owned())).collect();
    few(&names)
}

/// The lines behind a mark: exactly those that its figure is made of.
#[must_use]
pub fn lines(view: &View, keys: &[Key], days: Option<(Day, Day)>) -> String {
    let view = view.within(keys, days);
    let mut address = Address::new(crate::sales::PATH);
    address.add("from", &view.days.0.to_string());
    address.add("to", &view.days.1.to_string());
    for (key, labels) in view.filters() {
        for label in labels {
            address.add("only", &crate::sales::only(&key, label.as_deref()));
        }
    }
    address.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cube::Dimension;

    #[test]
    fn lines_behind_a_mark_are_narrowed_by_all_that_narrows_it() {
        let view = View {
            days: (Day(0), Day(59)),
            end: Day(59),
            keys: vec![(Dimension::Rep, vec![Some("Ann".into()), Some("Ben".into())])],
            segment: Some("Retail".into()),
            by: By::Sales,
        };
        let found = lines(&view, &[(Dimension::ProductLine, None)], Some((Day(31), Day(89))));
        let only = "&only=productLine&only=rep%3AAnn&only=rep%3ABen&only=segment%3ARetail";
        assert_eq!(found, ["/office/sales?from=1970-02-01&to=1970-03-01", only].concat());
    }
}
