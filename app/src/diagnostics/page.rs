//! The page of diagnostics. It looks again by itself.

use super::api;
use crate::ask::{Drawing, ask_server};
use crate::head::Head;
use domain::people::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use web_sys::Element;

/// How often it looks.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// The page.
#[must_use]
pub fn diagnostics_page() -> AnyView {
    if let Some(words) = crate::office::barred(Right::SeeDiagnostics) {
        return words;
    }
    let turn = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let look = move || {
            if !document().hidden() {
                turn.update(|turn| *turn += 1)
            }
        };
        if let Ok(every) = set_interval_with_handle(look, LOOK_AGAIN) {
            on_cleanup(move || every.clear());
        }
    });
    let shown = ask_server(Signal::from(turn), |_: u32| Box::pin(api::diagnostics_show()));
    shown.view("page page--wide diagnostics", head, act)
}

fn head(shown: Drawing) -> AnyView {
    Head::new("Diagnostics").sub(shown.sub()).back(crate::office::PATH, "Office").view()
}

/// What the proof comes to stands on the page with its next look.
fn act(verb: &str, button: &Element) {
    if verb == "prove" {
        // it is under way: a second press would find the same one
        let _ = button.set_attribute("disabled", "");
        spawn_local(async {
            let _ = api::diagnostics_prove().await;
        });
    }
}
