//! Labels of a cube's slice read back to what rows hold: ids of whoever is called so, and the words that are written so in exports.

use super::sql;
use crate::Error;
use crate::db::Conn;
use crate::sales::labels::Shared;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Values of a column that are kept, and whether rows without any are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column<T> {
    pub name: &'static str,
    pub values: Vec<T>,
    pub none: bool,
}

/// What a query's keys leave, column by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub ids: Vec<Column<Uuid>>,
    pub words: Vec<Column<String>>,
    /// Segments, and the clients of other segments who are called as one of those is: one customer to the cube.
    pub segments: Option<(Column<String>, Vec<Uuid>)>,
}

type Labels = [Option<String>];
/// Id, name, id elsewhere, segment.
pub(super) type ClientRow = (Uuid, String, Option<String>, Option<String>);

impl Kept {
    /// Reads the labels as they go now.
    ///
    /// # Errors
    /// `Rejected` for a key there is none of.
    pub async fn read(conn: &mut Conn, keys: &BTreeMap<String, Vec<Option<String>>>) -> Result<Self, Error> {
        let mut kept = Self::default();
        for (key, labels) in keys.iter().filter(|(_, labels)| !labels.is_empty()) {
            match key.as_str() {
                "branch" => kept.ids.push(called("l.branch_id", sql::branch_names(conn).await?, labels)),
                "rep" => kept.ids.push(called("l.rep_id", sql::rep_names(conn).await?, labels)),
                "product" => kept.ids.push(called("l.product_id", sql::product_codes(conn).await?, labels)),
                "customer" => kept.ids.push(customers(sql::client_names_and_ids_unscoped(conn).await?, labels)),
                "productLine" => kept.words.push(written("p.product_line", sql::product_lines(conn).await?, labels)),
                "itemGroup" => kept.words.push(written("p.item_group", sql::item_groups(conn).await?, labels)),
                "segment" => kept.of_segment(sql::client_segments_unscoped(conn).await?, labels),
                other => {
                    let words = format!("“{other}” is none of branch, rep, productLine, itemGroup, product, customer, segment.");
                    return Err(Error::rejected("keys", "unknown", words));
                }
            }
        }
        Ok(kept)
    }

    fn of_segment(&mut self, all: Vec<ClientRow>, labels: &Labels) {
        let shared = Shared::of(all.iter().map(|row| row.1.as_str()));
        let label = |row: &ClientRow| shared.customer(&row.1, row.2.as_deref());
        let (of, others): (Vec<&ClientRow>, Vec<&ClientRow>) = all.iter().partition(|row| row.3.as_ref().is_some_and(|s| holds(labels, s)));
        let called: HashSet<String> = of.into_iter().map(label).collect();
        let namesakes = others.into_iter().filter(|row| called.contains(&label(row))).map(|row| row.0).collect();
        let values = labels.iter().flatten().cloned().collect();
        self.segments = Some((Column { name: "c.segment", values, none: false }, namesakes));
    }
}

fn holds(labels: &Labels, label: &str) -> bool {
    labels.iter().any(|one| one.as_deref() == Some(label))
}

fn called(name: &'static str, all: Vec<(Uuid, String)>, labels: &Labels) -> Column<Uuid> {
    let none = labels.contains(&None);
    let kept = |called: &str| if called.is_empty() { none } else { holds(labels, called) };
    Column { name, values: all.into_iter().filter(|(_, called)| kept(called)).map(|(id, _)| id).collect(), none }
}

fn customers(all: Vec<(Uuid, String, Option<String>)>, labels: &Labels) -> Column<Uuid> {
    let shared = Shared::of(all.iter().map(|row| row.1.as_str()));
    let labelled = all.iter().filter(|(_, name, external)| holds(labels, &shared.customer(name, external.as_deref())));
    Column { name: "l.client_id", values: labelled.map(|row| row.0).collect(), none: labels.contains(&None) }
}

/// A word that is empty in exports is none.
fn written(name: &'static str, all: Vec<(String,)>, labels: &Labels) -> Column<String> {
    let none = labels.contains(&None);
    let kept = |word: &String| holds(labels, word) || (none && word.is_empty());
    Column { name, values: all.into_iter().map(|row| row.0).filter(kept).collect(), none }
}
