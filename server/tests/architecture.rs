//! The arrows between crates, and the shape of files, read from the sources themselves.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "architecture/sources.rs"]
mod sources;

use sources::{Source, dependencies, of, tree};

/// Longest file, in lines.
const LINES_MAX: usize = 300;
const OURS: [&str; 5] = ["domain", "backend", "app", "frontend", "server"];
const SLICES: [&str; 6] = ["today", "clients", "contacts", "visits", "people", "sync"];

fn none(found: &[String], law: &str) {
    assert!(found.is_empty(), "{law}\n  {}", found.join("\n  "));
}

/// Lines outside tests that hold one of `words`.
fn lines_with(sources: &[Source], words: &[&str]) -> Vec<String> {
    let hit = |line: &str| words.iter().any(|word| line.contains(word));
    sources.iter().flat_map(|source| source.code().filter(|(_, line)| hit(line)).map(|(n, line)| source.place(n, line))).collect()
}

#[test]
fn domain_depends_on_nothing_of_ours_and_knows_no_clock_no_chance_and_no_outside() {
    let ours: Vec<String> = dependencies("app/domain/Cargo.toml").into_iter().filter(|name| OURS.contains(&name.as_str())).collect();
    none(&ours, "domain depends on nothing of ours");
    let forbidden = [
        "SystemTime",
        "Instant::now",
        "now_v7",
        "new_v4",
        "getrandom",
        "rand::",
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "println!",
        "tokio",
        "web_sys",
        "js_sys",
    ];
    none(&lines_with(&of("app/domain/src"), &forbidden), "domain has no clock, no randomness, no I/O: they are arguments");
    for dependency in dependencies("app/domain/Cargo.toml") {
        assert!(
            ["serde", "serde_json", "uuid"].contains(&dependency.as_str()),
            "domain stays free of {dependency}: it is in every phone's download"
        );
    }
}

#[test]
fn backend_knows_no_web_framework_no_screens_and_no_status_codes() {
    let forbidden = ["axum", "leptos", "tower", "hyper", "http", "app", "server", "leptos_axum"];
    let found: Vec<String> = dependencies("app/backend/Cargo.toml").into_iter().filter(|name| forbidden.contains(&name.as_str())).collect();
    none(&found, "backend depends on no web framework");
    none(
        &lines_with(&of("app/backend/src"), &["axum::", "leptos", "StatusCode", "std::env::var"]),
        "backend knows no HTTP and no environment",
    );
}

#[test]
fn the_browser_build_holds_no_server_code() {
    let names = tree("frontend", "wasm32-unknown-unknown");
    assert!(names.iter().any(|name| name == "app"), "the tree of frontend was not read: {names:?}");
    let forbidden = ["backend", "server", "sqlx", "sqlx-core", "tokio", "axum", "hyper", "leptos_axum", "chrono-tz"];
    none(
        &names.into_iter().filter(|name| forbidden.contains(&name.as_str())).collect::<Vec<_>>(),
        "the wasm tree holds only what a browser needs",
    );
}

#[test]
fn app_reaches_backend_only_in_server_functions_and_ssr_files() {
    let mut found = Vec::new();
    for source in of("app/src").iter().filter(|source| !source.is_ssr()) {
        let bodies = source.server_functions();
        let outside = |n: &usize| !bodies.iter().any(|body| body.contains(n));
        let reaches = source.code().filter(|(_, line)| line.contains("backend::") || line.contains("leptos_axum::"));
        found.extend(reaches.filter(|(n, _)| outside(n)).map(|(n, line)| source.place(n, line)));
    }
    none(&found, "app asks backend in the bodies of server functions and in ssr files only");
}

#[test]
fn app_asks_for_its_features_only_where_it_declares_ssr_modules() {
    let mut found = Vec::new();
    for source in of("app/src").iter().filter(|source| !source.is_ssr()) {
        let lines: Vec<&str> = source.text.lines().collect();
        for (n, line) in source.code().filter(|(_, line)| line.contains("feature =")) {
            let declares = lines.get(n).is_some_and(|next| next.trim_start().trim_start_matches("pub ").starts_with("mod "));
            if !(line.trim() == "#[cfg(feature = \"ssr\")]" && declares) {
                found.push(source.place(n, line));
            }
        }
    }
    none(&found, "cfg(feature) stands only before the declaration of an ssr module");
}

