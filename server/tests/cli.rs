//! The command line of the real binary: what it says, and that it says it on one line when something is wrong.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a command may take, in seconds.
const PATIENCE_S: u64 = 60;

#[path = "cli/broken.rs"]
mod broken;
#[path = "cli/company.rs"]
mod company;
#[path = "common/site.rs"]
mod site;
#[path = "cli/users.rs"]
mod users;

/// A data folder of its own.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("fieldlight_cli_{}_{name}", std::process::id()));
        fs::create_dir_all(folder.join("site")).unwrap();
        fs::write(folder.join("site/assets.json"), site::EMPTY).unwrap();
        Self(folder)
    }

    fn fieldlight(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldlight"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FIELDLIGHT_") || name == "DATABASE_URL") {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .current_dir(Path::new("/"))
            .env("FIELDLIGHT_DATA_DIR", &self.0)
            .env("FIELDLIGHT_SITE_DIR", self.0.join("site"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self.fieldlight(arguments).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        for _ in 0..PATIENCE_S * 100 {
            if child.try_wait().unwrap().is_some() {
                return child.wait_with_output().unwrap();
            }
            thread::sleep(Duration::from_millis(10));
        }
        child.kill().unwrap();
        panic!("{arguments:?} did not end within {PATIENCE_S} s: {:?}", child.wait_with_output());
    }

    /// What a command that must work prints.
    #[track_caller]
    fn says(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The one line of a command that must fail.
    #[track_caller]
    fn complains(&self, arguments: &[&str], input: &str) -> String {
        one_line(&self.run(arguments, input))
    }

    /// Starts the server and reads what it prints up to a line with `until`.
    fn serve(&self, until: &str) -> (Running, String) {
        self.serve_at("127.0.0.1:0", until)
    }

    fn serve_at(&self, addr: &str, until: &str) -> (Running, String) {
        let mut child = self.fieldlight(&["serve"]).env("FIELDLIGHT_ADDR", addr).spawn().unwrap();
        let (lines, running) = (BufReader::new(child.stdout.take().unwrap()).lines(), Running(child));
        let (say, said) = mpsc::channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| say.send(line)));
        let patience = Duration::from_secs(PATIENCE_S);
        let found = std::iter::from_fn(|| said.recv_timeout(patience).ok()).find(|line| line.contains(until));
        (running, found.unwrap_or_else(|| panic!("the server did not say {until}")))
    }
}

/// A server, ended with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[track_caller]
fn one_line(output: &Output) -> String {
    let words = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(words.starts_with("fieldlight: ") && words.trim_end().lines().count() == 1, "{words}");
    words
}

#[test]
fn the_help_of_import_names_every_kind() {
    let help = String::from_utf8(Folder::new("kinds").run(&["import", "--help"], "").stdout).unwrap();
    assert_eq!(backend::import::Kind::ALL.map(|kind| kind.code()).into_iter().find(|kind| !help.contains(kind)), None, "{help}");
}

#[test]
fn a_wrong_setting_is_one_line_that_names_it() {
    let folder = Folder::new("settings");
    for (name, value) in [("FIELDLIGHT_TODAY", "tomorrow"), ("DATABASE_URL", "mysql://localhost/x"), ("FIELDLIGHT_ADDR", "here")] {
        let output = folder.fieldlight(&["migrate"]).env(name, value).output().unwrap();
        assert!(one_line(&output).contains(name));
    }
    let output = folder.fieldlight(&["migrate"]).env("DATABASE_URL", "postgres://127.0.0.1:1/none").output().unwrap();
    one_line(&output);
}

#[test]
fn the_first_start_prints_a_link_for_the_first_admin_until_somebody_has_a_password() {
    let folder = Folder::new("first");
    for _ in 0..2 {
        let (_server, line) = folder.serve("Nobody can sign in yet");
        assert!(line.contains("/set-password/"), "{line}");
    }
    folder.says(&["user", "add", "ada@example.com", "--role", "admin", "--password-stdin"], "a long enough password");
    let output = {
        let (mut server, _) = folder.serve("Fieldlight");
        server.0.kill().unwrap();
        server.0.wait().unwrap()
    };
    assert!(!output.success());
}

#[test]
fn a_second_server_on_the_same_file_is_refused_and_a_command_beside_it_is_not() {
    let folder = Folder::new("second");
    let (_server, _) = folder.serve("Fieldlight");
    assert!(folder.complains(&["serve", "--addr", "127.0.0.1:0"], "").contains("fieldlight.db"));
    folder.says(&["user", "add", "ada@example.com", "--role", "admin", "--password-stdin"], "a long enough password");
}

/// Sends a request as it stands.
fn send(addr: &str, request: &str) -> BufReader<TcpStream> {
    let mut socket = TcpStream::connect(addr).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(PATIENCE_S))).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    BufReader::new(socket)
}

#[test]
fn metrics_tell_this_machine_and_an_open_stream_does_not_hold_a_server_that_stops() {
    let folder = Folder::new("streams");
    folder.says(&["migrate"], "");
    folder.says(&["user", "add", "ada@example.com", "--role", "admin", "--password-stdin"], "a long enough password");
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (mut server, _) = folder.serve_at(&addr, "Fieldlight");
    let mut metrics = String::new();
    send(&addr, "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").read_to_string(&mut metrics).unwrap();
    assert!(metrics.starts_with("HTTP/1.1 200") && metrics.contains("process_start_time_seconds"), "{metrics}");
    let body = r#"{"email": "ada@example.com", "password": "a long enough password"}"#;
    let (head, length) = ("content-type: application/json\r\nconnection: close", body.len());
    let mut token = String::new();
    send(&addr, &format!("POST /api/v1/auth/token HTTP/1.1\r\nhost: x\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}"))
        .read_to_string(&mut token)
        .unwrap();
    let token = token.split_once("\"accessToken\":\"").unwrap().1.split('"').next().unwrap();
    let stream = send(&addr, &format!("GET /api/v1/live HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"));
    let mut lines = stream.lines().map_while(Result::ok);
    assert!(lines.by_ref().any(|line| line == "event: figures"));
    let begun = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &server.0.id().to_string()]).status().unwrap().success());
    assert!(server.0.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(5), "requests still open are dropped after ten seconds: {:?}", begun.elapsed());
    assert!(lines.any(|line| line == "0"), "the stream ended in order");
}

