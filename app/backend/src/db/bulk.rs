//! Many rows or many questions in one statement; the texts are made once.

use super::statement::{all, run};
use super::{Args, Bind, Conn};
use crate::Error;
use sqlx::FromRow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use uuid::Uuid;

/// Most values of one statement: below SQLite's 32,766 and PostgreSQL's 65,535.
const VALUES_MAX: usize = 16_000;

/// Inserts rows, many with one statement. `head` is `insert into t (columns) values `, `tail` what follows the values.
pub(crate) async fn insert_rows<T: Bind + Sync>(
    conn: &mut Conn,
    head: &'static str,
    width: usize,
    tail: &'static str,
    rows: &[T],
) -> Result<u64, Error> {
    let mut touched = 0;
    let most = largest_chunk(VALUES_MAX / width);
    let mut rest = rows;
    while !rest.is_empty() {
        let (chunk, left) = rest.split_at(largest_chunk(rest.len()).min(most));
        let mut args = Args::of(conn);
        for row in chunk {
            row.bind(&mut args)?;
        }
        touched += run(conn, values_text(head, (width, chunk.len()), Places::of(conn), tail), args).await?;
        rest = left;
    }
    Ok(touched)
}

/// `head` followed by a list of `count` places and `tail`: for `… in ($1, $2)`.
pub(crate) fn list_text(head: &'static str, count: usize, tail: &'static str) -> Arc<str> {
    values_text(head, (count, 1), Places::Numbered, tail)
}

/// Rows of `head` with a list of ids: `select … where t.id in `.
pub(crate) async fn find_in<T>(conn: &mut Conn, head: &'static str, ids: &[Uuid]) -> Result<Vec<T>, Error>
where
    T: Send + Unpin + for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow>,
{
    let mut found = Vec::new();
    for chunk in ids.chunks(256) {
        let places = chunk.len().next_power_of_two();
        let mut args = Args::of(conn);
        for place in 0..places {
            args.add(chunk[place.min(chunk.len() - 1)])?;
        }
        found.extend(all(conn, values_text(head, (places, 1), Places::of(conn), ""), args).await?);
    }
    Ok(found)
}

/// Rows that answer several questions at once: `head` and `tail` around a list of values. The last question may be answered more than once: the list is
/// filled up with it to a power of two, so that few different statements are prepared.
pub(crate) async fn find_rows<T, Q>(
    conn: &mut Conn,
    head: &'static str,
    width: usize,
    tail: &'static str,
    asked: &[Q],
) -> Result<Vec<T>, Error>
where
    T: Send + Unpin + for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow>,
    Q: Bind + Sync,
{
    let mut found = Vec::new();
    for chunk in asked.chunks(256) {
        let places = chunk.len().next_power_of_two();
        let mut args = Args::of(conn);
        for place in 0..places {
            chunk[place.min(chunk.len() - 1)].bind(&mut args)?;
        }
        found.extend(all(conn, values_text(head, (width, places), Places::of(conn), tail), args).await?);
    }
    Ok(found)
}

/// 1, 2, 3, 4, 6, 8, 12, 16, 24 … rows: few different statements are prepared, and few are run for any number.
fn largest_chunk(rows: usize) -> usize {
    let power = 1 << rows.max(1).ilog2();
    if power > 1 && rows >= power + power / 2 { power + power / 2 } else { power }
}

/// How the places of values are written. SQLite looks a named place up by walking all names, for each value of each run: a statement of
/// thousands of values would spend its time there. Places without a name are filled in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Places {
    Numbered,
    Nameless,
}

impl Places {
    fn of(conn: &Conn) -> Self {
        if conn.is_sqlite() { Self::Nameless } else { Self::Numbered }
    }
}

type Texts = HashMap<(&'static str, &'static str, (usize, usize), Places), Arc<str>>;
static TEXTS: LazyLock<Mutex<Texts>> = LazyLock::new(Mutex::default);

fn values_text(head: &'static str, (width, rows): (usize, usize), places: Places, tail: &'static str) -> Arc<str> {
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let made = texts.entry((head, tail, (width, rows), places)).or_insert_with(|| {
        let mut text = String::from(head);
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 1..=width {
                let comma = if column == 1 { "" } else { ", " };
                let _ = match places {
                    Places::Numbered => write!(text, "{comma}${}", row * width + column),
                    Places::Nameless => write!(text, "{comma}?"),
                };
            }
            text.push(')');
        }
        text.push_str(tail);
        text.into()
    });
    Arc::clone(made)
}
