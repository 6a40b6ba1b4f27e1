//! How a statement written once runs on either engine: macros for fixed ones, [`Args`] for those put together from fixed pieces, [`row!`] for rows.

use super::{Conn, Engine};
use crate::Error;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, FromRow, Postgres, Sqlite, Type};
use std::sync::Arc;

/// Runs a statement and gives all rows, by position, as the expected type.
macro_rules! fetch_all {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn.engine() {
            $crate::db::Engine::Sqlite(c) => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(c).await,
            $crate::db::Engine::Postgres(c) => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(c).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Runs a statement and gives the first row, if any.
macro_rules! fetch_optional {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn.engine() {
            $crate::db::Engine::Sqlite(c) => sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(c).await,
            $crate::db::Engine::Postgres(c) => sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(c).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Runs a statement that always answers with one row.
macro_rules! fetch_one {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn.engine() {
            $crate::db::Engine::Sqlite(c) => sqlx::query_as($sql)$(.bind($bind))*.fetch_one(c).await,
            $crate::db::Engine::Postgres(c) => sqlx::query_as($sql)$(.bind($bind))*.fetch_one(c).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Runs a statement and gives the number of rows it touched.
macro_rules! execute {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn.engine() {
            $crate::db::Engine::Sqlite(c) => sqlx::query($sql)$(.bind($bind))*.execute(c).await.map(|done| done.rows_affected()),
            $crate::db::Engine::Postgres(c) => sqlx::query($sql)$(.bind($bind))*.execute(c).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::Error::from)
    };
}

/// Joins constants to one statement when compiling.
macro_rules! sql {
    ($($piece:expr),+ $(,)?) => {{
        const LENGTH: usize = 0 $(+ $piece.len())+;
        const BYTES: [u8; LENGTH] = {
            let mut joined = [0u8; LENGTH];
            let mut end = 0;
            $(
                let piece = $piece.as_bytes();
                let mut i = 0;
                while i < piece.len() {
                    joined[end] = piece[i];
                    end += 1;
                    i += 1;
                }
            )+
            assert!(end == LENGTH);
            joined
        };
        const TEXT: &str = match std::str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => panic!("a statement is UTF-8"),
        };
        TEXT
    }};
}

/// A row: its columns named once, read by position on either engine and written in the same order.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident as $alias:literal { $first:ident: $first_type:ty $(, $field:ident: $type:ty)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            pub(crate) $first: $first_type,
            $(pub(crate) $field: $type,)*
        }

        // Not every table uses every list.
        const _: (&str, &str, &str, usize) = ($name::COLUMNS, $name::INSERT, $name::EXCLUDED, $name::WIDTH);

        impl $name {
            /// For `select`, each with the table's alias.
            pub(crate) const COLUMNS: &str = concat!($alias, ".", stringify!($first) $(, ", ", $alias, ".", stringify!($field))*);
            /// For `insert`.
            pub(crate) const INSERT: &str = concat!(stringify!($first) $(, ", ", stringify!($field))*);
            /// For `on conflict … do update set`, all but the first.
            pub(crate) const EXCLUDED: &str = $crate::db::after_comma(concat!($(", ", stringify!($field), " = excluded.", stringify!($field)),*));
            /// Number of columns.
            pub(crate) const WIDTH: usize = [stringify!($first) $(, stringify!($field))*].len();
        }

        impl<'r, R> $crate::db::RowAt<'r, R> for $name
        where
            R: sqlx::Row,
            usize: sqlx::ColumnIndex<R>,
            $first_type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)*
        {
            const COUNT: usize = Self::WIDTH;

            fn at(row: &'r R, start: usize) -> Result<Self, sqlx::Error> {
                let mut columns = start..;
                let mut next = || columns.next().unwrap_or(usize::MAX);
                Ok(Self {
                    $first: row.try_get(next())?,
                    $($field: row.try_get(next())?,)*
                })
            }
        }

        impl<'r, R> sqlx::FromRow<'r, R> for $name
        where
            R: sqlx::Row,
            Self: $crate::db::RowAt<'r, R>,
        {
            fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
                <Self as $crate::db::RowAt<'r, R>>::at(row, 0)
            }
        }

        impl $crate::db::Bind for $name {
            fn bind(&self, args: &mut $crate::db::Args) -> Result<(), $crate::Error> {
                args.add(&self.$first)?;
                $(args.add(&self.$field)?;)*
                Ok(())
            }
        }
    };
}

