//! The most valuable customers: how many are of each segment by recency and frequency, what each is worth, and who may be lost.

use super::area::{Area, Worths};
use super::csv;
use super::filters::View;
use super::foot;
use super::marks::lines;
use super::panel::{NONE, pressed_mark};
use super::pick::Pick;
use super::picture;
use super::table::{Cell, Row, Table};
use crate::charts::{Chart, Ranking, Said, Scale, chart, ranking};
use crate::session::here;
use crate::ui::{Button, Look};
use domain::cube::{Dimension, LIMIT_MAX, SliceDraft};
use domain::customers::{Customer, Risk, Segment, Worth};
use domain::money::Currency;
use domain::people::Right;
use domain::reports::Format;
use leptos::prelude::*;

/// Its own in the document and among the pressed marks.
pub const PANEL: &str = "worth";
/// Its heading.
pub const TITLE: &str = "Most valuable customers";
/// What it shows.
pub const SAYS: &str = "Recency: days since a customer last bought. Frequency: different days they bought on. Money: net sales. Each is scored 1 to 5 by fifths \
     of the customers who bought, and recency and frequency give the segment. At risk: overdue after their own rhythm, sales of the last 90 days below half \
     of the 90 before, or a good customer who has lapsed. Press a segment, or a customer in the table, to see what they buy.";

/// Every segment, the best first.
const SEGMENTS: [(Segment, &str); 10] = [
    (Segment::Champion, "Champions"),
    (Segment::Loyal, "Loyal"),
    (Segment::PotentialLoyalist, "Potential loyalists"),
    (Segment::New, "New"),
    (Segment::Promising, "Promising"),
    (Segment::NeedsAttention, "Need attention"),
    (Segment::AboutToSleep, "About to sleep"),
    (Segment::AtRisk, "At risk"),
    (Segment::CannotLose, "Cannot lose"),
    (Segment::Hibernating, "Hibernating"),
];

/// The panel.
pub fn worth(area: Area) -> AnyView {
    let view = Memo::new(move |_| area.view(PANEL));
    let found = area.worth(move || view.with(ask));
    let state = Memo::new(move |_| found.with(state));
    let body = move || match state.get() {
        None => view! { <div class="chart chart--ranks chart--waiting" role="status" aria-label="Loading"></div> }.into_any(),
        Some(Err(words)) => view! { <p class="panel__empty" role="alert">{words}</p> }.into_any(),
        Some(Ok(false)) => view! { <p class="panel__empty">{NONE}</p> }.into_any(),
        Some(Ok(true)) => there(area, view, found),
    };
    view! {
        <section class="panel card chart--wide-panel worth" aria-labelledby="worth-title">
            <h2 class="panel__title" id="worth-title">{TITLE}</h2>
            <p class="panel__says">{SAYS}</p>
            {body}
        </section>
    }
    .into_any()
}

/// What a view asks.
pub fn ask(view: &View) -> SliceDraft {
    let (from, to) = (view.days.0.to_string(), view.days.1.max(view.days.0).to_string());
    SliceDraft { from, to, limit: Some(LIMIT_MAX as i64), ..view.slice(&[], &[]) }
}

/// Whether there are customers; none while nobody has answered.
fn state(found: &Option<Worths>) -> Option<Result<bool, String>> {
    let found = found.as_ref()?;
    Some(found.as_ref().map(|worth| !worth.customers.is_empty()).map_err(|problem| problem.words()))
}

fn there(area: Area, view: Memo<View>, found: RwSignal<Option<Worths>>) -> AnyView {
    let currency = here().with_company(|company| company.currency);
    let worth = move || found.with(|found| found.clone()?.ok());
    let picked = move || area.picks.with(|picks| picks.iter().find(|pick| pick.panel == PANEL).cloned());
    let of = Signal::derive(move || worth().map(|worth| drawn(&worth, picked().as_ref())).unwrap_or_default());
    let press = move |at: usize, more: bool| area.press(untrack(worth).and_then(|worth| picks(&worth).into_iter().nth(at).flatten()), more);
    let said = Callback::new(move |said| match said {
        Said::Pick(at) | Said::Brush(at, _) => press(at, false),
        Said::More(at) => press(at, true),
    });
    let table = move || worth().map(|worth| view.with(|view| table(&worth, view, picked().as_ref(), currency))).unwrap_or_default();
    let open = RwSignal::new(false);
    let rows = Signal::derive(move || if open.get() { table().html(TITLE) } else { String::new() });
    let picking = move |event: leptos::ev::MouseEvent| {
        if let Some((at, more)) = pressed_mark(&event) {
            press(at, more);
        }
    };
    let sum = move || worth().map(|worth| [&count(worth.count), " customers, ", &count(worth.at_risk), " of them at risk"].concat());
    let save = RwSignal::new(String::new());
    let file = move |ending: &str| [PANEL, "-", &area.days().0.to_string(), "-", &area.days().1.to_string(), ending].concat();
    let png = move || untrack(|| picture::save(area, PANEL, &file(".png"), save));
    let csv = here().may(Right::Export).then(|| {
        let text = move || untrack(|| csv::alone(area, PANEL, TITLE, &table(), currency));
        let export = move || csv::save(&file(".csv"), &text());
        let asked = Signal::derive(move || area.asked(PANEL));
        view! {
            <Button look=Look::Plain small=true on_press=export>"CSV"</Button>
            {crate::reports::file(asked, Format::Xlsx, PANEL)}
        }
    });
    let below = foot::table(open.into(), move |is| open.set(is), rows, picking);
    let files = view! {
        {csv}
        <Button look=Look::Plain small=true on_press=png>"PNG"</Button>
    };
    view! {
        <p class="worth__sum">{sum}</p>
        {chart(PANEL, "Customers by segment", "chart--ranks", false, of, save.into(), said)}
        {foot::foot(area, "", below, files.into_any())}
    }
    .into_any()
}

