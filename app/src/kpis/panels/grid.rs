//! Branches against product lines, and side by side over time.

use super::time::{by_day, dimension, key, label, steps, up_to};
use crate::charts::{Column, Heat, Scale, Series, columns, heat};
use crate::kpis::filters::Key;
use crate::kpis::marks::{lines, major, nameless};
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::table::{Cell, KNOWN, Row, Table};
use domain::cube::{Answer, Dimension, Group, SliceDraft};
use domain::measures::{TOTALS, Totals, percent};
use domain::order;
use std::collections::BTreeMap;

/// Lines over the same months that can still be told apart.
const LINES: usize = 6;
const COLORS: [&str; LINES] = ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"];
/// The line of all branches that have none of their own.
const OTHERS: &str = "All others";
const HEAT: &str = "Net sales of each branch by product line: the stronger the colour, the more";
/// Columns and rows of a heat map.
const SIDE: usize = 16;

type Label = Option<String>;

/// Totals of each branch and line.
pub fn ask_heat(seen: &Seen<'_>) -> Vec<SliceDraft> {
    vec![seen.view.slice(&[Dimension::Branch, Dimension::ProductLine], &TOTALS)]
}

/// Labels with what they come to, the largest first.
fn ordered<'a>(all: impl Iterator<Item = (&'a Label, i64)>) -> Vec<Label> {
    let mut sums: BTreeMap<&Label, i64> = BTreeMap::new();
    all.for_each(|(label, net)| *sums.entry(label).or_default() += net);
    let mut labels: Vec<(&Label, i64)> = sums.into_iter().collect();
    order::sort_by_key(&mut labels, |(_, net)| std::cmp::Reverse(*net));
    labels.into_iter().map(|(label, _)| label.clone()).collect()
}

fn pairs(answer: &Answer) -> BTreeMap<(Label, Label), Totals> {
    let pair = |group: &Group| Some(((group.keys.first()?.clone(), group.keys.get(1)?.clone()), Totals::of(answer, group)));
    let mut pairs = BTreeMap::new();
    // one by one: to collect them would be a sort of their own in what a browser loads
    pairs.extend(answer.groups.iter().filter_map(pair));
    pairs
}

fn named(dimension: Dimension, label: &Label) -> String {
    label.clone().unwrap_or_else(|| nameless(dimension).to_owned())
}

/// Cells of net sales.
pub fn draw_heat(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let currency = seen.company.currency;
    let found = pairs(answers.first().ok_or(NONE)?);
    let mut down = ordered(found.iter().map(|((branch, _), totals)| (branch, totals.net)));
    let mut across = ordered(found.iter().map(|((_, line), totals)| (line, totals.net)));
    if down.is_empty() {
        return Err(NONE);
    }
    let cut = |labels: &mut Vec<Label>, names: &str| {
        let all = labels.len();
        labels.truncate(SIDE);
        let n = |n: usize| Cell::count(n as i64).words;
        if all > SIDE { [&n(SIDE), " of ", &n(all), " ", names, " are drawn, the largest by net sales. "].concat() } else { String::new() }
    };
    let note = cut(&mut down, "branches") + &cut(&mut across, "product lines");
    let (mut cells, mut marks, mut rows, mut ring) = (vec![], vec![], vec![], vec![]);
    for (y, branch) in down.iter().enumerate() {
        for (x, line) in across.iter().enumerate() {
            let Some(totals) = found.get(&(branch.clone(), line.clone())) else { continue };
            let keys: Vec<Key> = vec![(Dimension::Branch, branch.clone()), (Dimension::ProductLine, line.clone())];
            let (branch, line) = (named(Dimension::Branch, branch), named(Dimension::ProductLine, line));
            let picked = seen.is_picked(&keys, None);
            if picked {
                ring.push(cells.len());
            }
            let margin = totals.margin().map_or_else(|| "unknown".to_owned(), percent);
            if seen.tabled {
                rows.push(cell(seen, (&branch, &line), (&keys, totals), (marks.len(), picked)));
            }
            let words = ["Net sales: ", &currency.whole(totals.net), "\nMargin: ", &margin].concat();
            marks.push(Mark { name: [&branch, " · ", &line].concat(), words, keys, days: None });
            cells.push((x, y, major(totals.net, currency)));
        }
    }
    let nets = || found.values().map(|totals| totals.net);
    let (low, high) = (nets().fold(0, i64::min), nets().fold(0, i64::max));
    let [least, middle, most] = [low, low + (high - low) / 2, high].map(|net| currency.whole(net));
    let key = [least.as_str(), &middle, &most, if cells.len() < across.len() * down.len() { "No sales" } else { "" }];
    let across: Vec<String> = across.iter().map(|line| named(Dimension::ProductLine, line)).collect();
    let down: Vec<String> = down.iter().map(|branch| named(Dimension::Branch, branch)).collect();
    let option = heat(&Heat { says: HEAT, across: &across, down: &down, cells: &cells, picked: &ring, key: &key });
    let heads = vec!["Branch and line", "Net sales", "Gross profit", "Margin", KNOWN, "Units"];
    Ok(Picture { option, marks, note: note.trim_end().to_owned(), table: Table { heads, rows }, ..Picture::default() })
}

