//! The sheets of reports: keeping a view, renaming and sharing it, removing it.

use super::api::{self, Sheet};
use super::{page, schedule};
use crate::ask::{ask_online, waiting};
use crate::form::Form;
use crate::office::Outcome;
use crate::offline::SubmitError;
use crate::problem::Problem;
use crate::session::here;
use crate::sheets::sheets;
use crate::ui::{Button, CheckField, FormErrors, Look, TextField};
use domain::Rejections;
use domain::ids::ReportId;
use domain::people::Right;
use domain::reports::{ReportDraft, View};
use domain::text::NAME_MAX;
use leptos::prelude::*;
use std::sync::Arc;

/// What a sheet is for.
#[derive(Clone)]
pub enum Of {
    /// Keeping a view.
    New(View),
    /// Renaming and sharing.
    Edit(ReportId, Callback<()>),
    /// When it is made.
    Schedule(ReportId, Callback<()>),
    /// Removing it.
    Remove(ReportId, Callback<()>),
}

/// The sheet's content.
#[must_use]
pub fn sheet(of: Of) -> AnyView {
    match of {
        Of::New(view) => draft(ReportDraft { view, ..ReportDraft::default() }, None),
        Of::Edit(id, then) => with(id, move |sheet| draft(sheet.draft.clone(), Some((id, sheet.version, then)))),
        Of::Schedule(id, then) => with(id, move |sheet| schedule::form(id, sheet, then)),
        Of::Remove(id, then) => removal(id, then),
    }
}

fn with(id: ReportId, show: impl Fn(Arc<Sheet>) -> AnyView + Send + Sync + 'static) -> AnyView {
    ask_online(Signal::stored(id), |id| Box::pin(api::reports_one(id))).view(waiting, show)
}

fn draft(before: ReportDraft, known: Option<(ReportId, i64, Callback<()>)>) -> AnyView {
    let form = Form::new("report");
    let name = form.field("name", before.name.clone());
    let shared = RwSignal::new(before.shared);
    let view = StoredValue::new(before.view);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = ReportDraft { name: name.get_untracked(), view: view.get_value(), shared: shared.get_untracked() };
        let sheets = sheets();
        let (said, saving): (_, Saving) = match known {
            None => ("Saved: find it under Reports", Box::pin(async move { settled(api::reports_create(draft).await) })),
            Some((id, version, _)) => ("Saved", Box::pin(async move { settled(api::reports_change(id, draft, version).await) })),
        };
        let then = move || {
            sheets.close();
            known.into_iter().for_each(|(_, _, then)| then.run(()));
        };
        form.sent(saving, said, Box::new(then));
    };
    let may_share = here().may(Right::SetTargets);
    let share = may_share.then(|| {
        let hint = "Everybody of the company finds it; each sees own figures in it.";
        view! { <CheckField name="shared" label="Share with the company" checked=shared hint /> }
    });
    view! {
        <form class="form" novalidate on:submit=save>
            <FormErrors message=form.message() />
            <TextField name="name" label="Name" value=name error=form.error("name") maxlength=NAME_MAX required=true placeholder="Board, last month" />
            {share}
            <p class="muted small">"Periods with a name stay relative: “Last month” is last month whenever the report is opened or made."</p>
            <div class="form__foot"><Button submit=true busy=form.busy>"Save"</Button></div>
        </form>
    }
    .into_any()
}

fn removal(id: ReportId, then: Callback<()>) -> AnyView {
    view! {
        <div class="stack">
            <p>"It is no longer found nor made by itself. What was made of it stays in the data folder and in inboxes."</p>
            <Button look=Look::Danger wide=true on_press=move || page::remove(id, then)>"Remove"</Button>
        </div>
    }
    .into_any()
}

/// A form on its way.
pub type Saving = std::pin::Pin<Box<dyn Future<Output = Result<(), SubmitError>>>>;

/// What became of it, as forms take it.
pub fn settled(answer: Result<Outcome<()>, Problem>) -> Result<(), SubmitError> {
    match answer {
        Ok(Ok(())) => Ok(()),
        Ok(Err(wrong)) => Err(SubmitError::Rejected(wrong)),
        Err(problem) => Err(SubmitError::Rejected(Rejections::one("", "refused", problem.words()))),
    }
}
