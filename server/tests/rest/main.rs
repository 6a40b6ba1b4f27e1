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
mod envelope;
mod house;
mod idempotency;
mod imports;
mod kpis;
mod office;
mod pages;
mod people;
mod products;
mod reports;
mod sales;
mod scope;
#[path = "../common/site.rs"]
mod site;
mod sync;
mod visits;
