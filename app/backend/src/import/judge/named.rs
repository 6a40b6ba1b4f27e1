//! Clients as rows of other files name them: by their id in a source, or by name and town.

use domain::Rejections;
use domain::clients::Client;
use domain::fold::fold;
use intake::mapping::Bound;
use intake::mapping::field::Cells;
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
