//! The table of a split: each cause with what it is and who and what makes it, each name with its lines.

use super::draw::signed;
use crate::kpis::filters::View;
use crate::kpis::marks::{lines, nameless};
use crate::kpis::pick::Pick;
use crate::markup::Markup;
use crate::ui::Glyph;
use domain::Day;
use domain::cube::Dimension;
use domain::money::Currency;
use domain::movement::{Cause, Effect, Movement, Named, Names};

/// Which part is picked and whether all are printed, and the marks that are pressed.
type Shown<'a> = ((Option<usize>, bool), &'a [Pick]);
/// What rows are drawn with: the days now and before, the marks that are pressed, and the currency.
type Around<'a> = ((&'a View, (Day, Day)), &'a [Pick], Currency);

/// The charts that pressed names are kept as, each narrowing the split as well.
const PANELS: [(Dimension, &str); 2] = [(Dimension::Customer, "why-customer"), (Dimension::Product, "why-product")];

/// The name a button of the table stands for.
pub fn pick(verb: &str) -> Option<Pick> {
    let (code, label) = verb.split_once(':').map_or((verb, None), |(code, label)| (code, Some(label.to_owned())));
    let (dimension, panel) = PANELS.into_iter().find(|(dimension, _)| dimension.code() == code)?;
    let name = label.clone().unwrap_or_else(|| nameless(dimension).to_owned());
    Some(Pick::of(panel, &name, vec![(dimension, label)], None))
}

/// All causes, or the one that is picked, with their names once they are opened, picked or printed; the figure of the change stands below.
pub fn table(movement: &Movement, spans: (&View, (Day, Day)), ((picked, printing), picks): Shown<'_>, currency: Currency) -> String {
    let mut m = Markup::default();
    if picked.is_some() {
        m.put("<p><button type=\"button\" class=\"button button--plain button--small\" data-do=\"all\">All causes</button></p>", &[]);
    }
    let shown = movement.effects.iter().enumerate().filter(|(at, _)| picked.is_none_or(|one| one == *at));
    for (_, effect) in shown {
        part(&mut m, effect, printing || picked.is_some(), (spans, picks, currency));
    }
    m.put("<p class=\"why__total\"><span>Change</span> <b>{}</b></p>", &[&signed(movement.change, currency)]);
    m.done()
}

fn part(m: &mut Markup, effect: &Effect, open: bool, around: Around<'_>) {
    let (.., currency) = around;
    m.put(if open { "<details class=\"why__part\" open>" } else { "<details class=\"why__part\">" }, &[]);
    m.put("<summary><b>{}</b>", &[effect.cause.name()]);
    let class = match effect.amount {
        0 => "",
        amount if amount > 0 => "kpi__delta--good",
        _ => "kpi__delta--bad",
    };
    m.put("<span class=\"why__amount {}\"><b>{}</b></span>", &[class, &signed(effect.amount, currency)]);
    m.icon(Glyph::Down);
    m.put("<span class=\"why__says\">{}</span></summary>", &[effect.cause.says()]);
    m.put("<div class=\"why__names\">", &[]);
    for (title, dimension, names) in
        [("Customers", Dimension::Customer, &effect.customers), ("Products", Dimension::Product, &effect.products)]
    {
        listed(m, (title, dimension), names, (effect.cause, around));
    }
    m.put("</div></details>", &[]);
}

fn listed(m: &mut Markup, (title, dimension): (&str, Dimension), names: &Names, (cause, around): (Cause, Around<'_>)) {
    let (.., currency) = around;
    m.put("<table class=\"table\"><caption class=\"sr\">{} by {}</caption><thead><tr>", &[cause.name(), title]);
    m.put(
        "<th scope=\"col\">{}</th><th scope=\"col\" class=\"table__num\">Part</th><th scope=\"col\">Lines</th></tr></thead><tbody>",
        &[title],
    );
    if names.top.is_empty() {
        m.put("<tr><td colspan=\"3\" class=\"table__dim\">Nobody has part in it</td></tr>", &[]);
    }
    for named in &names.top {
        row(m, named, dimension, (cause, around));
    }
    if names.others_count > 0 {
        let count = crate::words::thousands(u32::try_from(names.others_count).unwrap_or(u32::MAX));
        let words = ["and ", &count, if names.others_count == 1 { " other" } else { " others" }].concat();
        m.put(
            "<tr class=\"table__dim\"><td>{}</td><td class=\"table__num\">{}</td><td></td></tr>",
            &[&words, &signed(names.others, currency)],
        );
    }
    m.put("</tbody></table>", &[]);
}

fn row(m: &mut Markup, named: &Named, dimension: Dimension, (cause, ((view, before), picks, currency)): (Cause, Around<'_>)) {
    let name = named.name.as_deref().unwrap_or_else(|| nameless(dimension));
    let keys = [(dimension, named.name.clone())];
    let panel = PANELS.iter().find(|(one, _)| *one == dimension).map(|(_, panel)| *panel);
    let pressed = picks.iter().any(|pick| Some(pick.panel) == panel && pick.holds(&keys, None));
    m.put(if pressed { "<tr class=\"panel__picked\"><td>" } else { "<tr><td>" }, &[]);
    m.put(
        "<button type=\"button\" class=\"panel__pick\" data-do=\"{}\" aria-pressed=\"{}\">{}</button>",
        &[&crate::sales::only(dimension.code(), named.name.as_deref()), if pressed { "true" } else { "false" }, name],
    );
    m.put("</td><td class=\"table__num\">{}</td><td>", &[&signed(named.amount, currency)]);
    let mut link = |days, words: &str| {
        let label = ["Lines of ", name, ", ", words].concat();
        m.put("<a href=\"{}\" aria-label=\"{}\">{}</a> ", &[&lines(&view.over(days), &keys, None), &label, words]);
    };
    if cause != Cause::Won {
        link(before, "before");
    }
    if cause != Cause::Lost {
        link(view.days, "now");
    }
    m.put("</td></tr>", &[]);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::kpis::filters::By;

    #[test]
    fn a_part_says_what_it_is_names_who_makes_it_and_leads_to_their_lines() {
        let currency = Currency::parse("KES").unwrap();
        let view = View { days: (Day(31), Day(58)), end: Day(58), keys: vec![], segment: None, by: By::Profit };
        let named = |name: &str, amount| Named { name: Some(name.to_owned()), amount };
        let customers = Names { top: vec![named("A & B", -500)], others: -50, others_count: 3 };
        let effect = Effect { cause: Cause::Lost, amount: -550, customers, products: Names::default() };
        let mut m = Markup::default();
        let picks = [pick("customer:A & B").unwrap()];
        part(&mut m, &effect, false, ((&view, (Day(0), Day(30))), &picks, currency));
        let html = m.done();
        assert!(html.contains("KES −5.50") && html.contains("and 3 others") && html.contains(Cause::Lost.says()), "{html}");
        assert!(html.contains("from=1970-01-01&amp;to=1970-01-31&amp;only=customer%3AA%20%26%20B") && !html.contains("now</a>"), "{html}");
        assert!(html.contains("data-do=\"customer:A &amp; B\" aria-pressed=\"true\">A &amp; B</button>"), "{html}");
        assert_eq!((pick("customer").map(|pick| pick.words()), pick("all")), (Some("Unknown customer".into()), None));
    }
}
