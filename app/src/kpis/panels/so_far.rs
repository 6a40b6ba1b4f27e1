//! What has been added up so far beside last year and the budget, with the pace that is needed to the end of the period.

use super::time::{ByStep, by_day, name};
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
use domain::targets::{RepPlan, Standing, budget_by_day, paced, standing};

/// Longest period that is added up by day.
const YEAR: i32 = 366;
/// Days from point to point where a period is too long for one each day.
const WEEK: i32 = 7;

/// Whether a view's period is added up by day.
fn is_daily(seen: &Seen<'_>) -> bool {
    seen.view.end.since(seen.view.days.0) < YEAR
}

/// Whether a point stands where a day or a month ends: in short periods each, in longer ones those whole weeks from the last day with data, and the last.
fn is_point(seen: &Seen<'_>, end: Day) -> bool {
    let view = seen.view;
    !is_daily(seen) || by_day(view.days) || end == view.end || end.since(view.days.1) % WEEK == 0
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
    let now = ByStep::of(answers.first().ok_or(NONE)?);
    if now.is_empty() {
        return Err(NONE);
    }
    let net = now.net();
    let view = seen.view;
    let reps = planned(view, seen.plans).unwrap_or_default();
    let measured = answers.get(2).map_or(net, |sold| measured(sold, &reps));
    let stands = standing(&reps, measured, (view.days.0, view.days.1, view.end), seen.workdays);
    let before = ByStep::of(answers.get(1).ok_or(NONE)?);
    let points = points(seen, (&now, &before), &reps, (stands.as_ref(), net - measured));
    let marks: Vec<Mark> = points.iter().map(|point| kept(seen, point)).collect();
    let faded: Vec<bool> = marks.iter().map(|mark| seen.picked.is_some() && !seen.is_picked(&[], mark.days)).collect();
    let mark = |at: usize, mark: &Mark| mark.days.map(|_| (at, seen.is_picked(&[], mark.days)));
    let rows = points.iter().zip(&marks).enumerate().map(|(at, (point, one))| row(seen, point, mark(at, one)));
    let rows = if seen.tabled { rows.collect() } else { vec![] };
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
    let option = columns("Net sales so far, beside a year earlier and the budget", &names, &series, &faded, Scale::Count);
    let heads = vec!["To", "Net sales so far", "A year earlier", "Budget", "Pace needed"];
    Ok(Picture { option, marks, table: Table { heads, rows }, ..Picture::default() })
}

/// `without` was sold without a budget: the pace, which goes on from all that was sold, leads so much above the budget.
fn points(
    seen: &Seen<'_>,
    (now, before): (&ByStep, &ByStep),
    reps: &[&RepPlan],
    (stands, without): (Option<&Standing>, i64),
) -> Vec<Point> {
    let (view, daily, workdays) = (seen.view, is_daily(seen), seen.workdays);
    // days before the first with data are not without sales, they are unknown: a sum that began there would be too small
    let known = !before.is_empty() && seen.data.is_some_and(|(first, _)| first <= year_before(view.days).0);
    let (mut sum, mut sum_before, mut budgeted, mut points) = (0, 0, None, vec![]);
    let mut budgets = stands.map(|_| budget_by_day(reps, (view.days.0, view.end), workdays)).unwrap_or_default().into_iter();
    let mut on = view.days.0;
    while on <= view.end {
        // a period that is not over is no longer than a year
        let end = if daily { on } else { on.month_end().min(view.end) };
        sum += now.get(on).map_or(0, |totals| totals.net);
        let more = budgets.by_ref().take((end.since(on) + 1) as usize).flatten().reduce(i64::saturating_add);
        if let Some(more) = more {
            budgeted = Some(budgeted.unwrap_or(0_i64).saturating_add(more));
        }
        // 29 February has no day of its own a year earlier
        if !(daily && on.year_before() == on.plus(-1).year_before()) {
            sum_before += before.get(on.year_before()).map_or(0, |totals| totals.net);
        }
        on = end.plus(1);
        if !is_point(seen, end) {
            continue;
        }
        points.push(Point {
            to: end,
            name: if daily { end.short(seen.today) } else { name((end, end), false, seen.today) },
            now: (end <= view.days.1).then_some(sum),
            before: known.then_some(sum_before),
            budget: budgeted,
            pace: stands
                .filter(|_| end >= view.days.1 && view.end > view.days.1)
                .map(|stands| paced(reps, stands, (view.days.1, view.end), end, workdays).saturating_add(without)),
        });
    }
    points
}

/// What was sold by then is kept of the days the trend goes by: a day, or its month. What is not over cannot be pressed.
fn kept(seen: &Seen<'_>, point: &Point) -> Mark {
    let (days, currency) = (seen.view.days, seen.company.currency);
    let lines = [("So far", point.now), ("A year earlier", point.before), ("Budget", point.budget), ("Pace needed", point.pace)];
    let words: Vec<String> = lines.iter().filter_map(|(name, sum)| Some([name, ": ", &currency.whole((*sum)?)].concat())).collect();
    let kept = point.now.map(|_| match by_day(days) {
        true => (point.to, point.to),
        false => (point.to.month_start().max(days.0), point.to.month_end().min(days.1)),
    });
    let month = || name((point.to, point.to), false, seen.today);
    let (name, to) = match kept {
        Some(_) if !by_day(days) && month() != point.name => (month(), ["To ", &point.name, "\n"].concat()),
        _ => (point.name.clone(), String::new()),
    };
    Mark { name, words: to + &words.join("\n"), keys: vec![], days: kept }
}

fn row(seen: &Seen<'_>, point: &Point, mark: Option<(usize, bool)>) -> Row {
    let (days, currency) = ((seen.view.days.0, point.to), seen.company.currency);
    let compared = point.now.and(point.before);
    Row {
        mark,
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