/// What [`row!`] makes can be read from any column on.
pub(crate) trait RowAt<'r, R>: Sized {
    /// Number of columns.
    const COUNT: usize;
    /// Reads from column `start` on.
    fn at(row: &'r R, start: usize) -> Result<Self, sqlx::Error>;
}

/// Two rows read from one.
pub(crate) struct Beside<A, B>(pub(crate) A, pub(crate) B);

impl<'r, R, A: RowAt<'r, R>, B: RowAt<'r, R>> RowAt<'r, R> for Beside<A, B> {
    const COUNT: usize = A::COUNT + B::COUNT;

    fn at(row: &'r R, start: usize) -> Result<Self, sqlx::Error> {
        Ok(Self(A::at(row, start)?, B::at(row, start + A::COUNT)?))
    }
}

impl<'r, R: sqlx::Row, A: RowAt<'r, R>, B: RowAt<'r, R>> FromRow<'r, R> for Beside<A, B> {
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Self::at(row, 0)
    }
}

/// `text` without the comma and space it begins with.
pub(crate) const fn after_comma(text: &'static str) -> &'static str {
    text.split_at(if text.is_empty() { 0 } else { 2 }).1
}

/// Values bound to a statement whose number is not known when compiling.
pub(crate) enum Args {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

/// Writes its values in the order of its columns.
pub(crate) trait Bind {
    /// Adds every value.
    fn bind(&self, args: &mut Args) -> Result<(), Error>;
}

impl Args {
    pub(crate) fn of(conn: &Conn) -> Self {
        if conn.is_sqlite() { Self::Sqlite(SqliteArguments::default()) } else { Self::Postgres(PgArguments::default()) }
    }

    /// Adds a value; the first is `$1`.
    pub(crate) fn add<'v, T>(&mut self, value: T) -> Result<(), Error>
    where
        T: Encode<'v, Sqlite> + Type<Sqlite> + Encode<'v, Postgres> + Type<Postgres>,
    {
        match self {
            Self::Sqlite(args) => Arguments::add(args, value),
            Self::Postgres(args) => Arguments::add(args, value),
        }
        .map_err(Error::internal)
    }
}

/// Runs a statement put together from fixed pieces and gives all rows. `text` never holds anything a user entered: values are in `args`.
pub(crate) async fn all<T>(conn: &mut Conn, text: Arc<str>, args: Args) -> Result<Vec<T>, Error>
where
    T: Send + Unpin + for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow>,
{
    match (conn.engine(), args) {
        (Engine::Sqlite(c), Args::Sqlite(args)) => Ok(sqlx::query_as_with(AssertSqlSafe(text), args).fetch_all(c).await?),
        (Engine::Postgres(c), Args::Postgres(args)) => Ok(sqlx::query_as_with(AssertSqlSafe(text), args).fetch_all(c).await?),
        _ => Err(Error::internal("values of one engine, connection of the other")),
    }
}

/// As [`all`], for a statement without rows; gives the number of rows touched.
pub(crate) async fn run(conn: &mut Conn, text: Arc<str>, args: Args) -> Result<u64, Error> {
    match (conn.engine(), args) {
        (Engine::Sqlite(c), Args::Sqlite(args)) => Ok(sqlx::query_with(AssertSqlSafe(text), args).execute(c).await?.rows_affected()),
        (Engine::Postgres(c), Args::Postgres(args)) => Ok(sqlx::query_with(AssertSqlSafe(text), args).execute(c).await?.rows_affected()),
        _ => Err(Error::internal("values of one engine, connection of the other")),
    }
}
