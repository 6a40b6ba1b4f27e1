//! People at clients: create, edit, archive, bring back, find.

pub(crate) mod sql;
pub(crate) mod write;

use crate::changes::{self, Author, Meta};
use crate::{Backend, Error};
use domain::changes::{Change, EditContact, OfContact};
use domain::contacts::{Contact, ContactDraft, ContactPatch};
use domain::ids::{ClientId, ContactId};
use domain::people::{Caller, Right};

/// Makes a contact.
///
/// # Errors
/// As [`changes::apply`].
pub async fn create(backend: &Backend, caller: &Caller, draft: ContactDraft, meta: Meta) -> Result<Contact, Error> {
    changes::apply(backend, caller, Change::CreateContact(draft), meta).await?.contact()
}

/// Edits the named fields.
///
/// # Errors
/// As [`changes::apply`].
pub async fn edit(backend: &Backend, caller: &Caller, id: ContactId, fields: ContactPatch, meta: Meta) -> Result<Contact, Error> {
    changes::apply(backend, caller, Change::EditContact(EditContact { id, fields }), meta).await?.contact()
}

/// Takes one out of the list.
///
/// # Errors
/// As [`changes::apply`].
pub async fn archive(backend: &Backend, caller: &Caller, id: ContactId, meta: Meta) -> Result<Contact, Error> {
    changes::apply(backend, caller, Change::ArchiveContact(OfContact { id }), meta).await?.contact()
}

/// Brings one back.
///
/// # Errors
/// As [`changes::apply`].
pub async fn restore(backend: &Backend, caller: &Caller, id: ContactId, meta: Meta) -> Result<Contact, Error> {
    changes::apply(backend, caller, Change::RestoreContact(OfContact { id }), meta).await?.contact()
}

/// Makes the contact another system knows under this id, or edits it; `true` when it was made.
///
/// # Errors
/// As [`changes::apply`]; `Rejected` when the draft names no source.
pub async fn upsert(backend: &Backend, caller: &Caller, draft: ContactDraft, meta: Meta) -> Result<(Contact, bool), Error> {
    if !caller.may(Right::EditClients) {
        return Err(Error::Forbidden);
    }
    let asked = (caller.clone(), meta, draft);
    backend.write(Vec::new(), asked, |tx, (caller, meta, draft)| Box::pin(write::upsert(tx, Author { caller, meta }, draft))).await
}

/// One contact in the caller's scope.
///
/// # Errors
/// `NotFound`.
pub async fn find(backend: &Backend, caller: &Caller, id: ContactId) -> Result<Contact, Error> {
    sql::find(&mut backend.read().await?, caller, id).await?.ok_or(Error::NotFound)
}

/// All contacts of a client in the caller's scope, archived ones too, in no order.
///
/// # Errors
/// When the database fails.
pub async fn of_client(backend: &Backend, caller: &Caller, client: ClientId) -> Result<Vec<Contact>, Error> {
    sql::of_client(&mut backend.read().await?, caller, client).await
}

/// Contacts changed after `since`, oldest change first, from behind `after`.
///
/// # Errors
/// When the database fails.
pub async fn list_since(backend: &Backend, caller: &Caller, page: crate::sync::Since) -> Result<Vec<Contact>, Error> {
    sql::since(&mut backend.read().await?, caller, page).await
}
