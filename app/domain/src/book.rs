//! The Book: a rep's whole working set in memory, opened from packed pages, with what waits in the outbox laid over it by the same rules the server uses.

mod apply;
mod clients;
mod rows;
mod visits;

pub use rows::Counts;

use crate::bought::Bought;
use crate::calendar::{Day, Instant};
use crate::changes::Change;
use crate::company::Company;
use crate::ids::ClientId;
use crate::pack::{self, PageHead, Unreadable};
use crate::people::Caller;
use crate::rejection::Rejections;
use crate::sync::{Gone, PullPage};
use crate::targets::{Facts, figures};
use crate::today::Today;
use rows::{ClientRows, ContactRows, Undo, VisitRows};
use std::collections::HashMap;

/// A rep's working set.
#[derive(Debug)]
pub struct Book {
    company: Company,
    caller: Caller,
    head: i64,
    cursor: String,
    whole: bool,
    pub(crate) clients: ClientRows,
    pub(crate) contacts: ContactRows,
    pub(crate) visits: VisitRows,
    pub(crate) bought: HashMap<ClientId, Bought>,
    facts: Option<Facts>,
    undo: Vec<Undo>,
    listed: std::cell::RefCell<Option<clients::Listed>>,
}

impl Book {
    /// Opens a Book from its pages, in the order they came. `None` when no page brought company and caller.
    ///
    /// # Errors
    /// When a page is damaged: pull anew.
    pub fn open<'a>(pages: impl IntoIterator<Item = &'a [u8]>) -> Result<Option<Self>, Unreadable> {
        let mut book: Option<Self> = None;
        for bytes in pages {
            match &mut book {
                Some(book) => {
                    book.absorb(bytes)?;
                }
                None => book = Self::begin(bytes)?,
            }
        }
        Ok(book)
    }

    /// Begins a Book from its first page.
    ///
    /// # Errors
    /// When the page is damaged.
    pub fn begin(bytes: &[u8]) -> Result<Option<Self>, Unreadable> {
        let head = pack::page_head(bytes)?;
        let (Some(company), Some(caller)) = (head.company, head.caller) else {
            return Ok(None);
        };
        let mut book = Self {
            company,
            caller,
            head: 0,
            cursor: String::new(),
            whole: false,
            clients: ClientRows::default(),
            contacts: ContactRows::default(),
            visits: VisitRows::default(),
            bought: HashMap::new(),
            facts: None,
            undo: Vec::new(),
            listed: std::cell::RefCell::default(),
        };
        book.absorb(bytes)?;
        Ok(Some(book))
    }

    /// Takes in one more page. What was laid over is taken off first: lay it over again afterwards.
    ///
    /// # Errors
    /// When the page is damaged; the Book is then as before, without what was laid over.
    pub fn absorb(&mut self, bytes: &[u8]) -> Result<PageHead, Unreadable> {
        self.bare();
        let page = pack::open(bytes)?;
        let head = page.head;
        if head.fresh {
            self.clients.clear();
            self.contacts.clear();
            self.visits.clear();
            self.bought.clear();
        }
        for gone in &head.gone {
            match gone {
                Gone::Client(id) => {
                    self.clients.remove(*id);
                    self.contacts.remove_of(*id);
                    self.visits.remove_of(*id);
                    self.bought.remove(id);
                }
                Gone::Contact(id) => self.contacts.remove(*id),
                Gone::Visit(id) => self.visits.remove(*id),
            }
        }
        for client in page.clients {
            self.clients.put(client);
        }
        for contact in page.contacts {
            self.contacts.put(contact);
        }
        self.visits.add_page(page.visits);
        self.bought.extend(page.bought);
        if let Some(company) = &head.company {
            self.company = company.clone();
        }
        if let Some(caller) = &head.caller {
            self.caller = caller.clone();
        }
        if let Some(facts) = head.facts.as_deref().and_then(Facts::of_numbers) {
            self.facts = Some(facts);
        }
        self.head = head.head;
        self.cursor.clone_from(&head.cursor);
        self.whole = !head.more;
        *self.listed.borrow_mut() = None;
        Ok(head)
    }

    /// Takes everything laid over off again.
    pub fn bare(&mut self) {
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Client(id, before) => self.clients.reset(id, *before),
                Undo::Contact(id, before) => self.contacts.reset(id, *before),
                Undo::Visit(id, before) => self.visits.reset(id, before),
            }
        }
        *self.listed.borrow_mut() = None;
    }

    /// Lays one change over the rows, by the rule the server will use. `made_at` is the device's clock.
    ///
    /// # Errors
    /// What the rule rejects; the Book is then unchanged.
    pub fn apply(&mut self, change: &Change, made_at: Instant) -> Result<(), Rejections> {
        apply::change(self, change, made_at)?;
        *self.listed.borrow_mut() = None;
        Ok(())
    }

    /// One page with every row the Book holds, as it came from the server: what is stored instead of many small pages. Takes off what was laid over.
    #[must_use]
    pub fn repack(&mut self) -> Vec<u8> {
        self.bare();
        let mut clients: Vec<_> = self.clients.iter().map(|row| row.client.clone()).collect();
        clients.sort_by_key(|c| c.id);
        let mut bought: Vec<_> = self.bought.iter().map(|(id, bought)| (*id, bought.clone())).collect();
        bought.sort_by_key(|(id, _)| *id);
        pack::encode_page(&PullPage {
            cursor: self.cursor.clone(),
            more: !self.whole,
            head: self.head,
            fresh: true,
            company: Some(self.company.clone()),
            caller: Some(self.caller.clone()),
            clients,
            contacts: self.contacts.iter().cloned().collect(),
            visits: self.visits.all(),
            bought,
            gone: Vec::new(),
            facts: self.facts.clone(),
        })
    }

    /// Settings as last pulled.
    #[must_use]
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// Its owner as last pulled.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Every row up to this version is in, once the Book is [`Book::whole`].
    #[must_use]
    pub fn head(&self) -> i64 {
        self.head
    }

    /// Where the next pull goes on.
    #[must_use]
    pub fn cursor(&self) -> &str {
        &self.cursor
    }

    /// Whether the last pull came to its end.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.whole
    }

    /// How many rows it holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts { clients: self.clients.len(), contacts: self.contacts.len(), visits: self.visits.len() }
    }

    /// The first screen on `day`.
    #[must_use]
    pub fn today(&self, day: Day) -> Today {
        let visits = self.visits_for_today(day);
        let figures = self.facts().map(|facts| figures(facts, day));
        Today { figures, ..Today::compose(day, self.clients_for_today(day, &visits), visits) }
    }

    /// What the figures are made of, as of the last contact; none while there are neither sales nor budgets.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        self.facts.as_ref().filter(|facts| facts.any())
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
