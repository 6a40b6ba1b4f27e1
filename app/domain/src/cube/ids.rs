//! From a label back to whom or what it stands for: where a look behind a group at its lines begins.

use super::Cube;
use super::dictionary::Dictionary;
use super::query::Dimension;
use super::scoped::Seen;
use super::table::{CUSTOMER, GRAINS, PRODUCT, Table};
use crate::people::Scope;
use uuid::Uuid;

impl Cube {
    /// The ids that carry a label and have lines within what `scope` sees, in the order they became known; several where several carry it. Days, lines of
    /// products and groups of items have none.
    #[must_use]
    pub fn ids(&self, dimension: Dimension, label: &str, scope: Scope) -> Vec<Uuid> {
        let all = &self.dictionaries;
        let (dictionary, leaf) = match dimension {
            Dimension::Branch => (&all.branches, None),
            Dimension::Rep => (&all.reps, None),
            Dimension::Product => (&all.products, Some(PRODUCT)),
            Dimension::Customer => (&all.customers, Some(CUSTOMER)),
            _ => return vec![],
        };
        let Some(rank) = dictionary.labels.rank(label) else { return vec![] };
        let carriers: Vec<bool> = dictionary.labels.ranks.iter().map(|one| *one == rank).collect();
        let seen = Seen::new(all, scope);
        let mut lines = vec![0; carriers.len()];
        let table = (0..GRAINS.len()).rev().find(|at| GRAINS[*at].reps && leaf.is_none_or(|leaf| GRAINS[*at].leaves[leaf]));
        let table = table.expect("the facts keep reps and every leaf");
        for layer in self.months.iter().flat_map(|month| month.layers()) {
            count(&layer.segment.tables[table], dimension, leaf, &seen, &carriers, &mut lines);
        }
        ids(dictionary, &lines)
    }
}

/// Counts the lines of each code that carries the label.
fn count(table: &Table, dimension: Dimension, leaf: Option<usize>, seen: &Seen, carriers: &[bool], lines: &mut [i64]) {
    for run in 0..table.runs() {
        let (branch, rep) = (table.branches.get(run), table.reps.get(run));
        if !seen.sees(branch, rep) {
            continue;
        }
        let code_of_run = if dimension == Dimension::Branch { branch } else { rep };
        if leaf.is_none() && !carriers[code_of_run as usize] {
            continue;
        }
        for cell in table.run(run) {
            let code = leaf.map_or(code_of_run, |leaf| table.leaf(leaf, cell as usize)) as usize;
            if carriers[code] {
                lines[code] += table.lines(cell as usize);
            }
        }
    }
}

fn ids(dictionary: &Dictionary, lines: &[i64]) -> Vec<Uuid> {
    (0u32..).zip(lines).filter(|(_, lines)| **lines != 0).filter_map(|(code, _)| dictionary.id(code)).collect()
}
