//! Contacts' verbs inside a transaction.

use super::sql;
use crate::changes::Author;
use crate::db::Tx;
use crate::{Error, clients, journal};
use domain::clients::Context;
use domain::contacts::{self, Contact, ContactDraft, ContactPatch};
use domain::ids::ContactId;

pub(crate) async fn create(tx: &mut Tx, author: Author<'_>, draft: ContactDraft) -> Result<Contact, Error> {
    let company = tx.company()?;
    let client = clients::write::reach(tx, author, draft.client_id).await?;
    let mut contact = contacts::create(draft, author.context(&company))?;
    contact.version = tx.version();
    if let (Some(source), Some(external)) = (&contact.source, &contact.external_id)
        && sql::by_external_unscoped(tx.read(), source, external).await?.is_some()
    {
        let message = format!("{source} has a contact {external} already: edit that one.");
        return Err(Error::rejected("externalId", "exists", message));
    }
    // As with clients: a taken id is refused before anything counts as written.
    if !sql::insert(tx.read(), &contact, &client).await? {
        return Err(Error::rejected("id", "exists", "A record with this id exists already: make a new id."));
    }
    journal::append(tx, author, "contact.create", (contact.id.0, Some(client.id)), (None, &contact))?;
    Ok(contact)
}

pub(crate) async fn edit(tx: &mut Tx, author: Author<'_>, id: ContactId, patch: ContactPatch) -> Result<Contact, Error> {
    change(tx, author, id, "contact.edit", |contact, ctx| Ok(contacts::edit(contact, patch, ctx)?)).await
}

pub(crate) async fn archive(tx: &mut Tx, author: Author<'_>, id: ContactId) -> Result<Contact, Error> {
    change(tx, author, id, "contact.archive", |c, ctx| Ok(contacts::archived(c, c.archived_at.or(Some(ctx.at)), ctx))).await
}

pub(crate) async fn restore(tx: &mut Tx, author: Author<'_>, id: ContactId) -> Result<Contact, Error> {
    change(tx, author, id, "contact.restore", |c, ctx| Ok(contacts::archived(c, None, ctx))).await
}

async fn change(
    tx: &mut Tx,
    author: Author<'_>,
    id: ContactId,
    kind: &'static str,
    rule: impl FnOnce(&Contact, Context<'_>) -> Result<Contact, Error>,
) -> Result<Contact, Error> {
    let company = tx.company()?;
    let before = sql::find(tx.read(), author.caller, id).await?.ok_or(Error::NotFound)?;
    author.matches(before.version)?;
    let mut after = rule(&before, author.context(&company))?;
    after.version = tx.version();
    sql::save(tx.write(), &after).await?;
    journal::append(tx, author, kind, (id.0, Some(before.client_id)), (Some(&before), &after))?;
    Ok(after)
}

/// Makes or edits the contact another system knows; `true` when it was made.
pub(crate) async fn upsert(tx: &mut Tx, author: Author<'_>, draft: &ContactDraft) -> Result<(Contact, bool), Error> {
    let (Some(source), Some(external)) = (&draft.source, &draft.external_id) else {
        return Err(Error::rejected("externalId", "required", "Name the system and the record's id there."));
    };
    match sql::by_external_unscoped(tx.read(), source, external).await? {
        Some(known) => Ok((edit(tx, author, known.id, draft.fields.clone()).await?, false)),
        None => Ok((create(tx, author, draft.clone()).await?, true)),
    }
}
