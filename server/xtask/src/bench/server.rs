//! A running server of one measurement: on a free port, ended by whoever holds it.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{ground::Ground, wire::Connection};

const START_TIMEOUT: Duration = Duration::from_secs(30);
const STOP_TIMEOUT: Duration = Duration::from_secs(12);

/// The running server; dropping it stops the process.
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    process: Child,
    log: PathBuf,
}

impl Server {
    /// Starts one on the data in `data` and waits until it is ready.
    pub fn start(ground: &Ground, data: &Path) -> Result<Self> {
        Self::begin(ground.fieldlight(data), data)
    }

    /// The same on all cores.
    pub fn start_on_all_cores(ground: &Ground, data: &Path) -> Result<Self> {
        Self::begin(ground.on_all_cores(data), data)
    }

    fn begin(mut serve: Command, data: &Path) -> Result<Self> {
        let addr = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let log = data.join("server.log");
        let output = fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        serve.arg("serve").env("FIELDLIGHT_ADDR", addr.to_string());
        let process = serve.stdout(output.try_clone()?).stderr(output).spawn().context("cannot start the server")?;
        let mut server = Self { addr, process, log };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            let ready = Connection::open(self.addr).and_then(|mut connection| connection.get("/ready", ""));
            if ready.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if self.process.try_wait()?.is_some() || start.elapsed() > START_TIMEOUT {
                bail!("the server did not get ready:\n{}", fs::read_to_string(&self.log).unwrap_or_default());
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Seconds of a processor it has used since it started.
    pub fn processor_seconds(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid())).context("this system tells no process's time")?;
        let after_name = stat.rsplit_once(')').context("no name in the process's stat")?.1;
        // the 14th and 15th fields, in hundredths of a second; the third follows the name
        let ticks: Vec<f64> = after_name.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
        Ok(ticks.iter().sum::<f64>() / 100.0)
    }

    /// The memory it holds, in megabytes of a million bytes.
    pub fn resident_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).context("this system tells no process's memory")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.pid().to_string()]).stdin(Stdio::null()).stderr(Stdio::null()).status();
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < STOP_TIMEOUT {
            if matches!(self.process.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
