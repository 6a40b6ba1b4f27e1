//! `fieldlight migrate`: brings the tables up to date, beside nothing.

use backend::Backend;

use super::{Failed, open};
use crate::{config::Config, say::say};

/// Runs what is missing.
pub async fn run(config: &Config) -> Result<(), Failed> {
    Backend::migrate(&open::settings(config)?).await?;
    say!("The database is up to date.");
    Ok(())
}
