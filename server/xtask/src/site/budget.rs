//! The size budgets, as brotli sends it: what a rep's phone downloads for its first route, and what the area of figures adds to any.

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::{charts, chunks::Chunks};
use crate::workspace;

/// Wasm, JS and CSS together, compressed with brotli.
const LIMIT_BYTES: u64 = 250_000;
/// Everything that the area of figures loads beside the main part: its own code, what it shares with other areas, and the charts' library.
const KPIS_LIMIT_BYTES: u64 = 350_000;

#[derive(Deserialize)]
struct Addresses {
    js: String,
    wasm: String,
    css: String,
    first: Vec<String>,
    folder: String,
    chunks: Chunks,
}

/// Compressed sizes of the first route, in bytes.
pub struct FirstRoute {
    wasm: u64,
    js: u64,
    css: u64,
}

impl FirstRoute {
    /// All three together.
    pub fn total(&self) -> u64 {
        self.wasm + self.js + self.css
    }
}

fn addresses() -> Result<Addresses> {
    let text = fs::read_to_string(workspace::site().join("assets.json")).context("no built site: run `cargo xtask site`")?;
    Ok(serde_json::from_str(&text)?)
}

/// Files up to this size may have no compressed form: it would not be smaller.
const TOO_SMALL_BYTES: u64 = 512;

/// The size of a file of the site as it is sent.
fn size(address: &str) -> Result<u64> {
    let plain = workspace::site().join(address.trim_start_matches('/'));
    let compressed = format!("{}.br", plain.display());
    let whole = fs::metadata(&plain).with_context(|| format!("{} is missing", plain.display()))?.len();
    match fs::metadata(&compressed) {
        Ok(sent) => Ok(sent.len()),
        Err(_) if whole <= TOO_SMALL_BYTES => Ok(whole),
        Err(error) => Err(error).with_context(|| format!("{compressed} is missing: the site was built with --dev")),
    }
}

/// Code of the area of figures, and its elements with the charts' library, in bytes.
fn kpis() -> Result<(u64, u64)> {
    let Addresses { folder, chunks, .. } = addresses()?;
    let files: BTreeSet<&str> = chunks.of_area("kpis");
    let code = files.iter().map(|file| size(&format!("{folder}/{file}.wasm"))).sum::<Result<u64>>()?;
    let scripts = charts::SCRIPTS.iter().map(|(_, script)| size(&format!("{folder}/{script}"))).sum::<Result<u64>>()?;
    Ok((code, scripts))
}

/// Measures the built site.
pub fn first_route() -> Result<FirstRoute> {
    let addresses = addresses()?;
    let lazy = addresses.first.iter().map(|address| size(address)).sum::<Result<u64>>()?;
    Ok(FirstRoute { wasm: size(&addresses.wasm)? + lazy, js: size(&addresses.js)?, css: size(&addresses.css)? })
}

/// Prints the sizes of the built site and fails when they exceed the budget.
pub fn check() -> Result<()> {
    let sizes = first_route()?;
    let total = sizes.total();
    println!("  wasm {} + JS {} + CSS {} = {total} of {LIMIT_BYTES} bytes (brotli)", sizes.wasm, sizes.js, sizes.css);
    ensure!(total <= LIMIT_BYTES, "the first route is {} bytes over its budget", total - LIMIT_BYTES);
    let (code, library) = kpis()?;
    let total = code + library;
    println!("  figures: wasm {code} + scripts {library} = {total} of {KPIS_LIMIT_BYTES} bytes (brotli)");
    ensure!(total <= KPIS_LIMIT_BYTES, "the area of figures is {} bytes over its budget", total - KPIS_LIMIT_BYTES);
    Ok(())
}
