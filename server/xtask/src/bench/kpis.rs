//! Ten million lines: how fast the figures of a day and any slice of the business are answered, what the cube weighs, and DuckDB on the same facts.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    ground::{Ground, PASSWORD, quiet},
    office::{Office, data},
    random::{Random, day},
    server::Server,
    table::{Goal, Row, Table},
};
use crate::workspace;

/// Lines, unless `FIELDLIGHT_BENCH_LINES` says otherwise.
const LINES: u64 = 10_000_000;
/// Where the company is kept from one run to the next, which is minutes less; made when it is not there, and thrown away when this is not set.
const COMPANY: &str = "FIELDLIGHT_BENCH_COMPANY";
const ADMIN: &str = "admin@demo.example";
const REP: &str = "rep@demo.example";
/// Times the twelve slices of the overview are asked, each time with other filters.
const ROUNDS: usize = 40;
const RANDOM: usize = 300;
const METRICS: [&str; 8] = ["grossRevenue", "returns", "netSales", "cost", "grossProfit", "units", "lines", "customers"];

/// Measures on SQLite, the server on all cores: it is asked one thing at a time.
pub fn measure(ground: &Ground, table: &mut Table) -> Result<()> {
    let lines = std::env::var("FIELDLIGHT_BENCH_LINES").ok().and_then(|n| n.parse().ok()).unwrap_or(LINES);
    let folder = std::env::var_os(COMPANY).map_or_else(|| ground.data("kpis"), PathBuf::from);
    if folder.is_dir() {
        // what a server kept of it would be loaded, not built
        for kept in fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())) {
            if kept.file_name().is_some_and(|name| name.to_string_lossy().starts_with("cube-")) {
                fs::remove_file(kept)?;
            }
        }
    } else {
        let start = Instant::now();
        quiet(ground.on_all_cores(&folder).args(["demo", "--lines", &lines.to_string()]).env("FIELDLIGHT_DEMO_PASSWORD", PASSWORD), "")?;
        println!("    {lines} lines were made in {:.0} s", start.elapsed().as_secs_f64());
    }
    let (built, server, office) = started(ground, &folder)?;
    table.add(Row::new(format!("cube of {lines} stored lines built, server ready"), "s", Goal::AtMost(60.0), vec![built]));
    today(&office, &server, table)?;
    slices(&office, table)?;
    table.add(Row::new("server's memory with the cube", "MB", Goal::AtMost(500.0), vec![server.resident_mb()?]));
    fresh(ground, &folder, &office, table)?;
    duckdb(ground, &folder, &office, table)?;
    drop(server);
    let (again, _server, _office) = started(ground, &folder)?;
    table.add(Row::new("start with a built cube", "s", Goal::AtMost(2.0), vec![again]));
    Ok(())
}

/// A server whose cube answers, and how long that took, signing in left out.
fn started(ground: &Ground, folder: &Path) -> Result<(f64, Server, Office)> {
    let start = Instant::now();
    let server = Server::start_on_all_cores(ground, folder)?;
    let up = start.elapsed();
    let office = Office::enter(server.addr, ADMIN)?;
    let asked = Instant::now();
    office.get("kpis/range")?;
    Ok(((up + asked.elapsed()).as_secs_f64(), server, office))
}

fn today(office: &Office, server: &Server, table: &mut Table) -> Result<()> {
    let rep = Office::enter(server.addr, REP)?;
    for (who, office) in [("the team", office), ("a rep", &rep)] {
        let mut took = Vec::new();
        for _ in 0..60 {
            let start = Instant::now();
            office.get("overview")?;
            took.push(start.elapsed().as_secs_f64() * 1e3);
        }
        table.add(Row::new(format!("Today's figures of {who}, with their clients and visits"), "ms", Goal::AtMost(5.0), took));
    }
    Ok(())
}

/// What filters may name, and the days there are.
struct Known {
    first: i64,
    last: i64,
    labels: Vec<(&'static str, Vec<String>)>,
}

fn known(office: &Office) -> Result<Known> {
    let range = office.get("kpis/range")?;
    let text = |field: &str| range[field].as_str().map(str::to_owned).context("no range");
    let (from, to) = (text("from")?, text("to")?);
    let mut labels = Vec::new();
    for key in ["branch", "rep", "productLine", "itemGroup", "product", "customer"] {
        let slice = json!({"from": from, "to": to, "groupBy": [key], "metrics": ["lines"], "orderBy": "lines", "limit": 5_000});
        let rows = data(&office.ask("POST", "kpis/slice", "", &slice)?)?;
        labels.push((key, rows["rows"].as_array().into_iter().flatten().filter_map(|row| Some(row[key].as_str()?.to_owned())).collect()));
    }
    Ok(Known { first: days(&from)?, last: days(&to)?, labels })
}

/// Days since 1970 of `YYYY-MM-DD`.
fn days(text: &str) -> Result<i64> {
    (0..40_000).find(|n| day(*n) == text).context("a day after 2079")
}

impl Known {
    fn between(&self, random: &mut Random) -> (String, String) {
        let mut pick = || self.first + random.below((self.last - self.first + 1) as usize) as i64;
        let (a, b) = (pick(), pick());
        (day(a.min(b)), day(a.max(b)))
    }

