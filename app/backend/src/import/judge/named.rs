//! Clients as rows of other files name them: by their id in a source, or by name and town; and products, by code or name.

use crate::import::whom::{Said, Whom};
use domain::Rejections;
use domain::clients::Client;
use domain::fold::fold;
use domain::ids::{ClientId, ProductId};
use domain::sales::Product;
use intake::mapping::Bound;
use intake::mapping::cells::Cells;
use std::collections::HashMap;
use uuid::Uuid;

pub use crate::import::whom::Meant;

/// Clients a row may name.
pub struct Clients {
    all: Vec<Client>,
    places: HashMap<ClientId, usize>,
    whom: Whom,
}

impl Clients {
    /// `all` in any order, each of them known to `whom`.
    #[must_use]
    pub(in crate::import) fn new(all: Vec<Client>, whom: Whom) -> Self {
        let places = all.iter().enumerate().map(|(place, client)| (client.id, place)).collect();
        Self { all, places, whom }
    }

    /// One of them, by the place [`Clients::of_row`] gives.
    #[must_use]
    pub fn at(&self, place: usize) -> &Client {
        &self.all[place]
    }

    /// The client a row names; what is wrong with the name is noted in `bad`.
    pub fn of_row(&self, bound: &Bound, cells: Cells<'_>, bad: &mut Rejections) -> Option<usize> {
        let by_id = bound.field("client").is_some();
        let (key, name, town) = (bound.text("client", cells), bound.text("clientName", cells), bound.text("clientTown", cells));
        match self.whom.named(Said { key: &key, name: &name, town: &town }) {
            Meant::One((id, _)) => return self.places.get(&ClientId(Uuid::from_u128(id))).copied(),
            Meant::Several => {
                let words = "Several clients have this name: give the town too (clientTown), or their id.";
                bad.add(if by_id { "client" } else { "clientName" }, "ambiguous", words);
            }
            Meant::None if by_id => {
                let words = format!("No client of {} has this id: import the clients first, or correct it.", bound.client_source);
                bad.add("client", "unknown", words);
            }
            Meant::None => bad.add("clientName", "unknown", "There is no client of this name: import the clients first, or correct it."),
        }
        None
    }

    /// Whether all that was asked for could be read.
    pub(super) fn is_sound(&self) -> Result<(), Rejections> {
        self.whom.is_sound()
    }
}

/// Clients and products by what they are called, where a row may name nobody that is known.
pub struct Known {
    clients: Whom,
    codes: HashMap<String, ProductId>,
    products: HashMap<String, Meant<ProductId>>,
}

impl Known {
    /// `clients` and `products` in any order.
    #[must_use]
    pub(in crate::import) fn new(clients: Whom, products: Vec<Product>) -> Self {
        let (mut codes, mut names): (HashMap<_, _>, HashMap<_, Meant<_>>) = (HashMap::new(), HashMap::new());
        for product in products {
            codes.insert(fold(&product.code), product.id);
            let of_name = names.entry(fold(&product.name)).or_insert(Meant::None);
            *of_name = of_name.and(Meant::One(product.id));
        }
        Self { clients, codes, products: names }
    }

    /// The client of an id, else of a name.
    #[must_use]
    pub fn client(&self, id: &str, name: &str) -> Meant<ClientId> {
        match self.clients.named(Said { key: id, name, town: "" }) {
            Meant::One((id, _)) => Meant::One(ClientId(Uuid::from_u128(id))),
            Meant::None => Meant::None,
            Meant::Several => Meant::Several,
        }
    }

    /// Whether all that was asked for could be read.
    pub(super) fn is_sound(&self) -> Result<(), Rejections> {
        self.clients.is_sound()
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
