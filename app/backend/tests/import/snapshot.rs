//! Everything the tables hold but versions, as text: to see that something is again as it was, to the byte.

use backend::{Backend, Database};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

/// Tables an import may write, its own bookkeeping left out.
const TABLES: [&str; 15] = [
    "branches",
    "reps",
    "clients",
    "client_tags",
    "client_keys",
    "contacts",
    "visits",
    "products",
    "sales_lines",
    "sales_said_again",
    "sales_days",
    "sales_totals",
    "budgets",
    "pipelines",
    "opportunities",
];

/// One line for each row.
pub async fn snapshot(backend: &Backend) -> Vec<String> {
    let mut all = Vec::new();
    match &backend.config().database {
        Database::Sqlite { path } => {
            let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
            for table in TABLES {
                let columns = sqlx::query("select name from pragma_table_info($1) where name <> 'version' order by name").bind(table);
                let columns: Vec<String> = columns.fetch_all(&mut conn).await.unwrap().iter().map(|row| row.get(0)).collect();
                let quoted: Vec<String> = columns.iter().map(|c| format!("'{c}=' || quote({c})")).collect();
                let text = format!("select {} from {table} order by 1", quoted.join(" || ' ' || "));
                let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&mut conn).await.unwrap();
                all.extend(rows.iter().map(|row| format!("{table} {}", row.get::<String, _>(0))));
            }
        }
        Database::Postgres { url } => {
            let mut conn = PgConnection::connect(url).await.unwrap();
            for table in TABLES {
                let text = format!("select (to_jsonb(t) - 'version')::text from {table} t order by 1");
                let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&mut conn).await.unwrap();
                all.extend(rows.iter().map(|row| format!("{table} {}", row.get::<String, _>(0))));
            }
        }
    }
    all
}

/// What differs between two of them.
pub fn difference(before: &[String], after: &[String]) -> String {
    let only = |a: &[String], b: &[String], sign: &str| {
        a.iter().filter(|line| !b.contains(line)).map(|line| format!("{sign} {line}\n")).collect::<String>()
    };
    only(before, after, "-") + &only(after, before, "+")
}
