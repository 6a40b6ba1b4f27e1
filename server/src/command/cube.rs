//! `fieldlight cube`: the proof that the figures equal the lines.

use backend::{kpis, people};

use super::{Failed, open};
use crate::{config::Config, say::say};

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Cube {
    /// Compare the cube with the lines, by day, branch, rep, product and customer.
    Verify,
}

impl Cube {
    /// Does it.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let Self::Verify = self;
        let backend = open::company(config).await?;
        let proof = kpis::verify(&backend, &people::console()).await;
        let size = kpis::size(&backend).await;
        backend.close().await;
        let (proof, (cells, _, bytes)) = (proof?, size?);
        say!("{} lines in {cells} cells of {} kB, version {}.", proof.lines, bytes / 1024, proof.version);
        say!("{} groups compared in {} ms.", proof.compared, proof.took_ms);
        if proof.differs.is_empty() {
            say!("The cube equals the lines.");
            return Ok(());
        }
        Err(Failed::new(format!("the cube differs from the lines:\n  {}", proof.differs.join("\n  "))))
    }
}
