//! The page of targets: from the Book as of the last contact, or from the server.

use super::{api, draw};
use crate::ask::{Drawing, ask_drawn};
use crate::head::Head;
use crate::live::no_act;
use crate::offline::Book;
use crate::session::Seen;
use domain::targets::figures;
use leptos::prelude::*;

/// The page.
#[must_use]
pub fn targets_page() -> AnyView {
    let from_book = |book: &Book, (): &(), seen: Seen<'_>| {
        let facts = book.facts()?;
        Some(draw::page(&figures(facts, seen.today), &facts.month(seen.today), seen))
    };
    let page = ask_drawn(Signal::stored(()), from_book, |()| Box::pin(api::targets_page()));
    page.view("page page--narrow", head, no_act)
}

fn head(page: Drawing) -> AnyView {
    Head::new("Targets").sub(page.sub()).back("/", "Today").view()
}
