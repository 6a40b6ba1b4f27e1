//! The first screen, drawn: what runs, the figures, and what is next, with the first of it one thumb away.

use super::day_card;
use crate::ask::Drawn;
use crate::clients::row::{dotted, kind, planned_words};
use crate::markup::{Markup, Row};
use crate::offline::{DaySummary, Team};
use crate::session::Seen;
use crate::ui::{Glyph, LightKind};
use crate::visits::check_in::Offer;
use crate::words::{due, moment};
use domain::lights::{self, Light};
use domain::people::Right;
use domain::targets::figures;
use domain::today::{NextItem, Today, TodayCounts};
use domain::visits::VisitItem;

/// The screen; `sum` is what the phone has made of the day.
#[must_use]
pub fn today(today: &Today, sum: Option<&DaySummary>, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    let (forgotten, running): (Vec<_>, Vec<_>) = today.running.iter().partition(|visit| visit.forgotten(seen.now, today.day));
    if let Some(visit) = forgotten.first() {
        self::forgotten(&mut m, visit, seen);
    }
    if let Some(visit) = running.first() {
        self::running(&mut m, visit, seen);
    }
    counts(&mut m, &today.counts);
    if let Some(figures) = &today.figures {
        crate::targets::draw::card(&mut m, figures, seen);
    }
    let [overdue, due] =
        [(today.counts.overdue, " overdue"), (today.counts.due_soon, " due soon")].map(|(n, what)| [&n.to_string(), what].concat());
    m.section("Next", &[overdue, due].join(" · "));
    if today.next.is_empty() && today.figures.is_none() && seen.may(Right::Import) {
        m.empty(
            Glyph::Download,
            "Nothing is due, and no sales are in",
            "Bring in your clients, your products and last year’s sales: CSV or Excel.",
        );
        m.put("<a class=\"button\" href=\"/office/imports/new\">Bring a file in</a></div>", &[]);
    } else if today.next.is_empty() {
        m.empty(Glyph::Check, "Nothing is due", "No visit is overdue or due soon, and none is planned for today.");
        m.put("<a class=\"button button--quiet\" href=\"/clients?light=grey&status=active\">Clients never visited</a></div>", &[]);
    } else {
        m.put("<ul class=\"rows card\" role=\"list\">", &[]);
        for item in &today.next {
            next(&mut m, item, seen);
        }
        m.put("</ul>", &[]);
    }
    m.put("</section>", &[]);
    if let Some(sum) = sum {
        day_card::put(&mut m, sum);
    }
    let first = today.next.first().filter(|_| running.is_empty() && seen.caller.has_book() && seen.may(Right::RecordVisits));
    if let Some(NextItem { client, planned, .. }) = first {
        let words = ["Check in at ", &client.name].concat();
        let visit = planned.as_ref().map(|visit| visit.id);
        Offer { client: client.id, name: &client.name, position: client.position, radius_m: seen.company.policy.radius_m, visit }
            .put(&mut m, &words);
    }
    Drawn { title: "Today".into(), sub: today.day.full(today.day), html: m.done() }
}

/// A team's figures alone, as of the last contact, where the server cannot be reached.
#[must_use]
pub fn alone(team: &Team, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    crate::targets::draw::kept(&mut m, team, seen);
    crate::targets::draw::card(&mut m, &figures(&team.facts, seen.today), seen);
    m.put("<p class=\"muted small\">Clients, visits and what is next are not on this device: they need the network.</p>", &[]);
    Drawn { title: "Today".into(), sub: seen.today.full(seen.today), html: m.done() }
}

fn forgotten(m: &mut Markup, visit: &VisitItem, seen: Seen<'_>) {
    let since = visit.checked_in_at.map(|at| moment(at, seen.today, seen.company)).unwrap_or_default();
    m.put("<div class=\"banner banner--warn\" role=\"status\">", &[]);
    m.icon(Glyph::Warn);
    m.put(
        "<span>The visit to {} is still open since {}. When did it end?</span><a class=\"link\" href=\"/visits/{}\">Check out</a></div>",
        &[&visit.client_name, &since, &visit.id.to_string()],
    );
}

