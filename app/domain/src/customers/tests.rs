#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::*;
use crate::cube::{Builder, Dimension, Entries, Entry, Fact, Filter};
use crate::ids::{ClientId, RepId};
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn rep(n: u128) -> RepId {
    RepId(Uuid::from_u128(1 << 100 | n))
}

/// Whom (0 is nobody known), when, gross, returns, cost.
type Line<'a> = (usize, &'a str, i64, i64, Option<i64>);

fn fact(customer: usize, day: Day, gross: i64, returns: i64, cost: Option<i64>) -> Fact {
    let customer_id = (customer > 0).then(|| ClientId(Uuid::from_u128(2 << 100 | customer as u128)));
    let rep = Some(rep(customer as u128 % 2));
    Fact { day, branch: None, rep, product: None, customer: customer_id, lines: 1, transactions: 1, units: 1_000, gross, returns, cost }
}

fn cube_of(facts: impl IntoIterator<Item = Fact>) -> Cube {
    let entries = Entries {
        reps: (0..2).map(|n| Entry { id: rep(n), label: format!("r{n}") }).collect(),
        customers: (1..10).map(|n| Entry { id: ClientId(Uuid::from_u128(2 << 100 | n)), label: format!("c{n}") }).collect(),
        ..Entries::default()
    };
    let mut builder = Builder::new(&entries);
    facts.into_iter().for_each(|fact| builder.push(&fact).unwrap());
    builder.finish(1).unwrap()
}

fn of(lines: &[Line<'_>]) -> Cube {
    cube_of(lines.iter().map(|(customer, on, gross, returns, cost)| fact(*customer, day(on), *gross, *returns, *cost)))
}

fn asked(from: &str, to: &str) -> Question {
    Question { from: day(from), to: day(to), filters: vec![], limit: CUSTOMERS_MAX }
}

fn find<'a>(worth: &'a Worth, name: &str) -> &'a Customer {
    worth.customers.iter().find(|one| one.customer == name).unwrap()
}

#[test]
fn recency_frequency_money_and_shares_are_of_the_days_asked_about() {
    let cube = of(&[
        (1, "2026-01-05", 1_000, 0, Some(600)),
        (1, "2026-01-05", 500, 0, Some(300)),
        (1, "2026-03-01", 1_000, -200, Some(400)),
        (1, "2026-03-20", 0, -100, None),
        (2, "2026-02-01", 900, 0, None),
        (3, "2026-02-10", 0, -50, Some(-10)),
        (0, "2026-02-11", 400, 0, Some(200)),
        (4, "2025-12-31", 9_999, 0, Some(1)),
    ]);
    let worth = worth(&cube, &asked("2026-01-01", "2026-03-31"), Scope::All).unwrap();
    assert_eq!((worth.count, worth.net_sales, worth.gross_profit), (3, Some(3_450), Some(1_160)));
    let names: Vec<&str> = worth.customers.iter().map(|one| one.customer.as_str()).collect();
    assert_eq!(names, ["c1", "c3", "c2"], "by profit, unknown last");
    let one = find(&worth, "c1");
    assert_eq!((one.last_purchase, one.recency_days, one.frequency), (Some(day("2026-03-01")), Some(30), 2), "a return is no purchase");
    assert_eq!((one.net_sales, one.gross_profit), (2_200, Some(1_000)));
    assert_eq!((one.profit_share_basis_points, one.sales_share_basis_points), (Some(8_621), Some(6_377)));
    let (two, three) = (find(&worth, "c2"), find(&worth, "c3"));
    assert_eq!((two.gross_profit, two.profit_share_basis_points), (None, None), "an unknown cost is no profit of zero");
    assert_eq!((three.last_purchase, three.recency_days, three.frequency), (None, None, 0));
    assert!(worth.customers.iter().all(|one| one.segment.is_none() && one.money_score.is_none()), "two who bought are no fifths");
}

#[test]
fn fifths_score_equal_customers_alike_and_make_segments() {
    let mut lines = vec![];
    for (customer, days) in [(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)] {
        for n in 0..days {
            lines.push(fact(customer, day("2026-03-31").plus(-10 * n - customer as i32), 1_000, 0, None));
        }
    }
    let worth = worth(&cube_of(lines), &asked("2026-01-01", "2026-03-31"), Scope::All).unwrap();
    let scores = |name| {
        let one = find(&worth, name);
        [one.recency_score, one.frequency_score, one.money_score].map(Option::unwrap)
    };
    assert_eq!([scores("c1"), scores("c3"), scores("c5")], [[5, 5, 5], [3, 3, 3], [1, 1, 1]]);
    assert_eq!(
        ["c1", "c3", "c5"].map(|name| find(&worth, name).segment.unwrap()),
        [Segment::Champion, Segment::NeedsAttention, Segment::Hibernating]
    );
    let alike = cube_of((1..8).map(|customer| fact(customer, day("2026-03-01"), 500, 0, None)));
    let alike = super::worth(&alike, &asked("2026-01-01", "2026-03-31"), Scope::All).unwrap();
    assert!(alike.customers.iter().all(|one| one.recency_score == Some(1) && one.money_score == Some(1)), "nobody is below anybody");
}

