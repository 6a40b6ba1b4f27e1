//! The first screen's page.

use super::api;
use super::draw;
use crate::ask::{Drawing, ask_drawn};
use crate::head::Head;
use crate::offline::{Book, offline};
use crate::session::{Seen, here};
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
    let shown = today.view("page", head, press);
    view! { {shown} {followed(today)} }.into_any()
}

/// A Book brings its own figures with the next pull; a team's are asked for again when they have changed.
fn followed(today: Drawing) -> Option<AnyView> {
    let here = here();
    let first = StoredValue::new(true);
    let told = move |words: &str| {
        // the first version told is the one the page was made of
        if words.starts_with("figures ") && !first.try_update_value(|first| std::mem::replace(first, false)).unwrap_or(true) {
            today.again();
        }
    };
    (!here.has_book()).then(|| crate::beside::figures(here.caller.with_untracked(|caller| caller.user.to_string()), Box::new(told)))
}

fn head(today: Drawing) -> AnyView {
    Head::new("Today").sub(today.sub()).view()
}
