//! A database of its own for each test: a migrated file, or a copy of a migrated template on the test server.

use backend::{Backend, Config, Database};
use domain::Day;
use domain::people::{Caller, Role};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};
use std::path::PathBuf;
use tokio::sync::OnceCell;

/// Runs one test in a database of its own and removes it, whether the test passed or not.
pub async fn run<F, T>(postgres: bool, as_of: Option<Day>, test: T)
where
    F: Future<Output = ()> + 'static,
    T: FnOnce(Backend, Caller) -> F,
{
    let Some(config) = (if postgres { on_postgres().await } else { Some(on_sqlite()) }) else { return };
    let backend = Backend::open(Config { as_of, ..config.clone() }).await.unwrap();
    let admin = super::a_user(&backend, Role::Admin, "Ada Admin").await;
    // On this thread: a test may hold what does not travel, like an open Book.
    let here = tokio::task::LocalSet::new();
    let running = here.spawn_local(test(backend.clone(), admin));
    let outcome = here.run_until(running).await;
    backend.close().await;
    remove(&config).await;
    if let Err(failed) = outcome {
        std::panic::resume_unwind(failed.into_panic());
    }
}

/// Another, empty company in a file, whatever the engine of the test; [`leave`] removes it.
pub async fn elsewhere() -> Backend {
    Backend::open(on_sqlite()).await.unwrap()
}

/// Closes a company of [`elsewhere`] and removes it.
pub async fn leave(backend: Backend) {
    let config = backend.config().clone();
    backend.close().await;
    remove(&config).await;
}

fn on_sqlite() -> Config {
    let folder = std::env::temp_dir().join(format!("fieldlight-test-{}", super::build::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut config = Config::new(Database::Sqlite { path: folder.join("test.db") });
    (config.migrate, config.exclusive) = (true, true);
    config
}

async fn on_postgres() -> Option<Config> {
    let Ok(server) = std::env::var("FIELDLIGHT_TEST_POSTGRES") else {
        let required = ["CI", "FIELDLIGHT_REQUIRE_POSTGRES"].iter().any(|name| std::env::var_os(name).is_some());
        assert!(!required, "FIELDLIGHT_TEST_POSTGRES is not set, and a skipped engine is a failure here");
        eprintln!("skipped on PostgreSQL: set FIELDLIGHT_TEST_POSTGRES=postgres://user@host/database");
        return None;
    };
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(|| template(&server)).await;
    let name = format!("fl_test_{}", super::build::id().simple());
    let mut conn = PgConnection::connect(&server).await.unwrap();
    conn.execute(AssertSqlSafe(format!("create database {name} template {template}"))).await.unwrap();
    let mut config = Config::new(Database::Postgres { url: address(&server, &name) });
    config.connections = 6;
    Some(config)
}

fn address(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

/// Makes the template once, however many test programs start together.
async fn template(server: &str) -> String {
    let mut conn = PgConnection::connect(server).await.unwrap();
    conn.execute("select pg_advisory_lock(7190412)").await.unwrap();
    let name = format!("fl_template_{:016x}", fingerprint());
    let found = sqlx::query("select 1 from pg_database where datname = $1").bind(&name).fetch_optional(&mut conn).await.unwrap();
    if found.is_none() {
        let making = format!("{name}_making");
        conn.execute(AssertSqlSafe(format!("drop database if exists {making}"))).await.unwrap();
        conn.execute(AssertSqlSafe(format!("create database {making}"))).await.unwrap();
        let config = Config::new(Database::Postgres { url: address(server, &making) });
        Backend::migrate(&config).await.unwrap();
        conn.execute(AssertSqlSafe(format!("alter database {making} rename to {name}"))).await.unwrap();
    }
    conn.execute("select pg_advisory_unlock(7190412)").await.unwrap();
    name
}

/// Of the migrations' text, so that changed ones make a new template.
fn fingerprint() -> u64 {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let bytes = files.iter().flat_map(|f| std::fs::read(f).unwrap());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

async fn remove(config: &Config) {
    match &config.database {
        Database::Sqlite { path } => drop(std::fs::remove_dir_all(path.parent().unwrap())),
        Database::Postgres { url } => {
            let (server, name) = url.rsplit_once('/').unwrap();
            let mut conn = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
            let _ = conn.execute(AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await;
        }
    }
}

/// The first column of a statement's rows, read past the backend.
pub async fn rows(backend: &Backend, statement: &'static str) -> Vec<i64> {
    match &backend.config().database {
        Database::Sqlite { path } => {
            let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
            sqlx::query(statement).fetch_all(&mut conn).await.unwrap().iter().map(|r| r.get(0)).collect()
        }
        Database::Postgres { url } => {
            let mut conn = PgConnection::connect(url).await.unwrap();
            sqlx::query(statement).fetch_all(&mut conn).await.unwrap().iter().map(|r| r.get(0)).collect()
        }
    }
}

/// Runs a statement past the backend.
pub async fn execute(backend: &Backend, statement: &'static str) {
    match &backend.config().database {
        Database::Sqlite { path } => {
            let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
            conn.execute(statement).await.unwrap();
        }
        Database::Postgres { url } => {
            let mut conn = PgConnection::connect(url).await.unwrap();
            conn.execute(statement).await.unwrap();
        }
    }
}
