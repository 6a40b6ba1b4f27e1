#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::ids::RepId;
use crate::targets::{Holiday, Leave, RepFacts, Sold, Workdays};
use proptest::prelude::*;

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
        reps: vec![RepFacts { rep, budgets, leave: Vec::new(), sold: None }],
        without_budget: Vec::new(),
        data_to: Some(day("2026-11-20")),
        refreshed_at: None,
    }
}

#[test]
fn month_and_year_stand_beside_budget_and_last_year() {
    // November 2026 has 21 working days, 15 of them up to Friday the 20th.
    let f = figures(&facts(), day("2026-11-20"));
    assert_eq!((f.today, f.month.net, f.month.budget, f.month.expected), (Some(80), Some(980), Some(2_100), Some(1_500)));
    assert_eq!(
        (f.month.projected, f.month.pace),
        (Some(1_366), Some(980 - 1_500)),
        "900 on 14 days, 80 today, and six days more like the 14"
    );
    assert_eq!(f.target, Target::Due(171), "1,200 over seven days");
    assert_eq!(
        (f.reached(), Figures { towards: Some(171), ..f }.reached(), Figures { towards: None, ..f }.reached()),
        (false, true, false)
    );
    assert_eq!((f.year.from, f.year.net, f.year.budget), (day("2026-07-01"), Some(1_480), Some(3_500)));
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

fn of_team(n: u128, budget: i64, (before, that_day): (i64, i64)) -> RepFacts {
    let sold = Some(Sold { on: day("2026-11-20"), before, that_day, elsewhere: [0, 0] });
    RepFacts { rep: Some(RepId(uuid::Uuid::from_u128(n))), budgets: vec![sum("2026-11-01", budget)], leave: Vec::new(), sold }
}

#[test]
fn a_team_adds_its_reps_up_and_one_above_budget_does_not_lower_the_others() {
    let mut facts = Facts { reps: vec![of_team(1, 2_100, (900, 80)), of_team(2, 100, (5_000, 0))], ..facts() };
    assert_eq!(figures(&facts, day("2026-11-20")).target, Target::Due(171));
    facts.reps[1] = of_team(2, 100, (30, 0));
    assert_eq!(figures(&facts, day("2026-11-20")).target, Target::Due(181));
    assert_eq!(figures(&facts, day("2026-11-20")).month.budget, Some(2_200));
}

#[test]
fn a_teams_budget_is_reached_when_every_reps_is() {
    let mut facts = Facts { reps: vec![of_team(1, 2_100, (900, 80)), of_team(2, 100, (5_000, 0))], ..facts() };
    let target = |facts: &Facts| figures(facts, day("2026-11-20")).target;
    facts.workdays.holidays.push(Holiday { day: day("2026-11-20"), name: "Closed".into() });
    assert_eq!(target(&facts), Target::DayOff, "one is reached, and the other has the day off with the budget before him");
    facts.workdays.holidays.clear();
    let away = |from: &str, to: &str| Leave { rep: RepId(uuid::Uuid::from_u128(1)), from: day(from), to: day(to) };
    facts.reps[0].leave = vec![away("2026-11-19", "2026-11-23")];
    assert_eq!(target(&facts), Target::OnLeave, "one is reached, and the other comes back");
    facts.reps[0].leave = vec![away("2026-11-19", "2026-11-30")];
    assert_eq!(target(&facts), Target::Short(1_200), "the other does not come back");
    facts.reps[0] = RepFacts { leave: facts.reps[0].leave.clone(), ..of_team(1, 2_100, (2_100, 0)) };
    assert_eq!(target(&facts), Target::Reached, "reached, on leave or not");
}

#[test]
fn only_those_whose_target_is_due_reach_it() {
    // the second is above the budget, and the rest was sold by people without one
    let reps = vec![of_team(1, 2_100, (900, 0)), of_team(2, 100, (5_000, 700))];
    let mut facts = Facts { reps, without_budget: vec![sum("2026-11-01", 7_000)], ..facts() };
    facts.days = vec![sum("2026-11-02", 5_900), sum("2026-11-20", 7_700)];
    let f = figures(&facts, day("2026-11-20"));
    assert_eq!((f.target, f.today, f.towards, f.reached()), (Target::Due(171), Some(7_700), Some(0), false));
    facts.reps[0] = of_team(1, 2_100, (900, 171));
    facts.days[1].1 += 171;
    assert!(figures(&facts, day("2026-11-20")).reached());
    assert_eq!(figures(&facts, day("2026-11-20")).month.pace, Some(5_900 + 871 - 1_571), "of those with a budget, today included");
}

#[test]
fn a_team_known_as_of_an_earlier_day_loses_nothing_of_it() {
    let facts = Facts { reps: vec![of_team(1, 2_100, (900, 80))], ..facts() };
    let on = |on: &str| figures(&facts, day(on));
    assert_eq!(
        (on("2026-11-23").target, on("2026-11-23").towards),
        (Target::Due(187), None),
        "1,120 over six days, nothing known of today"
    );
    let december = Facts { reps: vec![RepFacts { budgets: vec![sum("2026-12-01", 2_300)], ..facts.reps[0].clone() }], ..facts.clone() };
    assert_eq!(figures(&december, day("2026-12-01")).target, Target::Due(100), "what November sold is not December’s");
}

#[test]
fn of_a_month_nothing_is_known_of_there_is_no_sum() {
    let f = figures(&facts(), day("2026-12-01"));
    assert_eq!((f.month.net, f.month.measured(), f.month.expected, f.month.pace, f.month.projected), (None, None, None, None, None));
    assert_eq!(f.year.net, Some(1_480), "of the year there are sales");
    let next = figures(&facts(), day("2027-07-05"));
    assert_eq!((next.year.net, next.year.measured(), next.year.last_year), (None, None, None));
    let none = figures(&Facts { days: Vec::new(), data_to: None, ..facts() }, day("2026-11-20"));
    assert_eq!((none.month.net, none.year.net, none.today), (None, None, None), "budgets alone are no sales");
    assert_eq!((none.month.pace, none.month.projected), (None, None), "and nothing is behind or to come");
}

#[test]
fn whoever_has_reached_the_months_budget_is_not_behind() {
    // May 1998 began on a Friday; leave from the 5th on leaves two working days, and the second brought more than was left
    let leave = vec![Leave { rep: RepId(uuid::Uuid::nil()), from: day("1998-05-05"), to: day("1998-05-31") }];
    let rep = RepFacts { budgets: vec![sum("1998-05-01", 5_368)], leave, ..facts().reps[0].clone() };
    let days = vec![sum("1998-05-01", 4_330), sum("1998-05-04", 447), sum("1998-05-06", 1_740)];
    let f = figures(&Facts { days, reps: vec![rep], data_to: Some(day("1998-05-06")), ..facts() }, day("1998-05-06"));
    assert_eq!((f.month.net, f.month.expected, f.month.pace), (Some(6_517), Some(5_368), Some(1_149)));
}

proptest! {
    /// Whatever is sold, to be sold and in: pace is what is measured less what is expected of the same days, and nobody is behind who has reached the
    /// month's budget.
    #[test]
    fn pace_is_to_the_day_of_what_is_sold(
        days in prop::collection::btree_map(1_i32..=30, -1_000_i64..10_000, 0..12),
        budget in prop::option::of(0_i64..60_000),
        without in 0_i64..5_000,
        team in prop::bool::ANY,
        away in prop::option::of((-9_i32..31, 0_i32..25)),
        (on, known) in (1_i32..=30, 0_i32..=30),
    ) {
        let first = day("2026-11-01");
        let (today, to) = (first.plus(on - 1), first.plus(known - 1));
        let days: Vec<_> = days.into_iter().map(|(n, net)| (first.plus(n - 1), net)).filter(|(day, _)| *day <= to.min(today)).collect();
        let sold: i64 = days.iter().map(|(_, net)| net).sum();
        let leave: Vec<_> = away.map(|(from, n)| Leave { rep: RepId(uuid::Uuid::nil()), from: first.plus(from), to: first.plus(from + n) }).into_iter().collect();
        let of_team = team.then_some(Sold { on: today, before: sold - without, that_day: 0, elsewhere: [0, 0] });
        let rep = RepFacts { budgets: budget.map(|minor| (first, minor)).into_iter().collect(), leave: leave.clone(), sold: of_team, ..facts().reps[0].clone() };
        let without = if team { without } else { 0 };
        let f = figures(&Facts { days, reps: vec![rep], without_budget: vec![(first, without)], data_to: Some(to), ..facts() }, today);
        let measured = sold - without;
        prop_assert_eq!(f.month.pace.is_some(), budget.is_some() && to >= first);
        if let (Some(budget), Some(pace), Some(expected)) = (budget, f.month.pace, f.month.expected) {
            prop_assert_eq!((f.month.measured(), pace), (Some(measured), measured - expected));
            prop_assert_eq!(expected, crate::targets::spread::up_to(first, budget, today.min(to), &Workdays::default(), &leave));
            prop_assert!(measured < budget || pace >= 0, "{} of {} and {}", measured, budget, pace);
        }
    }
}

proptest! {
    /// Whatever was sold on which days and however they weigh: a month does not end below what is sold, and with nothing today and no returns it is
    /// the days before it, weight for weight.
    #[test]
    fn a_projection_is_never_below_what_is_sold(
        days in prop::collection::btree_map(1_i32..=30, -1_000_i64..10_000, 0..12),
        weights in prop::array::uniform7(prop_oneof![Just(0_u16), Just(100), 1_u16..=200]),
        on in 1_i32..=30,
        known in 0_i32..=30,
    ) {
        let first = day("2026-11-01");
        let (today, to) = (first.plus(on - 1), first.plus(known - 1));
        let days: Vec<_> = days.into_iter().map(|(n, net)| (first.plus(n - 1), net)).filter(|(day, _)| *day <= to).collect();
        let workdays = Workdays { weights, holidays: Vec::new() };
        let f = figures(&Facts { days: days.clone(), data_to: Some(to), workdays: workdays.clone(), ..facts() }, today);
        let over: i64 = (0..30).map(|n| first.plus(n)).filter(|d| *d < today && *d <= to).map(|d| workdays.weight(d, &[])).sum();
        prop_assert_eq!(f.month.projected.is_some(), over > 0);
        if let Some(projected) = f.month.projected {
            let sold: i64 = days.iter().filter(|(d, _)| *d <= today).map(|(_, net)| net).sum();
            prop_assert!(projected >= sold, "{} below {}", projected, sold);
            let before: i64 = days.iter().filter(|(d, _)| *d < today).map(|(_, net)| net).sum();
            if before >= 0 && sold == before && workdays.weight(today, &[]) > 0 {
                let whole: i64 = (0..30).map(|n| workdays.weight(first.plus(n), &[])).sum();
                prop_assert!((projected * over * 2 - before * whole * 2).abs() <= over);
            }
        }
    }
}

#[test]
fn what_is_not_in_yet_is_not_missed() {
    let late = |to: &str| figures(&Facts { data_to: Some(day(to)), ..facts() }, day("2026-11-20"));
    // the 16th is a Monday: 11 of 21 working days are known
    let f = late("2026-11-16");
    assert_eq!((f.month.expected, f.year.budget, f.year.to), (Some(1_100), Some(3_100), day("2026-11-16")));
    assert_eq!(f.month.projected, Some(1_718), "900 on 11 days, of 21: nothing of today is in");
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
        (Some(1_500), Some(3_500), Target::OnLeave),
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
    assert_eq!((f.year.net, f.year.without_budget, f.year.measured(), f.year.budget), (Some(11_480), 10_000, Some(1_480), Some(3_500)));
    assert_eq!((f.month.without_budget, f.month.measured()), (0, Some(980)));
    // a team is told what its reps without a budget sold
    facts.reps[0].sold = Some(Sold { on: day("2026-11-20"), before: 900, that_day: 80, elsewhere: [0, 0] });
    facts.without_budget = vec![sum("2026-06-01", 7), sum("2026-09-01", 10_000), sum("2026-11-01", -30)];
    let f = figures(&facts, day("2026-11-20"));
    assert_eq!(
        (f.year.without_budget, f.month.without_budget, f.month.measured()),
        (9_970, -30, Some(1_010)),
        "June was in the fiscal year before"
    );
}
