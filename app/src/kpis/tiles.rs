//! The figures on top: each with its line, against the period before and the same days a year earlier.

use super::area::Area;
use super::filters::View;
use super::panel::NONE;
use super::panels::steps;
use super::period::{before, year_before};
use super::table::units;
use crate::charts::spark;
use crate::live::{live, no_act};
use crate::markup::Markup;
use crate::session::here;
use domain::Day;
use domain::cube::{Answer, SliceDraft};
use domain::measures::{AVERAGE_LINE, GROSS_PROFIT, MARGIN, NET_SALES, RETURNS_RATE, SUMS, Totals, UNITS, change, percent};
use domain::money::Currency;
use leptos::prelude::*;

/// How a figure is written and compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An amount.
    Money,
    /// Units.
    Units,
    /// Tenths of a percent: a change is in points.
    Share,
}

/// A figure on top.
pub struct Tile {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub says: &'static str,
    /// How it is written.
    pub kind: Kind,
    /// Whether more is better.
    more: bool,
    /// Of some sales.
    pub of: fn(&Totals) -> Option<i64>,
}

/// Every one, in the order of the page.
pub const TILES: [Tile; 6] = [
    Tile { name: "Net sales", says: NET_SALES, kind: Kind::Money, more: true, of: |totals| Some(totals.net) },
    Tile { name: "Gross profit", says: GROSS_PROFIT, kind: Kind::Money, more: true, of: |totals| totals.profit },
    Tile { name: "Margin", says: MARGIN, kind: Kind::Share, more: true, of: Totals::margin },
    Tile { name: "Average line", says: AVERAGE_LINE, kind: Kind::Money, more: true, of: Totals::average_line },
    Tile { name: "Units", says: UNITS, kind: Kind::Units, more: true, of: |totals| Some(totals.units) },
    Tile { name: "Returns rate", says: RETURNS_RATE, kind: Kind::Share, more: false, of: Totals::returns_rate },
];

/// The tiles.
pub fn tiles(area: Area) -> AnyView {
    let answers = area.answers(move || ask(&area.view("")));
    let (currency, today) = (here().with_company(|company| company.currency), area.today);
    let html = Signal::derive(move || match answers.get() {
        None => waiting(),
        Some(Err(problem)) => {
            let mut m = Markup::default();
            m.put("<p class=\"panel__empty\" role=\"alert\">{}</p>", &[&problem.words()]);
            m.done()
        }
        Some(Ok(answers)) => {
            let view = untrack(|| area.view(""));
            draw(&answers, &view, area.data.get_untracked(), currency, today)
        }
    });
    view! {
        {live(html, "kpis__tiles", Some(("group", "Figures")), no_act)}
        {definitions()}
    }
    .into_any()
}

/// The slices of the figures: now, before, a year earlier, and their line.
pub fn ask(view: &View) -> Vec<SliceDraft> {
    let total = |days| view.over(days).slice(&[], &SUMS);
    vec![total(view.days), total(before(view.days)), total(year_before(view.days)), view.slice(&[steps::dimension(view.days)], &SUMS)]
}

