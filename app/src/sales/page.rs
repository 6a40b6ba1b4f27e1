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

/// Lines of certain keys are those behind a mark of the figures.
fn head(lines: Drawing) -> AnyView {
    let (back, name) = if use_location().search.with_untracked(|search| search.contains("only=")) {
        (crate::kpis::PATH, "KPIs")
    } else {
        ("/targets", "Targets")
    };
    Head::new(lines.title()).sub(lines.sub()).back(back, name).view()
}
