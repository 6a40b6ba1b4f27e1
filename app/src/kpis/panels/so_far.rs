//! What has been added up so far beside last year and the budget, with the pace that is needed to the end of the period.

use super::time::{by_key, key, name};
use crate::charts::{Column, Scale, Series, columns};
use crate::kpis::marks::{lines, major};
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::period::year_before;
use crate::kpis::plan::{measurable, planned};
use crate::kpis::table::{Cell, Row, Table};
use crate::kpis::why::{Against, Compared, address as why};
use domain::Day;
use domain::cube::{Answer, Dimension, Metric, SliceDraft};
use domain::targets::attainment::measured;
use domain::targets::{RepPlan, Standing, budget, paced, standing};

/// Longest period that is added up by day.
const YEAR: i32 = 366;

/// Whether a view's period is added up by day.
fn is_daily(seen: &Seen<'_>) -> bool {
    seen.view.end.since(seen.view.days.0) < YEAR
}

/// Net sales by day, or by month in long periods, now and, up to the period's end, a year earlier; and what of them budgets measure.
pub fn ask(seen: &Seen<'_>) -> Vec<SliceDraft> {
    let by = if is_daily(seen) { Dimension::Day } else { Dimension::Month };
    let slice = |days| seen.view.over(days).slice(&[by], &[Metric::NetSales]);
    let mut all = vec![slice(seen.view.days), slice(year_before((seen.view.days.0, seen.view.end)))];
    all.extend(measurable(seen.view, seen.plans));
    all
}

/// What has been added up by a day; none after the last day with data, and where nothing is known.
struct Point {
    to: Day,
    name: String,
    now: Option<i64>,
    before: Option<i64>,
    budget: Option<i64>,
    pace: Option<i64>,
}

/// Up to four lines; what a year earlier had no data, and budgets nobody has, are left out.
pub fn draw(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let net: i64 = by_key(answers.first().ok_or(NONE)?).values().map(|totals| totals.net).sum();
    if answers.first().is_none_or(|answer| answer.groups.is_empty()) {
        return Err(NONE);
    }
    let view = seen.view;
    let reps = planned(view, seen.plans).unwrap_or_default();
    let measured = answers.get(2).map_or(net, |sold| measured(sold, &reps));
    let stands = standing(&reps, measured, (view.days.0, view.days.1, view.end), seen.workdays);
    let points = points(seen, answers, &reps, (stands.as_ref(), net - measured))?;
    let (marks, rows) = points.iter().map(|point| (mark(seen, point), row(seen, point))).unzip();
    let names: Vec<String> = points.iter().map(|point| point.name.clone()).collect();
    let line = |name, color, drawn, of: fn(&Point) -> Option<i64>| {
        let values = points.iter().map(|point| of(point).map(|sum| major(sum, seen.company.currency))).collect();
        Series { name, values, color, drawn }
    };
    let mut series = vec![line("This period", "--chart-1", Column::Area, |point| point.now)];
    let all = [
        line("A year earlier", "--chart-3", Column::Dashes, |point| point.before),
        line("Budget", "--chart-2", Column::Line, |point| point.budget),
        line("Pace needed", "--chart-4", Column::Dashes, |point| point.pace),
    ];
    series.extend(all.into_iter().filter(|line| line.values.iter().any(Option::is_some)));
    let option = columns("Net sales so far, beside a year earlier and the budget", &names, &series, &[], Scale::Count);
    let heads = vec!["To", "Net sales so far", "A year earlier", "Budget", "Pace needed"];
    Ok(Picture { option, marks, table: Table { heads, rows } })
}

/// `without` was sold without a budget: the pace, which goes on from all that was sold, leads so much above the budget.
fn points(
    seen: &Seen<'_>,
    answers: &[Answer],
    reps: &[&RepPlan],
    (stands, without): (Option<&Standing>, i64),
) -> Result<Vec<Point>, &'static str> {
    let (view, daily, workdays) = (seen.view, is_daily(seen), seen.workdays);
    let (now, before) = (by_key(answers.first().ok_or(NONE)?), by_key(answers.get(1).ok_or(NONE)?));
    let known = !before.is_empty();
    let (mut sum, mut sum_before, mut budgeted, mut points) = (0, 0, None, vec![]);
    let mut on = view.days.0;
    while on <= view.end {
        // a period that is not over is no longer than a year
        let end = if daily { on } else { on.month_end().min(view.end) };
        sum += now.get(&key(on, daily)).map_or(0, |totals| totals.net);
        if let Some(more) = stands.and_then(|_| budget(reps.iter().copied(), (on, end), workdays)) {
            budgeted = Some(budgeted.unwrap_or(0) + more);
        }
        // 29 February has no day of its own a year earlier
        if !(daily && on.year_before() == on.plus(-1).year_before()) {
            sum_before += before.get(&key(on.year_before(), daily)).map_or(0, |totals| totals.net);
        }
        points.push(Point {
            to: end,
            name: if daily { on.short(seen.today) } else { name((on, end), false, seen.today) },
            now: (end <= view.days.1).then_some(sum),
            before: known.then_some(sum_before),
            budget: budgeted,
            pace: stands
                .filter(|_| end >= view.days.1 && view.end > view.days.1)
                .map(|stands| paced(stands, (view.days.1, view.end), end, workdays).saturating_add(without)),
        });
        on = end.plus(1);
    }
    Ok(points)
}

fn mark(seen: &Seen<'_>, point: &Point) -> Mark {
    let lines = [("So far", point.now), ("A year earlier", point.before), ("Budget", point.budget), ("Pace needed", point.pace)];
    let words = lines.iter().filter_map(|(name, sum)| Some([name, ": ", &seen.company.currency.whole((*sum)?)].concat()));
    Mark { name: point.name.clone(), words: words.collect::<Vec<_>>().join("\n"), keys: vec![], days: None }
}

fn row(seen: &Seen<'_>, point: &Point) -> Row {
    let (days, currency) = ((seen.view.days.0, point.to), seen.company.currency);
    let compared = point.now.and(point.before);
    Row {
        mark: None,
        lines: point.now.map(|_| lines(seen.view, &[], Some(days))),
        why: compared.map(|_| why(seen.filters, &seen.view.over(days), Compared { against: Against::YearBefore, ..Compared::default() })),
        cells: vec![
            Cell::name(&point.name),
            Cell::money(point.now, currency),
            Cell::money(point.before, currency),
            Cell::money(point.budget, currency),
            Cell::money(point.pace, currency),
        ],
    }
}
