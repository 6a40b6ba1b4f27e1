//! Running a use case's transaction so that nobody who hangs up can cancel it: in the writer's queue on SQLite, in a task of its own on PostgreSQL.

use super::{Conn, Db, Member, Tx};
use crate::config::Config;
use crate::{Backend, Error};
use domain::ids::EntryId;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::Poll;
use tokio::sync::oneshot;

/// What a use case does inside its transaction.
pub(crate) type Act<'t, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 't>>;

struct Write<T, F> {
    entries: Vec<EntryId>,
    act: F,
    outcome: Result<T, Error>,
    reply: oneshot::Sender<Result<T, Error>>,
}

impl<T, F> Member for Write<T, F>
where
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Act<'t, T> + Send + 'static,
{
    fn entries(&self) -> &[EntryId] {
        &self.entries
    }

    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 't>> {
        Box::pin(async move {
            let before = tx.writes();
            self.outcome = unless_it_panics((self.act)(tx)).await;
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
    /// Runs `act` in one transaction, which commits when it is `Ok`. It may be run again after a rollback, and it runs on when the caller hangs up.
    pub(crate) async fn write<T, F>(&self, entries: Vec<EntryId>, act: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Act<'t, T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let outcome = Err(Error::Internal("a write was not run".into()));
        let member: Box<dyn Member> = Box::new(Write { entries, act, outcome, reply });
        match self.db() {
            Db::Sqlite { queue, .. } => queue.join(member).await?,
            Db::Postgres(_) => drop(tokio::spawn(on_postgres(self.clone(), member))),
        }
        answer.await.map_err(|_| Error::Unavailable("the write was interrupted".into()))?
    }
}

async fn on_postgres(backend: Backend, mut member: Box<dyn Member>) {
    let Db::Postgres(pool) = backend.db() else { return };
    let opened = async {
        let conn = Conn::PostgresWrite(pool.begin().await?);
        let mut tx = Tx::new(conn, backend.cache().clone(), backend.config().as_of);
        tx.open(entries_to_know(backend.config(), member.entries())).await?;
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
