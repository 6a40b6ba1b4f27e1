//! The server on one core under load from the other: pages rendered, visits taken in, and the memory it keeps while nobody asks.

use std::{thread::sleep, time::Duration};

use anyhow::{Context, Result, ensure};

use super::{
    ground::Ground,
    load::{Ask, Plan},
    office::Office,
    server::Server,
    table::{Goal, Row, Table},
};

const MEASURED_MS: u64 = 3_000;
const PAGE_CONNECTIONS: usize = 16;
const WRITE_CONNECTIONS: usize = 32;
const ROWS: usize = 50;
/// What each row of a list holds once.
const ROW: &str = "class=\"row\"";
const IDLE: Duration = Duration::from_secs(5);

/// Measures all three on the demonstration company.
pub fn measure(ground: &Ground, table: &mut Table) -> Result<()> {
    let data = ground.demo("http")?;
    let server = Server::start(ground, &data)?;
    sleep(IDLE);
    let goal = Goal::AtMost(60.0);
    table.add(Row::new("idle memory, started on the demo company", "MB", goal, vec![server.resident_mb()?]));
    let office = Office::enter(server.addr, "rep@demo.example")?;
    let lists = render(ground, &server, &office, table);
    let visits = take_in(ground, &server, &office, table);
    sleep(IDLE);
    table.add(Row::new("idle memory, after the load", "MB", Goal::Shown, vec![server.resident_mb()?]));
    lists.and(visits)
}

/// The signed-in list of clients, as its first visitor gets it.
fn render(ground: &Ground, server: &Server, office: &Office, table: &mut Table) -> Result<()> {
    let variants = [
        ("SSR GET /clients, 50 rows, signed in", "", Goal::AtLeast(3_000.0)),
        ("… compressed with gzip", "accept-encoding: gzip\r\n", Goal::Shown),
        ("… compressed with brotli", "accept-encoding: br\r\n", Goal::Shown),
    ];
    for (name, encoding, goal) in variants {
        let headers = format!("accept: text/html\r\nsec-fetch-mode: navigate\r\ncookie: {}\r\n{encoding}", office.cookie()?);
        // no row can be read in what was compressed
        let marks = if encoding.is_empty() { ROWS } else { 0 };
        let ask = Ask::Page { path: "/clients".into(), headers, mark: ROW.into(), marks };
        let plan = Plan { addr: server.addr, connections: PAGE_CONNECTIONS, measured_ms: MEASURED_MS, ask };
        let mut rates = Rates::default();
        for _ in 0..if matches!(goal, Goal::Shown) { 1 } else { ground.runs } {
            rates.run(ground, server, &plan, "pages")?;
        }
        rates.rows(name, goal, table);
    }
    Ok(())
}

/// Visits logged over REST: each new, with an id and a key of its own; afterwards the rows are as many as were acknowledged.
fn take_in(ground: &Ground, server: &Server, office: &Office, table: &mut Table) -> Result<()> {
    let clients = office.clients(200)?;
    ensure!(!clients.is_empty(), "the demo rep has no clients");
    let before = office.visits()?;
    let (mut rates, mut acknowledged) = (Rates::default(), 0);
    for run in 0..ground.runs {
        let token = office.token()?;
        let ask = Ask::Visits { token, clients: clients.clone(), seed: run as u64 + 1 };
        let plan = Plan { addr: server.addr, connections: WRITE_CONNECTIONS, measured_ms: MEASURED_MS, ask };
        acknowledged += rates.run(ground, server, &plan, "visits").with_context(|| format!("run {}", run + 1))?;
    }
    let written = office.visits()? - before;
    ensure!(written == acknowledged, "{acknowledged} visits acknowledged, {written} rows written");
    println!("    {acknowledged} visits acknowledged, {written} rows");
    rates.rows("POST /api/v1/visits, 32 connections", Goal::AtLeast(5_000.0), table);
    Ok(())
}

/// Answers per second of the clock, and of the processor's time the server used: the first suffers when others use its core, the second hardly.
#[derive(Default)]
struct Rates {
    clock: Vec<f64>,
    processor: Vec<f64>,
}

impl Rates {
    /// Runs a plan once; how many good answers there were.
    fn run(&mut self, ground: &Ground, server: &Server, plan: &Plan, what: &str) -> Result<u64> {
        let before = server.processor_seconds()?;
        let outcome = plan.run(ground)?;
        let used = server.processor_seconds()? - before;
        let (median, slow) = (outcome.median_us, outcome.slow_us);
        println!("    {:.0} {what}/s, half within {median} µs, 99 % within {slow} µs", outcome.per_second());
        self.clock.push(outcome.per_second());
        self.processor.push(outcome.good as f64 / used.max(0.01));
        Ok(outcome.good)
    }

    fn rows(self, name: &str, goal: Goal, table: &mut Table) {
        table.add(Row::new(name, "1/s", goal, self.clock));
        if !matches!(goal, Goal::Shown) {
            table.add(Row::new("… per second of the server's processor time", "1/s", Goal::Shown, self.processor));
        }
    }
}
