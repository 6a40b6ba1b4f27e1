//! A PostgreSQL cluster that lives as long as the test run, on a free port, with nothing of it left afterwards.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    setup,
    step::{command, output},
};

const USER: &str = "fieldlight";
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A running cluster; dropping it stops the server and removes its files.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Cluster {
    /// Makes and starts a cluster. Durability is off: it is thrown away.
    pub fn start() -> Result<Self> {
        let programs = setup::postgres_programs()?;
        let folder = std::env::temp_dir().join(format!("fieldlight-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let owner = owner(&folder)?;
        let data = folder.join("data");
        let mut initdb = as_owner(owner.as_deref(), &programs.join("initdb"), &folder);
        initdb.args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--pgdata"]).arg(&data);
        output(&mut initdb)?;
        let port = free_port()?;
        let log = fs::File::create(folder.join("server.log"))?;
        let mut postgres = as_owner(owner.as_deref(), &programs.join("postgres"), &folder);
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        postgres.args(["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300"]);
        let server = postgres.stdout(log.try_clone()?).stderr(log).spawn().context("cannot start postgres")?;
        let cluster = Self { folder, port, server };
        cluster.wait_until_it_answers()?;
        Ok(cluster)
    }

    /// How tests reach it.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    /// Makes an empty database; how it is reached.
    pub fn database(&self, name: &str) -> Result<String> {
        let mut create = command(setup::postgres_programs()?.join("createdb"), &self.folder);
        output(create.args(["--host", "127.0.0.1", "--port", &self.port.to_string(), "--username", USER, name]))?;
        Ok(format!("postgres://{USER}@127.0.0.1:{}/{name}", self.port))
    }

    fn wait_until_it_answers(&self) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if start.elapsed() > START_TIMEOUT {
                let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
                bail!("PostgreSQL did not start:\n{log}");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it ends the children too, which SIGKILL would leave behind.
        let mut kill = Command::new("kill");
        let asked = kill.args(["-INT", &self.server.id().to_string()]).stdin(Stdio::null()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL refuses to run as root: then the folder goes to the user `postgres`.
fn owner(folder: &Path) -> Result<Option<String>> {
    if output(command("id", folder).arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    output(command("chown", folder).arg("postgres").arg(folder)).context("the user postgres is missing: install postgresql")?;
    Ok(Some("postgres".to_owned()))
}

/// `program` as the owner. `setpriv` replaces itself with the program and has it stopped when this process dies.
fn as_owner(owner: Option<&str>, program: &Path, folder: &Path) -> Command {
    let Some(owner) = owner else {
        return command(program, folder);
    };
    let mut wrapped = command("setpriv", folder);
    wrapped.args(["--reuid", owner, "--regid", owner, "--clear-groups", "--pdeathsig", "INT", "--"]).arg(program);
    wrapped
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
