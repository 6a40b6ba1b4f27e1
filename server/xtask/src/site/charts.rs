//! The elements of the area of figures: the one that shows charts, with the worker that draws them, and the one that follows the figures. Each is a
//! module of its own, loaded when it first appears.

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
const RECIPE: &[u8] = b"5";
/// Where each script is with the modules it is made of, and its name there and in the package.
pub const SCRIPTS: [(&str, &str); 3] = [("frontend/charts", "charts.js"), ("frontend/charts", "painter.js"), ("frontend/live", "live.js")];

/// Builds the scripts, or takes them from `cache` when nothing of them has changed: the folder with them.
pub fn build(kind: Kind, cache: &Path) -> Result<PathBuf> {
    let mut parts = vec![RECIPE.to_vec(), fs::read(workspace::end2end().join("package-lock.json"))?];
    for (place, _) in SCRIPTS {
        parts.push(fingerprint::of_folder(&workspace::root().join(place))?.into_bytes());
    }
    let label = format!("{kind:?}");
    let folder = cache.join(format!("charts-{label}-{}", fingerprint::of(parts.iter().map(Vec::as_slice))));
    if !folder.is_dir() {
        forget_others(cache, &format!("charts-{label}-"))?;
        let work = cache.join("charts-work");
        super::remove(&work)?;
        fs::create_dir_all(work.join("bundled"))?;
        for (place, script) in SCRIPTS {
            let modules = work.join(script.trim_end_matches(".js"));
            super::copy_tree(&workspace::root().join(place), &modules)?;
            step(format!("bundle {script}"), || esbuild(kind, &modules, script, &work.join("bundled").join(script)))?;
        }
        fs::rename(work.join("bundled"), &folder)?;
    }
    Ok(folder)
}
