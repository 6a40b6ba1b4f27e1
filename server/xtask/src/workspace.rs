//! Where things are in the checkout.

use std::path::{Path, PathBuf};

/// The root of the checkout: two folders above this package, where `cargo run` says it is.
pub fn root() -> PathBuf {
    let told = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = told.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned());
    here.ancestors().nth(2).unwrap_or(&here).to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The finished site.
pub fn site() -> PathBuf {
    target().join("site")
}

/// The npm project that holds all browser tools.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// An npm tool by its name.
pub fn npm_tool(name: &str) -> PathBuf {
    end2end().join("node_modules/.bin").join(name)
}
