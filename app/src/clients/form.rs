//! Entering and editing a client or prospect.

use super::card::id_in_address;
use super::duplicates::duplicates;
use super::entered::{number, place};
use super::filter::no_position;
use super::{api, list_name, list_path, one};
use crate::ask::{Asked, ask};
use crate::form::Form;
use crate::head::Head;
use crate::notice::notices;
use crate::offline::offline;
use crate::session::here;
use crate::ui::{Button, ButtonLink, Choice, FormErrors, Glyph, Look, TextArea, TextField};
use crate::words::coordinates;
use domain::changes::{Change, EditClient};
use domain::clients::fields::{CADENCE_DAYS, RADIUS_M};
use domain::clients::{self, Client, ClientDraft, ClientPatch, Stage, Status};
use domain::ids::ClientId;
use domain::text::{LINE_MAX, NAME_MAX, NOTE_MAX, WORD_MAX};
use domain::{Rejections, people::Right};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// The fields as typed.
#[derive(Clone, Copy)]
struct Fields {
    form: Form,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    email: RwSignal<String>,
    address: RwSignal<String>,
    town: RwSignal<String>,
    postal_code: RwSignal<String>,
    place: RwSignal<String>,
    segment: RwSignal<String>,
    tier: RwSignal<String>,
    tags: RwSignal<String>,
    status: RwSignal<String>,
    cadence: RwSignal<String>,
    radius: RwSignal<String>,
    notes: RwSignal<String>,
}

/// Enters a new one.
#[must_use]
pub fn new_page(stage: Stage) -> AnyView {
    let title = ["New ", one(stage)].concat();
    let fields = Fields::new(["client:new:", stage.code()].concat(), None);
    let navigate = use_navigate();
    let save = move || {
        let offline = offline();
        let id = ClientId(offline.new_id());
        let Some(patch) = fields.patch() else { return };
        let draft = ClientDraft { id, stage, source: None, external_id: None, fields: patch };
        if let Err(wrong) = here().rule(offline.now(), |ctx| clients::create(draft.clone(), ctx)) {
            return fields.form.refuse(wrong);
        }
        let navigate = navigate.clone();
        let go = move || navigate(&clients::path(stage, id), leptos_router::NavigateOptions { replace: true, ..Default::default() });
        fields.form.send(Change::CreateClient(Box::new(draft)), "Saved", go);
    };
    frame(
        Head::new(title).back(list_path(stage), list_name(stage)),
        fields.view(None, list_path(stage).to_owned(), Callback::new(move |()| save())),
    )
}

/// Asks for one client.
#[must_use]
pub fn ask_client(id: Signal<ClientId>) -> Asked<Client> {
    ask(id, |book, id| book.client(*id).cloned(), |id| Box::pin(api::clients_find(id)))
}

/// Edits one.
#[must_use]
pub fn edit_page(stage: Stage) -> AnyView {
    let asked = ask_client(id_in_address());
    // built once per record: what is typed outlives whatever the server or the Book brings meanwhile
    asked.page_of(|client| client.id, move |client| edit(&client, stage))
}

fn edit(before: &Client, stage: Stage) -> AnyView {
    let fields = Fields::new(["client:", &before.id.to_string()].concat(), Some(before));
    let path = before.path();
    let navigate = use_navigate();
    let (known, to) = (before.clone(), path.clone());
    let save = move || {
        let Some(patch) = fields.patch() else { return };
        let patch = patch.against(&known);
        let navigate = navigate.clone();
        let to = to.clone();
        let go = move || navigate(&to, leptos_router::NavigateOptions { replace: true, ..Default::default() });
        if patch.is_empty() {
            return go();
        }
        if let Err(wrong) = here().rule(offline().now(), |ctx| clients::edit(&known, patch.clone(), ctx)) {
            return fields.form.refuse(wrong);
        }
        fields.form.send(Change::EditClient(Box::new(EditClient { id: known.id, fields: patch })), "Saved", go);
    };
    let head = Head::new(["Edit ", &before.name].concat()).back(path.clone(), list_name(stage).trim_end_matches('s'));
    frame(head, fields.view(Some(before.id), path, Callback::new(move |()| save())))
}

