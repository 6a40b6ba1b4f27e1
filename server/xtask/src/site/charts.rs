//! The elements of the area of figures: the one that shows charts, with the worker that draws them, and the one that follows the figures. Each is a
//! module of its own, loaded when it first appears.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use super::{
    Kind, fingerprint,
    wasm::{esbuild, forget_others},
};
use crate::{step::step, workspace};

/// Raise it when the steps below change in a way that must rebuild what is kept.
const RECIPE: &[u8] = b"6";
/// Where each script is with the modules it is made of, and its name there and in the package.
pub const SCRIPTS: [(&str, &str); 3] = [("frontend/charts", "charts.js"), ("frontend/charts", "painter.js"), ("frontend/live", "live.js")];

/// The library's packages.
const LIBRARY: [&str; 3] = ["echarts", "zrender", "tslib"];
/// What of it says nothing here, by what stands in its place: a worker has no pointer to listen to, words are ours and so are themes, nothing is hatched,
/// nothing is waited for with a picture of its own, and no option is one of the library's older versions.
const LEFT_OUT: [(&str, &str); 6] = [
    ("zrender/lib/dom/HandlerProxy.js", "export default function () {}"),
    ("echarts/lib/i18n/langZH.js", "export default {};"),
    ("echarts/lib/theme/dark.js", "export default {};"),
    ("echarts/lib/util/decal.js", "export function createOrUpdatePatternFromDecal() { return null; }"),
    ("echarts/lib/loading/default.js", "export default function () {}"),
    ("echarts/lib/preprocessor/backwardCompat.js", "export default function () {}"),
];

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
        library(&work.join("node_modules"))?;
        for (place, script) in SCRIPTS {
            let modules = work.join(script.trim_end_matches(".js"));
            super::copy_tree(&workspace::root().join(place), &modules)?;
            step(format!("bundle {script}"), || esbuild(kind, &modules, script, &work.join("bundled").join(script)))?;
        }
        fs::rename(work.join("bundled"), &folder)?;
        super::remove(&work)?;
    }
    Ok(folder)
}

/// The library without what is left out of it.
fn library(to: &Path) -> Result<()> {
    for package in LIBRARY {
        super::copy_tree(&workspace::end2end().join("node_modules").join(package), &to.join(package))?;
    }
    for (file, instead) in LEFT_OUT {
        let file = to.join(file);
        ensure!(file.is_file(), "{} is no longer part of the charts' library: leave it out of the list", file.display());
        fs::write(file, instead)?;
    }
    Ok(())
}
