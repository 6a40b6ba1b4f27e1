//! `fieldlight export`: takes data out as CSV that `fieldlight import` reads again.

use std::{fs::File, io, path::PathBuf};

use backend::{people, sales, sales::lines::LineQuery};
use domain::Day;

use super::{Failed, open};
use crate::{config::Config, say::say};

/// What to take out.
#[derive(Debug, clap::Subcommand)]
pub enum Export {
    /// Lines of sales and returns.
    Sales {
        /// Where to; unset: the standard output.
        file: Option<PathBuf>,
        /// From this day on, YYYY-MM-DD.
        #[arg(long, value_parser = day)]
        from: Option<Day>,
        /// Up to this day, YYYY-MM-DD.
        #[arg(long, value_parser = day)]
        to: Option<Day>,
    },
}

impl Export {
    /// Takes it out.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let Self::Sales { file, from, to } = self;
        let backend = open::company(config).await?;
        let (caller, query) = (people::console(), LineQuery { from, to, ..LineQuery::default() });
        let rows = match &file {
            Some(path) => sales::export(&backend, &caller, &query, io::BufWriter::new(File::create(path)?)).await,
            None => sales::export(&backend, &caller, &query, io::stdout().lock()).await,
        };
        backend.close().await;
        let rows = rows?;
        if let Some(path) = file {
            say!("{rows} lines are in {}.", path.display());
        }
        Ok(())
    }
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD".into())
}
