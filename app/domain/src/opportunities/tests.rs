#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::ids::PipelineId;
use proptest::prelude::*;
use uuid::Uuid;

fn stage(name: &str, outcome: Outcome) -> Stage {
    Stage { name: name.into(), outcome }
}

fn pipeline(n: u128, lost: bool) -> Pipeline {
    let mut stages =
        vec![stage("New", Outcome::Open), stage("Shown", Outcome::Open), stage("Offered", Outcome::Open), stage("Won", Outcome::Won)];
    stages.extend(lost.then(|| stage("Lost", Outcome::Lost)));
    Pipeline { id: PipelineId(Uuid::from_u128(n)), name: format!("p{n}"), stages }
}

fn pipelines() -> Vec<Pipeline> {
    vec![pipeline(1, true), pipeline(2, false)]
}

prop_compose! {
    fn fact()(n in 1u128..3, at in 0usize..5, reached in prop::option::of(0usize..3), began in prop::option::of(0i32..400), took in prop::option::of(0i32..90),
        value in prop::option::of(0i64..1_000_000), activities in prop::option::of(0i64..14), labels in prop::array::uniform5(prop::option::of(0u8..4))) -> Fact {
        let of = pipeline(n, n == 1);
        let stage = of.stages[at % of.stages.len()].clone();
        Fact {
            pipeline: of.id, stage: stage.name, reached: reached.filter(|_| stage.outcome == Outcome::Lost).map(|at| of.stages[at].name.clone()), outcome: stage.outcome,
            engaged_on: began.map(Day), closed_on: began.zip(took).filter(|_| stage.outcome != Outcome::Open).map(|(began, took)| Day(began + took)),
            value, activities, labels: labels.map(|label| label.map(|n| format!("l{n}"))),
        }
    }
}

proptest! {
    #[test]
    fn a_funnel_never_widens_begins_with_all_and_ends_with_the_won(facts in prop::collection::vec(fact(), 0..60)) {
        for funnel in funnels(&pipelines(), &facts) {
            let of: Vec<&Fact> = facts.iter().filter(|fact| fact.pipeline == funnel.pipeline).collect();
            let count = |outcome| of.iter().filter(|fact| fact.outcome == outcome).count() as i64;
            prop_assert!(funnel.steps.windows(2).all(|two| two[0].reached >= two[1].reached));
            prop_assert_eq!(funnel.steps[0].reached, of.len() as i64);
            prop_assert_eq!(funnel.steps.last().unwrap().reached, count(Outcome::Won));
            prop_assert_eq!(funnel.lost, count(Outcome::Lost));
            prop_assert_eq!(funnel.steps.iter().map(|step| step.here).sum::<i64>() + funnel.lost, of.len() as i64);
            prop_assert!(funnel.steps.iter().all(|step| step.of_first.is_some_and(|share| (0..=1_000).contains(&share))));
        }
    }

    #[test]
    fn whatever_it_is_broken_down_by_the_parts_are_the_whole(facts in prop::collection::vec(fact(), 0..60)) {
        let whole = Tally::of(&pipelines(), facts.iter());
        prop_assert_eq!(whole.all, whole.open + whole.won + whole.lost);
        for by in By::ALL {
            let rows = breakdown(&pipelines(), &facts, by);
            let sum = |of: fn(&Tally) -> i64| rows.iter().map(|(_, tally)| of(tally)).sum::<i64>();
            prop_assert_eq!((sum(|t| t.all), sum(|t| t.won), sum(|t| t.decided), sum(|t| t.won_value)), (whole.all, whole.won, whole.decided, whole.won_value));
            prop_assert!(rows.iter().all(|(_, tally)| tally.all > 0));
        }
        let of_ages: i64 = ages(&pipelines(), &facts, Day(400)).iter().map(|band| band.tally.all).sum();
        prop_assert_eq!(of_ages, whole.open);
        let bands = activities(&pipelines(), &facts);
        prop_assert!(bands.is_empty() || bands.iter().map(|band| band.tally.all).sum::<i64>() == whole.all);
    }

    #[test]
    fn quartiles_split_the_days_in_order(facts in prop::collection::vec(fact(), 0..60)) {
        let cycle = cycle(&facts);
        let mut days: Vec<i64> = facts.iter().filter_map(|fact| fact.engaged_on.zip(fact.closed_on).map(|(from, to)| i64::from(to.0 - from.0))).collect();
        days.sort_unstable();
        prop_assert_eq!(cycle.ended.map_or(0, |all| all.count), days.len() as i64);
        if let Some(all) = cycle.ended {
            for (quarters, tenths) in [(1, all.lower), (2, all.median), (3, all.upper)] {
                let place = (days.len() - 1) * quarters;
                prop_assert!(days[place / 4] * 10 <= tenths && tenths <= days[place.div_ceil(4)] * 10, "{quarters}: {tenths} {days:?}");
            }
        }
    }
}

