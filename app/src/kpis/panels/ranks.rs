//! Rankings of one dimension, and products by the share they bring.

use crate::charts::{Ranking, Scale, pareto, ranking};
use crate::kpis::filters::{By, Key};
use crate::kpis::marks::{Ranked, drawn, figure, lines, ranked, words};
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::period::year_before;
use crate::kpis::plan::{measurable, of_label, planned};
use crate::kpis::table::{Cell, Row, Table};
use domain::cube::{Answer, Dimension, Group, Metric, SliceDraft};
use domain::measures::{SUMS, Totals, abc, change, pareto_shares, percent};
use domain::targets::attainment::measured;
use domain::targets::budget;

/// Bars of a ranking.
const BARS: usize = 12;
/// Bars of a pareto: more are thinner than a line.
const STEPS: usize = 120;
/// Rows that can be pressed and lead to their lines.
const LINKED: usize = 200;

/// The totals of each, and what of them budgets measure.
pub fn ask(seen: &Seen<'_>) -> Vec<SliceDraft> {
    let mut all = vec![seen.view.slice(&[seen.panel.dimension], &SUMS)];
    if seen.panel.dimension == Dimension::Branch {
        all.push(seen.view.over(year_before(seen.view.days)).slice(&[Dimension::Branch], &[Metric::NetSales]));
    }
    if matches!(seen.panel.dimension, Dimension::Rep | Dimension::Branch) {
        all.extend(measurable(seen.view, seen.plans));
    }
    all
}

/// Bars that lie, and all of them in the table.
pub fn draw(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let (by, currency) = (seen.view.by.of(seen.panel.dimension), seen.company.currency);
    let rows = rows(seen, answers, by)?;
    let shown = rows.get(..BARS).unwrap_or(&rows);
    let names: Vec<String> = shown.iter().map(|row| row.name.clone()).collect();
    let values: Vec<Option<f64>> = shown.iter().map(|row| drawn(by, figure(by, row), currency)).collect();
    let scale = if matches!(by, By::Profit | By::Sales) { Scale::Count } else { Scale::Percent };
    let says = [seen.panel.title, " by ", by.words()].concat();
    let option = ranking(&Ranking { says: &says, names: &names, values: &values, faded: &faded(seen, shown), scale });
    let (marks, more) = marks(seen, &rows, shown.len(), by);
    Ok(Picture { option, marks, more, table: table(seen, &rows, None, earlier(seen, answers)), ..Picture::default() })
}

/// Bars that stand with the share so far, and each product's class in the table.
pub fn draw_pareto(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let currency = seen.company.currency;
    let rows = rows(seen, answers, By::Profit)?;
    let profits: Vec<Option<i64>> = rows.iter().map(|row| row.totals.profit).collect();
    let shares = pareto_shares(&profits);
    let shown = rows.get(..STEPS).unwrap_or(&rows);
    let names: Vec<String> = shown.iter().map(|row| row.name.clone()).collect();
    let values: Vec<Option<f64>> = shown.iter().map(|row| drawn(By::Profit, row.totals.profit, currency)).collect();
    let line = shares.iter().take(shown.len()).map(|share| share.map(|tenths| tenths as f64 / 10.0)).collect();
    let of = Ranking { says: seen.panel.says, names: &names, values: &values, faded: &faded(seen, shown), scale: Scale::Count };
    let (mut marks, more) = marks(seen, &rows, shown.len(), By::Profit);
    for (mark, share) in marks.iter_mut().zip(&shares) {
        if let Some(share) = share {
            mark.words = [&mark.words, " · ", &percent(*share), " with all before"].concat();
        }
    }
    let option = pareto(&of, By::Profit.words(), line);
    Ok(Picture { option, marks, more, table: table(seen, &rows, Some(&shares), None), ..Picture::default() })
}

