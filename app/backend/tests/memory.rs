//! What an import takes of the memory, in a process of its own: no more for a file that names somebody else in every line.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Options};
use common::both_engines;
use std::fmt::Write;

/// Rows, each with a client, a product and a document of its own.
const ROWS: usize = 60_000;
/// What is let in memory of them.
const IN_MEMORY: usize = 1 << 20;
/// What reading them may take besides, on both engines at once: blocks of files, maps that grow, connections.
const MORE_KB: u64 = 24 << 10;

/// The most memory this process has taken so far, in kB.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

both_engines!(a_file_that_names_somebody_else_in_every_line_takes_no_more_memory, |backend| {
    let file = std::env::temp_dir().join(format!("named-{}.csv", common::build::id()));
    let mut text = "date,document_no,amount,customer,product\n".to_owned();
    (0..ROWS).for_each(|i| writeln!(text, "2026-01-01,D{i},1.25,Customer number {i} of a long list,Product number {i}").unwrap());
    std::fs::write(&file, &text).unwrap();
    drop(text);
    let before = peak_kb();
    let options = Options { dry_run: true, memory: IN_MEMORY, ..Options::default() };
    let report = import::run(&backend, Kind::Sales, Input::path(file.clone()), None, options).await.unwrap();
    let taken = peak_kb() - before;
    assert_eq!((report.tally.new, report.clients_added, report.products_added), (60_000, 60_000, 60_000));
    assert!(taken < MORE_KB, "{taken} kB");
    std::fs::remove_file(file).unwrap();
});
