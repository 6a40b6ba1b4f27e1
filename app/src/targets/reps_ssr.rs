//! The reps a team's targets are made of, drawn where they are read.

use super::draw::target;
use super::draw_page::some;
use crate::markup::Markup;
use crate::session::Seen;
use domain::targets::{Facts, OfRep};

/// Each rep with what is due, sold and budgeted, which together are the team's; nothing to whoever sees their own alone.
pub fn reps(facts: &Facts, seen: Seen<'_>) -> String {
    let mut m = Markup::default();
    if seen.caller.has_book() {
        return m.done();
    }
    let mut all = facts.of_each(seen.today);
    let name = |rep: &OfRep| seen.company.rep_name(rep.rep).unwrap_or_default();
    all.sort_by_key(|rep| domain::fold::fold(name(rep)));
    m.put("<div id=\"behind\">", &[]);
    m.section("Reps", "today’s target");
    if all.is_empty() {
        m.put(
            "<p class=\"muted\">Nobody has a budget in this fiscal year: set them in the office, under Budgets.</p></section></div>",
            &[],
        );
        return m.done();
    }
    m.put("<dl class=\"defined card\">", &[]);
    for rep in &all {
        put(&mut m, rep, name(rep), (facts, seen));
    }
    m.put("</dl></section></div>", &[]);
    m.done()
}

fn put(m: &mut Markup, rep: &OfRep, name: &str, (facts, seen): (&Facts, Seen<'_>)) {
    let say = |minor: Option<i64>| some(facts.currency, minor);
    let (value, why) = target(rep.target, &|minor| facts.currency.words(minor), true);
    let href = [&crate::sales::between(seen.today.month_start(), seen.today), "&rep=", &rep.rep.to_string()].concat();
    m.put(
        "<div class=\"defined__row\"><dt><a class=\"link\" href=\"{}\">{}</a></dt><dd class=\"defined__value\">{}</dd>",
        &[&href, name, &value],
    );
    let sold = rep.today.map(|minor| [&facts.currency.words(minor), " sold today"].concat());
    let month = ["This month ", &say(rep.month.net), " of ", &say(rep.month.budget), ", expected ", &say(rep.month.expected)].concat();
    let year = ["Budget to date ", &say(rep.budget_to_date)].concat();
    for words in [&why, &sold.unwrap_or_default(), &month, &year] {
        m.maybe("<dd class=\"defined__words\">{}</dd>", Some(words));
    }
    m.put("</div>", &[]);
}
