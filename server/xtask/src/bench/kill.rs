//! `kill -9` under write load, two hundred rounds on each engine: the harness of the server's own tests, run for longer.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};

use super::{
    ground::Ground,
    table::{Goal, Row, Table},
};
use crate::{
    step::{command, shown},
    test::postgres::Cluster,
    workspace,
};

const ROUNDS: u32 = 200;
/// What the names of the tests begin with that take the number of rounds.
const TESTS: &str = "every_acknowledged_visit_survives";

/// Runs the harness and adds up what it says.
pub fn measure(_: &Ground, table: &mut Table) -> Result<()> {
    let cluster = Cluster::start()?;
    let mut cargo = command("cargo", &workspace::root());
    cargo.arg("test").args(["domain", "intake", "backend", "app", "server"].iter().flat_map(|package| ["-p", package]));
    cargo.args(["--test", "kill", TESTS, "--", "--nocapture", "--test-threads=1"]);
    cargo.env("FIELDLIGHT_KILL_ROUNDS", ROUNDS.to_string()).env("FIELDLIGHT_TEST_POSTGRES", cluster.url());
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let mut engines = 0;
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        let line = line?;
        let Some(killed) = Killed::read(&line) else { continue };
        engines += 1;
        let row = |what: &str, goal, figure| Row::new(format!("kill -9 {}: {what}", killed.engine), "", goal, vec![figure]);
        table.add(row("rounds", Goal::AtLeast(f64::from(ROUNDS)), killed.rounds));
        table.add(row("writes acknowledged", Goal::Shown, killed.acknowledged));
        table.add(row("acknowledged, then lost", Goal::AtMost(0.0), killed.lost));
        table.add(row("written twice", Goal::AtMost(0.0), killed.doubled));
    }
    let status = child.wait()?;
    ensure!(status.success(), "{} failed ({status})", shown(&cargo));
    ensure!(engines == 2, "the harness reported {engines} engines instead of two");
    Ok(())
}

/// One engine's line: `kill sqlite: rounds=200 acknowledged=91234 lost=0 doubled=0`.
#[derive(Debug, PartialEq)]
struct Killed {
    engine: String,
    rounds: f64,
    acknowledged: f64,
    lost: f64,
    doubled: f64,
}

impl Killed {
    fn read(line: &str) -> Option<Self> {
        let (engine, figures) = line.split_once("kill ")?.1.split_once(": ")?;
        let figure = |name: &str| figures.split(' ').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok());
        Some(Self {
            engine: engine.to_owned(),
            rounds: figure("rounds")?,
            acknowledged: figure("acknowledged")?,
            lost: figure("lost")?,
            doubled: figure("doubled")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_an_engine_is_read_and_others_are_not() {
        let read = Killed::read("test x ... kill sqlite: rounds=200 acknowledged=91234 lost=0 doubled=1");
        let (engine, rounds, acknowledged, lost, doubled) = ("sqlite".to_owned(), 200.0, 91_234.0, 0.0, 1.0);
        assert_eq!(read, Some(Killed { engine, rounds, acknowledged, lost, doubled }));
        assert_eq!(Killed::read("kill -9 is not asked"), None);
        assert_eq!(Killed::read("kill sqlite: rounds=many"), None);
    }
}
