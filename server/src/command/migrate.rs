//! `fieldlight migrate`: brings the tables up to date, beside nothing.

use backend::Backend;

use super::{Failed, open};
use crate::config::Config;

/// Runs what is missing.
pub async fn run(config: &Config) -> Result<(), Failed> {
    Backend::migrate(&open::settings(config)?).await?;
    println!("The database is up to date.");
    Ok(())
}
