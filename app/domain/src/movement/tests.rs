#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod causes;
mod drafts;
mod laws;

use super::*;
use crate::cube::{Builder, Dimension, Entries, Entry, Fact, Filter, ProductEntry};
use uuid::Uuid;

fn uuid(kind: u128, n: usize) -> Uuid {
    Uuid::from_u128(kind << 100 | n as u128)
}

const FIRST: i32 = 20_100;
/// Days of a span.
const SPAN: i32 = 40;

/// Three branches, four customers, five products; the third and the fourth customer carry the same name.
fn entries() -> Entries {
    let product = |n: usize| ProductEntry { id: uuid(3, n).into(), label: format!("p {n}"), item_group: None, product_line: None };
    Entries {
        branches: (0..3).map(|n| Entry { id: uuid(1, n).into(), label: format!("b {n}") }).collect(),
        products: (0..5).map(product).collect(),
        customers: (0..4).map(|n| Entry { id: uuid(4, n).into(), label: format!("c {}", n.min(2)) }).collect(),
        ..Entries::default()
    }
}

fn cube_of(facts: &[Fact]) -> Cube {
    let mut builder = Builder::new(&entries());
    facts.iter().for_each(|fact| builder.push(fact).unwrap());
    builder.finish(1).unwrap()
}

/// Of the second span against the first.
fn asked(measure: Measure) -> Question {
    let span = |at: i32| (Day(FIRST + at * SPAN), Day(FIRST + at * SPAN + SPAN - 1));
    Question { measure, before: span(0), now: span(1), filters: vec![], names: 2 }
}

/// A line of the first span or of the second: units, and amounts in minor units.
fn line(now: bool, customer: Option<usize>, product: Option<usize>, units: i64, gross: i64) -> Fact {
    Fact {
        day: Day(FIRST + if now { SPAN } else { 0 }),
        branch: None,
        rep: None,
        product: product.map(|n| uuid(3, n).into()),
        customer: customer.map(|n| uuid(4, n).into()),
        lines: 1,
        transactions: 1,
        units: units * 1_000,
        gross,
        returns: 0,
        cost: None,
    }
}

fn amounts(movement: &Movement) -> Vec<(Cause, i64)> {
    movement.effects.iter().map(|effect| (effect.cause, effect.amount)).filter(|(_, amount)| *amount != 0).collect()
}

fn split(facts: &[Fact], measure: Measure) -> Vec<(Cause, i64)> {
    amounts(&explain(&cube_of(facts), &asked(measure), Scope::All).unwrap())
}
