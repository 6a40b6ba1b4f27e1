//! Packs `target/dist`: the release binary with its site beside it, runnable from any folder.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    setup, site,
    step::{command, run, step},
    workspace,
};

/// Builds and packs.
pub fn run_all() -> Result<()> {
    setup::build_tools()?;
    site::build(site::Kind::Release)?;
    let binary = server()?;
    let dist = workspace::target().join("dist");
    step("pack target/dist", || {
        site::replace(&workspace::site(), &dist.join("site"))?;
        let packed = dist.join("fieldlight");
        let _ = fs::remove_file(&packed);
        fs::copy(&binary, &packed).with_context(|| format!("cannot copy {}", binary.display()))?;
        Ok(())
    })?;
    println!("{} runs from any folder", dist.join("fieldlight").display());
    Ok(())
}

/// Builds the release server and returns where it is.
pub fn server() -> Result<PathBuf> {
    step("cargo build --release -p server", || run(command("cargo", &workspace::root()).args(["build", "--release", "-p", "server"])))?;
    Ok(workspace::target().join("release/fieldlight"))
}
