//! One visit: planned, running or done, with what can be done with it.

use super::api;
use super::check_in::{CheckingIn, Target};
use super::plan::reschedule;
use super::report::Writing;
use crate::ask::ask;
use crate::clients::row::{dotted, planned_words};
use crate::form::Form;
use crate::head::Head;
use crate::offline::offline;
use crate::session::here;
use crate::ui::{Banner, BannerKind, Button, Card, Fact, Facts, FormErrors, Glyph, Look, Section, Sheet, Tag, TextField, Tone};
use crate::words::{capital, lasted, moment};
use domain::changes::Change;
use domain::geo::{Fix, distance_words};
use domain::ids::VisitId;
use domain::people::Right;
use domain::text::LINE_MAX;
use domain::visits::{CancelVisit, CheckOut, EditVisit, VisitItem, VisitStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// The visit's page.
#[must_use]
pub fn visit_page() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        let id = params.with(|params| params.get("id"));
        id.and_then(|id| id.parse().ok()).unwrap_or(VisitId(uuid::Uuid::nil()))
    });
    let asked = ask(id.into(), |book, id| book.visit_item(*id), |id| Box::pin(api::visits_find(id)));
    // built anew when the visit itself changes, not with every row the Book takes in: a report being written stays
    asked.page_of(VisitItem::clone, |visit| whole(&visit))
}

fn whole(visit: &Arc<VisitItem>) -> AnyView {
    let company = here().company();
    let sub = dotted([Some(company.policy.kind_name(&visit.kind)), Some(&visit.day.full(here().day())), visit.rep_name.as_deref()]);
    let client = domain::clients::path(visit.client_stage, visit.client_id);
    let head = Head::new(visit.client_name.clone()).sub(sub).back(client, "Client").view();
    let body = match visit.status {
        VisitStatus::Planned => planned(visit),
        VisitStatus::InProgress => running(visit),
        VisitStatus::Completed => done(visit),
        VisitStatus::Cancelled => cancelled(visit),
    };
    view! {
        {head}
        <div class="page page--narrow">{body}</div>
    }
    .into_any()
}

fn planned(visit: &Arc<VisitItem>) -> AnyView {
    let here = here();
    let today = here.day();
    let company = here.company();
    let when = visit.planned_at.map(|at| capital(&planned_words(at, today, &company)));
    let late = visit.day < today;
    let (moving, cancelling) = (RwSignal::new(false), RwSignal::new(false));
    let (id, planned_at) = (visit.id, visit.planned_at);
    let write = here.may(Right::RecordVisits);
    let checking = expect_context::<CheckingIn>();
    let (target, radius_m) = (Arc::clone(visit), company.policy.radius_m);
    let begin = move || checking.begin(Target::known_by(target.client_id, target.client_name.clone(), radius_m, Some(target.id)));
    let facts = (fact("Planned for", when), fact("Town", visit.town.clone()), fact("What for", visit.notes.clone()));
    view! {
        {late.then(|| view! { <Banner kind=BannerKind::Warn>"The planned day is over. Check in now, move it, or cancel it."</Banner> })}
        <Facts>{facts}</Facts>
        {write.then(|| view! {
            <div class="cluster">
                <Button look=Look::Quiet glyph=Glyph::Calendar on_press=move || moving.set(true)>"New time"</Button>
                <Button look=Look::Quiet glyph=Glyph::Close on_press=move || cancelling.set(true)>"Cancel it"</Button>
            </div>
            <div class="dock"><Button wide=true glyph=Glyph::Pin on_press=begin>"Check in"</Button></div>
            <Sheet open=moving title="New time">{reschedule(id, planned_at, moving)}</Sheet>
            <Sheet open=cancelling title="Cancel the visit">{cancel(id, cancelling)}</Sheet>
        })}
    }
    .into_any()
}

fn cancel(id: VisitId, open: RwSignal<bool>) -> AnyView {
    let form = Form::new("");
    let reason = form.field("reason", "");
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let ask = CancelVisit { id, reason: reason.get_untracked() };
        form.send(Change::CancelVisit(ask), "Cancelled", move || open.set(false));
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <FormErrors message=form.message() />
            <TextField name="reason" label="Why" value=reason error=form.error("reason") maxlength=LINE_MAX hint="May stay empty" />
            <Button look=Look::Danger submit=true wide=true busy=form.busy>"Cancel the visit"</Button>
        </form>
    }
    .into_any()
}

