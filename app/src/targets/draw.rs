//! The figures on Today, drawn; what each is made of is said on their own page.

use crate::markup::Markup;
use crate::offline::Team;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::{moment, unmeasured};
use domain::Day;
use domain::targets::{Figures, Target};

/// The card on Today: what today should bring, and how month and year stand.
pub fn card(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    m.section("Sales", &as_of(f, seen));
    last_contact(m, seen);
    m.put("<a class=\"figures card\" href=\"/targets\">", &[]);
    today(m, f, seen);
    m.put("<span class=\"figures__row\">", &[]);
    let whole = |minor: i64| f.currency.whole(minor);
    tile(m, "This month", (f.month.net, f.month.measured()), f.month.budget, f.month.expected, f);
    m.maybe(NOTE, f.month.pace.map(|pace| self::pace(pace, &whole)).as_deref());
    amount(m, "Projected ", f.month.projected.map(whole));
    m.put("</span>", &[]);
    tile(m, &year_name(f), (f.year.net, f.year.measured()), f.year.budget, f.year.budget, f);
    amount(m, "Same days last year ", f.year.last_year.map(whole));
    m.put("</span></span></a></section>", &[]);
}

/// An amount that is not torn in two, where there is one.
fn amount(m: &mut Markup, words: &str, amount: Option<String>) {
    if let Some(amount) = amount {
        m.put("<span class=\"figures__note\">{}<span class=\"figures__amount\">{}</span></span>", &[words, &amount]);
    }
}

const NOTE: &str = "<span class=\"figures__note\">{}</span>";

/// Says to whoever works from a Book, where the server cannot be reached, as of when the figures are.
pub(super) fn last_contact(m: &mut Markup, seen: Seen<'_>) {
    if seen.away && seen.caller.has_book() {
        let at = seen.contact.map_or_else(|| "the last contact".to_owned(), |at| moment(at, seen.today, seen.company));
        m.put("<p class=\"muted small\">The server cannot be reached. These are the figures as of {}.</p>", &[&at]);
    }
}

/// How far the month's sales are from what is expected of the same days.
pub(super) fn pace(pace: i64, say: &dyn Fn(i64) -> String) -> String {
    match pace {
        0 => "On pace".into(),
        pace => [say(pace.abs()).as_str(), if pace < 0 { " behind pace" } else { " ahead of pace" }].concat(),
    }
}

fn today(m: &mut Markup, f: &Figures, seen: Seen<'_>) {
    let say = |minor: i64| f.currency.whole(minor);
    let (value, words) = target(f.target, &say, seen.caller.has_book());
    m.put(
        "<span class=\"figures__today\"><span class=\"figures__label\">Today’s target</span><strong class=\"figures__value\">{}</strong>",
        &[&value],
    );
    m.maybe(NOTE, Some(&words));
    let sold = match (f.today, f.towards) {
        (None, _) => "Today’s sales are not in yet".to_owned(),
        (Some(sold), Some(towards)) if towards != sold => {
            let end = if f.reached() { ": it is reached" } else { "" };
            ["Sold today ", &say(sold), ", ", &say(towards), " of it towards the target", end].concat()
        }
        (Some(sold), _) => ["Sold today ", &say(sold), if f.reached() { ": today’s target is reached" } else { "" }].concat(),
    };
    m.put("<span class=\"figures__note\">{}</span></span>", &[&sold]);
}

/// The target's figure, one's own or a team's, and what there is to say about it.
pub(super) fn target(target: Target, say: &dyn Fn(i64) -> String, own: bool) -> (String, String) {
    let none = || "–".to_owned();
    match target {
        Target::Due(minor) => (say(minor), String::new()),
        Target::Reached => (say(0), "The month’s budget is reached".into()),
        Target::NoBudget => (none(), "No budget is set for this month".into()),
        Target::DayOff => (none(), "Today is no working day".into()),
        Target::OnLeave if own => (none(), "On leave today".into()),
        Target::OnLeave => (none(), "Whoever is short of the budget is on leave today".into()),
        Target::Short(minor) => (none(), ["No working day is left: short by ", &say(minor)].concat()),
    }
}

/// What was sold in all, and what of it is measured by the budget; left open for more.
fn tile(m: &mut Markup, label: &str, (net, measured): (Option<i64>, Option<i64>), budget: Option<i64>, expected: Option<i64>, f: &Figures) {
    let some = |minor: Option<i64>| minor.map_or_else(|| "–".to_owned(), |minor| f.currency.whole(minor));
    m.put("<span class=\"figures__tile\"><span class=\"figures__label\">{}</span><strong>{}</strong>", &[label, &some(net)]);
    match budget {
        Some(budget) => {
            bar(m, measured.unwrap_or(0), budget, expected.filter(|e| *e != budget));
            let share = match measured {
                Some(measured) => percent(measured, budget).map(|share| [&share.to_string(), " % "].concat()),
                None => Some("Not in yet, ".to_owned()),
            };
            amount(m, &share.unwrap_or_default(), Some(["of ", &f.currency.whole(budget)].concat()));
            m.maybe(NOTE, net.zip(measured).and_then(|(net, measured)| not_measured(net - measured, f)).as_deref());
        }
        None => m.put("<span class=\"figures__note\">no budget set</span>", &[]),
    }
}

pub(super) fn not_measured(without: i64, f: &Figures) -> Option<String> {
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

pub(super) fn year_name(f: &Figures) -> String {
    let (year, month, _) = f.year.from.civil();
    if month == 1 { year.to_string() } else { [&year.to_string(), "/", &((year + 1) % 100).to_string()].concat() }
}

pub(super) fn as_of(f: &Figures, seen: Seen<'_>) -> String {
    // a day to come has no weekday here: the last one of that name would be meant
    let near = |day: Day| if day > seen.today { day.short(seen.today) } else { day.near(seen.today) };
    let to = f.data_to.map(|day| ["data to ", &near(day)].concat());
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
