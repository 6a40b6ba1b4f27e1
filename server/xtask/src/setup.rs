//! Installs what is missing and says in one line what cannot be installed.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    step::{command, exists, output, run, step},
    workspace,
};

const WASM: &str = "wasm32-unknown-unknown";

/// What every build needs: the wasm target and the npm tools.
pub fn build_tools() -> Result<()> {
    wasm_target()?;
    npm_packages()
}

fn wasm_target() -> Result<()> {
    let root = workspace::root();
    let sysroot = output(command("rustc", &root).args(["--print", "sysroot"]))?;
    if PathBuf::from(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    if !exists("rustup") {
        bail!("the Rust target {WASM} is missing: install it with your distribution's tools, or install rustup (https://rustup.rs)");
    }
    step(format!("rustup target add {WASM}"), || run(command("rustup", &root).args(["target", "add", WASM])))
}

/// `npm ci` when the lock file is not the one that was installed.
fn npm_packages() -> Result<()> {
    let folder = workspace::end2end();
    let lock = fs::read_to_string(folder.join("package-lock.json")).context("end2end/package-lock.json is missing")?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if !exists("npm") {
        bail!("npm is missing: install Node.js 20 or newer (https://nodejs.org)");
    }
    step("npm ci in end2end", || {
        let mut npm = command("npm", &folder);
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("PUPPETEER_SKIP_DOWNLOAD", "1"))?;
        Ok(fs::write(&stamp, &lock)?)
    })
}

/// The Chromium that runs the journeys.
pub fn chromium() -> Result<PathBuf> {
    let names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let found = || names.iter().map(PathBuf::from).find(|path| path.exists());
    if let Some(path) = std::env::var_os("FIELDLIGHT_CHROMIUM").map(PathBuf::from).or_else(found) {
        return Ok(path);
    }
    apt_install("chromium", "Chromium is missing: install it, or name its path in FIELDLIGHT_CHROMIUM")?;
    found().context("Chromium was installed but is not in /usr/bin: name its path in FIELDLIGHT_CHROMIUM")
}

/// What shows the sync call before each acknowledgement; without it that one test says so and is passed over.
pub fn strace() {
    if !exists("strace")
        && let Err(missing) = apt_install("strace", "install strace to see each write synced before it is acknowledged")
    {
        println!("  {missing:#}");
    }
}

/// The folder with `initdb` and `postgres`, newest version first.
pub fn postgres_programs() -> Result<PathBuf> {
    if let Some(folder) = installed_postgres() {
        return Ok(folder);
    }
    apt_install("postgresql", "PostgreSQL's server programs are missing: install postgresql 15 or newer")?;
    installed_postgres().context("PostgreSQL was installed but /usr/lib/postgresql holds no initdb")
}

fn installed_postgres() -> Option<PathBuf> {
    let listed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = listed.map(|entry| entry.path().join("bin")).max_by_key(|bin| version_of(bin));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let candidates = debian.into_iter().chain(std::env::split_paths(&path));
    candidates.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn version_of(bin: &std::path::Path) -> u32 {
    bin.parent().and_then(|folder| folder.file_name()?.to_str()?.parse().ok()).unwrap_or(0)
}

/// Debian's package manager when we may use it, otherwise `advice` as the one line to read.
fn apt_install(package: &str, advice: &str) -> Result<()> {
    let root = workspace::root();
    let is_root = output(command("id", &root).arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || !exists("apt-get") {
        bail!("{advice}");
    }
    step(format!("apt-get install {package}"), || {
        let mut update = command("apt-get", &root);
        let _ = run(update.args(["update", "-qq"]).env("DEBIAN_FRONTEND", "noninteractive"));
        let mut install = command("apt-get", &root);
        install.args(["install", "-y", "-qq", "--no-install-recommends", package]);
        run(install.env("DEBIAN_FRONTEND", "noninteractive")).with_context(|| advice.to_owned())
    })
}
