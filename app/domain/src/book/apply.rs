//! Laying a change over the rows: find what it is about, ask the rule, put the row. The server's use cases do the same against the database.

use super::Book;
use super::rows::Undo;
use crate::calendar::Instant;
use crate::changes::Change;
use crate::clients::{self, Client, Context};
use crate::contacts::{self, Contact};
use crate::ids::{ClientId, ContactId, VisitId};
use crate::rejection::Rejections;
use crate::visits::{Visit, VisitStatus, rules};

pub(super) fn change(book: &mut Book, change: &Change, made_at: Instant) -> Result<(), Rejections> {
    let (company, caller) = (book.company.clone(), book.caller.clone());
    let ctx = Context { company: &company, caller: &caller, at: made_at, offset_ms: 0, recorded: false };
    match change.clone() {
        Change::CreateClient(draft) => {
            if book.clients.get(draft.id).is_some() {
                return Err(exists());
            }
            let made = clients::create(*draft, ctx)?;
            book.lay_client(made);
        }
        Change::EditClient(edit) => {
            let edited = clients::edit(book.client_or(edit.id)?, edit.fields, ctx)?;
            book.lay_client(edited);
        }
        Change::ArchiveClient(of) => {
            let archived = clients::archive(book.client_or(of.id)?, ctx);
            book.lay_client(archived);
        }
        Change::RestoreClient(of) => {
            let restored = clients::restore(book.client_or(of.id)?, ctx);
            book.lay_client(restored);
        }
        Change::ConvertClient(of) => {
            let converted = clients::convert(book.client_or(of.id)?, ctx)?;
            book.lay_client(converted);
        }
        Change::CreateContact(draft) => {
            book.client_or(draft.client_id)?;
            if book.contacts.get(draft.id).is_some() {
                return Err(exists());
            }
            let made = contacts::create(draft, ctx)?;
            book.lay_contact(made);
        }
        Change::EditContact(edit) => {
            let edited = contacts::edit(book.contact_or(edit.id)?, edit.fields, ctx)?;
            book.lay_contact(edited);
        }
        Change::ArchiveContact(of) => {
            let gone = contacts::archived(book.contact_or(of.id)?, Some(made_at), ctx);
            book.lay_contact(gone);
        }
        Change::RestoreContact(of) => {
            let back = contacts::archived(book.contact_or(of.id)?, None, ctx);
            book.lay_contact(back);
        }
        visit => visit_change(book, visit, ctx)?,
    }
    Ok(())
}

fn visit_change(book: &mut Book, change: Change, ctx: Context<'_>) -> Result<(), Rejections> {
    let visit = match change {
        Change::PlanVisit(ask) => {
            book.fresh_visit(ask.id)?;
            let client = book.client_or(ask.client_id)?;
            rules::plan(ask, client, ctx)?
        }
        Change::RescheduleVisit(ask) => rules::reschedule(&book.visit_or(ask.id)?, &ask, ctx)?,
        Change::CancelVisit(ask) => rules::cancel(&book.visit_or(ask.id)?, &ask, ctx)?,
        Change::CheckIn(ask) => {
            let planned = book.visits.get(ask.id);
            let client = book.client_or(ask.client_id)?;
            rules::check_in(planned.as_ref(), ask, client, ctx)?
        }
        Change::CheckOut(ask) => rules::check_out(&book.visit_or(ask.id)?, ask, ctx)?,
        Change::RecordVisit(ask) => {
            book.fresh_visit(ask.id)?;
            let client = book.client_or(ask.client_id)?;
            rules::record(ask, client, ctx)?
        }
        Change::EditVisit(ask) => rules::edit(&book.visit_or(ask.id)?, ask, ctx)?,
        Change::ClosePromise(ask) => rules::close_promise(&book.visit_or(ask.id)?, &ask, ctx)?,
        _ => return Ok(()),
    };
    let client_id = visit.client_id;
    book.lay_visit(visit);
    book.restamp(client_id);
    Ok(())
}

impl Book {
    fn client_or(&self, id: ClientId) -> Result<&Client, Rejections> {
        self.clients.get(id).ok_or_else(|| missing("clientId", "client"))
    }

    fn contact_or(&self, id: ContactId) -> Result<&Contact, Rejections> {
        self.contacts.get(id).ok_or_else(|| missing("id", "contact"))
    }

    fn visit_or(&self, id: VisitId) -> Result<Visit, Rejections> {
        self.visits.get(id).ok_or_else(|| missing("id", "visit"))
    }

    fn fresh_visit(&self, id: VisitId) -> Result<(), Rejections> {
        if self.visits.get(id).is_some() { Err(exists()) } else { Ok(()) }
    }

    fn lay_client(&mut self, client: Client) {
        let id = client.id;
        let before = self.clients.put(client);
        self.undo.push(Undo::Client(id, Box::new(before)));
    }

    fn lay_contact(&mut self, contact: Contact) {
        let id = contact.id;
        let before = self.contacts.put(contact);
        self.undo.push(Undo::Contact(id, Box::new(before)));
    }

    fn lay_visit(&mut self, visit: Visit) {
        let id = visit.id;
        let before = self.visits.put(visit);
        self.undo.push(Undo::Visit(id, before));
    }

    /// Writes what follows from a client's visits: the last clearing one with its window, and the next planned one.
    fn restamp(&mut self, id: ClientId) {
        let Some(client) = self.clients.get(id) else {
            return;
        };
        let visits = self.visits.of(id);
        let mut client = client.clone();
        client.planned_at = visits.iter().filter(|v| v.status == VisitStatus::Planned).filter_map(|v| v.planned_at).min();
        let clearing = visits.iter().filter(|v| v.status == VisitStatus::Completed && self.company.policy.clears(&v.kind));
        if let Some(last) = clearing.max_by_key(|v| (v.day, v.starts_at(), v.id)) {
            client.visited(last.day, last.rep_id, &self.company);
        }
        self.lay_client(client);
    }
}

fn missing(field: &str, what: &str) -> Rejections {
    Rejections::one(field, "not_found", format!("This {what} is not in your book any more."))
}

fn exists() -> Rejections {
    Rejections::one("id", "exists", "This was saved before.")
}
