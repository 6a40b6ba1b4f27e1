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
        let mut whole = b"FLC\x01".to_vec();
        whole.extend(bytes);
        drop(Cube::from_bytes(&whole));
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
fn bytes_of_a_later_schema_are_refused() {
    let mut bytes = cube_of(&few(), &[]).to_bytes();
    assert!(Cube::from_bytes(&bytes).is_ok());
    bytes[3] += 1;
    assert_eq!(Cube::from_bytes(&bytes), Err(crate::pack::Unreadable));
}
