//! The style sheets, compiled and compressed by sass, and the text font they name.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::fingerprint;
use crate::{
    step::{command, output, step},
    workspace,
};

const FONT: &str = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
/// How the style sheet names the font; the build puts the hashed name in its place.
const FONT_URL: &str = "/pkg/inter.woff2";

/// The style sheets and the font with their hashed names.
pub struct Style {
    /// What every screen needs.
    pub main: Sheet,
    /// What only the office needs.
    pub office: Sheet,
    /// What only the area of figures needs.
    pub kpis: Sheet,
    /// File name of the font under `/pkg/`.
    pub font_name: String,
    /// The font's bytes.
    pub font: Vec<u8>,
}

/// A style sheet.
pub struct Sheet {
    /// File name under `/pkg/`.
    pub name: String,
    /// Its text.
    pub css: String,
}

/// Compiles the style sheets, unless nothing under `style/` has changed.
pub fn build(cache: &Path) -> Result<Style> {
    let font =
        fs::read(workspace::end2end().join("node_modules").join(FONT)).context("the text font is missing: run `cargo xtask setup`")?;
    let font_name = format!("inter.{}.woff2", fingerprint::of([font.as_slice()]));
    let sheet = |stem: &str| {
        let css = compiled(stem, cache)?.replace(FONT_URL, &format!("/pkg/{font_name}"));
        anyhow::Ok(Sheet { name: format!("{stem}.{}.css", fingerprint::of([css.as_bytes()])), css })
    };
    Ok(Style { main: sheet("main")?, office: sheet("office")?, kpis: sheet("kpis")?, font_name, font })
}

fn compiled(stem: &str, cache: &Path) -> Result<String> {
    let folder = workspace::root().join("style");
    let source = folder.join(format!("{stem}.scss"));
    let lock = fs::read(workspace::end2end().join("package-lock.json"))?;
    let key = fingerprint::of([fingerprint::of_folder(&folder)?.as_bytes(), &lock]);
    let (kept, kept_key) = (cache.join(format!("{stem}.css")), cache.join(format!("{stem}.css.key")));
    if fs::read_to_string(&kept_key).is_ok_and(|old| old == key) {
        return fs::read_to_string(&kept).context("the kept style sheet is unreadable: remove target/site-cache");
    }
    let css = step(format!("sass style/{stem}.scss"), || {
        output(command(workspace::npm_tool("sass"), &folder).args(["--style=compressed", "--no-source-map", "--no-charset"]).arg(&source))
    })?;
    fs::write(&kept, &css)?;
    fs::write(&kept_key, key)?;
    Ok(css)
}
