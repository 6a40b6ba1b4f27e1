//! Which lines transactions begin with, as lines are read day by day: the first of each document, and each without a document.

use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The transactions that have begun on the day that is read.
pub(super) struct Begun {
    /// By import, the number of its source.
    sources: HashMap<Uuid, usize>,
    day: i32,
    documents: HashSet<(usize, String)>,
}

impl Begun {
    /// Of imports and the systems they are from: the same number of two systems is two documents.
    pub(super) fn of(imports: Vec<(Uuid, String)>) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut number = |source| {
            let next = numbers.len();
            *numbers.entry(source).or_insert(next)
        };
        let sources = imports.into_iter().map(|(import, source)| (import, number(source))).collect();
        Self { sources, day: i32::MIN, documents: HashSet::new() }
    }

    /// Transactions that begin with a line, one or none; lines come with their days in order.
    pub(super) fn by(&mut self, day: i32, import: Uuid, document: Option<String>) -> i64 {
        if day != self.day {
            self.day = day;
            self.documents.clear();
        }
        let source = self.sources.get(&import).copied().unwrap_or(usize::MAX);
        i64::from(document.is_none_or(|document| self.documents.insert((source, document))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_begins_once_a_day_and_source_and_a_line_without_one_each_time() {
        let [till, web, again] = [1, 2, 3].map(Uuid::from_u128);
        let mut begun = Begun::of(vec![(till, "till".into()), (web, "web".into()), (again, "till".into())]);
        let lines = [(1, till, "7"), (1, till, "7"), (1, web, "7"), (1, again, "7"), (1, till, ""), (1, till, ""), (2, till, "7")];
        let found = lines.map(|(day, import, number)| begun.by(day, import, Some(number.to_owned()).filter(|number| !number.is_empty())));
        assert_eq!(found, [1, 0, 1, 0, 1, 1, 1]);
    }
}
