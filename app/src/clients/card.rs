//! One client or prospect: the four things to do, why the light is what it is, people, promises, history, details.

use super::facts::details;
use super::history::{history, open_visits, promises};
use super::row::{dotted, kind, tier_words};
use super::{api, list_name, list_path};
use crate::ask::{Asked, ask};
use crate::chrome::Chip as SyncChip;
use crate::contacts::list::{ContactSheet, Editing, contacts};
use crate::session::here;
use crate::ui::{ActionTile, ActionTileButton, Back, Banner, BannerKind, Button, Glyph, PageHeader, SkeletonCard, Tag, Tone, Why};
use crate::visits::check_in::{CheckingIn, Target};
use crate::visits::plan::PlanSheet;
use domain::clients::{Client, ClientCard, Stage, Status};
use domain::ids::ClientId;
use domain::people::Right;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// The id in the address; the nil id, which nothing has, when it is none.
#[must_use]
pub fn id_in_address() -> Signal<ClientId> {
    let params = use_params_map();
    Memo::new(move |_| {
        let id = params.with(|params| params.get("id"));
        id.and_then(|id| id.parse().ok()).unwrap_or(ClientId(uuid::Uuid::nil()))
    })
    .into()
}

/// Asks for one card.
#[must_use]
pub fn ask_card(id: Signal<ClientId>) -> Asked<ClientCard> {
    ask(id, |book, id, _| book.card(*id), |id| Box::pin(api::clients_card(id)))
}

/// What opens over a card.
#[derive(Clone, Copy)]
pub struct Over {
    /// The client a visit is being planned for.
    pub plan: RwSignal<bool>,
    /// The contact being made or edited.
    pub contact: RwSignal<Option<Editing>>,
}

/// The card's page.
#[must_use]
pub fn card_page(stage: Stage) -> AnyView {
    let id = id_in_address();
    let asked = ask_card(id);
    let over = Over { plan: RwSignal::new(false), contact: RwSignal::new(None) };
    let back = Back { href: list_path(stage).to_owned(), label: list_name(stage) };
    let waiting = || view! { <div class="page"><SkeletonCard /><SkeletonCard /></div> }.into_any();
    let name = Memo::new(move |_| asked.ok().map(|card| card.client.name.clone()).unwrap_or_default());
    view! {
        {asked.view(waiting, move |card| {
            let head = head(&card.client, back.clone());
            view! { {head} {body(&card, over)} }.into_any()
        })}
        <PlanSheet open=over.plan client=id name />
        <ContactSheet client=id editing=over.contact />
    }
    .into_any()
}

fn head(client: &Client, back: Back) -> AnyView {
    let here = here();
    let company = here.settings();
    let (days, _) = company.policy.cadence(client.tier.as_deref(), client.cadence_days);
    let stage = match client.stage {
        Stage::Client => "Client",
        Stage::Prospect => "Prospect",
    };
    let every = format!("every {days} days");
    let sub = dotted([Some(stage), tier_words(client).as_deref(), Some(&every), client.town.as_deref()]);
    view! {
        <Title text=client.name.clone() />
        <PageHeader title=client.name.clone() sub=sub back trailing=|| view! { <SyncChip /> } />
    }
    .into_any()
}

fn body(card: &Arc<ClientCard>, over: Over) -> AnyView {
    let client = &card.client;
    let here = here();
    let archived = client.archived_at.is_some();
    let write = here.may(Right::RecordVisits) && !archived;
    let why = here.company.with(|company| card.why(here.today.get(), here.caller.with(|caller| caller.rep), company));
    let notes = client.notes.clone().map(|notes| view! { <div class="card card--pad notes">{notes}</div> });
    view! {
        <div class="page">
            {archived.then(|| view! { <Banner kind=BannerKind::Info>"Archived: not in lists, everything is kept. Bring it back below."</Banner> })}
            {tags(client)}
            {actions(client, write, over)}
            <Why kind=kind(why.light) title=why.headline><p>{why.detail}</p></Why>
            <div class="client-columns">
                <div>
                    {open_visits(card)}
                    {promises(card)}
                    {contacts(card, over.contact)}
                    {history(card)}
                </div>
                <div>{notes} {details(card)}</div>
            </div>
            {write.then(|| check_in(card))}
        </div>
    }
    .into_any()
}

fn tags(client: &Client) -> Option<AnyView> {
    let inactive = client.status == Status::Inactive;
    if client.tags.is_empty() && !inactive && client.segment.is_none() {
        return None;
    }
    let tags: Vec<_> = client.tags.iter().map(|tag| view! { <Tag words=tag.clone() /> }).collect();
    Some(
        view! {
            <div class="cluster">
                {inactive.then(|| view! { <Tag words="Inactive" tone=Tone::Warn /> })}
                {client.segment.clone().map(|segment| view! { <Tag words=segment tone=Tone::Info /> })}
                {tags}
            </div>
        }
        .into_any(),
    )
}

fn actions(client: &Client, write: bool, over: Over) -> AnyView {
    let call = client.phone.as_ref().map(|phone| tel(phone));
    let directions = client.position.map(|position| position.directions_url());
    let log = write.then(|| ["/visits/new?client=", &client.id.to_string()].concat());
    view! {
        <div class="actions">
            <ActionTile href=call glyph=Glyph::Call label="Call" external=true />
            <ActionTile href=directions glyph=Glyph::Directions label="Directions" external=true />
            <ActionTileButton glyph=Glyph::Calendar label="Plan" disabled=!write on_press=move || over.plan.set(true) />
            <ActionTile href=log glyph=Glyph::Log label="Log" />
        </div>
    }
    .into_any()
}

/// A telephone number as a link.
#[must_use]
pub fn tel(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    ["tel:", &digits].concat()
}

/// The thing to do here: begin the planned visit of today or a new one, or end the one that runs.
fn check_in(card: &Arc<ClientCard>) -> AnyView {
    let running = card.open.iter().find(|visit| visit.checked_in_at.is_some());
    if let Some(running) = running {
        let href = ["/visits/", &running.id.to_string()].concat();
        return view! { <div class="dock"><crate::ui::ButtonLink href wide=true glyph=Glyph::Check>"Check out"</crate::ui::ButtonLink></div> }.into_any();
    }
    let checking = expect_context::<CheckingIn>();
    let today = here().day();
    let planned = card.open.iter().find(|visit| visit.day <= today).map(|visit| visit.id);
    let target = Target::of(&card.client, planned);
    view! {
        <div class="dock">
            <Button wide=true glyph=Glyph::Pin on_press=move || checking.begin(target.clone())>"Check in"</Button>
        </div>
    }
    .into_any()
}
