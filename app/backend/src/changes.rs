//! Every change a person can ask for, applied once: rights, idempotency, the slice's verb, the receipt. REST, forms and push all come through here.

use crate::db::{Needs, Tx};
use crate::sync::receipts;
use crate::visits::batch::Log;
use crate::{Backend, Error, clients, contacts, visits};
use domain::Instant;
use domain::changes::Change;
use domain::clients::{Client, Context};
use domain::company::Company;
use domain::contacts::Contact;
use domain::ids::{ClientId, ContactId, DeviceId, EntryId, VisitId};
use domain::people::{Caller, Right};
use domain::sync::Verdict;
use domain::visits::Visit;

/// How a change came in.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Idempotency key: the same one never writes twice and answers with the row it wrote.
    pub entry: Option<EntryId>,
    /// The device it was made on, when it comes from an outbox.
    pub device: Option<DeviceId>,
    /// Its place in the device's order.
    pub seq: u64,
    /// The corrected instant of the act.
    pub at: Instant,
    /// What to add to the device's clock for the server's, in milliseconds.
    pub offset_ms: i64,
    /// Whether it is a fact recorded earlier on a phone, see [`Context::recorded`].
    pub recorded: bool,
    /// The version the caller edits; another one is a conflict.
    pub if_match: Option<i64>,
    /// A fingerprint of the request: the same key with another one is refused.
    pub print: Option<i64>,
}

impl Meta {
    /// A live request without a key.
    #[must_use]
    pub fn live(at: Instant) -> Self {
        Self { entry: None, device: None, seq: 0, at, offset_ms: 0, recorded: false, if_match: None, print: None }
    }

    /// The same with an idempotency key.
    #[must_use]
    pub fn with_entry(self, entry: Option<EntryId>) -> Self {
        Self { entry, ..self }
    }

    /// The same for one version of the row only.
    #[must_use]
    pub fn if_match(self, if_match: Option<i64>) -> Self {
        Self { if_match, ..self }
    }
}

/// Who changes something and how it came in.
#[derive(Clone, Copy)]
pub(crate) struct Author<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) meta: &'a Meta,
}

impl<'a> Author<'a> {
    /// What the domain's rules are given.
    pub(crate) fn context(self, company: &'a Company) -> Context<'a> {
        Context { company, caller: self.caller, at: self.meta.at, offset_ms: self.meta.offset_ms, recorded: self.meta.recorded }
    }

    /// Refuses an edit of another version than the caller saw.
    pub(crate) fn matches(self, version: i64) -> Result<(), Error> {
        match self.meta.if_match {
            Some(seen) if seen != version => Err(Error::Conflict { version }),
            _ => Ok(()),
        }
    }
}

/// The row as it stands after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// A client or prospect.
    Client(Box<Client>),
    /// A contact.
    Contact(Box<Contact>),
    /// A visit.
    Visit(Box<Visit>),
}

impl Applied {
    /// The client.
    pub(crate) fn client(self) -> Result<Client, Error> {
        if let Self::Client(client) = self { Ok(*client) } else { Err(other_kind()) }
    }

    /// The contact.
    pub(crate) fn contact(self) -> Result<Contact, Error> {
        if let Self::Contact(contact) = self { Ok(*contact) } else { Err(other_kind()) }
    }

    /// The visit.
    pub(crate) fn visit(self) -> Result<Visit, Error> {
        if let Self::Visit(visit) = self { Ok(*visit) } else { Err(other_kind()) }
    }
}

/// The key was used before for something else.
fn other_kind() -> Error {
    Error::rejected("", "key_reused", "This idempotency key was used for another request: use a new one.")
}

/// Applies one change.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Rejected`, `Conflict`; `Unavailable` and the like when it may be tried again.
pub async fn apply(backend: &Backend, caller: &Caller, change: Change, meta: Meta) -> Result<Applied, Error> {
    if !caller.may(right(&change)) {
        return Err(Error::Forbidden);
    }
    let log = if let Change::RecordVisit(ask) = &change { Some(Log::of(caller, ask)) } else { None };
    let needs = Needs { entries: meta.entry.into_iter().collect(), log };
    let asked = (caller.clone(), meta, change);
    backend.write_knowing(needs, asked, |tx, (caller, meta, change)| Box::pin(apply_once(tx, Author { caller, meta }, change))).await
}

