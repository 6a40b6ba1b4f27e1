//! The style sheet, compiled and compressed by sass, and the text font it names.

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

/// The style sheet and the font with their hashed names.
pub struct Style {
    /// File name of the style sheet under `/pkg/`.
    pub css_name: String,
    /// The style sheet.
    pub css: String,
    /// File name of the font under `/pkg/`.
    pub font_name: String,
    /// The font's bytes.
    pub font: Vec<u8>,
}

/// Compiles `style/main.scss`, unless nothing under `style/` has changed.
pub fn build(cache: &Path) -> Result<Style> {
    let font =
        fs::read(workspace::end2end().join("node_modules").join(FONT)).context("the text font is missing: run `cargo xtask setup`")?;
    let font_name = format!("inter.{}.woff2", fingerprint::of([font.as_slice()]));
    let css = compiled(cache)?.replace(FONT_URL, &format!("/pkg/{font_name}"));
    let css_name = format!("main.{}.css", fingerprint::of([css.as_bytes()]));
    Ok(Style { css_name, css, font_name, font })
}

fn compiled(cache: &Path) -> Result<String> {
    let folder = workspace::root().join("style");
    let main = folder.join("main.scss");
    if !main.exists() {
        return Ok(String::new());
    }
    let lock = fs::read(workspace::end2end().join("package-lock.json"))?;
    let key = fingerprint::of([fingerprint::of_folder(&folder)?.as_bytes(), &lock]);
    let (kept, kept_key) = (cache.join("main.css"), cache.join("main.css.key"));
    if fs::read_to_string(&kept_key).is_ok_and(|old| old == key) {
        return fs::read_to_string(&kept).context("the kept style sheet is unreadable: remove target/site-cache");
    }
    let css = step("sass style/main.scss", || {
        output(command(workspace::npm_tool("sass"), &folder).args(["--style=compressed", "--no-source-map", "--no-charset"]).arg(&main))
    })?;
    fs::write(&kept, &css)?;
    fs::write(&kept_key, key)?;
    Ok(css)
}
