//! REST, endpoint by endpoint: status and body, on both engines.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod engines;
#[path = "../common/postgres.rs"]
mod postgres;

mod auth;
mod bad_input;
mod clients;
mod contacts;
mod diagnostics;
mod envelope;
mod graphql;
mod graphql_figures;
mod house;
mod idempotency;
mod imports;
mod kpis;
mod kpis_asked;
mod kpis_named;
mod live;
mod office;
mod opportunities;
mod pages;
mod people;
mod products;
mod reports;
mod reports_rooms;
mod sales;
mod scope;
#[path = "../common/site.rs"]
mod site;
mod sync;
mod visits;