fn count(n: usize) -> String {
    Cell::count(n as i64).words
}

fn of_segment(worth: &Worth, segment: Segment) -> impl Iterator<Item = &Customer> {
    worth.customers.iter().filter(move |customer| customer.segment == Some(segment))
}

/// What can be pressed: each segment, then each customer; nothing where not all customers are known.
fn picks(worth: &Worth) -> Vec<Option<Pick>> {
    let key = |customer: &Customer| (Dimension::Customer, Some(customer.customer.clone()));
    let segment = |(segment, name): &(Segment, &str)| {
        let keys: Vec<_> = of_segment(worth, *segment).map(key).collect();
        (!keys.is_empty() && worth.customers.len() == worth.count).then(|| Pick::of(PANEL, name, keys, None))
    };
    let customer = |customer: &Customer| Some(Pick::of(PANEL, &customer.customer, vec![key(customer)], None));
    SEGMENTS.iter().map(segment).chain(worth.customers.iter().map(customer)).collect()
}

/// The chart, with its marks.
pub fn drawn(worth: &Worth, picked: Option<&Pick>) -> Chart {
    let counts = SEGMENTS.map(|(segment, _)| of_segment(worth, segment).count());
    let is_picked = |pick: &Pick| picked.is_some_and(|picked| pick.marks.iter().all(|keys| picked.holds(keys, None)));
    let pressed: Vec<Option<bool>> = picks(worth).iter().take(SEGMENTS.len()).map(|pick| pick.as_ref().map(is_picked)).collect();
    let names: Vec<String> = SEGMENTS.iter().map(|(_, name)| (*name).to_owned()).collect();
    let values: Vec<Option<f64>> = counts.iter().map(|count| Some(*count as f64)).collect();
    let faded: Vec<bool> = pressed.iter().map(|pressed| picked.is_some() && *pressed != Some(true)).collect();
    let option = ranking(&Ranking { says: "Customers by segment", names: &names, values: &values, faded: &faded, scale: Scale::Count });
    let mark = |((name, n), pressed): ((&String, usize), Option<bool>)| ([name, "\n", &count(n), " customers"].concat(), pressed);
    Chart { option, marks: names.iter().zip(counts).zip(pressed).map(mark).collect() }
}

/// Every customer, the most valuable first.
pub fn table(worth: &Worth, view: &View, picked: Option<&Pick>, currency: Currency) -> Table {
    let heads =
        vec!["Customer", "Segment", "R F M", "Last bought", "Days bought", "Net sales", "Gross profit", "Share of profit", "At risk"];
    let row = |(at, customer): (usize, &Customer)| {
        let keys = vec![(Dimension::Customer, Some(customer.customer.clone()))];
        let segment = SEGMENTS.iter().find(|(one, _)| Some(*one) == customer.segment).map_or("–", |(_, name)| name);
        let score = |score: Option<u8>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
        let scores = [customer.recency_score, customer.frequency_score, customer.money_score].map(score).join(" ");
        let last = customer.last_purchase.map_or_else(|| "–".to_owned(), |day| day.to_string());
        Row {
            mark: Some((SEGMENTS.len() + at, picked.is_some_and(|pick| pick.holds(&keys, None)))),
            lines: (at < 200).then(|| lines(view, &keys, None)),
            why: None,
            cells: vec![
                Cell::name(&customer.customer),
                Cell::name(segment),
                Cell::name(&scores),
                Cell::name(&last),
                Cell::count(customer.frequency),
                Cell::money(Some(customer.net_sales), currency),
                Cell::money(customer.gross_profit, currency),
                Cell::share(customer.profit_share_basis_points.map(|share| (share + share.signum() * 5) / 10)),
                Cell::name(&risks(customer)),
            ],
        }
    };
    Table { heads, rows: worth.customers.iter().enumerate().map(row).collect() }
}

fn risks(customer: &Customer) -> String {
    let words = |risk: &Risk| match risk {
        Risk::Overdue => "overdue",
        Risk::Falling => "falling",
        Risk::Lapsing => "lapsing",
    };
    customer.risks.iter().map(words).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use domain::Day;

    fn customer(name: &str, segment: Segment) -> Customer {
        Customer {
            customer: name.into(),
            last_purchase: Some(Day(20_000)),
            recency_days: Some(3),
            frequency: 2,
            net_sales: 100,
            gross_profit: None,
            profit_share_basis_points: Some(1_234),
            sales_share_basis_points: None,
            recency_score: Some(5),
            frequency_score: Some(4),
            money_score: None,
            segment: Some(segment),
            at_risk: true,
            risks: vec![Risk::Overdue],
        }
    }

    #[test]
    fn a_segment_that_is_pressed_keeps_its_customers_and_none_where_not_all_are_known() {
        let customers = vec![customer("A", Segment::Champion), customer("B", Segment::New), customer("C", Segment::Champion)];
        let mut worth = Worth { from: Day(0), to: Day(1), customers, count: 3, at_risk: 3, net_sales: None, gross_profit: None };
        let all = picks(&worth);
        assert_eq!(all[0].as_ref().unwrap().keys(), [(Dimension::Customer, vec![Some("A".to_owned()), Some("C".to_owned())])]);
        assert!(all[1].is_none() && all.len() == SEGMENTS.len() + 3);
        let option = drawn(&worth, all[0].as_ref());
        assert_eq!((option.marks[0].clone(), option.marks[3].1), (("Champions\n2 customers".into(), Some(true)), Some(false)));
        assert_eq!(option.marks[1].1, None, "nobody is loyal: there is nothing to press");
        worth.count = 9;
        assert!(picks(&worth)[0].is_none());
    }
}
