//! What one person carries on this device: their Book, their outbox and the server's receipts, read from and written to their database.

use super::browser;
use super::device;
use super::marker::Marker;
use super::shelf::Shelf;
use super::store::{ABOUT, Batch, Broken, In, Store};
use super::summary::Acknowledged;
use super::team::{self, Team};
use super::{BookRef, Known};
use domain::book::Book;
use domain::changes::Change;
use domain::company::Company;
use domain::ids::{DeviceId, UserId};
use domain::outbox::{Outbox, Queued};
use domain::people::Caller;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The record by which the database knows itself; without it the browser has cleared the storage.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// This browser profile of this user.
    pub device: DeviceId,
    /// The generation of pages that is read.
    pub generation: u32,
    /// Caller and company as last heard from the server; for people with a Book they are in it.
    pub caller: Option<Caller>,
    /// See `caller`.
    pub company: Option<Company>,
    /// What is added to the machine's clock for the instant the app works with, in milliseconds: the service worker sends with it.
    #[serde(default)]
    pub shift_ms: i64,
}

/// Everything of one person on this device.
#[derive(Debug)]
pub struct Bag {
    /// Whose.
    pub user: UserId,
    /// Their database.
    pub store: Store,
    /// Its record of itself.
    pub about: RefCell<About>,
    /// What waits, is parked, or is not back yet.
    pub outbox: RefCell<Outbox>,
    /// The open Book.
    pub book: RefCell<Option<BookRef>>,
    /// Where its pages stand.
    pub shelf: RefCell<Shelf>,
    /// Where the next pull goes on.
    pub cursor: RefCell<String>,
    /// What the server acknowledged in the last days.
    pub acknowledged: RefCell<Vec<Acknowledged>>,
    /// Of somebody without a Book: the team's figures as of the last contact.
    pub team: RefCell<Option<Rc<Team>>>,
    /// Rises when the overlay is laid anew.
    pub laid: Cell<u32>,
    /// What the service worker was last told of the Book.
    shown: Cell<Option<bool>>,
}

impl Bag {
    /// Opens the database of a user, new or not, and the Book in it.
    pub async fn open(user: UserId) -> Result<Self, Broken> {
        let store = Store::open(user).await?;
        let (found, _) = store.meta::<About>().await?;
        let new = found.is_none();
        let about =
            found.unwrap_or_else(|| About { device: device::new_id().into(), generation: 0, caller: None, company: None, shift_ms: 0 });
        let bag = Self {
            user,
            store,
            about: RefCell::new(about),
            outbox: RefCell::default(),
            book: RefCell::default(),
            shelf: RefCell::default(),
            cursor: RefCell::default(),
            acknowledged: RefCell::default(),
            team: RefCell::default(),
            laid: Cell::new(0),
            shown: Cell::new(None),
        };
        if new {
            let mut batch = Batch::new();
            batch.put(In::Meta, ABOUT, &*bag.about.borrow());
            bag.store.write(batch).await?;
        }
        bag.load_outbox().await?;
        bag.load_book().await?;
        team::load(&bag).await?;
        browser::opened();
        Ok(bag)
    }

    /// Reads what another tab may have written: outbox, new pages, a new Book. Whether there was something new.
    pub async fn refresh(&self) -> Result<bool, Broken> {
        let before = self.outbox.borrow().clone();
        self.load_outbox().await?;
        let generation = self.about.borrow().generation;
        let last = self.shelf.borrow().live().last().copied();
        let book = self.book.borrow().clone();
        let pages = self.store.pages(last).await?;
        let changed = *self.outbox.borrow() != before;
        if pages.is_empty() && generation == self.shelf.borrow().generation() {
            if changed {
                self.lay_over();
            }
            return Ok(changed);
        }
        let (Some(book), true) = (book, generation == self.shelf.borrow().generation()) else {
            self.load_book().await?;
            return Ok(true);
        };
        let found = self.shelf.borrow().live().iter().copied().chain(pages.iter().map(|(key, _)| *key)).collect::<Vec<_>>();
        let (shelf, _) = Shelf::sort(generation, found);
        let new = pages.iter().filter(|(key, _)| shelf.live().contains(key));
        if new.map(|(_, bytes)| book.borrow_mut().absorb(bytes)).any(|absorbed| absorbed.is_err()) {
            self.load_book().await?;
            return Ok(true);
        }
        let staged = pages.last().filter(|(key, _)| shelf.staged().contains(key));
        let resume = staged.and_then(|(_, page)| domain::pack::page_head(page).ok()).map(|head| head.cursor);
        *self.cursor.borrow_mut() = resume.unwrap_or_else(|| book.borrow().cursor().to_owned());
        *self.shelf.borrow_mut() = shelf;
        self.lay_over();
        Ok(true)
    }

    /// Reads the outbox again.
    pub async fn load_outbox(&self) -> Result<(), Broken> {
        let (about, last) = self.store.meta::<About>().await?;
        if let Some(about) = about {
            *self.about.borrow_mut() = about;
        }
        *self.acknowledged.borrow_mut() = self.store.all(In::Receipts).await?;
        // nothing may be awaited between reading the entries and taking them over: one added meanwhile would be forgotten
        let entries: Vec<Queued> = self.store.all(In::Outbox).await?;
        *self.outbox.borrow_mut() = Outbox::restore(entries, last);
        Ok(())
    }

