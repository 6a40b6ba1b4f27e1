//! One transaction: what it read of the clock, what it has written, and what it will append to journal and receipts before it commits.

use super::Conn;
use crate::Error;
use crate::company::{self, Cache};
use crate::journal::{self, EventRow};
use crate::sync::receipts::{self, ReceiptRow};
use crate::visits::batch::{Batch, Log};
use domain::company::Company;
use domain::ids::EntryId;
use domain::{Day, Instant};
use std::collections::HashMap;
use std::sync::Arc;

/// A receipt written earlier, or in this transaction.
pub(crate) type StoredReceipt = ReceiptRow;

/// A transaction that holds the clock. Everything it writes carries its version.
pub(crate) struct Tx {
    conn: Conn,
    cache: Arc<Cache>,
    as_of: Option<Day>,
    version: i64,
    settings: i64,
    company: Option<Arc<Company>>,
    machine: Instant,
    writes: u64,
    events: Vec<EventRow>,
    receipts: Vec<ReceiptRow>,
    known: HashMap<EntryId, StoredReceipt>,
    batch: Batch,
}

impl Tx {
    /// On a connection whose transaction has begun, or will before [`Tx::open`].
    pub(super) fn new(conn: Conn, cache: Arc<Cache>, as_of: Option<Day>) -> Self {
        Self {
            conn,
            cache,
            as_of,
            version: 0,
            settings: 0,
            company: None,
            machine: Instant(0),
            writes: 0,
            events: Vec::new(),
            receipts: Vec::new(),
            known: HashMap::new(),
            batch: Batch::default(),
        }
    }

    /// Takes the clock's lock and the next version, the settings that hold now, the receipts of what is about to be tried, and what its visits need.
    pub(super) async fn open(&mut self, entries: &[EntryId], logs: &[Log]) -> Result<(), Error> {
        self.events.clear();
        self.receipts.clear();
        self.known.clear();
        self.batch = Batch::default();
        self.writes = 0;
        (self.version, self.settings) = company::sql::tick(&mut self.conn).await?;
        self.machine = crate::machine_now();
        self.company = Some(self.cache.at(&mut self.conn, self.settings, self.as_of).await?);
        if !entries.is_empty() {
            let found = receipts::of_entries(&mut self.conn, entries).await?;
            self.known.extend(found.into_iter().map(|r| (EntryId(r.entry_id), r)));
        }
        if logs.is_empty() { Ok(()) } else { self.batch.load(&mut self.conn, logs).await }
    }

    /// Writes what was collected; nothing may follow but the commit.
    pub(super) async fn flush(&mut self) -> Result<(), Error> {
        self.settle().await?;
        let events = std::mem::take(&mut self.events);
        journal::append_rows(&mut self.conn, &events).await?;
        let receipts = std::mem::take(&mut self.receipts);
        receipts::insert(&mut self.conn, &receipts).await
    }

    /// After the commit: settings read from now on are at least these.
    pub(super) fn committed(&self) {
        self.on_commit()();
    }

    /// [`Tx::committed`] for when the transaction is given away to be committed.
    pub(super) fn on_commit(&self) -> impl FnOnce() + Send + use<> {
        let (cache, settings) = (Arc::clone(&self.cache), self.settings);
        move || cache.seen(settings)
    }

    pub(super) fn into_conn(self) -> Conn {
        self.conn
    }

    pub(super) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// For statements that read.
    pub(crate) fn read(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// For statements that write.
    pub(crate) fn write(&mut self) -> &mut Conn {
        self.writes += 1;
        &mut self.conn
    }

    /// What is logged in this transaction and not written yet.
    pub(crate) fn batch(&mut self) -> &mut Batch {
        &mut self.batch
    }

    /// Writes what was logged: before anything else reads or writes.
    pub(crate) async fn settle(&mut self) -> Result<(), Error> {
        self.batch.write(&mut self.conn).await
    }

    /// How much was written so far; nothing, when it equals an earlier answer.
    pub(crate) fn writes(&self) -> u64 {
        self.writes
    }

    /// The version of every row this transaction writes.
    pub(crate) fn version(&self) -> i64 {
        self.version
    }

    /// Settings as they hold in this transaction.
    pub(crate) fn company(&self) -> Result<Arc<Company>, Error> {
        self.company.clone().ok_or_else(|| Error::internal("a transaction was used before it was opened"))
    }

    /// The instant the app works with.
    pub(crate) fn now(&self) -> Instant {
        self.company.as_ref().map_or(self.machine, |c| c.now(self.machine))
    }

    /// The machine's clock.
    pub(crate) fn machine(&self) -> Instant {
        self.machine
    }

    /// The receipt of an entry that was tried before.
    pub(crate) fn known(&self, entry: EntryId) -> Option<&StoredReceipt> {
        self.known.get(&entry)
    }

    /// Appends to the journal.
    pub(crate) fn journal(&mut self, event: EventRow) {
        self.writes += 1;
        self.events.push(event);
    }

    /// Keeps what became of an entry.
    pub(crate) fn receipt(&mut self, receipt: ReceiptRow) {
        self.writes += 1;
        self.known.insert(EntryId(receipt.entry_id), receipt.clone());
        self.receipts.push(receipt);
    }

    /// Settings were changed in this transaction: every cache of them follows.
    pub(crate) async fn settings_changed(&mut self) -> Result<(), Error> {
        company::sql::mark_settings(self.write()).await?;
        self.settings = self.version;
        self.company = Some(self.cache.load(&mut self.conn, self.as_of).await?);
        Ok(())
    }
}
