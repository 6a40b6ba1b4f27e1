//! The counts as Prometheus reads them: its text format, version 0.0.4. Written here: the recorder of a library is one for the whole process, and half of
//! what is told is asked of the backend at that moment anyway.

use std::{fmt::Write, sync::PoisonError, sync::atomic::Ordering, time::SystemTime};

use backend::{
    Backend,
    diagnostics::{self, State},
    kpis,
};

use super::Vitals;

/// Bounds of durations, microseconds.
const BOUNDS_US: [u64; 12] = [1_023, 2_047, 5_119, 10_239, 24_575, 49_151, 98_303, 245_759, 491_519, 983_039, 2_490_367, 9_961_471];

/// A metric's text under its name.
#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // writing to a string does not fail
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        self.0.push_str(name);
        for (at, (label, text)) in labels.iter().enumerate() {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{}{label}=\"{text}\"", if at == 0 { '{' } else { ',' });
        }
        let _ = writeln!(self.0, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
        self.head(name, kind, help);
        self.line(name, &[], value);
    }
}

/// Everything.
pub async fn text(vitals: &Vitals, streams: usize, backend: &Backend) -> String {
    let mut page = Page::default();
    requests(&mut page, vitals);
    page.one("fieldlight_live_streams", "gauge", "Open streams of live updates.", streams);
    let begun = vitals.begun_at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    page.one("process_start_time_seconds", "gauge", "When the process started, seconds since 1970.", begun);
    behind(&mut page, backend);
    parts(&mut page, backend).await;
    page.0
}

fn requests(page: &mut Page, vitals: &Vitals) {
    page.one("fieldlight_http_requests_in_flight", "gauge", "Requests being answered.", vitals.in_flight.load(Ordering::Relaxed));
    let counted = vitals.counted.lock().unwrap_or_else(PoisonError::into_inner);
    let name = "fieldlight_http_request_duration_seconds";
    page.head(name, "histogram", "Time to the head of the answer, by route, method and class of status.");
    for (series, times) in &counted.series {
        let labels = [("route", series.route.as_str()), ("method", series.method), ("status", series.class)];
        for bound in BOUNDS_US {
            let le = (bound as f64 / 1e6).to_string();
            let with = [labels[0], labels[1], labels[2], ("le", le.as_str())];
            page.line(&format!("{name}_bucket"), &with, times.at_most(bound));
        }
        page.line(&format!("{name}_bucket"), &[labels[0], labels[1], labels[2], ("le", "+Inf")], times.count());
        page.line(&format!("{name}_sum"), &labels, times.sum_us() as f64 / 1e6);
        page.line(&format!("{name}_count"), &labels, times.count());
    }
}

fn behind(page: &mut Page, backend: &Backend) {
    let pool = diagnostics::pool(backend);
    page.head("fieldlight_db_connections", "gauge", "Connections to the database; of SQLite, the readers.");
    for (state, value) in [("idle", pool.idle), ("busy", pool.open.saturating_sub(pool.idle)), ("most", pool.most)] {
        page.line("fieldlight_db_connections", &[("state", state)], value);
    }
    let imports = diagnostics::imports(backend);
    page.head("fieldlight_imports_total", "counter", "Files brought in or refused by this process.");
    page.line("fieldlight_imports_total", &[("outcome", "done")], imports.done);
    page.line("fieldlight_imports_total", &[("outcome", "failed")], imports.failed);
    page.one("fieldlight_import_rows_total", "counter", "Rows read by this process.", imports.rows);
    page.one("fieldlight_import_rows_rejected_total", "counter", "Rows not taken in by this process.", imports.rejected);
    page.one("fieldlight_import_seconds_total", "counter", "Time imports of this process took.", imports.took_ms as f64 / 1e3);
    let Some(cube) = kpis::standing(backend) else { return };
    page.one("fieldlight_cube_version", "gauge", "The version of the data the cube holds.", cube.version);
    page.one("fieldlight_cube_cells", "gauge", "Cells of the cube.", cube.cells);
    page.one("fieldlight_cube_lines", "gauge", "Lines the cube stands for.", cube.lines);
    page.one("fieldlight_cube_bytes", "gauge", "Bytes of the cube's columns.", cube.bytes);
    page.head("fieldlight_cube_ready_seconds", "gauge", "How long the cube took to be there, built from lines or read from disk.");
    let from = if cube.from_disk { "disk" } else { "lines" };
    page.line("fieldlight_cube_ready_seconds", &[("from", from)], cube.took_ms as f64 / 1e3);
}

async fn parts(page: &mut Page, backend: &Backend) {
    page.head(
        "fieldlight_part_up",
        "gauge",
        "1 where a part is well or switched off, 0.5 where somebody should look at it, 0 where it is down.",
    );
    for part in diagnostics::parts(backend).await {
        let value = match part.state {
            State::Up | State::Off => "1",
            State::Attention => "0.5",
            State::Down => "0",
        };
        page.line("fieldlight_part_up", &[("part", part.code)], value);
    }
    if let Some(disk) = diagnostics::disk(backend).await {
        page.one("fieldlight_disk_free_bytes", "gauge", "Room left on the disk of the data folder.", disk.free);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped_and_lines_end() {
        let mut page = Page::default();
        page.one("a_total", "counter", "Help.", 3);
        page.line("b", &[("route", "/x\"\\\n"), ("le", "+Inf")], 0.5);
        assert_eq!(page.0, "# HELP a_total Help.\n# TYPE a_total counter\na_total 3\nb{route=\"/x\\\"\\\\\\n\",le=\"+Inf\"} 0.5\n");
    }
}
