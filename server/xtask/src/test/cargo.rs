//! What cargo checks: format, lints and documentation of every crate, and the Rust tests with their counts.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use super::{Part, tally::Count};
use crate::{
    step::{command, run, shown},
    workspace,
};

/// Crates built together, so that lints, documentation and tests share their dependencies' builds.
const NATIVE: [&str; 5] = ["domain", "intake", "backend", "app", "server"];
const WASM: [&str; 6] = ["-p", "frontend", "-p", "reader", "--target", "wasm32-unknown-unknown"];

/// A check with its name.
type Lint = (&'static str, fn() -> Result<()>);

/// The checks that run no test.
pub fn lints() -> [Lint; 6] {
    [
        ("cargo fmt --check", || run(&mut cargo(&["fmt", "--all", "--check"]))),
        ("clippy", || run(strict(cargo(&["clippy", "--all-targets"]).args(packages_of(&NATIVE))))),
        ("clippy xtask", || run(strict(cargo(&["clippy", "--all-targets"]).args(["-p", "xtask"])))),
        ("clippy frontend (wasm32)", || run(strict(cargo(&["clippy"]).args(WASM)))),
        ("rustdoc", || run(documented(cargo(&["doc", "--no-deps"]).args(packages_of(&NATIVE))))),
        ("rustdoc frontend (wasm32)", || run(documented(cargo(&["doc", "--no-deps"]).args(WASM)))),
    ]
}

/// The groups of packages to test for the selected parts.
pub fn groups(selected: impl Fn(Part) -> bool) -> Vec<Vec<&'static str>> {
    let (domain, backend, server) = (selected(Part::Domain), selected(Part::Backend), selected(Part::Server));
    if domain && backend && server {
        return vec![NATIVE.to_vec(), vec!["xtask"]];
    }
    let parts = [(domain, vec!["domain", "intake"]), (backend, vec!["backend"]), (server, vec!["app", "server"])];
    parts.into_iter().filter_map(|(wanted, group)| wanted.then_some(group)).collect()
}

/// Builds the development server with the features its tests have.
pub fn build_server() -> Result<()> {
    run(cargo(&["build"]).args(packages_of(&NATIVE)))
}

/// Runs the tests of `packages` on both engines, showing their output and counting their summaries.
pub fn test(packages: &[&str], filter: Option<&str>, postgres: &str) -> Result<Count> {
    let mut cargo = cargo(&["test", "--no-fail-fast"]);
    cargo.args(packages_of(packages)).args(["--", "--quiet"]).args(filter);
    cargo.env("FIELDLIGHT_TEST_POSTGRES", postgres).stdout(Stdio::piped());
    let mut child = cargo.spawn().context("cannot start cargo")?;
    let mut count = Count::default();
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        let line = line?;
        println!("{line}");
        count.read_summary(&line);
    }
    let status = child.wait()?;
    if !status.success() && count.failed == 0 {
        bail!("{} failed ({status})", shown(&cargo));
    }
    Ok(count)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command("cargo", &workspace::root());
    cargo.args(arguments);
    cargo
}

fn packages_of<'a>(names: &'a [&str]) -> impl Iterator<Item = &'a str> {
    names.iter().flat_map(|name| ["-p", name])
}

fn strict(clippy: &mut Command) -> &mut Command {
    clippy.args(["--", "-D", "warnings"])
}

fn documented(doc: &mut Command) -> &mut Command {
    doc.env("RUSTDOCFLAGS", "-D warnings")
}
