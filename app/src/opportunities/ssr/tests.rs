#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use domain::Day;
use domain::ids::PipelineId;
use domain::opportunities::{Fact, Outcome, Pipeline, Stage};
use serde_json::{Value, json};
use uuid::Uuid;

fn pipelines(lost: bool) -> Vec<Pipeline> {
    let stage = |name: &str, outcome| Stage { name: name.into(), outcome };
    let mut stages = vec![stage("New", Outcome::Open), stage("Offered", Outcome::Open), stage("Won", Outcome::Won)];
    stages.extend(lost.then(|| stage("Lost", Outcome::Lost)));
    vec![Pipeline { id: PipelineId(Uuid::from_u128(1)), name: "crm".into(), stages }]
}

fn fact(stage: &str, outcome: Outcome, began: i32, took: Option<i32>, activities: i64) -> Fact {
    Fact {
        pipeline: PipelineId(Uuid::from_u128(1)),
        stage: stage.into(),
        reached: None,
        outcome,
        engaged_on: Some(Day(began)),
        closed_on: took.map(|took| Day(began + took)),
        value: Some(10_000).filter(|_| outcome == Outcome::Won),
        activities: Some(activities),
        labels: [Some("Ann & Co".into()), None, None, None, None],
    }
}

fn facts(lost: bool, facts: Vec<Fact>) -> Facts {
    Facts { pipelines: pipelines(lost), any: true, facts, undated: 2, unsegmented: 0, today: Day(100) }
}

fn some() -> Facts {
    let ended = [("Won", Outcome::Won, 10), ("Lost", Outcome::Lost, 20), ("Won", Outcome::Won, 33)];
    let mut all: Vec<Fact> = ended.into_iter().map(|(stage, outcome, took)| fact(stage, outcome, 5, Some(took), 2)).collect();
    all.push(fact("Offered", Outcome::Open, 60, None, 0));
    facts(true, all)
}

fn drawn(found: &Facts, role: domain::people::Role) -> Boards {
    let caller = Caller { user: domain::ids::UserId(Uuid::nil()), name: "N".into(), email: String::new(), role, rep: None, branch: None };
    let query = Query { from: Some(Day(0)), ..Query::default() };
    boards(
        &pressed::Found { pressed: pressed::Pressed::default(), all: (query, found.clone()), own: vec![] },
        &caller,
        Currency::parse("KES").unwrap(),
    )
}

fn board<'b>(boards: &'b Boards, id: &str) -> &'b Shown {
    &boards.boards[BOARDS.iter().position(|board| board.id == id).unwrap()]
}

#[test]
fn the_funnel_is_drawn_with_its_shares_and_leads_to_the_lists_behind_it() {
    let all = drawn(&some(), domain::people::Role::Admin);
    let funnel = board(&all, "opp-funnel");
    let option: Value = serde_json::from_str(&funnel.option).unwrap();
    assert_eq!((&option["yAxis"]["data"], &option["series"][0]["data"]), (&json!(["New", "Offered", "Won"]), &json!([4.0, 3.0, 2.0])));
    assert_eq!(
        funnel.marks[1],
        ("Offered\n3 came to it · 75.0 % of the stage before".to_owned(), "pipeline=crm&reached=Offered".to_owned(), false)
    );
    assert!(
        funnel.table.contains("data-do=\"pipeline=crm&amp;outcome=lost\" aria-pressed=\"false\">Lost</button>")
            && funnel.table.contains("href=\"/office/opportunities?from=1970-01-01&amp;pipeline=crm&amp;outcome=lost\"")
            && funnel.csv.starts_with("Stage,Came to it,Of the stage before"),
        "{}",
        funnel.table
    );
    assert!(all.figures.contains("66.7 %") && all.figures.contains("2 opportunities have no day of beginning"), "{}", all.figures);
    assert_eq!(board(&drawn(&some(), domain::people::Role::Viewer), "opp-funnel").csv, "", "a viewer takes nothing out");
}

#[test]
fn a_rate_where_nothing_ended_has_words_and_no_chart() {
    let open = facts(true, vec![fact("Offered", Outcome::Open, 60, None, 3)]);
    let all = drawn(&open, domain::people::Role::Admin);
    for shown in &all.boards {
        assert!(shown.instead.is_empty() != shown.marks.is_empty(), "{} {:?}", shown.instead, shown.marks);
    }
    assert!(all.figures.contains("none has ended") && !all.figures.contains("nothing is said to be lost"), "{}", all.figures);
    for bare in [board(&all, "opp-rep"), board(&all, "opp-activities")] {
        assert_eq!((bare.instead.as_str(), bare.option.as_str()), (ENDED, ""), "what is open is counted in the table all the same");
        assert!(bare.table.contains(">Open</th>") && bare.csv.contains(",1,"), "{} {}", bare.table, bare.csv);
    }
}

#[test]
fn a_rate_of_few_says_of_how_many_and_a_label_nobody_says_has_no_chart() {
    let all = drawn(&some(), domain::people::Role::Admin);
    let reps = board(&all, "opp-rep");
    assert_eq!(reps.marks[0].0, "Ann & Co\n66.7 %, few: 3 · 2 won, 1 lost, 1 open");
    assert!(reps.table.contains("66.7 % of 3") && reps.csv.contains(",66.7,"), "{} {}", reps.table, reps.csv);
    assert_eq!(board(&all, "opp-sector").instead, "None of these opportunities says its sector.");
}

