//! From a fresh checkout to a running company: set up, build, make the demo data once, serve.

use std::{
    fs,
    io::Read,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    dist, setup, site,
    step::{command, run, step},
    workspace,
};

/// Serves on `addr` until it is stopped.
pub fn run_server(addr: SocketAddr) -> Result<()> {
    setup::build_tools()?;
    site::build(site::Kind::Release)?;
    let binary = dist::server()?;
    let data = std::env::var_os("FIELDLIGHT_DATA_DIR").map_or_else(|| workspace::root().join("data"), PathBuf::from);
    let own_database = std::env::var_os("DATABASE_URL").is_none();
    if own_database {
        demo_company(&binary, &data)?;
        println!("\nSign in at http://{addr}");
        println!("  as admin@ manager@ rep@ or viewer@demo.example");
        if let Some(password) = kept_password(&data) {
            println!("  with the password {password}");
        }
        println!("  (stop with Ctrl-C; the company is in {})\n", data.display());
    }
    let mut serve = command(&binary, &workspace::root());
    serve.arg("serve").env("FIELDLIGHT_ADDR", addr.to_string());
    run(serve.env("FIELDLIGHT_SITE_DIR", workspace::site()).env("FIELDLIGHT_DATA_DIR", &data))
}

/// Makes the demo company when the data folder is empty.
fn demo_company(binary: &Path, data: &Path) -> Result<()> {
    if fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some()) {
        return Ok(());
    }
    step("fieldlight demo", || {
        let password = std::env::var("FIELDLIGHT_DEMO_PASSWORD").or_else(|_| new_password())?;
        let mut demo = command(binary, &workspace::root());
        demo.arg("demo").env("FIELDLIGHT_DATA_DIR", data).env("FIELDLIGHT_DEMO_PASSWORD", &password);
        run(&mut demo)?;
        keep_password(data, &password)
    })
}

fn password_file(data: &Path) -> PathBuf {
    data.join("demo-password")
}

fn kept_password(data: &Path) -> Option<String> {
    fs::read_to_string(password_file(data)).ok()
}

/// Keeps the demo's password where only this user reads it, so that a later start can show it again.
fn keep_password(data: &Path, password: &str) -> Result<()> {
    let file = password_file(data);
    fs::write(&file, password).with_context(|| format!("cannot write {}", file.display()))?;
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Sixteen letters and digits without those that look alike: 80 bits.
fn new_password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut random = [0_u8; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .context("no randomness for a password: set FIELDLIGHT_DEMO_PASSWORD")?;
    Ok(random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}
