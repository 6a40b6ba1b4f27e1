//! The list behind a mark: whatever opportunities its address names.

use super::api;
use crate::ask::{Drawing, ask_server};
use crate::head::Head;
use crate::live::no_act;
use domain::opportunities::Query;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page.
#[must_use]
pub fn list_page() -> AnyView {
    let url = use_query_map();
    let asked = Signal::derive(move || url.with(|url| (Query::read(|name| url.get(name)), url.get("after").unwrap_or_default())));
    let found = ask_server(asked, |(query, after)| Box::pin(api::opportunities_list(query, after)));
    found.view("page page--wide", head, no_act)
}

fn head(found: Drawing) -> AnyView {
    Head::new(found.title()).sub(found.sub()).back("/kpis/pipeline", "Pipeline").view()
}
