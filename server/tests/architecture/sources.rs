//! The workspace's sources and manifests, as text.

use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    process::Command,
};

/// One Rust file.
pub struct Source {
    /// From the workspace's root.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Lines before the tests at the end of the file, numbered from 1.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").enumerate().map(|(n, line)| (n + 1, line))
    }

    pub fn place(&self, line: usize, text: &str) -> String {
        format!("{}:{line}: {}", self.path, text.trim())
    }

    /// Compiled for the server only.
    pub fn is_ssr(&self) -> bool {
        self.path.ends_with("_ssr.rs") || self.path.ends_with("/shell.rs") || self.path.contains("/ssr/")
    }

    /// The lines of each function marked `#[server]`.
    pub fn server_functions(&self) -> Vec<RangeInclusive<usize>> {
        let starts = self.code().filter(|(_, line)| line.trim_start().starts_with("#[server")).map(|(n, _)| n);
        starts.map(|start| start..=self.end_of_block(start)).collect()
    }

    /// (line, signature, body) of each function.
    pub fn functions(&self) -> Vec<(usize, String, String)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let is_fn = |line: &str| {
            line.trim_start().split("fn ").next().is_some_and(|before| line.contains("fn ") && before.split_whitespace().all(is_modifier))
        };
        let starts = self.code().filter(|(_, line)| is_fn(line)).map(|(n, _)| n);
        let read = |start: usize| {
            let text = lines[start - 1..self.end_of_block(start)].join("\n");
            let (signature, body) = text.split_once('{').unwrap_or((&text, ""));
            (start, signature.split_whitespace().collect::<Vec<_>>().join(" "), body.to_owned())
        };
        starts.map(read).collect()
    }

    /// The line on which the first `{` from `start` on is closed again.
    fn end_of_block(&self, start: usize) -> usize {
        let mut depth = 0_i32;
        for (n, line) in self.text.lines().enumerate().skip(start - 1) {
            let opened = depth + line.matches('{').count() as i32;
            depth = opened - line.matches('}').count() as i32;
            if opened > 0 && depth <= 0 {
                return n + 1;
            }
        }
        self.text.lines().count()
    }
}

fn is_modifier(word: &str) -> bool {
    ["pub", "async", "const", "unsafe"].contains(&word) || word.starts_with("pub(")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// All Rust files below a folder; none when there is no such folder yet.
pub fn of(folder: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&root().join(folder), &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn collect(folder: &Path, sources: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            sources.push(Source { path: path.strip_prefix(root()).unwrap().display().to_string(), text });
        }
    }
}

/// Names under `[dependencies]` of a manifest.
pub fn dependencies(manifest: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().cloned().collect()
}

/// Names of all crates in a package's tree for a target.
pub fn tree(package: &str, target: &str) -> Vec<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let arguments =
        ["tree", "-p", package, "--target", target, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}", "--offline"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut names: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect();
    names.sort();
    names.dedup();
    names
}
