//! Entering and editing a person at a client.

use super::api;
use crate::act::{act, act_with_undo};
use crate::ask::ask;
use crate::form::Form;
use crate::offline::offline;
use crate::session::here;
use crate::sheets::sheets;
use crate::ui::{Button, FormErrors, Glyph, Look, Skeleton, TextArea, TextField};
use domain::changes::{Change, EditContact, OfContact};
use domain::contacts::{self, Contact, ContactDraft, ContactPatch};
use domain::ids::{ClientId, ContactId};
use domain::text::{LINE_MAX, NAME_MAX, NOTE_MAX, WORD_MAX};
use leptos::prelude::*;
use std::sync::Arc;

/// The form of a person there is or of a new one.
#[must_use]
pub fn sheet(client: ClientId, contact: Option<ContactId>) -> AnyView {
    let sheets = sheets();
    let done = Callback::new(move |()| sheets.close());
    let Some(id) = contact else { return fields(client, None, done) };
    let asked = ask(Signal::stored(id), |book, id| book.contact(*id).cloned(), |id| Box::pin(api::contacts_find(id)));
    let waiting = || view! { <Skeleton rows=4 /> }.into_any();
    asked.view_of(
        waiting,
        |contact| contact.id,
        move |contact| {
            let end = end(&contact, done);
            view! { {fields(client, Some(contact), done)} {end} }.into_any()
        },
    )
}

fn fields(client: ClientId, before: Option<Arc<Contact>>, done: Callback<()>) -> AnyView {
    let key = before.as_ref().map_or_else(|| ["contact:new:", &client.to_string()].concat(), |c| ["contact:", &c.id.to_string()].concat());
    let form = Form::new(key);
    let field = |name, get: fn(&Contact) -> Option<&String>| form.field(name, before.as_deref().and_then(get).cloned().unwrap_or_default());
    let name = field("name", |c| Some(&c.name));
    let position = field("position", |c| c.position.as_ref());
    let phone = field("phone", |c| c.phone.as_ref());
    let email = field("email", |c| c.email.as_ref());
    let notes = field("notes", |c| c.notes.as_ref());
    form.keep_draft();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = |value: RwSignal<String>| Some(value.get_untracked());
        let patch = ContactPatch { name: text(name), position: text(position), phone: text(phone), email: text(email), notes: text(notes) };
        save(form, client, before.as_deref(), patch, done);
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <FormErrors message=form.message() />
            <TextField name="name" label="Name" value=name error=form.error("name") required=true maxlength=NAME_MAX autocomplete="off" />
            <TextField name="position" label="Position" value=position error=form.error("position") maxlength=WORD_MAX placeholder="Owner" />
            <TextField name="phone" label="Phone" value=phone error=form.error("phone") kind="tel" maxlength=WORD_MAX />
            <TextField name="email" label="Email" value=email error=form.error("email") kind="email" maxlength=LINE_MAX />
            <TextArea name="notes" label="Notes" value=notes error=form.error("notes") maxlength=NOTE_MAX rows=2 />
            <Button submit=true wide=true busy=form.busy>"Save"</Button>
        </form>
    }
    .into_any()
}

fn save(form: Form, client: ClientId, before: Option<&Contact>, patch: ContactPatch, done: Callback<()>) {
    let offline = offline();
    let (checked, change) = match before {
        Some(contact) => {
            let checked = here().rule(offline.now(), |ctx| contacts::edit(contact, patch.clone(), ctx));
            (checked, Change::EditContact(EditContact { id: contact.id, fields: against(patch, contact) }))
        }
        None => {
            let draft = ContactDraft { id: ContactId(offline.new_id()), client_id: client, source: None, external_id: None, fields: patch };
            let checked = here().rule(offline.now(), |ctx| contacts::create(draft.clone(), ctx));
            (checked, Change::CreateContact(draft))
        }
    };
    match checked {
        Ok(_) => form.send(change, "Saved", move || done.run(())),
        Err(wrong) => form.refuse(wrong),
    }
}

/// Only what differs, so that two devices editing different fields both keep theirs.
fn against(mut patch: ContactPatch, before: &Contact) -> ContactPatch {
    fn same(entered: &mut Option<String>, was: Option<&str>) {
        if entered.as_deref().is_some_and(|entered| entered.trim() == was.unwrap_or_default()) {
            *entered = None;
        }
    }
    same(&mut patch.name, Some(&before.name));
    same(&mut patch.position, before.position.as_deref());
    same(&mut patch.phone, before.phone.as_deref());
    same(&mut patch.email, before.email.as_deref());
    same(&mut patch.notes, before.notes.as_deref());
    patch
}

fn end(contact: &Contact, done: Callback<()>) -> AnyView {
    let of = OfContact { id: contact.id };
    if contact.archived_at.is_some() {
        let restore = move || {
            act(Change::RestoreContact(of), "Brought back");
            done.run(());
        };
        return view! { <Button look=Look::Quiet glyph=Glyph::Restore on_press=restore>"Bring back"</Button> }.into_any();
    }
    let archive = move || {
        act_with_undo(Change::ArchiveContact(of), "Archived", Change::RestoreContact(of));
        done.run(());
    };
    view! { <Button look=Look::Danger glyph=Glyph::Archive on_press=archive>"Archive"</Button> }.into_any()
}
