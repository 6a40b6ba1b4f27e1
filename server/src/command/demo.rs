//! `fieldlight demo`: the demonstration company, in a database that holds nothing yet.

use backend::demo;

use super::{Failed, open};
use crate::{clock, config::Config};

/// Which company.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// One rep with 5,000 clients and 60,000 visits, for measuring.
    #[arg(long, hide = true)]
    large_book: bool,
}

impl Demo {
    /// Makes it and says how to sign in.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let backend = open::company(config).await?;
        let today = backend.company().await?.today(clock::now());
        let password = config.demo_password.clone();
        let made = match self.large_book {
            true => demo::bench_book(&backend, password, today).await,
            false => demo::create(&backend, password, today).await,
        };
        backend.close().await;
        let made = made?;
        println!(
            "The demonstration company has {} clients and prospects, {} contacts and {} visits.",
            made.clients, made.contacts, made.visits
        );
        println!("Sign in with the password {} as", made.password);
        for (email, role) in &made.accounts {
            println!("  {email:24} {}", role.name());
        }
        Ok(())
    }
}
