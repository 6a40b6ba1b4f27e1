//! The statement that says how new the figures are.

use crate::Error;
use crate::db::Conn;

/// The version of the last change of what figures are made of.
pub(super) async fn figures(conn: &mut Conn) -> Result<i64, Error> {
    let (version,): (i64,) = fetch_one!(conn, "select figures from clock where id = 1")?;
    Ok(version)
}
