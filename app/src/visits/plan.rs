//! Planning a visit and moving one: a day and an hour, with the usual ones a tap away.

use crate::form::Form;
use crate::offline::offline;
use crate::session::here;
use crate::sheets::sheets;
use crate::ui::{Button, Choice, FormErrors, Look, TextArea, TextField};
use domain::Instant;
use domain::changes::Change;
use domain::ids::{ClientId, VisitId};
use domain::text::NOTE_MAX;
use domain::visits::{PlanVisit, RescheduleVisit};
use leptos::prelude::*;

/// Plans a visit to a client.
#[must_use]
pub fn plan(client: ClientId) -> AnyView {
    let open = sheets().open;
    let form = Form::new(["visit:plan:", &client.to_string()].concat());
    let when = form.field("plannedAt", tomorrow_at_nine());
    let kind = form.field("type", "");
    let notes = form.field("notes", "");
    form.keep_draft();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(planned_at) = read(form, when) else { return };
        let ask = PlanVisit {
            id: VisitId(offline().new_id()),
            client_id: client,
            kind: kind.get_untracked(),
            planned_at,
            notes: notes.get_untracked(),
        };
        form.send(Change::PlanVisit(ask), "Planned", move || open.set(false));
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <FormErrors message=form.message() />
            {moment_field(form, when)}
            <Choice name="type" label="Visit type" value=kind error=form.error("type") options=kinds() empty="The usual" />
            <TextArea name="notes" label="What for" value=notes error=form.error("notes") maxlength=NOTE_MAX rows=2 />
            <Button submit=true wide=true busy=form.busy>"Plan it"</Button>
        </form>
    }
    .into_any()
}

/// Moves a planned visit.
pub fn reschedule(visit: VisitId, planned_at: Option<Instant>, open: RwSignal<bool>) -> AnyView {
    let form = Form::new(["visit:move:", &visit.to_string()].concat());
    let now = planned_at.map(|at| here().with_company(|company| company.zone.local_input(at)));
    let when = form.field("plannedAt", now.unwrap_or_else(tomorrow_at_nine));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(planned_at) = read(form, when) else { return };
        form.send(Change::RescheduleVisit(RescheduleVisit { id: visit, planned_at }), "Moved", move || open.set(false));
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <FormErrors message=form.message() />
            {moment_field(form, when)}
            <Button submit=true wide=true busy=form.busy>"Move it"</Button>
        </form>
    }
    .into_any()
}

/// The field, and the usual days above it.
fn moment_field(form: Form, when: RwSignal<String>) -> AnyView {
    let here = here();
    let today = here.day();
    let next_monday = i32::try_from(7 - today.weekday()).unwrap_or(7);
    let picks = [("Today", 0), ("Tomorrow", 1), ("Monday", next_monday), ("In two weeks", 14)].map(|(words, days)| {
        let pick = move || {
            let clock = when.with_untracked(|when| when.get(11..16).unwrap_or("09:00").to_owned());
            when.set([&today.plus(days).to_string(), "T", &clock].concat());
        };
        view! { <Button look=Look::Quiet small=true on_press=pick>{words}</Button> }
    });
    view! {
        <TextField name="plannedAt" label="When" value=when error=form.error("plannedAt") kind="datetime-local" required=true />
        <div class="cluster">{picks.into_iter().collect_view()}</div>
    }
    .into_any()
}

fn read(form: Form, when: RwSignal<String>) -> Option<Instant> {
    let at = here().with_company(|company| company.zone.parse_local(&when.get_untracked()));
    if at.is_none() {
        form.refuse(domain::Rejections::one("plannedAt", "required", "Choose a day and an hour."));
    }
    at
}

fn tomorrow_at_nine() -> String {
    [&here().day().plus(1).to_string(), "T09:00"].concat()
}

/// The policy's kinds of visits.
#[must_use]
pub fn kinds() -> Signal<Vec<(String, String)>> {
    let company = here().company();
    Signal::stored(company.policy.visit_types.iter().map(|kind| (kind.code.clone(), kind.name.clone())).collect())
}
