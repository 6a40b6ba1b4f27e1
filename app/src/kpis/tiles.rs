//! The figures on top: each with its line, against the period before and the same days a year earlier.

pub mod attained;
pub mod then;

pub use attained::ATTAINED;

use super::area::Area;
use super::filters::{Filters, View};
use super::panel::NONE;
use super::panels::steps::{self, ByStep};
use super::period::{before, year_before};
use super::plan::{measurable, of_products};
use super::table::units;
use super::why::{Against, Compared, address};
use crate::charts::spark;
use crate::live::{no_act, steady};
use crate::markup::Markup;
use crate::session::here;
use domain::Day;
use domain::company::Company;
use domain::cube::{Answer, SliceDraft};
use domain::measures::{AVERAGE_TRANSACTION, GROSS_PROFIT, MARGIN, NET_SALES, RETURNS_RATE, TOTALS, Totals, UNITS, percent};
use domain::money::Currency;
use domain::movement::Measure;
use domain::targets::{ATTAINMENT, PACE, PROJECTED, RepPlan, Workdays};
use leptos::prelude::*;
use then::{Lack, Moved, compared, moved};

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
    /// The figure whose split says why it moved.
    split: Measure,
    /// What is said of it: how much of it is known, or why there is none.
    pub note: fn(&Totals, &View) -> Option<String>,
}

/// Every one, in the order of the page.
pub const TILES: [Tile; 6] = [
    Tile {
        name: "Net sales",
        says: NET_SALES,
        kind: Kind::Money,
        more: true,
        of: |totals| Some(totals.net),
        split: Measure::NetSales,
        note: |_, _| None,
    },
    Tile {
        name: "Gross profit",
        says: GROSS_PROFIT,
        kind: Kind::Money,
        more: true,
        of: |totals| totals.profit,
        split: Measure::GrossProfit,
        note: |now, _| now.coverage().map(|tenths| ["cost known for ", &percent(tenths), " of net sales"].concat()),
    },
    Tile {
        name: "Margin",
        says: MARGIN,
        kind: Kind::Share,
        more: true,
        of: Totals::margin,
        split: Measure::GrossProfit,
        note: |now, _| match (now.margin(), now.profit) {
            (Some(_), _) => None,
            (None, None) => Some("no cost is known".to_owned()),
            (None, Some(_)) => Some("net sales with a known cost are zero or below".to_owned()),
        },
    },
    Tile {
        name: "Average transaction",
        says: AVERAGE_TRANSACTION,
        kind: Kind::Money,
        more: true,
        of: Totals::average_transaction,
        split: Measure::NetSales,
        note: |now, view| match of_products(view) {
            Some(names) => Some(["of whole documents: clear the ", &names, " filter"].concat()),
            None => now.average_transaction().is_none().then(|| "no transaction begins in this selection".to_owned()),
        },
    },
    Tile {
        name: "Units",
        says: UNITS,
        kind: Kind::Units,
        more: true,
        of: |totals| Some(totals.units),
        split: Measure::NetSales,
        note: |_, _| None,
    },
    Tile {
        name: "Returns rate",
        says: RETURNS_RATE,
        kind: Kind::Share,
        more: false,
        of: Totals::returns_rate,
        split: Measure::NetSales,
        note: |now, _| now.returns_rate().is_none().then(|| "gross revenue is 0".to_owned()),
    },
];

impl Tile {
    /// Against what was sold in other days: how it moved from what it was then.
    ///
    /// # Errors
    /// What is lacking.
    pub fn moved(&self, now: i64, then: &Result<Totals, Lack>) -> Result<Moved, Lack> {
        let then = then.as_ref().map_err(|lack| *lack)?;
        moved(self.kind, now, (self.of)(then).ok_or(Lack::Unknown)?)
    }
}

/// The tiles.
pub fn tiles(area: Area) -> AnyView {
    let answers = area.answers(move || {
        let view = area.view("");
        area.beside.with(|beside| ask(&view, &beside.plans))
    });
    let company = here().company();
    let html = Signal::derive(move || match answers.get() {
        None => waiting(),
        Some(Err(problem)) => {
            let mut m = Markup::default();
            m.put("<p class=\"panel__empty\" role=\"alert\">{}</p>", &[&problem.words()]);
            m.done()
        }
        Some(Ok(answers)) => {
            let (view, filters, days, beside) = untrack(|| (area.view(""), area.filters.get(), area.days(), area.beside.get()));
            let (data, today) = (area.data.get_untracked(), area.today);
            let (plans, workdays) = (&beside.plans, &beside.workdays);
            let (filters, company, lacking) = ((&filters, days), &company, beside.lacking);
            draw(&answers, &Around { view: &view, filters, data, company, today, plans, workdays, lacking })
        }
    });
    view! {
        {steady(html, "kpis__tiles", Some(("group", "Figures")), no_act)}
        {definitions()}
    }
    .into_any()
}

/// The slices of the figures: now, before, a year earlier, their line, and what budgets measure of each of the three.
pub fn ask(view: &View, plans: &[RepPlan]) -> Vec<SliceDraft> {
    let total = |days| view.over(days).slice(&[], &TOTALS);
    let line = view.slice(&[steps::dimension(view.days)], &TOTALS);
    let all = [total(view.days), total(before(view.days)), total(year_before(view.days)), line];
    let spans = [view.days, before(view.days), year_before(view.days)];
    all.into_iter().chain(spans.into_iter().filter_map(|days| measurable(&view.over(days), plans))).collect()
}

