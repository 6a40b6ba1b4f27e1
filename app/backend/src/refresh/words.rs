//! What came of a file of the refresh, in words.

use crate::import::Report;
use crate::import::report::counted;

/// What is said of a mapping that no file takes.
pub(super) const UNUSED: &str = "No file here is read by this mapping: name it as the files it is for begin (sales_nakuru.toml for sales_nakuru_2026-11-24.csv), or after \
their kind (sales.toml).";

/// Refused rows that are told with their reason; the rest is on the page of the import, or in what the file is put right by.
const REASONS: usize = 3;

/// What is said of a file that changed a moment ago, and how long to wait for it.
pub(super) fn arriving((ago, left): (u64, u64), hour: u8, by_hand: bool) -> String {
    let next = if by_hand {
        format!("Refresh again in {left} seconds, or leave it to the refresh at {hour:02}:00.")
    } else {
        format!("The refresh of tomorrow takes it, at {hour:02}:00, or one made by hand.")
    };
    format!("It changed {} ago and may not be whole yet. {next}", counted(ago, "second"))
}

/// What came of one that was read.
pub(super) fn in_words(report: &Report) -> String {
    let t = &report.tally;
    let money = report.money.as_ref().filter(|_| report.id.is_some());
    let money = money.map(|money| format!("; {} {} brought in", money.currency, money.brought_in)).unwrap_or_default();
    let refused = if t.rejected > 0 { format!(", {} refused", t.rejected) } else { String::new() };
    let rows = counted(t.rows, "row");
    let written = if report.id.is_some() { "" } else { "; there was nothing to write" };
    let why = t.rejects.iter().take(REASONS).map(|reject| format!(" Line {}: {}", reject.line, reject.reason)).collect::<String>();
    let more = t.rejected.saturating_sub(REASONS as u64);
    let more = if more > 0 && !why.is_empty() { format!(" … and {more} more.") } else { String::new() };
    format!("Of {rows}: {}{refused}{money}{written}.{why}{more}", t.headline())
}
