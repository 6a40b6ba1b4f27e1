//! Measurements: each is repeated, and its table shows the noise beside the middle.

use anyhow::{Result, bail};
use clap::Args;

mod table;

/// Which measurements, and how often.
#[derive(Args)]
pub struct Selection {
    /// Names to run; all when none is given.
    names: Vec<String>,
    /// Runs per measurement.
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

/// One measurement: what is measured, in which unit, how, and what it must reach.
struct Measurement {
    name: &'static str,
    unit: &'static str,
    goal: table::Goal,
    measure: fn() -> Result<f64>,
}

const MEASUREMENTS: &[Measurement] = &[Measurement {
    name: "first-route",
    unit: "bytes",
    goal: table::Goal::AtMost(250_000.0),
    measure: || Ok(crate::site::budget::first_route()?.total() as f64),
}];

/// Runs the selected measurements and prints their table.
pub fn run(selection: &Selection) -> Result<()> {
    let chosen = |measurement: &&Measurement| {
        selection.names.is_empty() || selection.names.iter().any(|name| name == measurement.name)
    };
    let mut rows = Vec::new();
    for Measurement {
        name,
        unit,
        goal,
        measure,
    } in MEASUREMENTS.iter().filter(chosen)
    {
        println!("▸ {name}");
        let runs = (0..selection.runs.max(1))
            .map(|_| measure())
            .collect::<Result<Vec<f64>>>()?;
        rows.push(table::Row {
            name,
            unit,
            goal: *goal,
            runs,
        });
    }
    if rows.is_empty() {
        let known: Vec<&str> = MEASUREMENTS
            .iter()
            .map(|measurement| measurement.name)
            .collect();
        bail!("no such measurement; there are: {}", known.join(", "));
    }
    print!("{}", table::print(&rows));
    Ok(())
}