fn waiting() -> String {
    let mut m = Markup::default();
    for tile in &TILES {
        m.put("<div class=\"kpi card kpi--waiting\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">&nbsp;</p></div>", &[tile.name]);
    }
    m.done()
}

/// What tiles are drawn with.
struct Around<'a> {
    view: &'a View,
    filters: (&'a Filters, (Day, Day)),
    data: Option<(Day, Day)>,
    company: &'a Company,
    today: Day,
    plans: &'a [RepPlan],
    workdays: &'a Workdays,
    lacking: bool,
}

fn draw(answers: &[Answer], around: &Around<'_>) -> String {
    let (view, currency, today) = (around.view, around.company.currency, around.today);
    let mut m = Markup::default();
    let Some(now) = answers.first().and_then(Totals::of_all) else {
        m.put("<p class=\"panel__empty card\">{}</p>", &[NONE]);
        return m.done();
    };
    let (before, last) = (before(view.days), year_before(view.days));
    let compared = compared(answers, view, around.data);
    let found = answers.get(3).map(ByStep::of);
    let line: Vec<Option<Totals>> = steps::steps(view.days).iter().map(|step| found.as_ref()?.get(step.0)).collect();
    let is_part = steps::steps(view.days).last().is_some_and(|step| steps::is_part(*step, view.days));
    for tile in &TILES {
        let value = (tile.of)(&now);
        m.put(
            "<div class=\"kpi card\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">{}</p>",
            &[tile.name, &written(tile.kind, value, currency)],
        );
        m.maybe("<p class=\"kpi__note\">{}</p>", (tile.note)(&now, view).as_deref());
        let values: Vec<Option<f64>> = line.iter().map(|totals| Some((tile.of)(totals.as_ref()?)? as f64)).collect();
        spark(&mut m, &values, is_part);
        // what is no number did not move
        if let Some(now) = value {
            for (then, against) in compared.iter().zip(Against::ALL) {
                delta(&mut m, tile.more, tile.moved(now, then), (tile.name, tile.split, against), around);
            }
        }
        m.put("</div>", &[]);
    }
    attained::attained(&mut m, now.net, answers, around);
    let words = [&span(view.days, today), " · the days before: ", &span(before, today), " · a year earlier: ", &span(last, today)].concat();
    m.put("<p class=\"kpis__spans\">{}</p>", &[&words]);
    m.done()
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

/// How much more or less, and whether that is good: by an arrow and a sign, not by colour alone.
fn delta(m: &mut Markup, more: bool, moved: Result<Moved, Lack>, (figure, split, against): (&str, Measure, Against), around: &Around<'_>) {
    let on = against.on();
    let (now, then, words) = match moved {
        Ok(moved) => moved,
        Err(lack) => {
            m.put("<p class=\"kpi__delta muted\">– <span>{}{}</span></p>", &[on, &lack.words(around.today)]);
            return;
        }
    };
    let (class, arrow, sign) = match (now.cmp(&then), more) {
        (std::cmp::Ordering::Equal, _) => ("", "→", ""),
        (std::cmp::Ordering::Greater, more) => (if more { "kpi__delta--good" } else { "kpi__delta--bad" }, "↑", "+"),
        (std::cmp::Ordering::Less, more) => (if more { "kpi__delta--bad" } else { "kpi__delta--good" }, "↓", ""),
    };
    m.put(
        "<p class=\"kpi__delta {}\"><b><span aria-hidden=\"true\">{}</span> {}{}</b> <span>{}</span> ",
        &[class, arrow, sign, &words, on],
    );
    let asked = ["Why did ", &split.name().to_lowercase(), " move"].concat();
    let name = [&asked, ", ", figure, " ", on, "?"].concat();
    let why = address(around.filters, around.view, Compared { measure: split, against });
    // the parts of another figure do not add up to this change: then it is named
    let words = if figure == split.name() { "Why?" } else { &[&asked, "?"].concat() };
    m.put("<a class=\"kpi__why\" href=\"{}\" aria-label=\"{}\">{}</a></p>", &[&why, &name, words]);
}

/// Days in words.
pub fn span((from, to): (Day, Day), today: Day) -> String {
    if from == from.month_start() && to == to.month_end() && from.month_end() == to {
        let words = from.short(Day(0));
        return words.strip_prefix("1 ").unwrap_or(&words).to_owned();
    }
    [&from.short(today), " – ", &to.short(today)].concat()
}

/// Every figure with what it is.
pub fn defined() -> impl Iterator<Item = (&'static str, &'static str)> {
    let targets = [(ATTAINED, ATTAINMENT), ("Pace needed", PACE), ("Projected end", PROJECTED)];
    TILES.iter().map(|tile| (tile.name, tile.says)).chain(targets)
}

/// What each figure is.
fn definitions() -> AnyView {
    let entry = |(name, says): (&'static str, &'static str)| view! { <div><dt>{name}</dt><dd>{says}</dd></div> };
    let list = defined().map(entry).collect_view();
    view! {
        <details class="kpis__defined">
            <summary>"What these figures are"</summary>
            <dl>{list}</dl>
        </details>
    }
    .into_any()
}