fn waiting() -> String {
    let mut m = Markup::default();
    for tile in &TILES {
        m.put("<div class=\"kpi card kpi--waiting\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">&nbsp;</p></div>", &[tile.name]);
    }
    m.done()
}

fn draw(answers: &[Answer], view: &View, data: Option<(Day, Day)>, currency: Currency, today: Day) -> String {
    let mut m = Markup::default();
    let Some(now) = answers.first().and_then(Totals::of_all) else {
        m.put("<p class=\"panel__empty card\">{}</p>", &[NONE]);
        return m.done();
    };
    let (before, last) = (before(view.days), year_before(view.days));
    let compared = compared(answers, view, data);
    let found = answers.get(3).map(steps::by_key).unwrap_or_default();
    let daily = steps::by_day(view.days);
    let line: Vec<Option<Totals>> = steps::steps(view.days).iter().map(|step| found.get(&steps::key(step.0, daily)).copied()).collect();
    for tile in &TILES {
        let value = (tile.of)(&now);
        m.put(
            "<div class=\"kpi card\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">{}</p>",
            &[tile.name, &written(tile.kind, value, currency)],
        );
        if tile.name == "Gross profit" {
            let covered = now.coverage().map(|tenths| ["cost known for ", &percent(tenths), " of net sales"].concat());
            m.maybe("<p class=\"kpi__note\">{}</p>", covered.as_deref());
        }
        let values: Vec<Option<f64>> = line.iter().map(|totals| Some((tile.of)(totals.as_ref()?)? as f64)).collect();
        spark(&mut m, &values);
        for (totals, words) in &compared {
            if let Some((now, then)) = value.zip(totals.as_ref().and_then(|totals| (tile.of)(totals))) {
                delta(&mut m, tile, now, then, words);
            } else {
                m.put("<p class=\"kpi__delta muted\">– <span>{}</span></p>", &[words]);
            }
        }
        m.put("</div>", &[]);
    }
    let words = [&span(view.days, today), " · the days before: ", &span(before, today), " · a year earlier: ", &span(last, today)].concat();
    m.put("<p class=\"kpis__spans\">{}</p>", &[&words]);
    m.done()
}

/// What the figures are compared with. Days before the first with data are not without sales, they are unknown.
pub fn compared(answers: &[Answer], view: &View, data: Option<(Day, Day)>) -> [(Option<Totals>, &'static str); 2] {
    let known = |days: (Day, Day)| data.is_some_and(|(first, _)| first <= days.0);
    let total = |at: usize, days: (Day, Day)| answers.get(at).and_then(Totals::of_all).filter(|_| known(days));
    [(total(1, before(view.days)), "on the days before"), (total(2, year_before(view.days)), "on a year earlier")]
}

/// In words.
pub fn written(kind: Kind, value: Option<i64>, currency: Currency) -> String {
    match (kind, value) {
        (_, None) => "–".to_owned(),
        (Kind::Money, Some(minor)) => currency.whole(minor),
        (Kind::Units, Some(thousandths)) => units(thousandths),
        (Kind::Share, Some(tenths)) => percent(tenths),
    }
}

/// How much more or less, without the sign of more.
pub fn moved(kind: Kind, now: i64, then: i64) -> Option<String> {
    match kind {
        Kind::Share => Some(percent(now - then).replace(" %", " points")),
        _ => change(now, then).map(percent),
    }
}

/// How much more or less, and whether that is good: by an arrow and a sign, not by colour alone.
fn delta(m: &mut Markup, tile: &Tile, now: i64, then: i64, against: &str) {
    let Some(words) = moved(tile.kind, now, then) else {
        m.put("<p class=\"kpi__delta muted\">– <span>{}</span></p>", &[against]);
        return;
    };
    let (class, arrow, sign) = match (now.cmp(&then), tile.more) {
        (std::cmp::Ordering::Equal, _) => ("", "→", ""),
        (std::cmp::Ordering::Greater, more) => (if more { "kpi__delta--good" } else { "kpi__delta--bad" }, "↑", "+"),
        (std::cmp::Ordering::Less, more) => (if more { "kpi__delta--bad" } else { "kpi__delta--good" }, "↓", ""),
    };
    m.put(
        "<p class=\"kpi__delta {}\"><b><span aria-hidden=\"true\">{}</span> {}{}</b> <span>{}</span></p>",
        &[class, arrow, sign, &words, against],
    );
}

/// Days in words.
pub fn span((from, to): (Day, Day), today: Day) -> String {
    if from == from.month_start() && to == to.month_end() && from.month_end() == to {
        let words = from.short(Day(0));
        return words.strip_prefix("1 ").unwrap_or(&words).to_owned();
    }
    [&from.short(today), " – ", &to.short(today)].concat()
}

/// What each figure is.
fn definitions() -> AnyView {
    let entry = |tile: &Tile| view! { <div><dt>{tile.name}</dt><dd>{tile.says}</dd></div> };
    let list = TILES.iter().map(entry).collect_view();
    view! {
        <details class="kpis__defined">
            <summary>"What these figures are"</summary>
            <dl>{list}</dl>
        </details>
    }
    .into_any()
}