#[test]
fn nothing_is_no_share_and_a_pipeline_that_never_loses_has_no_win_rate() {
    assert_eq!((Tally::default().win_rate(), Tally::default().conversion(), Tally::default().worth()), (None, None, None));
    let won = |n| Fact {
        pipeline: PipelineId(Uuid::from_u128(n)),
        stage: "Won".into(),
        reached: None,
        outcome: Outcome::Won,
        engaged_on: None,
        closed_on: None,
        value: None,
        activities: None,
        labels: [None, None, None, None, None],
    };
    let of = |facts: &[Fact]| Tally::of(&pipelines(), facts.iter());
    assert_eq!((of(&[won(2)]).win_rate(), of(&[won(2)]).conversion(), of(&[won(1)]).win_rate()), (None, Some(1_000), Some(1_000)));
    assert_eq!(of(&[won(1)]).worth(), None, "an unknown value is not zero");
    assert!(
        funnels(&pipelines(), &[]).is_empty()
            && ages(&pipelines(), &[], Day(0)).is_empty()
            && activities(&pipelines(), &[won(1)]).is_empty()
    );
}

#[test]
fn a_median_of_two_lies_between_them() {
    let ended = |took| Fact {
        pipeline: PipelineId(Uuid::from_u128(1)),
        stage: "Lost".into(),
        reached: None,
        outcome: Outcome::Lost,
        engaged_on: Some(Day(0)),
        closed_on: Some(Day(took)),
        value: None,
        activities: None,
        labels: [None, None, None, None, None],
    };
    let found = cycle(&[ended(10), ended(21)]).lost.unwrap();
    assert_eq!((found.count, found.lower, found.median, found.upper), (2, 128, 155, 183));
}

fn said() -> Opportunity {
    Opportunity {
        id: crate::ids::OpportunityId(Uuid::nil()),
        pipeline: PipelineId(Uuid::from_u128(1)),
        external_id: "1".into(),
        name: Some(" ".into()),
        account: None,
        client: None,
        rep: None,
        branch: None,
        product_name: None,
        product: None,
        source: None,
        sector: None,
        stage: "WON".into(),
        reached: Some("shown".into()),
        outcome: Outcome::Open,
        engaged_on: Some(Day(5)),
        closed_on: Some(Day(9)),
        value: Some(5),
        activities: None,
        attributes: BTreeMap::new(),
        version: 0,
    }
}

#[test]
fn an_opportunity_is_judged_by_its_pipeline_and_says_what_is_wrong_by_field() {
    let of = pipeline(1, true);
    let good = said().judged(&of).unwrap();
    assert_eq!((good.stage.as_str(), good.outcome, good.name, good.reached), ("Won", Outcome::Won, None, None));
    let lost = Opportunity { stage: "lost".into(), ..said() }.judged(&of).unwrap();
    assert_eq!(lost.reached.as_deref(), Some("Shown"));
    let wrong = Opportunity { stage: "Sleeping".into(), value: Some(-1), activities: Some(-1), closed_on: Some(Day(4)), ..said() };
    let fields: Vec<_> = wrong.judged(&of).unwrap_err().0.into_iter().map(|r| r.field).collect();
    assert_eq!(fields, ["stage", "value", "activities", "closedOn"]);
}

#[test]
fn stages_need_a_beginning_and_an_end_and_a_name_each() {
    let of =
        |stages: Vec<Stage>| Pipeline { stages, ..pipeline(1, true) }.judged().map(|p| p.stages.len()).map_err(|bad| bad.0[0].code.clone());
    assert_eq!(of(vec![stage("A", Outcome::Open), stage("B", Outcome::Won)]), Ok(2));
    assert_eq!(of(vec![]), Err("missing_stages".into()));
    assert_eq!(of(vec![stage("A", Outcome::Open), stage("a", Outcome::Won)]), Err("stage_twice".into()));
    assert_eq!(of(vec![stage("", Outcome::Open), stage("B", Outcome::Won)]), Err("required".into()));
}

#[test]
fn a_query_survives_the_way_through_an_address_and_refuses_what_goes_by_nothing() {
    let query = Query {
        from: Some(Day(3)),
        rep: Some("Grace & Co".into()),
        outcome: Some(Outcome::Lost),
        activities_from: Some(2),
        ..Query::default()
    }
    .only(By::Source, None);
    let pairs = query.pairs();
    assert_eq!(Query::read(|name| pairs.iter().find(|(one, _)| *one == name).map(|(_, value)| value.clone())), query);
    let wrong = Query { from: Some(Day(3)), to: Some(Day(2)), without: Some("luck".into()), ..Query::default() };
    assert_eq!(wrong.judged().unwrap_err().0.iter().map(|r| r.field.as_str()).collect::<Vec<_>>(), ["to", "without"]);
}

#[test]
fn two_queries_leave_what_both_do_and_nothing_where_they_exclude_each_other() {
    let rep = |name: &str| Query { rep: Some(name.into()), ..Query::default() };
    let days = |from: i32, to: i32| Query { from: Some(Day(from)), to: Some(Day(to)), ..Query::default() };
    assert_eq!(rep("A").and(&days(1, 9)).and(&days(3, 20)), Query { rep: Some("A".into()), ..days(3, 9) });
    assert_eq!((rep("A").and(&rep("B")), days(1, 2).and(&days(4, 5))), (Query::nothing(), Query::nothing()));
    let [won, lost] = [Outcome::Won, Outcome::Lost].map(|outcome| Query { outcome: Some(outcome), timed: true, ..Query::default() });
    assert_eq!((won.and(&won), won.and(&lost)), (won.clone(), Query::nothing()));
    let neither = Query::default().only(By::Rep, None).and(&Query::default().only(By::Source, None));
    assert_eq!(neither.and(&Query::default().only(By::Rep, None)).without.as_deref(), Some("rep,source"));
    assert!(neither.judged().is_ok() && Query::nothing().judged().is_ok());
}
