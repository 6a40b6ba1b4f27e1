//! A company of its own for one test: a database, and the real binary started on it as often as needed.

use std::{
    env, fs,
    io::Write,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use serde_json::{Value, json};

use super::http::Connection;
use crate::{postgres, site};

pub const EMAIL: &str = "rep@example.com";
const PASSWORD: &str = "a long enough password";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where everything of one test is; removed with it.
pub struct Company {
    folder: PathBuf,
    environment: Vec<(&'static str, String)>,
    pub host: String,
}

/// A running server; killed with -9 when dropped.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Company {
    /// A fresh one with one rep who can sign in; `None` where there is no PostgreSQL to test with.
    pub async fn new(engine: Engine) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("fieldlight_process_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(&name);
        let mut environment =
            vec![("FIELDLIGHT_DATA_DIR", folder.display().to_string()), ("FIELDLIGHT_SITE_DIR", folder.join("site").display().to_string())];
        if engine == Engine::Postgres {
            environment.push(("DATABASE_URL", postgres::create(&name).await?));
        }
        fs::create_dir_all(folder.join("site")).unwrap();
        fs::write(folder.join("site/assets.json"), site::EMPTY).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let host = format!("127.0.0.1:{port}");
        environment.push(("FIELDLIGHT_ADDR", host.clone()));
        let company = Self { folder, environment, host };
        company.run(&["migrate"], "");
        company.run(&["user", "add", EMAIL, "--role", "rep", "--rep", "Achieng Odhiambo", "--password-stdin"], PASSWORD);
        Some(company)
    }

    /// A file that goes with the company.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A command in the company's environment.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_remove("DATABASE_URL").env_remove("FIELDLIGHT_TODAY").env_remove("FIELDLIGHT_DEMO_PASSWORD");
        command.envs(self.environment.iter().map(|(name, value)| (name, value))).stdout(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) {
        let mut child = self.command(env!("CARGO_BIN_EXE_fieldlight")).args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success(), "fieldlight {arguments:?} failed");
    }

    /// Starts the server, with a fault built in when one is named, and waits until it is ready.
    pub async fn start(&self, fault: Option<&str>) -> Running {
        self.start_under(&[], fault).await
    }

    /// Starts the server as the last arguments of another program.
    pub async fn start_under(&self, wrapper: &[&str], fault: Option<&str>) -> Running {
        let server = env!("CARGO_BIN_EXE_fieldlight");
        let words: Vec<&str> = wrapper.iter().copied().chain([server, "serve"]).collect();
        let mut command = self.command(words[0]);
        let log = fs::File::options().create(true).append(true).open(self.file("server.log")).unwrap();
        command.args(&words[1..]).env("RUST_LOG", "error").stderr(log);
        if let Some(fault) = fault {
            command.env("FIELDLIGHT_FAULT", fault);
        }
        let mut running = Running(command.spawn().unwrap());
        for _ in 0..400 {
            if let Ok(mut connection) = Connection::open(&self.host, "").await
                && connection.ask("GET", "/ready", None, None).await.is_ok_and(|answer| answer.status == 200)
            {
                return running;
            }
            if let Ok(Some(status)) = running.0.try_wait() {
                panic!("the server ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the server did not become ready within ten seconds");
    }

    /// What the servers of this company logged so far: errors only.
    pub fn log(&self) -> String {
        fs::read_to_string(self.file("server.log")).unwrap_or_default()
    }

    /// An access token of the rep.
    pub async fn token(&self) -> String {
        let mut connection = Connection::open(&self.host, "").await.unwrap();
        let body = json!({"email": EMAIL, "password": PASSWORD});
        let answer = connection.ask("POST", "/api/v1/auth/token", None, Some(&body)).await.unwrap();
        answer.json["data"]["accessToken"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    }

    /// A client of the rep's to visit.
    pub async fn client(&self, token: &str) -> String {
        let mut connection = Connection::open(&self.host, token).await.unwrap();
        let answer = connection.ask("POST", "/api/v1/clients", None, Some(&json!({"name": "Mutua Hardware"}))).await.unwrap();
        answer.json["data"]["id"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    }

    /// The notes of all visits, each as often as it was written.
    pub async fn notes(&self, token: &str) -> Vec<String> {
        let mut connection = Connection::open(&self.host, token).await.unwrap();
        let mut notes = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/v1/visits?updatedSince=2000-01-01T00:00:00Z&limit=500{cursor}");
            let answer = connection.ask("GET", &path, None, None).await.unwrap();
            let items = answer.json["data"]["items"].as_array().unwrap_or_else(|| panic!("{answer:?}")).clone();
            notes.extend(items.iter().filter_map(|visit| visit["notes"].as_str().map(str::to_owned)));
            match &answer.json["data"]["nextCursor"] {
                Value::String(next) => cursor = format!("&cursor={next}"),
                _ => return notes,
            }
        }
    }
}
