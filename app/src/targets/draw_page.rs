//! The page of targets, drawn: every figure with what it is and what it is made of.

use super::draw::{as_of, kept, last_contact, not_measured, pace as pace_words, target, year_name};
use crate::ask::Drawn;
use crate::markup::Markup;
use crate::offline::Team;
use crate::session::Seen;
use domain::Day;
use domain::money::Currency;
use domain::targets::{Facts, Figures, figures};

/// The page as of the last contact.
#[must_use]
pub fn page_kept(team: &Team, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    kept(&mut m, team, seen);
    let page = page(&team.facts, seen);
    Drawn { html: [m.done(), page.html].concat(), ..page }
}

/// The page: every figure with what it is and what it is made of. Of a team the server adds the reps.
#[must_use]
pub fn page(facts: &Facts, seen: Seen<'_>) -> Drawn {
    let f = &figures(facts, seen.today);
    let mut m = Markup::default();
    last_contact(&mut m, seen);
    for part in [self::day, month, year] {
        part(&mut m, f, seen);
    }
    if seen.caller.has_book() {
        months(&mut m, f, facts);
    }
    rows(&mut m, f, &facts.month(seen.today), seen);
    Drawn { title: "Targets".into(), sub: as_of(f, seen), html: m.done() }
}

fn day(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    let (value, why) = target(f.target, &|minor| f.currency.words(minor), seen.caller.has_book());
    m.section("Today", &f.day.full(f.day));
    m.put("<dl class=\"defined card\">", &[]);
    let formula = "(month’s budget − net sales to yesterday) × weight of today ÷ weights of the working days left, today included";
    let team = "A team’s is the sum of its reps’, to the minor unit each; one above the month’s budget does not lower the others’.";
    budgeted(m, "Target", &value, &[&why, formula, if seen.caller.has_book() { "" } else { team }], seen);
    let sold = "Net sales: gross and returns of today’s lines, once they are in";
    let towards = f.towards.map(|minor| [&f.currency.words(minor), " of it by those whose target is due"].concat());
    let words = [sold, towards.as_deref().filter(|_| !seen.caller.has_book()).unwrap_or_default()];
    traced(m, "Sold today", &some(f.currency, f.today), &words, f.today.map(|_| (f.day, f.day)), seen);
    m.put("</dl></section>", &[]);
}

fn month(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    let days = f.month.net.map(|_| (f.day.month_start(), f.day));
    m.section("This month", "");
    m.put("<dl class=\"defined card\">", &[]);
    traced(m, "Net sales", &some(f.currency, f.month.net), &["Gross and returns since the first of the month"], days, seen);
    let by = without(f, f.month.without_budget, f.month.budget);
    budgeted(m, "Budget", &some(f.currency, f.month.budget), &["What is to be sold in the month", &by], seen);
    expected(m, f, seen);
    let projected = "If the days left sell as those before today whose sales are in, weight for weight; days of leave sell nothing. Today counts as it \
                     stands where that is more";
    let over = f.month.projected.map(|_| crate::sales::between(f.day.month_start(), f.year.to.min(f.day.plus(-1))));
    defined(m, "Projected", &some(f.currency, f.month.projected), &[projected], over.as_deref(), ("The lines it starts from", seen.away));
    m.put("</dl></section>", &[]);
}

/// What the same days should have brought that are sold, and how far it is from there.
fn expected(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    let expected = [
        "The budget’s part for each rep’s working days up to and with ",
        &f.year.to.long(f.day),
        "; a month that is all leave goes by the company’s",
    ]
    .concat();
    let say = |minor: i64| f.currency.words(minor);
    let pace = f.month.pace.zip(f.month.measured()).map(|(pace, measured)| {
        let sold = if f.month.without_budget == 0 { " sold by then: " } else { " sold by then by those with a budget: " };
        [&say(measured), sold, &pace_words(pace, &say)].concat()
    });
    budgeted(m, "Expected by now", &some(f.currency, f.month.expected), &[&expected, &pace.unwrap_or_default()], seen);
}

fn year(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    let (from, to) = (f.year.from, f.year.to);
    m.section(&year_name(f), &["since ", &from.long(f.day)].concat());
    m.put("<dl class=\"defined card\">", &[]);
    let days = f.year.net.map(|_| (from, f.day));
    traced(m, "Net sales", &some(f.currency, f.year.net), &["Gross and returns since the fiscal year began"], days, seen);
    let budget = ["Budgets of the months before, and the part of the working days of the last one up to ", &to.long(f.day)].concat();
    budgeted(m, "Budget to date", &some(f.currency, f.year.budget), &[&budget, &without(f, f.year.without_budget, f.year.budget)], seen);
    let (before, words) = (to.year_before(), ["Net sales up to ", &to.year_before().long(f.day)].concat());
    traced(
        m,
        "The same days last year",
        &some(f.currency, f.year.last_year),
        &[&words],
        f.year.last_year.map(|_| (from.year_before(), before)),
        seen,
    );
    m.put("</dl></section>", &[]);
}

