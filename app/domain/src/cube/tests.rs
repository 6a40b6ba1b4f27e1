#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod changes;
mod drafts;
mod laws;
mod naive;
mod standing;
mod stored;
mod updates;

use super::*;
use crate::ids::{BranchId, ClientId, ProductId, RepId};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use uuid::Uuid;

fn uuid(kind: u128, n: usize) -> Uuid {
    Uuid::from_u128(kind << 100 | n as u128)
}

fn branch(n: usize) -> BranchId {
    uuid(1, n).into()
}

fn rep(n: usize) -> RepId {
    uuid(2, n).into()
}

fn product(n: usize) -> ProductId {
    uuid(3, n).into()
}

fn customer(n: usize) -> ClientId {
    uuid(4, n).into()
}

/// So many of each; every third label stands twice, every fourth product has none, and products belong to few groups and lines or to none.
fn entries(branches: usize, reps: usize, products: usize, customers: usize) -> Entries {
    let label = |what: &str, n: usize| format!("{what} {}", if n % 3 == 2 { n - 1 } else { n });
    Entries {
        branches: (0..branches).map(|n| Entry { id: branch(n), label: label("b", n) }).collect(),
        reps: (0..reps).map(|n| Entry { id: rep(n), label: label("r", n) }).collect(),
        products: (0..products).map(|n| a_product(n, &if n % 4 == 3 { String::new() } else { label("p", n) }, n)).collect(),
        customers: (0..customers).map(|n| Entry { id: customer(n), label: label("c", n) }).collect(),
    }
}

fn a_product(n: usize, label: &str, shelf: usize) -> ProductEntry {
    let item_group = (!shelf.is_multiple_of(5)).then(|| format!("g {}", shelf % 4));
    let product_line = (!shelf.is_multiple_of(7)).then(|| format!("l {}", shelf % 3));
    ProductEntry { id: product(n), label: label.to_owned(), item_group, product_line }
}

/// Names of few, so that keys meet.
fn few() -> Entries {
    entries(4, 5, 9, 8)
}

const FIRST: i32 = 20_080;
const DAYS: i32 = 100;

prop_compose! {
    fn a_fact()(day in 0..DAYS, branch_at in prop::option::of(0usize..4), rep_at in prop::option::of(0usize..5), product_at in prop::option::of(0usize..9),
        customer_at in prop::option::of(0usize..8), begins in 0i64..2, units in -9_000i64..9_000, gross in amounts(), returns in amounts(), cost in prop::option::of(amounts()))
        -> Fact {
        Fact {
            day: Day(FIRST + day),
            branch: branch_at.map(branch),
            rep: rep_at.map(rep),
            product: product_at.map(product),
            customer: customer_at.map(customer),
            lines: 1,
            transactions: begins,
            units,
            gross,
            returns: -returns,
            cost,
        }
    }
}

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0i64..50, 2 => (0i64..50).prop_map(|n| n * 100), 1 => -100_000i64..100_000, 1 => -(1i64 << 50)..1 << 50, 1 => Just(0)]
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(a_fact(), 0..60)
}

prop_compose! {
    fn a_filter()(dimension in prop::sample::select(&Dimension::ALL[3..]), labels in prop::collection::vec((0usize..9, 0u8..8), 1..5)) -> Filter {
        let letter = match dimension {
            Dimension::Branch => "b",
            Dimension::Rep => "r",
            Dimension::ProductLine => "l",
            Dimension::ItemGroup => "g",
            Dimension::Product => "p",
            _ => "c",
        };
        Filter { dimension, labels: labels.into_iter().map(|(n, none)| (none > 0).then(|| format!("{letter} {n}"))).collect() }
    }
}

prop_compose! {
    fn a_slice()(a in -5..DAYS + 5, b in -5..DAYS + 5, keys in subsequence(Dimension::ALL, 0..=4).prop_shuffle(), metrics in subsequence(Metric::ALL, 1..=10).prop_shuffle(),
        filters in prop::collection::vec(a_filter(), 0..3), ranked in prop::option::of((0usize..10, 1usize..20))) -> Slice {
        let mut slice = Slice::of(Day(FIRST + a.min(b)), Day(FIRST + a.max(b)), &metrics).by(&keys);
        slice.filters = filters;
        match ranked {
            Some((metric, limit)) => slice.top(limit, Metric::ALL[metric]),
            None => slice,
        }
    }
}

fn a_scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        3 => Just(Scope::All),
        2 => (0usize..5).prop_map(|n| Scope::Branch(branch(n))),
        2 => (0usize..6).prop_map(|n| Scope::Own(rep(n))),
        1 => Just(Scope::Nothing),
    ]
}

fn cube_of(entries: &Entries, facts: &[Fact]) -> Cube {
    let mut builder = Builder::new(entries);
    facts.iter().for_each(|fact| builder.push(fact).unwrap());
    builder.finish(1).unwrap()
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one(&mut self, n: usize) -> Option<usize> {
        (self.below(20) > 0).then(|| self.below(n))
    }

    fn fact(&mut self, [branches, reps, products, customers]: [usize; 4], days: usize) -> Fact {
        let gross = self.below(90_000) as i64;
        Fact {
            day: Day(FIRST + self.below(days) as i32),
            branch: self.one(branches).map(branch),
            rep: self.one(reps).map(rep),
            product: self.one(products).map(product),
            customer: self.one(customers).map(customer),
            lines: 1,
            transactions: self.below(2) as i64,
            units: self.below(40) as i64 * 500,
            gross,
            returns: -(self.below(30) as i64 / 29 * 700),
            cost: self.one(9).map(|part| gross * part as i64 / 10),
        }
    }
}
