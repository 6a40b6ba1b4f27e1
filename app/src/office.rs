//! The office: what managers and administrators do at a desk. One file of its own, loaded when it is first opened; which page stands at which
//! address is decided here.

#[cfg(feature = "ssr")]
pub mod entered_ssr;
mod parts;
mod sending;

pub use parts::{CellKind, cell, remove, waits, years};
pub use sending::{Outcome, Sending, saved, settings_changed};

use crate::head::Head;
use crate::rooms::room_of;
use crate::session::here;
use crate::ui::{Glyph, Menu, MenuLink, Section};
use crate::{imports, refresh, sales};
use domain::people::Right;
use leptos::prelude::*;

/// Where the office stands.
pub const PATH: &str = "/office";

/// The page at the address.
#[must_use]
pub fn office_page() -> AnyView {
    let room = room_of(PATH);
    let styled = crate::beside::styled("office-style");
    view! {
        {move || if styled.get() { room.with(|room| page(room)) } else { crate::ask::waiting() }}
    }
    .into_any()
}

fn page(room: &str) -> AnyView {
    match room {
        "" => entrance(),
        "settings" => crate::company::settings_page(),
        "policy" => crate::company::policy_page(),
        "calendar" => crate::targets::calendar_page(),
        "budgets" => crate::targets::budgets_page(),
        "refresh" => refresh::page::refresh_page(),
        "sales" => sales::page::lines_page(),
        "diagnostics" => crate::diagnostics::diagnostics_page(),
        "opportunities" => crate::opportunities::list::list_page(),
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

const ROOMS: [Room; 8] = [
    Room(crate::kpis::PATH, "KPIs", "Sales, profit, products and customers in charts", Glyph::Chart, None),
    Room(imports::PATH, "Imports", "Bring in clients, products, sales, and take them back", Glyph::Download, Some(Right::Import)),
    Room(refresh::PATH, "Daily refresh", "Bring in what lies in a folder, once a day", Glyph::Sync, Some(Right::Import)),
    Room("/office/budgets", "Budgets", "What each rep is to sell, month by month", Glyph::Chart, Some(Right::SetTargets)),
    Room("/office/calendar", "Calendar", "Working week, public holidays, leave", Glyph::Calendar, Some(Right::SetTargets)),
    Room("/office/policy", "Policy", "When visits are due, tiers, kinds of visits", Glyph::Visits, Some(Right::SetCompany)),
    Room("/office/settings", "Settings", "Name, time zone, currency, fiscal year", Glyph::Settings, Some(Right::SetCompany)),
    Room(
        crate::diagnostics::PATH,
        "Diagnostics",
        "Parts, requests, imports, the proof of the figures",
        Glyph::Info,
        Some(Right::SeeDiagnostics),
    ),
];

/// Every room the person may enter.
fn entrance() -> AnyView {
    let links = ROOMS.iter().filter(|room| room.4.is_none_or(|right| here().may(right))).map(|Room(href, label, sub, glyph, _)| {
        let sub = Signal::stored((*sub).to_owned());
        view! { <MenuLink href=*href glyph=*glyph label=*label sub /> }
    });
    let sub = Signal::stored("Ask everything by query, and read what can be asked".to_owned());
    let explorer = view! { <MenuLink href="/graphql" glyph=Glyph::Search label="GraphQL" sub external=true /> };
    view! {
        {Head::new("Office").back("/more", "More").view()}
        <div class="page page--narrow">
            {crate::diagnostics::indicator()}
            <Section title="Company"><Menu>{links.collect_view()} {explorer}</Menu></Section>
        </div>
    }
    .into_any()
}

/// The page of who may not be here; nothing for whoever may.
#[must_use]
pub fn barred(right: Right) -> Option<AnyView> {
    let problem = crate::problem::Problem::Forbidden;
    let words = || {
        let why = crate::ask::failure(&problem, Callback::new(|()| {}));
        view! { {Head::new(problem.title()).back(PATH, "Office").view()} {why} }.into_any()
    };
    (!here().may(right)).then(words)
}

/// A room's page, for whoever has the right.
pub fn room(title: &'static str, sub: &'static str, right: Right, class: &'static str, body: AnyView) -> AnyView {
    if let Some(words) = barred(right) {
        return words;
    }
    view! {
        {Head::new(title).sub(Signal::stored(sub.to_owned())).back(PATH, "Office").view()}
        <div class=class>{body}</div>
    }
    .into_any()
}
