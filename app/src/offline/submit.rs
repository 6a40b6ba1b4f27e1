//! Taking changes in: rule, disk, screen, in this order; and what a person decides about entries that need attention.

use super::bag::Bag;
use super::phone::Phone;
use super::signals::Phase;
use super::store::{Batch, In};
use super::{SubmitError, browser, device, sync};
use domain::Instant;
use domain::book::Book;
use domain::changes::{Change, SCHEMA};
use domain::ids::{ClientId, EntryId, VisitId};
use domain::outbox::{Outbox, Queued, State};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Takes a change in.
pub async fn submit(phone: &Rc<Phone>, change: Change) -> Result<EntryId, SubmitError> {
    let bag = open_bag(phone)?;
    let made_at = phone.now();
    let about = try_on(&bag, &change, made_at)?;
    let laid = bag.laid.get();
    let body = serde_json::to_string(&change).expect("plain data");
    let entry = Queued {
        id: device::new_id().into(),
        seq: 0,
        user: bag.user,
        device: bag.device(),
        schema: SCHEMA,
        made_at,
        name: change.name().into(),
        about,
        subject: change.subject(),
        parent: change.parent().map(|id| id.0),
        founds: change.founds(),
        body,
        state: State::Waiting,
        attempts: 0,
    };
    let id = entry.id;
    if append(&bag, entry).await.is_err() {
        bag.lay_over();
        return Err(SubmitError::Storage);
    }
    if bag.laid.get() != laid {
        bag.lay_over();
    }
    phone.overlay_changed();
    browser::post("changed");
    sync::wake(phone);
    Ok(id)
}

fn open_bag(phone: &Phone) -> Result<Rc<Bag>, SubmitError> {
    let locked = phone.signals.phase.get_untracked() == Phase::SignInNeeded;
    phone.bag().ok_or(if locked { SubmitError::SignInNeeded } else { SubmitError::NotOpen })
}

/// Asks the domain's rule by laying the change over the Book; gives the name of the client it concerns.
fn try_on(bag: &Bag, change: &Change, made_at: Instant) -> Result<String, SubmitError> {
    let Some(book) = bag.book.borrow().clone() else { return Ok(String::new()) };
    let mut book = book.borrow_mut();
    book.apply(change, made_at).map_err(SubmitError::Rejected)?;
    Ok(client_name(&book, change).unwrap_or_default())
}

fn client_name(book: &Book, change: &Change) -> Option<String> {
    let subject = change.subject();
    let client = change.parent().or_else(|| book.visit(VisitId(subject)).map(|v| v.client_id));
    let client = client.or_else(|| book.contact(subject.into()).map(|c| c.client_id));
    book.client(client.unwrap_or(ClientId(subject))).map(|c| c.name.clone())
}

/// Writes an entry under the next number, then takes it into the outbox in memory.
async fn append(bag: &Rc<Bag>, entry: Queued) -> Result<(), super::store::Broken> {
    let queued = Rc::new(RefCell::new(None));
    let (writer, written) = (Rc::clone(bag), Rc::clone(&queued));
    let make = move |last| {
        let mut ahead = Outbox::restore(writer.outbox.borrow().entries().to_vec(), last);
        let entry = ahead.add(entry.clone()).clone();
        let mut batch = Batch::new();
        batch.put(In::Outbox, &entry.id.to_string(), &entry);
        batch.put_seq(entry.seq);
        *written.borrow_mut() = Some(entry);
        batch
    };
    bag.store.append(make).await?;
    let mut outbox = bag.outbox.borrow_mut();
    // read from the disk already when another tab's news came in between
    let new = queued.take().filter(|e: &Queued| outbox.get(e.id).is_none());
    let entries = outbox.entries().iter().cloned().chain(new);
    *outbox = Outbox::restore(entries.collect(), outbox.last_seq());
    Ok(())
}

/// Drops a parked entry and its dependants.
pub async fn discard(phone: &Rc<Phone>, id: EntryId) -> Result<(), SubmitError> {
    let bag = open_bag(phone)?;
    let gone = bag.outbox.borrow().clone().discard(id);
    let mut batch = Batch::new();
    for id in &gone {
        batch.delete(In::Outbox, id.to_string());
    }
    bag.store.write(batch).await.map_err(|_| SubmitError::Storage)?;
    bag.outbox.borrow_mut().discard(id);
    settled(phone, &bag);
    Ok(())
}

/// Sends a parked entry again with a corrected change, its dependants after it.
pub async fn resend(phone: &Rc<Phone>, id: EntryId, change: Change) -> Result<EntryId, SubmitError> {
    let bag = open_bag(phone)?;
    // a parked entry shows nothing: the corrected change must stand on the Book as it is
    try_on(&bag, &change, phone.now())?;
    let body = serde_json::to_string(&change).expect("plain data");
    let new_id = Rc::new(Cell::new(None));
    let (writer, given) = (Rc::clone(&bag), Rc::clone(&new_id));
    let make = move |last| {
        let mut ahead = Outbox::restore(writer.outbox.borrow().entries().to_vec(), last);
        let renamed = ahead.resend(id, body.clone(), || device::new_id().into());
        let mut batch = Batch::new();
        for (old, new) in &renamed {
            batch.delete(In::Outbox, old.to_string());
            batch.put(In::Outbox, &new.to_string(), &ahead.get(*new));
        }
        batch.put_seq(ahead.last_seq());
        given.set(renamed.first().map(|(_, new)| *new));
        batch
    };
    let written = bag.store.append(make).await.is_ok() && bag.load_outbox().await.is_ok();
    settled(phone, &bag);
    if written { new_id.get().ok_or(SubmitError::NotOpen) } else { Err(SubmitError::Storage) }
}

fn settled(phone: &Rc<Phone>, bag: &Bag) {
    bag.lay_over();
    phone.overlay_changed();
    browser::post("changed");
    sync::wake(phone);
}
