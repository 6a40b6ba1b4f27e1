//! Measurements against the release server, each repeated: a table shows the noise beside the middle, and whether the goal is reached.

use anyhow::{Result, bail};
use clap::Args;

mod book;
mod browser;
mod company;
mod ground;
mod http;
mod import;
mod kill;
mod kpis;
mod load;
mod office;
mod random;
mod sales;
mod server;
mod table;
mod wire;

use ground::Ground;
use table::{Goal, Row, Table};

/// Which measurements, and how often.
#[derive(Args)]
pub struct Selection {
    /// Names to run, or what they begin with; all when none is given.
    names: Vec<String>,
    /// Runs per measurement.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Measures what is built already.
    #[arg(long)]
    no_build: bool,
    /// Is the load generator: reads its plan from standard input.
    #[arg(long, hide = true)]
    generate: bool,
}

/// A group of measurements that share their preparation.
struct Bench {
    name: &'static str,
    measure: fn(&Ground, &mut Table) -> Result<()>,
}

const BENCHES: [Bench; 11] = [
    Bench { name: "site", measure: site },
    Bench { name: "http", measure: http::measure },
    Bench { name: "import", measure: import::measure },
    Bench { name: "import-sales", measure: sales::measure },
    Bench { name: "import-preview", measure: browser::preview },
    Bench { name: "kpis", measure: kpis::measure },
    Bench { name: "book", measure: book::measure },
    Bench { name: "phone", measure: browser::phone },
    Bench { name: "desk", measure: browser::desk },
    Bench { name: "lighthouse", measure: browser::lighthouse },
    Bench { name: "kill", measure: kill::measure },
];

/// Runs the selected groups, goes on after one that fails, and prints the table.
pub fn run(selection: &Selection) -> Result<()> {
    if selection.generate {
        return load::generate();
    }
    let names = &selection.names;
    if let Some(unknown) = names.iter().find(|name| BENCHES.iter().all(|bench| !bench.name.starts_with(name.as_str()))) {
        bail!("no measurement {unknown}; there are: {}", BENCHES.map(|bench| bench.name).join(", "));
    }
    let ground = Ground::prepare(selection.runs.max(1), selection.no_build)?;
    let mut table = Table::default();
    let mut failed = Vec::new();
    for Bench { name, measure } in
        BENCHES.iter().filter(|bench| names.is_empty() || names.iter().any(|name| bench.name.starts_with(name.as_str())))
    {
        println!("▸ {name}");
        if let Err(error) = measure(&ground, &mut table) {
            println!("✗ {name}: {error:#}");
            failed.push(*name);
        }
    }
    print!("\n{}\n{}", ground.about(), table.text());
    if !failed.is_empty() {
        bail!("not measured: {}", failed.join(", "));
    }
    Ok(())
}

/// The first route's bytes are the same in every run.
fn site(_: &Ground, table: &mut Table) -> Result<()> {
    let bytes = crate::site::budget::first_route()?.total();
    table.add(Row::new("first route, wasm + JS + CSS (brotli)", "bytes", Goal::AtMost(250_000.0), vec![bytes as f64]));
    Ok(())
}
