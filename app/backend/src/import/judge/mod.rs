//! Judging rows: each becomes a record the domain's rule has passed, a rejection, or a duplicate. Runs beside the writing, knows no database.

mod amounts;
pub mod budgets;
pub mod clients;
pub mod contacts;
pub(super) mod elsewhere;
pub mod named;
pub mod newcomers;
pub mod opportunities;
mod places;
pub mod prints;
pub mod products;
pub mod reps;
pub mod visits;

use super::aside::{Room, no_room};
use super::index::Index;
use super::report::Repeat;
use super::tally::Counter;
use budgets::BudgetJudge;
use clients::ClientJudge;
use contacts::ContactJudge;
use domain::clients::Client;
use domain::company::Company;
use domain::contacts::Contact;
use domain::opportunities::{Opportunity, Pipeline};
use domain::people::{Caller, Rep, Role};
use domain::sales::Product;
use domain::visits::Visit;
use domain::{Day, Instant, Rejections, ids};
use intake::mapping::Bound;
use intake::{Opened, Row, with_nul};
use newcomers::Newcomers;
use opportunities::OpportunityJudge;
use products::ProductJudge;
use reps::RepJudge;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::mpsc;
use visits::VisitJudge;

/// Rows handed over together.
const CHUNK: usize = 512;

/// A record with the row it comes from.
#[derive(Clone, Debug)]
pub struct Marked<T> {
    /// The record.
    pub record: T,
    /// Where its row begins.
    pub line: u64,
    /// Fingerprint of what the row says.
    pub print: i64,
    /// Whether the record stood there before.
    pub was_there: bool,
}

impl<T> Marked<T> {
    /// A new record that came with others, with no row of its own.
    pub fn added(record: T) -> Self {
        Self { record, line: 0, print: 0, was_there: false }
    }
}

/// Records to write, those they hang on first.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Branches and reps that are new.
    pub newcomers: Newcomers,
    /// Clients and prospects.
    pub clients: Vec<Marked<Client>>,
    /// Further ids of clients in the file's source.
    pub keys: Vec<(ids::ClientId, String)>,
    /// Visits, each with its client's owner and branch.
    pub visits: Vec<Marked<OwnedVisit>>,
    /// Contacts, each with its client's owner and branch.
    pub contacts: Vec<Marked<OwnedContact>>,
    /// Products.
    pub products: Vec<Marked<Product>>,
    /// Reps that a file lists.
    pub reps: Vec<Marked<Rep>>,
    /// Budgets.
    pub budgets: Vec<Marked<MonthBudget>>,
    /// The pipeline of opportunities, with the first of them.
    pub pipeline: Option<Marked<Pipeline>>,
    /// Opportunities.
    pub opportunities: Vec<Marked<Opportunity>>,
}

impl Chunk {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records() == 0 && self.newcomers.is_empty() && self.pipeline.is_none()
    }

    /// Records in it, those they hang on not counted.
    #[must_use]
    pub fn records(&self) -> usize {
        let records = self.clients.len() + self.visits.len() + self.contacts.len() + self.products.len() + self.reps.len();
        records + self.budgets.len() + self.opportunities.len()
    }
}

/// A contact and where its client belongs.
#[derive(Clone, Debug)]
pub struct OwnedContact {
    /// The contact.
    pub contact: Contact,
    /// The client's owner.
    pub owner: Option<ids::RepId>,
    /// The client's branch.
    pub branch: Option<ids::BranchId>,
}

/// What a rep is to sell in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthBudget {
    /// Whose.
    pub rep: ids::RepId,
    /// The month's first day.
    pub month: Day,
    /// Minor units.
    pub minor: i64,
}

/// A visit and where its client belongs.
#[derive(Clone, Debug)]
pub struct OwnedVisit {
    /// The visit.
    pub visit: Visit,
    /// The client's owner.
    pub owner: Option<ids::RepId>,
    /// The client's branch.
    pub branch: Option<ids::BranchId>,
}

/// What a judge must know beside the row.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The mapping, bound to the file's columns.
    pub bound: Arc<Bound>,
    /// Settings.
    pub company: Arc<Company>,
    /// On whose behalf.
    pub caller: Caller,
    /// When.
    pub at: Instant,
    /// Where what is known is put aside while the file is read.
    pub(super) room: Room,
}

impl Scene {
    /// What the domain's rules are given.
    #[must_use]
    pub fn context(&self) -> domain::clients::Context<'_> {
        domain::clients::Context { company: &self.company, caller: &self.caller, at: self.at, offset_ms: 0, recorded: false }
    }
}

