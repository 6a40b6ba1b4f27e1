//! The reader of files: a wasm of its own with its worker, and the element of the page that talks to it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{
    Kind, fingerprint,
    wasm::{esbuild, forget_others, optimise},
};
use crate::{step::step, workspace};

/// Raise it when the steps below change in a way that must rebuild what is kept.
const RECIPE: &[u8] = b"1";
/// What is bundled from where: the worker, and the element.
const BUNDLES: [(&str, &str); 2] = [("worker.js", "reader-worker.js"), ("intake.js", "intake.js")];

/// Builds the reader, or takes it from `cache` when nothing of it has changed: the folder with its files.
pub fn build(kind: Kind, cache: &Path, wasm: &Path) -> Result<PathBuf> {
    let input = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let source = workspace::root().join("frontend/reader");
    let mut parts = vec![RECIPE.to_vec(), input.clone(), fs::read(workspace::end2end().join("package-lock.json"))?];
    for (script, _) in BUNDLES {
        parts.push(fs::read(source.join(script))?);
    }
    let label = format!("{kind:?}");
    let folder = cache.join(format!("reader-{label}-{}", fingerprint::of(parts.iter().map(Vec::as_slice))));
    if !folder.is_dir() {
        forget_others(cache, &format!("reader-{label}-"))?;
        let work = cache.join("reader-work");
        super::remove(&work)?;
        fs::create_dir_all(&work)?;
        step("bind the reader", || bind(&input, &work))?;
        if kind == Kind::Release {
            step("wasm-opt the reader", || optimise(&work, |_| &[&["-O3"]]))?;
        }
        for (script, name) in BUNDLES {
            fs::copy(source.join(script), work.join(script))?;
            esbuild(kind, &work, script, &work.join(format!("bundled-{name}")))?;
        }
        for (script, name) in BUNDLES {
            fs::remove_file(work.join(script))?;
            fs::rename(work.join(format!("bundled-{name}")), work.join(name))?;
        }
        fs::remove_file(work.join("reader.js"))?;
        fs::rename(&work, &folder)?;
    }
    Ok(folder)
}

fn bind(input: &[u8], work: &Path) -> Result<()> {
    let unbound = work.join("unbound.wasm");
    fs::write(&unbound, input)?;
    let mut bindgen = Bindgen::new();
    bindgen.demangle(false).omit_default_module_path(false).input_path(&unbound).out_name("reader").typescript(false);
    bindgen.web(true)?.generate(work).context("wasm-bindgen failed")?;
    Ok(fs::remove_file(unbound)?)
}
