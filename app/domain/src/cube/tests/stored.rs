//! Bytes bring the same cube back or an error, and a part of a cube tells nothing of the rest.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_cube_comes_back_from_its_bytes(facts in facts()) {
        let cube = cube_of(&few(), &facts);
        let again = Cube::from_bytes(&cube.to_bytes()).unwrap();
        prop_assert_eq!(&again.months, &cube.months);
        prop_assert_eq!(&again.dictionaries, &cube.dictionaries);
        prop_assert_eq!(again.version, cube.version);
    }

    #[test]
    fn its_months_may_be_loaded_in_any_parts_and_joined_in_any_order_but_none_may_be_missing(facts in facts(), count in 1usize..7) {
        let cube = cube_of(&few(), &facts);
        let bytes = cube.to_bytes();
        let stored = Stored::of(&bytes).unwrap();
        let parts = stored.parts(count);
        prop_assert!(parts.len() <= count);
        let loaded: Vec<Loaded> = parts.iter().rev().map(|part| part.load(&mut within(&bytes)).unwrap()).collect();
        let again = stored.join(loaded).unwrap();
        prop_assert_eq!(&again, &Cube::from_bytes(&bytes).unwrap());
        prop_assert_eq!(&again.months, &cube.months);
        let stored = Stored::of(&bytes).unwrap();
        let some = stored.parts(count).iter().skip(1).map(|part| part.load(&mut within(&bytes)).unwrap()).collect();
        prop_assert_eq!(stored.join(some).is_ok(), facts.is_empty());
    }

    #[test]
    fn damaged_bytes_give_an_error_or_a_cube_that_answers(facts in facts(), slice in a_slice(), damage in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<Index>())) {
        let mut bytes = cube_of(&few(), &facts).to_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(cube) = Cube::from_bytes(&bytes) {
            cube.slice(&slice, Scope::All).unwrap();
            drop(cube.to_bytes());
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let head = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        drop(Cube::from_bytes(&[&bytes, &head[..], b"FLC\x04"].concat()));
    }

    #[test]
    fn the_part_of_a_scope_answers_as_the_whole_within_it_and_names_nobody_else(facts in facts(), scope in a_scope(),
        slices in prop::collection::vec((a_slice(), a_scope()), 1..5)) {
        let entries = few();
        let part = cube_of(&entries, &facts).scoped(scope);
        let seen: Vec<Fact> = facts.iter().filter(|fact| naive::seen(fact, scope)).copied().collect();
        for (slice, within) in slices {
            let (_, expected) = naive::fold(&entries, &seen, &slice, within);
            prop_assert_eq!(&part.slice(&slice, within).unwrap().groups, &expected);
        }
        let bytes = part.to_bytes();
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        for (dimension, label) in entries.reps.iter().map(|e| (Dimension::Rep, &e.label)).chain(entries.customers.iter().map(|e| (Dimension::Customer, &e.label))) {
            let known = naive::labels(&entries, &seen, dimension, Scope::All);
            prop_assert_eq!(holds(label), known.contains(label), "{}", label);
        }
    }
}

#[test]
fn bytes_of_an_earlier_or_a_later_schema_are_refused() {
    let bytes = cube_of(&few(), &[]).to_bytes();
    assert!(Cube::from_bytes(&bytes).is_ok());
    let last = bytes.len() - 1;
    for schema in [bytes[last] - 1, bytes[last] + 1] {
        let mut bytes = bytes.clone();
        bytes[last] = schema;
        assert_eq!(Cube::from_bytes(&bytes), Err(crate::pack::Unreadable));
    }
}

#[test]
fn months_joined_are_as_large_together_as_they_were() {
    let fact = |day: i32| Fact { day: Day(FIRST + day), gross: i64::MAX / 3, returns: 0, cost: Some(0), ..Random(1).fact([4, 5, 9, 8], 1) };
    let bytes = cube_of(&few(), &[fact(0), fact(60)]).to_bytes();
    let stored = Stored::of(&bytes).unwrap();
    let loaded = stored.parts(2).iter().map(|part| part.load(&mut within(&bytes)).unwrap()).collect();
    let mut cube = stored.join(loaded).unwrap();
    assert_eq!(cube.apply(&Changes { version: 2, facts: vec![fact(0), fact(1)], ..Changes::default() }), Err(Refused::TooLarge));
}
