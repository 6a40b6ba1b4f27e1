//! Who gets the clients a file brings: one rep, the rep named in a column, or a rep by territory.

use super::cells::{Cells, Columns};
use super::field::Field;
use super::written::FieldSpec;
use domain::Rejections;
use domain::fold::fold;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Who gets the clients, as written in a mapping.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnerTable {
    /// One rep for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// The column that decides; by itself it holds reps' names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<FieldSpec>,
    /// Which of the column's values belong to which rep.
    pub groups: Vec<Group>,
    /// Reps that share the column's other values between them, each value staying with one.
    pub spread: Vec<String>,
    /// Who gets the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// Branch of reps that are new, where the group names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Whether names in the column that no rep has become new reps.
    pub create: bool,
}

/// Values that belong to one rep.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Who.
    pub rep: String,
    /// Where they belong when they are new.
    #[serde(default)]
    pub branch: Option<String>,
    /// The column's values.
    pub values: Vec<String>,
}

/// A rep a mapping asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// By name.
    pub name: String,
    /// Branch when new.
    pub branch: Option<String>,
    /// Whether to add them when there is no such rep.
    pub create: bool,
}

/// An [`OwnerTable`] bound to the columns of a file.
#[derive(Clone, Debug)]
pub struct Owner {
    column: Option<Field>,
    /// Folded value → place in `reps`.
    values: HashMap<String, usize>,
    reps: Vec<Wanted>,
    spread: std::ops::Range<usize>,
    otherwise: Option<usize>,
    named: Option<Wanted>,
}

impl OwnerTable {
    /// Finds the column; what is unclear is noted in `bad`.
    pub fn bind(&self, columns: &mut Columns<'_>, bad: &mut Rejections) -> Option<Owner> {
        let column = match &self.column {
            Some(spec) => match Field::bind(&spec.0, columns) {
                Ok(field) => Some(field),
                Err(words) => {
                    bad.add("mapping", "unclear_field", format!("The owner's column {words}."));
                    return None;
                }
            },
            None => None,
        };
        if column.is_some() == self.rep.is_some() || (column.is_none() && !(self.groups.is_empty() && self.spread.is_empty())) {
            bad.add("mapping", "unclear_owner", "[owner] needs either rep, or column (with groups, spread and otherwise where wanted).");
            return None;
        }
        let wanted = |name: &str, branch: Option<&String>| Wanted {
            name: name.to_owned(),
            branch: branch.or(self.branch.as_ref()).cloned(),
            create: true,
        };
        let mut reps: Vec<Wanted> = self.groups.iter().map(|g| wanted(&g.rep, g.branch.as_ref())).collect();
        let listed = self.groups.iter().enumerate();
        let values = listed.flat_map(|(i, g)| g.values.iter().map(move |v| (fold(v), i))).collect();
        let first = reps.len();
        reps.extend(self.spread.iter().map(|name| wanted(name, None)));
        let spread = first..reps.len();
        let rest = self.otherwise.as_ref().or(self.rep.as_ref());
        reps.extend(rest.map(|name| wanted(name, None)));
        let otherwise = rest.map(|_| reps.len() - 1);
        let by_name = self.groups.is_empty() && self.spread.is_empty() && column.is_some();
        let named = by_name.then(|| Wanted { create: self.create, ..wanted("", None) });
        Some(Owner { column, values, reps, spread, otherwise, named })
    }
}

impl Owner {
    /// The rep one row's client goes to; `None` when the mapping leaves it to nobody.
    #[must_use]
    pub fn of(&self, cells: Cells<'_>) -> Option<Wanted> {
        let Some(column) = &self.column else { return self.rest() };
        let (value, _) = column.read(cells);
        if value.is_empty() {
            return self.rest();
        }
        if let Some(named) = &self.named {
            return Some(Wanted { name: value.into_owned(), ..named.clone() });
        }
        let folded = fold(&value);
        if let Some(i) = self.values.get(&folded) {
            return self.reps.get(*i).cloned();
        }
        if self.spread.is_empty() {
            return self.rest();
        }
        let place = self.spread.start + usize::from(checksum(&folded)) % self.spread.len();
        self.reps.get(place).cloned()
    }

    /// The columns behind it, for reports.
    #[must_use]
    pub fn label(&self) -> &str {
        self.column.as_ref().map_or("", |c| &c.label)
    }

    fn rest(&self) -> Option<Wanted> {
        self.otherwise.and_then(|i| self.reps.get(i)).cloned()
    }
}

/// Fletcher's 16-bit sum, so that a value stays with the same rep on every machine and in every release.
fn checksum(text: &str) -> u16 {
    let (low, high) = text.bytes().fold((0u16, 0u16), |(low, high), b| {
        let low = (low + u16::from(b)) % 255;
        (low, (high + low) % 255)
    });
    (high << 8) | low
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::clean::Blanks;

    fn owners(toml: &str, values: &[&str]) -> Vec<Option<String>> {
        let names = csv::StringRecord::from(vec!["zone"]);
        let mut bad = Rejections::default();
        let table: OwnerTable = toml::from_str(toml).unwrap();
        let owner = table.bind(&mut Columns::new(&names), &mut bad).unwrap();
        let blanks = Blanks::new(None);
        let of = |v: &&str| owner.of(Cells { row: &csv::StringRecord::from(vec![*v]).into(), blanks: &blanks }).map(|w| w.name);
        values.iter().map(of).collect()
    }

    #[test]
    fn an_owner_is_fixed_named_grouped_or_spread() {
        let some = |names: &[&str]| names.iter().map(|n| Some((*n).to_owned())).collect::<Vec<_>>();
        assert_eq!(owners("rep = 'Amina'", &["x", ""]), some(&["Amina", "Amina"]));
        assert_eq!(owners("column = 'zone'", &["Amina", ""]), [Some("Amina".into()), None]);
        let groups = "column = 'zone'\notherwise = 'Rest'\n[[groups]]\nrep = 'Amina'\nvalues = ['North Coast']\n[[groups]]\nrep = 'Brian'\nvalues = ['B']";
        assert_eq!(owners(groups, &["NORTH  coast", "B", "C", ""]), some(&["Amina", "Brian", "Rest", "Rest"]));
        let spread = owners("column = 'zone'\nspread = ['A', 'B', 'C']", &["1", "2", "3", "4", "5", "6", "1"]);
        assert_eq!(spread.first(), spread.last());
        assert!(["A", "B", "C"].iter().all(|r| spread.contains(&Some((*r).to_owned()))), "{spread:?}");
    }

    #[test]
    fn an_owner_by_nothing_or_by_two_ways_is_unclear() {
        for toml in ["", "rep = 'A'\ncolumn = 'zone'", "rep = 'A'\nspread = ['B']"] {
            let (names, mut bad) = (csv::StringRecord::from(vec!["zone"]), Rejections::default());
            let table: OwnerTable = toml::from_str(toml).unwrap();
            assert!(table.bind(&mut Columns::new(&names), &mut bad).is_none());
            assert_eq!(bad.0[0].code, "unclear_owner");
        }
    }
}