#[test]
fn where_nobody_is_said_to_be_lost_the_share_is_of_all() {
    let found = facts(false, vec![fact("Won", Outcome::Won, 1, Some(1), 1), fact("New", Outcome::Open, 1, None, 0)]);
    let all = drawn(&found, domain::people::Role::Admin);
    assert_eq!(board(&all, "opp-rep").marks[0].0, "Ann & Co\n50.0 %, few: 2 · 1 won, 0 lost, 1 open");
    let option: Value = serde_json::from_str(&board(&all, "opp-activities").option).unwrap();
    assert_eq!(
        (&option["xAxis"]["data"][0], &option["series"][0]["data"][1], &option["series"][0]["data"][2]),
        (&json!("0"), &json!(100.0), &json!(null))
    );
    assert!(all.figures.contains("nothing is said to be lost"));
}

#[test]
fn cycle_and_ages_are_drawn_and_an_age_leads_to_its_days() {
    let all = drawn(&some(), domain::people::Role::Admin);
    let took = board(&all, "opp-cycle");
    assert_eq!(took.marks[0].0, "All that ended\nhalf within 20 days · 3, few");
    assert_eq!((took.marks[0].1.as_str(), took.marks[2].1.as_str()), ("timed=1", "outcome=lost&timed=1"));
    let old = board(&all, "opp-ages");
    assert_eq!(old.marks[1], ("31 to 60 days\n1 open".to_owned(), "from=1970-02-10&to=1970-03-11&outcome=open".to_owned(), false));
}

#[test]
fn nothing_chosen_is_said_and_is_no_zero() {
    let all = drawn(&facts(true, vec![]), domain::people::Role::Admin);
    assert!(all.boards.iter().all(|board| board.instead == "No opportunities in this selection" && board.option.is_empty()));
    assert!(!all.figures.contains("0 %"));
}

#[test]
fn a_pressed_mark_stands_beside_the_others_of_its_board_and_narrows_the_rest() {
    let (all, mut won) = (some(), some());
    won.facts.retain(|fact| fact.outcome == Outcome::Won);
    let pressed = pressed::Pressed::read("opp-cycle.outcome=won&timed=1");
    let query = Query { from: Some(Day(0)), ..Query::default() };
    let found = pressed::Found { all: (pressed.narrow(&query, ""), won), own: vec![("opp-cycle", (query, all))], pressed };
    let caller = Caller {
        user: domain::ids::UserId(Uuid::nil()),
        name: "N".into(),
        email: String::new(),
        role: domain::people::Role::Admin,
        rep: None,
        branch: None,
    };
    let shown = boards(&found, &caller, Currency::parse("KES").unwrap());
    let took = board(&shown, "opp-cycle");
    assert_eq!(took.marks.iter().map(|mark| mark.2).collect::<Vec<_>>(), [false, true, false]);
    let option: Value = serde_json::from_str(&took.option).unwrap();
    assert_eq!(
        option["series"][0]["data"],
        json!([{"value": 20.0, "itemStyle": {"opacity": 0.3}}, 21.5, {"value": 20.0, "itemStyle": {"opacity": 0.3}}])
    );
    assert!(board(&shown, "opp-funnel").marks[0].0.contains("2 came to it"), "{}", board(&shown, "opp-funnel").marks[0].0);
    let behind = "href=\"/office/opportunities?from=1970-01-01&amp;outcome=won&amp;timed=1\">2 opportunities behind it</a>";
    assert!(
        shown.narrowed.contains(behind) && shown.narrowed.contains("aria-label=\"Remove Days from beginning to end: Won\""),
        "{}",
        shown.narrowed
    );
}

#[test]
fn of_several_pipelines_each_is_named_and_those_that_tell_no_losses_are_not_counted_among_those_that_ended() {
    let (mut all, mut other) = (pipelines(true), pipelines(false));
    other[0].id = PipelineId(Uuid::from_u128(2));
    other[0].name = "leads".into();
    all.extend(other);
    let mut lead = fact("Won", Outcome::Won, 5, None, 1);
    lead.pipeline = PipelineId(Uuid::from_u128(2));
    let found = Facts {
        pipelines: all,
        ..facts(true, vec![fact("Won", Outcome::Won, 5, Some(3), 2), fact("Lost", Outcome::Lost, 5, Some(3), 2), lead])
    };
    let shown = drawn(&found, domain::people::Role::Admin);
    assert!(shown.figures.contains("of 2 that ended, of crm alone: leads says of none that it was lost"), "{}", shown.figures);
    assert!(shown.figures.contains("crm: 1, leads: 1"), "{}", shown.figures);
    assert!(board(&shown, "opp-funnel").marks[0].0.starts_with("New · crm\n"), "{}", board(&shown, "opp-funnel").marks[0].0);
    let one = drawn(&some(), domain::people::Role::Admin);
    assert!(!one.figures.contains("alone") && !one.figures.contains("crm"), "{}", one.figures);
    let chosen = pressed::Pressed::read("opp-pipeline.pipeline=leads");
    assert_eq!(chosen.narrow(&Query::default(), "opp-funnel").pipeline.as_deref(), Some("leads"));
}
