//! Visits by day, drawn: which ones, the days, and the pages where a list is cut.

use super::row;
use crate::ask::Drawn;
use crate::clients::query::Address;
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::{capital, thousands};
use domain::visits::{VisitItem, VisitPage, VisitQuery, VisitStatus};

/// Rows of one page.
pub const PAGE: u32 = 100;

/// The list.
#[must_use]
pub fn list(page: &VisitPage, query: &VisitQuery, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    states(&mut m, query);
    if page.items.is_empty() {
        let words = match query.status {
            Some(VisitStatus::Planned) => "Plan one from a client’s card.",
            Some(VisitStatus::InProgress) => "Check in from Today or from a client’s card.",
            _ => "Try other days or another state.",
        };
        m.empty(Glyph::Visits, "No visits here", words);
        m.put("</div>", &[]);
    }
    for visits in page.items.chunk_by(|a, b| a.day == b.day) {
        day(&mut m, visits, seen);
    }
    pager(&mut m, page, query);
    Drawn { title: "Visits".into(), sub: String::new(), html: m.done() }
}

fn states(m: &mut Markup, query: &VisitQuery) {
    let all = [
        (Some(VisitStatus::Planned), "Planned"),
        (Some(VisitStatus::InProgress), "In progress"),
        (Some(VisitStatus::Completed), "Done"),
        (Some(VisitStatus::Cancelled), "Cancelled"),
        (None, "All"),
    ];
    m.put("<div class=\"chips\" role=\"group\" aria-label=\"Which visits\">", &[]);
    for (status, words) in all {
        let current = if query.status == status { "true" } else { "false" };
        m.put("<a class=\"chip\" href=\"{}\" aria-current=\"{}\">{}</a>", &[&href(query, status, 0), current, words]);
    }
    m.put("</div>", &[]);
}

fn href(query: &VisitQuery, status: Option<VisitStatus>, offset: u32) -> String {
    let mut address = Address::new("/visits");
    let pairs = [
        (
            "status",
            status.map_or(Some("all".to_owned()), |status| {
                Some(status.code().to_owned()).filter(|_| status != VisitStatus::Planned || query.client.is_some())
            }),
        ),
        ("client", query.client.map(|id| id.to_string())),
        ("rep", query.rep.map(|id| id.to_string())),
        ("branch", query.branch.map(|id| id.to_string())),
        ("from", query.from.map(|day| day.to_string())),
        ("to", query.to.map(|day| day.to_string())),
        ("page", (offset > 0).then(|| (offset / PAGE + 1).to_string())),
    ];
    for (name, value) in pairs {
        if let Some(value) = value {
            address.add(name, &value);
        }
    }
    address.finish()
}

fn day(m: &mut Markup, visits: &[VisitItem], seen: Seen<'_>) {
    let Some(first) = visits.first() else { return };
    let title = match first.day.since(seen.today) {
        -1..=1 => capital(&first.day.near(seen.today)),
        _ => first.day.full(seen.today),
    };
    m.put(
        "<section class=\"day\"><div class=\"day__head\"><h2>{}</h2><span>{}</span></div><ul class=\"rows card\" role=\"list\">",
        &[&title, &visits.len().to_string()],
    );
    for visit in visits {
        row::put(m, visit, true, seen);
    }
    m.put("</ul></section>", &[]);
}

fn pager(m: &mut Markup, page: &VisitPage, query: &VisitQuery) {
    let (from, shown) = (query.offset, page.items.len() as u32);
    let more = from + shown < page.total;
    if from == 0 && !more {
        return;
    }
    let words = [&thousands(from + 1), "–", &thousands(from + shown), " of ", &thousands(page.total)].concat();
    m.put("<nav class=\"pager\" aria-label=\"Pages\"><span>{}</span><div>", &[&words]);
    let at = |offset| href(query, query.status, offset);
    for (words, address) in [("Previous", (from > 0).then(|| at(from.saturating_sub(PAGE)))), ("Next", more.then(|| at(from + PAGE)))] {
        if let Some(address) = address {
            m.put("<a class=\"button button--quiet button--small\" href=\"{}\">{}</a>", &[&address, words]);
        }
    }
    m.put("</div></nav>", &[]);
}
