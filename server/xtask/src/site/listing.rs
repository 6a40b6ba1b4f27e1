//! What the site consists of: `assets.json` for the server, the precache list and version for the service worker.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Result, ensure};
use serde::Serialize;

use super::{chunks::Chunks, files, fingerprint, style::Style, wasm::Package};

const PRECACHE: &str = "/*PRECACHE*/[]";
const VERSION: &str = "\"/*VERSION*/\"";
/// Public files a phone does not need while it has no network.
const NOT_PRECACHED: [&str; 2] = ["/sw.js", "/robots.txt"];

#[derive(Serialize)]
struct Assets<'a> {
    version: String,
    js: String,
    wasm: String,
    css: String,
    /// The style sheet of the office, which is no part of the first route.
    office: String,
    /// The style sheet of the area of figures, likewise.
    kpis: String,
    font: String,
    /// Where the lazily loaded parts lie.
    folder: String,
    chunks: &'a Chunks,
    /// What the first screen of a rep loads beside the main part.
    first: Vec<String>,
    precache: Vec<String>,
}

/// Writes `assets.json` into `site` and fills the placeholders of its `sw.js`.
pub fn write(site: &Path, package: &Package, style: &Style) -> Result<()> {
    let addresses = |files: BTreeSet<&str>| -> Vec<String> { files.into_iter().map(|file| package.chunk(file)).collect() };
    let [css, office, kpis, font] =
        [&style.main.name, &style.office.name, &style.kpis.name, &style.font_name].map(|name| format!("/pkg/{name}"));
    let mut precache = vec![package.js(), package.wasm(), css.clone(), font.clone()];
    precache.extend(addresses(package.chunks.for_reps()));
    precache.extend(public_files(site)?.into_iter().filter(|path| !NOT_PRECACHED.contains(&path.as_str())));
    let assets = Assets {
        version: fingerprint::of_folder(site)?,
        js: package.js(),
        wasm: package.wasm(),
        css,
        office,
        kpis,
        font,
        folder: format!("/pkg/{}", package.hash),
        chunks: &package.chunks,
        first: addresses(package.chunks.of_first_screen()),
        precache,
    };
    fill_service_worker(&site.join("sw.js"), &assets)?;
    Ok(fs::write(site.join("assets.json"), serde_json::to_string_pretty(&assets)?)?)
}

fn public_files(site: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for file in files(site)? {
        let path = format!("/{}", file.strip_prefix(site)?.to_string_lossy());
        if !path.starts_with("/pkg/") {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn fill_service_worker(file: &Path, assets: &Assets<'_>) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    let text = fs::read_to_string(file)?;
    ensure!(text.contains(PRECACHE) && text.contains(VERSION), "public/sw.js must hold {PRECACHE} and {VERSION} for the build to fill");
    let precache = serde_json::to_string(&assets.precache)?;
    let filled = text.replace(PRECACHE, &precache).replace(VERSION, &format!("\"{}\"", assets.version));
    Ok(fs::write(file, filled)?)
}