fn running(visit: &Arc<VisitItem>) -> AnyView {
    let here = here();
    let since = visit.checked_in_at.unwrap_or(here.now.get_untracked());
    let elapsed = move || lasted(since, here.now.get());
    let company = here.company();
    let began = ["since ", &moment(since, here.day(), &company)].concat();
    let forgotten = visit.forgotten(here.now.get_untracked(), here.day());
    let write = here.may(Right::RecordVisits);
    view! {
        {forgotten.then(|| view! { <Banner kind=BannerKind::Warn>"This visit was never checked out. When did it end?"</Banner> })}
        <div class="visit-now">
            <div class="visit-now__head">
                <span><span class="visit-now__pulse"></span>"In progress"</span>
                <span>{elapsed}</span>
            </div>
            <p class="muted">{[began, place(visit)].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")}</p>
        </div>
        {write.then(|| check_out(visit, forgotten))}
    }
    .into_any()
}

fn check_out(visit: &Arc<VisitItem>, forgotten: bool) -> AnyView {
    let form = Form::new(["visit:", &visit.id.to_string()].concat());
    let company = here().company();
    let likely = visit.checked_in_at.map(|at| company.zone.local_input(domain::Instant(at.0 + 30 * domain::calendar::MINUTE_MS)));
    let ended = form.field("at", likely.unwrap_or_default());
    let writing = Writing::new(form, Some(visit));
    form.keep_draft();
    let (fix, id) = (RwSignal::new(None::<Fix>), visit.id);
    let offline = offline();
    let asked = StoredValue::new(forgotten);
    // read while the report is written, so that saving waits for nothing; stored with the check-out only
    let locate = move |_| {
        if !asked.get_value() {
            asked.set_value(true);
            spawn_local(async move {
                if let Ok(found) = offline.position().await {
                    fix.try_set(Some(found));
                }
            });
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = here().with_company(|company| company.zone.parse_local(&ended.get_untracked()));
        let at = if forgotten { typed } else { Some(offline.now()) };
        let Some(at) = at else {
            return form.refuse(domain::Rejections::one("at", "required", "Say when it ended."));
        };
        let ask = CheckOut { id, at, fix: fix.get_untracked(), report: writing.report() };
        form.send(Change::CheckOut(ask), "Checked out", || {});
    };
    view! {
        <form class="form" novalidate on:submit=submit on:focusin=locate>
            <FormErrors message=form.message() />
            {forgotten.then(|| view! { <TextField name="at" label="Ended at" value=ended error=form.error("at") kind="datetime-local" required=true /> })}
            {writing.fields()}
            <div class="form__foot"><Button submit=true wide=true glyph=Glyph::Check busy=form.busy>"Check out"</Button></div>
        </form>
    }
    .into_any()
}

fn done(visit: &Arc<VisitItem>) -> AnyView {
    let here = here();
    let company = here.company();
    let editing = RwSignal::new(false);
    let clock = |at| company.zone.clock(at);
    let times = visit.checked_in_at.map(|from| match visit.checked_out_at.filter(|to| *to > from) {
        Some(to) => [&clock(from), "–", &clock(to), " · ", &lasted(from, to)].concat(),
        None => clock(from),
    });
    let outcome = visit.outcome.as_deref().map(|code| company.policy.outcome_name(code).to_owned());
    let promised = visit.next_step.clone().map(|step| match visit.next_step_on {
        Some(on) => [&step, ", by ", &on.short(here.day())].concat(),
        None => step,
    });
    let write = here.may(Right::RecordVisits);
    let clears = company.policy.clears(&visit.kind);
    let shown = Arc::clone(visit);
    let place = Some(place(visit)).filter(|place| !place.is_empty());
    let facts = (fact("When", times), fact("Where", place), fact("Outcome", outcome), fact("Next step", promised));
    let body = move || if editing.get() { edit(&shown, editing) } else { ().into_any() };
    view! {
        <div class="cluster">
            <Tag words="Completed" tone=Tone::Good />
            {(!clears).then(|| view! { <Tag words="Does not clear the light" /> })}
            {visit.clock_flagged.then(|| view! { <Tag words="The phone’s clock was off" tone=Tone::Warn /> })}
        </div>
        <Facts>{facts}</Facts>
        {visit.notes.clone().map(|notes| view! { <Section title="Notes"><Card pad=true><p class="as-typed">{notes}</p></Card></Section> })}
        {write.then(|| view! {
            <div class="cluster">
                <Button look=Look::Quiet glyph=Glyph::Edit on_press=move || editing.update(|on| *on = !*on)>"Edit the report"</Button>
            </div>
        })}
        {body}
    }
    .into_any()
}

fn edit(visit: &VisitItem, editing: RwSignal<bool>) -> AnyView {
    let form = Form::new(["visit:edit:", &visit.id.to_string()].concat());
    let writing = Writing::new(form, Some(visit));
    form.keep_draft();
    let id = visit.id;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(Change::EditVisit(EditVisit { id, report: writing.report() }), "Saved", move || editing.set(false));
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <FormErrors message=form.message() />
            {writing.fields()}
            <div class="form__foot"><Button submit=true wide=true busy=form.busy>"Save"</Button></div>
        </form>
    }
    .into_any()
}

fn cancelled(visit: &VisitItem) -> AnyView {
    let when = visit.planned_at.map(|at| here().with_company(|company| moment(at, here().day(), company)));
    let facts = (fact("Was planned for", when), fact("Why", visit.cancel_reason.clone()), fact("What for", visit.notes.clone()));
    view! {
        <div class="cluster"><Tag words="Cancelled" /></div>
        <Facts>{facts}</Facts>
    }
    .into_any()
}

fn fact(label: &'static str, words: Option<String>) -> Option<AnyView> {
    words.map(|words| view! { <Fact label=label>{words}</Fact> }.into_any())
}

/// Where it was made, as far as that is known.
fn place(visit: &VisitItem) -> String {
    let away = visit.distance_m.map(distance_words);
    let words = match (visit.within_radius, away) {
        (Some(true), _) => "at the client".to_owned(),
        (Some(false), Some(away)) => [&away, " away"].concat(),
        _ => String::new(),
    };
    dotted([Some(words.as_str()), visit.outside_reason.as_deref()])
}