fn cell(seen: &Seen<'_>, (branch, line): (&str, &str), (keys, totals): (&[Key], &Totals), mark: (usize, bool)) -> Row {
    let currency = seen.company.currency;
    Row {
        mark: Some(mark),
        lines: Some(lines(seen.view, keys, None)),
        why: None,
        cells: vec![
            Cell::name(&[branch, " · ", line].concat()),
            Cell::money(Some(totals.net), currency),
            Cell::money(totals.profit, currency),
            Cell::share(totals.margin()),
            Cell::share(Some(totals.known_for())),
            Cell::units(totals.units),
        ],
    }
}

/// Totals of each step and branch.
pub fn ask_branches(seen: &Seen<'_>) -> Vec<SliceDraft> {
    vec![seen.view.slice(&[dimension(seen.view.days), Dimension::Branch], &TOTALS)]
}

/// A line for each of the largest branches; what the others come to together is in words, since its line would press theirs flat, and the table has each.
pub fn draw_branches(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let (days, currency) = (seen.view.days, seen.company.currency);
    let found = pairs(answers.first().ok_or(NONE)?);
    let branches = ordered(found.iter().map(|((_, branch), totals)| (branch, totals.net)));
    if branches.is_empty() {
        return Err(NONE);
    }
    let (daily, steps) = (by_day(days), steps(days));
    let net =
        |at: &(domain::Day, domain::Day), branch: &Label| found.get(&(Some(key(at.0, daily)), branch.clone())).map(|totals| totals.net);
    let labels: Vec<String> = branches.iter().map(|branch| named(Dimension::Branch, branch)).collect();
    let series: Vec<Series<'_>> = branches
        .iter()
        .zip(&labels)
        .zip(COLORS)
        .map(|((branch, name), color)| {
            let values = steps.iter().map(|step| net(step, branch).map(|net| major(net, currency))).collect();
            Series { name, values, color, drawn: Column::Line }
        })
        .collect();
    let rest = branches.get(LINES..).unwrap_or_default();
    let others = |at: &(domain::Day, domain::Day)| rest.iter().filter_map(|branch| net(at, branch)).reduce(i64::saturating_add);
    let (mut names, mut marks, mut rows, mut faded) = (vec![], vec![], vec![], vec![]);
    for step in &steps {
        let name = label(*step, days, seen.today);
        let mut words: Vec<String> = branches
            .iter()
            .zip(&labels)
            .take(LINES)
            .map(|(branch, label)| {
                [label, ": ", &net(step, branch).map_or_else(|| "no sales".to_owned(), |net| currency.whole(net))].concat()
            })
            .collect();
        words.extend(others(step).map(|net| [OTHERS, ": ", &currency.whole(net)].concat()));
        let picked = seen.is_picked(&[], Some(*step));
        faded.push(seen.picked.is_some() && !picked);
        for (branch, label) in branches.iter().zip(&labels).filter(|_| seen.tabled) {
            let Some(net) = net(step, branch) else { continue };
            let keys = [(Dimension::Branch, branch.clone())];
            rows.push(Row {
                mark: Some((marks.len(), picked)),
                lines: Some(lines(seen.view, &keys, Some(*step))),
                why: None,
                cells: vec![Cell::name(&[&name, " · ", label].concat()), Cell::money(Some(net), currency)],
            });
        }
        marks.push(Mark { name: name.clone(), words: words.join("\n"), keys: vec![], days: Some(*step) });
        names.push(name);
    }
    let option = columns("Net sales of branches over time", &names, &series, &faded, Scale::Count);
    let table = Table { heads: vec!["When and branch", "Net sales"], rows };
    let mut note = up_to(days, seen.today);
    if !rest.is_empty() {
        let n = |n: usize| Cell::count(n as i64).words;
        let drawn =
            [&n(LINES), " of ", &n(branches.len()), " branches are drawn, the largest by net sales; the table has each of the others. "];
        note.insert_str(0, &drawn.concat());
    }
    Ok(Picture { option, marks, note: note.trim_end().to_owned(), table, ..Picture::default() })
}
