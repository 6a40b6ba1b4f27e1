//! Days and months, and the trend over them.

use crate::charts::{Column, Scale, Series, columns};
use crate::kpis::marks::{lines, major};
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::table::{Cell, KNOWN, Row, Table};
use domain::Day;
use domain::cube::{Answer, Dimension, SliceDraft};
use domain::measures::{MARGIN, TOTALS, Totals, percent};

/// Periods of more days are drawn by month.
const DAYS_MAX: i32 = 62;

/// Whether a period is drawn by day.
#[must_use]
pub fn by_day((from, to): (Day, Day)) -> bool {
    to.since(from) < DAYS_MAX
}

/// The days or months of a period, each with its first and last day within it.
#[must_use]
pub fn steps((from, to): (Day, Day)) -> Vec<(Day, Day)> {
    let mut steps = Vec::new();
    let mut on = from;
    while on <= to {
        let end = if by_day((from, to)) { on } else { on.month_end().min(to) };
        steps.push((on, end));
        on = end.plus(1);
    }
    steps
}

/// The key a step has in an answer.
#[must_use]
pub fn key(day: Day, by_day: bool) -> String {
    let mut text = day.to_string();
    text.truncate(if by_day { 10 } else { 7 });
    text
}

/// `Nov 2026`, `Wed 25 Nov`.
#[must_use]
pub fn name((from, _): (Day, Day), by_day: bool, today: Day) -> String {
    if by_day {
        return [from.weekday_name().get(..3).unwrap_or_default(), " ", &from.short(today)].concat();
    }
    // the month alone, with its year
    let words = from.month_start().short(Day(0));
    words.strip_prefix("1 ").unwrap_or(&words).to_owned()
}

/// Whether a step of some days is a month of which they hold a part.
#[must_use]
pub fn is_part(step: (Day, Day), days: (Day, Day)) -> bool {
    !by_day(days) && (step.0 != step.0.month_start() || step.1 != step.1.month_end())
}

/// A step's name in a chart: of a part of a month it says so.
#[must_use]
pub fn label(step: (Day, Day), days: (Day, Day), today: Day) -> String {
    let name = name(step, by_day(days), today);
    if is_part(step, days) { [&name, " (part)"].concat() } else { name }
}

/// What is said where the last month is not all there.
#[must_use]
pub fn up_to(days: (Day, Day), today: Day) -> String {
    match steps(days).last().filter(|step| is_part(**step, days)) {
        Some((_, to)) => ["The last month goes to ", &to.short(today), "."].concat(),
        None => String::new(),
    }
}

/// Totals of an answer by its days, or by its months.
pub struct ByStep {
    daily: bool,
    /// By the first day of each, in order.
    totals: Vec<(Day, Totals)>,
}

impl ByStep {
    /// Of an answer whose first key is the day or the month, in the order of its keys.
    #[must_use]
    pub fn of(answer: &Answer) -> Self {
        let daily = answer.group_by.first() == Some(&Dimension::Day);
        let first = |key: &str| if daily { Day::parse(key) } else { Day::parse(&[key, "-01"].concat()) };
        let groups = answer.groups.iter();
        let totals = groups.filter_map(|group| Some((first(group.keys.first()?.as_deref()?)?, Totals::of(answer, group)))).collect();
        Self { daily, totals }
    }

    /// The step with a day; none when nothing was sold in it.
    #[must_use]
    pub fn get(&self, day: Day) -> Option<Totals> {
        let first = if self.daily { day } else { day.month_start() };
        self.totals.binary_search_by_key(&first, |(first, _)| *first).ok().map(|at| self.totals[at].1)
    }

    /// Net sales of all of them.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.totals.iter().map(|(_, totals)| totals.net).sum()
    }

    /// Whether nothing was sold.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.totals.is_empty()
    }
}

/// The key of the steps of some days.
#[must_use]
pub fn dimension(days: (Day, Day)) -> Dimension {
    if by_day(days) { Dimension::Day } else { Dimension::Month }
}

/// Totals of each step.
pub fn ask_trend(seen: &Seen<'_>) -> Vec<SliceDraft> {
    vec![seen.view.slice(&[dimension(seen.view.days)], &TOTALS)]
}

