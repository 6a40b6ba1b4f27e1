//! The browser journeys: Playwright against the development server binary and the finished site.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{cargo, tally::Count};
use crate::{
    setup,
    step::{self, command, step},
    workspace,
};

/// Builds the server and runs the journeys whose title contains `filter`.
pub fn run(filter: Option<&str>) -> Result<Count> {
    let chromium = setup::chromium()?;
    step("cargo build -p server", cargo::build_server)?;
    let report = workspace::target().join("journeys.json");
    let _ = fs::remove_file(&report);
    let mut playwright = command(workspace::npm_tool("playwright"), &workspace::end2end());
    playwright.args(["test", "--reporter=list,json"]);
    if let Some(filter) = filter {
        playwright.args(["--grep", filter]);
    }
    playwright.env("FIELDLIGHT_BIN", workspace::target().join("debug/fieldlight"));
    playwright.env("FIELDLIGHT_SITE", workspace::site()).env("FIELDLIGHT_CHROMIUM", chromium);
    let outcome = step::run(playwright.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report));
    let count = read_report(&fs::read_to_string(&report).context("Playwright left no report")?)?;
    match outcome {
        Err(error) if count.failed == 0 => Err(error),
        _ => Ok(count),
    }
}

fn read_report(report: &str) -> Result<Count> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is no JSON")?;
    let number = |name: &str| report["stats"][name].as_u64();
    let (Some(expected), Some(unexpected)) = (number("expected"), number("unexpected")) else {
        bail!("Playwright's report has no counts");
    };
    // A journey that passes only when tried again hides a race: it counts as failed.
    Ok(Count { passed: expected, failed: unexpected + number("flaky").unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_journey_that_passes_only_at_the_second_try_counts_as_failed() {
        let count = read_report(r#"{"stats":{"expected":7,"unexpected":1,"flaky":2,"skipped":0}}"#).unwrap();
        assert_eq!(count, Count { passed: 7, failed: 3 });
    }

    #[test]
    fn a_report_without_counts_is_refused() {
        assert!(read_report("{}").is_err());
    }
}
