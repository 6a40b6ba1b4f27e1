//! How fast visits are brought in: the whole command, from its start to its end, on one core.

use std::time::Instant;

use anyhow::{Result, ensure};

use super::{
    company,
    ground::{Ground, copy_folder},
    office::Office,
    server::Server,
    table::{Goal, Row, Table},
};

const VISITS: usize = 100_000;

/// Measures `fieldlight import visits` on a company of 5,000 clients, each time from the same data.
pub fn measure(ground: &Ground, table: &mut Table) -> Result<()> {
    let before = company::with_clients(ground, "import-before")?;
    let (file, mapping) = company::visits_file(ground, VISITS)?;
    let data = ground.data("import");
    let mut rates = Vec::new();
    for _ in 0..ground.runs {
        copy_folder(&before, &data)?;
        let start = Instant::now();
        company::import(ground, &data, "visits", &file, &mapping)?;
        let seconds = start.elapsed().as_secs_f64();
        println!("    {VISITS} visits in {seconds:.2} s");
        rates.push(VISITS as f64 / seconds);
    }
    let server = Server::start(ground, &data)?;
    let written = Office::enter(server.addr, company::REP)?.visits()?;
    ensure!(written == VISITS as u64, "{written} of {VISITS} visits were written");
    table.add(Row::new("import visits, 100,000 for 5,000 clients, one core", "rows/s", Goal::AtLeast(20_000.0), rates));
    Ok(())
}
