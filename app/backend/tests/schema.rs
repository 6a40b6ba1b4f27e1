//! Both engines have the same tables, columns, constraints and indexes.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::Config;
use common::both_engines;
use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use std::collections::BTreeSet;
use std::path::Path;

/// What is compared: `table.column type nullability`, `table constraint name`, `table index name`.
type Schema = BTreeSet<String>;

both_engines!(both_engines_have_the_same_tables_columns_constraints_and_indexes, |backend| {
    let schema = match &backend.config().database {
        backend::Database::Sqlite { path } => of_sqlite(path).await,
        backend::Database::Postgres { url } => of_postgres(url).await,
    };
    let expected = of_files(if common::is_sqlite(&backend) { "postgres" } else { "sqlite" });
    let (missing, surplus): (Vec<_>, Vec<_>) = (expected.difference(&schema).collect(), schema.difference(&expected).collect());
    assert!(missing.is_empty() && surplus.is_empty(), "only in the other engine's files: {missing:#?}\nonly here: {surplus:#?}");
    assert!(schema.len() > 150, "{}", schema.len());
});

/// The other engine's files, read as text: so that each engine's catalogue is compared with files it never saw.
fn of_files(engine: &str) -> Schema {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
    let mut schema = Schema::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let code: Vec<&str> = text.lines().filter(|l| !l.starts_with("--")).collect();
        for statement in code.join("\n").split(';') {
            of_statement(statement.trim(), &mut schema);
        }
    }
    schema
}

fn of_statement(statement: &str, schema: &mut Schema) {
    if let Some(rest) = statement.strip_prefix("create table ") {
        let table = rest.split_whitespace().next().unwrap();
        for line in rest.lines().skip(1).map(str::trim).filter(|l| !l.starts_with(')')) {
            let mut words = line.trim_end_matches(',').split_whitespace();
            match (words.next().unwrap(), words.next().unwrap()) {
                ("constraint", name) => schema.insert(format!("{table} constraint {name}")),
                (column, kind) => schema.insert(column_line(table, column, kind, line.contains("not null"))),
            };
        }
    } else if let Some((table, column)) = statement.strip_prefix("alter table ").and_then(|rest| rest.split_once(" add column ")) {
        let words: Vec<&str> = column.split_whitespace().collect();
        schema.insert(column_line(table.trim(), words[0], words[1], column.contains("not null")));
    } else if let Some((_, rest)) = statement.split_once(" index ") {
        let words: Vec<&str> = rest.split_whitespace().collect();
        schema.insert(index_line(words[2], words[0], statement.starts_with("create unique")));
    }
}

fn column_line(table: &str, column: &str, kind: &str, required: bool) -> String {
    let kind = match kind {
        "blob" | "uuid" => "id",
        // A document is text on SQLite; that it is a document shows in the name of the type on PostgreSQL only.
        "jsonb" => "text",
        other => other,
    };
    format!("{table}.{column} {kind} {}", if required { "not null" } else { "null" })
}

fn index_line(table: &str, index: &str, unique: bool) -> String {
    format!("{table} {} {index}", if unique { "unique index" } else { "index" })
}

async fn of_sqlite(path: &Path) -> Schema {
    let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    let mut schema = Schema::new();
    let tables = "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_sqlx%'";
    for table in sqlx::query(tables).fetch_all(&mut conn).await.unwrap() {
        let (name, text): (String, String) = (table.get(0), table.get(1));
        let columns = sqlx::query("select name, type, \"notnull\" from pragma_table_info($1)").bind(&name);
        for column in columns.fetch_all(&mut conn).await.unwrap() {
            schema.insert(column_line(&name, column.get(0), &column.get::<String, _>(1).to_lowercase(), column.get::<i64, _>(2) == 1));
        }
        let named = text.split("constraint ").skip(1).map(|rest| rest.split_whitespace().next().unwrap());
        schema.extend(named.map(|constraint| format!("{name} constraint {constraint}")));
    }
    let indexes = "select m.tbl_name, m.name, i.\"unique\" from sqlite_master m join pragma_index_list(m.tbl_name) i on i.name = m.name \
                   where m.type = 'index' and m.sql is not null";
    for index in sqlx::query(indexes).fetch_all(&mut conn).await.unwrap() {
        schema.insert(index_line(index.get(0), index.get(1), index.get::<i64, _>(2) == 1));
    }
    schema
}

async fn of_postgres(url: &str) -> Schema {
    let mut conn = PgConnection::connect(url).await.unwrap();
    let mut schema = Schema::new();
    let columns = "select table_name::text, column_name::text, data_type::text, is_nullable = 'NO' from information_schema.columns \
                   where table_schema = 'public' and table_name not like '\\_sqlx%'";
    for column in sqlx::query(columns).fetch_all(&mut conn).await.unwrap() {
        schema.insert(column_line(column.get(0), column.get(1), column.get(2), column.get(3)));
    }
    let constraints = "select c.conrelid::regclass::text, c.conname::text from pg_constraint c \
                       where c.connamespace = 'public'::regnamespace and c.conrelid::regclass::text not like '\\_sqlx%'";
    for constraint in sqlx::query(constraints).fetch_all(&mut conn).await.unwrap() {
        schema.insert(format!("{} constraint {}", constraint.get::<String, _>(0), constraint.get::<String, _>(1)));
    }
    let indexes = "select i.indrelid::regclass::text, i.indexrelid::regclass::text, i.indisunique from pg_index i \
                   join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace and not i.indisprimary \
                   and c.relname not like '\\_sqlx%'";
    for index in sqlx::query(indexes).fetch_all(&mut conn).await.unwrap() {
        schema.insert(index_line(index.get(0), index.get(1), index.get(2)));
    }
    schema
}

both_engines!(order_by_a_folded_key_does_not_depend_on_the_machine, |backend| {
    if common::is_sqlite(&backend) {
        return;
    }
    let keys = "select count(*) from information_schema.columns where table_schema = 'public' and collation_name = 'C' \
                and column_name in ('sort_key', 'search_key')";
    assert_eq!(common::rows(&backend, keys).await, [3]);
    let _: &Config = backend.config();
});
