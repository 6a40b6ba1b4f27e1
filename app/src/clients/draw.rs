//! The parts of a list of clients or prospects, drawn: light chips with counts, what is shown in which order, rows, and the pages where the server cuts it.

use super::query::{self, href};
use super::row::{self, kind};
use super::{list_path, one};
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::thousands;
use domain::clients::{ClientItem, ClientPage, ClientQuery, LightCounts, Sort, Stage};
use domain::lights::Light;
use domain::people::Right;

/// Chips, and the line that says what is shown.
pub fn head(m: &mut Markup, counts: LightCounts, total: u32, query: &ClientQuery) {
    m.put("<div class=\"chips\" role=\"group\" aria-label=\"Lights\">", &[]);
    chip(m, query, None, counts.all);
    for light in Light::ALL {
        chip(m, query, Some(light), counts.of(light));
    }
    let order = match query.sort {
        Sort::Due => "by due date",
        Sort::Name => "by name",
        Sort::Distance => "by distance",
    };
    let shown = [&counted(total, query.stage.unwrap_or(Stage::Client)), " ", order].concat();
    m.put("</div><div class=\"list-tools\"><span role=\"status\">{}</span>", &[&shown]);
    let narrowed = match query::narrowed(query) {
        0 => "Filter".to_owned(),
        n => ["Filter · ", &n.to_string()].concat(),
    };
    for (verb, glyph, words) in [("sort", Glyph::Sort, "Sort"), ("filter", Glyph::Filter, narrowed.as_str())] {
        m.put("<button type=\"button\" class=\"button button--plain button--small\" data-do=\"{}\">", &[verb]);
        m.icon(glyph);
        m.put("{}</button>", &[words]);
    }
    m.put("</div>", &[]);
}

fn chip(m: &mut Markup, query: &ClientQuery, light: Option<Light>, count: u32) {
    let address = href(&ClientQuery { light, offset: 0, ..query.clone() });
    let current = if query.light == light { "true" } else { "false" };
    m.put("<a class=\"chip\" href=\"{}\" aria-current=\"{}\">", &[&address, current]);
    match light {
        Some(light) => m.mark(kind(light)),
        None => m.put("<span>All</span>", &[]),
    }
    m.put("<span class=\"chip__count\">{}</span></a>", &[&thousands(count)]);
}

/// Rows of a window of the Book's list.
#[must_use]
pub fn rows(items: &[ClientItem], from: usize, of: usize, seen: Seen<'_>) -> String {
    let mut m = Markup::default();
    for (i, item) in items.iter().enumerate() {
        row::put(&mut m, item, Some((from + i + 1, of)), seen);
    }
    m.done()
}

/// Nothing to list, and what to do about it.
pub fn nothing(m: &mut Markup, query: &ClientQuery, seen: Seen<'_>) {
    let stage = query.stage.unwrap_or(Stage::Client);
    let plain = ClientQuery { stage: query.stage, limit: query.limit, ..ClientQuery::default() };
    if *query == plain {
        m.empty(
            Glyph::Clients,
            &["No ", one(stage), "s yet"].concat(),
            &["Add the first ", one(stage), ", or ask for yours to be brought in."].concat(),
        );
        if seen.may(Right::EditClients) {
            m.put("<a class=\"button\" href=\"{}/new\">New {}</a>", &[list_path(stage), one(stage)]);
        }
    } else {
        m.empty(Glyph::Search, "Nothing matches", "Try fewer words, another light, or no filter.");
        m.put("<a class=\"button button--quiet\" href=\"{}\">Show all</a>", &[list_path(stage)]);
    }
    m.put("</div>", &[]);
}

/// `214 clients`.
#[must_use]
pub fn counted(total: u32, stage: Stage) -> String {
    [thousands(total).as_str(), " ", one(stage), if total == 1 { "" } else { "s" }].concat()
}

/// From page to page of the server's list; nothing when there is one page only.
pub fn pager(m: &mut Markup, page: &ClientPage, query: &ClientQuery) {
    let (from, shown) = (query.offset, page.items.len() as u32);
    let more = from + shown < page.total;
    if from == 0 && !more {
        return;
    }
    let words = [&thousands(from + 1), "–", &thousands(from + shown), " of ", &thousands(page.total)].concat();
    m.put("<nav class=\"pager\" aria-label=\"Pages\"><span>{}</span><div>", &[&words]);
    let at = |offset| href(&ClientQuery { offset, ..query.clone() });
    let ways = [("Previous", (from > 0).then(|| at(from.saturating_sub(query.limit)))), ("Next", more.then(|| at(from + query.limit)))];
    for (words, address) in ways {
        if let Some(address) = address {
            m.put("<a class=\"button button--quiet button--small\" href=\"{}\">{}</a>", &[&address, words]);
        }
    }
    m.put("</div></nav>", &[]);
}
