//! `fieldlight imports`: what was brought in, and taking sales back.

use backend::{import, people};
use domain::ids::ImportId;

use super::{Failed, open};
use crate::config::Config;

/// Imports shown.
const SHOWN: u32 = 50;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Imports {
    /// The latest imports.
    List,
    /// Take an import of sales back: what it replaced counts again.
    Withdraw {
        /// The import, as `list` shows it.
        id: ImportId,
    },
}

impl Imports {
    /// Does it.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let backend = open::company(config).await?;
        let done = match self {
            Self::List => import::list(&backend, &people::console(), SHOWN).await.map(|imports| {
                for i in imports {
                    println!("{}  {:9}  {:9}  {}  ({})", i.id, i.state, i.kind, i.file_name, i.source);
                }
            }),
            Self::Withdraw { id } => import::withdraw(&backend, &people::console(), id).await.map(|w| {
                println!("{} lines count no more, {} of earlier imports count again.", w.lines, w.restored);
                println!(
                    "{} clients and {} products that came with them are gone; {} clients used since stay.",
                    w.clients_removed, w.products_removed, w.clients_kept
                );
            }),
        };
        backend.close().await;
        Ok(done?)
    }
}
