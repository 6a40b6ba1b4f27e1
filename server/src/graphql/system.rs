//! What there is data of, how fresh it is, and how the system is.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use backend::{health, import::Imported, kpis};

use super::{
    answer::refused,
    filter::asked,
    limits::ASKED,
    scalars::{Day, Instant, Long},
};

/// Data and system.
#[derive(Default)]
pub struct SystemQuery;

/// Days there are figures of.
#[derive(Clone, Debug, SimpleObject)]
pub struct DataRange {
    /// The first day with sales you see; null where there are none.
    from: Option<Day>,
    /// The last one.
    to: Option<Day>,
    /// Version of the data the figures are of: it rises with every change.
    version: Long,
}

/// How the system is.
#[derive(Clone, Debug, SimpleObject)]
pub struct SystemHealth {
    /// `ready`, or `degraded` when something cannot be read or written.
    status: &'static str,
    /// Version of the program.
    version: &'static str,
    /// Days there are figures of.
    data_range: DataRange,
    /// When sales were last brought in; null when they never were.
    refreshed_at: Option<Instant>,
    /// The last import, of whatever; null when there is none, and for whoever has no right to import.
    last_import: Option<LastImport>,
}

/// An import.
#[derive(Clone, Debug, SimpleObject)]
pub struct LastImport {
    /// Identity.
    id: ID,
    /// What was brought in: `sales`, `clients` and so on.
    kind: String,
    /// The file's name.
    file_name: String,
    /// When.
    at: Instant,
    /// `published`, `staged` while it is being written, `withdrawn`.
    state: String,
}

#[Object]
impl SystemQuery {
    /// The days there are figures of, in your scope.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn data_range(&self, ctx: &Context<'_>) -> Option<Result<DataRange>> {
        Some(range(ctx).await)
    }

    /// Version of the data the figures are of: it rises with every change.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn data_version(&self, ctx: &Context<'_>) -> Option<Result<Long>> {
        Some(version(ctx).await)
    }

    /// How the system is, as far as you may know.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn system_health(&self, ctx: &Context<'_>) -> Option<Result<SystemHealth>> {
        Some(state(ctx).await)
    }
}

async fn range(ctx: &Context<'_>) -> Result<DataRange> {
    let asked = asked(ctx);
    Ok(kpis::range(asked.backend(), &asked.caller).await.map_err(refused)?.into())
}

async fn version(ctx: &Context<'_>) -> Result<Long> {
    let asked = asked(ctx);
    Ok(Long(kpis::range(asked.backend(), &asked.caller).await.map_err(refused)?.version))
}

async fn state(ctx: &Context<'_>) -> Result<SystemHealth> {
    let asked = asked(ctx);
    let health = health::of(asked.backend(), &asked.caller).await.map_err(refused)?;
    Ok(SystemHealth {
        status: if health.ready { "ready" } else { "degraded" },
        version: env!("CARGO_PKG_VERSION"),
        data_range: health.range.into(),
        refreshed_at: health.refreshed_at.map(|at| Instant(at.to_string())),
        last_import: health.last_import.map(Into::into),
    })
}

impl From<kpis::Range> for DataRange {
    fn from(range: kpis::Range) -> Self {
        let (from, to) = range.days.unzip();
        let day = |day: domain::Day| Day(day.to_string());
        Self { from: from.map(day), to: to.map(day), version: Long(range.version) }
    }
}

impl From<Imported> for LastImport {
    fn from(import: Imported) -> Self {
        let Imported { id, kind, file_name, at, state, .. } = import;
        Self { id: ID(id.to_string()), kind, file_name, at: Instant(at.to_string()), state }
    }
}
