#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn sum(on: &str, net: i64) -> (Day, i64) {
    (day(on), net)
}

fn facts() -> Facts {
    let rep = Some(RepId(uuid::Uuid::nil()));
    let budgets = vec![sum("2026-10-01", 2_000), sum("2026-11-01", 2_100)];
    Facts {
        currency: Currency::parse("KES").unwrap(),
        fiscal_start_month: 7,
        workdays: Workdays::default(),
        days: vec![sum("2025-11-20", 70), sum("2025-11-21", 1), sum("2026-10-02", 500), sum("2026-11-02", 900), sum("2026-11-20", 80)],
        reps: vec![RepFacts { rep, budgets, leave: Vec::new(), to_yesterday: None }],
        without_budget: Vec::new(),
        data_to: Some(day("2026-11-20")),
        refreshed_at: None,
    }
}

#[test]
fn month_and_year_stand_beside_budget_and_last_year() {
    // November 2026 has 21 working days; 14 are over before Friday the 20th.
    let f = figures(&facts(), day("2026-11-20"));
    assert_eq!((f.today, f.month.net, f.month.budget, f.month.expected), (Some(80), 980, Some(2_100), Some(1_400)));
    assert_eq!(f.month.projected, Some(1_350));
    assert_eq!(f.target, Target::Due(171), "1,200 over seven days");
    assert_eq!((f.reached(), Figures { today: Some(171), ..f }.reached(), Figures { today: None, ..f }.reached()), (false, true, false));
    assert_eq!((f.year.from, f.year.net, f.year.budget), (day("2026-07-01"), 1_480, Some(3_500)));
    assert_eq!(f.year.last_year, Some(70), "up to the same date, not after it");
}

#[test]
fn absent_is_not_zero() {
    let mut facts = facts();
    facts.reps[0].budgets.clear();
    facts.days.retain(|(on, _)| *on > day("2026-01-01"));
    let f = figures(&facts, day("2026-11-20"));
    assert_eq!((f.target, f.month.budget, f.month.expected, f.year.budget, f.year.last_year), (Target::NoBudget, None, None, None, None));
    assert_eq!(figures(&facts, day("2026-11-01")).month.projected, None, "no working day is over");
    assert_eq!(figures(&facts, day("2026-11-21")).today, None, "nothing of today has come in");
}

#[test]
fn a_team_adds_its_reps_up_and_one_above_budget_does_not_lower_the_others() {
    let mut facts = facts();
    let other = RepId(uuid::Uuid::from_u128(1));
    facts.reps.push(RepFacts { rep: Some(other), budgets: vec![sum("2026-11-01", 100)], leave: Vec::new(), to_yesterday: Some(5_000) });
    assert_eq!(figures(&facts, day("2026-11-20")).target, Target::Due(171));
    facts.reps[1].to_yesterday = Some(30);
    assert_eq!(figures(&facts, day("2026-11-20")).target, Target::Due(181));
    assert_eq!(figures(&facts, day("2026-11-20")).month.budget, Some(2_200));
}

#[test]
fn what_is_not_in_yet_is_not_missed() {
    let late = |to: &str| figures(&Facts { data_to: Some(day(to)), ..facts() }, day("2026-11-20"));
    // the 16th is a Monday: 11 of 21 working days are known
    let f = late("2026-11-16");
    assert_eq!((f.month.expected, f.year.budget, f.year.to), (Some(1_100), Some(3_100), day("2026-11-16")));
    assert_eq!(f.month.projected, Some(1_718), "900 on 11 days, of 21");
    assert_eq!(f.year.last_year, None, "of days before the first nothing is known");
    let f = late("2026-10-29");
    assert_eq!((f.month.expected, f.month.projected, f.year.budget), (Some(0), None, Some(1_909)), "21 of October’s 22 working days");
    assert_eq!(late("2026-05-05").year.budget, None, "nothing of this fiscal year has come, and July has no budget");
    let on_leave = Leave { rep: RepId(uuid::Uuid::nil()), from: day("2026-10-01"), to: day("2026-10-31") };
    let mut facts = facts();
    facts.reps[0].leave = vec![on_leave];
    assert_eq!(figures(&facts, day("2026-11-20")).year.budget, Some(3_500), "a month of leave keeps its budget");
    facts.reps[0].leave = vec![Leave { from: day("2026-11-01"), to: day("2026-11-30"), ..on_leave }];
    let f = figures(&facts, day("2026-11-20"));
    assert_eq!(
        (f.month.expected, f.year.budget, f.target),
        (Some(1_400), Some(3_500), Target::OnLeave),
        "and is expected day by day, as of all"
    );
    assert_eq!(figures(&facts, day("2026-11-01")).month.expected, Some(0), "never at once");
}

#[test]
fn what_is_sold_without_a_budget_is_not_measured_by_the_budgets_of_others() {
    // September has no budget of one's own
    let mut facts = facts();
    facts.days.insert(2, sum("2026-09-30", 10_000));
    let f = figures(&facts, day("2026-11-20"));
    assert_eq!((f.year.net, f.year.without_budget, f.year.measured(), f.year.budget), (11_480, 10_000, 1_480, Some(3_500)));
    assert_eq!((f.month.without_budget, f.month.measured()), (0, 980));
    // a team is told what its reps without a budget sold
    facts.reps[0].to_yesterday = Some(900);
    facts.without_budget = vec![sum("2026-06-01", 7), sum("2026-09-01", 10_000), sum("2026-11-01", -30)];
    let f = figures(&facts, day("2026-11-20"));
    assert_eq!(
        (f.year.without_budget, f.month.without_budget, f.month.measured()),
        (9_970, -30, 1_010),
        "June was in the fiscal year before"
    );
}
