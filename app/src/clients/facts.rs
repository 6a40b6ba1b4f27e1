//! The details of a client, and what can be done with the record itself.

use super::card_draw::tel;
use super::row::dotted;
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::{coordinates, moment};
use domain::clients::{Client, ClientCard, Stage};
use domain::people::Right;

const LINK: &str = "<div><dt>{}</dt><dd><a class=\"link\" href=\"{}\" rel=\"external noopener\">{}</a></dd></div>";

/// Details and record.
pub fn details(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    let client = &card.client;
    m.section("Details", "");
    m.put("<dl class=\"facts card\">", &[]);
    if let Some(phone) = &client.phone {
        m.put(LINK, &["Phone", &tel(phone), phone]);
    }
    if let Some(email) = &client.email {
        m.put(LINK, &["Email", &["mailto:", email].concat(), email]);
    }
    let radius = client.radius_m.map(|metres| [&metres.to_string(), " m"].concat());
    let source = client.external_id.as_deref().map(|id| dotted([client.source.as_deref(), Some(id)]));
    let town = dotted([client.postal_code.as_deref(), client.town.as_deref()]);
    fact(m, "Address", client.address.as_deref());
    fact(m, "Town", Some(&town));
    if let Some(at) = client.position {
        m.put(LINK, &["Location", &at.directions_url(), &coordinates(at)]);
    }
    fact(m, "Check-in radius", radius.as_deref());
    fact(m, "Owner", card.rep_name.as_deref());
    fact(m, "Branch", card.branch_name.as_deref());
    fact(m, "Brought in from", source.as_deref());
    m.put("</dl>", &[]);
    if let Some(by) = &client.changed_by {
        m.put("<p class=\"muted small\">Changed by {} {}</p>", &[by, &moment(client.changed_at, seen.today, seen.company)]);
    }
    m.put("</section>", &[]);
    if seen.may(Right::EditClients) {
        record(m, client);
    }
}

fn fact(m: &mut Markup, label: &str, words: Option<&str>) {
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        m.put("<div><dt>{}</dt><dd>{}</dd></div>", &[label, words]);
    }
}

fn record(m: &mut Markup, client: &Client) {
    let id = client.id.to_string();
    m.put("<ul class=\"menu card\" role=\"list\"><li><a class=\"menu__item\" href=\"{}/edit\">", &[&client.path()]);
    m.icon(Glyph::Edit);
    m.put("<span>Edit details</span></a></li>", &[]);
    let place = if client.position.is_some() { "Replaces the one on record" } else { "None on record yet" };
    item(m, &id, ("locate", Glyph::Locate), "Set location to here", place);
    if client.stage == Stage::Prospect {
        item(m, &id, ("convert", Glyph::Swap), "Make it a client", "Keeps history and people");
    }
    match client.archived_at {
        Some(_) => item(m, &id, ("restore", Glyph::Restore), "Bring back", "Into the lists again"),
        None => item(m, &id, ("archive", Glyph::Archive), "Archive", "Leaves the lists, is kept"),
    }
    m.put("</ul>", &[]);
}

fn item(m: &mut Markup, id: &str, (verb, glyph): (&str, Glyph), label: &str, sub: &str) {
    m.put("<li><button type=\"button\" class=\"menu__item\" data-do=\"{}\" data-client=\"{}\">", &[verb, id]);
    m.icon(glyph);
    m.put("<span>{}<span class=\"menu__sub\">{}</span></span></button></li>", &[label, sub]);
}
