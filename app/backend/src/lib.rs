//! What the server does: one use case per verb, all SQL, the journal, sync. No HTTP, no screens; whoever calls it says who asks.

#[macro_use]
mod db;
mod backend;
pub mod changes;
pub mod clients;
pub mod company;
mod config;
pub mod contacts;
pub mod demo;
pub mod diagnostics;
mod error;
pub mod health;
pub mod import;
pub mod inbox;
pub mod journal;
pub mod kpis;
pub mod live;
pub mod opportunities;
pub mod people;
pub mod refresh;
pub mod reports;
pub mod sales;
pub mod sync;
pub mod targets;
pub mod today;
pub mod visits;

pub use backend::Backend;
pub(crate) use backend::{machine_now, new_id, random};
pub use changes::Meta;
#[cfg(debug_assertions)]
pub use config::Fault;
pub use config::{Config, Database};
pub use error::Error;
