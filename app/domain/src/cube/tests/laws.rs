//! A cube answers as the plain fold does, whatever is asked, by whom and in however many parts.

use super::*;

fn answered(cube: &Cube, slice: &Slice, scope: Scope, most: usize, parts: usize) -> Result<Answer, TooManyGroups> {
    let plan = cube.plan(slice, scope, most).unwrap();
    plan.answer(&merged(&plan.parts(parts)).unwrap())
}

fn merged(parts: &[Part<'_>]) -> Option<Partial> {
    parts.iter().rev().map(Part::run).reduce(Partial::merge)
}

#[test]
fn a_ranked_slice_of_more_groups_than_are_kept_at_once_is_answered_in_shares() {
    let many = [9, 40, 300, 700];
    let entries = entries(many[0], many[1], many[2], many[3]);
    let mut random = Random(3);
    let facts: Vec<Fact> = (0..3_000).map(|_| random.fact(many, 25)).collect();
    let cube = cube_of(&entries, &facts);
    for keys in [&[Dimension::Customer, Dimension::Product, Dimension::Day][..], &[Dimension::Rep, Dimension::Customer, Dimension::Product]]
    {
        let slice = Slice::of(Day(FIRST), Day(FIRST + 24), Metric::ALL).by(keys).top(50, Metric::NetSales);
        let (count, expected) = naive::fold(&entries, &facts, &slice, Scope::All);
        let mut plan = cube.plan(&slice, Scope::All, 10).unwrap();
        plan.groups_end = count / 12;
        assert!(plan.answered_in(1, 2, merged).is_err() && plan.answered_in(4, 2, merged).is_err(), "{keys:?}");
        assert_eq!(plan.answered(2, merged).unwrap().groups, expected, "{keys:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_cube_answers_as_a_fold_over_its_facts(facts in facts(), slices in prop::collection::vec((a_slice(), a_scope()), 1..6), parts in 1usize..5) {
        let entries = few();
        let cube = cube_of(&entries, &facts);
        for (slice, scope) in slices {
            let (_, expected) = naive::fold(&entries, &facts, &slice, scope);
            prop_assert_eq!(&cube.slice(&slice, scope).unwrap().groups, &expected, "{:?} {:?}", slice, scope);
            prop_assert_eq!(&answered(&cube, &slice, scope, GROUPS_MAX, parts).unwrap().groups, &expected, "in {} parts", parts);
            let shared = cube.plan(&slice, scope, GROUPS_MAX).unwrap().answered_in(parts as u64, parts, merged).unwrap();
            prop_assert_eq!(&shared.groups, &expected, "in {} shares", parts);
            let (all, _) = naive::whole(&entries, &facts, &slice, scope);
            prop_assert_eq!(shared.all, if slice.limit.is_some() { all } else { [0; 3] });
        }
    }

    #[test]
    fn more_groups_than_may_be_are_refused_and_as_many_are_not(facts in facts(), slice in a_slice(), scope in a_scope(), most in 0usize..12, parts in 1usize..4) {
        let entries = few();
        let slice = Slice { limit: None, ..slice };
        let (count, expected) = naive::fold(&entries, &facts, &slice, scope);
        let cube = cube_of(&entries, &facts);
        prop_assert_eq!(cube.plan(&slice, scope, most).unwrap().groups_in(parts as u64), count);
        match answered(&cube, &slice, scope, most, parts) {
            Ok(answer) => prop_assert!(count <= most && answer.groups == expected),
            Err(refused) => prop_assert!(count > most && refused.most == most && refused.count.unwrap_or(count) == count),
        }
    }

    #[test]
    fn the_ids_behind_a_label_are_those_with_lines_the_scope_sees(facts in facts(), taken in prop::collection::vec(any::<Index>(), 0..20), scope in a_scope(), n in 0usize..9) {
        let entries = few();
        let mut cube = cube_of(&entries, &facts);
        let mut left = facts;
        let mut changes = Changes { version: 2, ..Changes::default() };
        for index in taken.into_iter().take(left.len()) {
            changes.facts.push(left.swap_remove(index.index(left.len())).taken_back());
        }
        cube.apply(&changes).unwrap();
        let seen: Vec<&Fact> = left.iter().filter(|fact| naive::seen(fact, scope)).collect();
        let ids = |named: Vec<(Uuid, &String)>, label: &str, of: fn(&Fact) -> Option<Uuid>| -> Vec<Uuid> {
            named.into_iter().filter(|(id, text)| *text == label && seen.iter().any(|fact| of(fact) == Some(*id))).map(|(id, _)| id).collect()
        };
        let branches = ids(entries.branches.iter().map(|e| (e.id.0, &e.label)).collect(), &format!("b {n}"), |f| f.branch.map(|id| id.0));
        let reps = ids(entries.reps.iter().map(|e| (e.id.0, &e.label)).collect(), &format!("r {n}"), |f| f.rep.map(|id| id.0));
        let products = ids(entries.products.iter().map(|e| (e.id.0, &e.label)).collect(), &format!("p {n}"), |f| f.product.map(|id| id.0));
        let customers = ids(entries.customers.iter().map(|e| (e.id.0, &e.label)).collect(), &format!("c {n}"), |f| f.customer.map(|id| id.0));
        prop_assert_eq!(cube.ids(Dimension::Branch, &format!("b {n}"), scope), branches);
        prop_assert_eq!(cube.ids(Dimension::Rep, &format!("r {n}"), scope), reps);
        prop_assert_eq!(cube.ids(Dimension::Product, &format!("p {n}"), scope), products);
        prop_assert_eq!(cube.ids(Dimension::Customer, &format!("c {n}"), scope), customers);
        prop_assert!(cube.ids(Dimension::ItemGroup, "g 1", scope).is_empty());
    }

    #[test]
    fn labels_and_days_are_those_the_scope_sees(facts in facts(), scope in a_scope()) {
        let entries = few();
        let cube = cube_of(&entries, &facts);
        for dimension in Dimension::ALL {
            prop_assert_eq!(cube.labels(*dimension, scope), naive::labels(&entries, &facts, *dimension, scope));
        }
        let days = || facts.iter().filter(|fact| naive::seen(fact, scope)).map(|fact| fact.day);
        prop_assert_eq!(cube.range(scope), days().min().zip(days().max()));
        prop_assert_eq!(cube.lines(), facts.len() as i64);
    }
}

#[test]
fn twenty_thousand_lines_of_many_names_answer_as_the_fold_with_few_groups_and_with_many() {
    let many = [9, 40, 300, 700];
    let entries = entries(many[0], many[1], many[2], many[3]);
    let mut random = Random(5);
    let facts: Vec<Fact> = (0..20_000).map(|_| random.fact(many, 1_100)).collect();
    let cube = cube_of(&entries, &facts);
    use Dimension::{Branch, Customer, Day as OfDay, ItemGroup, Month, Product, ProductLine, Rep, Year};
    let keys: [&[Dimension]; 12] = [
        &[],
        &[Month],
        &[Branch, ProductLine],
        &[OfDay],
        &[Product],
        &[Customer],
        &[Rep, ItemGroup, Month],
        &[Product, Rep],
        &[Year, Customer, ItemGroup],
        &[OfDay, Product, Rep],
        &[OfDay, Customer, Product, Branch],
        &[Customer, Product],
    ];
    for keys in keys {
        for (from, to) in [(0, 1_099), (17, 700), (40, 44)] {
            let slice = Slice::of(Day(FIRST + from), Day(FIRST + to), Metric::ALL).by(keys);
            for slice in [slice.clone(), slice.only(Customer, &["c 3", "c 4", "c 640"]).only(ItemGroup, &["g 1", "g 3"])] {
                let (_, expected) = naive::fold(&entries, &facts, &slice, Scope::All);
                for parts in [1, 3] {
                    assert_eq!(answered(&cube, &slice, Scope::All, usize::MAX, parts).unwrap().groups, expected, "{slice:?}");
                }
            }
        }
    }
}

#[test]
fn two_lines_of_the_same_keys_are_one_cell() {
    let fact = Random(1).fact([4, 5, 9, 8], 1);
    let cube = cube_of(&few(), &[fact, fact]);
    assert_eq!((cube.cells(), cube.lines()), (1, 2));
}

#[test]
fn amounts_too_large_to_be_summed_are_refused_and_nobody_unknown_gets_in() {
    let fact = Fact { gross: i64::MAX - 1, returns: 0, cost: Some(0), ..Random(1).fact([4, 5, 9, 8], 1) };
    let mut builder = Builder::new(&few());
    builder.push(&fact).unwrap();
    assert_eq!(builder.push(&Fact { gross: -2, ..fact }), Err(Refused::TooLarge));
    assert_eq!(builder.push(&Fact { gross: i64::MIN, ..fact }), Err(Refused::TooLarge));
    assert_eq!(builder.push(&Fact { gross: 0, customer: Some(customer(99)), ..fact }), Err(Refused::Unknown(Dimension::Customer)));
    let answer = builder.finish(1).unwrap().slice(&Slice::of(fact.day, fact.day, &[Metric::GrossProfit]), Scope::All).unwrap();
    assert_eq!(answer.groups[0].figures, [Some(i64::MAX - 1)]);
}
