//! The page of reports: the list, and at a report's own address the way to what it shows.

use super::sheet::Of;
use super::{INBOX, PATH, api, inbox};
use crate::ask::{Asked, ask_online, failure, waiting};
use crate::head::Head;
use crate::later::report_sheet;
use crate::live::pressed;
use crate::notice::notices;
use crate::problem::Problem;
use crate::rooms::room_of;
use crate::sheets::sheets;
use crate::ui::{ButtonLink, Glyph, Look};
use domain::ids::ReportId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The page at the address.
#[must_use]
pub fn reports_page() -> AnyView {
    let room = room_of(PATH);
    let styled = crate::beside::styled("kpis-style");
    view! {
        {move || if styled.get() { room.with(|room| page(room)) } else { waiting() }}
    }
    .into_any()
}

fn page(room: &str) -> AnyView {
    match room {
        "" => list(),
        "inbox" => inbox::inbox_page(),
        id => id.parse().map_or_else(|_| crate::fault::not_found(), open),
    }
}

/// A report's own address leads to what it shows: an address that can be passed on. Asked once the page stands, so that nothing is taken over that is gone.
fn open(id: ReportId) -> AnyView {
    let (wrong, go) = (RwSignal::new(None::<Problem>), use_navigate());
    Effect::new(move |first: Option<()>| {
        if first.is_none() {
            let go = go.clone();
            spawn_local(async move {
                match api::reports_address(id).await {
                    Ok(address) => go(&address, NavigateOptions { replace: true, ..NavigateOptions::default() }),
                    Err(problem) => drop(wrong.try_set(Some(problem))),
                }
            });
        }
    });
    let retry = Callback::new(|()| drop(window().location().reload()));
    let content = move || wrong.get().map_or_else(waiting, |problem| failure(&problem, retry));
    view! {
        {Head::new("Report").back(PATH, "Reports").view()}
        <div class="page">{content}</div>
    }
    .into_any()
}

fn list() -> AnyView {
    let asked: Asked<String> = ask_online(Signal::stored(()), |()| Box::pin(api::reports_list()));
    let content = asked.view(waiting, move |html| {
        view! { <div inner_html=html.as_str().to_owned() on:click=move |event| press(asked, &event)></div> }.into_any()
    });
    view! {
        {Head::new("Reports").back(crate::kpis::PATH, "KPIs").view()}
        <div class="page page--narrow"><div class="stack">
            <p class="muted">"Views of the figures kept by name. Whoever opens a shared one sees own figures in it."</p>
            <div class="cluster"><ButtonLink href=INBOX look=Look::Quiet small=true glyph=Glyph::Mail>"Inbox"</ButtonLink></div>
            {content}
        </div></div>
    }
    .into_any()
}

fn press(asked: Asked<String>, event: &leptos::ev::MouseEvent) {
    pressed(event, |verb, element| {
        let Some(id) = element.get_attribute("data-of").and_then(|id| id.parse::<ReportId>().ok()) else { return };
        let then = Callback::new(move |()| asked.retry());
        match verb {
            "edit" => sheets().show("Edit the report", Box::pin(report_sheet(Of::Edit(id, then)))),
            "make" => make(id, then),
            "schedule" => sheets().show("Made by itself", Box::pin(report_sheet(Of::Schedule(id, then)))),
            _ => sheets().show("Remove this report?", Box::pin(report_sheet(Of::Remove(id, then)))),
        }
    });
}

fn make(id: ReportId, then: Callback<()>) {
    let notices = notices();
    spawn_local(async move {
        match api::reports_make(id).await {
            Ok(()) => {
                notices.say("The report is made");
                then.run(());
            }
            Err(problem) => notices.say(problem.words()),
        }
    });
}

/// Removes a report for good.
pub fn remove(id: ReportId, then: Callback<()>) {
    let (notices, sheets) = (notices(), sheets());
    spawn_local(async move {
        match api::reports_remove(id).await {
            Ok(()) => {
                sheets.close();
                notices.say("The report is removed");
                then.run(());
            }
            Err(problem) => notices.say(problem.words()),
        }
    });
}
