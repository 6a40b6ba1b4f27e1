//! A client's card, drawn: the four things to do, why the light is what it is, people, promises, history, details.

use super::bought;
use super::facts;
use super::history;
use super::row::{dotted, kind};
use crate::ask::Drawn;
use crate::contacts;
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::visits::check_in::Offer;
use domain::clients::{Client, ClientCard, Stage, Status};
use domain::people::Right;

/// The card.
#[must_use]
pub fn card(card: &ClientCard, seen: Seen<'_>) -> Drawn {
    let client = &card.client;
    let archived = client.archived_at.is_some();
    let write = seen.may(Right::RecordVisits) && !archived;
    let mut m = Markup::default();
    if archived {
        m.put("<div class=\"banner\" role=\"status\">", &[]);
        m.icon(Glyph::Info);
        m.put("<span>Archived: not in lists, everything is kept. Bring it back below.</span></div>", &[]);
    }
    tags(&mut m, client);
    actions(&mut m, client, write);
    why(&mut m, card, seen);
    m.put("<div class=\"client-columns\"><div>", &[]);
    history::open_visits(&mut m, card, seen);
    history::promises(&mut m, card, seen);
    contacts::draw::people(&mut m, card, seen);
    history::visits(&mut m, card, seen);
    m.put("</div><div>", &[]);
    bought::section(&mut m, card, seen);
    m.maybe("<div class=\"card card--pad notes\">{}</div>", client.notes.as_deref());
    facts::details(&mut m, card, seen);
    m.put("</div></div>", &[]);
    if write {
        check_in(&mut m, card, seen);
    }
    Drawn { title: client.name.clone(), sub: sub(client, seen), html: m.done() }
}

fn sub(client: &Client, seen: Seen<'_>) -> String {
    let (days, _) = seen.company.policy.cadence(client.tier.as_deref(), client.cadence_days);
    let stage = match client.stage {
        Stage::Client => "Client",
        Stage::Prospect => "Prospect",
    };
    let tier = client.tier.as_ref().map(|tier| ["tier ", tier].concat());
    let every = ["every ", &days.to_string(), " days"].concat();
    dotted([Some(stage), tier.as_deref(), Some(&every), client.town.as_deref()])
}

fn tags(m: &mut Markup, client: &Client) {
    let inactive = client.status == Status::Inactive;
    if client.tags.is_empty() && !inactive && client.segment.is_none() {
        return;
    }
    m.put("<div class=\"cluster\">", &[]);
    if inactive {
        m.put("<span class=\"tag tag--warn\">Inactive</span>", &[]);
    }
    m.maybe("<span class=\"tag tag--info\">{}</span>", client.segment.as_deref());
    for tag in &client.tags {
        m.put("<span class=\"tag\">{}</span>", &[tag]);
    }
    m.put("</div>", &[]);
}

fn actions(m: &mut Markup, client: &Client, write: bool) {
    let id = client.id.to_string();
    let call = client.phone.as_ref().map(|phone| tel(phone));
    let directions = client.position.map(|position| position.directions_url());
    let log = write.then(|| ["/visits/new?client=", &id].concat());
    m.put("<div class=\"actions\">", &[]);
    tile(m, call.as_deref(), " rel=\"external\"", Glyph::Call, "Call");
    tile(m, directions.as_deref(), " rel=\"external noopener\" target=\"_blank\"", Glyph::Directions, "Directions");
    let disabled = if write { "" } else { "disabled" };
    m.put("<button type=\"button\" class=\"tile\" data-do=\"plan\" data-client=\"{}\" data-name=\"{}\"", &[&id, &client.name]);
    m.maybe(" {}", Some(disabled));
    m.put(">", &[]);
    m.icon(Glyph::Calendar);
    m.put("Plan</button>", &[]);
    tile(m, log.as_deref(), "", Glyph::Log, "Log");
    m.put("</div>", &[]);
}

/// A tile that goes somewhere; without an address it is shown as not available.
fn tile(m: &mut Markup, href: Option<&str>, attributes: &'static str, glyph: Glyph, label: &str) {
    match href {
        Some(href) => {
            m.put("<a class=\"tile\" href=\"{}\"", &[href]);
            m.put(attributes, &[]);
            m.put(">", &[]);
        }
        None => m.put("<a class=\"tile\" role=\"link\" aria-disabled=\"true\">", &[]),
    }
    m.icon(glyph);
    m.put("{}</a>", &[label]);
}

fn why(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    let why = card.why(seen.today, seen.caller.rep, seen.company);
    let light = kind(why.light);
    m.put("<section class=\"why {}\"><h2 class=\"why__title\">", &[light.class()]);
    m.shape(light);
    m.put("<span>{}</span></h2><p>{}</p></section>", &[&why.headline, &why.detail]);
}

/// A telephone number as a link.
#[must_use]
pub fn tel(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    ["tel:", &digits].concat()
}

/// The thing to do here: begin the planned visit of today or a new one, or end the one that runs.
fn check_in(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    let running = card.open.iter().find(|visit| visit.checked_in_at.is_some());
    if let Some(running) = running {
        m.put("<div class=\"dock\"><a class=\"button button--wide\" href=\"/visits/{}\">", &[&running.id.to_string()]);
        m.icon(Glyph::Check);
        return m.put("Check out</a></div>", &[]);
    }
    let client = &card.client;
    let visit = card.open.iter().find(|visit| visit.day <= seen.today).map(|visit| visit.id);
    let offer = Offer { client: client.id, name: &client.name, position: client.position, radius_m: client.radius_m(seen.company), visit };
    offer.put(m, "Check in");
}