/// Bars of net sales, a line of gross profit.
pub fn draw_trend(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let (days, currency) = (seen.view.days, seen.company.currency);
    let found = ByStep::of(answers.first().ok_or(NONE)?);
    if found.is_empty() {
        return Err(NONE);
    }
    let daily = by_day(days);
    let (mut names, mut net, mut profit, mut faded, mut marks, mut rows) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    for step in steps(days) {
        let name = label(step, days, seen.today);
        let picked = seen.is_picked(&[], Some(step));
        let totals = found.get(step.0);
        net.push(totals.map(|totals| major(totals.net, currency)));
        profit.push(totals.and_then(|totals| Some(major(totals.profit?, currency))));
        faded.push(seen.picked.is_some() && !picked);
        let words = match totals {
            None => "No sales".to_owned(),
            Some(totals) => {
                let profit = totals.profit.map_or_else(|| "unknown".to_owned(), |profit| currency.whole(profit));
                ["Net sales: ", &currency.whole(totals.net), "\nGross profit: ", &profit].concat()
            }
        };
        if seen.tabled {
            rows.push(row(seen, (step, &name), totals, (marks.len(), picked)));
        }
        marks.push(Mark { name: name.clone(), words, keys: vec![], days: Some(step) });
        names.push(name);
    }
    let series = [
        Series { name: "Net sales", values: net, color: "--chart-1", drawn: Column::Bars },
        Series { name: "Gross profit", values: profit, color: "--chart-2", drawn: Column::Line },
    ];
    let option = columns("Net sales and gross profit over time", &names, &series, &faded, Scale::Count);
    let heads = vec![if daily { "Day" } else { "Month" }, "Net sales", "Gross profit", "Margin", KNOWN, "Units", "Lines", "Returns"];
    Ok(Picture { option, marks, note: up_to(days, seen.today), table: Table { heads, rows }, ..Picture::default() })
}

/// A line of the margin; the table is the trend's.
pub fn draw_margin(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let mut picture = draw_trend(seen, answers)?;
    let found = ByStep::of(answers.first().ok_or(NONE)?);
    let steps = steps(seen.view.days);
    let margins: Vec<Option<i64>> = steps.iter().map(|step| found.get(step.0)?.margin()).collect();
    if margins.iter().all(Option::is_none) {
        let known = found.totals.iter().any(|(_, totals)| totals.profit.is_some());
        return Err(if known { MARGIN } else { "The cost is not known in this selection" });
    }
    for (mark, margin) in picture.marks.iter_mut().zip(&margins) {
        mark.words = ["Margin: ", &margin.map_or_else(|| "unknown".to_owned(), percent), "\n", &mark.words].concat();
    }
    let names: Vec<String> = picture.marks.iter().map(|mark| mark.name.clone()).collect();
    let faded: Vec<bool> = steps.iter().map(|step| seen.picked.is_some() && !seen.is_picked(&[], Some(*step))).collect();
    let values = margins.iter().map(|margin| margin.map(|tenths| tenths as f64 / 10.0)).collect();
    let line = Series { name: "Margin", values, color: "--chart-1", drawn: Column::Line };
    picture.option = columns("Margin over time", &names, &[line], &faded, Scale::Percent);
    Ok(picture)
}

fn row(seen: &Seen<'_>, (step, name): ((Day, Day), &str), totals: Option<Totals>, mark: (usize, bool)) -> Row {
    let (cells, currency) = (totals.unwrap_or_default(), seen.company.currency);
    Row {
        mark: Some(mark),
        lines: totals.map(|_| lines(seen.view, &[], Some(step))),
        why: None,
        cells: vec![
            Cell::name(name),
            Cell::money(totals.map(|totals| totals.net), currency),
            Cell::money(cells.profit, currency),
            Cell::share(cells.margin()),
            Cell::share(totals.map(|totals| totals.known_for())),
            Cell::units(cells.units),
            Cell::count(cells.lines),
            Cell::money(totals.map(|totals| totals.returns), currency),
        ],
    }
}
