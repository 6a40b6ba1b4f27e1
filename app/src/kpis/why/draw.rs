//! The head of a split: what is split, against which days, the proof that it adds up, and the waterfall.

use super::compared::MEASURES;
use super::{Against, Asked, Compared, address};
use crate::charts::{Chart, Fall, waterfall};
use crate::kpis::filters::Filters;
use crate::kpis::marks::major;
use crate::markup::Markup;
use domain::Day;
use domain::measures::{change, percent, tenths};
use domain::money::Currency;
use domain::movement::{Measure, Movement, Span};

/// The two figures and the two comparisons, each an address of its own.
pub fn choices(asked: &Asked, filters: (&Filters, (Day, Day))) -> String {
    let mut m = Markup::default();
    let mut group = |all: [(&str, String, bool); 2]| {
        m.put("<div class=\"why__group\">", &[]);
        for (words, href, chosen) in all {
            m.put("<a href=\"{}\"", &[&href]);
            m.put(if chosen { " aria-current=\"true\">" } else { ">" }, &[]);
            m.put("{}</a>", &[words]);
        }
        m.put("</div>", &[]);
    };
    let (now, to) = (asked.compared, |compared| address(filters, &asked.view, compared));
    group(MEASURES.map(|measure| (measure.name(), to(Compared { measure, ..now }), measure == now.measure)));
    group(Against::ALL.map(|against| (against.words(), to(Compared { against, ..now }), against == now.against)));
    m.done()
}

/// Which days are compared.
pub fn spans(asked: &Asked, today: Day) -> String {
    let words = |(from, to): (Day, Day)| [&from.long(today), " to ", &to.long(today)].concat();
    [asked.compared.measure.name(), " from ", &words(asked.view.days), ", against ", &words(asked.before()), "."].concat()
}

/// An amount with its sign.
pub fn signed(minor: i64, currency: Currency) -> String {
    if minor > 0 { ["+", &currency.words(minor)].concat() } else { currency.words(minor) }
}

/// The two figures, the change, and that its parts are all of it.
pub fn proof(movement: &Movement, currency: Currency) -> String {
    let mut m = Markup::default();
    let figure = |span: &Span| span.figure.map_or_else(|| "nothing".to_owned(), |figure| currency.words(figure));
    let share =
        change(movement.now.figure.unwrap_or(0), movement.before.figure.unwrap_or(0)).map(|share| [" (", &percent(share), ")"].concat());
    m.put(
        "<p class=\"why__figures\">{} → <b>{}</b>: <b>{}</b>{}</p>",
        &[&figure(&movement.before), &figure(&movement.now), &signed(movement.change, currency), share.as_deref().unwrap_or_default()],
    );
    if movement.measure == Measure::GrossProfit {
        let covered = |span: &Span| tenths(span.known_net, span.net_sales).map_or_else(|| "–".to_owned(), percent);
        m.put(
            "<p class=\"muted small\">Over the lines whose cost is known: {} of net sales before, {} now.</p>",
            &[&covered(&movement.before), &covered(&movement.now)],
        );
    }
    let role = if movement.adds_up() { "" } else { " role=\"alert\"" };
    m.put("<p class=\"why__proof\"", &[]);
    m.put(role, &[]);
    m.put(">{}</p>", &[&adds_up(movement, currency)]);
    m.done()
}

/// That the parts are all of the change, in words.
pub fn adds_up(movement: &Movement, currency: Currency) -> String {
    if movement.adds_up() {
        ["The parts add up to ", &signed(movement.change, currency), ", the change, to the cent."].concat()
    } else {
        "The parts do not add up to the change: do not use this split, and report it.".to_owned()
    }
}

/// The waterfall.
pub fn fall(movement: &Movement, picked: Option<usize>, currency: Currency) -> Chart {
    let all = || movement.effects.iter().map(|effect| (effect.cause.name(), effect.amount)).chain([("Change", movement.change)]);
    // under a column there is room for a word
    let names: Vec<String> = all().map(|(name, _)| crate::words::capital(name.trim_start_matches("Customers "))).collect();
    let parts: Vec<f64> = movement.effects.iter().map(|effect| major(effect.amount, currency)).collect();
    let option = waterfall(&Fall { says: "The change of a figure by its causes", names: &names, parts: &parts, picked });
    let may = |at: usize| (at < movement.effects.len()).then_some(picked == Some(at));
    let mark = |(at, (name, amount)): (usize, (&str, i64))| ([name, "\n", &signed(amount, currency)].concat(), may(at));
    Chart { option, marks: all().enumerate().map(mark).collect() }
}
