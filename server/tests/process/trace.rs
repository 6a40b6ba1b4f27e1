//! What the server asked of the kernel, in order: was the disk told to keep a visit before its caller was?

use std::{fs, process::Command};

use super::{
    company::{Company, Engine, Running},
    http::Connection,
    load,
};

/// Visits logged one after another while the calls are traced.
const VISITS: usize = 20;

/// Acknowledgements seen in the trace.
#[derive(Debug, Default)]
pub struct Seen {
    pub acknowledgements: usize,
    pub without_sync: usize,
}

/// Logs visits on SQLite under strace; `None` where strace is not to be had or may not trace.
pub async fn acknowledgements(fault: Option<&str>) -> Option<Seen> {
    if !may_trace() {
        eprintln!("skipped: strace is not installed or may not trace here; install strace to have this tested");
        return None;
    }
    let company = Company::new(Engine::Sqlite).await?;
    let trace = company.file("trace");
    let file = trace.display().to_string();
    let calls = "--trace=fsync,fdatasync,recvfrom,read,sendto,write,writev,sendmsg";
    let wrapper = ["strace", "--follow-forks", "--quiet=all", "--string-limit=64", calls, "--output", &file];
    let running = company.start_under(&wrapper, fault).await;
    let token = company.token().await;
    let client = company.client(&token).await;
    let mut connection = Connection::open(&company.host, &token).await.unwrap();
    for n in 0..VISITS {
        load::write(&mut connection, &client, &format!("traced {n}")).await.unwrap();
    }
    end(running, &fs::read_to_string(&trace).unwrap());
    let seen = read(&fs::read_to_string(trace).unwrap());
    assert_eq!(seen.acknowledgements, VISITS + 1, "the trace does not show what was asked: {seen:?}");
    Some(seen)
}

/// Kills the traced server, whose process id begins the first line; strace then ends by itself with a whole trace.
fn end(mut running: Running, trace: &str) {
    let server = trace.split_whitespace().next().unwrap();
    assert!(Command::new("kill").args(["-9", server]).status().unwrap().success());
    running.0.wait().unwrap();
}

fn may_trace() -> bool {
    Command::new("strace").args(["--quiet=all", "--output", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
}

/// One request at a time is under way, so an acknowledgement without a finished sync since its request was not on disk.
fn read(trace: &str) -> Seen {
    let mut seen = Seen::default();
    let mut synced = false;
    for line in trace.lines() {
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let syncs = call.starts_with("fsync")
            || call.starts_with("fdatasync")
            || call.contains("<... fsync resumed>")
            || call.contains("<... fdatasync resumed>");
        if syncs && line.ends_with("= 0") {
            synced = true;
        }
        if line.contains("\"POST /api/v1/") {
            synced = false;
        }
        if line.contains("\"HTTP/1.1 201") {
            seen.acknowledgements += 1;
            seen.without_sync += usize::from(!synced);
        }
    }
    seen
}
