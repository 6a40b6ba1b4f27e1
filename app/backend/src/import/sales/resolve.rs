//! Whom and what the rows of a sales file name: what is there already, and what is to be added with them.

use crate::import::judge::{Ids, Marked, Scene};
use crate::import::report::Warning;
use domain::Rejections;
use domain::clients::{self, Client, ClientDraft, ClientPatch, Stage};
use domain::fold::known_by;
use domain::ids::{BranchId, ClientId, ProductId, RepId};
use domain::people::{Branch, Rep};
use domain::sales::Product;
use intake::sales::Names;
use std::collections::HashMap;

/// A client as a file may name it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) id: ClientId,
    pub(crate) name: String,
    pub(crate) source: Option<String>,
    pub(crate) external_id: Option<String>,
}

/// What is added with the lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Added {
    pub(super) branches: Vec<Branch>,
    pub(super) reps: Vec<Rep>,
    pub(super) products: Vec<Product>,
    pub(super) clients: Vec<Marked<Client>>,
}

/// What a row's names stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Resolved {
    pub(super) branch: Option<BranchId>,
    pub(super) rep: Option<RepId>,
    pub(super) client: Option<ClientId>,
    pub(super) product: Option<ProductId>,
}

#[derive(Clone, Copy, Debug)]
enum Found {
    One(ClientId),
    Several,
}

/// Everything rows may name.
pub(super) struct Resolver {
    scene: Scene,
    ids: Ids,
    branches: HashMap<String, BranchId>,
    reps: HashMap<String, (RepId, Option<BranchId>)>,
    /// By [`Product::key`].
    products: HashMap<String, Kept>,
    says_branch: bool,
    by_key: HashMap<String, Found>,
    by_name: HashMap<String, Found>,
    pub(super) added: Added,
    pub(super) other_line: OtherLine,
}

/// A product with what is known of where it stands.
struct Kept {
    id: ProductId,
    product_line: Option<String>,
    item_group: Option<String>,
}

impl From<&Product> for Kept {
    fn from(product: &Product) -> Self {
        Self { id: product.id, product_line: product.product_line.clone(), item_group: product.item_group.clone() }
    }
}

impl Resolver {
    pub(super) fn new(scene: Scene, clients: Vec<Named>, products: &[Product]) -> Self {
        let company = scene.company.clone();
        let (mut by_key, mut by_name) = (HashMap::new(), HashMap::new());
        let source = scene.bound.client_source.as_str();
        // an id of the file's own source comes before the same id elsewhere
        let (own, other): (Vec<_>, Vec<_>) = clients.into_iter().partition(|c| c.source.as_deref() == Some(source));
        for client in &own {
            if let Some(key) = &client.external_id {
                by_key.insert(key.clone(), Found::One(client.id));
            }
        }
        let mut elsewhere: HashMap<String, Found> = HashMap::new();
        for client in &other {
            if let Some(key) = &client.external_id {
                note(&mut elsewhere, key.clone(), client.id);
            }
        }
        for client in own.iter().chain(&other) {
            note(&mut by_name, known_by(&client.name), client.id);
        }
        for (key, found) in elsewhere {
            by_key.entry(key).or_insert(found);
        }
        Self {
            ids: Ids::new(scene.at),
            branches: company.branches.iter().map(|b| (known_by(&b.name), b.id)).collect(),
            reps: company.reps.iter().map(|r| (known_by(&r.name), (r.id, r.branch))).collect(),
            products: products.iter().map(|product| (product.key(), product.into())).collect(),
            says_branch: scene.bound.field("branch").is_some(),
            by_key,
            by_name,
            scene,
            added: Added::default(),
            other_line: OtherLine::default(),
        }
    }

    /// Finds what a row names, adding what is new.
    pub(super) fn resolve(&mut self, names: &Names, line: u64) -> Result<Resolved, Rejections> {
        let branch = (!names.branch.is_empty()).then(|| self.branch(&names.branch));
        let rep = (!names.salesperson.is_empty()).then(|| self.rep(&names.salesperson, branch));
        let product = self.product(names, line);
        let of_rep = branch.or(rep.and_then(|r| r.1));
        let client = self.client(names, rep, of_rep, line)?;
        // where rows say their branch, one that does not has none: what is known of the rep by then would depend on the rows before it
        let branch = if self.says_branch { branch } else { of_rep };
        Ok(Resolved { branch, rep: rep.map(|r| r.0), client, product })
    }

