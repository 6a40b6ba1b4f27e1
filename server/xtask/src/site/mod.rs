//! Builds the site: wasm and its glue, style sheet, font and public files, hashed, compressed and listed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{step::step, workspace};

pub mod budget;
mod charts;
mod chunks;
mod compress;
mod fingerprint;
mod leb;
mod listing;
mod names;
mod parts;
mod reader;
mod style;
mod wasm;

/// How the site is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Small and compressed: what is shipped.
    Release,
    /// Quick to build: neither optimised nor compressed.
    Dev,
}

/// Builds the site into `target/site`, doing again only what changed.
pub fn build(kind: Kind) -> Result<()> {
    let cache = workspace::target().join("site-cache");
    fs::create_dir_all(&cache)?;
    let package = wasm::build(kind, &cache)?;
    let style = style::build(&cache)?;
    step("assemble target/site", || assemble(kind, &cache, &package, &style))
}

/// Puts the parts together beside the old site, then swaps the folders.
fn assemble(kind: Kind, cache: &Path, package: &wasm::Package, style: &style::Style) -> Result<()> {
    let (site, fresh) = (workspace::site(), workspace::target().join("site-new"));
    remove(&fresh)?;
    copy_tree(&workspace::root().join("public"), &fresh)?;
    let pkg = fresh.join("pkg");
    copy_tree(&package.folder, &pkg.join(&package.hash))?;
    for sheet in [&style.main, &style.office, &style.kpis] {
        fs::write(pkg.join(&sheet.name), &sheet.css)?;
    }
    fs::write(pkg.join(&style.font_name), &style.font)?;
    listing::write(&fresh, package, style)?;
    if kind == Kind::Release {
        compress::tree(&fresh, &cache.join("compressed"))?;
    }
    remove(&site)?;
    fs::rename(&fresh, &site).context("cannot put the new site in place")
}

/// Makes `to` a copy of the folder `from`, whatever was there before.
pub fn replace(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    copy_tree(from, to)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    if !from.is_dir() {
        return Ok(());
    }
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// All files below `folder`, in the order of their paths.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}