fn frame(head: Head, form: AnyView) -> AnyView {
    if !here().may(Right::EditClients) {
        let problem = crate::problem::Problem::Forbidden;
        let why = crate::ask::failure(&problem, Callback::new(|()| {}));
        return view! { {Head::new(problem.title()).view()} {why} }.into_any();
    }
    view! {
        {head.view()}
        <div class="page page--narrow">{form}</div>
    }
    .into_any()
}

impl Fields {
    fn new(key: String, before: Option<&Client>) -> Self {
        let form = Form::new(key);
        let text = |name, value: Option<&String>| form.field(name, value.cloned().unwrap_or_default());
        let number = |name, value: Option<u32>| form.field(name, value.map(|n| n.to_string()).unwrap_or_default());
        let of = |get: fn(&Client) -> Option<&String>| before.and_then(get);
        let place = before.and_then(|c| c.position).map(coordinates);
        let fields = Self {
            form,
            name: text("name", before.map(|c| &c.name)),
            phone: text("phone", of(|c| c.phone.as_ref())),
            email: text("email", of(|c| c.email.as_ref())),
            address: text("address", of(|c| c.address.as_ref())),
            town: text("town", of(|c| c.town.as_ref())),
            postal_code: text("postalCode", of(|c| c.postal_code.as_ref())),
            place: text("position", place.as_ref()),
            segment: text("segment", of(|c| c.segment.as_ref())),
            tier: text("tier", of(|c| c.tier.as_ref())),
            tags: form.field("tags", before.map(|c| c.tags.join(", ")).unwrap_or_default()),
            status: form.field("status", before.map_or(Status::Active, |c| c.status).code()),
            cadence: number("cadenceDays", before.and_then(|c| c.cadence_days).map(u32::from)),
            radius: number("radiusM", before.and_then(|c| c.radius_m)),
            notes: text("notes", of(|c| c.notes.as_ref())),
        };
        form.keep_draft();
        fields
    }

    /// The whole form as a patch; none, with the field marked, where a figure is none.
    fn patch(self) -> Option<ClientPatch> {
        let mut wrong = Rejections::default();
        let text = |value: RwSignal<String>| Some(value.get_untracked());
        let cadence = number(
            self.cadence,
            "cadenceDays",
            [
                "Days between visits: enter ",
                &CADENCE_DAYS.start().to_string(),
                " to ",
                &CADENCE_DAYS.end().to_string(),
                ", or leave it empty.",
            ],
            &mut wrong,
        );
        let radius = number(
            self.radius,
            "radiusM",
            ["Check-in radius: enter ", &RADIUS_M.start().to_string(), " to ", &RADIUS_M.end().to_string(), " metres, or leave it empty."],
            &mut wrong,
        );
        let position = place(&self.place.get_untracked(), &mut wrong);
        let tags = self.tags.get_untracked().split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
        let patch = ClientPatch {
            name: text(self.name),
            status: Status::parse(&self.status.get_untracked()),
            segment: text(self.segment),
            tier: text(self.tier),
            tags: Some(tags),
            phone: text(self.phone),
            email: text(self.email),
            address: text(self.address),
            town: text(self.town),
            postal_code: text(self.postal_code),
            position: Some(position),
            notes: text(self.notes),
            cadence_days: Some(cadence.map(|days| u16::try_from(days).unwrap_or(u16::MAX))),
            radius_m: Some(radius),
        };
        match wrong.or(patch) {
            Ok(patch) => Some(patch),
            Err(wrong) => {
                self.form.refuse(wrong);
                None
            }
        }
    }

