//! Whom and what the rows of a sales file name: what is there already, and what is to be added with them.

use super::added::{Added, NewClient, ToAdd};
use super::judge::Wrong;
use super::products::Products;
use crate::import::judge::{Ids, Scene};
use crate::import::whom::{By, Meant, Named, Said, Whom};
use domain::Rejections;
use domain::clients::{self, Client, ClientDraft, ClientPatch, Stage};
use domain::fold::known_by;
use domain::ids::{BranchId, ClientId, ProductId, RepId};
use domain::people::{Branch, Rep};
use intake::sales::Names;
use std::collections::HashMap;
use uuid::Uuid;

/// Most reps, and most branches, a file may bring: everybody's pages hold all of them.
const PEOPLE_MAX: usize = 10_000;

/// What a row's names stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Resolved {
    pub(super) branch: Option<BranchId>,
    pub(super) rep: Option<RepId>,
    pub(super) client: Option<ClientId>,
    pub(super) product: Option<ProductId>,
}

/// Everything rows may name.
pub(super) struct Resolver {
    scene: Scene,
    ids: Ids,
    branches: HashMap<String, BranchId>,
    reps: HashMap<String, (RepId, Option<BranchId>)>,
    pub(super) products: Products,
    says_branch: bool,
    clients: Whom,
    pub(super) added: Added,
}

impl Resolver {
    /// With the company's people, and no client or product yet.
    pub(super) fn new(scene: Scene) -> Self {
        let room = scene.room.clone();
        let company = scene.company.clone();
        Self {
            ids: Ids::new(scene.at),
            branches: company.branches.iter().map(|b| (known_by(&b.name), b.id)).collect(),
            reps: company.reps.iter().map(|r| (known_by(&r.name), (r.id, r.branch))).collect(),
            says_branch: scene.bound.field("branch").is_some(),
            products: Products::new(&room),
            clients: Whom::new(&scene.bound.client_source, &room),
            scene,
            added: Added::new(&room),
        }
    }

    /// Takes in a client that is there.
    pub(super) fn know(&mut self, client: &Named) -> Result<(), Rejections> {
        self.clients.know(client);
        self.clients.is_sound()
    }

    /// Finds what a row names, adding what is new.
    pub(super) fn resolve(&mut self, names: &Names, line: u64) -> Result<Resolved, Wrong> {
        let branch = if names.branch.is_empty() { None } else { Some(self.branch(&names.branch)?) };
        let rep = if names.salesperson.is_empty() { None } else { Some(self.rep(&names.salesperson, branch)?) };
        let product = self.products.find(names, line, (&mut self.ids, &mut self.added))?;
        let of_rep = branch.or(rep.and_then(|r| r.1));
        let client = self.client(names, rep, of_rep, line)?;
        // where rows say their branch, one that does not has none: what is known of the rep by then would depend on the rows before it
        let branch = if self.says_branch { branch } else { of_rep };
        Ok(Resolved { branch, rep: rep.map(|r| r.0), client, product })
    }

    /// What is to be added, and what its records are made by.
    pub(super) fn done(self) -> Result<(ToAdd, Scene), Rejections> {
        Ok((self.added.done()?, self.scene))
    }

    fn branch(&mut self, name: &str) -> Result<BranchId, Wrong> {
        let folded = known_by(name);
        if let Some(id) = self.branches.get(&folded) {
            return Ok(*id);
        }
        few(self.added.branches.len(), "branch", "branches")?;
        let id = BranchId(self.ids.next());
        self.added.branches.push(Branch { id, name: name.to_owned() });
        self.branches.insert(folded, id);
        Ok(id)
    }

    fn rep(&mut self, name: &str, branch: Option<BranchId>) -> Result<(RepId, Option<BranchId>), Wrong> {
        let folded = known_by(name);
        if let Some(rep) = self.reps.get(&folded) {
            return Ok(*rep);
        }
        few(self.added.reps.len(), "salesperson", "salespeople")?;
        let id = RepId(self.ids.next());
        self.added.reps.push(Rep { id, name: name.to_owned(), branch });
        self.reps.insert(folded, (id, branch));
        Ok((id, branch))
    }

    fn client(
        &mut self,
        names: &Names,
        rep: Option<(RepId, Option<BranchId>)>,
        branch: Option<BranchId>,
        line: u64,
    ) -> Result<Option<ClientId>, Wrong> {
        let (key, name) = (&names.customer, &names.customer_name);
        if key.is_empty() && name.is_empty() {
            return Ok(None);
        }
        let found = self.known(key, name);
        self.clients.is_sound().map_err(Wrong::File)?;
        match found {
            Meant::Several => {
                let words = "Several clients are called this: give their id, or correct the name.";
                let field = if key.is_empty() { "customerName" } else { "customer" };
                return Err(Rejections::one(field, "ambiguous", words).into());
            }
            Meant::One(id) => return Ok(Some(ClientId(Uuid::from_u128(id)))),
            Meant::None => {}
        }
        let id = self.ids.next();
        let new = NewClient { id, line, rep: rep.map(|r| r.0.0), branch: branch.map(|b| b.0), key: key.clone(), name: name.clone() };
        client(&self.scene, &new)?;
        let called = if key.is_empty() || name.is_empty() { new.called() } else { "" };
        self.clients.learn(id.as_u128(), key, called);
        self.clients.is_sound().map_err(Wrong::File)?;
        self.added.client(new).map_err(Wrong::File)?;
        Ok(Some(ClientId(id)))
    }

    /// The client that is there already; of two ids of a file no more than one is somebody's who is known by name alone.
    fn known(&mut self, key: &str, name: &str) -> Meant<u128> {
        let (id, how) = match self.clients.named(Said { key, name, town: "" }) {
            Meant::One(found) => found,
            Meant::None => return Meant::None,
            Meant::Several => return Meant::Several,
        };
        if how == By::Own {
            return Meant::One(id);
        }
        let taken = self.clients.taken(key, (id, how));
        if taken == Meant::One(id) {
            self.clients.claim(key, (id, how));
            self.clients.learn(id, key, "");
        }
        taken
    }
}

/// The record of a client that is new.
pub(super) fn client(scene: &Scene, new: &NewClient) -> Result<Client, Rejections> {
    let key = Some(new.key.clone()).filter(|key| !key.is_empty());
    let draft = ClientDraft {
        id: ClientId(new.id),
        stage: Stage::Client,
        source: key.as_ref().map(|_| scene.bound.client_source.clone()),
        external_id: key,
        fields: ClientPatch { name: Some(new.called().to_owned()), ..ClientPatch::default() },
    };
    let record = clients::create(draft, scene.context())?;
    Ok(Client { rep_id: new.rep.map(RepId), branch_id: new.branch.map(BranchId), ..record })
}

/// Refuses a file that brings more people than a company has.
fn few(added: usize, field: &str, many: &str) -> Result<(), Wrong> {
    if added < PEOPLE_MAX {
        return Ok(());
    }
    let words = format!(
        "Nothing was brought in: the file names more than {PEOPLE_MAX} {many} that are not known. Choose another column for them, or none."
    );
    Err(Wrong::File(Rejections::one(field, "too_many", words)))
}
