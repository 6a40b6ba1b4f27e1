//! The company's settings, reps and branches: read once, kept until somebody changes them.

mod change;
pub(crate) mod sql;
mod zones;

pub use change::{change, change_policy, change_settings, may_change, may_preview, preview_policy};
pub use zones::{zone, zones};

use crate::db::{Conn, Tx};
use crate::{Backend, Error};
use domain::Day;
use domain::calendar::Zone;
use domain::company::Company;
use domain::fold::fold;
use domain::ids::{BranchId, RepId};
use domain::lights::Policy;
use domain::money::Currency;
use domain::people::{Branch, Rep};
use domain::targets::Workdays;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Tick};

/// What can be set; reps and branches are added one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// For people.
    pub name: String,
    /// Business days are counted here.
    pub zone: Zone,
    /// Amounts without another currency.
    pub currency: Currency,
    /// Month in which the fiscal year starts, 1–12.
    pub fiscal_start_month: u8,
    /// When visits are due, what they are called.
    pub policy: Policy,
    /// When the company works.
    pub workdays: Workdays,
    /// Demonstration data.
    pub demo: bool,
}

impl Default for Settings {
    /// Nairobi, Kenyan shillings, January.
    fn default() -> Self {
        Self {
            name: "My company".into(),
            zone: Zone::fixed("Africa/Nairobi", 3 * 3600),
            currency: Currency::parse("KES").expect("KES is three capital letters"),
            fiscal_start_month: 1,
            policy: Policy::default(),
            workdays: Workdays::default(),
            demo: false,
        }
    }
}

/// The settings as they stand.
///
/// # Errors
/// When the database fails.
pub async fn settings(backend: &Backend) -> Result<Settings, Error> {
    Ok(sql::settings(&mut backend.read().await?).await?.unwrap_or_default())
}

/// Changes the settings. When the policy changes, every light is worked out anew in the same transaction.
///
/// # Errors
/// `Rejected` when the currency would change under amounts that are there.
pub async fn configure(backend: &Backend, settings: Settings) -> Result<(), Error> {
    backend.write(Vec::new(), settings, |tx, settings| Box::pin(configure_in(tx, settings))).await
}

/// [`configure`] inside a transaction.
pub(crate) async fn configure_in(tx: &mut Tx, settings: &Settings) -> Result<(), Error> {
    let before = sql::settings(tx.read()).await?.unwrap_or_default();
    if before.currency != settings.currency && crate::sales::sql::any_amounts(tx.read()).await? {
        let words = format!("There are amounts in {} already: another currency would change what they mean.", before.currency.code());
        return Err(Error::rejected("currency", "fixed", words));
    }
    sql::save(tx.write(), settings).await?;
    tx.settings_changed().await?;
    if before.policy == settings.policy { Ok(()) } else { crate::import::restamp_all(tx).await }
}

/// Adds a branch.
///
/// # Errors
/// When the database fails.
pub async fn add_branch(backend: &Backend, name: &str) -> Result<Branch, Error> {
    let branch = Branch { id: BranchId(crate::new_id()), name: name.trim().into() };
    backend.write(Vec::new(), branch.clone(), |tx, branch| Box::pin(add_branch_in(tx, branch))).await?;
    Ok(branch)
}

/// [`add_branch`] inside a transaction.
pub(crate) async fn add_branch_in(tx: &mut Tx, branch: &Branch) -> Result<(), Error> {
    let version = tx.version();
    sql::insert_branch(tx.write(), branch, version).await?;
    tx.settings_changed().await
}

/// Adds a rep.
///
/// # Errors
/// When the database fails.
pub async fn add_rep(backend: &Backend, name: &str, branch: Option<BranchId>) -> Result<Rep, Error> {
    let rep = Rep { id: RepId(crate::new_id()), name: name.trim().into(), branch };
    backend.write(Vec::new(), rep.clone(), |tx, rep| Box::pin(add_rep_in(tx, rep))).await?;
    Ok(rep)
}

/// [`add_rep`] inside a transaction.
pub(crate) async fn add_rep_in(tx: &mut Tx, rep: &Rep) -> Result<(), Error> {
    let version = tx.version();
    sql::insert_rep(tx.write(), rep, version).await?;
    tx.settings_changed().await
}

/// A name only this database has, made when it is first asked for.
pub(crate) async fn name_of_database(backend: &Backend) -> Result<String, Error> {
    const NAME: &str = "database";
    if let Some(kept) = sql::secret(&mut backend.read().await?, NAME).await? {
        return Ok(kept);
    }
    let fresh = crate::new_id().simple().to_string();
    backend
        .write(Vec::new(), fresh, |tx, fresh| {
            Box::pin(async move {
                if let Some(kept) = sql::secret(tx.read(), NAME).await? {
                    return Ok(kept);
                }
                sql::insert_secret(tx.write(), NAME, fresh).await?;
                Ok(fresh.clone())
            })
        })
        .await
}

/// How long settings may be behind when another process changed them.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The settings last read, and the newest version of them heard of.
#[derive(Default)]
pub(crate) struct Cache {
    kept: Mutex<Option<(i64, Arc<Company>)>>,
    newest: AtomicI64,
    looked: Mutex<Option<Tick>>,
}

impl Cache {
    /// Somebody saw settings of this version.
    pub(crate) fn seen(&self, settings: i64) {
        self.newest.fetch_max(settings, Ordering::Relaxed);
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Tick::now());
    }

    /// The settings, when they are surely current.
    pub(crate) fn current(&self) -> Option<Arc<Company>> {
        let looked = (*self.looked.lock().unwrap_or_else(PoisonError::into_inner))?;
        let newest = self.newest.load(Ordering::Relaxed);
        (looked.elapsed() < LOOK_AGAIN).then(|| self.kept_at(newest)).flatten()
    }

    /// The settings last read.
    pub(crate) fn last(&self) -> Option<Arc<Company>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map(|k| Arc::clone(&k.1))
    }

    fn kept_at(&self, settings: i64) -> Option<Arc<Company>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|k| k.0 == settings).map(|k| Arc::clone(&k.1))
    }

    /// The settings of a committed version.
    pub(crate) async fn at(&self, conn: &mut Conn, settings: i64, as_of: Option<Day>) -> Result<Arc<Company>, Error> {
        if let Some(kept) = self.kept_at(settings) {
            return Ok(kept);
        }
        let loaded = self.load(conn, as_of).await?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((settings, Arc::clone(&loaded)));
        Ok(loaded)
    }

    /// Reads the settings and keeps nothing: for a transaction that has just changed them.
    pub(crate) async fn load(&self, conn: &mut Conn, as_of: Option<Day>) -> Result<Arc<Company>, Error> {
        let set = sql::settings(conn).await?.unwrap_or_default();
        let mut reps = sql::reps(conn).await?;
        reps.sort_by_cached_key(|r| (fold(&r.name), r.id));
        let mut branches = sql::branches(conn).await?;
        branches.sort_by_cached_key(|b| (fold(&b.name), b.id));
        Ok(Arc::new(Company {
            name: set.name,
            zone: set.zone,
            currency: set.currency,
            fiscal_start_month: set.fiscal_start_month,
            policy: set.policy,
            workdays: set.workdays,
            reps,
            branches,
            demo: set.demo,
            as_of,
        }))
    }
}
