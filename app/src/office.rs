//! The office: what managers and administrators do at a desk. One file of its own, loaded when it is first opened; which page stands at which
//! address is decided here.

use crate::head::Head;
use crate::session::here;
use crate::ui::{Glyph, Menu, MenuLink, Section};
use crate::{imports, refresh, sales};
use domain::people::Right;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Where the office stands.
pub const PATH: &str = "/office";

/// The page at the address.
#[must_use]
pub fn office_page() -> AnyView {
    let path = use_location().pathname;
    let room = Memo::new(move |_| path.with(|path| path.strip_prefix(PATH).unwrap_or_default().trim_matches('/').to_owned()));
    let styled = crate::beside::styled("office-style");
    view! {
        {move || if styled.get() { room.with(|room| page(room)) } else { crate::ask::waiting() }}
    }
    .into_any()
}

fn page(room: &str) -> AnyView {
    match room {
        "" => entrance(),
        "refresh" => refresh::page::refresh_page(),
        "sales" => sales::page::lines_page(),
        "imports" => imports::list::list_page(),
        "imports/new" => imports::new::new_page(),
        other => match other.strip_prefix("imports/").and_then(|id| id.parse().ok()) {
            Some(id) => imports::report::report_page(id),
            None => crate::fault::not_found(),
        },
    }
}

/// A room of the office: its address, name, what one does there, and for whom it is.
struct Room(&'static str, &'static str, &'static str, Glyph, Option<Right>);

const ROOMS: [Room; 3] = [
    Room(crate::kpis::PATH, "KPIs", "Sales, profit, products and customers in charts", Glyph::Chart, None),
    Room(imports::PATH, "Imports", "Bring in clients, products, sales, and take them back", Glyph::Download, Some(Right::Import)),
    Room(refresh::PATH, "Daily refresh", "Bring in what lies in a folder, once a day", Glyph::Sync, Some(Right::Import)),
];

/// Every room the person may enter.
fn entrance() -> AnyView {
    let links = ROOMS.iter().filter(|room| room.4.is_none_or(|right| here().may(right))).map(|Room(href, label, sub, glyph, _)| {
        let sub = Signal::stored((*sub).to_owned());
        view! { <MenuLink href=*href glyph=*glyph label=*label sub /> }
    });
    view! {
        {Head::new("Office").back("/more", "More").view()}
        <div class="page page--narrow">
            <Section title="Company"><Menu>{links.collect_view()}</Menu></Section>
        </div>
    }
    .into_any()
}
