//! `cargo xtask`: sets up what is missing, builds the site, serves, tests, packs and measures. It knows no rule of the product.

use std::{net::SocketAddr, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod dist;
mod serve;
mod setup;
mod site;
mod step;
mod test;
mod workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Everything this repository can do for a person, in one place.")]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Install what is missing: the wasm target and the npm tools.
    Setup,
    /// Build the site into target/site.
    Site {
        /// Quick to build, large to load: no optimising, no compressing.
        #[arg(long)]
        dev: bool,
    },
    /// Set up, build, make a demo company if there is none, and serve it.
    Serve {
        /// Address to listen on.
        #[arg(long, env = "FIELDLIGHT_ADDR", default_value = "127.0.0.1:3000")]
        addr: SocketAddr,
    },
    /// Run everything that has to pass: format, lints, documentation, tests on both engines, size budget, journeys.
    Test(test::Selection),
    /// Pack target/dist: the binary with its site beside it.
    Dist,
    /// Measure, and print a table with the noise.
    Bench(bench::Selection),
}

fn main() -> ExitCode {
    match run(Command::parse().verb) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(verb: Verb) -> Result<ExitCode> {
    match verb {
        Verb::Setup => setup::build_tools()?,
        Verb::Site { dev } => {
            setup::build_tools()?;
            site::build(if dev { site::Kind::Dev } else { site::Kind::Release })?;
        }
        Verb::Serve { addr } => serve::run_server(addr)?,
        Verb::Test(selection) => return Ok(test::run(&selection)),
        Verb::Dist => dist::run_all()?,
        Verb::Bench(selection) => bench::run(&selection)?,
    }
    Ok(ExitCode::SUCCESS)
}
