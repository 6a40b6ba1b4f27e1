//! What a browser does, measured by scripts in `end2end/bench` on a real Chromium: each prints its figures as one line of JSON.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use super::{
    book, company,
    ground::{Ground, PASSWORD, quiet},
    server::Server,
    table::{Goal, Row, Table},
};
use crate::{setup, step::command, workspace};

/// A figure a script reports: its name there, in the table, its unit and goal.
type Figure = (&'static str, &'static str, &'static str, Goal);

const PHONE: &[Figure] = &[
    ("firstDownloadMs", "phone: first Book downloaded and open", "ms", Goal::Shown),
    ("firstUsefulMs", "phone: first useful screen, server stopped", "ms", Goal::AtMost(300.0)),
    ("coldUsefulMs", "phone: … and the browser just started", "ms", Goal::Shown),
    ("bookOpenMs", "phone: Book opened from IndexedDB", "ms", Goal::AtMost(200.0)),
    ("strokeMs", "phone: keystroke to painted list, CPU 4× slower", "ms", Goal::AtMost(50.0)),
    ("strokeSlowMs", "phone: … 95 % of the strokes", "ms", Goal::AtMost(50.0)),
    ("saveMs", "phone: save durable, from when the app hears the tap", "ms", Goal::AtMost(20.0)),
    ("tapMs", "phone: … from the finger", "ms", Goal::Shown),
];

const LIGHTHOUSE: &[Figure] = &[
    ("today.performance", "Lighthouse mobile, Today: performance", "", Goal::AtLeast(95.0)),
    ("today.accessibility", "Lighthouse mobile, Today: accessibility", "", Goal::AtLeast(100.0)),
    ("today.best-practices", "Lighthouse mobile, Today: best practices", "", Goal::AtLeast(100.0)),
    ("clients.performance", "Lighthouse mobile, Clients: performance", "", Goal::AtLeast(95.0)),
    ("clients.accessibility", "Lighthouse mobile, Clients: accessibility", "", Goal::AtLeast(100.0)),
    ("clients.best-practices", "Lighthouse mobile, Clients: best practices", "", Goal::AtLeast(100.0)),
    ("card.performance", "Lighthouse mobile, a client card: performance", "", Goal::AtLeast(95.0)),
    ("card.accessibility", "Lighthouse mobile, a client card: accessibility", "", Goal::AtLeast(100.0)),
    ("card.best-practices", "Lighthouse mobile, a client card: best practices", "", Goal::AtLeast(100.0)),
    ("axe.light", "axe, light theme: violations on the three", "", Goal::AtMost(0.0)),
    ("axe.dark", "axe, dark theme: violations on the three", "", Goal::AtMost(0.0)),
];

const PREVIEW: &[Figure] = &[
    ("firstRowsMs", "a file of 50 MB chosen, first rows shown after", "ms", Goal::AtMost(3_000.0)),
    ("longestTaskMs", "… longest task of the page meanwhile", "ms", Goal::AtMost(100.0)),
];

const DESK: &[Figure] = &[
    ("cubeBytes", "figures at a desk: download of 500,000 cells", "bytes", Goal::AtMost(4_000_000.0)),
    ("charts", "… charts that one press on a mark changes", "", Goal::Shown),
    ("pressWorkMs", "… processor time of a press, all charts repainted", "ms", Goal::AtMost(32.0)),
    ("pressPaintMs", "… from the press to the last chart painted", "ms", Goal::Shown),
    ("slowPressWorkMs", "… processor time of a press, CPU 4× slower", "ms", Goal::AtMost(100.0)),
    ("slowPressPaintMs", "… from the press to the last chart, CPU 4× slower", "ms", Goal::Shown),
    ("kpis.performance", "Lighthouse desktop, figures: performance", "", Goal::AtLeast(95.0)),
    ("kpis.accessibility", "Lighthouse desktop, figures: accessibility", "", Goal::AtLeast(100.0)),
    ("kpis.best-practices", "Lighthouse desktop, figures: best practices", "", Goal::Shown),
];
/// Lines that come to half a million cells.
const DESK_LINES: &str = "510000";

/// The largest Book on a phone, from the stored shell with the server stopped.
pub fn phone(ground: &Ground, table: &mut Table) -> Result<()> {
    let server = Server::start(ground, &book::company(ground)?)?;
    run(ground, &server, ("phone", company::REP), PHONE, table)
}

/// Lighthouse and axe on the demonstration company's pages.
pub fn lighthouse(ground: &Ground, table: &mut Table) -> Result<()> {
    let server = Server::start(ground, &ground.demo("lighthouse")?)?;
    run(ground, &server, ("lighthouse", "rep@demo.example"), LIGHTHOUSE, table)
}

/// A large file looked at before it is brought in.
pub fn preview(ground: &Ground, table: &mut Table) -> Result<()> {
    let server = Server::start(ground, &ground.demo("preview")?)?;
    run(ground, &server, ("preview", "admin@demo.example"), PREVIEW, table)
}

/// A manager's figures on half a million cells.
pub fn desk(ground: &Ground, table: &mut Table) -> Result<()> {
    let data = ground.data("desk");
    quiet(ground.fieldlight(&data).args(["demo", "--lines", DESK_LINES]).env("FIELDLIGHT_DEMO_PASSWORD", PASSWORD), "")?;
    let server = Server::start(ground, &data)?;
    run(ground, &server, ("desk", "manager@demo.example"), DESK, table)
}

fn run(ground: &Ground, server: &Server, (script, email): (&str, &str), figures: &[Figure], table: &mut Table) -> Result<()> {
    let (file, profile) = (workspace::end2end().join("bench").join(format!("{script}.mjs")), ground.data(&format!("{script}-browser")));
    // on all cores: the server, kept to one of them, has next to nothing to do meanwhile
    let mut node = command("node", &workspace::end2end());
    node.arg(file).env("BENCH_URL", format!("http://{}", server.addr)).env("BENCH_SERVER_PID", server.pid().to_string());
    node.env("BENCH_EMAIL", email).env("BENCH_PASSWORD", PASSWORD).env("BENCH_PROFILE", profile);
    node.env("BENCH_RUNS", ground.runs.to_string()).env("BENCH_CHROMIUM", setup::chromium()?);
    let said = quiet(&mut node, "")?;
    let last = said.lines().last().context("the script said nothing")?;
    for line in said.lines().take(said.lines().count() - 1) {
        println!("    {line}");
    }
    let found: BTreeMap<String, Vec<f64>> = serde_json::from_str(last).with_context(|| format!("the script ended with {last:?}"))?;
    let mut missing = Vec::new();
    for (key, name, unit, goal) in figures {
        match found.get(*key).filter(|runs| !runs.is_empty()) {
            Some(runs) => table.add(Row::new(*name, *unit, *goal, runs.clone())),
            None => missing.push(*name),
        }
    }
    ensure!(missing.is_empty(), "the script did not measure: {}", missing.join("; "));
    Ok(())
}
