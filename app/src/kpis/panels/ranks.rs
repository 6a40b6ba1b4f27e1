//! Rankings of one dimension, and products by the share they bring.

use crate::charts::{Ranking, Scale, pareto, ranking};
use crate::kpis::filters::{By, Key};
use crate::kpis::marks::{Ranked, drawn, figure, lines, ranked, words};
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::period::year_before;
use crate::kpis::plan::{measurable, of_label, planned};
use crate::kpis::table::{Cell, KNOWN, Row, Table};
use domain::cube::{Answer, Dimension, Group, LIMIT_MAX, Metric, SliceDraft};
use domain::measures::{TOTALS, Totals, abc, change, pareto_shares, percent};
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
    let mut all = vec![first(seen, seen.view.by)];
    if seen.panel.dimension == Dimension::Branch {
        all.push(seen.view.over(year_before(seen.view.days)).slice(&[Dimension::Branch], &[Metric::NetSales]));
    }
    if matches!(seen.panel.dimension, Dimension::Rep | Dimension::Branch) {
        all.extend(measurable(seen.view, seen.plans));
    }
    all
}

/// The totals of the products that bring most.
pub fn ask_pareto(seen: &Seen<'_>) -> Vec<SliceDraft> {
    vec![first(seen, By::Profit)]
}

/// The totals of each; of products and customers, who may be very many, of the first.
fn first(seen: &Seen<'_>, by: By) -> SliceDraft {
    let mut slice = seen.view.slice(&[seen.panel.dimension], &TOTALS);
    if matches!(seen.panel.dimension, Dimension::Product | Dimension::Customer) {
        let metric = if needs_cost(by) { Metric::GrossProfit } else { Metric::NetSales };
        (slice.order_by, slice.limit) = (Some(metric.code().to_owned()), Some(LIMIT_MAX as i64));
    }
    slice
}

const fn needs_cost(by: By) -> bool {
    matches!(by, By::Profit | By::Margin)
}

/// What a ranking goes by: net sales where it needs a cost and none is known.
fn goes_by(by: By, answers: &[Answer]) -> By {
    let knows = |answer: &Answer| answer.groups.iter().any(|group| Totals::of(answer, group).profit.is_some());
    if needs_cost(by) && !answers.first().is_some_and(knows) { By::Sales } else { by }
}

/// What of a ranking the chart does not show: where it goes by something else than it should, how many bars there are of all, and who has none.
fn note(rows: &[Ranked], bars: usize, (wanted, by): (By, By), answers: &[Answer]) -> String {
    let n = |n: usize| Cell::count(n as i64).words;
    let mut note = String::new();
    if wanted != by {
        note.push_str("No cost is known in this selection: ranked by net sales. ");
    }
    let all = answers.first().map_or(0, |answer| answer.all[0] as usize).max(rows.len());
    if all > bars {
        let by = if needs_cost(by) { "gross profit" } else { "net sales" };
        let first = if all > rows.len() { ["the first ", &n(rows.len()), " by ", by].concat() } else { "all".to_owned() };
        note.push_str(&[n(bars).as_str(), " of ", &n(all), " are drawn; ", &first, " are in the table. "].concat());
    }
    let unknown = rows.iter().filter(|row| needs_cost(by) && row.totals.profit.is_none()).count();
    if unknown > 0 {
        note.push_str(&[n(unknown).as_str(), " without known cost ", if unknown == 1 { "is" } else { "are" }, " in the table."].concat());
    }
    note.trim_end().to_owned()
}

/// Bars that lie, and all of them in the table.
pub fn draw(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let (wanted, currency) = (seen.view.by.of(seen.panel.dimension), seen.company.currency);
    let by = goes_by(wanted, answers);
    let rows = rows(seen, answers, by)?;
    let shown = rows.get(..BARS).unwrap_or(&rows);
    let names: Vec<String> = shown.iter().map(|row| row.name.clone()).collect();
    let values: Vec<Option<f64>> = shown.iter().map(|row| drawn(by, figure(by, row), currency)).collect();
    let scale = if matches!(by, By::Profit | By::Sales) { Scale::Count } else { Scale::Percent };
    let says = [seen.panel.title, " by ", by.words()].concat();
    let option = ranking(&Ranking { says: &says, names: &names, values: &values, faded: &faded(seen, shown), scale });
    let (marks, more) = marks(seen, &rows, shown.len(), by);
    let note = note(&rows, shown.len(), (wanted, by), answers);
    Ok(Picture { option, marks, more, note, table: table(seen, &rows, None, earlier(seen, answers)) })
}

/// Bars that stand with the share so far, and each product's class in the table.
pub fn draw_pareto(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let currency = seen.company.currency;
    let by = goes_by(By::Profit, answers);
    let rows = rows(seen, answers, by)?;
    let amounts: Vec<Option<i64>> = rows.iter().map(|row| figure(by, row)).collect();
    let [_, profits, nets] = answers.first().map_or([0; 3], |answer| answer.all);
    let shares = pareto_shares(&amounts, if by == By::Profit { profits } else { nets });
    let shown = rows.get(..STEPS).unwrap_or(&rows);
    let names: Vec<String> = shown.iter().map(|row| row.name.clone()).collect();
    let values: Vec<Option<f64>> = shown.iter().map(|row| drawn(by, figure(by, row), currency)).collect();
    let line = shares.iter().take(shown.len()).map(|share| share.map(|tenths| tenths as f64 / 10.0)).collect();
    let of = Ranking { says: seen.panel.says, names: &names, values: &values, faded: &faded(seen, shown), scale: Scale::Count };
    let (mut marks, more) = marks(seen, &rows, shown.len(), by);
    for (mark, share) in marks.iter_mut().zip(&shares) {
        if let Some(share) = share {
            mark.words = [&mark.words, " · ", &percent(*share), " with all before"].concat();
        }
    }
    let option = pareto(&of, by.words(), line);
    let note = note(&rows, shown.len(), (By::Profit, by), answers);
    Ok(Picture { option, marks, more, note, table: table(seen, &rows, Some(&shares), None) })
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
    let mut heads =
        vec![head(seen.panel.dimension), "Net sales", "Gross profit", "Margin", KNOWN, "Units", "Lines", "Returns", "Returns rate"];
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
            Cell::share(Some(totals.known_for())),
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
