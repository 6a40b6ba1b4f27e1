//! A PostgreSQL database of its own for one test.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// Makes an empty database on the test server and gives its URL; `None`, with a line that says so, where there is no test server.
///
/// # Panics
/// Without a test server where one is required.
pub async fn create(name: &str) -> Option<String> {
    let Ok(server) = std::env::var("FIELDLIGHT_TEST_POSTGRES") else {
        let required = ["CI", "FIELDLIGHT_REQUIRE_POSTGRES"].iter().any(|name| std::env::var_os(name).is_some());
        assert!(!required, "FIELDLIGHT_TEST_POSTGRES is not set, and a skipped engine is a failure here");
        eprintln!("skipped on PostgreSQL: set FIELDLIGHT_TEST_POSTGRES=postgres://user@host/database");
        return None;
    };
    let mut connection = PgConnection::connect(&server).await.unwrap();
    connection.execute(AssertSqlSafe(format!("drop database if exists {name}"))).await.unwrap();
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}"))
}
