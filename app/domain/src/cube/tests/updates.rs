//! A cube of somebody's scope that took an update in answers as the scope's cube of the later state, and an update tells nothing else.

use super::*;
use std::collections::{BTreeSet, HashSet};

/// Facts added, facts taken away, facts given to another rep and branch; a customer, a rep renamed, a product renamed and moved.
type Step = (Vec<Fact>, Vec<Index>, Vec<(Index, usize, usize)>, [Option<(usize, usize)>; 3]);

fn a_step() -> impl Strategy<Value = Step> {
    let named = |n: usize| prop::option::weighted(0.3, (0..n, 0usize..20));
    let moved = prop::collection::vec((any::<Index>(), 0usize..5, 0usize..4), 0..4);
    let names = (named(8), named(5), named(9)).prop_map(|(a, b, c)| [a, b, c]);
    (prop::collection::vec(a_fact(), 0..10), prop::collection::vec(any::<Index>(), 0..6), moved, names)
}

/// The state after a step, with the days it touched and whom it renamed.
fn step(
    facts: &mut Vec<Fact>,
    entries: &mut Entries,
    (added, taken, moved, [customer, rep_at, product_at]): Step,
) -> (BTreeSet<Day>, HashSet<Uuid>) {
    let (mut days, mut renamed) = (BTreeSet::new(), HashSet::new());
    for index in taken {
        if !facts.is_empty() {
            days.insert(facts.swap_remove(index.index(facts.len())).day);
        }
    }
    for (index, to_rep, to_branch) in moved {
        if !facts.is_empty() {
            let at = index.index(facts.len());
            (facts[at].rep, facts[at].branch) = (Some(rep(to_rep)), Some(branch(to_branch)));
            days.insert(facts[at].day);
        }
    }
    days.extend(added.iter().map(|fact| fact.day));
    facts.extend(added);
    if let Some((at, n)) = customer {
        entries.customers[at].label = format!("c {n}");
        renamed.insert(entries.customers[at].id.0);
    }
    if let Some((at, n)) = rep_at {
        entries.reps[at].label = format!("r {n}");
        renamed.insert(entries.reps[at].id.0);
    }
    if let Some((at, n)) = product_at {
        entries.products[at] = a_product(at, &format!("p {n}"), n);
        renamed.insert(entries.products[at].id.0);
    }
    (days, renamed)
}

/// Everybody and everything a cube names.
fn held(cube: &Cube) -> HashSet<Uuid> {
    let all = &cube.dictionaries;
    let of = |dictionary: &dictionary::Dictionary| {
        (1..dictionary.labels.len() as u32).filter_map(|code| dictionary.id(code)).collect::<Vec<_>>()
    };
    [&all.branches, &all.reps, &all.products, &all.customers].into_iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_scopes_cube_with_its_update_answers_as_the_scopes_cube_of_the_later_state(before in facts(), steps in prop::collection::vec(a_step(), 1..4),
        scope in a_scope(), slices in prop::collection::vec(a_slice(), 1..6), forgotten in any::<bool>()) {
        let (mut facts, mut entries) = (before, few());
        let mut theirs = cube_of(&entries, &facts).scoped(scope);
        let (mut days, mut renamed) = (BTreeSet::new(), HashSet::new());
        for a_step in steps {
            let (more, others) = step(&mut facts, &mut entries, a_step);
            days.extend(more);
            renamed.extend(others);
        }
        let mut now = cube_of(&entries, &facts);
        now.version = 7;
        let renamed = if forgotten { Renamed::Anybody } else { Renamed::These(renamed) };
        let bytes = now.update(theirs.version, &days, &renamed, scope).unwrap().to_bytes();
        prop_assert!(Update::is(&bytes) && !Update::is(&now.to_bytes()));
        let update = Update::from_bytes(&bytes).unwrap();
        theirs.take_in(&update).unwrap();
        prop_assert_eq!((theirs.version, update.version()), (7, 7));
        let whole = now.scoped(scope);
        prop_assert_eq!(theirs.lines(), whole.lines());
        prop_assert_eq!(theirs.range(Scope::All), whole.range(Scope::All));
        for slice in &slices {
            let (_, expected) = naive::fold(&entries, &facts, slice, scope);
            prop_assert_eq!(&theirs.slice(slice, Scope::All).unwrap().groups, &expected, "{:?} {:?}", slice, scope);
        }
        for dimension in &Dimension::ALL[3..] {
            prop_assert_eq!(theirs.labels(*dimension, Scope::All), whole.labels(*dimension, Scope::All));
        }
        prop_assert_eq!(theirs.take_in(&update), Err(Refused::OutOfStep), "it is for another version");
    }

    #[test]
    fn an_update_names_nobody_the_scope_does_not_see(facts in facts(), scope in a_scope(), days in prop::collection::btree_set(0..DAYS, 0..30)) {
        let now = cube_of(&few(), &facts);
        let days = days.into_iter().map(|day| Day(FIRST + day)).collect();
        let bytes = now.update(1, &days, &Renamed::Anybody, scope).unwrap().to_bytes();
        let whole = now.scoped(scope).to_bytes();
        let seen: HashSet<Uuid> = held(&Cube::from_bytes(&whole).unwrap());
        let told: HashSet<Uuid> = held(&Update::from_bytes(&bytes).unwrap().part);
        prop_assert!(told.is_subset(&seen));
    }

    #[test]
    fn damaged_bytes_give_an_error_or_an_update(facts in facts(), damage in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6)) {
        let now = cube_of(&few(), &facts);
        let days = facts.iter().map(|fact| fact.day).collect();
        let mut bytes = now.update(1, &days, &Renamed::Anybody, Scope::All).unwrap().to_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(update) = Update::from_bytes(&bytes) {
            let mut theirs = now.clone();
            let _ = theirs.take_in(&update);
        }
    }
}

#[test]
fn whoever_is_called_otherwise_is_told_apart_from_who_is_new() {
    let cube = cube_of(&few(), &[]);
    let mut entries = few();
    assert!(cube.called_otherwise(&entries).is_empty());
    entries.customers[3].label = "another".into();
    entries.products[2].product_line = Some("l 9".into());
    entries.reps.push(Entry { id: rep(70), label: "new".into() });
    assert_eq!(cube.called_otherwise(&entries), [customer(3).0, product(2).0]);
}
