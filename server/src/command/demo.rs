//! `fieldlight demo`: the demonstration company, in a database that holds nothing yet.

use backend::demo;

use super::{Failed, open};
use crate::{clock, config::Config, say::say};

/// Which company.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// One rep with 5,000 clients and 60,000 visits, for measuring.
    #[arg(long, hide = true)]
    large_book: bool,
    /// A large distributor with so many lines of sales instead of the dealer, for measuring.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    lines: Option<u64>,
}

impl Demo {
    /// Makes it and says how to sign in.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let backend = open::company(config).await?;
        let today = backend.company().await?.today(clock::now());
        let password = config.demo_password.clone();
        let made = match (self.lines, self.large_book) {
            (Some(lines), _) => demo::many_lines(&backend, password, today, lines).await,
            (None, true) => demo::bench_book(&backend, password, today).await,
            (None, false) => demo::create(&backend, password, today).await,
        };
        backend.close().await;
        let made = made?;
        say!(
            "The demonstration company has {} clients and prospects, {} contacts and {} visits.",
            made.clients,
            made.contacts,
            made.visits
        );
        say!("Sign in with the password {} as", made.password);
        for (email, role) in &made.accounts {
            say!("  {email:24} {}", role.name());
        }
        Ok(())
    }
}