#[test]
fn a_file_is_tried_brought_in_and_changes_nothing_the_second_time() {
    let folder = Folder::new("import");
    let file = folder.0.join("clients.csv");
    fs::write(&file, "id,name,town\n1,Mutua Hardware,Thika\n2,,Nakuru\n").unwrap();
    let import = ["import", "clients", file.to_str().unwrap()];
    let tried = folder.says(&[&import[..], &["--dry-run"]].concat(), "");
    assert!(tried.contains("Nothing was written"), "{tried}");
    let first = folder.says(&import, "");
    assert!(first.contains("1 new") && first.contains("1 rejected") && first.contains("clients.rejects.csv"), "{first}");
    let again = folder.says(&import, "");
    assert!(again.contains("0 new") && again.contains("1 unchanged"), "{again}");
    assert!(folder.complains(&["import", "clients", "/no/such/file.csv"], "").contains("/no/such/file.csv"));
    let listed = folder.says(&["imports", "list"], "");
    let gone = folder.says(&["imports", "withdraw", listed.split_whitespace().next().unwrap()], "");
    assert!(gone.starts_with("Records that came with it and are gone: 1; that have their fields back: 0."), "{gone}");
    assert!(folder.says(&import, "").contains("1 new"), "a file that was taken back may come in again");
}

#[test]
fn whole_days_are_replaced_only_when_that_is_said() {
    let folder = Folder::new("import-days");
    let file = folder.0.join("days.csv");
    let import = ["import", "sales", file.to_str().unwrap()];
    fs::write(&file, "date,amount\n2015-02-01,100\n").unwrap();
    assert!(folder.says(&import, "").contains("1 new"));
    fs::write(&file, "date,amount\n2015-02-01,70\n").unwrap();
    assert!(folder.complains(&import, "").contains("--replaces days"));
    let said = folder.says(&[&import[..], &["--replaces", "days"]].concat(), "");
    assert!(
        said.contains("1 line that came to KES 100.00 is replaced")
            && said.contains("Replaced: day 2015-02-01, 1 line, KES 100.00: now 1 line, KES 70.00"),
        "{said}"
    );
    let listed = said.lines().find_map(|line| line.strip_prefix("What is replaced is listed in ")).unwrap().trim_end_matches('.');
    assert!(fs::read_to_string(listed).unwrap().ends_with("\n,2015-02-01,2015-02-01,1,100.00,1,70.00\n"));
}

/// Real and well-known files beside the project; their tests say so when they are not there.
fn shared(path: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    let found = file.exists().then(|| file.display().to_string());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", file.display());
        eprintln!("skipped: {} is not here", file.display());
    }
    found
}

fn mapping(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings").join(name).display().to_string()
}

#[test]
fn order_lines_come_in_with_who_bought_and_sold_from_files_beside_them_and_go_out_and_back() {
    let Some(file) = shared("northwind/order-details.csv") else { return };
    let folder = Folder::new("northwind");
    folder.says(&["company", "--currency", "USD"], "");
    let said = folder.says(&["import", "sales", &file, "--mapping", &mapping("northwind.toml")], "");
    assert!(said.contains("2155 rows in the file") && said.contains("2155 new") && said.contains(" 0 rejected"), "{said}");
    assert!(
        said.contains("USD 1265793.0395 in the file = 1265793.29 brought in + 0.00 unchanged + 0.00 rejected + -0.2505 rounding"),
        "{said}"
    );
    assert!(said.contains("Steven Buchanan") && said.contains("89 clients, 77 products"), "{said}");
    let again = folder.says(&["import", "sales", &file, "--mapping", &mapping("northwind.toml")], "");
    assert!(again.contains("2155 unchanged") && again.contains("There was nothing to write"), "{again}");
    assert!(folder.complains(&["company", "--currency", "EUR"], "").contains("amounts in USD already"));

    let out = folder.0.join("out.csv");
    let written = folder.says(&["export", "sales", out.to_str().unwrap()], "");
    assert!(written.starts_with("2155 lines"), "{written}");
    let other = Folder::new("northwind-again");
    other.says(&["company", "--currency", "USD"], "");
    other.says(&["import", "sales", out.to_str().unwrap()], "");
    let back = other.0.join("back.csv");
    other.says(&["export", "sales", back.to_str().unwrap()], "");
    assert!(fs::read_to_string(&back).unwrap() == fs::read_to_string(&out).unwrap(), "what went out does not come back the same");

    let listed = folder.says(&["imports", "list"], "");
    assert!(listed.contains(": 2155 new"), "{listed}");
    let id = listed.split_whitespace().next().unwrap();
    assert!(folder.says(&["imports", "withdraw", id], "").contains("2155 lines count no more"));
    assert_eq!(folder.says(&["export", "sales"], "").lines().count(), 1);
    assert!(folder.complains(&["imports", "withdraw", id], "").contains("taken back before"));
}
