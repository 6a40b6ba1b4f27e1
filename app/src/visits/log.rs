//! Logging a finished visit after the fact.

use super::report::Writing;
use crate::clients::form::ask_client;
use crate::form::Form;
use crate::head::Head;
use crate::offline::offline;
use crate::session::here;
use crate::ui::{Button, ButtonLink, FormErrors, Look, TextField};
use domain::Instant;
use domain::calendar::MINUTE_MS;
use domain::changes::Change;
use domain::clients::Client;
use domain::ids::{ClientId, VisitId};
use domain::people::Right;
use domain::visits::{RecordVisit, rules};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The page: for the client named in the address.
#[must_use]
pub fn log_page() -> AnyView {
    let query = use_query_map();
    let client = Memo::new(move |_| {
        let id = query.with(|query| query.get("client"));
        id.and_then(|id| id.parse().ok()).unwrap_or(ClientId(uuid::Uuid::nil()))
    });
    let asked = ask_client(client.into());
    asked.page_of(|client| client.id, |client| if here().may(Right::RecordVisits) { log(&client) } else { forbidden() })
}

fn forbidden() -> AnyView {
    let problem = crate::problem::Problem::Forbidden;
    let why = crate::ask::failure(&problem, Callback::new(|()| {}));
    view! { {Head::new(problem.title()).view()} {why} }.into_any()
}

fn log(client: &Client) -> AnyView {
    let form = Form::new(["visit:log:", &client.id.to_string()].concat());
    let here_ = here();
    let now = here_.now.get_untracked();
    let began = here_.with_company(|company| company.zone.local_input(Instant(now.0 - 30 * MINUTE_MS)));
    let started = form.field("startedAt", began);
    let minutes = form.field("endedAt", "30");
    let writing = Writing::new(form, None);
    form.keep_draft();
    let navigate = use_navigate();
    let (path, known) = (client.path(), client.clone());
    let head = Head::new("Log a visit").sub(client.name.clone()).back(path.clone(), "Client").view();
    let cancel = path.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let at = here().with_company(|company| company.zone.parse_local(&started.get_untracked()));
        let Some(started_at) = at else {
            return form.refuse(domain::Rejections::one("startedAt", "required", "Say when it began."));
        };
        let Some(long) = minutes.get_untracked().trim().parse::<i64>().ok().filter(|long| (0..=24 * 60).contains(long)) else {
            return form.refuse(domain::Rejections::one("endedAt", "out_of_range", "Say in whole minutes how long it took: 0 to 1440."));
        };
        let ended_at = Some(Instant(started_at.0 + long * MINUTE_MS));
        let ask = RecordVisit { id: VisitId(offline().new_id()), client_id: known.id, started_at, ended_at, report: writing.report() };
        if let Err(wrong) = here().rule(offline().now(), |ctx| rules::record(ask.clone(), &known, ctx)) {
            return form.refuse(wrong);
        }
        let (navigate, path) = (navigate.clone(), path.clone());
        form.send(Change::RecordVisit(ask), "Visit logged", move || {
            navigate(&path, NavigateOptions { replace: true, ..NavigateOptions::default() })
        });
    };
    view! {
        {head}
        <div class="page page--narrow">
            <form class="form" novalidate on:submit=submit>
                <FormErrors message=form.message() />
                <div class="form__pair">
                    <TextField name="startedAt" label="Began" value=started error=form.error("startedAt") kind="datetime-local" required=true />
                    <TextField name="endedAt" label="Minutes" value=minutes error=form.error("endedAt") inputmode="numeric" />
                </div>
                {writing.fields()}
                <div class="form__foot">
                    <ButtonLink href=cancel look=Look::Quiet>"Cancel"</ButtonLink>
                    <Button submit=true busy=form.busy>"Log it"</Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
