//! Everything that has to pass, counted: the one command that a person and the build machine both run.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::{
    setup,
    site::{self, budget},
};

mod cargo;
mod journeys;
pub(crate) mod postgres;
mod tally;

use tally::Tally;

/// What to run; everything when nothing is selected.
#[derive(Args)]
pub struct Selection {
    /// Run only the Rust tests whose name contains this (and the journeys, with `--only e2e`).
    filter: Option<String>,
    /// Run only these parts.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
}

/// A part of the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Lint,
    Domain,
    Backend,
    Server,
    Site,
    E2e,
}

impl Selection {
    fn has(&self, part: Part) -> bool {
        let by_default = self.filter.is_none() || matches!(part, Part::Domain | Part::Backend | Part::Server);
        if self.only.is_empty() { by_default } else { self.only.contains(&part) }
    }

    fn filter(&self) -> Option<&str> {
        self.filter.as_deref()
    }
}

/// Runs the selected parts, goes on after a failure, and ends with a line that counts.
pub fn run(selection: &Selection) -> ExitCode {
    let mut tally = Tally::default();
    if tally.check("set up", setup::build_tools) {
        if selection.has(Part::Lint) {
            for (name, lint) in cargo::lints() {
                tally.check(name, lint);
            }
        }
        rust_tests(selection, &mut tally);
        browser_tests(selection, &mut tally);
    }
    if tally.close() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn rust_tests(selection: &Selection, tally: &mut Tally) {
    let groups = cargo::groups(|part| selection.has(part));
    if groups.is_empty() {
        return;
    }
    let mut cluster = None;
    tally.check("start a throw-away PostgreSQL", || {
        cluster = Some(postgres::Cluster::start()?);
        Ok(())
    });
    let Some(cluster) = cluster else { return };
    setup::strace();
    for group in groups {
        let name = format!("cargo test -p {}", group.join(" -p "));
        tally.suite(name, || cargo::test(&group, selection.filter(), &cluster.url()));
    }
}

fn browser_tests(selection: &Selection, tally: &mut Tally) {
    let (site, journeys) = (selection.has(Part::Site), selection.has(Part::E2e));
    if !(site || journeys) || !tally.check("build the site", || site::build(site::Kind::Release)) {
        return;
    }
    if site {
        tally.check("size budget", budget::check);
    }
    if journeys {
        tally.suite("journeys", || journeys::run(selection.filter()));
    }
}
