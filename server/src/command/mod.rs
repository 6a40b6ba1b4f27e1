//! The command line: one verb per file, all of them from the same configuration.

use std::fmt;

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, Wrong},
    log,
};

mod company;
mod cube;
mod demo;
mod export;
mod import;
mod imports;
mod migrate;
mod open;
mod refresh;
mod serve;
mod user;

/// The working day of a sales team.
#[derive(Debug, Parser)]
#[command(name = "fieldlight", version, about, after_help = ENVIRONMENT)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve pages and API until the process is asked to stop.
    Serve(serve::Serve),
    /// Bring the database's tables up to date.
    Migrate,
    /// Bring in clients, contacts, visits, products, reps, budgets or sales from a file.
    Import(import::Import),
    /// Take data out as CSV that can be brought in again.
    #[command(subcommand)]
    Export(export::Export),
    /// Bring in what lies in the folder of the daily refresh, now.
    Refresh,
    /// List what was brought in, or take sales back.
    #[command(subcommand)]
    Imports(imports::Imports),
    /// Prove that the figures equal the lines.
    #[command(subcommand)]
    Cube(cube::Cube),
    /// Show or change the company's name, currency and fiscal year.
    Company(company::Company),
    /// Make the demonstration company in an empty database.
    Demo(demo::Demo),
    /// Add, disable or help people who sign in.
    #[command(subcommand)]
    User(user::User),
}

const ENVIRONMENT: &str = "\
Environment:
  DATABASE_URL                postgres://…; unset: a SQLite file in the data folder
  FIELDLIGHT_ADDR             address to listen on (127.0.0.1:3000)
  FIELDLIGHT_DATA_DIR         data folder (~/.local/share/fieldlight)
  FIELDLIGHT_PUBLIC_URL       what people type into the browser, https://…
  FIELDLIGHT_TODAY            run as of this day, YYYY-MM-DD
  FIELDLIGHT_DEMO_PASSWORD    password of the demonstration's accounts
  FIELDLIGHT_SITE_DIR         folder of the built site; unset: beside the binary
  FIELDLIGHT_LOG              text or json";

/// Why a command did not do what was asked: words for whoever typed it.
#[derive(Debug)]
pub struct Failed(String);

impl Failed {
    fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Wrong> for Failed {
    fn from(wrong: Wrong) -> Self {
        Self(wrong.to_string())
    }
}

impl From<backend::Error> for Failed {
    fn from(error: backend::Error) -> Self {
        match error {
            backend::Error::Rejected(wrong) => Self(wrong.0.into_iter().map(|r| r.message).collect::<Vec<_>>().join("\n")),
            error => Self(error.to_string()),
        }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// With one line for each thing to put right.
    pub async fn run(self) -> Result<(), Failed> {
        let config = Config::from_env()?;
        log::start(config.log);
        match self.verb {
            Verb::Serve(serve) => serve.run(config).await,
            Verb::Migrate => migrate::run(&config).await,
            Verb::Import(import) => import.run(&config).await,
            Verb::Export(export) => export.run(&config).await,
            Verb::Refresh => refresh::run(&config).await,
            Verb::Imports(imports) => imports.run(&config).await,
            Verb::Cube(cube) => cube.run(&config).await,
            Verb::Company(company) => company.run(&config).await,
            Verb::Demo(demo) => demo.run(&config).await,
            Verb::User(user) => user.run(&config).await,
        }
    }
}
