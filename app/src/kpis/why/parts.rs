//! The table of a split: each cause with what it is and who and what makes it, each name with its lines.

use super::draw::signed;
use crate::kpis::filters::View;
use crate::kpis::marks::{lines, nameless};
use crate::markup::Markup;
use crate::ui::Glyph;
use domain::Day;
use domain::cube::Dimension;
use domain::money::Currency;
use domain::movement::{Cause, Effect, Movement, Named, Names};

/// All causes, or the one that is picked, with their names once they are opened or printed; the figure of the change stands below.
pub fn table(
    movement: &Movement,
    (view, before): (&View, (Day, Day)),
    (picked, printing): (Option<usize>, bool),
    currency: Currency,
) -> String {
    let mut m = Markup::default();
    let shown = movement.effects.iter().enumerate().filter(|(at, _)| picked.is_none_or(|one| one == *at || one == movement.effects.len()));
    for (_, effect) in shown {
        part(&mut m, effect, (view, before), (printing, currency));
    }
    m.put("<p class=\"why__total\"><span>Change</span> <b>{}</b></p>", &[&signed(movement.change, currency)]);
    m.done()
}

fn part(m: &mut Markup, effect: &Effect, spans: (&View, (Day, Day)), (open, currency): (bool, Currency)) {
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
        listed(m, (title, dimension), names, (effect.cause, spans), currency);
    }
    m.put("</div></details>", &[]);
}

fn listed(
    m: &mut Markup,
    (title, dimension): (&str, Dimension),
    names: &Names,
    (cause, spans): (Cause, (&View, (Day, Day))),
    currency: Currency,
) {
    m.put("<table class=\"table\"><caption class=\"sr\">{} by {}</caption><thead><tr>", &[cause.name(), title]);
    m.put(
        "<th scope=\"col\">{}</th><th scope=\"col\" class=\"table__num\">Part</th><th scope=\"col\">Lines</th></tr></thead><tbody>",
        &[title],
    );
    if names.top.is_empty() {
        m.put("<tr><td colspan=\"3\" class=\"table__dim\">Nobody has part in it</td></tr>", &[]);
    }
    for named in &names.top {
        row(m, named, dimension, (cause, spans), currency);
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

fn row(m: &mut Markup, named: &Named, dimension: Dimension, (cause, (view, before)): (Cause, (&View, (Day, Day))), currency: Currency) {
    let name = named.name.as_deref().unwrap_or_else(|| nameless(dimension));
    m.put("<tr><td>{}</td><td class=\"table__num\">{}</td><td>", &[name, &signed(named.amount, currency)]);
    let keys = [(dimension, named.name.clone())];
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
        part(&mut m, &effect, (&view, (Day(0), Day(30))), (false, currency));
        let html = m.done();
        assert!(html.contains("KES −5.50") && html.contains("and 3 others") && html.contains(Cause::Lost.says()), "{html}");
        assert!(html.contains("from=1970-01-01&amp;to=1970-01-31&amp;only=customer%3AA%20%26%20B") && !html.contains("now</a>"), "{html}");
    }
}
