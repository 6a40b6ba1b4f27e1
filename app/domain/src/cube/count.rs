//! How many groups a slice has, exactly, however many they are: their keys are told apart and nothing else, so many at a time that memory stays bounded.

use super::groups::Mixed;
use super::plan::Plan;
use super::scan::Scan;
use super::table::Table;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Keys told apart in one pass over the cells, 8 bytes each; before they are put in order there may be twice as many.
const KEYS_AT_ONCE: u64 = 4_000_000;

impl Plan<'_> {
    /// How many groups the slice has: for whoever is told that there are too many. As many passes over the cells as their keys need, on this thread.
    #[must_use]
    pub fn groups(&self) -> usize {
        let cells: usize = self.summed().map(|task| task.table.cells()).sum();
        self.groups_in(self.size.min(cells as u64).div_ceil(KEYS_AT_ONCE).max(1))
    }

    /// In so many passes, each of a part of the keys.
    pub(super) fn groups_in(&self, passes: u64) -> usize {
        (0..passes).map(|pass| self.groups_of(|key| passes == 1 || Mixed::default().hash_one(key) % passes == pass)).sum()
    }

    fn groups_of(&self, part: impl Fn(u64) -> bool) -> usize {
        // only where lines are taken back can a group come to nothing
        let mut changed: HashMap<u64, i64, Mixed> = HashMap::default();
        self.each(true, &part, |key, table, cell| *changed.entry(key).or_insert(0) += table.lines(cell));
        let (mut keys, mut full) = (Vec::new(), 2 * KEYS_AT_ONCE as usize);
        self.each(false, &part, |key, table, cell| match changed.get_mut(&key) {
            Some(lines) => *lines += table.lines(cell),
            None => {
                keys.push(key);
                if keys.len() >= full {
                    different(&mut keys);
                    full = full.max(2 * keys.len());
                }
            }
        });
        different(&mut keys);
        keys.len() + changed.values().filter(|lines| **lines != 0).count()
    }

    /// Every cell of the base or of what changed since, with its key.
    fn each(&self, changes: bool, part: &impl Fn(u64) -> bool, mut see: impl FnMut(u64, &Table, usize)) {
        for task in self.summed().filter(|task| task.changes == changes) {
            Scan::new(self, task).keys(|key, cell| {
                if part(key) {
                    see(key, task.table, cell);
                }
            });
        }
    }
}

fn different(keys: &mut Vec<u64>) {
    keys.sort_unstable();
    keys.dedup();
}
