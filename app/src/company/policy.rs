//! The page of the policy: how often clients are visited, tiers, kinds of visits, outcomes; and what a change would do before it is saved.

use super::api::{self, CompanyChangePolicy};
use super::policy_form::{PolicyForm, TierRow};
use super::policy_preview::told;
use crate::ask::ask;
use crate::office::{self, CellKind, Sending, cell, remove};
use crate::ui::{Button, FormErrors, Glyph, Look, Section, TextField};
use domain::lights::{OutcomeDraft, PolicyDraft, PolicyPreview, VisitTypeDraft};
use domain::people::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
#[must_use]
pub fn policy_page() -> AnyView {
    let asked = ask(Signal::stored(()), |_, ()| None, |()| Box::pin(api::company_policy()));
    let retry = Callback::new(move |()| asked.retry());
    let body = asked.view_of(office::waits, PolicyDraft::clone, move |policy| form(&policy, retry));
    office::room("Policy", "When a visit is due, and what a visit can be", Right::SetCompany, "page page--narrow", body)
}

/// A row of one of the three lists as typed; each list uses what it has.
#[derive(Clone, Copy)]
struct Line {
    place: usize,
    code: StoredValue<String>,
    name: RwSignal<String>,
    days: RwSignal<String>,
    clears: RwSignal<bool>,
    gone: RwSignal<bool>,
}

impl Line {
    fn new(place: usize, code: &str, name: &str, days: &str, clears: bool) -> Self {
        Self {
            place,
            code: StoredValue::new(code.to_owned()),
            name: RwSignal::new(name.to_owned()),
            days: RwSignal::new(days.to_owned()),
            clears: RwSignal::new(clears),
            gone: RwSignal::new(false),
        }
    }

    fn empty(place: usize) -> Self {
        Self::new(place, "", "", "", true)
    }
}

/// The form as typed.
#[derive(Clone, Copy)]
struct Fields {
    sending: Sending,
    cadence: RwSignal<String>,
    tiers: RwSignal<Vec<Line>>,
    kinds: RwSignal<Vec<Line>>,
    outcomes: RwSignal<Vec<Line>>,
}

impl Fields {
    /// Each list ends with an empty row, so that one can be added before the script runs.
    fn new(policy: &PolicyDraft) -> Self {
        let lines = |mut lines: Vec<Line>| {
            lines.push(Line::empty(lines.len()));
            RwSignal::new(lines)
        };
        let tier = |(n, t): (usize, &domain::lights::TierDraft)| {
            Line::new(n, t.was.as_deref().unwrap_or_default(), &t.code, &t.cadence_days.to_string(), true)
        };
        let kind = |(n, t): (usize, &VisitTypeDraft)| Line::new(n, &t.code, &t.name, "", t.clears);
        let outcome = |(n, o): (usize, &OutcomeDraft)| Line::new(n, &o.code, &o.name, "", true);
        Self {
            sending: Sending::new("policy"),
            cadence: RwSignal::new(policy.cadence_days.to_string()),
            tiers: lines(policy.tiers.iter().enumerate().map(tier).collect()),
            kinds: lines(policy.visit_types.iter().enumerate().map(kind).collect()),
            outcomes: lines(policy.outcomes.iter().enumerate().map(outcome).collect()),
        }
    }

    fn read(self) -> PolicyForm {
        let tier = |l: &Line| TierRow { was: l.code.get_value(), code: l.name.get_untracked(), cadence_days: l.days.get_untracked() };
        let kind = |l: &Line| VisitTypeDraft { code: l.code.get_value(), name: l.name.get_untracked(), clears: l.clears.get_untracked() };
        let outcome = |l: &Line| OutcomeDraft { code: l.code.get_value(), name: l.name.get_untracked() };
        PolicyForm {
            cadence_days: self.cadence.get_untracked(),
            tiers: self.tiers.with_untracked(|lines| lines.iter().map(tier).collect()),
            visit_types: self.kinds.with_untracked(|lines| lines.iter().map(kind).collect()),
            outcomes: self.outcomes.with_untracked(|lines| lines.iter().map(outcome).collect()),
        }
    }

    fn tier(self, line: Line) -> AnyView {
        let (n, sending) = (line.place, self.sending);
        let field = |name: &str| ["policy[tiers][", &n.to_string(), "][", name, "]"].concat();
        let error = |name: &str| sending.error(["tiers[", &n.to_string(), "].", name].concat());
        let code = cell(label("Tier", n), field("code"), line.name, error("code"), CellKind::Words);
        let days = cell(label("Days between visits of tier", n), field("cadence_days"), line.days, error("cadenceDays"), CellKind::Number);
        view! { <input type="hidden" name=field("was") value=line.code.get_value() />{code}{days} }.into_any()
    }

