//! The proof that the cube equals the lines: sums by day, branch, rep, product and customer, once from the cube and once from plain SQL.

use super::sql::{self, SumsRow};
use super::{answer_within, held};
use crate::db::Conn;
use crate::{Backend, Error};
use domain::Day;
use domain::cube::{Dimension, Metric, Slice};
use domain::people::{Caller, Role, Scope};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

/// What the proof found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// The version of the data that was compared.
    pub version: i64,
    /// Lines counted.
    pub lines: i64,
    /// Groups compared.
    pub compared: usize,
    /// What differs, in words; nothing, when the cube equals the lines.
    pub differs: Vec<String>,
    /// How long it took, milliseconds.
    pub took_ms: u64,
}

/// Differences told.
const TOLD: usize = 20;
/// What the sums are compared by, one after the other.
pub(super) const STEPS: [Dimension; 5] = [Dimension::Day, Dimension::Branch, Dimension::Rep, Dimension::Product, Dimension::Customer];
/// Transactions last: those are counted by day, since a document may be of several of everything else.
const METRICS: [Metric; 6] = [Metric::Lines, Metric::Units, Metric::GrossRevenue, Metric::Returns, Metric::Cost, Metric::Transactions];

/// Lines, units, gross, returns, cost; by day transactions.
type Sums = [i64; 6];
type ByLabel = BTreeMap<Option<String>, Sums>;

/// Compares.
///
/// # Errors
/// `Forbidden` for all but administrators and managers; `Unavailable` when sales are brought in meanwhile.
pub async fn verify(backend: &Backend, caller: &Caller) -> Result<Proof, Error> {
    may(caller)?;
    compare(backend, |_| {}).await
}

/// Whether somebody may have it proven.
pub(super) fn may(caller: &Caller) -> Result<(), Error> {
    if !matches!(caller.role, Role::Admin | Role::Manager) || caller.scope() != Scope::All {
        return Err(Error::Forbidden);
    }
    Ok(())
}

/// Compares, and says after each step how many are done.
pub(super) async fn compare(backend: &Backend, done: impl Fn(usize) + Send) -> Result<Proof, Error> {
    let begun = Instant::now();
    let cube = held::current(backend).await?;
    let Some((from, to)) = cube.range(Scope::All) else {
        return Ok(Proof { version: cube.version, lines: 0, compared: 0, differs: Vec::new(), took_ms: 0 });
    };
    let mut conn = backend.read().await?;
    let mut proof = Proof { version: cube.version, lines: cube.lines(), compared: 0, differs: Vec::new(), took_ms: 0 };
    for (step, dimension) in STEPS.into_iter().enumerate() {
        done(step);
        let plain = plain(&mut conn, dimension).await?;
        let metrics = if dimension == Dimension::Day { &METRICS[..] } else { &METRICS[..5] };
        let slice = Slice::of(from, to, metrics).by(&[dimension]);
        let mut counted = ByLabel::new();
        for group in answer_within(Arc::clone(&cube), slice, Scope::All, usize::MAX).await?.groups {
            let sums: Sums = std::array::from_fn(|at| group.figures.get(at).copied().flatten().unwrap_or(0));
            counted.insert(group.keys.into_iter().next().flatten(), sums);
        }
        proof.compare(dimension, &plain, &counted);
    }
    if !proof.differs.is_empty() && held::current(backend).await?.version != proof.version {
        return Err(Error::Unavailable("sales were brought in while they were compared: try again".into()));
    }
    proof.took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(proof)
}

impl Proof {
    fn compare(&mut self, dimension: Dimension, plain: &ByLabel, counted: &ByLabel) {
        self.compared += plain.len();
        let labels: BTreeSet<&Option<String>> = plain.keys().chain(counted.keys()).collect();
        for label in labels {
            let (lines, cube) = (plain.get(label), counted.get(label));
            if lines != cube && self.differs.len() < TOLD {
                let name = label.as_deref().unwrap_or("none");
                self.differs.push(format!("{} {name}: {lines:?} by the lines, {cube:?} by the cube", dimension.code()));
            }
        }
    }
}

/// Sums by what the lines are about, straight from them, under the labels of exports.
async fn plain(conn: &mut Conn, dimension: Dimension) -> Result<ByLabel, Error> {
    let mut sums = ByLabel::new();
    if dimension == Dimension::Day {
        for (day, lines, units, gross, returns, cost, _) in sql::sums_by_day(conn).await? {
            add(sums.entry(Some(Day(day).to_string())).or_default(), [lines, units, gross, returns, cost, 0]);
        }
        for (day, transactions) in sql::transactions_by_day(conn).await? {
            add(sums.entry(Some(Day(day).to_string())).or_default(), [0, 0, 0, 0, 0, transactions]);
        }
        return Ok(sums);
    }
    let entries = sql::entries(conn).await?;
    let (rows, labels): (Vec<SumsRow>, HashMap<Uuid, String>) = match dimension {
        Dimension::Branch => (sql::sums_by_branch(conn).await?, entries.branches.into_iter().map(|e| (e.id.0, e.label)).collect()),
        Dimension::Rep => (sql::sums_by_rep(conn).await?, entries.reps.into_iter().map(|e| (e.id.0, e.label)).collect()),
        Dimension::Product => (sql::sums_by_product(conn).await?, entries.products.into_iter().map(|e| (e.id.0, e.label)).collect()),
        _ => (sql::sums_by_client(conn).await?, entries.customers.into_iter().map(|e| (e.id.0, e.label)).collect()),
    };
    for (id, lines, units, gross, returns, cost, _) in rows {
        // a shelf is no product
        let label = id.map(|id| labels.get(&id).cloned().unwrap_or_else(|| format!("unknown {id}"))).filter(|label| !label.is_empty());
        add(sums.entry(label).or_default(), [lines, units, gross, returns, cost, 0]);
    }
    Ok(sums)
}

fn add(into: &mut Sums, more: Sums) {
    into.iter_mut().zip(more).for_each(|(sum, value)| *sum += value);
}
