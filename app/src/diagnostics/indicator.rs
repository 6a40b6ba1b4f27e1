//! One line that says whether all parts are up or which one is down, in a shape and a word.

use super::api;
use crate::live::{live, no_act};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often it looks while something is not up.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// While all is well, one of so many of these.
const WELL: u32 = 7;
/// What stands there when the server itself does not answer.
const AWAY: &str = "<span class=\"state state--down\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-warn\"></use></svg>Server cannot be reached</span>";

/// The line.
pub fn indicator() -> AnyView {
    let html = RwSignal::new(String::new());
    let look = move || {
        spawn_local(async move {
            let line = api::diagnostics_state().await.unwrap_or_else(|_| AWAY.to_owned());
            // the page may be gone by then
            let _ = html.try_set(line);
        });
    };
    Effect::new(move |_| {
        look();
        let turn = StoredValue::new(0_u32);
        let again = move || {
            let turn = turn.try_update_value(|turn| std::mem::replace(turn, (*turn + 1) % WELL));
            let well = html.try_with_untracked(|html| html.contains("state--on")) == Some(true);
            if !document().hidden() && (!well || turn == Some(0)) {
                look();
            }
        };
        if let Ok(every) = set_interval_with_handle(again, LOOK_AGAIN) {
            on_cleanup(move || every.clear());
        }
    });
    live(html.into(), "parts-state", Some(("status", "Parts of the application")), no_act)
}
