//! What every measurement stands on: the release binary, the built site, a folder of its own on a real disk, and the cores.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::available_parallelism,
    time::Instant,
};

use anyhow::{Context, Result, ensure};

use crate::{
    dist, setup, site,
    step::{command, exists, shown},
    workspace,
};

/// The password of every account in measured companies.
pub const PASSWORD: &str = "measured-not-guessed";

/// Where the measured server runs, and where whatever measures it.
#[derive(Clone, Copy, Debug)]
pub enum Core {
    /// The server's.
    Server,
    /// The load's.
    Load,
}

/// The ground; dropping it removes its folder.
pub struct Ground {
    folder: PathBuf,
    binary: PathBuf,
    /// Runs per measurement.
    pub runs: usize,
    pinned: bool,
}

impl Ground {
    /// Builds what is measured, unless told that it stands ready.
    pub fn prepare(runs: usize, no_build: bool) -> Result<Self> {
        let binary = if no_build {
            workspace::target().join("release/fieldlight")
        } else {
            setup::build_tools()?;
            site::build(site::Kind::Release)?;
            dist::server()?
        };
        ensure!(binary.exists(), "{} is not built: leave --no-build out", binary.display());
        // beside the build, not in the system's temporary folder, which may be memory where syncing costs nothing
        let folder = workspace::target().join(format!("bench-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let pinned = exists("taskset") && available_parallelism().is_ok_and(|cores| cores.get() > 1);
        Ok(Self { folder, binary, runs, pinned })
    }

    /// A folder for the data of one measurement.
    pub fn data(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A file for one measurement's input.
    pub fn file(&self, name: &str, content: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }

    /// `program`, kept to one core where the machine has several.
    pub fn on(&self, core: Core, program: &Path) -> Command {
        if !self.pinned {
            return command(program, &self.folder);
        }
        let mut pinned = command("taskset", &self.folder);
        pinned.args([
            "-c",
            match core {
                Core::Server => "0",
                Core::Load => "1",
            },
        ]);
        pinned.arg(program);
        pinned
    }

    /// The measured binary on the server's core, with its data in `data` and nothing from the caller's configuration.
    pub fn fieldlight(&self, data: &Path) -> Command {
        self.clean(self.on(Core::Server, &self.binary), data)
    }

    /// The same on all cores: where whatever measures it only waits.
    pub fn on_all_cores(&self, data: &Path) -> Command {
        self.clean(command(&self.binary, &self.folder), data)
    }

    fn clean(&self, mut fieldlight: Command, data: &Path) -> Command {
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("FIELDLIGHT_") || text == "DATABASE_URL" || text == "RUST_LOG" {
                fieldlight.env_remove(&name);
            }
        }
        fieldlight.env("FIELDLIGHT_DATA_DIR", data).env("FIELDLIGHT_SITE_DIR", workspace::site());
        fieldlight
    }

    /// The demonstration company in a new data folder.
    pub fn demo(&self, name: &str) -> Result<PathBuf> {
        let data = self.data(name);
        quiet(self.fieldlight(&data).arg("demo").env("FIELDLIGHT_DEMO_PASSWORD", PASSWORD), "")?;
        Ok(data)
    }

    /// What the figures were measured on.
    pub fn about(&self) -> String {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        let pinned = if self.pinned { "server on core 0, load on core 1" } else { "nothing kept to a core" };
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').next().unwrap_or("unknown").to_owned();
        let syncs = self.syncs_per_second().map_or_else(|_| "unknown".to_owned(), |rate| format!("{rate:.0}"));
        format!("{cores} cores, {pinned}; load average {load}; this disk syncs {syncs} times a second\n")
    }

    /// How often this disk takes 4 KiB for good in a second: what a commit costs at the least.
    fn syncs_per_second(&self) -> Result<f64> {
        let mut file = fs::File::create(self.folder.join("syncs"))?;
        let (start, mut count) = (Instant::now(), 0_u32);
        while start.elapsed().as_millis() < 300 {
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
            count += 1;
        }
        Ok(f64::from(count) / start.elapsed().as_secs_f64())
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Runs a command with `input` and returns what it said; a failure shows all of it.
pub fn quiet(command: &mut Command, input: &str) -> Result<String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    if let Some(mut stdin) = child.stdin.take() {
        // a command that does not read its input may have ended
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} failed ({})\n{said}{complaint}", shown(command), output.status);
    Ok(said)
}

/// Copies a folder of plain files.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
