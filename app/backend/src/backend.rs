//! The open backend: what every use case is given first.

use crate::company::Cache;
use crate::config::Config;
use crate::db::{Conn, Db, migrations};
use crate::diagnostics::Counted;
use crate::import::runs::Runs;
use crate::kpis::Held;
use crate::live::Live;
use crate::{Error, company};
use domain::Instant;
use domain::company::Company;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;
use tokio::sync::{Mutex, Semaphore};
use uuid::Uuid;

/// The database, the settings last read, and what bounds expensive work. Cheap to clone.
#[derive(Clone)]
pub struct Backend(Arc<Inner>);

struct Inner {
    config: Config,
    db: Db,
    cache: Arc<Cache>,
    hashing: Semaphore,
    runs: Runs,
    cube: Held,
    live: Live,
    imports: Counted,
    /// Held by whoever takes an import back: one at a time.
    withdrawing: Mutex<()>,
    /// The last write could not be made; the log has said so.
    in_trouble: AtomicBool,
}

/// Passwords hashed at the same time: each takes 19 MB.
const HASHING_MAX: usize = 2;

impl Backend {
    /// Connects. With `config.exclusive` a SQLite file is taken for this process alone; without `config.migrate` the tables must be up to date.
    ///
    /// # Errors
    /// `Configuration` with what to do, `Unavailable` when the database does not answer.
    pub async fn open(config: Config) -> Result<Self, Error> {
        let cache = Arc::new(Cache::default());
        let db = Db::open(&config, &cache).await?;
        let backend = Self(Arc::new(Inner {
            config,
            db,
            cache,
            hashing: Semaphore::new(HASHING_MAX),
            runs: Runs::default(),
            cube: Held::default(),
            live: Live::default(),
            imports: Counted::default(),
            withdrawing: Mutex::default(),
            in_trouble: AtomicBool::new(false),
        }));
        backend.company().await?;
        Ok(backend)
    }

    /// Brings the tables up to date and closes again.
    ///
    /// # Errors
    /// As [`Backend::open`].
    pub async fn migrate(config: &Config) -> Result<(), Error> {
        let backend = Self::open(Config { migrate: true, ..config.clone() }).await?;
        backend.close().await;
        Ok(())
    }

    /// The instant the app works with: the machine's, or the same time of the day it runs as of.
    #[must_use]
    pub fn now(&self) -> Instant {
        let machine = machine_now();
        self.0.cache.last().map_or(machine, |company| company.now(machine))
    }

    /// The settings, at most a quarter of a second behind another process.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn company(&self) -> Result<Arc<Company>, Error> {
        if let Some(current) = self.0.cache.current() {
            return Ok(current);
        }
        let mut conn = self.read().await?;
        let (_, settings) = company::sql::clock(&mut conn).await?;
        self.company_at(&mut conn, settings).await
    }

    /// The settings of a committed version that was just read.
    pub(crate) async fn company_at(&self, conn: &mut Conn, settings: i64) -> Result<Arc<Company>, Error> {
        self.0.cache.seen(settings);
        self.0.cache.at(conn, settings, self.0.config.as_of).await
    }

    /// Whether it can answer: the database is there, its tables are up to date, and when the last write failed, one succeeds now.
    ///
    /// # Errors
    /// What is missing, in words for the operator.
    pub async fn ready(&self) -> Result<(), Error> {
        migrations::check(&mut self.read().await?).await?;
        if !self.0.in_trouble.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.write(Vec::new(), (), |tx, ()| Box::pin(company::sql::touch(tx.write()))).await
    }

    /// Takes note of how a write went; the log says once that writing fails, and once that it works again.
    pub(crate) fn note<T>(&self, written: &Result<T, Error>) {
        let trouble = &self.0.in_trouble;
        match written {
            Err(error @ (Error::Unavailable(_) | Error::Timeout)) if !trouble.swap(true, Ordering::Relaxed) => {
                tracing::error!(%error, "nothing can be written: check the database and the space on its disk");
            }
            Ok(_) if trouble.load(Ordering::Relaxed) => {
                trouble.store(false, Ordering::Relaxed);
                tracing::info!("writing works again");
            }
            _ => {}
        }
    }

    /// Finishes the writes under way and closes.
    pub async fn close(self) {
        self.0.db.close().await;
    }

    /// What it was opened with.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn cache(&self) -> &Arc<Cache> {
        &self.0.cache
    }

    pub(crate) fn runs(&self) -> &Runs {
        &self.0.runs
    }

    pub(crate) fn cube(&self) -> &Held {
        &self.0.cube
    }

    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    pub(crate) fn imports(&self) -> &Counted {
        &self.0.imports
    }

    pub(crate) fn withdrawing(&self) -> &Mutex<()> {
        &self.0.withdrawing
    }

    pub(crate) fn hashing(&self) -> &Semaphore {
        &self.0.hashing
    }

    pub(crate) async fn read(&self) -> Result<Conn, Error> {
        self.0.db.read().await
    }
}

/// The machine's clock.
pub(crate) fn machine_now() -> Instant {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A new identity.
pub(crate) fn new_id() -> Uuid {
    domain::ids::v7(machine_now(), random())
}