    fn kind(self, line: Line) -> AnyView {
        let (n, sending) = (line.place, self.sending);
        let field = |name: &str| ["policy[visit_types][", &n.to_string(), "][", name, "]"].concat();
        let name = cell(
            label("Kind of visit", n),
            field("name"),
            line.name,
            sending.error(["visitTypes[", &n.to_string(), "].name"].concat()),
            CellKind::Words,
        );
        view! {
            <input type="hidden" name=field("code") value=line.code.get_value() />
            {name}
            <label class="check">
                <input type="checkbox" name=field("clears") value="true" checked=line.clears.get_untracked() prop:checked=line.clears on:change=move |event| line.clears.set(event_target_checked(&event)) />
                <span>"Clears"<span class="sr">{[" a light: kind ", &(n + 1).to_string()].concat()}</span></span>
            </label>
        }
        .into_any()
    }

    fn outcome(self, line: Line) -> AnyView {
        let (n, sending) = (line.place, self.sending);
        let field = |name: &str| ["policy[outcomes][", &n.to_string(), "][", name, "]"].concat();
        let name = cell(
            label("Outcome", n),
            field("name"),
            line.name,
            sending.error(["outcomes[", &n.to_string(), "].name"].concat()),
            CellKind::Words,
        );
        view! { <input type="hidden" name=field("code") value=line.code.get_value() />{name} }.into_any()
    }
}

fn label(what: &str, place: usize) -> String {
    [what, " ", &(place + 1).to_string()].concat()
}

/// Rows with a way to take each away, and one to add another.
fn lines(
    list: RwSignal<Vec<Line>>,
    class: &'static str,
    add: &'static str,
    row: impl Fn(Line) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    let one = move |line: Line| {
        let what = line.name.get_untracked();
        let fields = row(line);
        let remove = if what.is_empty() { None } else { Some(remove(what, line.name, line.gone)) };
        view! { <li class=["lines__row ", class].concat() hidden=move || line.gone.get()>{fields}{remove}</li> }
    };
    let more = move || list.update(|lines| lines.push(Line::empty(lines.len())));
    view! {
        <ul class="lines card" role="list"><For each=move || list.get() key=|line| line.place children=one /></ul>
        <div class="cluster"><Button look=Look::Quiet small=true glyph=Glyph::Plus on_press=more>{add}</Button></div>
    }
    .into_any()
}

fn form(policy: &PolicyDraft, retry: Callback<()>) -> AnyView {
    let fields = Fields::new(policy);
    let (sending, told_now) = (fields.sending, RwSignal::new(None::<PolicyPreview>));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.save(api::company_change_policy(fields.read()), "Saved. Every light was worked out anew", move |()| {
            told_now.set(None);
            office::settings_changed();
            retry.run(());
        });
    };
    let look = move || {
        sending.send(api::company_preview_policy(fields.read()), move |preview| {
            told_now.set(Some(preview));
            request_animation_frame(show_preview);
        });
    };
    view! {
        {office::saved()}
        // what is typed after a preview makes it one of something else
        <form class="form" method="post" action=CompanyChangePolicy::url() novalidate on:submit=submit on:input=move |_| told_now.set(None)>
            <FormErrors message=sending.message() />
            <TextField name="policy[cadence_days]" label="Days between visits" value=fields.cadence error=sending.error("cadenceDays") inputmode="numeric" hint="Where neither the tier nor the client says otherwise" />
            <Section title="Tiers" aside="name, days between visits">{lines(fields.tiers, "lines__row--tier", "Add a tier", move |line| fields.tier(line))}</Section>
            <Section title="Kinds of visits" aside="only those that clear turn a light green">{lines(fields.kinds, "lines__row--kind", "Add a kind", move |line| fields.kind(line))}</Section>
            <Section title="Outcomes">{lines(fields.outcomes, "lines__row--outcome", "Add an outcome", move |line| fields.outcome(line))}</Section>
            {move || told_now.get().map(|preview| told(&preview))}
            <div class="form__foot">
                <Button submit=true busy=sending.busy>"Save"</Button>
                <Button look=Look::Quiet on_press=look>"Preview"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// The preview stands at the end of a long form: it is brought into sight.
fn show_preview() {
    if let Some(preview) = document().query_selector(".preview").ok().flatten() {
        preview.scroll_into_view_with_bool(false);
    }
}
