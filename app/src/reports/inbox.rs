//! The inbox: what has come in for whoever works here.

use super::{PATH, api};
use crate::ask::{Asked, ask_online, waiting};
use crate::head::Head;
use crate::live::pressed;
use crate::notice::notices;
use crate::problem::Problem;
use crate::ui::{Button, Glyph, Look};
use domain::ids::MessageId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub fn inbox_page() -> AnyView {
    let asked: Asked<String> = ask_online(Signal::stored(()), |()| Box::pin(api::inbox_list()));
    let content = asked.view(waiting, move |html| {
        view! { <div inner_html=html.as_str().to_owned() on:click=move |event| press(asked, &event)></div> }.into_any()
    });
    let all = move || run(asked, Box::pin(api::inbox_read(None)));
    view! {
        {Head::new("Inbox").back(PATH, "Reports").view()}
        <div class="page page--narrow"><div class="stack">
            <div class="cluster"><Button look=Look::Quiet small=true glyph=Glyph::Check on_press=all>"Mark all as read"</Button></div>
            {content}
        </div></div>
    }
    .into_any()
}

fn press(asked: Asked<String>, event: &leptos::ev::MouseEvent) {
    pressed(event, |verb, element| {
        let Some(id) = element.get_attribute("data-of").and_then(|id| id.parse::<MessageId>().ok()) else { return };
        match verb {
            "remove" => run(asked, Box::pin(api::inbox_remove(id))),
            _ => run(asked, Box::pin(api::inbox_read(Some(id)))),
        }
    });
}

type Running = std::pin::Pin<Box<dyn Future<Output = Result<(), Problem>>>>;

fn run(asked: Asked<String>, running: Running) {
    let notices = notices();
    spawn_local(async move {
        match running.await {
            Ok(()) => asked.retry(),
            Err(problem) => notices.say(problem.words()),
        }
    });
}
