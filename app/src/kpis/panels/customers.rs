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
        .chain(before.iter().filter(|(name, _)| !now.contains_key(*name)).map(|(name, net)| (2, *name, None, Some(*net))))
        .collect();
    order::sort_by_key(&mut customers, |(status, _, now, before)| (*status, std::cmp::Reverse(now.or(*before))));
    let count = |status: usize| customers.iter().filter(|(one, ..)| *one == status).count();
    let counts = [count(0), count(1), count(2)];
    let names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let values: Vec<Option<f64>> = counts.iter().map(|count| Some(*count as f64)).collect();
    let option = ranking(&Ranking { says: seen.panel.title, names: &names, values: &values, faded: &[], scale: Scale::Count });
    let mark = |(name, count): (&&str, usize)| Mark {
        name: (*name).to_owned(),
        words: [&Cell::count(count as i64).words, " customers"].concat(),
        keys: vec![],
        days: None,
    };
    let row = |(at, (status, name, now, before)): (usize, Standing<'_>)| Row {
        mark: None,
        lines: (at < 200).then(|| {
            // what a lost customer is known by lies a year back
            let days = if now.is_none() { year_before(seen.view.days) } else { seen.view.days };
            lines(&seen.view.over(days), &[(Dimension::Customer, Some(name.to_owned()))], None)
        }),
        why: (at < 200).then(|| {
            let view = seen.view.within(&[(Dimension::Customer, Some(name.to_owned()))], None);
            why(seen.filters, &view, Compared { against: Against::YearBefore, ..Compared::default() })
        }),
        cells: vec![
            Cell::name(name),
            Cell::name(NAMES.get(status).copied().unwrap_or_default()),
            Cell::money(now, currency),
            Cell::money(before, currency),
        ],
    };
    let marks = NAMES.iter().zip(counts).map(mark).collect();
    let rows = if seen.tabled { customers.into_iter().enumerate().map(row).collect() } else { vec![] };
    Ok(Picture { option, marks, table: Table { heads: vec!["Customer", "Status", "Net sales", "A year earlier"], rows } })
}
