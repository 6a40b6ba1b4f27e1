//! Customers by segment: a filter of slices that a cube has no key for, turned into the filter by customers that it has.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How the filter goes in slices and addresses.
pub const SEGMENT: &str = "segment";

/// Labels of customers by segment. Two customers of the same label are one, here as in a cube.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segments(BTreeMap<String, BTreeSet<String>>);

/// Filters of a slice.
pub type Filters = BTreeMap<String, Vec<Option<String>>>;

impl Segments {
    /// From segments with the labels of their customers.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut segments = Self::default();
        for (segment, customer) in all {
            segments.0.entry(segment).or_default().insert(customer);
        }
        segments
    }

    /// Their names, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// Puts the customers of the segments that are kept in the place of these. Whoever is kept besides must be one of them; where nobody is, nothing is kept.
    pub fn resolve(&self, filters: &mut Filters) {
        let Some(segments) = filters.remove(SEGMENT).filter(|segments| !segments.is_empty()) else { return };
        let of = |segment: &Option<String>| segment.as_ref().and_then(|segment| self.0.get(segment));
        let mut kept = BTreeSet::new();
        kept.extend(segments.iter().filter_map(of).flatten());
        let customers = filters.entry("customer".to_owned()).or_default();
        if customers.is_empty() {
            customers.extend(kept.into_iter().cloned().map(Some));
        } else {
            customers.retain(|customer| customer.as_ref().is_some_and(|customer| kept.contains(customer)));
        }
        if customers.is_empty() {
            // a label that nobody carries
            customers.push(Some("\u{0}".to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_becomes_its_customers() {
        let pairs = [("Retail", "A"), ("Retail", "B"), ("Hotels", "C")];
        let segments = Segments::of(pairs.map(|(segment, customer)| (segment.to_owned(), customer.to_owned())));
        let resolved = |pairs: &[(&str, &[&str])]| {
            let labels = |labels: &[&str]| labels.iter().map(|label| Some((*label).to_owned())).collect();
            let mut filters: Filters = pairs.iter().map(|(key, all)| ((*key).to_owned(), labels(all))).collect();
            segments.resolve(&mut filters);
            filters.remove("customer").unwrap_or_default().into_iter().flatten().collect::<Vec<_>>()
        };
        assert_eq!(segments.names(), ["Hotels", "Retail"]);
        assert_eq!(resolved(&[("segment", &["Retail"])]), ["A", "B"]);
        assert_eq!(resolved(&[("segment", &["Retail", "Hotels"])]), ["A", "B", "C"]);
        assert_eq!(resolved(&[("segment", &["Retail"]), ("customer", &["B", "C"])]), ["B"]);
        assert_eq!(resolved(&[("segment", &["Hotels"]), ("customer", &["B"])]), ["\u{0}"]);
        assert_eq!(resolved(&[("segment", &["Nobody"])]), ["\u{0}"]);
        assert!(resolved(&[("segment", &[]), ("rep", &["X"])]).is_empty());
    }
}
