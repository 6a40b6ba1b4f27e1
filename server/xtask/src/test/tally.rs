//! The running tally: what passed, what failed, and the names of what failed.

use std::fmt::Display;

use anyhow::Result;

use crate::step::step;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
}

impl Count {
    /// Adds the summary line of one `cargo test` binary; any other line changes nothing.
    pub fn read_summary(&mut self, line: &str) {
        let Some((_, summary)) = line.split_once("test result: ") else {
            return;
        };
        let number_before = |word: &str| -> u64 {
            let mut words = summary.split([' ', ';']).filter(|part| !part.is_empty());
            let mut last = None;
            let found = words.any(|part| {
                let hit = part == word;
                if !hit {
                    last = part.parse().ok();
                }
                hit
            });
            last.filter(|_| found).unwrap_or(0)
        };
        self.passed += number_before("passed");
        self.failed += number_before("failed");
    }
}

/// The tally of a whole run.
#[derive(Debug, Default)]
pub struct Tally {
    count: Count,
    failures: Vec<String>,
}

impl Tally {
    /// Does one check and counts its outcome; whether it passed.
    pub fn check(&mut self, name: impl Display, work: impl FnOnce() -> Result<()>) -> bool {
        self.suite(name, || work().map(|()| Count { passed: 1, failed: 0 }))
    }

    /// Runs a suite and adds its own count; one that breaks off counts as one failure. Whether all of it passed.
    pub fn suite(&mut self, name: impl Display, work: impl FnOnce() -> Result<Count>) -> bool {
        let name = name.to_string();
        let count = step(&name, work).unwrap_or_else(|error| {
            eprintln!("  {error:#}");
            Count { passed: 0, failed: 1 }
        });
        self.count.passed += count.passed;
        self.count.failed += count.failed;
        if count.failed > 0 {
            self.failures.push(format!("{name}: {} failed", count.failed));
        }
        count.failed == 0
    }

    /// Prints what failed and the closing line; whether everything passed.
    pub fn close(&self) -> bool {
        println!();
        for failure in &self.failures {
            println!("✗ {failure}");
        }
        println!("{} passed, {} failed", self.count.passed, self.count.failed);
        self.count.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_test_binaries_add_up() {
        let mut count = Count::default();
        count.read_summary("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s");
        count.read_summary("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s");
        count.read_summary("test visits::record ... ok");
        assert_eq!(count, Count { passed: 15, failed: 2 });
    }

    #[test]
    fn a_suite_that_breaks_off_is_a_failure() {
        let mut tally = Tally::default();
        assert!(!tally.suite("journeys", || Err(anyhow::anyhow!("no browser"))));
        assert!(tally.check("format", || Ok(())));
        assert_eq!(tally.count, Count { passed: 1, failed: 1 });
        assert!(!tally.close());
    }
}
