//! Running a use case's transaction so that nobody who hangs up can cancel it: in the writer's queue on SQLite, in a task of its own on PostgreSQL.

use super::{Conn, Db, Member, Needs, Tx};
use crate::config::Config;
use crate::{Backend, Error};
use domain::ids::EntryId;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::Poll;
use tokio::sync::oneshot;

/// What a use case does inside its transaction.
pub(crate) type Act<'t, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 't>>;

struct Write<D, T, F> {
    needs: Needs,
    asked: D,
    act: F,
    outcome: Result<T, Error>,
    reply: oneshot::Sender<Result<T, Error>>,
}

impl<D, T, F> Member for Write<D, T, F>
where
    D: Send + Sync + 'static,
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx, &'t D) -> Act<'t, T> + Send + 'static,
{
    fn needs(&self) -> &Needs {
        &self.needs
    }

    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 't>> {
        Box::pin(async move {
            let before = tx.writes();
            let settled = if self.needs.log.is_none() { tx.settle().await } else { Ok(()) };
            self.outcome = match settled {
                Ok(()) => unless_it_panics((self.act)(tx, &self.asked)).await,
                Err(error) => Err(error),
            };
            match &self.outcome {
                Ok(_) => true,
                Err(error) => error.is_permanent() && tx.writes() == before,
            }
        })
    }

    fn reply(self: Box<Self>, committed: Result<(), Error>) {
        // Nobody listens any more when the caller hung up: the write stands all the same.
        let _ = self.reply.send(committed.and(self.outcome));
    }
}

impl Backend {
    /// Runs `act` on what was asked in one transaction, which commits when it is `Ok`. It may be run again after a rollback, and it runs on when the
    /// caller hangs up. `entries` are those whose receipts it will look for.
    pub(crate) async fn write<D, T, F>(&self, entries: Vec<EntryId>, asked: D, act: F) -> Result<T, Error>
    where
        D: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t D) -> Act<'t, T> + Send + 'static,
    {
        self.write_knowing(Needs { entries, log: None }, asked, act).await
    }

    /// As [`Backend::write`], with all that is known of what it will look at. One that logs a visit and finds it cannot be logged in the batch settles first.
    pub(crate) async fn write_knowing<D, T, F>(&self, needs: Needs, asked: D, act: F) -> Result<T, Error>
    where
        D: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t D) -> Act<'t, T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let outcome = Err(Error::Internal("a write was not run".into()));
        let member: Box<dyn Member> = Box::new(Write { needs, asked, act, outcome, reply });
        match self.db() {
            Db::Sqlite { queue, .. } => queue.join(member).await?,
            Db::Postgres(_) => drop(tokio::spawn(on_postgres(self.clone(), member))),
        }
        let written = answer.await.unwrap_or_else(|_| Err(Error::Unavailable("the write was interrupted".into())));
        self.note(&written);
        written
    }
}

async fn on_postgres(backend: Backend, mut member: Box<dyn Member>) {
    let Db::Postgres(pool) = backend.db() else { return };
    let (entries, logs) = (member.needs().entries.clone(), Vec::from_iter(member.needs().log));
    let opened = async {
        let conn = Conn::PostgresWrite(pool.begin().await?);
        let mut tx = Tx::new(conn, backend.cache().clone(), backend.config().as_of);
        tx.open(entries_to_know(backend.config(), &entries), &logs).await?;
        Ok(tx)
    };
    let mut tx = match opened.await {
        Ok(tx) => tx,
        Err(error) => return member.reply(Err(error)),
    };
    if !member.run(&mut tx).await || tx.writes() == 0 {
        drop(tx);
        return member.reply(Ok(()));
    }
    #[cfg(debug_assertions)]
    if backend.config().has(crate::config::Fault::AckBeforeCommit) {
        member.reply(Ok(()));
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let _ = commit(tx).await;
        return;
    }
    let done = commit(tx).await;
    member.reply(done);
}

async fn commit(mut tx: Tx) -> Result<(), Error> {
    tx.flush().await?;
    let cache = tx.on_commit();
    let Conn::PostgresWrite(transaction) = tx.into_conn() else { return Err(Error::internal("not a transaction")) };
    transaction.commit().await?;
    cache();
    Ok(())
}

/// All of them, unless the fault is built in that forgets what was sent before.
#[cfg(debug_assertions)]
pub(super) fn entries_to_know<'e>(config: &Config, entries: &'e [EntryId]) -> &'e [EntryId] {
    if config.has(crate::config::Fault::NoIdempotency) { &[] } else { entries }
}

/// All of them.
#[cfg(not(debug_assertions))]
pub(super) fn entries_to_know<'e>(_: &Config, entries: &'e [EntryId]) -> &'e [EntryId] {
    entries
}

/// A panic in one use case must not end the writer for all.
async fn unless_it_panics<T>(mut act: Act<'_, T>) -> Result<T, Error> {
    std::future::poll_fn(|cx| match std::panic::catch_unwind(AssertUnwindSafe(|| act.as_mut().poll(cx))) {
        Ok(poll) => poll,
        Err(_) => Poll::Ready(Err(Error::Internal("a use case panicked".into()))),
    })
    .await
}
