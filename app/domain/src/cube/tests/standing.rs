//! Customers who came, stayed and left are those of a plain fold, and more of them than an answer may have groups are counted all the same.

use super::*;
use std::collections::{BTreeMap, HashMap};

type Both = [Option<i64>; 2];

/// Net sales of every known customer in two spans.
fn folded(entries: &Entries, facts: &[Fact], slice: &Slice, scope: Scope) -> BTreeMap<String, Both> {
    let mut all: BTreeMap<String, Both> = BTreeMap::new();
    for (at, (from, to)) in [(slice.from, slice.to), slice.beside.unwrap()].into_iter().enumerate() {
        let mut asked = Slice::of(from, to, &[Metric::NetSales]).by(&[Dimension::Customer]);
        asked.filters.clone_from(&slice.filters);
        for group in naive::fold(entries, facts, &asked, scope).1 {
            if let Some(name) = group.keys[0].clone() {
                all.entry(name).or_default()[at] = group.figures[0];
            }
        }
    }
    all
}

fn counted<'a>(all: impl Iterator<Item = &'a Both>) -> [i64; 3] {
    let mut count = [0; 3];
    for both in all {
        count[if both[0].is_none() { 2 } else { usize::from(both[1].is_some()) }] += 1;
    }
    count
}

proptest! {
    #[test]
    fn new_kept_and_lost_customers_are_those_of_a_fold(facts in facts(), slice in a_slice(), then in 0..DAYS, scope in a_scope(), limit in 1usize..12) {
        let (entries, beside) = (few(), (Day(FIRST + then), Day(FIRST + then + 20)));
        let slice = Slice { beside: Some(beside), limit: Some(limit), ..slice };
        let expected = folded(&entries, &facts, &slice, scope);
        let answer = cube_of(&entries, &facts).slice(&slice, scope).unwrap();
        prop_assert_eq!(answer.all, counted(expected.values()));
        let told: HashMap<String, Both> =
            answer.groups.iter().map(|group| (group.keys[0].clone().unwrap(), [group.figures[0], group.figures[1]])).collect();
        prop_assert!(told.len() == answer.groups.len() && told.iter().all(|(name, both)| expected.get(name) == Some(both)));
        prop_assert!(told.len() == expected.len().min(limit) || told.len() + 2 >= limit, "no more are left out than a third divides");
        let kinds: Vec<usize> = answer.groups.iter().map(|group| if group.figures[0].is_none() { 2 } else { usize::from(group.figures[1].is_some()) }).collect();
        prop_assert!(kinds.is_sorted());
    }
}

#[test]
fn more_customers_than_an_answer_may_have_groups_are_ranked_and_counted_and_the_smallest_kinds_are_told_of_whole() {
    let many = GROUPS_MAX + 2_000;
    let sold = |n: usize, day: i32| Fact {
        day: Day(FIRST + day),
        branch: None,
        rep: None,
        product: None,
        customer: Some(uuid(4, n).into()),
        lines: 1,
        transactions: 1,
        units: 1_000,
        gross: n as i64 + 1,
        returns: 0,
        cost: None,
    };
    let customers = (0..many).map(|n| Entry { id: customer(n), label: format!("c {n:05}") }).collect();
    let entries = Entries { customers, ..Entries::default() };
    // those below 1,000 came, those from 11,500 on left
    let facts: Vec<Fact> = (0..many - 500).map(|n| sold(n, 60)).chain((1_000..many).map(|n| sold(n, 10))).collect();
    let cube = cube_of(&entries, &facts);
    let now = Slice::of(Day(FIRST + 50), Day(FIRST + 70), &[Metric::NetSales]).by(&[Dimension::Customer]);
    assert!(cube.slice(&now, Scope::All).is_err());
    let first = cube.slice(&now.clone().top(3, Metric::GrossProfit), Scope::All).unwrap();
    assert_eq!(
        (first.groups[0].keys[0].as_deref(), first.all[0], first.all[1]),
        (Some("c 11499"), 11_500, 0),
        "of unknown profit by net sales"
    );
    assert_eq!(first.all[2], (1..=11_500).sum::<i64>());
    let standing = cube.slice(&Slice { beside: Some((Day(FIRST), Day(FIRST + 20))), ..now }, Scope::All).unwrap();
    assert_eq!((standing.all, standing.groups.len()), ([1_000, 10_500, 500], LIMIT_MAX));
    let lost = standing.groups.iter().filter(|group| group.figures[0].is_none()).count();
    let new = standing.groups.iter().filter(|group| group.figures[1].is_none()).count();
    assert_eq!((new, lost), (1_000, 500));
    assert_eq!(standing.groups[1_000].figures, [Some(11_500), Some(11_500)], "the largest of the kept");
}
