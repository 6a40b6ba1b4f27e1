//! Marks that are pressed: of one chart one or several, which narrow every chart but their own.

use super::filters::{Filters, Kept, Key};
use super::marks::called;
use domain::Day;
use leptos::prelude::*;
use std::cell::RefCell;

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
    /// From the first mark's day to the last one's. Of marks that stand for something else: the days it is looked at in, in place of those chosen.
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
    /// What cannot be kept besides, and what is part of something pressed, is pressed alone.
    #[must_use]
    pub fn with(&self, other: &Self) -> Option<Self> {
        if self == other {
            return None;
        }
        if self.days != other.days {
            let apart = self.marks.is_empty() && other.marks.is_empty() && !self.holds(&[], other.days);
            let span = self.days.zip(other.days).filter(|_| apart).map(|(mine, theirs)| (mine.0.min(theirs.0), mine.1.max(theirs.1)));
            return Some(span.map_or_else(|| other.clone(), |days| Self { days: Some(days), names: self.ends(other), ..self.clone() }));
        }
        if other.keys().len() > 1 {
            return Some(self.crossed(other));
        }
        let mut all = self.clone();
        for (name, mark) in other.names.iter().zip(&other.marks) {
            match all.marks.iter().position(|one| one == mark) {
                Some(at) => drop((all.marks.remove(at), all.names.remove(at))),
                None if self.holds(mark, other.days) => return Some(other.clone()),
                None => {
                    all.marks.push(mark.clone());
                    all.names.push(name.clone());
                }
            }
        }
        (!all.marks.is_empty()).then_some(all)
    }

    /// With the row and the column of a cell, or without them when it is pressed: the pressed ones are always all cells that their rows and columns share,
    /// since that is what the other charts can be narrowed to.
    fn crossed(&self, other: &Self) -> Self {
        let cell: Vec<Key> = other.marks.iter().flatten().cloned().collect();
        let (pressed, mut sides) = (self.holds(&cell, self.days), self.keys());
        for (dimension, label) in cell {
            let Some((_, labels)) = sides.iter_mut().find(|(one, _)| *one == dimension) else { continue };
            match pressed {
                true if labels.len() > 1 => labels.retain(|one| *one != label),
                false if !labels.contains(&label) => labels.push(label),
                _ => {}
            }
        }
        let name = sides.iter().map(|(dimension, labels)| called(*dimension, labels)).collect::<Vec<_>>().join(" · ");
        let keys = sides.into_iter().flat_map(|(dimension, labels)| labels.into_iter().map(move |label| (dimension, label))).collect();
        Self::of(self.panel, &name, keys, self.days)
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
                // no mark says anything twice, and one may stand for thousands
                Some((_, labels)) if self.marks.len() == 1 || !labels.contains(label) => labels.push(label.clone()),
                Some(_) => {}
            }
        }
        all
    }

    /// Whether a mark is among those pressed: all that it stands for is kept.
    #[must_use]
    pub fn holds(&self, keys: &[Key], days: Option<(Day, Day)>) -> bool {
        let looked = match (self.days, days) {
            (Some((from, to)), Some((first, last))) => from <= first && last <= to,
            (mine, theirs) => mine == theirs,
        };
        let kept = |key: &Key| self.marks.iter().flatten().any(|one| one == key);
        let all = || self.marks.iter().any(|mark| mark == keys) || keys.iter().all(kept);
        looked && keys.is_empty() == self.marks.is_empty() && all()
    }

    /// For people.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.names[..], self.days, self.marks.is_empty()) {
            ([first, .., last], Some(_), true) => [first, " to ", last].concat(),
            (names, Some((from, to)), false) => [&few(names), " · ", &from.long(Day(0)), " to ", &to.long(Day(0))].concat(),
            (names, ..) => few(names),
        }
    }
}