    /// Reads the Book from its pages; damaged ones are thrown away and pulled again.
    pub async fn load_book(&self) -> Result<(), Broken> {
        let pages = self.store.pages(None).await?;
        let generation = self.about.borrow().generation;
        let (shelf, stray) = Shelf::sort(generation, pages.iter().map(|(key, _)| *key));
        let by_key: HashMap<u64, &Vec<u8>> = pages.iter().map(|(key, bytes)| (*key as u64, bytes)).collect();
        let bytes = |keys: &[f64]| keys.iter().filter_map(|k| by_key.get(&(*k as u64)).map(|b| b.as_slice())).collect::<Vec<_>>();
        let opened = Book::open(bytes(shelf.live()));
        let resume = bytes(shelf.staged()).last().and_then(|page| domain::pack::page_head(page).ok()).map(|head| head.cursor);
        let mut useless = stray;
        let (shelf, book) = match opened {
            Ok(book) => (shelf, book),
            Err(_) => {
                useless.extend_from_slice(shelf.live());
                (Shelf::sort(generation, shelf.staged().iter().copied()).0, None)
            }
        };
        let cursor = resume.or_else(|| book.as_ref().map(|b| b.cursor().to_owned()));
        *self.cursor.borrow_mut() = cursor.unwrap_or_default();
        *self.shelf.borrow_mut() = shelf;
        self.place(book);
        self.drop_pages(&useless).await
    }

    /// Puts a Book in place of the one before and lays the outbox over it.
    pub fn place(&self, book: Option<Book>) {
        let mut slot = self.book.borrow_mut();
        *slot = match (slot.take(), book) {
            (Some(open), Some(book)) => {
                open.replace(book);
                Some(open)
            }
            (_, book) => book.map(|book| Rc::new(RefCell::new(book))),
        };
        drop(slot);
        self.lay_over();
    }

    /// Lays every shown entry over the Book again, in order. One the rules no longer take (its client has left) shows nothing; its fate is the server's to say.
    pub fn lay_over(&self) {
        self.laid.set(self.laid.get().wrapping_add(1));
        let Some(book) = self.book.borrow().clone() else { return };
        let mut book = book.borrow_mut();
        book.bare();
        for entry in self.outbox.borrow().shown() {
            if let Ok(change) = Change::read(entry.body.as_bytes()) {
                let _ = book.apply(&change, entry.made_at);
            }
        }
    }

    /// Caller and company, where they are known.
    pub fn known(&self) -> Option<Known> {
        if let Some(book) = self.book.borrow().as_ref() {
            let book = book.borrow();
            return Some(Known { caller: Arc::new(book.caller().clone()), company: Arc::new(book.company().clone()) });
        }
        let about = self.about.borrow();
        let (caller, company) = (about.caller.clone()?, about.company.clone()?);
        Some(Known { caller: Arc::new(caller), company: Arc::new(company) })
    }

    /// Keeps caller and company as they were told.
    pub async fn meet(&self, told: Option<Known>) -> Result<(), Broken> {
        let Some(Known { caller, company }) = told else { return Ok(()) };
        let mut batch = Batch::new();
        {
            let mut about = self.about.borrow_mut();
            about.shift_ms = shift_ms(&company);
            (about.caller, about.company) = (Some(caller.as_ref().clone()), Some(company.as_ref().clone()));
            batch.put(In::Meta, ABOUT, &*about);
        }
        self.store.write_relaxed(batch).await
    }

    /// Adds the record of itself to a batch, naming the generation that is read, under the settings of its Book.
    pub fn put_about(&self, batch: &mut Batch, company: &Company) {
        let mut about = self.about.borrow_mut();
        about.generation = self.shelf.borrow().generation();
        about.shift_ms = shift_ms(company);
        batch.put(In::Meta, ABOUT, &*about);
    }

    /// The server knows this person: marks the device as theirs, for the next start and for the service worker.
    pub async fn mark(&self, book: bool) {
        let marker = Marker { user: self.user, contact: device::now(), book };
        marker.write();
        if self.shown.replace(Some(book)) != Some(book) {
            marker.show().await;
        }
    }

    /// Deletes pages.
    pub async fn drop_pages(&self, keys: &[f64]) -> Result<(), Broken> {
        if keys.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for key in keys {
            batch.delete(In::Pages, *key);
        }
        self.store.write_relaxed(batch).await
    }

    /// The device's id.
    pub fn device(&self) -> DeviceId {
        self.about.borrow().device
    }

    /// Whether this person works from a Book; where that is not known yet, the server is asked for one.
    pub fn has_book(&self) -> bool {
        self.about.borrow().caller.as_ref().is_none_or(Caller::has_book)
    }
}

fn shift_ms(company: &Company) -> i64 {
    let machine = device::now();
    company.now(machine).0 - machine.0
}
