//! Groups of an answer as rows with a name, a total and a place in a ranking; and the address of the lines behind a mark.

use super::answers::Source;
use super::filters::{By, Key, View};
use domain::Day;
use domain::company::Company;
use domain::cube::{Answer, Dimension};
use domain::measures::Totals;
use domain::money::Currency;

/// A group of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Its label, none for what has no such key.
    pub key: Option<String>,
    /// For people.
    pub name: String,
    /// What it comes to.
    pub totals: Totals,
}

/// The groups of an answer by one dimension, the largest first.
#[must_use]
pub fn ranked(answer: &Answer, dimension: Dimension, by: By) -> Vec<Ranked> {
    let row = |group: &domain::cube::Group| {
        let key = group.keys.first().cloned().flatten();
        let name = key.clone().unwrap_or_else(|| nameless(dimension).to_owned());
        Ranked { key, name, totals: Totals::of(answer, group) }
    };
    let mut rows: Vec<Ranked> = answer.groups.iter().map(row).collect();
    // none is less than any number; whoever is not known is no customer, however much they bought
    let nobody = |row: &Ranked| dimension == Dimension::Customer && row.key.is_none();
    rows.sort_by(|a, b| {
        nobody(a).cmp(&nobody(b)).then_with(|| figure(by, &b.totals).cmp(&figure(by, &a.totals))).then_with(|| a.name.cmp(&b.name))
    });
    rows
}

/// What rankings go by: minor units, or tenths of a percent.
#[must_use]
pub fn figure(by: By, totals: &Totals) -> Option<i64> {
    match by {
        By::Profit => totals.profit,
        By::Sales => Some(totals.net),
        By::Margin => totals.margin(),
        By::Returns => totals.returns_rate(),
    }
}

/// Where a chart draws it.
#[must_use]
pub fn drawn(by: By, value: Option<i64>, currency: Currency) -> Option<f64> {
    match by {
        By::Profit | By::Sales => value.map(|minor| major(minor, currency)),
        By::Margin | By::Returns => value.map(|tenths| tenths as f64 / 10.0),
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
        (_, None) => "unknown".to_owned(),
        (By::Profit | By::Sales, Some(minor)) => currency.whole(minor),
        (By::Margin | By::Returns, Some(tenths)) => domain::measures::percent(tenths),
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

/// The lines behind a mark: of its days, and of the rep, branch, product and client that are kept where they have one identity. A key that lines cannot
/// be narrowed by leaves the days.
#[must_use]
pub fn lines(view: &View, keys: &[Key], days: Option<(Day, Day)>, company: &Company, source: &Source) -> String {
    let (from, to) = days.map_or(view.days, |(from, to)| (view.days.0.max(from), view.days.1.min(to)));
    let mut address = crate::sales::between(from, to);
    for (dimension, label) in view.keys.iter().chain(keys) {
        let Some(label) = label else { continue };
        let found = match dimension {
            Dimension::Rep => one(company.reps.iter().filter(|rep| rep.name == *label).map(|rep| ("rep", rep.id.to_string()))),
            Dimension::Branch => {
                one(company.branches.iter().filter(|branch| branch.name == *label).map(|branch| ("branch", branch.id.to_string())))
            }
            Dimension::Product => source.id(*dimension, label).map(|id| ("product", id)),
            Dimension::Customer => source.id(*dimension, label).map(|id| ("client", id)),
            _ => None,
        };
        if let Some((name, id)) = found {
            address = [&address, "&", name, "=", &id].concat();
        }
    }
    address
}

/// Two of the same name are one group, and no one of them is the lines of it.
fn one<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
