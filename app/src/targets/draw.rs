//! The figures, drawn: short on Today, whole on their own page, where each says what it is made of.

use crate::ask::Drawn;
use crate::markup::Markup;
use crate::session::Seen;
use crate::words::moment;
use domain::targets::{Figures, Target};

/// The card on Today: what today should bring, and how month and year stand.
pub fn card(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    m.section("Sales", &as_of(f, seen));
    m.put("<a class=\"figures card\" href=\"/targets\">", &[]);
    today(m, f);
    m.put("<span class=\"figures__row\">", &[]);
    tile(m, "This month", f.month.net, f.month.budget, f.month.expected, f);
    tile(m, &year_name(f), f.year.net, f.year.budget, f.year.budget, f);
    m.put("</span></a></section>", &[]);
}

fn today(m: &mut Markup, f: &Figures) {
    let (value, words) = target(f);
    m.put(
        "<span class=\"figures__today\"><span class=\"figures__label\">Today’s target</span><strong class=\"figures__value\">{}</strong>",
        &[&value],
    );
    m.maybe("<span class=\"figures__note\">{}</span>", Some(&words));
    let sold = match f.today {
        None => "Today’s sales are not in yet".to_owned(),
        Some(sold) => ["Sold today ", &f.currency.whole(sold), if f.reached() { ": today’s target is reached" } else { "" }].concat(),
    };
    m.put("<span class=\"figures__note\">{}</span></span>", &[&sold]);
}

/// The target's figure, and what there is to say about it.
pub fn target(f: &Figures) -> (String, String) {
    let none = || "–".to_owned();
    match f.target {
        Target::Due(minor) => (f.currency.whole(minor), String::new()),
        Target::Reached => (f.currency.whole(0), "The month’s budget is reached".into()),
        Target::NoBudget => (none(), "No budget is set for this month".into()),
        Target::DayOff => (none(), "Today is no working day".into()),
        Target::OnLeave => (none(), "On leave today".into()),
        Target::Short(minor) => (none(), ["No working day is left: short by ", &f.currency.whole(minor)].concat()),
    }
}

fn tile(m: &mut Markup, label: &str, net: i64, budget: Option<i64>, expected: Option<i64>, f: &Figures) {
    m.put("<span class=\"figures__tile\"><span class=\"figures__label\">{}</span><strong>{}</strong>", &[label, &f.currency.whole(net)]);
    match budget {
        Some(budget) => {
            bar(m, net, budget, expected.filter(|e| *e != budget));
            m.put("<span class=\"figures__note\">{}</span></span>", &[&of_budget(net, budget, f)]);
        }
        None => m.put("<span class=\"figures__note\">no budget set</span></span>", &[]),
    }
}

fn of_budget(net: i64, budget: i64, f: &Figures) -> String {
    let whole = f.currency.whole(budget);
    match percent(net, budget) {
        Some(percent) => [&percent.to_string(), " % of ", &whole].concat(),
        None => ["of ", &whole].concat(),
    }
}

/// Whole percent; none of nothing.
fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part.saturating_mul(100) / whole)
}

/// How far, and where one should be by now. Widths are attributes: the page allows no inline style.
fn bar(m: &mut Markup, net: i64, budget: i64, expected: Option<i64>) {
    let at = |minor: i64| percent(minor, budget).unwrap_or(0).clamp(0, 100).to_string();
    m.put(
        "<svg class=\"figures__bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"figures__track\" width=\"100\" height=\"4\"></rect><rect class=\"figures__fill\" width=\"{}\" height=\"4\"></rect>",
        &[&at(net)],
    );
    if let Some(expected) = expected {
        m.put("<rect class=\"figures__mark\" x=\"{}\" width=\"1\" height=\"4\"></rect>", &[&at(expected)]);
    }
    m.put("</svg>", &[]);
}

fn year_name(f: &Figures) -> String {
    let (year, month, _) = f.year.from.civil();
    if month == 1 { year.to_string() } else { [&year.to_string(), "/", &((year + 1) % 100).to_string()].concat() }
}

