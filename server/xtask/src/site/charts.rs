//! The element that draws charts, with the library it draws with: one module, loaded when a chart first appears.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{
    Kind, fingerprint,
    wasm::{esbuild, forget_others},
};
use crate::{step::step, workspace};

/// Raise it when the steps below change in a way that must rebuild what is kept.
const RECIPE: &[u8] = b"1";
/// The script's name, under `frontend/charts/` and in the package.
pub const SCRIPT: &str = "charts.js";

/// Builds the script, or takes it from `cache` when nothing of it has changed: the folder with it.
pub fn build(kind: Kind, cache: &Path) -> Result<PathBuf> {
    let source = fs::read(workspace::root().join("frontend/charts").join(SCRIPT))?;
    let lock = fs::read(workspace::end2end().join("package-lock.json"))?;
    let label = format!("{kind:?}");
    let folder = cache.join(format!("charts-{label}-{}", fingerprint::of([RECIPE, &source, &lock])));
    if !folder.is_dir() {
        forget_others(cache, &format!("charts-{label}-"))?;
        let work = cache.join("charts-work");
        super::remove(&work)?;
        fs::create_dir_all(work.join("bundled"))?;
        fs::write(work.join(SCRIPT), source)?;
        step("bundle the charts", || esbuild(kind, &work, SCRIPT, &work.join("bundled").join(SCRIPT)))?;
        fs::rename(work.join("bundled"), &folder)?;
    }
    Ok(folder)
}