fn rows(seen: &Seen<'_>, answers: &[Answer], by: By) -> Result<Vec<Ranked>, &'static str> {
    let (dimension, days, workdays) = (seen.panel.dimension, seen.view.days, seen.workdays);
    let reps = planned(seen.view, seen.plans).unwrap_or_default();
    let budget_of = |label: &str| {
        let own = of_label(&reps, dimension, label);
        Some((measured(answers.iter().find(|answer| answer.group_by.len() == 2)?, &own), budget(own.iter().copied(), days, workdays)?))
    };
    let rows = ranked(answers.first().ok_or(NONE)?, dimension, by, budget_of);
    if rows.is_empty() { Err(NONE) } else { Ok(rows) }
}

/// Net sales of each branch in the same days a year earlier, where all of these are known.
fn earlier(seen: &Seen<'_>, answers: &[Answer]) -> Option<Vec<(Option<String>, i64)>> {
    let known = seen.data.is_some_and(|(first, _)| first <= year_before(seen.view.days).0);
    let answer = answers.get(1).filter(|answer| known && answer.group_by == [Dimension::Branch])?;
    let net = |group: &Group| (group.keys.first().cloned().flatten(), Totals::of(answer, group).net);
    Some(answer.groups.iter().map(net).collect())
}

fn key(seen: &Seen<'_>, row: &Ranked) -> Vec<Key> {
    vec![(seen.panel.dimension, row.key.clone())]
}

fn faded(seen: &Seen<'_>, rows: &[Ranked]) -> Vec<bool> {
    rows.iter().map(|row| seen.picked.is_some() && !seen.is_picked(&key(seen, row), None)).collect()
}

/// Those of the bars, and those of other rows of the table while it is there.
fn marks(seen: &Seen<'_>, rows: &[Ranked], bars: usize, by: By) -> (Vec<Mark>, Vec<Mark>) {
    let mark = |row: &Ranked| Mark {
        name: row.name.clone(),
        words: [by.words(), ": ", &words(by, figure(by, row), seen.company.currency)].concat(),
        keys: key(seen, row),
        days: None,
    };
    let rest = if seen.tabled { LINKED.saturating_sub(bars) } else { 0 };
    (rows.iter().take(bars).map(mark).collect(), rows.iter().skip(bars).take(rest).map(mark).collect())
}

fn table(seen: &Seen<'_>, rows: &[Ranked], shares: Option<&[Option<i64>]>, earlier: Option<Vec<(Option<String>, i64)>>) -> Table {
    if !seen.tabled {
        return Table::default();
    }
    let currency = seen.company.currency;
    let mut heads = vec![
        head(seen.panel.dimension),
        "Net sales",
        "Gross profit",
        "Margin",
        "Cost known for",
        "Units",
        "Lines",
        "Returns",
        "Returns rate",
    ];
    let planned = rows.iter().any(|row| row.budget.is_some());
    if planned {
        heads.extend(["Budget", "Attainment"]);
    }
    if earlier.is_some() {
        heads.extend(["A year earlier", "Growth"]);
    }
    if shares.is_some() {
        heads.extend(["Share so far", "Class"]);
    }
    let mut before = 0;
    let row = |(at, row): (usize, &Ranked)| {
        let totals = &row.totals;
        let mut cells = vec![
            Cell::name(&row.name),
            Cell::money(Some(totals.net), currency),
            Cell::money(totals.profit, currency),
            Cell::share(totals.margin()),
            Cell::share(Some(totals.coverage().unwrap_or(1_000))),
            Cell::units(totals.units),
            Cell::count(totals.lines),
            Cell::money(Some(totals.returns), currency),
            Cell::share(totals.returns_rate()),
        ];
        if planned {
            cells.extend([Cell::money(row.budget.map(|(_, minor)| minor), currency), Cell::share(figure(By::Attainment, row))]);
        }
        if let Some(earlier) = &earlier {
            let then = earlier.iter().find(|(key, _)| *key == row.key).map(|(_, net)| *net);
            cells.extend([Cell::money(then, currency), Cell::share(then.and_then(|then| change(totals.net, then)))]);
        }
        if let Some(shares) = shares {
            let share = shares.get(at).copied().flatten();
            cells.extend([Cell::share(share), Cell::name(abc(before, share))]);
            before = share.unwrap_or(before);
        }
        let keys = key(seen, row);
        let link = at < LINKED;
        Row { mark: link.then(|| (at, seen.is_picked(&keys, None))), lines: link.then(|| lines(seen.view, &keys, None)), why: None, cells }
    };
    Table { heads, rows: rows.iter().enumerate().map(row).collect() }
}

const fn head(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Branch => "Branch",
        Dimension::Rep => "Salesperson",
        Dimension::ProductLine => "Product line",
        Dimension::ItemGroup => "Item group",
        Dimension::Product => "Product",
        Dimension::Customer => "Customer",
        Dimension::Day => "Day",
        Dimension::Month => "Month",
        Dimension::Year => "Year",
    }
}
