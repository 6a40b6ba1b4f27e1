//! Clients as rows of other files name them: by their id in a source, or by name and town; and products, by code or name.

use crate::import::sales::Named;
use domain::Rejections;
use domain::clients::Client;
use domain::fold::fold;
use domain::ids::{ClientId, ProductId};
use domain::sales::Product;
use intake::mapping::Bound;
use intake::mapping::cells::Cells;
use std::collections::HashMap;

/// Clients a row may name.
#[derive(Debug, Default)]
pub struct Clients {
    all: Vec<Client>,
    by_id: HashMap<String, usize>,
    /// By folded name, and by folded name and town.
    by_name: HashMap<String, Vec<usize>>,
}

impl Clients {
    /// `all` in any order, those of `source` also known by their id there.
    #[must_use]
    pub fn new(all: Vec<Client>, source: &str) -> Self {
        let mut clients = Self::default();
        for (i, client) in all.iter().enumerate() {
            if let (Some(id), true) = (&client.external_id, client.source.as_deref() == Some(source)) {
                clients.by_id.insert(id.clone(), i);
            }
            let (name, town) = (fold(&client.name), fold(client.town.as_deref().unwrap_or_default()));
            clients.by_name.entry(format!("{name}|{town}")).or_default().push(i);
            clients.by_name.entry(name).or_default().push(i);
        }
        clients.all = all;
        clients
    }

    /// One of them, by the place [`Clients::of_row`] gives.
    #[must_use]
    pub fn at(&self, place: usize) -> &Client {
        &self.all[place]
    }

    /// The client a row names; what is wrong with the name is noted in `bad`.
    pub fn of_row(&self, bound: &Bound, cells: Cells<'_>, bad: &mut Rejections) -> Option<usize> {
        if bound.field("client").is_some() {
            let found = self.by_id.get(&bound.text("client", cells)).copied();
            if found.is_none() {
                let words = format!("No client of {} has this id: import the clients first, or correct it.", bound.client_source);
                bad.add("client", "unknown", words);
            }
            return found;
        }
        let (name, town) = (fold(&bound.text("clientName", cells)), fold(&bound.text("clientTown", cells)));
        let key = if town.is_empty() { name } else { format!("{name}|{town}") };
        match self.by_name.get(&key).map(Vec::as_slice) {
            Some([one]) => return Some(*one),
            Some([_, _, ..]) => {
                bad.add("clientName", "ambiguous", "Several clients have this name: give the town too (clientTown), or their id.")
            }
            _ => bad.add("clientName", "unknown", "There is no client of this name: import the clients first, or correct it."),
        }
        None
    }
}

/// Who is meant by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant<I> {
    /// Nobody.
    None,
    /// This one.
    One(I),
    /// Any of several: none of them is guessed.
    Several,
}

impl<I: Copy> Meant<I> {
    fn and(&mut self, id: I) {
        *self = if let Self::None = self { Self::One(id) } else { Self::Several };
    }
}

/// Clients and products by what they are called, where a row may name nobody that is known.
#[derive(Debug, Default)]
pub struct Known {
    clients_by_id: HashMap<String, ClientId>,
    clients: HashMap<String, Meant<ClientId>>,
    codes: HashMap<String, ProductId>,
    products: HashMap<String, Meant<ProductId>>,
}

impl Known {
    /// `clients` in any order, those of `source` also known by their id there.
    #[must_use]
    pub fn new(source: &str, clients: Vec<Named>, products: Vec<Product>) -> Self {
        let mut known = Self::default();
        for client in clients {
            known.clients.entry(fold(&client.name)).or_insert(Meant::None).and(client.id);
            if let (Some(id), true) = (client.external_id, client.source.as_deref() == Some(source)) {
                known.clients_by_id.insert(id, client.id);
            }
        }
        for product in products {
            known.codes.insert(fold(&product.code), product.id);
            known.products.entry(fold(&product.name)).or_insert(Meant::None).and(product.id);
        }
        known
    }

    /// The client of an id in its source.
    #[must_use]
    pub fn client_of_id(&self, id: &str) -> Option<ClientId> {
        self.clients_by_id.get(id).copied()
    }

    /// The client of a name.
    #[must_use]
    pub fn client(&self, name: &str) -> Meant<ClientId> {
        self.clients.get(&fold(name)).copied().unwrap_or(Meant::None)
    }

    /// The product of a code, else of a name that only one has.
    #[must_use]
    pub fn product(&self, text: &str) -> Option<ProductId> {
        let folded = fold(text);
        self.codes.get(&folded).copied().or_else(|| match self.products.get(&folded) {
            Some(Meant::One(id)) => Some(*id),
            _ => None,
        })
    }
}
