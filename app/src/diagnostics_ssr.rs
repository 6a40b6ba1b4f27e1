//! What the server has measured of requests, as the page of diagnostics and REST tell it.

use serde::Serialize;
use std::sync::Arc;

/// Times and errors of some requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// How many came.
    pub count: u64,
    /// How many the server failed on.
    pub errors: u64,
    /// Half took at most this, microseconds; none where nothing came.
    pub p50_us: Option<u64>,
    /// Of a hundred, 95.
    pub p95_us: Option<u64>,
    /// Of a hundred, 99.
    pub p99_us: Option<u64>,
}

/// Requests of a group of routes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// For people.
    pub name: String,
    /// In the last five minutes.
    pub recent: Told,
    /// Since the process started.
    pub since_start: Told,
}

/// The process and its requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Requests {
    /// The program's version.
    pub version: String,
    /// How long it has been running, seconds.
    pub uptime_s: u64,
    /// Requests being answered.
    pub in_flight: u64,
    /// Open streams of live updates.
    pub live_streams: usize,
    /// By group.
    pub groups: Vec<Group>,
}

/// Asks what has been measured so far; the server puts it into the context of pages.
#[derive(Clone)]
pub struct Measured(pub Arc<dyn Fn() -> Requests + Send + Sync>);
