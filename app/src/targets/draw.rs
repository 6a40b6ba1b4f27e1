//! The figures, drawn: short on Today, whole on their own page, where each says what it is made of.

use crate::ask::Drawn;
use crate::markup::Markup;
use crate::offline::Team;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::{moment, unmeasured};
use domain::targets::{Figures, Target, figures};

/// The card on Today: what today should bring, and how month and year stand.
pub fn card(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    m.section("Sales", &as_of(f, seen));
    m.put("<a class=\"figures card\" href=\"/targets\">", &[]);
    today(m, f);
    m.put("<span class=\"figures__row\">", &[]);
    tile(m, "This month", (f.month.net, f.month.measured()), f.month.budget, f.month.expected, f);
    tile(m, &year_name(f), (f.year.net, f.year.measured()), f.year.budget, f.year.budget, f);
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

/// What was sold in all, and what of it is measured by the budget.
fn tile(m: &mut Markup, label: &str, (net, measured): (i64, i64), budget: Option<i64>, expected: Option<i64>, f: &Figures) {
    m.put("<span class=\"figures__tile\"><span class=\"figures__label\">{}</span><strong>{}</strong>", &[label, &f.currency.whole(net)]);
    match budget {
        Some(budget) => {
            bar(m, measured, budget, expected.filter(|e| *e != budget));
            let share = percent(measured, budget).map(|share| [&share.to_string(), " % "].concat()).unwrap_or_default();
            m.put(
                "<span class=\"figures__note\">{}<span class=\"figures__amount\">of {}</span></span>",
                &[&share, &f.currency.whole(budget)],
            );
            m.maybe("<span class=\"figures__note\">{}</span>", not_measured(net - measured, f).as_deref());
            m.put("</span>", &[]);
        }
        None => m.put("<span class=\"figures__note\">no budget set</span></span>", &[]),
    }
}

fn not_measured(without: i64, f: &Figures) -> Option<String> {
    (without != 0).then(|| unmeasured(without, f.currency))
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

/// Says that the server cannot be reached, and as of when what follows is.
pub fn kept(m: &mut Markup, team: &Team, seen: Seen<'_>) {
    m.put("<div class=\"banner banner--offline\" role=\"status\">", &[]);
    m.icon(Glyph::CloudOff);
    m.put(
        "<span>The server cannot be reached. These are the figures as of {}.</span>\
         <button type=\"button\" class=\"button button--plain button--small\" data-do=\"retry\">Try again</button></div>",
        &[&moment(team.at, seen.today, seen.company)],
    );
}

/// The page as of the last contact.
#[must_use]
pub fn page_kept(team: &Team, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    kept(&mut m, team, seen);
    let page = page(&figures(&team.facts, seen.today), &team.facts.month(seen.today), seen);
    Drawn { html: [m.done(), page.html].concat(), ..page }
}

/// The page: every figure with what it is and what it is made of.
#[must_use]
pub fn page(f: &Figures, days: &[(domain::Day, i64)], seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    let money = |minor: i64| f.currency.words(minor);
    let some = |minor: Option<i64>| minor.map_or_else(|| "–".to_owned(), |minor| f.currency.words(minor));
    let lines = |from, to| (!seen.away).then(|| crate::sales::between(from, to));
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
    traced(&mut m, "Sold today", &some(f.today), &["Net sales: gross and returns of today’s lines, once they are in"], lines(f.day, f.day));
    m.put("</dl></section>", &[]);
    m.section("This month", "");
    m.put("<dl class=\"defined card\">", &[]);
    traced(
        &mut m,
        "Net sales",
        &money(f.month.net),
        &["Gross and returns since the first of the month"],
        lines(f.day.month_start(), f.day),
    );
    let without = |minor: i64, budget: Option<i64>| budget.and_then(|_| not_measured(minor, f)).unwrap_or_default();
    let by = without(f.month.without_budget, f.month.budget);
    entry(&mut m, "Budget", &some(f.month.budget), &["What is to be sold in the month", &by]);
    entry(
        &mut m,
        "Expected before today",
        &some(f.month.expected),
        &[
            "The budget’s part for each rep’s working days that are over and whose sales are in; a month that is all leave goes by the company’s",
        ],
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
    traced(&mut m, "Net sales", &money(f.year.net), &["Gross and returns since the fiscal year began"], lines(f.year.from, f.day));
    entry(
        &mut m,
        "Budget to date",
        &some(f.year.budget),
        &[
            &["Budgets of the months before, and the part of the working days of the last one up to ", &f.year.to.long(f.day)].concat(),
            &without(f.year.without_budget, f.year.budget),
        ],
    );
    traced(
        &mut m,
        "The same days last year",
        &some(f.year.last_year),
        &[&["Net sales up to ", &f.year.to.year_before().long(f.day)].concat()],
        lines(f.year.from.year_before(), f.year.to.year_before()),
    );
    m.put("</dl></section>", &[]);
    rows(&mut m, f, days, seen);
    Drawn { title: "Targets".into(), sub: as_of(f, seen), html: m.done() }
}

fn entry(m: &mut Markup, name: &str, value: &str, words: &[&str]) {
    defined(m, name, value, words);
    m.put("</div>", &[]);
}

/// An entry with the way to the lines it is made of, where there is one: the lines are on the server alone.
fn traced(m: &mut Markup, name: &str, value: &str, words: &[&str], lines: Option<String>) {
    defined(m, name, value, words);
    match lines {
        Some(href) => m.put("<dd class=\"defined__words\"><a class=\"link\" href=\"{}\">The lines behind it</a></dd></div>", &[&href]),
        None => m.put("<dd class=\"defined__words\">The lines behind it need the network</dd></div>", &[]),
    }
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
        let net = f.currency.words(*net);
        if seen.away {
            m.put("<tr><td>{}</td><td class=\"table__num\">{}</td></tr>", &[&words, &net]);
        } else {
            let href = crate::sales::between(*day, *day);
            m.put("<tr><td><a href=\"{}\">{}</a></td><td class=\"table__num\">{}</td></tr>", &[&href, &words, &net]);
        }
    }
    m.put("</tbody></table></section>", &[]);
}
