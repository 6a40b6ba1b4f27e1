//! A cube that took changes in answers as one made from the rows as they are then.

use super::*;

/// Facts to add, which of those there to take back, and a customer to rename, a product to move.
type Step = (Vec<Fact>, Vec<Index>, Option<(usize, usize)>, Option<(usize, usize)>);

fn a_step() -> impl Strategy<Value = Step> {
    let pair = |n: usize| prop::option::weighted(0.2, (0..n, 0usize..20));
    (prop::collection::vec(a_fact(), 0..12), prop::collection::vec(any::<Index>(), 0..8), pair(8), pair(9))
}

/// Does a step to the facts and entries, and says what changed.
fn step(facts: &mut Vec<Fact>, entries: &mut Entries, (added, taken, renamed, moved): Step, version: i64) -> Changes {
    let mut changes = Changes { version, ..Changes::default() };
    for index in taken.into_iter().take(facts.len()) {
        let fact = facts.swap_remove(index.index(facts.len()));
        changes.facts.push(fact.taken_back());
        if facts.is_empty() {
            break;
        }
    }
    facts.extend(&added);
    changes.facts.extend(added);
    if let Some((at, n)) = renamed {
        entries.customers[at].label = format!("c {n}");
        changes.entries.customers.push(entries.customers[at].clone());
    }
    if let Some((at, shelf)) = moved {
        entries.products[at] = a_product(at, &entries.products[at].label, shelf);
        changes.entries.products.push(entries.products[at].clone());
    }
    changes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn changes_taken_in_one_after_the_other_equal_a_cube_made_anew(facts in facts(), steps in prop::collection::vec(a_step(), 1..5),
        slices in prop::collection::vec((a_slice(), a_scope()), 1..6), most in 0usize..12) {
        let (mut facts, mut entries) = (facts, few());
        let mut cube = cube_of(&entries, &facts);
        for (version, a_step) in steps.into_iter().enumerate() {
            let before = (cube.clone(), facts.clone(), entries.clone());
            let changes = step(&mut facts, &mut entries, a_step, version as i64 + 2);
            cube.apply(&changes).unwrap();
            prop_assert_eq!(cube.version, version as i64 + 2);
            prop_assert_eq!(cube.lines(), facts.len() as i64);
            for (slice, scope) in &slices {
                let (count, expected) = naive::fold(&entries, &facts, slice, *scope);
                prop_assert_eq!(&cube.slice(slice, *scope).unwrap().groups, &expected, "{:?} {:?}", slice, scope);
                let within = cube.plan(slice, *scope, most).unwrap();
                let answer = within.answer(&within.parts(2).iter().map(Part::run).reduce(Partial::merge).unwrap());
                prop_assert_eq!(answer.is_ok(), slice.limit.is_some() || count <= most);
                let (_, expected) = naive::fold(&before.2, &before.1, slice, *scope);
                prop_assert_eq!(&before.0.slice(slice, *scope).unwrap().groups, &expected, "a clone made before stays");
            }
            prop_assert_eq!(cube.range(Scope::All), facts.iter().map(|f| f.day).min().zip(facts.iter().map(|f| f.day).max()));
            let again = Cube::from_bytes(&cube.to_bytes()).unwrap();
            for (slice, scope) in &slices {
                prop_assert_eq!(again.slice(slice, *scope), cube.slice(slice, *scope), "from its bytes");
            }
        }
    }
}

#[test]
fn changes_are_folded_in_when_they_are_many_and_answers_stay_those_of_the_fold() {
    let many = [4, 5, 9, 200];
    let entries = entries(many[0], many[1], many[2], many[3]);
    let mut random = Random(9);
    let mut facts: Vec<Fact> = (0..3_000).map(|_| random.fact(many, 40)).collect();
    let mut cube = cube_of(&entries, &facts);
    let mut folded = 0;
    for version in 2..14 {
        let taken: Vec<Fact> = (0..300).map(|_| facts.swap_remove(random.below(facts.len()))).collect();
        let added: Vec<Fact> = (0..800).map(|_| random.fact(many, 40)).collect();
        facts.extend(&added);
        let before = cube.cells();
        cube.apply(&Changes { version, facts: taken.iter().map(|f| f.taken_back()).chain(added).collect(), ..Changes::default() }).unwrap();
        folded += usize::from(cube.cells() < before);
        for keys in [&[][..], &[Dimension::Customer], &[Dimension::ItemGroup], &[Dimension::Rep, Dimension::Month], &[Dimension::Product]] {
            let slice = Slice::of(Day(FIRST + 3), Day(FIRST + 35), Metric::ALL).by(keys);
            let (_, expected) = naive::fold(&entries, &facts, &slice, Scope::All);
            assert_eq!(cube.slice(&slice, Scope::All).unwrap().groups, expected);
        }
    }
    assert!(folded > 0, "no change was folded in");
}