#[test]
fn a_customer_is_at_risk_for_reasons() {
    let cube = of(&[
        // every ten days until February
        (1, "2026-01-10", 100, 0, None),
        (1, "2026-01-20", 100, 0, None),
        (1, "2026-01-30", 100, 0, None),
        (2, "2025-12-01", 1_000, 0, None),
        (2, "2026-03-30", 499, 0, None),
        (3, "2025-12-01", 1_000, 0, None),
        (3, "2026-03-30", 500, 0, None),
    ]);
    let risks = |from: &str, to: &str, name: &str| find(&worth(&cube, &asked(from, to), Scope::All).unwrap(), name).risks.clone();
    assert_eq!(risks("2026-01-01", "2026-03-01", "c1"), [Risk::Overdue]);
    assert_eq!(risks("2026-01-01", "2026-02-28", "c1"), [], "29 days are no month yet");
    assert_eq!(risks("2025-10-01", "2026-03-31", "c2"), [Risk::Falling]);
    assert_eq!(risks("2025-10-01", "2026-03-31", "c3"), [], "the half is not less than half");
    assert_eq!(risks("2026-01-01", "2026-03-31", "c2"), [], "a quarter does not tell");
}

#[test]
fn a_filter_and_a_scope_leave_nothing_of_others() {
    let cube = of(&[(1, "2026-01-05", 1_000, 0, Some(1)), (2, "2026-01-06", 700, 0, Some(1)), (0, "2026-01-06", 50, 0, None)]);
    let own = worth(&cube, &asked("2026-01-01", "2026-03-31"), Scope::Own(rep(1))).unwrap();
    assert_eq!((own.count, own.net_sales, own.customers[0].sales_share_basis_points), (1, Some(1_000), Some(10_000)));
    let filters = vec![Filter { dimension: Dimension::Customer, labels: vec![Some("c2".into())] }];
    let one = worth(&cube, &Question { filters, ..asked("2026-01-01", "2026-03-31") }, Scope::All).unwrap();
    assert_eq!((one.count, one.net_sales), (1, Some(700)));
    let nothing = worth(&cube, &asked("2026-01-01", "2026-03-31"), Scope::Nothing).unwrap();
    assert_eq!((nothing.count, nothing.net_sales, nothing.gross_profit), (0, None, None));
}

#[test]
fn a_draft_names_what_is_wrong() {
    let draft = |from: &str, to: &str, limit| QuestionDraft { from: from.into(), to: to.into(), limit, ..QuestionDraft::default() }.parse();
    assert_eq!(draft("2026-02-30", "2026-03-01", 5).unwrap_err().0[0].field, "from");
    assert_eq!(draft("2026-03-01", "2026-02-01", 5).unwrap_err().0[0].field, "to");
    assert_eq!(draft("2026-03-01", "2026-03-01", 0).unwrap_err().0[0].field, "limit");
    assert_eq!(draft("2026-03-01", "2026-03-01", 7).unwrap().limit, 7);
}

proptest! {
    /// Counted by hand, customer by customer, from the facts themselves.
    #[test]
    fn every_figure_is_that_of_the_facts(lines in prop::collection::vec((0usize..10, 0i32..400, -50i64..200, 0i64..60, prop::option::of(0i64..90)), 0..80), until in 0i32..400) {
        let start = day("2025-06-15");
        let facts: Vec<Fact> = lines.into_iter().map(|(who, on, gross, back, cost)| fact(who, start.plus(on), gross, -back, cost)).collect();
        let question = Question { from: start.plus(20), to: start.plus(20.max(until)), filters: vec![], limit: CUSTOMERS_MAX };
        let worth = worth(&cube_of(facts.iter().copied()), &question, Scope::All).unwrap();
        let counted: Vec<&Fact> = facts.iter().filter(|fact| question.from <= fact.day && fact.day <= question.to).collect();
        prop_assert_eq!(worth.net_sales.unwrap_or(0), counted.iter().map(|fact| fact.gross + fact.returns).sum::<i64>());
        for who in 1..10usize {
            let own: Vec<&&Fact> = counted.iter().filter(|fact| fact.customer == Some(ClientId(Uuid::from_u128(2 << 100 | who as u128)))).collect();
            let Some(one) = worth.customers.iter().find(|one| one.customer == format!("c{who}")) else { prop_assert!(own.is_empty()); continue };
            let mut gross = std::collections::BTreeMap::<Day, i64>::new();
            own.iter().for_each(|fact| *gross.entry(fact.day).or_default() += fact.gross);
            let days: Vec<Day> = gross.into_iter().filter(|(_, gross)| *gross > 0).map(|(day, _)| day).collect();
            prop_assert_eq!((one.frequency, one.last_purchase), (days.len() as i64, days.last().copied()));
            prop_assert_eq!(one.net_sales, own.iter().map(|fact| fact.gross + fact.returns).sum::<i64>());
            let known: Vec<i64> = own.iter().filter_map(|fact| Some(fact.gross + fact.returns - fact.cost?)).collect();
            prop_assert_eq!(one.gross_profit, (!known.is_empty()).then(|| known.iter().sum()));
        }
    }
}
