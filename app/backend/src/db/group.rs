//! SQLite's writer: callers queue, it takes all that wait, runs them in one transaction, syncs the disk once and answers after the commit.
//!
//! When one of a group fails in the database, the group is rolled back and each is run alone, so that nobody pays for another's failure.

use super::write::entries_to_know;
use super::{Conn, Tx, connect, dialect};
use crate::Error;
use crate::company::Cache;
use crate::config::Config;
use crate::visits::batch::Log;
use domain::ids::EntryId;
use sqlx::sqlite::SqliteConnectOptions;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

/// What a write will look at: a group's is read with one statement each.
#[derive(Default)]
pub(crate) struct Needs {
    /// Entries whose receipts it looks for.
    pub(crate) entries: Vec<EntryId>,
    /// The visit it logs, when it does nothing else.
    pub(crate) log: Option<Log>,
}

/// One write that waits for its turn. It can be run again after a rollback.
pub(crate) trait Member: Send {
    /// What it must know before it runs.
    fn needs(&self) -> &Needs;
    /// Runs it and keeps its outcome; `false` when the transaction must not be committed with it.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 't>>;
    /// Answers the caller with the outcome, or with the failure of the commit.
    fn reply(self: Box<Self>, committed: Result<(), Error>);
}

const WAITING_MAX: usize = 1_024;
const GROUP_MAX: usize = 64;

/// Where callers queue.
pub(crate) struct Queue {
    send: Mutex<Option<mpsc::Sender<Box<dyn Member>>>>,
    sender: mpsc::WeakSender<Box<dyn Member>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Queue {
    pub(super) fn start(conn: Conn, options: SqliteConnectOptions, cache: Arc<Cache>, config: Config) -> Self {
        let (send, receive) = mpsc::channel(WAITING_MAX);
        let tx = Tx::new(conn, cache, config.as_of);
        let writer = tokio::spawn(Writer { tx, options, config }.work(receive));
        Self { sender: send.downgrade(), send: Mutex::new(Some(send)), writer: Mutex::new(Some(writer)) }
    }

    /// Waits for a place in the queue; from then on the write happens, whoever hangs up.
    pub(crate) async fn join(&self, member: Box<dyn Member>) -> Result<(), Error> {
        let closing = || Error::Unavailable("the server is stopping".into());
        let sender = self.sender.upgrade().ok_or_else(closing)?;
        sender.send(member).await.map_err(|_| closing())
    }

    /// Takes no more, finishes what waits.
    pub(super) async fn close(&self) {
        self.send.lock().await.take();
        if let Some(writer) = self.writer.lock().await.take()
            && let Err(error) = writer.await
        {
            tracing::error!(%error, "the writer did not end well");
        }
    }
}

struct Writer {
    tx: Tx,
    options: SqliteConnectOptions,
    config: Config,
}

impl Writer {
    async fn work(mut self, mut waiting: mpsc::Receiver<Box<dyn Member>>) {
        let mut group = Vec::with_capacity(GROUP_MAX);
        while waiting.recv_many(&mut group, GROUP_MAX).await > 0 {
            if let Some(group) = self.together(std::mem::take(&mut group)).await {
                for member in group {
                    self.alone(member).await;
                }
            }
        }
        if let Conn::SqliteWrite(conn) = self.tx.into_conn() {
            let _ = sqlx::Connection::close(*conn).await;
        }
    }

    /// Runs a group in one transaction; gives it back when it has to be run one by one.
    async fn together(&mut self, mut group: Vec<Box<dyn Member>>) -> Option<Vec<Box<dyn Member>>> {
        let entries: Vec<EntryId> = group.iter().flat_map(|m| m.needs().entries.iter().copied()).collect();
        let logs: Vec<Log> = group.iter().filter_map(|m| m.needs().log).collect();
        if let Err(error) = self.begin(&entries, &logs).await {
            self.recover().await;
            answer(group, &Err(error));
            return None;
        }
        for member in &mut group {
            if !member.run(&mut self.tx).await {
                self.rollback().await;
                return Some(group);
            }
        }
        if self.tx.settle().await.is_err() {
            self.rollback().await;
            return Some(group);
        }
        self.finish(group).await;
        None
    }

    async fn alone(&mut self, mut member: Box<dyn Member>) {
        let (entries, logs) = (member.needs().entries.clone(), Vec::from_iter(member.needs().log));
        if let Err(error) = self.begin(&entries, &logs).await {
            self.recover().await;
            member.reply(Err(error));
            return;
        }
        if member.run(&mut self.tx).await {
            self.finish(vec![member]).await;
        } else {
            self.rollback().await;
            member.reply(Ok(()));
        }
    }

    async fn finish(&mut self, group: Vec<Box<dyn Member>>) {
        if self.tx.writes() == 0 {
            self.rollback().await;
            return answer(group, &Ok(()));
        }
        #[cfg(debug_assertions)]
        let group = self.answer_too_early(group).await;
        let done = match self.tx.flush().await {
            Ok(()) => execute!(self.tx.conn(), "commit").map(|_| ()),
            failed => failed,
        };
        match &done {
            Ok(()) => self.tx.committed(),
            Err(error) => {
                tracing::warn!(%error, members = group.len(), "a group was not committed");
                self.rollback().await;
            }
        }
        answer(group, &done);
    }

    async fn begin(&mut self, entries: &[EntryId], logs: &[Log]) -> Result<(), Error> {
        self.lock().await?;
        self.tx.open(entries_to_know(&self.config, entries), logs).await
    }

    /// Takes the lock of writing. An import beside the server holds it for a chunk, lets go for a moment and takes it again: waiting as SQLite does, longer
    /// from try to try, would miss the moment again and again.
    async fn lock(&mut self) -> Result<(), Error> {
        let Conn::SqliteWrite(conn) = self.tx.conn() else { return Ok(()) };
        let until = std::time::Instant::now() + connect::BUSY;
        loop {
            match sqlx::query("begin immediate").execute(&mut **conn).await {
                Err(error) if dialect::is_held(&error) && std::time::Instant::now() < until => {}
                taken => return Ok(taken.map(drop)?),
            }
        }
    }

    async fn rollback(&mut self) {
        if execute!(self.tx.conn(), "rollback").is_err() {
            self.recover().await;
        }
    }

    /// A connection in an unknown state is replaced: what it began is then rolled back.
    async fn recover(&mut self) {
        match connect::reopen(&self.options).await {
            Ok(conn) => *self.tx.conn() = conn,
            Err(error) => tracing::error!(%error, "the database cannot be opened again"),
        }
    }

    /// The built-in fault: answers first, commits a little later.
    #[cfg(debug_assertions)]
    async fn answer_too_early(&self, group: Vec<Box<dyn Member>>) -> Vec<Box<dyn Member>> {
        if !self.config.has(crate::config::Fault::AckBeforeCommit) {
            return group;
        }
        answer(group, &Ok(()));
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        Vec::new()
    }
}

fn answer(group: Vec<Box<dyn Member>>, outcome: &Result<(), Error>) {
    for member in group {
        member.reply(outcome.as_ref().copied().map_err(Error::for_another));
    }
}
