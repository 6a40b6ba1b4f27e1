//! The first screen's page.

use super::api;
use super::draw;
use crate::ask::{Drawing, ask_drawn};
use crate::head::Head;
use crate::offline::{Book, offline};
use crate::session::Seen;
use crate::visits::check_in::press;
use leptos::prelude::*;

/// The page.
#[must_use]
pub fn today_page() -> AnyView {
    let from_book = |book: &Book, (): &(), seen: Seen<'_>| {
        let sum = offline().day_summary();
        Some(sum.with(|sum| draw::today(&book.today(seen.today), Some(sum), seen)))
    };
    let today = ask_drawn(Signal::stored(()), from_book, |()| Box::pin(api::today_overview()));
    today.view("page", head, press)
}

fn head(today: Drawing) -> AnyView {
    Head::new("Today").sub(today.sub()).view()
}