/// The right a change needs.
pub(crate) fn right(change: &Change) -> Right {
    match change {
        Change::CreateClient(_)
        | Change::EditClient(_)
        | Change::ArchiveClient(_)
        | Change::RestoreClient(_)
        | Change::ConvertClient(_)
        | Change::CreateContact(_)
        | Change::EditContact(_)
        | Change::ArchiveContact(_)
        | Change::RestoreContact(_) => Right::EditClients,
        _ => Right::RecordVisits,
    }
}

/// Applies a change unless its entry was applied before; then the row it wrote is given as it stands now.
pub(crate) async fn apply_once(tx: &mut Tx, author: Author<'_>, change: &Change) -> Result<Applied, Error> {
    if let Some(before) = author.meta.entry.and_then(|e| tx.known(e)) {
        let before = before.clone();
        return again(tx, author, &before).await;
    }
    let applied = dispatch(tx, author, change).await?;
    receipts::keep(tx, author, receipts::Outcome::Accepted(subject(&applied)));
    Ok(applied)
}

async fn again(tx: &mut Tx, author: Author<'_>, before: &receipts::ReceiptRow) -> Result<Applied, Error> {
    let other = before.print.zip(author.meta.print).is_some_and(|(before, now)| before != now);
    if other || before.user_id != author.caller.user.0 {
        return Err(other_kind());
    }
    tx.settle().await?;
    let receipt = before.receipt();
    if receipt.verdict == Verdict::Rejected {
        return Err(Error::Rejected(receipt.rejections));
    }
    let (conn, caller, id) = (tx.read(), author.caller, before.subject_id);
    match before.subject_kind.as_str() {
        "client" => clients::sql::find(conn, caller, ClientId(id)).await?.map(|c| Applied::Client(Box::new(c))),
        "contact" => contacts::sql::find(conn, caller, ContactId(id)).await?.map(|c| Applied::Contact(Box::new(c))),
        _ => visits::sql::find(conn, caller, VisitId(id)).await?.map(|v| Applied::Visit(Box::new(v))),
    }
    .ok_or(Error::NotFound)
}

fn subject(applied: &Applied) -> (&'static str, uuid::Uuid) {
    match applied {
        Applied::Client(c) => ("client", c.id.0),
        Applied::Contact(c) => ("contact", c.id.0),
        Applied::Visit(v) => ("visit", v.id.0),
    }
}

async fn dispatch(tx: &mut Tx, author: Author<'_>, change: &Change) -> Result<Applied, Error> {
    use crate::{clients::write as client, contacts::write as contact, visits::write as visit};
    let c = |done: Client| Applied::Client(Box::new(done));
    let p = |done: Contact| Applied::Contact(Box::new(done));
    let v = |done: Visit| Applied::Visit(Box::new(done));
    Ok(match change {
        Change::CreateClient(draft) => c(client::create(tx, author, (**draft).clone()).await?),
        Change::EditClient(edit) => c(client::edit(tx, author, edit.id, edit.fields.clone()).await?),
        Change::ArchiveClient(of) => c(client::archive(tx, author, of.id).await?),
        Change::RestoreClient(of) => c(client::restore(tx, author, of.id).await?),
        Change::ConvertClient(of) => c(client::convert(tx, author, of.id).await?),
        Change::CreateContact(draft) => p(contact::create(tx, author, draft.clone()).await?),
        Change::EditContact(edit) => p(contact::edit(tx, author, edit.id, edit.fields.clone()).await?),
        Change::ArchiveContact(of) => p(contact::archive(tx, author, of.id).await?),
        Change::RestoreContact(of) => p(contact::restore(tx, author, of.id).await?),
        Change::PlanVisit(ask) => v(visit::plan(tx, author, ask.clone()).await?),
        Change::RescheduleVisit(ask) => v(visit::reschedule(tx, author, ask).await?),
        Change::CancelVisit(ask) => v(visit::cancel(tx, author, ask).await?),
        Change::CheckIn(ask) => v(visit::check_in(tx, author, ask.clone()).await?),
        Change::CheckOut(ask) => v(visit::check_out(tx, author, ask.clone()).await?),
        Change::RecordVisit(ask) => v(visit::record(tx, author, ask.clone()).await?),
        Change::EditVisit(ask) => v(visit::edit(tx, author, ask.clone()).await?),
        Change::ClosePromise(ask) => v(visit::close_promise(tx, author, ask).await?),
    })
}
