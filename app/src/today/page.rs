//! The first screen's page.

use super::api;
use super::draw;
use crate::ask::{Drawing, ask_kept};
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
        Some(sum.with(|sum| draw::today(&book.today(seen.today), Some(sum), offline().away(seen))))
    };
    let today = ask_kept(Signal::stored(()), from_book, |()| Box::pin(api::today_overview()), |team, seen| Some(draw::alone(team, seen)));
    let shown = today.view("page", head, press);
    view! { {shown} {followed(today)} }.into_any()
}

/// A Book brings its own figures with the next pull; a team's are asked for again when they have changed, and when there is a network again.
fn followed(today: Drawing) -> Option<AnyView> {
    let here = here();
    if here.has_book() {
        return None;
    }
    let online = offline().online();
    Effect::new(move |before: Option<bool>| {
        let now = online.get();
        if before == Some(false) && now {
            today.again();
        }
        now
    });
    let first = StoredValue::new(true);
    let told = move |words: &str| {
        // the first version told is the one the page was made of
        if words.starts_with("figures ") && !first.try_update_value(|first| std::mem::replace(first, false)).unwrap_or(true) {
            today.again();
        }
    };
    Some(crate::beside::figures(here.caller.with_untracked(|caller| caller.user.to_string()), Box::new(told)))
}

fn head(today: Drawing) -> AnyView {
    Head::new("Today").sub(today.sub()).view()
}