thread_local! {
    /// Of a browser's page: what was pressed last, and under which filters.
    static LEFT: RefCell<Option<(String, Vec<Pick>)>> = const { RefCell::new(None) };
}

/// Marks outlive a look at other pages: whoever comes back to the same filters finds them pressed.
pub fn outlive(filters: Memo<Filters>, picks: RwSignal<Vec<Pick>>) {
    Effect::new(move |going: Option<bool>| {
        let (under, now) = (filters.with(|filters| filters.address("")), picks.get());
        if now.is_empty() && going != Some(true) {
            let left = LEFT.with_borrow(|left| left.clone().filter(|(of, marks)| *of == under && !marks.is_empty()));
            return left.is_some_and(|(_, marks)| {
                picks.set(marks);
                true
            });
        }
        LEFT.set(Some((under, now)));
        true
    });
}

/// The first names, and how many more there are.
#[must_use]
pub fn few(names: &[String]) -> String {
    match names.get(..NAMED - 1) {
        Some(first) if names.len() > NAMED => [&first.join(", "), " and ", &(names.len() + 1 - NAMED).to_string(), " more"].concat(),
        _ => names.join(", "),
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
        Pick::of("heat", &[branch, " · ", line].concat(), keys, None)
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
    fn pressed_cells_are_all_that_their_rows_and_columns_share() {
        let row = cell("N", "Water").with(&cell("N", "Power")).unwrap();
        assert_eq!((row.words(), row.keys()[1].1.len()), ("N · Water, Power".to_owned(), 2));
        let four = row.with(&cell("S", "Power")).unwrap();
        let holds = |pick: &Pick, one: &Pick| pick.holds(&one.marks[0], None);
        assert!(holds(&four, &cell("S", "Water")) && !holds(&four, &cell("S", "Air")), "South’s water is kept too, and shown so");
        assert_eq!(four.words(), "N, S · Water, Power");
        assert_eq!(four.with(&cell("S", "Power")), Some(cell("N", "Water")), "its row and its column go");
        assert_eq!(row.with(&cell("N", "Power")), Some(cell("N", "Water")));
        assert_eq!(cell("N", "Water").with(&cell("N", "Water")), None);
        assert_eq!(few(&["A", "B", "C", "D"].map(str::to_owned)), "A, B and 2 more");
    }

    #[test]
    fn names_in_other_days_are_kept_with_them_and_with_none_in_these() {
        let lost = |name: &str| Pick { days: Some((Day(0), Day(30))), ..rep(name) };
        let two = lost("Ann").with(&lost("Ben")).unwrap();
        assert_eq!(two.words(), "Ann, Ben · 1 January to 31 January");
        assert!(two.holds(&lost("Ben").marks[0], lost("Ben").days) && !two.holds(&rep("Ben").marks[0], None));
        assert_eq!(two.with(&rep("Cid")), Some(rep("Cid")));
        let all = Pick::of("reps", "All", vec![(Dimension::Rep, Some("Ann".into())), (Dimension::Rep, Some("Ben".into()))], None);
        assert!(all.holds(&rep("Ben").marks[0], None), "what a mark of several stands for is pressed with it");
        assert_eq!(all.with(&rep("Ben")), Some(rep("Ben")));
    }

    #[test]
    fn months_go_from_the_first_to_the_last() {
        let month = |name: &str, from: i32| Pick::of("trend", name, vec![], Some((Day(from), Day(from + 29))));
        let three = month("Mar", 60).with(&month("Jan", 0)).unwrap();
        assert_eq!((three.words(), three.days), ("Jan to Mar".to_owned(), Some((Day(0), Day(89)))));
        assert!(three.holds(&[], Some((Day(30), Day(59)))));
        assert_eq!(three.with(&three.clone()), None);
        assert_eq!(three.with(&month("Feb", 30)), Some(month("Feb", 30)), "one within is pressed alone");
        assert_eq!(month("Jan", 0).words(), "Jan");
    }
}
