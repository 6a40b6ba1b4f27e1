//! The configuration: read from the environment once, into types; every wrong value is one line that names the variable and says what to write.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use backend::{Database, people::PASSWORD_MIN};
use domain::Day;

mod origin;

pub use origin::Origin;

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Everything the process may be told from outside.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data are.
    pub database: Database,
    /// Where the server listens.
    pub addr: SocketAddr,
    /// Folder of the SQLite file and whatever else is kept on disk.
    pub data_dir: PathBuf,
    /// What people type into the browser; decides cookies, links and which `Origin` is ours.
    pub public_url: Option<Origin>,
    /// The day the app runs as of.
    pub as_of: Option<Day>,
    /// The password of the demonstration's accounts.
    pub demo_password: Option<String>,
    /// Folder of the built site; unset: beside the binary.
    pub site_dir: Option<PathBuf>,
    /// Form of the log.
    pub log: LogFormat,
    /// What lets a machine from outside read `/metrics`.
    pub metrics_token: Option<String>,
}

/// Everything wrong with the environment, a line each.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong(Vec<String>);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\nfieldlight: "))
    }
}

impl std::error::Error for Wrong {}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// All wrong values, a line each.
    pub fn from_env() -> Result<Self, Wrong> {
        Self::read(&|name| std::env::var(name).ok())
    }

    /// Reads from any source of named values; an empty value counts as unset.
    ///
    /// # Errors
    /// All wrong values, a line each.
    pub fn read(source: &dyn Fn(&str) -> Option<String>) -> Result<Self, Wrong> {
        let mut values = Values { source, wrong: Vec::new() };
        let data_dir = values.get("FIELDLIGHT_DATA_DIR").map_or_else(|| home_folder(source), PathBuf::from);
        let config = Self {
            database: values.database(&data_dir),
            addr: values
                .parsed("FIELDLIGHT_ADDR", "an address and port, for example 127.0.0.1:3000", |v| v.parse().ok())
                .unwrap_or(DEFAULT_ADDR),
            public_url: values.parsed(
                "FIELDLIGHT_PUBLIC_URL",
                "what people type into the browser, for example https://crm.example.com",
                Origin::parse,
            ),
            as_of: values.parsed("FIELDLIGHT_TODAY", "a day as YYYY-MM-DD, for example 2015-07-17", Day::parse),
            demo_password: values.parsed(
                "FIELDLIGHT_DEMO_PASSWORD",
                &format!("a password of at least {PASSWORD_MIN} characters"),
                password,
            ),
            site_dir: values.parsed("FIELDLIGHT_SITE_DIR", "the folder of the built site, the one with assets.json in it", folder),
            log: values.parsed("FIELDLIGHT_LOG", "text or json", log_format).unwrap_or_default(),
            metrics_token: values.parsed(
                "FIELDLIGHT_METRICS_TOKEN",
                &format!("a token of at least {TOKEN_MIN} letters, digits or signs without blanks"),
                token,
            ),
            data_dir,
        };
        let forced = values.parsed("FIELDLIGHT_DEMO_FORCE", "1, or leave it unset", |v| (v == "1").then_some(())).is_some();
        if config.demo_password.is_some() && !config.addr.ip().is_loopback() && !forced {
            values.wrong.push(format!(
                "FIELDLIGHT_DEMO_PASSWORD makes accounts everybody knows, and FIELDLIGHT_ADDR={} can be reached from outside: unset it, \
                 or set FIELDLIGHT_DEMO_FORCE=1 if you mean it.",
                config.addr
            ));
        }
        if values.wrong.is_empty() { Ok(config) } else { Err(Wrong(values.wrong)) }
    }

    /// Another address than the environment's, from the command line.
    ///
    /// # Errors
    /// When the demonstration's password would be served to the outside.
    pub fn listening_on(mut self, addr: Option<SocketAddr>) -> Result<Self, Wrong> {
        let Some(addr) = addr else { return Ok(self) };
        self.addr = addr;
        let forced = std::env::var("FIELDLIGHT_DEMO_FORCE").is_ok_and(|v| v == "1");
        if self.demo_password.is_some() && !addr.ip().is_loopback() && !forced {
            return Err(Wrong(vec![format!("FIELDLIGHT_DEMO_PASSWORD is set and --addr {addr} can be reached from outside: unset it.")]));
        }
        Ok(self)
    }

    /// What people type into the browser: as configured, or the address itself.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.public_url.clone().unwrap_or_else(|| Origin::of_address(self.addr))
    }
}

const DEFAULT_ADDR: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 3000);

struct Values<'a> {
    source: &'a dyn Fn(&str) -> Option<String>,
    wrong: Vec<String>,
}