pub(super) fn some(currency: Currency, minor: Option<i64>) -> String {
    minor.map_or_else(|| "–".to_owned(), |minor| currency.words(minor))
}

fn without(f: &Figures, minor: i64, budget: Option<i64>) -> String {
    budget.and_then(|_| not_measured(minor, f)).unwrap_or_default()
}

/// An entry with the way to the lines of the days it is made of; those are on the server alone.
fn traced(m: &mut Markup, name: &str, value: &str, words: &[&str], days: Option<(Day, Day)>, seen: Seen<'_>) {
    let href = days.map(|(from, to)| crate::sales::between(from, to));
    defined(m, name, value, words, href.as_deref(), ("The lines behind it", seen.away));
}

/// An entry with the way to the budgets behind it, which are the person's own months, or a team's reps.
fn budgeted(m: &mut Markup, name: &str, value: &str, words: &[&str], seen: Seen<'_>) {
    let own = seen.caller.has_book();
    defined(m, name, value, words, Some("#behind"), (if own { "The budgets behind it" } else { "The reps behind it" }, seen.away && !own));
}

fn defined(m: &mut Markup, name: &str, value: &str, words: &[&str], href: Option<&str>, (what, away): (&str, bool)) {
    m.put("<div class=\"defined__row\"><dt>{}</dt><dd class=\"defined__value\">{}</dd>", &[name, value]);
    for words in words.iter().filter(|words| !words.is_empty()) {
        m.put("<dd class=\"defined__words\">{}</dd>", &[words]);
    }
    match href.filter(|_| value != "–") {
        Some(_) if away => m.put("<dd class=\"defined__words\">{} need the network</dd>", &[what]),
        Some(href) => m.put("<dd class=\"defined__words\"><a class=\"link\" href=\"{}\">{}</a></dd>", &[href, what]),
        None => {}
    }
    m.put("</div>", &[]);
}

/// The budgets one's own figures are made of.
fn months(m: &mut Markup, f: &Figures, facts: &Facts) {
    let all = facts.reps.iter().flat_map(|rep| &rep.budgets).filter(|(month, _)| f.year.from <= *month && *month <= f.day);
    let row = |(month, minor): &(Day, i64)| (month.short(f.day).split_off(2), String::new(), f.currency.words(*minor));
    m.put("<div id=\"behind\">", &[]);
    table(m, ("Budgets of this year", "Month", "Budget"), all.rev().map(row).collect(), "No budget is set in this year yet.");
    m.put("</div>", &[]);
}

/// The days the month is made of.
fn rows(m: &mut Markup, f: &Figures, days: &[(Day, i64)], seen: Seen<'_>) {
    let row = |(day, net): &(Day, i64)| {
        let words = [day.weekday_name().get(..3).unwrap_or_default(), " ", &day.short(seen.today)].concat();
        (words, if seen.away { String::new() } else { crate::sales::between(*day, *day) }, f.currency.words(*net))
    };
    let none = match (f.month.net, f.data_to) {
        (Some(_), _) => "No sales this month yet.".to_owned(),
        (None, Some(to)) => ["Nothing of this month is in yet: there are sales up to ", &to.long(f.day), "."].concat(),
        (None, None) => "No sales are in yet.".to_owned(),
    };
    table(m, ("Days of this month", "Day", "Net sales"), days.iter().map(row).collect(), &none);
}

/// Amounts by name, each with a way on where there is one.
fn table(m: &mut Markup, (title, by, of): (&str, &str, &str), rows: Vec<(String, String, String)>, none: &str) {
    m.section(title, "");
    if rows.is_empty() {
        m.put("<p class=\"muted\">{}</p></section>", &[none]);
        return;
    }
    m.put(
        "<table class=\"table card\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"table__num\">{}</th></tr></thead><tbody>",
        &[by, of],
    );
    for (name, href, amount) in rows {
        match href.as_str() {
            "" => m.put("<tr><td>{}</td><td class=\"table__num\">{}</td></tr>", &[&name, &amount]),
            href => m.put("<tr><td><a href=\"{}\">{}</a></td><td class=\"table__num\">{}</td></tr>", &[href, &name, &amount]),
        }
    }
    m.put("</tbody></table></section>", &[]);
}

#[cfg(test)]
mod tests;
