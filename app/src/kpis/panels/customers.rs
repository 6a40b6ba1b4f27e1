//! Customers who came, stayed and left, against the same days a year earlier.

use crate::charts::{Ranking, Scale, ranking};
use crate::kpis::marks::lines;
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::period::year_before;
use crate::kpis::table::{Cell, Row, Table};
use crate::kpis::why::{Against, Compared, address as why};
use domain::cube::{Answer, Dimension, Metric, SliceDraft};
use domain::order;
use std::collections::BTreeMap;

/// A customer: which of [`NAMES`], the name, net sales now and a year earlier.
type Standing<'a> = (usize, &'a str, Option<i64>, Option<i64>);

const NAMES: [&str; 3] = ["New", "Kept", "Lost"];
/// The last of them.
const LOST: usize = 2;
/// Rows that can be pressed and lead to their lines.
const LINKED: usize = 200;

/// Customers now and a year earlier.
pub fn ask(seen: &Seen<'_>) -> Vec<SliceDraft> {
    let slice = |days| seen.view.over(days).slice(&[Dimension::Customer], &[Metric::NetSales]);
    vec![slice(seen.view.days), slice(year_before(seen.view.days))]
}

fn net(answer: &Answer) -> BTreeMap<&str, i64> {
    answer.groups.iter().filter_map(|group| Some((group.keys.first()?.as_deref()?, (*group.figures.first()?)?))).collect()
}

/// How many of each, and who they are in the table.
pub fn draw(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let (now, before) = (net(answers.first().ok_or(NONE)?), net(answers.get(1).ok_or(NONE)?));
    if seen.data.is_none_or(|(first, _)| first > year_before(seen.view.days).0) {
        return Err("There are no sales of the same days a year earlier to compare with");
    }
    if now.is_empty() && before.is_empty() {
        return Err(NONE);
    }
    let currency = seen.company.currency;
    let mut customers: Vec<(usize, &str, Option<i64>, Option<i64>)> = now
        .iter()
        .map(|(name, net)| (usize::from(before.contains_key(name)), *name, Some(*net), before.get(name).copied()))
        .chain(before.iter().filter(|(name, _)| !now.contains_key(*name)).map(|(name, net)| (LOST, *name, None, Some(*net))))
        .collect();
    order::sort_by_key(&mut customers, |(status, _, now, before)| (*status, std::cmp::Reverse(now.or(*before))));
    let count = |status: usize| customers.iter().filter(|(one, ..)| *one == status).count();
    let names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let values: Vec<Option<f64>> = (0..NAMES.len()).map(|status| Some(count(status) as f64)).collect();
    let key = |name: &str| (Dimension::Customer, Some(name.to_owned()));
    // what lost customers are known by lies a year back
    let days = |status: usize| (status == LOST).then(|| year_before(seen.view.days));
    let mark = |status: usize, name: &str| Mark {
        name: name.to_owned(),
        words: [Cell::count(count(status) as i64).words.as_str(), if count(status) == 1 { " customer" } else { " customers" }].concat(),
        keys: customers.iter().filter(|(one, ..)| *one == status).map(|(_, name, ..)| key(name)).collect(),
        days: days(status).filter(|_| count(status) > 0),
    };
    let marks: Vec<Mark> = NAMES.iter().enumerate().map(|(status, name)| mark(status, name)).collect();
    let faded: Vec<bool> = marks.iter().map(|mark| seen.picked.is_some() && !seen.is_picked(&mark.keys, mark.days)).collect();
    let option = ranking(&Ranking { says: seen.panel.title, names: &names, values: &values, faded: &faded, scale: Scale::Count });
    let linked = if seen.tabled { customers.get(..LINKED).unwrap_or(&customers) } else { &[] };
    let more = linked.iter().map(|(status, name, ..)| Mark {
        name: (*name).to_owned(),
        words: String::new(),
        keys: vec![key(name)],
        days: days(*status),
    });
    let more = more.collect();
    let row = |(at, (status, name, now, before)): (usize, Standing<'_>)| Row {
        mark: (at < LINKED).then(|| (NAMES.len() + at, seen.is_picked(&[key(name)], days(status)))),
        lines: (at < LINKED).then(|| lines(&seen.view.over(days(status).unwrap_or(seen.view.days)), &[key(name)], None)),
        why: (at < LINKED).then(|| {
            let view = seen.view.within(&[key(name)], None);
            why(seen.filters, &view, Compared { against: Against::YearBefore, ..Compared::default() })
        }),
        cells: vec![
            Cell::name(name),
            Cell::name(NAMES.get(status).copied().unwrap_or_default()),
            Cell::money(now, currency),
            Cell::money(before, currency),
        ],
    };
    let rows = if seen.tabled { customers.iter().copied().enumerate().map(row).collect() } else { vec![] };
    Ok(Picture {
        option,
        marks,
        more,
        table: Table { heads: vec!["Customer", "Status", "Net sales", "A year earlier"], rows },
        ..Picture::default()
    })
}
