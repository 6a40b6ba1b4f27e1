//! The people on a client's card, drawn.

use crate::clients::card_draw::tel;
use crate::clients::row::dotted;
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use domain::clients::ClientCard;
use domain::contacts::Contact;
use domain::people::Right;

/// The people, and the way to add one.
pub fn people(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    let write = seen.may(Right::EditClients) && card.client.archived_at.is_none();
    m.section("People", "");
    if card.contacts.is_empty() {
        m.put("<p class=\"muted small\">Nobody yet. Add whom to ask for.</p>", &[]);
    } else {
        m.put("<ul class=\"contacts card\" role=\"list\">", &[]);
        for contact in &card.contacts {
            person(m, contact, write);
        }
        m.put("</ul>", &[]);
    }
    if write {
        let id = card.client.id.to_string();
        m.put("<div class=\"cluster\"><button type=\"button\" class=\"button button--quiet button--small\" data-do=\"add-contact\" data-client=\"{}\">", &[&id]);
        m.icon(Glyph::Plus);
        m.put("Add a person</button></div>", &[]);
    }
    m.put("</section>", &[]);
}

fn person(m: &mut Markup, contact: &Contact, write: bool) {
    let archived = contact.archived_at.is_some();
    let role = dotted([archived.then_some("Archived"), contact.position.as_deref(), contact.phone.as_deref()]);
    m.put(
        "<li class=\"contact\"><span class=\"avatar\" aria-hidden=\"true\">{}</span><span><span class=\"contact__name\">{}</span>\
         <span class=\"contact__role\">{}</span></span><span class=\"contact__acts\">",
        &[&initials(&contact.name), &contact.name, &role],
    );
    if let Some(phone) = contact.phone.as_deref().filter(|_| !archived) {
        link(m, &tel(phone), Glyph::Call, "Call", &contact.name);
    }
    if let Some(email) = contact.email.as_deref().filter(|_| !archived) {
        link(m, &["mailto:", email].concat(), Glyph::Mail, "Mail", &contact.name);
    }
    if write {
        let (id, client) = (contact.id.to_string(), contact.client_id.to_string());
        m.put(
            "<button type=\"button\" class=\"icon-button\" data-do=\"edit-contact\" data-client=\"{}\" data-contact=\"{}\" aria-label=\"Edit {}\">",
            &[&client, &id, &contact.name],
        );
        m.icon(Glyph::Edit);
        m.put("</button>", &[]);
    }
    m.put("</span></li>", &[]);
}

fn link(m: &mut Markup, href: &str, glyph: Glyph, verb: &str, name: &str) {
    m.put("<a class=\"icon-button\" href=\"{}\" rel=\"external\" aria-label=\"{} {}\">", &[href, verb, name]);
    m.icon(glyph);
    m.put("</a>", &[]);
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}
