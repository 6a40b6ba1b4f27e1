//! Clients' verbs inside a transaction: read, the domain's rule, write, journal.

use super::sql;
use crate::changes::Author;
use crate::db::Tx;
use crate::{Error, contacts, journal, visits};
use domain::clients::{self, Client, ClientDraft, ClientPatch};
use domain::ids::{ClientId, RepId};

/// A client in the author's scope; as it stands before the change.
pub(crate) async fn reach(tx: &mut Tx, author: Author<'_>, id: ClientId) -> Result<Client, Error> {
    sql::find(tx.read(), author.caller, id).await?.ok_or(Error::NotFound)
}

/// As [`reach`], also for a client that was the author's when a visit was made there.
pub(crate) async fn reach_for_fact(tx: &mut Tx, author: Author<'_>, id: ClientId) -> Result<Client, Error> {
    match (reach(tx, author, id).await, author.caller.rep) {
        (Err(Error::NotFound), Some(rep)) if author.caller.has_book() && sql::was_of(tx.read(), rep, id).await? => {
            sql::find_unscoped(tx.read(), id).await?.ok_or(Error::NotFound)
        }
        (reached, _) => reached,
    }
}

pub(crate) async fn create(tx: &mut Tx, author: Author<'_>, draft: ClientDraft) -> Result<Client, Error> {
    let company = tx.company()?;
    let mut client = clients::create(draft, author.context(&company))?;
    client.version = tx.version();
    not_known_elsewhere(tx, &client).await?;
    // Nothing counts as written until the id proves free: a taken one is refused, the transaction stays clean.
    if !sql::insert(tx.read(), &client).await? {
        return Err(Error::rejected("id", "exists", "A record with this id exists already: make a new id."));
    }
    journal::append(tx, author, "client.create", (client.id.0, Some(client.id)), (None, &client))?;
    Ok(client)
}

async fn not_known_elsewhere(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    if let (Some(source), Some(external)) = (&client.source, &client.external_id)
        && sql::by_external_unscoped(tx.read(), source, external).await?.is_some()
    {
        let message = format!("{source} has a record {external} already: edit that one.");
        return Err(Error::rejected("externalId", "exists", message));
    }
    Ok(())
}

pub(crate) async fn edit(tx: &mut Tx, author: Author<'_>, id: ClientId, patch: ClientPatch) -> Result<Client, Error> {
    change(tx, author, id, "client.edit", |client, ctx| Ok(clients::edit(client, patch, ctx)?)).await
}

pub(crate) async fn archive(tx: &mut Tx, author: Author<'_>, id: ClientId) -> Result<Client, Error> {
    change(tx, author, id, "client.archive", |client, ctx| Ok(clients::archive(client, ctx))).await
}

pub(crate) async fn restore(tx: &mut Tx, author: Author<'_>, id: ClientId) -> Result<Client, Error> {
    change(tx, author, id, "client.restore", |client, ctx| Ok(clients::restore(client, ctx))).await
}

pub(crate) async fn convert(tx: &mut Tx, author: Author<'_>, id: ClientId) -> Result<Client, Error> {
    change(tx, author, id, "client.convert", |client, ctx| Ok(clients::convert(client, ctx)?)).await
}

async fn change(
    tx: &mut Tx,
    author: Author<'_>,
    id: ClientId,
    kind: &'static str,
    rule: impl FnOnce(&Client, clients::Context<'_>) -> Result<Client, Error>,
) -> Result<Client, Error> {
    let company = tx.company()?;
    let before = reach(tx, author, id).await?;
    author.matches(before.version)?;
    let mut after = rule(&before, author.context(&company))?;
    after.version = tx.version();
    sql::save(tx.write(), &before, &after).await?;
    journal::append(tx, author, kind, (id.0, Some(id)), (Some(&before), &after))?;
    Ok(after)
}

/// Gives a client to another rep: it, its contacts and visits are stamped anew, so that the new owner pulls them and the former one learns it is gone.
pub(crate) async fn reassign(tx: &mut Tx, author: Author<'_>, before: &Client, to: RepId) -> Result<Client, Error> {
    let company = tx.company()?;
    let mut after = clients::reassign(before, to, author.context(&company))?;
    if before.rep_id == Some(to) && before.branch_id == after.branch_id {
        return Ok(before.clone());
    }
    let version = tx.version();
    after.version = version;
    sql::save_many(tx.write(), &[&after]).await?;
    if before.rep_id != Some(to) {
        sql::bury(tx.write(), before.id, before.rep_id, to, version).await?;
    }
    contacts::sql::move_to(tx.write(), &after).await?;
    visits::sql::move_to(tx.write(), &after).await?;
    journal::append(tx, author, "client.reassign", (before.id.0, Some(before.id)), (Some(before), &after))?;
    Ok(after)
}

/// Takes a completed visit into the light; writes only when it changes.
pub(crate) async fn stamp(tx: &mut Tx, before: &Client, mut after: Client) -> Result<(), Error> {
    if *before == after {
        return Ok(());
    }
    after.version = tx.version();
    sql::save_lights(tx.write(), &[&after]).await
}

/// Makes or edits the client another system knows; `true` when it was made.
pub(crate) async fn upsert(tx: &mut Tx, author: Author<'_>, draft: &ClientDraft) -> Result<(Client, bool), Error> {
    let (Some(source), Some(external)) = (&draft.source, &draft.external_id) else {
        return Err(Error::rejected("externalId", "required", "Name the system and the record's id there."));
    };
    match sql::by_external_unscoped(tx.read(), source, external).await? {
        Some(known) => Ok((edit(tx, author, known.id, draft.fields.clone()).await?, false)),
        None => Ok((create(tx, author, draft.clone()).await?, true)),
    }
}
