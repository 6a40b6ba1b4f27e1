//! Whatever was sold: causes add up to the change, names add up to their cause, and the work may be cut anyhow.

use super::*;
use crate::ids::BranchId;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn money() -> impl Strategy<Value = i64> {
    prop_oneof![6 => 0i64..5_000, 1 => Just(0), 1 => -5_000i64..5_000, 1 => -(1i64 << 48)..1 << 48]
}

prop_compose! {
    fn a_fact()(day in 0..2 * SPAN, branch in prop::option::of(0usize..3), product in prop::option::of(0usize..5), customer in prop::option::of(0usize..4),
        units in prop_oneof![4 => (1i64..20).prop_map(|n| n * 1_000), 1 => -9_000i64..9_000, 1 => Just(0), 1 => Just(1)], gross in money(),
        returns in prop_oneof![3 => Just(0), 1 => money()], cost in prop::option::weighted(0.8, money())) -> Fact {
        Fact {
            day: Day(FIRST + day),
            branch: branch.map(|n| uuid(1, n).into()),
            returns: -returns,
            cost,
            units,
            ..line(false, customer, product, 0, gross)
        }
    }
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![Just(Measure::NetSales), Just(Measure::GrossProfit)]
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![3 => Just(Scope::All), 1 => (0usize..3).prop_map(|n| Scope::Branch(BranchId(uuid(1, n)))), 1 => Just(Scope::Nothing)]
}

/// Facts within a scope, a span and a filter by products.
fn within<'a>(facts: &'a [Fact], scope: Scope, question: &'a Question, now: bool) -> impl Iterator<Item = &'a Fact> {
    let (from, to) = if now { question.now } else { question.before };
    let seen = move |fact: &&Fact| match scope {
        Scope::All => true,
        Scope::Branch(id) => fact.branch == Some(id),
        Scope::Own(_) | Scope::Nothing => false,
    };
    let kept = |fact: &&Fact| {
        let label = fact.product.map(|id| format!("p {}", id.0.as_u128() & 0xff));
        question.filters.iter().all(|filter| filter.labels.contains(&label))
    };
    facts.iter().filter(seen).filter(move |fact| (from..=to).contains(&fact.day)).filter(kept)
}

fn figure(measure: Measure, fact: &Fact) -> i128 {
    let net = i128::from(fact.gross) + i128::from(fact.returns);
    match measure {
        Measure::NetSales => net,
        Measure::GrossProfit => fact.cost.map_or(0, |cost| net - i128::from(cost)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn causes_add_up_to_the_change_and_names_to_their_cause(facts in prop::collection::vec(a_fact(), 0..50), measure in measure(), scope in scope(),
        only in prop::option::weighted(0.3, prop::collection::vec(prop::option::of(0usize..5), 1..4)), names in 1usize..7) {
        let filters = only.map(|products| Filter { dimension: Dimension::Product, labels: products.iter().map(|n| n.map(|n| format!("p {n}"))).collect() });
        let question = Question { names, filters: filters.into_iter().collect(), ..asked(measure) };
        let movement = explain(&cube_of(&facts), &question, scope).unwrap();
        let sum = |now| within(&facts, scope, &question, now).map(|fact| figure(measure, fact)).sum::<i128>();
        prop_assert_eq!(i128::from(movement.change), sum(true) - sum(false));
        prop_assert_eq!(movement.effects.iter().map(|effect| i128::from(effect.amount)).sum::<i128>(), i128::from(movement.change));
        for effect in &movement.effects {
            for by in [&effect.customers, &effect.products] {
                let named: i64 = by.top.iter().map(|named| named.amount).sum();
                prop_assert_eq!(named + by.others, effect.amount, "{:?}", effect);
                prop_assert!(by.top.len() <= names && (by.others_count == 0 || by.top.len() == names));
                prop_assert!(by.top.is_sorted_by_key(|named| std::cmp::Reverse(named.amount.unsigned_abs())));
            }
        }
    }

    #[test]
    fn won_lost_and_returned_are_what_a_plain_fold_finds(facts in prop::collection::vec(a_fact(), 0..40)) {
        let question = asked(Measure::NetSales);
        let movement = explain(&cube_of(&facts), &question, Scope::All).unwrap();
        let mut gross: BTreeMap<Option<u128>, [i128; 2]> = BTreeMap::new();
        let mut returns = 0;
        for now in [false, true] {
            for fact in within(&facts, Scope::All, &question, now) {
                let customer = fact.customer.map(|id| (id.0.as_u128() & 0xff).min(2));
                gross.entry(customer).or_default()[usize::from(now)] += i128::from(fact.gross);
                returns += i128::from(fact.returns) * if now { 1 } else { -1 };
            }
        }
        let amount = |cause| i128::from(movement.effects.iter().find(|effect| effect.cause == cause).unwrap().amount);
        prop_assert_eq!(amount(Cause::Won), gross.values().filter(|[before, _]| *before == 0).map(|[_, now]| now).sum::<i128>());
        prop_assert_eq!(amount(Cause::Lost), -gross.values().filter(|[_, now]| *now == 0).map(|[before, _]| before).sum::<i128>());
        prop_assert_eq!(amount(Cause::Returns), returns);
    }

    #[test]
    fn the_work_may_be_cut_anyhow(facts in prop::collection::vec(a_fact(), 0..40), measure in measure(), parts in 1usize..6, at_once in 1i64..20) {
        let cube = cube_of(&facts);
        let question = asked(measure);
        let split = Split::new(&cube, &question, Scope::All).unwrap();
        let works = split.parts_of(parts, at_once);
        prop_assert!(works.len() <= parts);
        let tallies: Vec<Tally> = works.iter().rev().map(|work| work.run().unwrap()).collect();
        let movement = split.movement(&tallies.into_iter().fold(Tally::default(), Tally::merge));
        prop_assert_eq!(movement, explain(&cube, &question, Scope::All).unwrap());
    }

    #[test]
    fn what_costs_and_sells_as_before_has_no_price_and_no_cost_in_it(sold in prop::collection::vec((any::<bool>(), 0usize..4, 0usize..5, 1i64..50), 0..40)) {
        let facts: Vec<Fact> = sold.iter().map(|(now, customer, product, units)| {
            let price = [100, 250, 999, 7, 50][*product];
            Fact { cost: Some(units * (price / 2)), ..line(*now, Some(*customer), Some(*product), *units, units * price) }
        }).collect();
        let causes = split(&facts, Measure::GrossProfit);
        prop_assert!(causes.iter().all(|(cause, _)| !matches!(cause, Cause::Price | Cause::Cost | Cause::Returns)), "{:?}", causes);
    }
}
