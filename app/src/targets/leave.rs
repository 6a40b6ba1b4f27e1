//! Who is away in a year: written down, changed, taken back.

use super::api_office::{self, CalendarAsked, TargetsCancelLeave, TargetsPutLeave};
use super::calendar::address;
use crate::office::Sending;
use crate::session::here;
use crate::ui::{Button, ButtonLink, Choice, Empty, FormErrors, Glyph, Icon, Look, Section, TextField};
use domain::ids::LeaveId;
use domain::targets::LeaveDraft;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The section; `edited` is the id of the leave that is being changed.
pub fn section(asked: &CalendarAsked, edited: Memo<String>, retry: Callback<()>) -> AnyView {
    let year = asked.year;
    let sending = Sending::new("leave");
    let name = |draft: &LeaveDraft| asked.reps.iter().find(|rep| rep.id == draft.rep_id).map(|rep| rep.name.clone()).unwrap_or_default();
    let list = if asked.leave.is_empty() {
        let title = ["Nobody is away in ", &year.to_string()].concat();
        view! { <div class="card"><Empty glyph=Glyph::Person title words="Write leave down below: its days count for no target." /></div> }
            .into_any()
    } else {
        let rows = asked.leave.iter().map(|(id, draft)| row(*id, *draft, name(draft), year, sending, retry)).collect_view();
        view! { <ul class="lines card" role="list">{rows}</ul> }.into_any()
    };
    let (leave, reps) = (asked.leave.clone(), asked.reps.iter().map(|rep| (rep.id.to_string(), rep.name.clone())).collect::<Vec<_>>());
    let form = move || {
        let changed = edited.with(|edited| leave.iter().find(|(id, _)| id.to_string() == *edited).copied());
        form(changed, reps.clone(), year, sending, retry)
    };
    view! { <Section title="Leave" aside=Signal::stored(asked.leave.len().to_string())>{list}{form}</Section> }.into_any()
}

fn row(id: LeaveId, draft: LeaveDraft, name: String, year: i32, sending: Sending, retry: Callback<()>) -> AnyView {
    let today = here().day();
    let days = draft.to.since(draft.from) + 1;
    let when = match days {
        1 => draft.from.short(today),
        days => [&draft.from.short(today), " – ", &draft.to.short(today), " · ", &days.to_string(), " days"].concat(),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.save(api_office::targets_cancel_leave(year, id), "Leave taken back", move |()| retry.run(()));
    };
    let href = [&address(year), "&leave=", &id.to_string()].concat();
    let (change, remove) = (["Change leave of ", &name].concat(), ["Remove leave of ", &name].concat());
    view! {
        <li class="lines__row lines__row--leave">
            <span><span class="strong">{name}</span><span class="muted small num lines__sub">{when}</span></span>
            <a class="icon-button" href=href aria-label=change><Icon glyph=Glyph::Edit /></a>
            <form method="post" action=TargetsCancelLeave::url() on:submit=submit>
                <input type="hidden" name="year" value=year.to_string() />
                <input type="hidden" name="id" value=id.to_string() />
                <button type="submit" class="icon-button" aria-label=remove><Icon glyph=Glyph::Trash /></button>
            </form>
        </li>
    }
    .into_any()
}

fn form(changed: Option<(LeaveId, LeaveDraft)>, reps: Vec<(String, String)>, year: i32, sending: Sending, retry: Callback<()>) -> AnyView {
    let id = changed.map(|(id, _)| id.to_string()).unwrap_or_default();
    let draft = changed.map(|(_, draft)| draft);
    let rep = RwSignal::new(draft.map(|draft| draft.rep_id.to_string()).unwrap_or_default());
    let from = RwSignal::new(draft.map(|draft| draft.from.to_string()).unwrap_or_default());
    let to = RwSignal::new(draft.map(|draft| draft.to.to_string()).unwrap_or_default());
    let navigate = use_navigate();
    let (sent, changing) = (id.clone(), draft.is_some());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let [rep_id, first, last] = [rep, from, to].map(|field| field.get_untracked());
        let navigate = navigate.clone();
        sending.save(api_office::targets_put_leave(year, sent.clone(), rep_id, first, last), "Saved", move |()| {
            [rep, from, to].iter().for_each(|field| field.set(String::new()));
            if changing {
                navigate(&address(year), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
            }
            retry.run(());
        });
    };
    let cancel = changing.then(|| view! { <ButtonLink look=Look::Plain href=address(year)>"Cancel"</ButtonLink> });
    view! {
        <form class="stack" method="post" action=TargetsPutLeave::url() novalidate on:submit=submit>
            <FormErrors message=sending.message() />
            <input type="hidden" name="year" value=year.to_string() />
            <input type="hidden" name="id" value=id />
            <Choice name="rep_id" label="Who is away" value=rep options=Signal::stored(reps) empty="Choose a rep" error=sending.error("repId") />
            <div class="form__pair">
                <TextField name="from" label="First day" kind="date" value=from error=sending.error("from") />
                <TextField name="to" label="Last day" kind="date" value=to error=sending.error("to") />
            </div>
            <div class="cluster">
                <Button look=Look::Quiet submit=true busy=sending.busy>{if changing { "Change leave" } else { "Add leave" }}</Button>
                {cancel}
            </div>
        </form>
    }
    .into_any()
}