fn as_of(f: &Figures, seen: Seen<'_>) -> String {
    let to = f.data_to.map(|day| ["data to ", &day.near(seen.today)].concat());
    let at = f.refreshed_at.map(|at| ["loaded ", &moment(at, seen.today, seen.company)].concat());
    [to, at].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The page: every figure with what it is and what it is made of.
#[must_use]
pub fn page(f: &Figures, days: &[(domain::Day, i64)], seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    let money = |minor: i64| f.currency.words(minor);
    let some = |minor: Option<i64>| minor.map_or_else(|| "–".to_owned(), |minor| f.currency.words(minor));
    let (value, why) = target(f);
    m.section("Today", &f.day.full(f.day));
    m.put("<dl class=\"defined card\">", &[]);
    entry(
        &mut m,
        "Target",
        &value,
        &[
            &why,
            "(month’s budget − net sales to yesterday) × weight of today ÷ weights of the working days left, today included",
            if seen.caller.has_book() {
                ""
            } else {
                "A team’s is the sum of its reps’; one above the month’s budget does not lower the others’."
            },
        ],
    );
    traced(&mut m, "Sold today", &some(f.today), &["Net sales: gross and returns of today’s lines, once they are in"], (f.day, f.day));
    m.put("</dl></section>", &[]);
    m.section("This month", "");
    m.put("<dl class=\"defined card\">", &[]);
    traced(&mut m, "Net sales", &money(f.month.net), &["Gross and returns since the first of the month"], (f.day.month_start(), f.day));
    entry(&mut m, "Budget", &some(f.month.budget), &["What is to be sold in the month"]);
    entry(
        &mut m,
        "Expected before today",
        &some(f.month.expected),
        &["The budget’s part for the working days that are over and whose sales are in"],
    );
    entry(
        &mut m,
        "Projected",
        &some(f.month.projected),
        &["If the days left sell as those before today whose sales are in, weight for weight"],
    );
    m.put("</dl></section>", &[]);
    m.section(&year_name(f), &["since ", &f.year.from.long(f.day)].concat());
    m.put("<dl class=\"defined card\">", &[]);
    traced(&mut m, "Net sales", &money(f.year.net), &["Gross and returns since the fiscal year began"], (f.year.from, f.day));
    entry(
        &mut m,
        "Budget to date",
        &some(f.year.budget),
        &[&["Budgets of the months before, and the part of the working days of the last one up to ", &f.year.to.long(f.day)].concat()],
    );
    traced(
        &mut m,
        "The same days last year",
        &some(f.year.last_year),
        &[&["Net sales up to ", &f.year.to.year_before().long(f.day)].concat()],
        (f.year.from.year_before(), f.year.to.year_before()),
    );
    m.put("</dl></section>", &[]);
    rows(&mut m, f, days, seen);
    Drawn { title: "Targets".into(), sub: as_of(f, seen), html: m.done() }
}

fn entry(m: &mut Markup, name: &str, value: &str, words: &[&str]) {
    defined(m, name, value, words);
    m.put("</div>", &[]);
}

/// An entry with the way to the lines it is made of.
fn traced(m: &mut Markup, name: &str, value: &str, words: &[&str], (from, to): (domain::Day, domain::Day)) {
    defined(m, name, value, words);
    m.put(
        "<dd class=\"defined__words\"><a class=\"link\" href=\"{}\">The lines behind it</a></dd></div>",
        &[&crate::sales::between(from, to)],
    );
}

/// Left open for more.
fn defined(m: &mut Markup, name: &str, value: &str, words: &[&str]) {
    m.put("<div class=\"defined__row\"><dt>{}</dt><dd class=\"defined__value\">{}</dd>", &[name, value]);
    for words in words.iter().filter(|words| !words.is_empty()) {
        m.put("<dd class=\"defined__words\">{}</dd>", &[words]);
    }
}

/// The days the month is made of.
fn rows(m: &mut Markup, f: &Figures, days: &[(domain::Day, i64)], seen: Seen<'_>) {
    m.section("Days of this month", "");
    if days.is_empty() {
        m.put("<p class=\"muted\">No sales this month yet.</p></section>", &[]);
        return;
    }
    m.put("<table class=\"table card\"><thead><tr><th scope=\"col\">Day</th><th scope=\"col\" class=\"table__num\">Net sales</th></tr></thead><tbody>", &[]);
    for (day, net) in days {
        let words = [day.weekday_name().get(..3).unwrap_or_default(), " ", &day.short(seen.today)].concat();
        m.put(
            "<tr><td><a href=\"{}\">{}</a></td><td class=\"table__num\">{}</td></tr>",
            &[&crate::sales::between(*day, *day), &words, &f.currency.words(*net)],
        );
    }
    m.put("</tbody></table></section>", &[]);
}
