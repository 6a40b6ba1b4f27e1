//! Each cause alone, in small cases that can be reckoned by hand.

use super::*;
use Cause::{Cost, Lost, Mix, Price, Returns, Volume, Won};
use Measure::{GrossProfit, NetSales};

/// What happens, the lines it is told by, the causes that come of it.
type Case = (&'static str, Vec<Fact>, Vec<(Cause, i64)>);

fn costing(cost: i64, fact: Fact) -> Fact {
    Fact { cost: Some(cost), ..fact }
}

fn back(returns: i64, fact: Fact) -> Fact {
    Fact { returns: -returns, ..fact }
}

#[test]
fn each_cause_stands_alone_where_nothing_else_changes() {
    let one = Some(1);
    let cases: [Case; 9] = [
        ("ten units, a tenth dearer", vec![line(false, one, one, 10, 1_000), line(true, one, one, 10, 1_100)], vec![(Price, 100)]),
        ("two units more", vec![line(false, one, one, 10, 1_000), line(true, one, one, 12, 1_200)], vec![(Volume, 200)]),
        (
            "as many units, of the dear product",
            vec![line(false, one, one, 5, 500), line(false, one, Some(2), 5, 1_000), line(true, one, Some(2), 10, 2_000)],
            vec![(Mix, 500)],
        ),
        ("a new customer", vec![line(true, one, one, 3, 300)], vec![(Won, 300)]),
        ("a lost customer", vec![line(false, None, one, 3, 300)], vec![(Lost, -300)]),
        (
            "as much sold, some of it given back: units and price are those before returns",
            vec![line(false, one, one, 10, 1_000), back(400, line(true, one, one, 6, 1_000))],
            vec![(Returns, -400)],
        ),
        ("only returns", vec![back(70, line(true, one, one, -1, 0))], vec![(Returns, -70)]),
        (
            "a customer of returns alone who buys now is won",
            vec![back(70, line(false, one, one, -1, 0)), line(true, one, one, 2, 200)],
            vec![(Won, 200), (Returns, 70)],
        ),
        ("what has no units is mix", vec![line(false, one, one, 0, 500), line(true, one, one, 0, 800)], vec![(Mix, 300)]),
    ];
    for (case, facts, expected) in cases {
        assert_eq!(split(&facts, NetSales), expected, "{case}");
    }
}

#[test]
fn a_dearer_unit_cost_is_a_cost_and_more_units_bring_their_margin() {
    let before = costing(600, line(false, Some(1), Some(1), 10, 1_000));
    let cases: [Case; 6] = [
        (
            "what came back before from a customer won now stays with the returns",
            vec![costing(-60, back(100, line(false, Some(0), Some(1), -1, 0))), costing(150, line(true, Some(0), Some(1), 2, 200))],
            vec![(Won, 50), (Returns, 40)],
        ),
        ("ten more a unit", vec![before, costing(700, line(true, Some(1), Some(1), 10, 1_000))], vec![(Cost, -100)]),
        ("twice the units", vec![before, costing(1_200, line(true, Some(1), Some(1), 20, 2_000))], vec![(Volume, 400)]),
        ("dearer both ways", vec![before, costing(700, line(true, Some(1), Some(1), 10, 1_200))], vec![(Price, 200), (Cost, -100)]),
        ("won with its cost", vec![costing(150, line(true, Some(0), None, 2, 200))], vec![(Won, 50)]),
        (
            "its cost comes back with what is returned alone",
            vec![costing(-60, back(100, line(true, Some(0), Some(1), -1, 0)))],
            vec![(Returns, -40)],
        ),
    ];
    for (case, facts, expected) in cases {
        assert_eq!(split(&facts, GrossProfit), expected, "{case}");
    }
}

#[test]
fn a_gross_profit_is_split_over_the_lines_of_known_cost_and_says_its_coverage() {
    let facts = [
        costing(600, line(false, Some(1), Some(1), 10, 1_000)),
        line(false, Some(1), Some(2), 5, 500),
        costing(600, line(true, Some(1), Some(1), 10, 1_100)),
        // the same cell, half of it without a cost
        line(true, Some(1), Some(1), 10, 1_100),
        line(true, Some(0), Some(2), 5, 700),
    ];
    let movement = explain(&cube_of(&facts), &asked(GrossProfit), Scope::All).unwrap();
    assert_eq!(amounts(&movement), [(Price, 100)]);
    assert_eq!((movement.before.figure, movement.now.figure, movement.change), (Some(400), Some(500), 100));
    assert_eq!([movement.before, movement.now].map(|span| (span.net_sales, span.known_net)), [(1_500, 1_000), (2_900, 1_100)]);
    let unknown = explain(&cube_of(&facts[1..2]), &asked(GrossProfit), Scope::All).unwrap();
    assert_eq!((unknown.before.figure, unknown.now.figure, unknown.change), (None, None, 0));
}

#[test]
fn a_product_new_to_a_customer_is_priced_as_others_bought_it_before() {
    // customer 0 takes up product 2, which customer 1 bought at 100, at 90 a unit; both bought product 1 as before
    let facts = [
        line(false, Some(0), Some(1), 10, 1_000),
        line(false, Some(1), Some(2), 10, 1_000),
        line(true, Some(0), Some(1), 10, 1_000),
        line(true, Some(0), Some(2), 10, 900),
        line(true, Some(1), Some(2), 10, 1_000),
    ];
    assert_eq!(split(&facts, NetSales), [(Price, -100), (Volume, 1_000)]);
}

#[test]
fn volume_is_dealt_out_to_the_cent_the_largest_remainder_first_equal_ones_by_name() {
    // 3 units for 100 before: each further unit is 33⅓; one to each of three customers is 100, of which c 0 gets the odd cent
    let facts: Vec<Fact> = [false, true]
        .into_iter()
        .flat_map(|now| {
            (0..3).map(move |customer| line(now, Some(customer), Some(0), 1 + i64::from(now), if customer == 0 { 34 } else { 33 }))
        })
        .collect();
    let question = Question { names: 9, ..asked(NetSales) };
    let movement = explain(&cube_of(&facts), &question, Scope::All).unwrap();
    let volume = movement.effects.iter().find(|effect| effect.cause == Volume).unwrap();
    let named: Vec<(Option<&str>, i64)> = volume.customers.top.iter().map(|named| (named.name.as_deref(), named.amount)).collect();
    assert_eq!((volume.amount, named), (100, vec![(Some("c 0"), 34), (Some("c 1"), 33), (Some("c 2"), 33)]));
    assert_eq!(volume.products.top, [Named { name: Some("p 0".into()), amount: 100 }]);
}

#[test]
fn the_largest_are_named_and_the_others_counted() {
    let facts: Vec<Fact> = [(Some(0), 50), (Some(1), 900), (None, 70), (Some(2), 60), (Some(3), 5)]
        .map(|(customer, gross)| line(true, customer, Some(0), 1, gross))
        .to_vec();
    let movement = explain(&cube_of(&facts), &asked(NetSales), Scope::All).unwrap();
    let won = movement.effects.iter().find(|effect| effect.cause == Won).unwrap();
    let named = |name: Option<&str>, amount| Named { name: name.map(str::to_owned), amount };
    assert_eq!(won.customers, Names { top: vec![named(Some("c 1"), 900), named(None, 70)], others: 115, others_count: 2 });
    assert_eq!(won.products, Names { top: vec![named(Some("p 0"), 1_085)], others: 0, others_count: 0 });
}

#[test]
fn amounts_beyond_all_bounds_are_not_compared_and_still_add_up() {
    let facts = [line(false, Some(0), Some(0), 1, 1 << 60), line(true, Some(0), Some(0), 1 << 50, 1)];
    assert_eq!(split(&facts, NetSales), [(Mix, 1 - (1 << 60))]);
    // each price leads to an amount that fits, together they do not
    let cell = |now, product, units, gross| Fact { units, ..line(now, Some(0), Some(product), 0, gross) };
    let facts =
        [cell(false, 0, 1, 4), cell(true, 0, 1 << 60, 1), cell(false, 1, 1, 4), cell(true, 1, 1 << 60, 1), cell(false, 2, 1 << 50, 1)];
    assert_eq!(split(&facts, NetSales), [(Mix, -7)]);
}
