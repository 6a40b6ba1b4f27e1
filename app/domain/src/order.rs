//! Putting lists in order by code that is compiled once: every sort of a type of its own is kilobytes of what a browser downloads. For lists a person
//! looks at; what sorts millions of rows uses the standard library directly.

use std::cmp::Ordering;

/// Puts items in order; equal ones stay as they were.
pub fn sort_by<T>(items: &mut Vec<T>, cmp: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    places(&mut order, &|a, b| cmp(&items[a as usize], &items[b as usize]));
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| taken.get_mut(place as usize)?.take()));
}

/// Puts items in the order of a key; equal ones stay as they were.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The one sort there is.
#[inline(never)]
fn places(order: &mut [u32], cmp: &dyn Fn(u32, u32) -> Ordering) {
    order.sort_by(|a, b| cmp(*a, *b));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_ordered_as_the_standard_library_orders_them(mut items in prop::collection::vec((0u8..9, any::<u8>()), 0..200)) {
            let mut known = items.clone();
            known.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut items, |(key, _)| *key);
            prop_assert_eq!(items, known);
        }
    }
}
