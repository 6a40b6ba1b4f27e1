//! What requests came and how long they took: by route for Prometheus, by group of routes for people, now and since the start.

pub mod histogram;
mod prometheus;
mod recent;
mod routes;

pub use prometheus::text;

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use app::diagnostics_ssr::{Group, Requests};
use axum::http::{Method, StatusCode};
use histogram::Histogram;
use recent::Recent;

/// Series of routes kept apart; what comes beyond goes under one name, so that nobody can make us keep more.
const SERIES_MAX: usize = 600;

/// A route, the method, and the hundreds of the status.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Series {
    route: String,
    method: &'static str,
    class: &'static str,
}

#[derive(Default)]
struct Counted {
    series: BTreeMap<Series, Histogram>,
    groups: BTreeMap<String, Recent>,
}

/// The counts since the process started.
pub struct Vitals {
    begun: Instant,
    begun_at: SystemTime,
    in_flight: AtomicU64,
    counted: Mutex<Counted>,
}

impl Default for Vitals {
    fn default() -> Self {
        Self { begun: Instant::now(), begun_at: SystemTime::now(), in_flight: AtomicU64::new(0), counted: Mutex::default() }
    }
}

/// A request that is being answered; dropped when it is.
pub struct InFlight<'a>(&'a AtomicU64);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Vitals {
    /// A request begins.
    pub fn begin(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(&self.in_flight)
    }

    /// A request was answered: by which route, if it was one of ours, and in what time.
    pub fn record(&self, route: Option<&str>, method: &Method, status: StatusCode, took: Duration) {
        self.record_at(self.begun.elapsed(), route, method, status, took);
    }

    fn record_at(&self, at: Duration, route: Option<&str>, method: &Method, status: StatusCode, took: Duration) {
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let series = Series { route: routes::template(route), method: routes::method(method), class: routes::class(status) };
        let group = routes::group(route);
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let many = counted.series.len() >= SERIES_MAX && !counted.series.contains_key(&series);
        let series = if many { Series { route: routes::OTHER.to_owned(), ..series } } else { series };
        counted.series.entry(series).or_default().record(us);
        counted.groups.entry(group).or_default().record(at, us, status.is_server_error());
    }

    /// What people are told.
    #[must_use]
    pub fn requests(&self) -> Requests {
        self.requests_at(self.begun.elapsed())
    }

    fn requests_at(&self, at: Duration) -> Requests {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let group =
            |(name, recent): (&String, &Recent)| Group { name: name.clone(), recent: recent.lately(at), since_start: recent.ever() };
        Requests {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            uptime_s: at.as_secs(),
            in_flight: self.in_flight.load(Ordering::Relaxed),
            live_streams: 0,
            groups: counted.groups.iter().map(group).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn what_is_older_than_five_minutes_counts_since_the_start_only() {
        let vitals = Vitals::default();
        let at = |second| Duration::from_secs(second);
        vitals.record_at(at(1), Some("/api/v1/kpis/slice"), &Method::POST, StatusCode::OK, 80 * MS);
        vitals.record_at(at(400), Some("/api/v1/kpis/cube"), &Method::GET, StatusCode::SERVICE_UNAVAILABLE, 2 * MS);
        let told = vitals.requests_at(at(410));
        assert_eq!(told.groups.len(), 1);
        let group = &told.groups[0];
        assert_eq!((group.name.as_str(), group.recent.count, group.recent.errors, group.since_start.count), ("API: kpis", 1, 1, 2));
        assert!((2_000..2_100).contains(&group.recent.p99_us.unwrap()) && group.since_start.p99_us.unwrap() >= 80_000);
        assert_eq!(vitals.requests_at(at(900)).groups[0].recent.count, 0);
        assert_eq!(vitals.requests_at(at(900)).groups[0].recent.p50_us, None, "no time where nothing came");
    }

    #[test]
    fn ten_thousand_unknown_addresses_and_methods_are_one_series() {
        let vitals = Vitals::default();
        for n in 0..10_000 {
            let method = Method::from_bytes(format!("M{n}").as_bytes()).unwrap();
            vitals.record(None, &method, StatusCode::NOT_FOUND, MS);
        }
        assert_eq!(vitals.counted.lock().unwrap().series.len(), 1);
        for n in 0..10_000 {
            vitals.record(Some(&format!("/r/{n}")), &Method::GET, StatusCode::OK, MS);
        }
        assert!(vitals.counted.lock().unwrap().series.len() <= SERIES_MAX + 1);
    }

    #[test]
    fn requests_under_way_are_counted_until_they_are_dropped() {
        let vitals = Vitals::default();
        let one = vitals.begin();
        let two = vitals.begin();
        assert_eq!(vitals.requests().in_flight, 2);
        drop((one, two));
        assert_eq!(vitals.requests().in_flight, 0);
    }
}
