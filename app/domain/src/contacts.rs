//! People at a client: who they are and how to reach them.

use crate::calendar::Instant;
use crate::clients::Context;
use crate::ids::{ClientId, ContactId};
use crate::rejection::Rejections;
use crate::text::{self, NAME_MAX, NOTE_MAX, WORD_MAX};
use serde::{Deserialize, Serialize};

/// A person at a client as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// Where they work.
    pub client_id: ClientId,
    /// Their name.
    pub name: String,
    /// What they do there: `Owner`.
    pub position: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Email.
    pub email: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// When archived.
    pub archived_at: Option<Instant>,
    /// System it was brought in from.
    pub source: Option<String>,
    /// Its id there.
    pub external_id: Option<String>,
    /// When it was last edited.
    pub changed_at: Instant,
    /// Cursor of the change that wrote this row.
    pub version: i64,
}

/// A new person as entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactDraft {
    /// Made by whoever makes the contact.
    pub id: ContactId,
    /// Where they work.
    pub client_id: ClientId,
    /// System it comes from, for partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub fields: ContactPatch,
}

/// Changed fields: absent = stays, empty = cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContactPatch {
    /// Name, required.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::clients::fields::cleared")]
    pub name: Option<String>,
    /// What they do there.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::clients::fields::cleared")]
    pub position: Option<String>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::clients::fields::cleared")]
    pub phone: Option<String>,
    /// Email.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::clients::fields::cleared")]
    pub email: Option<String>,
    /// Notes.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::clients::fields::cleared")]
    pub notes: Option<String>,
}

impl ContactPatch {
    fn apply(self, contact: &mut Contact) -> Result<(), Rejections> {
        let mut bad = Rejections::default();
        if let Some(name) = self.name {
            contact.name = text::required("name", "Name", &name, NAME_MAX, &mut bad);
        }
        if let Some(position) = self.position {
            contact.position = text::optional("position", "Position", &position, WORD_MAX, &mut bad);
        }
        if let Some(phone) = self.phone {
            contact.phone = text::phone("phone", &phone, &mut bad);
        }
        if let Some(email) = self.email {
            contact.email = text::email("email", &email, &mut bad);
        }
        if let Some(notes) = self.notes {
            contact.notes = text::optional("notes", "Notes", &notes, NOTE_MAX, &mut bad);
        }
        bad.or(())
    }
}

/// Makes a contact.
///
/// # Errors
/// What is wrong with the draft, by field.
pub fn create(draft: ContactDraft, ctx: Context<'_>) -> Result<Contact, Rejections> {
    let mut bad = Rejections::default();
    let (source, external_id) = crate::text::elsewhere(draft.source, draft.external_id, &mut bad);
    let mut contact = Contact {
        id: draft.id,
        client_id: draft.client_id,
        name: String::new(),
        position: None,
        phone: None,
        email: None,
        notes: None,
        archived_at: None,
        source,
        external_id,
        changed_at: ctx.at,
        version: 0,
    };
    let mut fields = draft.fields;
    fields.name.get_or_insert_default();
    if let Err(wrong) = fields.apply(&mut contact) {
        bad.0.extend(wrong.0);
    }
    bad.or(contact)
}

/// Edits a contact: only the fields named in the patch change.
///
/// # Errors
/// What is wrong with the patch, by field.
pub fn edit(contact: &Contact, patch: ContactPatch, ctx: Context<'_>) -> Result<Contact, Rejections> {
    let mut edited = contact.clone();
    patch.apply(&mut edited)?;
    edited.changed_at = ctx.at;
    Ok(edited)
}

/// Takes a contact out of the list, or brings it back.
#[must_use]
pub fn archived(contact: &Contact, at: Option<Instant>, ctx: Context<'_>) -> Contact {
    Contact { archived_at: at, changed_at: ctx.at, ..contact.clone() }
}
