//! One client or prospect: the page around its drawing, and what opens over it.

use super::card_act::press;
use super::{api, card_draw, list_name, list_path};
use crate::ask::{Drawing, ask_drawn};
use crate::head::Head;
use domain::clients::Stage;
use domain::ids::ClientId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

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

/// The card's page.
#[must_use]
pub fn card_page(stage: Stage) -> AnyView {
    let card = ask_drawn(
        id_in_address(),
        |book, id, seen| book.card(*id).map(|card| card_draw::card(&card, seen)),
        |id| Box::pin(api::clients_card(id)),
    );
    let head = match stage {
        Stage::Client => |card| head(card, Stage::Client),
        Stage::Prospect => |card| head(card, Stage::Prospect),
    };
    card.view("page", head, press)
}

fn head(card: Drawing, stage: Stage) -> AnyView {
    Head::new(card.title()).sub(card.sub()).back(list_path(stage), list_name(stage)).view()
}