    fn view(self, id: Option<ClientId>, back: String, save: Callback<()>) -> AnyView {
        let form = self.form;
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            save.run(());
        };
        view! {
            <form class="form" novalidate on:submit=submit>
                <FormErrors message=form.message() />
                <TextField name="name" label="Name" value=self.name error=form.error("name") required=true maxlength=NAME_MAX autocomplete="off" />
                {duplicates(self.name, self.town, id)}
                {self.reach()}
                {self.where_it_is()}
                {self.how_it_is_worked(id.is_some())}
                <TextArea name="notes" label="Notes" value=self.notes error=form.error("notes") maxlength=NOTE_MAX />
                <div class="form__foot">
                    <ButtonLink href=back look=Look::Quiet>"Cancel"</ButtonLink>
                    <Button submit=true busy=form.busy>"Save"</Button>
                </div>
            </form>
        }
        .into_any()
    }

    fn reach(self) -> AnyView {
        let form = self.form;
        view! {
            <div class="form__pair">
                <TextField name="phone" label="Phone" value=self.phone error=form.error("phone") kind="tel" maxlength=WORD_MAX />
                <TextField name="email" label="Email" value=self.email error=form.error("email") kind="email" maxlength=LINE_MAX />
            </div>
            <TextField name="address" label="Street address" value=self.address error=form.error("address") maxlength=LINE_MAX />
            <div class="form__pair">
                <TextField name="town" label="Town" value=self.town error=form.error("town") maxlength=WORD_MAX />
                <TextField name="postalCode" label="Postal code" value=self.postal_code error=form.error("postalCode") maxlength=WORD_MAX />
            </div>
        }
        .into_any()
    }

    fn where_it_is(self) -> AnyView {
        let finding = RwSignal::new(false);
        let (offline, notices) = (offline(), notices());
        let here_now = move || {
            finding.set(true);
            spawn_local(async move {
                match offline.position().await {
                    Ok(fix) => self.place.set(coordinates(fix.position)),
                    Err(why) => notices.say(no_position(why)),
                }
                finding.set(false);
            });
        };
        let radius = ["Empty: ", &here().company().policy.radius_m.to_string(), " m"].concat();
        view! {
            <TextField name="position" label="Location" value=self.place error=self.form.error("position") hint="Latitude, longitude" inputmode="text" />
            <div class="cluster"><Button look=Look::Quiet small=true glyph=Glyph::Locate busy=finding on_press=here_now>"Use where I am"</Button></div>
            <TextField name="radiusM" label="Check-in radius in metres" value=self.radius error=self.form.error("radiusM") hint=radius inputmode="numeric" />
        }
        .into_any()
    }

    fn how_it_is_worked(self, existing: bool) -> AnyView {
        let form = self.form;
        let company = here().company();
        let tiers: Vec<_> = company
            .policy
            .tiers
            .iter()
            .map(|tier| (tier.code.clone(), format!("{} · every {} days", tier.code, tier.cadence_days)))
            .collect();
        let status = vec![("active".to_owned(), "Active".to_owned()), ("inactive".to_owned(), "Inactive: not visited for now".to_owned())];
        let cadence = ["Empty: by tier, or ", &company.policy.cadence_days.to_string()].concat();
        view! {
            <div class="form__pair">
                <TextField name="segment" label="Segment" value=self.segment error=form.error("segment") maxlength=WORD_MAX />
                <Choice name="tier" label="Tier" value=self.tier error=form.error("tier") options=Signal::stored(tiers) empty="No tier" />
            </div>
            <div class="form__pair">
                <TextField name="cadenceDays" label="Days between visits" value=self.cadence error=form.error("cadenceDays") hint=cadence inputmode="numeric" />
                {existing.then(|| view! { <Choice name="status" label="Status" value=self.status options=Signal::stored(status) /> })}
            </div>
            <TextField name="tags" label="Tags" value=self.tags error=form.error("tags") hint="With commas between them" />
        }
        .into_any()
    }
}
