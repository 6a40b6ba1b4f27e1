//! Marks that are pressed: of one chart one or several, which narrow every chart but their own.

use super::filters::{Kept, Key};
use domain::Day;

/// Names of a chip at most.
const NAMED: usize = 3;

/// The pressed marks of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The chart they were pressed in.
    pub panel: &'static str,
    /// For people: each mark's name; of days the first and the last one's.
    pub names: Vec<String>,
    /// What each mark stands for, where that is not days.
    pub marks: Vec<Vec<Key>>,
    /// From the first mark's day to the last one's.
    pub days: Option<(Day, Day)>,
}

impl Pick {
    /// One mark.
    #[must_use]
    pub fn of(panel: &'static str, name: &str, keys: Vec<Key>, days: Option<(Day, Day)>) -> Self {
        let marks = if keys.is_empty() { vec![] } else { vec![keys] };
        Self { panel, names: vec![name.to_owned()], marks, days }
    }

    /// With another mark of the same chart besides, or without it when it is pressed; none when that was the last. Days go from the first mark to the last.
    /// Marks of two keys that are not of one row or one column would press others with them: the new one is pressed alone then.
    #[must_use]
    pub fn with(&self, other: &Self) -> Option<Self> {
        if self == other {
            return None;
        }
        if let (Some(mine), Some(theirs), true) = (self.days, other.days, self.marks.is_empty() && other.marks.is_empty()) {
            return Some(Self { days: Some((mine.0.min(theirs.0), mine.1.max(theirs.1))), names: self.ends(other), ..self.clone() });
        }
        let mut all = self.clone();
        for (name, mark) in other.names.iter().zip(&other.marks) {
            match all.marks.iter().position(|one| one == mark) {
                Some(at) => drop((all.marks.remove(at), all.names.remove(at))),
                None => {
                    all.marks.push(mark.clone());
                    all.names.push(name.clone());
                }
            }
        }
        let together: usize = all.keys().iter().map(|(_, labels)| labels.len()).product();
        match all.marks.len() {
            0 => None,
            marks if marks == together && self.days == other.days => Some(all),
            _ => Some(other.clone()),
        }
    }

    /// The names of the first and the last of the days of both.
    fn ends(&self, other: &Self) -> Vec<String> {
        let first = if other.days.map(|days| days.0) < self.days.map(|days| days.0) { other } else { self };
        let last = if other.days.map(|days| days.1) > self.days.map(|days| days.1) { other } else { self };
        first.names.first().into_iter().chain(last.names.last()).cloned().collect()
    }

    /// The values of each dimension that are kept.
    #[must_use]
    pub fn keys(&self) -> Vec<Kept> {
        let mut all: Vec<Kept> = vec![];
        for (dimension, label) in self.marks.iter().flatten() {
            match all.iter_mut().find(|(one, _)| one == dimension) {
                None => all.push((*dimension, vec![label.clone()])),
                Some((_, labels)) if !labels.contains(label) => labels.push(label.clone()),
                Some(_) => {}
            }
        }
        all
    }

    /// Whether a mark is among those pressed.
    #[must_use]
    pub fn holds(&self, keys: &[Key], days: Option<(Day, Day)>) -> bool {
        match (self.days, days) {
            (Some((from, to)), Some((first, last))) => from <= first && last <= to,
            (None, _) => self.marks.iter().any(|mark| mark == keys),
            _ => false,
        }
    }

    /// For people.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.names[..], self.days) {
            ([first, .., last], Some(_)) => [first, " to ", last].concat(),
            (names, _) if names.len() > NAMED => {
                let more = names.len() - NAMED + 1;
                [&names.iter().take(NAMED - 1).cloned().collect::<Vec<_>>().join(", "), " and ", &more.to_string(), " more"].concat()
            }
            (names, _) => names.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use domain::cube::Dimension;

    fn rep(name: &str) -> Pick {
        Pick::of("reps", name, vec![(Dimension::Rep, Some(name.to_owned()))], None)
    }

    fn cell(branch: &str, line: &str) -> Pick {
        let keys = vec![(Dimension::Branch, Some(branch.to_owned())), (Dimension::ProductLine, Some(line.to_owned()))];
        Pick::of("heat", &[branch, line].concat(), keys, None)
    }

    #[test]
    fn a_second_mark_is_pressed_besides_and_let_go_alone() {
        let two = rep("Ann").with(&rep("Ben")).unwrap();
        assert_eq!((two.words(), two.keys().len()), ("Ann, Ben".to_owned(), 1));
        assert_eq!(two.with(&rep("Ann")), Some(rep("Ben")));
        assert_eq!(rep("Ben").with(&rep("Ben")), None);
        let four = two.with(&rep("Cid")).unwrap().with(&rep("Dan")).unwrap();
        assert_eq!(four.words(), "Ann, Ben and 2 more");
        assert!(four.holds(&rep("Cid").marks[0], None) && !two.holds(&rep("Cid").marks[0], None));
    }

    #[test]
    fn cells_stand_in_one_row_or_one_column() {
        let row = cell("N", "Water").with(&cell("N", "Power")).unwrap();
        assert_eq!(row.keys()[1].1.len(), 2);
        assert_eq!(row.with(&cell("S", "Power")), Some(cell("S", "Power")), "with them South’s water would be kept too");
    }

    #[test]
    fn months_go_from_the_first_to_the_last() {
        let month = |name: &str, from: i32| Pick::of("trend", name, vec![], Some((Day(from), Day(from + 29))));
        let three = month("Mar", 60).with(&month("Jan", 0)).unwrap();
        assert_eq!((three.words(), three.days), ("Jan to Mar".to_owned(), Some((Day(0), Day(89)))));
        assert!(three.holds(&[], Some((Day(30), Day(59)))));
        assert_eq!(three.with(&three.clone()), None);
        assert_eq!(month("Jan", 0).words(), "Jan");
    }
}
