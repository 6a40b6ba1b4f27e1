//! One import with its report, and taking it back.

use super::{PATH, api};
use crate::ask::{Drawing, ask_server};
use crate::head::Head;
use crate::notice::notices;
use crate::ui::{Button, Look, Sheet};
use domain::ids::ImportId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use web_sys::Element;

/// Whether taking back is being asked for.
#[derive(Clone, Copy)]
struct Asking(RwSignal<bool>);

/// The page.
#[must_use]
pub fn report_page(id: ImportId) -> AnyView {
    let asking = RwSignal::new(false);
    provide_context(Asking(asking));
    let import = ask_server(Signal::stored(id), |id| Box::pin(api::imports_show(id)));
    let (busy, notices, navigate) = (RwSignal::new(false), notices(), use_navigate());
    let take_back = Callback::new(move |()| {
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let done = api::imports_withdraw(id).await;
            busy.set(false);
            asking.set(false);
            match done {
                Ok(words) => {
                    notices.say(words);
                    navigate(PATH, leptos_router::NavigateOptions::default());
                }
                Err(problem) => notices.say(problem.words()),
            }
        });
    });
    view! {
        {import.view("page page--wide", head, press)}
        <Sheet open=asking title="Take this import back?">
            <div class="stack">
                <p>"Rows that came with it go, and what it replaced counts again. What somebody has used or changed since stays, and is listed."</p>
                <Button look=Look::Danger wide=true busy=busy on_press=take_back>"Take it back"</Button>
                <Button look=Look::Quiet wide=true on_press=move || asking.set(false)>"Keep it"</Button>
            </div>
        </Sheet>
    }
    .into_any()
}

fn head(import: Drawing) -> AnyView {
    Head::new(import.title()).sub(import.sub()).back(PATH, "Imports").view()
}

fn press(verb: &str, _: &Element) {
    if verb == "withdraw" {
        expect_context::<Asking>().0.set(true);
    }
}
