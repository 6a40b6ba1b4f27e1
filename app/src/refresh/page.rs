//! The page.

use super::api::{self, Shown};
use crate::ask::{Asked, ask, waiting};
use crate::form::Form;
use crate::head::Head;
use crate::notice::notices;
use crate::offline::SubmitError;
use crate::ui::{Button, Choice, FormErrors, Glyph, Look, TextField};
use domain::Rejections;
use domain::people::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
#[must_use]
pub fn refresh_page() -> AnyView {
    if let Some(words) = crate::office::barred(Right::Import) {
        return words;
    }
    let shown = ask(Signal::stored(()), |_, ()| None, |()| Box::pin(api::refresh_show()));
    let part = shown.view(waiting, move |set| page(shown, &set));
    view! {
        {Head::new("Daily refresh").back(crate::office::PATH, "Office").view()}
        <div class="page page--narrow">
            <p class="muted">
                "Once a day the server brings in the files of a folder on its own machine: sales.csv, sales_2026-11-24.xlsx, clients.csv … The word a
                name begins with says what the file holds; a mapping beside it, sales.toml, says how it is read. A file is brought in once; taken back, it comes in again
                the next time, unless it is taken out of the folder."
            </p>
            {part}
        </div>
    }
    .into_any()
}

fn page(shown: Asked<Shown>, set: &Shown) -> AnyView {
    let (busy, notices) = (RwSignal::new(false), notices());
    let run = move || {
        busy.set(true);
        spawn_local(async move {
            let done = api::refresh_run().await;
            busy.set(false);
            match done {
                Ok(()) => shown.retry(),
                Err(problem) => notices.say(problem.words()),
            }
        });
    };
    let form = set.may_change.then(|| form(shown, set));
    let said = (!set.may_change).then(|| {
        let words = match &set.folder {
            Some(folder) => format!("From {folder}, at {}:00.", set.hour),
            None => "No folder is set: an administrator chooses one here.".to_owned(),
        };
        view! { <p>{words}</p> }
    });
    let last = set.last.clone();
    view! {
        {form}
        {said}
        <div class="cluster"><Button look=Look::Quiet glyph=Glyph::Sync busy=busy disabled=set.folder.is_none() on_press=run>"Refresh now"</Button></div>
        <div inner_html=last></div>
    }
    .into_any()
}

fn form(shown: Asked<Shown>, set: &Shown) -> AnyView {
    let form = Form::new("refresh");
    let folder = form.field("folder", set.folder.clone().unwrap_or_default());
    let hour = form.field("hour", set.hour.to_string());
    let hours: Vec<_> = (0..24).map(|hour: u8| (hour.to_string(), format!("{hour:02}:00"))).collect();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (folder, hour) = (folder.get_untracked(), hour.get_untracked().parse().unwrap_or(5));
        let saving = async move {
            api::refresh_set(folder, hour)
                .await
                .map_err(|problem| SubmitError::Rejected(Rejections::one("folder", "refused", problem.words())))
        };
        form.sent(Box::pin(saving), "Saved", Box::new(move || shown.retry()));
    };
    view! {
        <form class="form" novalidate on:submit=save>
            <FormErrors message=form.message() />
            <TextField name="folder" label="Folder" value=folder error=form.error("folder") hint="The whole path on the server’s machine; empty: no refresh" />
            <Choice name="hour" label="At" value=hour options=Signal::stored(hours) />
            <div class="form__foot"><Button submit=true busy=form.busy>"Save"</Button></div>
        </form>
    }
    .into_any()
}
