//! How fast half a million real invoice lines are brought in on either engine, how much memory that takes, and how long a visit waits meanwhile.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::{
    company,
    ground::{Ground, copy_folder, quiet},
    office::{self, Office},
    server::Server,
    table::{Goal, Row, Table},
};
use crate::{test::postgres::Cluster, workspace};

const LINES: f64 = 541_909.0;
const BETWEEN_VISITS: Duration = Duration::from_millis(20);

/// Measures `fieldlight import sales` of the file beside the project, each time into a company without sales.
pub fn measure(ground: &Ground, table: &mut Table) -> Result<()> {
    let file = workspace::root().join("../shared/data/online_retail/online_retail.csv.gz");
    ensure!(file.exists(), "{} is not there", file.display());
    let before = company::with_clients(ground, "sales-before")?;
    quiet(ground.fieldlight(&before).args(["company", "--currency", "GBP"]), "")?;
    let data = ground.data("sales");
    let (mut rates, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..ground.runs {
        copy_folder(&before, &data)?;
        let (seconds, peak) = timed(&mut import(ground, &data, &file))?;
        println!("    SQLite: {LINES} lines in {seconds:.2} s, {peak:.0} MB");
        rates.push(LINES / seconds);
        peaks.push(peak);
    }
    table.add(Row::new("import sales, 541,909 lines, SQLite", "lines/s", Goal::AtLeast(50_000.0), rates));
    table.add(Row::new("… most memory", "MB", Goal::AtMost(300.0), peaks));
    postgres(ground, &file, table)?;
    copy_folder(&before, &data)?;
    waiting(ground, &data, &file, table)
}

fn import(ground: &Ground, data: &Path, file: &Path) -> Command {
    let mut import = ground.fieldlight(data);
    let mapping: PathBuf = workspace::root().join("server/mappings/online_retail.toml");
    import.args(["import", "sales"]).arg(file).arg("--mapping").arg(mapping).stdout(Stdio::null());
    import
}

/// Runs a command: the seconds it took, and the most memory it held in megabytes.
fn timed(command: &mut Command) -> Result<(f64, f64)> {
    let start = Instant::now();
    let mut child = command.spawn().context("cannot start the import")?;
    let mut peak: f64 = 0.0;
    loop {
        peak = peak.max(held(&child));
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "the import failed ({status})");
            return Ok((start.elapsed().as_secs_f64(), peak));
        }
        sleep(Duration::from_millis(20));
    }
}

fn held(child: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: Option<f64> = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok());
    kib.unwrap_or(0.0) * 1024.0 / 1e6
}

/// A cluster that is thrown away: its durability is off, so the disk is left out of this figure.
fn postgres(ground: &Ground, file: &Path, table: &mut Table) -> Result<()> {
    let cluster = Cluster::start()?;
    let data = ground.data("sales-postgres");
    let mut rates = Vec::new();
    for run in 0..ground.runs.min(3) {
        let url = cluster.database(&format!("sales_{run}"))?;
        quiet(ground.fieldlight(&data).arg("migrate").env("DATABASE_URL", &url), "")?;
        quiet(ground.fieldlight(&data).args(["company", "--currency", "GBP"]).env("DATABASE_URL", &url), "")?;
        let (seconds, peak) = timed(import(ground, &data, file).env("DATABASE_URL", &url))?;
        println!("    PostgreSQL: {LINES} lines in {seconds:.2} s, {peak:.0} MB");
        rates.push(LINES / seconds);
    }
    table.add(Row::new("import sales, 541,909 lines, PostgreSQL", "lines/s", Goal::AtLeast(30_000.0), rates));
    Ok(())
}

/// Visits sent to a server while the command line imports beside it.
fn waiting(ground: &Ground, data: &Path, file: &Path, table: &mut Table) -> Result<()> {
    let server = Server::start(ground, data)?;
    let office = Office::enter(server.addr, company::REP)?;
    let client = office.clients(1)?.pop().context("the rep has no clients")?;
    let mut import = import(ground, data, file).spawn().context("cannot start the import")?;
    let mut waits = Vec::new();
    while import.try_wait()?.is_none() {
        let start = Instant::now();
        let body = json!({ "clientId": client, "startedAt": "2026-01-05T08:00:00Z", "notes": format!("{}", waits.len()) });
        office::data(&office.ask("POST", "visits", "", &body)?)?;
        waits.push(start.elapsed().as_secs_f64() * 1e3);
        sleep(BETWEEN_VISITS);
    }
    ensure!(import.wait()?.success(), "the import failed");
    let longest = waits.iter().copied().fold(0.0, f64::max);
    println!("    {} visits were sent meanwhile", waits.len());
    table.add(Row::new("a visit sent meanwhile waits", "ms", Goal::Shown, waits));
    table.add(Row::new("… at most", "ms", Goal::AtMost(250.0), vec![longest]));
    Ok(())
}