#[test]
fn what_is_not_there_cannot_be_taken_back_and_the_cube_stays_as_it_was() {
    let fact = Random(1).fact([4, 5, 9, 8], 1);
    let mut cube = cube_of(&few(), &[fact]);
    let before = cube.clone();
    let other = Fact { day: fact.day.plus(1), ..fact };
    for wrong in [vec![other.taken_back()], vec![fact.taken_back(); 2], vec![Fact { gross: fact.gross + 1, ..fact }.taken_back()]] {
        assert_eq!(cube.apply(&Changes { version: 2, facts: wrong, ..Changes::default() }), Err(Refused::OutOfStep));
        assert_eq!(cube, before);
    }
    let unknown = Fact { rep: Some(rep(77)), ..fact };
    assert_eq!(cube.apply(&Changes { version: 2, facts: vec![unknown], ..Changes::default() }), Err(Refused::Unknown(Dimension::Rep)));
    let mut entries = Entries::default();
    entries.reps.push(Entry { id: rep(77), label: "new".into() });
    cube.apply(&Changes { version: 2, entries, facts: vec![unknown, fact.taken_back()] }).unwrap();
    assert_eq!(cube.labels(Dimension::Rep, Scope::All), ["new"]);
    assert_eq!(before.labels(Dimension::Rep, Scope::All).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn days_read_anew_from_their_lines_equal_a_cube_made_anew(before in facts(), after in facts(), slice in a_slice(), scope in a_scope()) {
        let entries = few();
        let mut cube = cube_of(&entries, &before);
        let days: std::collections::BTreeSet<_> = before.iter().chain(&after).map(|fact| fact.day).filter(|day| day.0 % 3 != 0).collect();
        let now: Vec<Fact> = before.iter().filter(|f| !days.contains(&f.day)).chain(after.iter().filter(|f| days.contains(&f.day))).copied().collect();
        let mut changes = Changes { version: 9, ..Changes::default() };
        changes.facts.extend(cube.facts_of(&days).into_iter().map(Fact::taken_back));
        changes.facts.extend(after.iter().filter(|f| days.contains(&f.day)));
        cube.apply(&changes).unwrap();
        let (_, expected) = naive::fold(&entries, &now, &slice, scope);
        prop_assert_eq!(&cube.slice(&slice, scope).unwrap().groups, &expected);
    }
}

#[test]
fn groups_that_cancel_out_do_not_count_against_the_most_there_may_be() {
    let many = [9, 40, 300, 700];
    let entries = entries(many[0], many[1], many[2], many[3]);
    let mut random = Random(3);
    let facts: Vec<Fact> = (0..3_000).map(|_| random.fact(many, 25)).collect();
    let mut cube = cube_of(&entries, &facts);
    let (taken, left) = facts.split_at(2_500);
    cube.apply(&Changes { version: 2, facts: taken.iter().map(|fact| fact.taken_back()).collect(), ..Changes::default() }).unwrap();
    let keys = [Dimension::Customer, Dimension::Product, Dimension::Rep, Dimension::Day];
    let slice = Slice::of(Day(FIRST), Day(FIRST + 24), &[Metric::Lines, Metric::Customers]).by(&keys);
    let (count, expected) = naive::fold(&entries, left, &slice, Scope::All);
    let answered = |most: usize| {
        let plan = cube.plan(&slice, Scope::All, most).unwrap();
        plan.answer(&plan.parts(2).iter().map(Part::run).reduce(Partial::merge).unwrap())
    };
    assert_eq!(answered(count).unwrap().groups, expected);
    assert_eq!(answered(count - 1), Err(TooManyGroups { count: Some(count), most: count - 1 }));
    // where so many may cancel out, only counting tells
    let few = cube.plan(&slice, Scope::All, 1).unwrap();
    assert_eq!((few.groups(), few.groups_in(7)), (count, count));
}
