//! The page of lines: whatever days, rep, client or product its address names.

use super::api;
use crate::ask::{Drawing, ask_server};
use crate::head::Head;
use crate::live::no_act;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page.
#[must_use]
pub fn lines_page() -> AnyView {
    let search = use_location().search;
    let lines = ask_server(Signal::derive(move || search.get()), |address| Box::pin(api::sales_lines(address)));
    lines.view("page page--wide", head, no_act)
}

fn head(lines: Drawing) -> AnyView {
    Head::new(lines.title()).sub(lines.sub()).back("/targets", "Targets").view()
}