#[test]
fn sql_stands_only_in_sql_files_and_db() {
    let may = |path: &str| path.ends_with("/sql.rs") || path.contains("/sql/") || path.contains("/db/");
    let mut found = Vec::new();
    for folder in ["app/backend/src", "app/src", "app/domain/src", "server/src", "frontend/src"] {
        for source in of(folder).iter().filter(|source| !may(&source.path)) {
            found.extend(source.code().filter(|(_, line)| is_sql(line)).map(|(n, line)| source.place(n, line)));
        }
    }
    none(&found, "SQL stands in <slice>/sql.rs and db/");
}

/// A string literal that begins like a statement.
fn is_sql(line: &str) -> bool {
    let begins = |text: &str| ["select ", "insert into ", "delete from ", "with recursive "].iter().any(|word| text.starts_with(word));
    let updates = |text: &str| text.starts_with("update ") && text.contains(" set ");
    !line.trim_start().starts_with("//") && line.split('"').skip(1).step_by(2).any(|literal| begins(literal) || updates(literal))
}

#[test]
fn a_slices_tables_are_written_by_that_slice_alone() {
    let owners = [
        ("clients", "clients"),
        ("client_tags", "clients"),
        ("contacts", "contacts"),
        ("visits", "visits"),
        ("users", "people"),
        ("sessions", "people"),
        ("events", "journal"),
    ];
    let mut found = Vec::new();
    for source in of("app/backend/src").iter().filter(|source| !source.path.contains("/import/") && !source.path.contains("/demo/")) {
        let slice = source.path.trim_start_matches("app/backend/src/").split('/').next().unwrap_or_default().trim_end_matches(".rs");
        for (table, owner) in owners.iter().filter(|(_, owner)| *owner != slice) {
            let writes = [format!("insert into {table} "), format!("update {table} set"), format!("delete from {table} ")];
            let hits = source.code().filter(|(_, line)| writes.iter().any(|write| line.contains(write.as_str())));
            found.extend(hits.map(|(n, line)| format!("{} (owner: {owner})", source.place(n, line))));
        }
    }
    none(&found, "a slice calls another slice's verbs, never writes its tables");
}

#[test]
fn rest_and_graphql_hold_no_rule() {
    let rules = [
        "Role::",
        "Right::",
        ".may(",
        "Scope::",
        ".scope()",
        "Light::",
        "VisitStatus::",
        "Promise::",
        ".archived_at",
        ".stamp(",
        ".visited(",
    ];
    for folder in ["server/src/rest", "server/src/graphql"] {
        none(&lines_with(&of(folder), &rules), "REST and GraphQL read the request, call one use case and convert the answer");
    }
}

#[test]
fn the_design_system_and_the_charts_know_no_slice() {
    let words: Vec<String> = SLICES.iter().flat_map(|slice| [format!("crate::{slice}"), format!("domain::{slice}")]).collect();
    let words: Vec<&str> =
        words.iter().map(String::as_str).chain(["crate::offline", "crate::session", "#[server]", "Resource::new"]).collect();
    for folder in ["app/src/ui", "app/src/charts"] {
        none(&lines_with(&of(folder), &words), "ui and charts are given what they show");
    }
}

#[test]
fn every_read_of_a_scoped_table_takes_the_caller() {
    let mut found = Vec::new();
    for slice in ["clients", "contacts", "visits"] {
        for source in of(&format!("app/backend/src/{slice}")) {
            for (n, signature, body) in source.functions() {
                let reads = [" from clients", " from contacts", " from visits"].iter().any(|from| body.contains(from));
                let told = ["Caller", "Scope", "Author", "unscoped"].iter().any(|word| signature.contains(word));
                if reads && !told {
                    found.push(source.place(n, &signature));
                }
            }
        }
    }
    none(&found, "a read of a scoped table takes the caller, or says `unscoped` in its name");
}

#[test]
fn a_file_reads_in_one_sitting_and_opens_with_what_it_is() {
    let mut found = Vec::new();
    let folders = ["app/src", "app/domain/src", "app/intake/src", "app/backend/src", "server/src", "server/tests", "server/xtask/src"];
    for folder in folders.into_iter().chain(["frontend/src", "frontend/reader/src"]) {
        for source in of(folder) {
            let lines = source.code().count();
            if lines > LINES_MAX {
                found.push(format!("{}: {lines} lines outside tests", source.path));
            }
            if !source.text.starts_with("//!") && !source.path.ends_with("/tests.rs") {
                found.push(format!("{}: does not open with //!", source.path));
            }
            let allows =
                source.code().filter(|(_, line)| line.trim_start().starts_with("#[allow") || line.trim_start().starts_with("#![allow"));
            found.extend(allows.map(|(n, line)| source.place(n, line)));
        }
    }
    none(&found, "files stay under 300 lines, say what they are, and expect instead of allowing");
}
