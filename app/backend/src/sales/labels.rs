//! What customers are called in exports and in the cube: their name, with their id elsewhere where several share it.

use super::lines::sql;
use crate::Error;
use crate::db::Conn;
use domain::fold::fold;
use std::collections::HashSet;

/// Names more than one client has.
pub(crate) struct Shared(HashSet<String>);

impl Shared {
    /// Those there are.
    pub(crate) async fn read(conn: &mut Conn) -> Result<Self, Error> {
        Ok(Self::of(sql::client_names_unscoped(conn).await?.iter().map(String::as_str)))
    }

    /// Among these names.
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let (mut seen, mut shared) = (HashSet::new(), HashSet::new());
        for name in names.map(fold) {
            if !seen.insert(name.clone()) {
                shared.insert(name);
            }
        }
        Self(shared)
    }

    /// What a client is called.
    pub(crate) fn customer(&self, name: &str, external_id: Option<&str>) -> String {
        match external_id {
            Some(id) if self.0.contains(&fold(name)) => format!("{name} ({id})"),
            _ => name.to_owned(),
        }
    }
}
