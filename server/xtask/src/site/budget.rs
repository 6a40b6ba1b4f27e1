//! The size budget: what a rep's phone downloads for its first route, as brotli sends it.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::workspace;

/// Wasm, JS and CSS together, compressed with brotli.
const LIMIT_BYTES: u64 = 250_000;

#[derive(Deserialize)]
struct Addresses {
    js: String,
    wasm: String,
    css: String,
    first: Vec<String>,
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

/// Measures the built site.
pub fn first_route() -> Result<FirstRoute> {
    let site = workspace::site();
    let text = fs::read_to_string(site.join("assets.json")).context("no built site: run `cargo xtask site`")?;
    let addresses: Addresses = serde_json::from_str(&text)?;
    let size = |address: &str| {
        let plain = site.join(address.trim_start_matches('/'));
        if fs::metadata(&plain)?.len() == 0 {
            return Ok(0);
        }
        let compressed = format!("{}.br", plain.display());
        let file = fs::metadata(&compressed).with_context(|| format!("{compressed} is missing: the site was built with --dev"))?;
        anyhow::Ok(file.len())
    };
    let lazy = addresses.first.iter().map(|address| size(address)).sum::<Result<u64>>()?;
    Ok(FirstRoute { wasm: size(&addresses.wasm)? + lazy, js: size(&addresses.js)?, css: size(&addresses.css)? })
}

/// Prints the sizes of the built site and fails when they exceed the budget.
pub fn check() -> Result<()> {
    let sizes = first_route()?;
    let total = sizes.total();
    println!("  wasm {} + JS {} + CSS {} = {total} of {LIMIT_BYTES} bytes (brotli)", sizes.wasm, sizes.js, sizes.css);
    ensure!(total <= LIMIT_BYTES, "the first route is {} bytes over its budget", total - LIMIT_BYTES);
    Ok(())
}
