//! The page of targets: from the Book as of the last contact, or from the server.

use super::{api, draw_page};
use crate::ask::{Drawing, ask_kept};
use crate::head::Head;
use crate::live::no_act;
use crate::offline::{Book, offline};
use crate::session::Seen;
use leptos::prelude::*;

/// The page.
#[must_use]
pub fn targets_page() -> AnyView {
    let from_book = |book: &Book, (): &(), seen: Seen<'_>| Some(draw_page::page(book.facts()?, offline().away(seen)));
    let page =
        ask_kept(Signal::stored(()), from_book, |()| Box::pin(api::targets_page()), |team, seen| Some(draw_page::page_kept(team, seen)));
    page.view("page page--narrow", head, no_act)
}

fn head(page: Drawing) -> AnyView {
    Head::new("Targets").sub(page.sub()).back("/", "Today").view()
}