/// The caller of what a file brings: no user, but a name for “changed by”.
#[must_use]
pub fn importer(source: &str) -> Caller {
    Caller {
        user: ids::UserId(uuid::Uuid::nil()),
        name: format!("Import {source}"),
        email: String::new(),
        role: Role::Admin,
        rep: None,
        branch: None,
    }
}

/// Judges one kind of rows.
pub enum Judge {
    /// Clients or prospects.
    Clients(Box<ClientJudge>),
    /// Visits.
    Visits(Box<VisitJudge>),
    /// Contacts.
    Contacts(Box<ContactJudge>),
    /// Products.
    Products(Box<ProductJudge>),
    /// Reps.
    Reps(Box<RepJudge>),
    /// Budgets.
    Budgets(Box<BudgetJudge>),
    /// Opportunities.
    Opportunities(Box<OpportunityJudge>),
}

/// Reads the file and judges every row, handing chunks of records over as they fill.
///
/// # Errors
/// A file that cannot be read to its end, a file of rejects that cannot be written. A row that is wrong is counted, not an error.
pub(super) fn read(opened: &Opened, mut judge: Judge, mut counter: Counter, out: &mpsc::Sender<Chunk>) -> Result<Counter, Rejections> {
    if let Judge::Clients(judge) = &mut judge {
        judge.look_ahead(opened)?;
    }
    let mut rows = opened.rows()?;
    let mut row = Row::new();
    let mut chunk = Chunk::default();
    while rows.next(&mut row)? {
        counter.row();
        let line = row.line();
        if let Some(reject) = rows.unfit(&row) {
            counter.reject(vec![reject])?;
            continue;
        }
        if let Some(reject) = with_nul(line, &row) {
            counter.reject(vec![reject])?;
            continue;
        }
        match &mut judge {
            Judge::Clients(judge) => judge.judge(line, &row, &mut counter, &mut chunk)?,
            Judge::Visits(judge) => judge.judge(line, &row, &mut counter, &mut chunk)?,
            Judge::Contacts(judge) => judge.judge(line, &row, &mut counter, &mut chunk)?,
            Judge::Products(judge) => judge.judge(line, &row, &mut counter, &mut chunk)?,
            Judge::Reps(judge) => judge.judge(line, &row, &mut counter, &mut chunk)?,
            Judge::Budgets(judge) => judge.judge(line, &row, &mut counter)?,
            Judge::Opportunities(judge) => judge.judge(line, &row, &mut counter, &mut chunk)?,
        }
        if chunk.records() >= CHUNK && out.blocking_send(std::mem::take(&mut chunk)).is_err() {
            break;
        }
    }
    if let Judge::Budgets(judge) = judge {
        judge.finish(&mut counter, &mut chunk);
    }
    // Whoever wrote has given up when nobody takes the last chunk; that failure is the one to report.
    let _ = out.blocking_send(chunk);
    Ok(counter)
}

/// Ids met so far in the file, with the line each was first met on and a fingerprint of that row.
struct Met(Index);

impl Met {
    fn new(scene: &Scene) -> Self {
        Self(Index::new(&scene.room))
    }

    /// The repeat this row is, if its id was met before.
    fn repeat(&mut self, key: &str, line: u64, row: &csv::StringRecord) -> Result<Option<Repeat>, Rejections> {
        let of_row = prints::of_row(row) & u128::from(u64::MAX);
        let Some(first) = self.0.get(key).map_err(|e| no_room(&e))? else {
            self.0.put(key, u128::from(line) << 64 | of_row).map_err(|e| no_room(&e))?;
            return Ok(None);
        };
        let first_line = u64::try_from(first >> 64).unwrap_or_default();
        Ok(Some(Repeat { line, first_line, key: key.to_owned(), identical: first & u128::from(u64::MAX) == of_row }))
    }
}

/// New ids in rising order, so that indexes grow at their end.
#[derive(Debug)]
pub(super) struct Ids {
    at: Instant,
    bytes: [u8; 10],
    count: u32,
}

impl Ids {
    pub(super) fn new(at: Instant) -> Self {
        Self { at, bytes: crate::random(), count: 0 }
    }

    pub(super) fn next(&mut self) -> uuid::Uuid {
        self.bytes[6..].copy_from_slice(&self.count.to_be_bytes());
        self.count += 1;
        ids::v7(self.at, self.bytes)
    }
}
