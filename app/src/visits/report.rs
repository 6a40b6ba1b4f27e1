//! What was found and agreed: the part of check-out, later edit and logged visit that is the same.

use super::plan::kinds;
use crate::form::Form;
use crate::session::here;
use crate::ui::{Button, Choice, Look, TextArea, TextField};
use domain::Day;
use domain::text::{LINE_MAX, NOTE_MAX};
use domain::visits::VisitItem;
use domain::visits::requests::Report;
use leptos::prelude::*;

/// The report as it is being written.
#[derive(Clone, Copy)]
pub struct Writing {
    form: Form,
    kind: RwSignal<String>,
    outcome: RwSignal<String>,
    notes: RwSignal<String>,
    next_step: RwSignal<String>,
    next_step_on: RwSignal<String>,
}

impl Writing {
    /// Begins from a visit, or from nothing.
    #[must_use]
    pub fn new(form: Form, visit: Option<&VisitItem>) -> Self {
        let of = |get: fn(&VisitItem) -> Option<String>| visit.and_then(get).unwrap_or_default();
        Self {
            form,
            kind: form.field("type", of(|v| Some(v.kind.clone()))),
            outcome: form.field("outcome", of(|v| v.outcome.clone())),
            notes: form.field("notes", of(|v| v.notes.clone())),
            next_step: form.field("nextStep", of(|v| v.next_step.clone())),
            next_step_on: form.field("nextStepOn", of(|v| v.next_step_on.map(|on| on.to_string()))),
        }
    }

    /// As it is to be sent.
    #[must_use]
    pub fn report(self) -> Report {
        Report {
            kind: self.kind.get_untracked(),
            outcome: self.outcome.get_untracked(),
            notes: self.notes.get_untracked(),
            next_step: self.next_step.get_untracked(),
            next_step_on: Day::parse(&self.next_step_on.get_untracked()),
        }
    }

    /// Its fields.
    pub fn fields(self) -> AnyView {
        let form = self.form;
        let company = here().company();
        let outcomes: Vec<_> = company.policy.outcomes.iter().map(|outcome| (outcome.code.clone(), outcome.name.clone())).collect();
        view! {
            <div class="form__pair">
                <Choice name="type" label="Visit type" value=self.kind error=form.error("type") options=kinds() empty="The usual" />
                <Choice name="outcome" label="Outcome" value=self.outcome error=form.error("outcome") options=Signal::stored(outcomes) empty="Choose" />
            </div>
            <TextArea name="notes" label="Notes" value=self.notes error=form.error("notes") maxlength=NOTE_MAX rows=4 />
            <TextField name="nextStep" label="Next step" value=self.next_step error=form.error("nextStep") maxlength=LINE_MAX placeholder="Send a quote for 3 chaff cutters" />
            <TextField
                name="nextStepOn"
                label="By when"
                value=self.next_step_on
                error=form.error("nextStepOn")
                kind="date"
                hint="With a day it is a promise and comes back on Today"
            />
            {self.days()}
        }
        .into_any()
    }

    fn days(self) -> AnyView {
        let today = here().day();
        let picks = [("Tomorrow", 1), ("In a week", 7), ("In a month", 30)].map(|(words, days)| {
            let pick = move || self.next_step_on.set(today.plus(days).to_string());
            view! { <Button look=Look::Quiet small=true on_press=pick>{words}</Button> }
        });
        view! { <div class="cluster">{picks.into_iter().collect_view()}</div> }.into_any()
    }
}
