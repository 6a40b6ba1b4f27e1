#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use domain::calendar::Zone;
use domain::company::Company;
use domain::ids::{RepId, UserId};
use domain::lights::Policy;
use domain::people::{Caller, Role};
use domain::targets::{RepFacts, Workdays};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A rep's page on a day: 900.00 sold on 2 November and 80.00 on the 20th, of 2,100.00; December’s budget is the same.
fn drawn(on: &str) -> String {
    let rep = RepId(uuid::Uuid::from_u128(7));
    let budgets = vec![(day("2026-11-01"), 210_000), (day("2026-12-01"), 210_000)];
    let facts = Facts {
        currency: Currency::parse("KES").unwrap(),
        fiscal_start_month: 1,
        workdays: Workdays::default(),
        days: vec![(day("2026-11-02"), 90_000), (day("2026-11-20"), 8_000)],
        reps: vec![RepFacts { rep: Some(rep), budgets, ..RepFacts::default() }],
        without_budget: Vec::new(),
        data_to: Some(day("2026-11-20")),
        refreshed_at: None,
    };
    let company = Company {
        name: "Savanna".into(),
        zone: Zone::fixed("Africa/Nairobi", 10_800),
        currency: facts.currency,
        fiscal_start_month: 1,
        policy: Policy::default(),
        workdays: Workdays::default(),
        reps: Vec::new(),
        branches: Vec::new(),
        demo: false,
        as_of: None,
    };
    let (user, name) = (UserId(uuid::Uuid::nil()), "Grace".to_owned());
    let caller = Caller { user, name, email: String::new(), role: Role::SalesRep, rep: Some(rep), branch: None };
    let noon = domain::Instant(i64::from(day(on).0) * 86_400_000 + 9 * 3_600_000);
    page(&facts, Seen::by(&caller, &company, noon)).html
}

#[test]
fn what_is_sold_less_what_is_expected_is_the_pace_that_is_said() {
    let html = drawn("2026-11-20");
    assert!(html.contains("Expected by now</dt><dd class=\"defined__value\">KES 1,500<"), "{html}");
    assert!(html.contains("up to and with 20 November") && html.contains("KES 980 sold by then: KES 520 behind pace"), "{html}");
}

#[test]
fn the_lines_a_projection_starts_from_are_those_before_today() {
    let html = drawn("2026-11-20");
    let link = |from: &str, to: &str, words: &str| {
        let href = crate::sales::between(day(from), day(to)).replace('&', "&amp;");
        html.contains(&["href=\"", &href, "\">", words].concat())
            || html.contains(&["href=\"", &crate::sales::between(day(from), day(to)), "\">", words].concat())
    };
    assert!(link("2026-11-01", "2026-11-19", "The lines it starts from"), "{html}");
    assert!(link("2026-11-01", "2026-11-20", "The lines behind it"), "{html}");
}

#[test]
fn of_a_month_nothing_is_known_of_it_is_not_said_that_nothing_was_sold() {
    let html = drawn("2026-12-01");
    assert!(html.contains("Nothing of this month is in yet: there are sales up to 20 November"), "{html}");
    assert!(!html.contains("No sales this month yet"), "{html}");
}
