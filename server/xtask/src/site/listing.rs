//! What the site consists of: `assets.json` for the server, the precache list and version for the service worker.

use std::{fs, path::Path};

use anyhow::{Result, ensure};
use serde::Serialize;

use super::{files, fingerprint, style::Style, wasm::Package};

const PRECACHE: &str = "/*PRECACHE*/[]";
const VERSION: &str = "\"/*VERSION*/\"";
/// Public files a phone does not need while it has no network.
const NOT_PRECACHED: [&str; 2] = ["/sw.js", "/robots.txt"];

#[derive(Serialize)]
struct Assets {
    version: String,
    js: String,
    wasm: String,
    css: String,
    font: String,
    chunks: Vec<String>,
    precache: Vec<String>,
}

/// Writes `assets.json` into `site` and fills the placeholders of its `sw.js`.
pub fn write(site: &Path, package: &Package, style: &Style) -> Result<()> {
    let public = public_files(site)?;
    let assets = Assets {
        version: fingerprint::of_folder(site)?,
        js: package.js(),
        wasm: package.wasm(),
        css: format!("/pkg/{}", style.css_name),
        font: format!("/pkg/{}", style.font_name),
        chunks: package.chunks()?,
        precache: Vec::new(),
    };
    let code = [
        assets.js.clone(),
        assets.wasm.clone(),
        assets.css.clone(),
        assets.font.clone(),
    ];
    let precache = code
        .into_iter()
        .chain(
            public
                .into_iter()
                .filter(|path| !NOT_PRECACHED.contains(&path.as_str())),
        )
        .collect();
    let assets = Assets { precache, ..assets };
    fill_service_worker(&site.join("sw.js"), &assets)?;
    Ok(fs::write(
        site.join("assets.json"),
        serde_json::to_string_pretty(&assets)?,
    )?)
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

fn fill_service_worker(file: &Path, assets: &Assets) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    let text = fs::read_to_string(file)?;
    ensure!(
        text.contains(PRECACHE) && text.contains(VERSION),
        "public/sw.js must hold {PRECACHE} and {VERSION} for the build to fill"
    );
    let precache = serde_json::to_string(&assets.precache)?;
    let filled = text
        .replace(PRECACHE, &precache)
        .replace(VERSION, &format!("\"{}\"", assets.version));
    Ok(fs::write(file, filled)?)
}
