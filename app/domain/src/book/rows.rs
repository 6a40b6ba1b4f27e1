//! The Book's rows: found by id, replaced one by one, and put back when what was laid over comes off.

use crate::clients::Client;
use crate::contacts::Contact;
use crate::fold::fold;
use crate::ids::{ClientId, ContactId, VisitId};
use crate::pack::VisitColumns;
use crate::visits::Visit;
use std::collections::HashMap;

/// How many rows a Book holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Clients and prospects.
    pub clients: usize,
    /// Contacts.
    pub contacts: usize,
    /// Visits.
    pub visits: usize,
}

/// How one row was before something was laid over it.
#[derive(Debug)]
pub(crate) enum Undo {
    Client(ClientId, Box<Option<Client>>),
    Contact(ContactId, Box<Option<Contact>>),
    Visit(VisitId, Before),
}

/// How a visit was before.
#[derive(Debug)]
pub(crate) enum Before {
    Absent,
    Packed,
    Loose(Box<Visit>),
}

/// A client with the keys lists need.
#[derive(Debug)]
pub(crate) struct ClientRow {
    pub client: Client,
    pub search_key: String,
    pub sort_key: String,
}

#[derive(Debug, Default)]
pub(crate) struct ClientRows {
    rows: Vec<ClientRow>,
    at: HashMap<ClientId, usize>,
}

impl ClientRows {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &ClientRow> {
        self.rows.iter()
    }

    pub fn row(&self, place: u32) -> &ClientRow {
        &self.rows[place as usize]
    }

    pub fn get(&self, id: ClientId) -> Option<&Client> {
        self.at.get(&id).map(|i| &self.rows[*i].client)
    }

    /// Puts a client in and gives what was there.
    pub fn put(&mut self, client: Client) -> Option<Client> {
        let row = ClientRow { search_key: client.search_key(), sort_key: fold(&client.name), client };
        if let Some(i) = self.at.get(&row.client.id) {
            return Some(std::mem::replace(&mut self.rows[*i], row).client);
        }
        self.at.insert(row.client.id, self.rows.len());
        self.rows.push(row);
        None
    }

    pub fn remove(&mut self, id: ClientId) {
        if let Some(i) = self.at.remove(&id) {
            self.rows.swap_remove(i);
            if let Some(moved) = self.rows.get(i) {
                self.at.insert(moved.client.id, i);
            }
        }
    }

    pub fn reset(&mut self, id: ClientId, before: Option<Client>) {
        match before {
            Some(client) => {
                self.put(client);
            }
            None => self.remove(id),
        }
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[derive(Debug, Default)]
pub(crate) struct ContactRows {
    rows: HashMap<ContactId, Contact>,
}

impl ContactRows {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Contact> {
        self.rows.values()
    }

    pub fn get(&self, id: ContactId) -> Option<&Contact> {
        self.rows.get(&id)
    }

    pub fn put(&mut self, contact: Contact) -> Option<Contact> {
        self.rows.insert(contact.id, contact)
    }

    pub fn remove(&mut self, id: ContactId) {
        self.rows.remove(&id);
    }

    pub fn remove_of(&mut self, client: ClientId) {
        self.rows.retain(|_, c| c.client_id != client);
    }

    pub fn reset(&mut self, id: ContactId, before: Option<Contact>) {
        match before {
            Some(contact) => {
                self.put(contact);
            }
            None => self.remove(id),
        }
    }

    pub fn clear(&mut self) {
        self.rows.clear();
    }
}

/// Visits: packed pages, of which later ones hide rows of earlier ones, and loose rows that hide packed ones.
#[derive(Debug, Default)]
pub(crate) struct VisitRows {
    pages: Vec<VisitColumns>,
    hidden: Vec<Vec<bool>>,
    at: HashMap<VisitId, (u32, u32)>,
    loose: HashMap<VisitId, Visit>,
    shown: usize,
}

impl VisitRows {
    pub fn len(&self) -> usize {
        self.shown + self.loose.len()
    }

    pub fn add_page(&mut self, page: VisitColumns) {
        if page.len() == 0 {
            return;
        }
        let n = self.pages.len() as u32;
        self.at.reserve(page.len());
        for (row, id) in page.ids.iter().enumerate() {
            if let Some((page, row)) = self.at.insert(*id, (n, row as u32)) {
                self.hide(page, row);
            }
            self.shown += 1;
        }
        self.hidden.push(vec![false; page.len()]);
        self.pages.push(page);
    }

    fn hide(&mut self, page: u32, row: u32) {
        let hidden = self.hidden.get_mut(page as usize).and_then(|p| p.get_mut(row as usize));
        if let Some(hidden) = hidden
            && !std::mem::replace(hidden, true)
        {
            self.shown -= 1;
        }
    }

    pub fn get(&self, id: VisitId) -> Option<Visit> {
        if let Some(visit) = self.loose.get(&id) {
            return Some(visit.clone());
        }
        let (page, row) = *self.at.get(&id)?;
        Some(self.pages[page as usize].row(row as usize))
    }

    /// Lays a visit over and gives how it was.
    pub fn put(&mut self, visit: Visit) -> Before {
        let id = visit.id;
        if let Some(before) = self.loose.insert(id, visit) {
            return Before::Loose(Box::new(before));
        }
        match self.at.get(&id).copied() {
            Some((page, row)) => {
                self.hide(page, row);
                Before::Packed
            }
            None => Before::Absent,
        }
    }

    pub fn reset(&mut self, id: VisitId, before: Before) {
        match before {
            Before::Loose(visit) => {
                self.loose.insert(id, *visit);
            }
            Before::Absent => {
                self.loose.remove(&id);
            }
            Before::Packed => {
                self.loose.remove(&id);
                if let Some((page, row)) = self.at.get(&id).copied() {
                    self.hidden[page as usize][row as usize] = false;
                    self.shown += 1;
                }
            }
        }
    }

    pub fn remove(&mut self, id: VisitId) {
        if let Some((page, row)) = self.at.remove(&id) {
            self.hide(page, row);
        }
    }

    pub fn remove_of(&mut self, client: ClientId) {
        let gone: Vec<VisitId> = self.packed().filter(|(p, row)| p.clients[*row] == client).map(|(p, row)| p.ids[row]).collect();
        for id in gone {
            self.remove(id);
        }
    }

    /// Every packed row that is not hidden.
    pub fn packed(&self) -> impl Iterator<Item = (&VisitColumns, usize)> {
        let pages = self.pages.iter().zip(&self.hidden);
        pages.flat_map(|(page, hidden)| (0..page.len()).filter(|row| !hidden[*row]).map(move |row| (page, row)))
    }

    pub fn loose(&self) -> impl Iterator<Item = &Visit> {
        self.loose.values()
    }

    /// Every visit, put together, in the order of ids.
    pub fn all(&self) -> Vec<Visit> {
        let mut all: Vec<Visit> = self.packed().map(|(page, row)| page.row(row)).chain(self.loose().cloned()).collect();
        all.sort_by_key(|v| v.id);
        all
    }

    /// Every visit of a client.
    pub fn of(&self, client: ClientId) -> Vec<Visit> {
        let packed = self.packed().filter(|(p, row)| p.clients[*row] == client).map(|(p, row)| p.row(row));
        packed.chain(self.loose().filter(|v| v.client_id == client).cloned()).collect()
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