fn running(m: &mut Markup, visit: &VisitItem, seen: Seen<'_>) {
    let since = visit.checked_in_at.map(|at| ["since ", &seen.company.zone.clock(at)].concat());
    let rep = visit.rep_name.as_deref().filter(|_| !seen.caller.has_book());
    m.put(
        "<section class=\"visit-now\"><div class=\"visit-now__head\"><span><span class=\"visit-now__pulse\"></span>In progress</span>",
        &[],
    );
    m.maybe("<span>{}</span>", since.as_deref());
    m.put(
        "</div><div><h2 class=\"visit-now__title\">{}</h2><p class=\"muted\">{}</p></div><a class=\"button button--wide\" href=\"/visits/{}\">",
        &[&visit.client_name, &dotted([visit.town.as_deref(), rep]), &visit.id.to_string()],
    );
    m.icon(if rep.is_none() { Glyph::Check } else { Glyph::Forward });
    m.put("{}</a></section>", &[if rep.is_none() { "Check out" } else { "Open the visit" }]);
}

fn counts(m: &mut Markup, counts: &TodayCounts) {
    let all = [
        ("/clients?light=red&status=active", LightKind::Red, counts.overdue, "overdue"),
        ("/clients?light=amber&status=active", LightKind::Amber, counts.due_soon, "due soon"),
        ("/visits", LightKind::Planned, counts.planned_today, "planned"),
        ("/visits?status=completed", LightKind::Green, counts.completed_today, "done"),
    ];
    m.put("<div class=\"counts\">", &[]);
    for (href, kind, value, label) in all {
        m.put("<a class=\"count\" href=\"{}\"><span class=\"count__value\">", &[href]);
        m.mark(kind);
        m.put("{}</span><span class=\"count__label\">{}</span></a>", &[&value.to_string(), label]);
    }
    m.put("</div>", &[]);
}

fn next(m: &mut Markup, item: &NextItem, seen: Seen<'_>) {
    let client = &item.client;
    let light = client.light(seen.today);
    let words = lights::words(seen.today, client.window());
    let planned = item.planned.as_ref().and_then(|visit| visit.planned_at).map(|at| planned_words(at, seen.today, seen.company));
    let last = client.last_visit_on.map(|day| ["last ", &day.short(seen.today)].concat()).unwrap_or_default();
    let rep = client.rep_id.filter(|_| !seen.caller.has_book()).and_then(|id| seen.company.rep_name(id));
    let (light, end) = match &planned {
        Some(planned) if light == Light::Red => ((LightKind::Planned, planned), &words),
        Some(planned) => ((LightKind::Planned, planned), &last),
        None => ((kind(light), &words), &last),
    };
    let promise = item.promise.as_ref().and_then(|visit| {
        let due = due(visit.next_step_on?, seen.today);
        Some(["Promise: ", visit.next_step.as_deref()?, ", ", &due].concat())
    });
    m.row(&Row {
        href: &client.path(),
        title: &client.name,
        light: Some((light.0, light.1)),
        sub: &dotted([client.town.as_deref(), client.tier.as_deref(), rep]),
        end,
        note: promise.as_deref().unwrap_or_default(),
        ..Row::default()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Instant;
    use domain::ids::UserId;
    use domain::people::{Caller, Role};

    #[test]
    fn an_empty_companys_administrator_is_led_to_the_import() {
        let company = domain::company::Company {
            name: String::new(),
            zone: domain::calendar::Zone::fixed("UTC", 0),
            currency: domain::money::Currency::parse("KES").expect("a currency"),
            fiscal_start_month: 1,
            policy: domain::lights::Policy::default(),
            workdays: domain::targets::Workdays::default(),
            reps: Vec::new(),
            branches: Vec::new(),
            demo: false,
            as_of: None,
        };
        let drawn = |role| {
            let caller =
                Caller { user: UserId(uuid::Uuid::nil()), name: String::new(), email: String::new(), role, rep: None, branch: None };
            let seen = Seen::by(&caller, &company, Instant(0));
            today(&Today::compose(seen.today, Vec::new(), Vec::new()), None, seen).html
        };
        assert!(drawn(Role::Admin).contains("href=\"/office/imports/new\""));
        assert!(!drawn(Role::SalesRep).contains("/office/imports"), "who may not is not led there");
    }
}
