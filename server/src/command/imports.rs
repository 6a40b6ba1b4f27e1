//! `fieldlight imports`: what was brought in, and taking one back.

use backend::{import, people};
use domain::ids::ImportId;

use super::{Failed, open};
use crate::{config::Config, say::say};

/// Imports shown.
const SHOWN: u32 = 50;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Imports {
    /// The latest imports.
    List,
    /// Take an import back: what it made goes, what it changed or replaced is as before, unless somebody used or edited it since.
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
                    let number = |field: &str| i.report[field].as_u64().unwrap_or_default();
                    let told = import::report::headline(number("new"), number("changed"), number("unchanged"));
                    say!("{}  {:9}  {:9}  {}  ({}): {told}", i.id, i.state, i.kind, i.file_name, i.source);
                }
            }),
            Self::Withdraw { id } => {
                import::withdraw(&backend, &people::console(), id).await.map(|done| crate::say::put(format_args!("{done}")))
            }
        };
        backend.close().await;
        Ok(done?)
    }
}
