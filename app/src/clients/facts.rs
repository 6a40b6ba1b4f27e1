//! The details of a client, and what can be done with the record itself.

use super::card::tel;
use super::filter::no_position;
use super::list_path;
use super::row::dotted;
use crate::act::{act, act_with_undo};
use crate::form::{Notices, say};
use crate::offline::offline;
use crate::session::here;
use crate::ui::{Fact, Facts, Glyph, Menu, MenuButton, MenuLink, Notice, Section};
use crate::words::moment;
use domain::changes::{Change, EditClient, OfClient};
use domain::clients::{Client, ClientCard, ClientPatch, Stage};
use domain::ids::ClientId;
use domain::people::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// Details and record.
pub fn details(card: &ClientCard) -> AnyView {
    let client = &card.client;
    let write = here().may(Right::EditClients);
    let here = here();
    let changed = client.changed_by.clone().map(|by| {
        let when = here.company.with(|company| moment(client.changed_at, here.today.get(), company));
        ["Changed by ", &by, " ", &when].concat()
    });
    view! {
        <Section title="Details">
            {facts(card)}
            {changed.map(|words| view! { <p class="muted small">{words}</p> })}
        </Section>
        {write.then(|| record(client))}
    }
    .into_any()
}

fn facts(card: &ClientCard) -> AnyView {
    let client = &card.client;
    let town = dotted([client.postal_code.as_deref(), client.town.as_deref()]);
    let radius = client.radius_m.map(|metres| format!("{metres} m"));
    let source = client.external_id.clone().map(|id| dotted([client.source.as_deref(), Some(&id)]));
    let phone = client.phone.clone().map(|phone| view! { <a class="link" href=tel(&phone) rel="external">{phone}</a> }.into_any());
    let email = client.email.clone().map(|email| {
        view! { <a class="link" href=["mailto:", &email].concat() rel="external">{email}</a> }.into_any()
    });
    let place = client.position.map(|at| {
        let words = format!("{:.5}, {:.5}", at.lat(), at.lon());
        view! { <a class="link" href=at.directions_url() rel="external noopener" target="_blank">{words}</a> }.into_any()
    });
    let text = |words: Option<String>| words.filter(|words| !words.is_empty()).map(|words| words.into_any());
    let known: Vec<_> = [
        ("Phone", phone),
        ("Email", email),
        ("Address", text(client.address.clone())),
        ("Town", text(Some(town))),
        ("Location", place),
        ("Check-in radius", text(radius)),
        ("Owner", text(card.rep_name.clone())),
        ("Branch", text(card.branch_name.clone())),
        ("Brought in from", text(source)),
    ]
    .into_iter()
    .filter_map(|(label, value)| value.map(|value| view! { <Fact label=label>{value}</Fact> }))
    .collect();
    view! { <Facts>{known}</Facts> }.into_any()
}

fn record(client: &Client) -> AnyView {
    let id = client.id;
    let edit = [&client.path(), "/edit"].concat();
    let of = OfClient { id };
    let archived = client.archived_at.is_some();
    let prospect = client.stage == Stage::Prospect;
    let place = if client.position.is_some() { "Replaces the one on record" } else { "None on record yet" };
    view! {
        <Menu>
            <MenuLink href=edit glyph=Glyph::Edit label="Edit details" />
            <MenuButton glyph=Glyph::Locate label="Set location to here" sub=Signal::stored(place.to_owned()) on_press=move || locate(id) />
            {prospect.then(|| {
                let navigate = use_navigate();
                let convert = move || {
                    act(Change::ConvertClient(of), "Now a client");
                    navigate(&[list_path(Stage::Client), "/", &id.to_string()].concat(), leptos_router::NavigateOptions::default());
                };
                view! { <MenuButton glyph=Glyph::Swap label="Make it a client" sub=Signal::stored("Keeps history and people".to_owned()) on_press=convert /> }
            })}
            {if archived {
                view! { <MenuButton glyph=Glyph::Restore label="Bring back" on_press=move || act(Change::RestoreClient(of), "Brought back") /> }.into_any()
            } else {
                let archive = move || act_with_undo(Change::ArchiveClient(of), "Archived", Change::RestoreClient(of));
                view! { <MenuButton glyph=Glyph::Archive label="Archive" sub=Signal::stored("Leaves the lists, is kept".to_owned()) danger=true on_press=archive /> }.into_any()
            }}
        </Menu>
    }
    .into_any()
}

/// Writes where the device is as the client's location.
fn locate(id: ClientId) {
    let (offline, notices) = (offline(), expect_context::<Notices>());
    say("Finding your position …");
    spawn_local(async move {
        let words = match offline.position().await {
            Ok(fix) => {
                let fields = ClientPatch { position: Some(Some(fix.position)), ..ClientPatch::default() };
                match offline.submit(Change::EditClient(Box::new(EditClient { id, fields }))).await {
                    Ok(_) => format!("Location set, accurate to {} m", fix.accuracy_m),
                    Err(error) => error.words(),
                }
            }
            Err(why) => no_position(why).to_owned(),
        };
        notices.set(Some(Notice::new(words)));
    });
}