    fn branch(&mut self, name: &str) -> BranchId {
        *self.branches.entry(known_by(name)).or_insert_with(|| {
            let id = BranchId(self.ids.next());
            self.added.branches.push(Branch { id, name: name.to_owned() });
            id
        })
    }

    fn rep(&mut self, name: &str, branch: Option<BranchId>) -> (RepId, Option<BranchId>) {
        *self.reps.entry(known_by(name)).or_insert_with(|| {
            let id = RepId(self.ids.next());
            self.added.reps.push(Rep { id, name: name.to_owned(), branch });
            (id, branch)
        })
    }

    /// The product of a row; where it says none, what stands for its line and group.
    fn product(&mut self, names: &Names, line: u64) -> Option<ProductId> {
        let (product_line, item_group) = (names.product_line.as_str(), names.item_group.as_str());
        let code = if names.product.is_empty() { &names.product_name } else { &names.product };
        if code.is_empty() && product_line.is_empty() && item_group.is_empty() {
            return None;
        }
        let kept = self.products.entry(Product::key_of(code, product_line, item_group)).or_insert_with(|| {
            let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let product = Product {
                id: ProductId(self.ids.next()),
                code: code.clone(),
                name: filled(&names.product_name).unwrap_or_else(|| code.clone()),
                item_group: filled(item_group),
                product_line: filled(product_line),
                list_price: None,
            };
            let kept = Kept::from(&product);
            self.added.products.push(product);
            kept
        });
        let other = |said: &str, kept: &Option<String>| !said.is_empty() && kept.as_deref() != Some(said);
        if other(product_line, &kept.product_line) || other(item_group, &kept.item_group) {
            self.other_line.note(line);
        }
        Some(kept.id)
    }

    fn client(
        &mut self,
        names: &Names,
        rep: Option<(RepId, Option<BranchId>)>,
        branch: Option<BranchId>,
        line: u64,
    ) -> Result<Option<ClientId>, Rejections> {
        let (key, name) = (&names.customer, &names.customer_name);
        if key.is_empty() && name.is_empty() {
            return Ok(None);
        }
        let of_key = (!key.is_empty()).then(|| self.by_key.get(key)).flatten();
        let found = of_key.or_else(|| self.by_name.get(&known_by(if key.is_empty() { name } else { key })));
        match found {
            Some(Found::One(id)) => return Ok(Some(*id)),
            Some(Found::Several) => {
                let words = "Several clients are called this: give their id, or correct the name.";
                return Err(Rejections::one(if key.is_empty() { "customerName" } else { "customer" }, "ambiguous", words));
            }
            None => {}
        }
        let id = ClientId(self.ids.next());
        let called = if name.is_empty() { key } else { name };
        let draft = ClientDraft {
            id,
            stage: Stage::Client,
            source: (!key.is_empty()).then(|| self.scene.bound.client_source.clone()),
            external_id: Some(key.clone()).filter(|k| !k.is_empty()),
            fields: ClientPatch { name: Some(called.clone()), ..ClientPatch::default() },
        };
        let mut record = clients::create(draft, self.scene.context())?;
        record.rep_id = rep.map(|r| r.0);
        record.branch_id = branch;
        if !key.is_empty() {
            self.by_key.insert(key.clone(), Found::One(id));
        }
        if key.is_empty() || name.is_empty() {
            self.by_name.insert(known_by(called), Found::One(id));
        }
        self.added.clients.push(Marked { record, line, print: 0, was_there: false });
        Ok(Some(id))
    }
}

fn note(map: &mut HashMap<String, Found>, key: String, id: ClientId) {
    map.entry(key).and_modify(|found| *found = Found::Several).or_insert(Found::One(id));
}

/// Lines of a report that are named at most.
const TOLD: usize = 5;

/// Rows that say another product line or item group than their product has.
#[derive(Debug, Default)]
pub(super) struct OtherLine {
    rows: u64,
    lines: Vec<u64>,
}

impl OtherLine {
    fn note(&mut self, line: u64) {
        self.rows += 1;
        if self.lines.len() < TOLD {
            self.lines.push(line);
        }
    }

    pub(super) fn warning(&self) -> Option<Warning> {
        let message = "with a product line or item group other than their product's, whose code may be spelled otherwise (P1, p1): what is known of the \
             product counts, and an import of products changes it";
        let warning = || Warning { code: "other_line".to_owned(), message: message.to_owned(), rows: self.rows, lines: self.lines.clone() };
        (self.rows > 0).then(warning)
    }
}