impl Values<'_> {
    fn get(&self, name: &str) -> Option<String> {
        (self.source)(name).filter(|value| !value.trim().is_empty())
    }

    fn parsed<T>(&mut self, name: &str, write: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.get(name)?;
        let parsed = parse(value.trim());
        if parsed.is_none() {
            let shown = if name.contains("PASSWORD") || name.contains("TOKEN") { String::new() } else { format!("={value}") };
            self.wrong.push(format!("{name}{shown} is not understood: write {write}."));
        }
        parsed
    }

    fn database(&mut self, data_dir: &std::path::Path) -> Database {
        let file = Database::Sqlite { path: data_dir.join("fieldlight.db") };
        let Some(url) = self.get("DATABASE_URL") else { return file };
        let sqlite = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).filter(|path| !path.is_empty());
        if let Some(path) = sqlite {
            return Database::Sqlite { path: path.into() };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Database::Postgres { url };
        }
        let scheme = url.split_once(':').map_or("no scheme", |(scheme, _)| scheme);
        self.wrong.push(format!(
            "DATABASE_URL is not understood ({scheme}): write postgres://user:password@host/database or sqlite:///folder/file.db, \
             or leave it unset for a SQLite file in the data folder."
        ));
        file
    }
}

/// The user's own data folder, so that every command finds the same company from any folder.
fn home_folder(source: &dyn Fn(&str) -> Option<String>) -> PathBuf {
    let shared = source("XDG_DATA_HOME").filter(|v| v.starts_with('/')).map(PathBuf::from);
    let own = || Some(PathBuf::from(source("HOME").filter(|v| !v.is_empty())?).join(".local/share"));
    shared.or_else(own).map_or_else(|| PathBuf::from("data"), |folder| folder.join("fieldlight"))
}

fn password(text: &str) -> Option<String> {
    (text.chars().count() >= PASSWORD_MIN).then(|| text.into())
}

/// Shortest token, in characters.
const TOKEN_MIN: usize = 16;

fn token(text: &str) -> Option<String> {
    (text.len() >= TOKEN_MIN && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| text.into())
}

fn folder(text: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(text);
    folder.join("assets.json").is_file().then_some(folder)
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn read(values: &[(&str, &str)]) -> Result<Config, Wrong> {
        Config::read(&|name| values.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn nothing_set_is_a_sqlite_file_on_loopback() {
        let config = read(&[("HOME", "/home/ada")]).unwrap();
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.data_dir, PathBuf::from("/home/ada/.local/share/fieldlight"));
        assert!(matches!(config.database, Database::Sqlite { path } if path == config.data_dir.join("fieldlight.db")));
        assert_eq!(config.log, LogFormat::Text);
    }

    #[test]
    fn each_wrong_value_is_one_line_that_names_the_variable_and_says_what_to_write() {
        for (name, value, says) in [
            ("DATABASE_URL", "mysql://x", "write postgres://"),
            ("FIELDLIGHT_ADDR", "3000", "127.0.0.1:3000"),
            ("FIELDLIGHT_PUBLIC_URL", "crm.example.com", "https://crm.example.com"),
            ("FIELDLIGHT_TODAY", "17/07/2015", "YYYY-MM-DD"),
            ("FIELDLIGHT_DEMO_PASSWORD", "short", "characters"),
            ("FIELDLIGHT_SITE_DIR", "/nowhere", "assets.json"),
            ("FIELDLIGHT_LOG", "xml", "text or json"),
            ("FIELDLIGHT_DEMO_FORCE", "yes", "write 1"),
            ("FIELDLIGHT_METRICS_TOKEN", "short", "at least 16"),
        ] {
            let wrong = read(&[(name, value)]).unwrap_err();
            assert_eq!(wrong.0.len(), 1, "{name}: {wrong}");
            assert!(wrong.0[0].starts_with(name) && wrong.0[0].contains(says), "{wrong}");
        }
        let both = read(&[("FIELDLIGHT_ADDR", "x"), ("FIELDLIGHT_TODAY", "x")]).unwrap_err();
        assert_eq!(both.to_string().lines().count(), 2);
    }

    #[test]
    fn a_password_is_never_repeated_in_a_message() {
        assert!(!read(&[("FIELDLIGHT_DEMO_PASSWORD", "tiny")]).unwrap_err().to_string().contains("tiny"));
        assert!(!read(&[("FIELDLIGHT_METRICS_TOKEN", "tiny")]).unwrap_err().to_string().contains("tiny"));
        assert!(!read(&[("DATABASE_URL", "mysql://u:secret@h/d")]).unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn the_demo_password_refuses_an_outside_address_unless_forced() {
        let open = [("FIELDLIGHT_DEMO_PASSWORD", "long enough"), ("FIELDLIGHT_ADDR", "0.0.0.0:3000")];
        assert!(read(&open).unwrap_err().to_string().contains("FIELDLIGHT_DEMO_FORCE=1"));
        assert!(read(&[open[0], open[1], ("FIELDLIGHT_DEMO_FORCE", "1")]).is_ok());
        assert!(read(&[open[0], ("FIELDLIGHT_ADDR", "127.0.0.1:80")]).is_ok());
    }

    #[test]
    fn databases_are_told_apart_by_their_url() {
        let of = |url| read(&[("DATABASE_URL", url)]).unwrap().database;
        assert!(matches!(of("sqlite:///var/f.db"), Database::Sqlite { path } if path.display().to_string() == "/var/f.db"));
        assert!(matches!(of("postgresql://h/d"), Database::Postgres { .. }));
    }
}
