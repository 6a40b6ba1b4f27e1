//! The same questions answered by a plain fold over the facts, sharing nothing with the engine.

use super::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Default)]
struct Folded {
    gross: i128,
    returns: i128,
    cost: Option<i128>,
    known_net: i128,
    units: i128,
    lines: i128,
    transactions: i128,
    customers: BTreeSet<String>,
}

fn label_of<Id: PartialEq>(entries: &[Entry<Id>], id: Option<Id>) -> Option<String> {
    id.map(|id| entries.iter().find(|entry| entry.id == id).unwrap().label.clone())
}

fn key(entries: &Entries, fact: &Fact, dimension: Dimension) -> Option<String> {
    let product = fact.product.map(|id| entries.products.iter().find(|entry| entry.id == id).unwrap());
    match dimension {
        Dimension::Day => Some(fact.day.to_string()),
        Dimension::Month => Some(fact.day.to_string()[..7].to_owned()),
        Dimension::Year => Some(fact.day.to_string()[..4].to_owned()),
        Dimension::Branch => label_of(&entries.branches, fact.branch),
        Dimension::Rep => label_of(&entries.reps, fact.rep),
        Dimension::ProductLine => product.and_then(|entry| entry.product_line.clone()),
        Dimension::ItemGroup => product.and_then(|entry| entry.item_group.clone()),
        Dimension::Product => product.map(|entry| entry.label.clone()).filter(|label| !label.is_empty()),
        Dimension::Customer => label_of(&entries.customers, fact.customer),
    }
}

fn figure(folded: &Folded, metric: Metric, whole: bool) -> Option<i64> {
    let number = |n: i128| Some(i64::try_from(n).unwrap());
    match metric {
        Metric::GrossRevenue => number(folded.gross),
        Metric::Returns => number(folded.returns),
        Metric::NetSales => number(folded.gross + folded.returns),
        Metric::Cost => folded.cost.and_then(number),
        Metric::GrossProfit => folded.cost.and_then(|cost| number(folded.known_net - cost)),
        Metric::KnownNet => folded.cost.and_then(|_| number(folded.known_net)),
        Metric::Units => number(folded.units),
        Metric::Lines => number(folded.lines),
        Metric::Transactions => {
            if whole {
                number(folded.transactions)
            } else {
                None
            }
        }
        Metric::Customers => number(folded.customers.len() as i128),
    }
}

pub(super) fn seen(fact: &Fact, scope: Scope) -> bool {
    match scope {
        Scope::All => true,
        Scope::Branch(id) => fact.branch == Some(id),
        Scope::Own(id) => fact.rep == Some(id),
        Scope::Nothing => false,
    }
}

/// How many groups there are, and those the slice asks for.
pub(super) fn fold(entries: &Entries, facts: &[Fact], slice: &Slice, scope: Scope) -> (usize, Vec<Group>) {
    let (all, groups) = whole(entries, facts, slice, scope);
    (all[0] as usize, groups)
}

/// What is told of all groups of a ranked slice, and those it asks for.
pub(super) fn whole(entries: &Entries, facts: &[Fact], slice: &Slice, scope: Scope) -> ([i64; 3], Vec<Group>) {
    let mut groups: BTreeMap<Vec<Option<String>>, Folded> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| seen(fact, scope) && slice.from <= fact.day && fact.day <= slice.to) {
        if slice.filters.iter().any(|filter| !filter.labels.contains(&key(entries, fact, filter.dimension))) {
            continue;
        }
        let group = groups.entry(slice.group_by.iter().map(|dimension| key(entries, fact, *dimension)).collect()).or_default();
        group.gross += i128::from(fact.gross);
        group.returns += i128::from(fact.returns);
        if let Some(cost) = fact.cost {
            group.cost = Some(group.cost.unwrap_or(0) + i128::from(cost));
            group.known_net += i128::from(fact.gross) + i128::from(fact.returns);
        }
        group.units += i128::from(fact.units);
        group.lines += i128::from(fact.lines);
        group.transactions += i128::from(fact.transactions);
        group.customers.extend(key(entries, fact, Dimension::Customer));
    }
    // documents are not told apart by product
    let of_products = |dimension: &Dimension| matches!(dimension, Dimension::ProductLine | Dimension::ItemGroup | Dimension::Product);
    let documents = !slice.group_by.iter().chain(slice.filters.iter().map(|filter| &filter.dimension)).any(of_products);
    let mut rows: Vec<_> = groups.into_iter().collect();
    let mut all = [rows.len() as i64, 0, 0];
    if let Some(metric) = slice.order_by {
        let placed = |folded: &Folded| figure(folded, metric, documents).ok_or(folded.gross + folded.returns);
        for (_, folded) in &rows {
            let add = |to: &mut i64, more: i128| *to = to.saturating_add(i64::try_from(more.max(0)).unwrap());
            match placed(folded) {
                Ok(figure) => add(&mut all[1], figure.into()),
                Err(net) => add(&mut all[2], net),
            }
        }
        rows.sort_by_key(|(_, folded)| match placed(folded) {
            Ok(figure) => (0, -i128::from(figure)),
            Err(net) => (1, -net),
        });
    }
    rows.truncate(slice.limit.unwrap_or(usize::MAX));
    let group = |(keys, folded): (Vec<Option<String>>, Folded)| Group {
        keys,
        figures: slice.metrics.iter().map(|metric| figure(&folded, *metric, documents)).collect(),
    };
    (all, rows.into_iter().map(group).collect())
}

/// The labels and days that `scope` sees.
pub(super) fn labels(entries: &Entries, facts: &[Fact], dimension: Dimension, scope: Scope) -> Vec<String> {
    let labels: BTreeSet<String> = facts.iter().filter(|fact| seen(fact, scope)).filter_map(|fact| key(entries, fact, dimension)).collect();
    labels.into_iter().collect()
}

#[test]
fn the_fold_itself_knows_what_four_lines_come_to() {
    let entries = few();
    let line = |gross, returns, cost, customer_at: Option<usize>| Fact {
        day: Day(FIRST),
        branch: Some(branch(0)),
        rep: None,
        product: None,
        customer: customer_at.map(customer),
        lines: 1,
        transactions: i64::from(gross > 10),
        units: 1_000,
        gross,
        returns,
        cost,
    };
    // customers 1 and 2 carry the same label
    let facts = [line(500, 0, Some(300), Some(1)), line(0, -200, None, Some(2)), line(80, 0, Some(-10), None), line(7, 0, None, Some(0))];
    let (_, groups) = fold(&entries, &facts, &Slice::of(Day(FIRST), Day(FIRST), Metric::ALL), Scope::All);
    let figures: HashMap<&str, Option<i64>> = Metric::ALL.iter().map(|metric| metric.code()).zip(groups[0].figures.clone()).collect();
    let expected = [
        ("grossRevenue", 587),
        ("returns", -200),
        ("netSales", 387),
        ("cost", 290),
        ("grossProfit", 290),
        ("units", 4_000),
        ("lines", 4),
        ("customers", 2),
        ("knownNet", 580),
        ("transactions", 2),
    ];
    assert_eq!(figures, expected.map(|(code, figure)| (code, Some(figure))).into());
}