    fn filters(&self, keys: &[&str], random: &mut Random) -> Value {
        let mut filters = serde_json::Map::new();
        for (key, labels) in self.labels.iter().filter(|(key, labels)| keys.contains(key) && !labels.is_empty()) {
            if random.below(100) < 30 {
                let chosen: Vec<&String> = (0..=random.below(5)).map(|_| &labels[random.below(labels.len())]).collect();
                filters.insert((*key).to_owned(), json!(chosen));
            }
        }
        Value::Object(filters)
    }
}

fn slices(office: &Office, table: &mut Table) -> Result<()> {
    const MONEY: [&str; 3] = ["netSales", "grossProfit", "returns"];
    let (known, mut random) = (known(office)?, Random(7));
    let twelve: [(&[&str], &[&str]); 12] = [
        (&[], &METRICS),
        (&["month"], &METRICS),
        (&["branch"], &METRICS),
        (&["rep"], &MONEY),
        (&["productLine"], &METRICS),
        (&["branch", "productLine"], &MONEY),
        (&["branch", "month"], &MONEY),
        (&[], &METRICS),
        (&["day"], &MONEY),
        (&["rep"], &METRICS),
        (&["product"], &MONEY),
        (&["customer"], &MONEY),
    ];
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        for (place, (by, metrics)) in twelve.iter().enumerate() {
            let (from, to) = known.between(&mut random);
            let mut slice = json!({"from": from, "to": to, "groupBy": by, "metrics": metrics,
                "filters": known.filters(&["branch", "rep", "productLine", "itemGroup"], &mut random)});
            if place >= 10 {
                slice["orderBy"] = json!("netSales");
                slice["limit"] = json!(100);
            }
            took.extend(timed(office, &slice)?);
        }
    }
    table.add(Row::new("the overview's slices, any dates and filters: p95", "ms", Goal::AtMost(10.0), vec![percentile(&mut took, 95)]));
    table.add(Row::new("… all of them", "ms", Goal::Shown, took));
    let keys = ["branch", "rep", "productLine", "itemGroup", "month", "year", "customer", "product"];
    let mut took = Vec::new();
    while took.len() < RANDOM {
        let (from, to) = known.between(&mut random);
        let mut by: Vec<&str> = (0..random.below(4)).map(|_| random.pick(&keys)).collect();
        by.sort_unstable();
        by.dedup();
        let count = 1 + random.below(METRICS.len());
        let metrics: Vec<&str> = METRICS.iter().copied().cycle().skip(random.below(8)).take(count).collect();
        let all = ["branch", "rep", "productLine", "itemGroup", "product", "customer"];
        took.extend(timed(
            office,
            &json!({"from": from, "to": to, "groupBy": by, "metrics": metrics, "filters": known.filters(&all, &mut random)}),
        )?);
    }
    table.add(Row::new("random slices of up to 10,000 groups: p95", "ms", Goal::AtMost(50.0), vec![percentile(&mut took, 95)]));
    table.add(Row::new("… all of them", "ms", Goal::Shown, took));
    Ok(())
}

/// Milliseconds of one slice; none when it has too many groups.
fn timed(office: &Office, slice: &Value) -> Result<Option<f64>> {
    let start = Instant::now();
    let answer = office.ask("POST", "kpis/slice", "", slice)?;
    let took = start.elapsed().as_secs_f64() * 1e3;
    if answer.status == 400 && String::from_utf8_lossy(&answer.body).contains("too_many_groups") {
        return Ok(None);
    }
    data(&answer)?;
    Ok(Some(took))
}

fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len() * percent / 100).min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// From the end of an import beside the server to the first answer that has it.
fn fresh(ground: &Ground, folder: &Path, office: &Office, table: &mut Table) -> Result<()> {
    let mut waits = Vec::new();
    for run in 0..3 {
        let count = || -> Result<u64> { office.get("kpis/summary")?["rows"][0]["lines"].as_u64().context("no lines") };
        let before = count()?;
        let file = ground.file(
            &format!("fresh-{run}.csv"),
            &format!("date,gross_revenue,document_no\n{},10,F{run}-{}\n", yesterday(), std::process::id()),
        )?;
        quiet(ground.fieldlight(folder).args(["import", "sales"]).arg(file), "")?;
        let start = Instant::now();
        while count()? == before {
            ensure!(start.elapsed().as_secs() < 20, "the figures do not follow");
        }
        waits.push(start.elapsed().as_secs_f64() * 1e3);
    }
    table.add(Row::new("an import is in the figures after", "ms", Goal::AtMost(1_000.0), waits));
    Ok(())
}

fn yesterday() -> String {
    day(super::random::today() - 1)
}

/// The same slices on DuckDB over the exported file, compared and timed; passed over where Python has no DuckDB.
fn duckdb(ground: &Ground, folder: &Path, office: &Office, table: &mut Table) -> Result<()> {
    let script = workspace::root().join("../shared/peers/kpis_duckdb.py");
    let there = Command::new("python3").args(["-c", "import duckdb"]).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !there || !script.exists() {
        println!("    DuckDB is not there: not compared");
        return Ok(());
    }
    let (facts, result) = (folder.join("facts.csv"), folder.join("duckdb.json"));
    quiet(ground.fieldlight(folder).args(["export", "sales"]).arg(&facts), "")?;
    let url = format!("http://{}", office.addr());
    let mut python = Command::new("python3");
    python.arg(script).arg(&facts).args(["--ours", &url, "--token", &office.token()?, "--slices", "200", "--json"]).arg(&result);
    ensure!(python.stdout(Stdio::null()).status()?.success(), "slices differ from DuckDB's");
    let result: Value = serde_json::from_str(&fs::read_to_string(result)?)?;
    for name in ["overview", "random"] {
        let ratio = result[name]["ratio_of_sums"].as_f64().context("no ratio")?;
        let goal = if name == "overview" { Goal::AtLeast(20.0) } else { Goal::Shown };
        table.add(Row::new(format!("DuckDB takes so many times as long: {name} slices"), "times", goal, vec![ratio]));
    }
    let differing = result["differing_slices"].as_f64().unwrap_or(-1.0);
    table.add(Row::new("slices that differ from DuckDB's, of 212", "", Goal::AtMost(0.0), vec![differing]));
    Ok(())
}
