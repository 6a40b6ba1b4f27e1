//! Opportunities on both engines: what a file leaves open is told and not guessed, figures follow from the rows, and nobody sees what is another's.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;
#[path = "opportunities/lists.rs"]
mod lists;
#[path = "opportunities/of_clients.rs"]
mod of_clients;
#[path = "opportunities/real.rs"]
mod real;
#[path = "import/snapshot.rs"]
mod snapshot;

use backend::import::{self, Input, Kind, Mapping, Options, Report};
use backend::{Backend, Error, opportunities};
use common::{both_engines, build};
use domain::Day;
use domain::ids::ClientId;
use domain::opportunities::{By, OpportunityItem, Outcome, Query, Tally, activities, breakdown, cycle, funnels};
use domain::people::{Caller, Role};

const MAPPING: &str = r#"
source = "crm"
kind = "opportunities"
key = ["no"]
[fields]
account = "account"
rep = "agent"
product = "product"
source = "from"
engagedOn = "began"
closedOn = "ended"
value = "value"
activities = "calls"
stage = "stage"
reached = "got"
[attributes]
"Size" = "size"
[[stages]]
name = "New"
[[stages]]
name = "Offered"
[[stages]]
name = "Won"
outcome = "won"
[[stages]]
name = "Lost"
outcome = "lost"
"#;

const FILE: &str = "no,account,agent,product,from,began,ended,value,calls,stage,got,size\n\
    1,Mutua,Ann,P1,Fair,2026-01-10,2026-02-09,100.50,3,won,,L\n\
    2,Baraka,Ben,P2,Web,2026-01-11,2026-01-31,0,0,LOST,offered,\n\
    3,,Ann,Unheard of,,2026-01-12,,,1,Offered,,\n\
    4,Nobody,Ben,P 1,Web,2026-03-01,2026-03-05,,,New,,\n\
    5,Mutua,,,,,,,,Won,,\n\
    5,Mutua,,,,,,,,Won,,\n\
    6,Mutua,Cy,,,2026-01-01,,,,New,,\n\
    7,Mutua,Ann,,,2026-01-01,,,,Sleeping,,\n\
    8,Mutua,Ann,,,2026-02-01,2026-01-01,-5,x,Lost,,\n\
    ,,,,,,,,,New,,\n";

async fn bring(backend: &Backend, text: &str, mapping: &str) -> Report {
    let mapping = Mapping::parse(mapping).unwrap();
    import::run(backend, Kind::Opportunities, Input::bytes("f.csv", text.as_bytes()), Some(mapping), Options::default()).await.unwrap()
}

fn counts(report: &Report) -> (u64, u64, u64, u64, u64, u64) {
    let t = &report.tally;
    assert!(t.adds_up(), "{report}");
    (t.rows, t.new, t.changed, t.unchanged, t.rejected, t.duplicates)
}

/// Two reps of two branches, a client of each, two products.
async fn company(backend: &Backend, admin: &Caller) -> (Caller, Caller, ClientId) {
    let (ann, ben) = (common::a_rep_of(backend, "Ann", "North").await, common::a_rep_of(backend, "Ben", "South").await);
    let mutua = build::a_client().named("Mutua").with(|c| c.segment = Some("Farms".into())).add(backend, &ann).await;
    build::a_client().named("Baraka").add(backend, &ben).await;
    let products =
        import::run(backend, Kind::Products, Input::bytes("p.csv", b"code,name\nP1,Pump\nP2,Belt\n".as_slice()), None, Options::default());
    products.await.unwrap();
    let _ = admin;
    (ann, ben, mutua.id)
}

async fn listed(backend: &Backend, caller: &Caller, query: Query) -> Vec<OpportunityItem> {
    let mut found = opportunities::list(backend, caller, query, None, 500).await.unwrap();
    found.sort_by(|a, b| a.opportunity.external_id.cmp(&b.opportunity.external_id));
    found
}

fn ids(items: &[OpportunityItem]) -> Vec<&str> {
    items.iter().map(|item| item.opportunity.external_id.as_str()).collect()
}

fn day(text: &str) -> Option<Day> {
    Day::parse(text)
}

both_engines!(what_a_row_leaves_open_is_told_and_what_is_wrong_is_refused, |backend, admin| {
    let (_, _, mutua) = company(&backend, &admin).await;
    let report = bring(&backend, FILE, MAPPING).await;
    assert_eq!(counts(&report), (10, 5, 0, 0, 4, 1), "{report}");
    let said: Vec<_> = report.tally.rejects.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(said, [(8, "agent", "Cy"), (9, "stage", "Sleeping"), (10, "calls", "x"), (11, "id", "")]);
    assert!(report.tally.rejects[1].reason.contains("it has New, Offered, Won, Lost"), "{}", report.tally.rejects[1].reason);
    let told: Vec<_> = report.tally.warnings.iter().map(|w| (w.code.as_str(), w.rows, w.lines[0])).collect();
    let want = [
        ("no_account", 1, 4),
        ("no_client", 1, 5),
        ("no_product", 2, 4),
        ("no_rep", 1, 6),
        ("no_beginning", 1, 6),
        ("no_end", 1, 6),
        ("end_of_open", 1, 5),
        ("no_value", 1, 6),
    ];
    assert_eq!(told, want);
    let all = listed(&backend, &admin, Query::default()).await;
    assert_eq!(ids(&all), ["1", "2", "3", "4", "5"]);
    let (first, third) = (&all[0].opportunity, &all[2].opportunity);
    assert_eq!((first.client, first.outcome, first.value, first.closed_on), (Some(mutua), Outcome::Won, Some(10_050), day("2026-02-09")));
    assert_eq!(
        (all[0].branch_name.as_deref(), first.product_name.as_deref(), first.sector.as_deref()),
        (Some("North"), Some("Pump"), Some("Farms"))
    );
    assert_eq!(first.attributes.get("Size").map(String::as_str), Some("L"));
    assert_eq!((third.product, third.product_name.as_deref(), third.account.as_deref()), (None, Some("Unheard of"), None));
    assert_eq!((all[3].opportunity.closed_on, all[3].opportunity.client, all[4].opportunity.value), (None, None, None));
});

both_engines!(the_same_file_changes_nothing_and_one_changed_row_changes_one, |backend, admin| {
    company(&backend, &admin).await;
    bring(&backend, FILE, MAPPING).await;
    let before = snapshot::snapshot(&backend).await;
    let again = bring(&backend, FILE, MAPPING).await;
    assert_eq!((counts(&again), again.id), ((10, 0, 0, 5, 4, 1), None));
    assert_eq!(snapshot::snapshot(&backend).await, before);
    let changed = bring(&backend, &FILE.replace(",1,Offered", ",2,Won"), MAPPING).await;
    assert_eq!(counts(&changed), (10, 0, 1, 4, 4, 1));
    let one = &listed(&backend, &admin, Query::default()).await[2].opportunity;
    assert_eq!((one.outcome, one.activities), (Outcome::Won, Some(2)));
    let done = import::withdraw(&backend, &admin, changed.id.unwrap()).await.unwrap();
    assert_eq!((done.reverted, done.removed), (1, 0));
    assert_eq!(snapshot::snapshot(&backend).await, before);
});

both_engines!(an_import_taken_back_leaves_no_trace_of_it_nor_of_its_stages, |backend, admin| {
    company(&backend, &admin).await;
    let before = snapshot::snapshot(&backend).await;
    let first = bring(&backend, FILE, MAPPING).await.id.unwrap();
    let between = snapshot::snapshot(&backend).await;
    assert!(between.iter().any(|row| row.starts_with("pipelines ")) && between.iter().any(|row| row.starts_with("opportunities ")));
    let other = MAPPING.replace("name = \"Offered\"", "name = \"Shown\"\n[[stages]]\nname = \"Offered\"");
    let second =
        bring(&backend, "no,account,agent,product,from,began,ended,value,calls,stage,got,size\n9,,Ann,,,2026-01-10,,,,Shown,,\n", &other)
            .await;
    assert_eq!(counts(&second), (1, 1, 0, 0, 0, 0));
    import::withdraw(&backend, &admin, second.id.unwrap()).await.unwrap();
    assert_eq!(snapshot::snapshot(&backend).await, between);
    let done = import::withdraw(&backend, &admin, first).await.unwrap();
    assert_eq!((done.removed, done.kept_count), (6, 0), "five opportunities and their pipeline");
    let after = snapshot::snapshot(&backend).await;
    assert_eq!(after, before, "{}", snapshot::difference(&before, &after));
});

both_engines!(a_client_with_opportunities_stays_when_its_import_is_taken_back, |backend, admin| {
    let clients =
        import::run(&backend, Kind::Clients, Input::bytes("c.csv", b"name\nMutua\nBaraka\n".as_slice()), None, Options::default());
    let clients = clients.await.unwrap().id.unwrap();
    bring(&backend, "no,account,stage\n1,Mutua,New\n", &plain()).await;
    let done = import::withdraw(&backend, &admin, clients).await.unwrap();
    assert_eq!((done.clients_removed, done.kept[0].name.as_str(), done.kept[0].why.as_str()), (1, "Mutua", "it has opportunities"));
});

/// Of nothing but an account and a stage.
fn plain() -> String {
    let fields = "[fields]\naccount = \"account\"\nstage = \"stage\"\n";
    let (head, stages) = (
        MAPPING.split("[fields]").next().unwrap(),
        MAPPING.split("[[stages]]").skip(1).map(|stage| format!("[[stages]]{stage}")).collect::<String>(),
    );
    format!("{head}{fields}{stages}")
}

both_engines!(figures_follow_from_the_rows_and_the_days_chosen, as_of "2026-04-01", |backend, admin| {
    company(&backend, &admin).await;
    bring(&backend, FILE, MAPPING).await;
    let found = opportunities::facts(&backend, &admin, Query::default()).await.unwrap();
    let whole = Tally::of(&found.pipelines, found.facts.iter());
    assert_eq!((whole.all, whole.open, whole.won, whole.lost, whole.won_value, whole.won_valued), (5, 2, 2, 1, 10_050, 1));
    assert_eq!((whole.win_rate(), found.undated), (Some(667), 0));
    let funnel = &funnels(&found.pipelines, &found.facts)[0];
    let steps: Vec<_> = funnel.steps.iter().map(|step| (step.stage.as_str(), step.reached, step.here, step.of_previous)).collect();
    assert_eq!(steps, [("New", 5, 1, None), ("Offered", 4, 1, Some(800)), ("Won", 2, 2, Some(500))]);
    let cycle = cycle(&found.facts);
    assert_eq!((cycle.ended.unwrap().median, cycle.undated), (250, 1));
    let reps: Vec<_> = breakdown(&found.pipelines, &found.facts, By::Rep).into_iter().map(|(name, t)| (name, t.won, t.win_rate())).collect();
    assert_eq!(reps, [(Some("Ann".into()), 1, Some(1_000)), (Some("Ben".into()), 0, Some(0)), (None, 1, Some(1_000))]);
    let january = Query { from: day("2026-01-01"), to: day("2026-01-31"), ..Query::default() };
    let found = opportunities::facts(&backend, &admin, january).await.unwrap();
    assert_eq!((found.facts.len(), found.undated), (3, 1), "one has no day at all");
    let nothing = Query { from: day("2001-01-01"), to: day("2001-01-31"), ..Query::default() };
    let found = opportunities::facts(&backend, &admin, nothing).await.unwrap();
    assert!(found.facts.is_empty() && found.any);
});

both_engines!(activities_are_those_of_the_file_or_the_visits_made_meanwhile, as_of "2026-04-01", |backend, admin| {
    let (ann, _, mutua) = company(&backend, &admin).await;
    let client = backend::clients::find(&backend, &ann, mutua).await.unwrap();
    for on in ["2026-01-09", "2026-01-10", "2026-02-09", "2026-02-10"] {
        build::a_visit().on(day(on).unwrap()).to(&client).add(&backend, &ann).await;
    }
    bring(&backend, &FILE.replace("100.50,3,won", "100.50,,won"), MAPPING).await;
    let all = listed(&backend, &admin, Query::default()).await;
    let counted: Vec<_> = all.iter().map(|item| item.counted).collect();
    assert_eq!(counted, [Some(2), Some(0), Some(1), None, None], "two visits between the days of the first");
    let query = Query { activities_from: Some(1), activities_to: Some(2), ..Query::default() };
    assert_eq!(ids(&listed(&backend, &admin, query).await), ["1", "3"]);
    let found = opportunities::facts(&backend, &admin, Query::default()).await.unwrap();
    let bands: Vec<_> = activities(&found.pipelines, &found.facts).into_iter().map(|band| (band.span, band.tally.all)).filter(|band| band.1 > 0).collect();
    assert_eq!(bands, [(Some((0, Some(0))), 1), (Some((1, Some(1))), 1), (Some((2, Some(2))), 1), (None, 2)]);
});

both_engines!(everybody_sees_their_own_and_what_is_behind_a_figure_is_as_many, as_of "2026-04-01", |backend, admin| {
    let (ann, ben, mutua) = company(&backend, &admin).await;
    bring(&backend, &FILE.replace("2,Baraka,Ben", "2,Mutua,Ben"), MAPPING).await;
    assert_eq!(ids(&listed(&backend, &ann, Query::default()).await), ["1", "3"]);
    let of_ben = listed(&backend, &ben, Query::default()).await;
    assert_eq!(ids(&of_ben), ["2", "4"]);
    let seen = (of_ben[0].opportunity.client, of_ben[0].client_name.as_deref(), of_ben[0].opportunity.account.as_deref(), of_ben[0].counted);
    assert_eq!(seen, (None, None, Some("Mutua"), Some(0)), "the client is another's; what the row says is not");
    assert_eq!(opportunities::facts(&backend, &ben, Query { rep: Some("Ann".into()), ..Query::default() }).await.unwrap().facts.len(), 0);
    let south = backend.company().await.unwrap().branches.iter().find(|b| b.name == "South").unwrap().id;
    let manager = Caller { branch: Some(south), ..common::a_caller(Role::Manager) };
    assert_eq!(ids(&listed(&backend, &manager, Query::default()).await), ["2", "4"]);
    let nobody = Caller { rep: None, ..common::a_caller(Role::SalesRep) };
    let found = opportunities::facts(&backend, &nobody, Query::default()).await.unwrap();
    assert!(found.facts.is_empty() && !found.any);
    for (query, want) in [
        (Query { reached: Some("Offered".into()), ..Query::default() }, vec!["1", "2", "3", "5"]),
        (Query { reached: Some("New".into()), ..Query::default() }, vec!["1", "2", "3", "4", "5"]),
        (Query { reached: Some("Won".into()), ..Query::default() }, vec!["1", "5"]),
        (Query { outcome: Some(Outcome::Lost), ..Query::default() }, vec!["2"]),
        (Query::default().only(By::Rep, None), vec!["5"]),
        (Query::default().only(By::Product, Some("Pump")), vec!["1"]),
        (Query { without: Some("day".into()), ..Query::default() }, vec!["5"]),
        (Query { without: Some("source".into()), ..Query::default() }, vec!["3", "5"]),
        (Query { without: Some("source,rep".into()), ..Query::default() }, vec!["5"]),
        (Query { timed: true, ..Query::default() }, vec!["1", "2"]),
        (Query::nothing(), vec![]),
        (Query { customer: Some("Nobody".into()), ..Query::default() }, vec!["4"]),
        (Query { sector: Some("Farms".into()), ..Query::default() }, vec!["1", "2", "5"]),
    ] {
        assert_eq!(ids(&listed(&backend, &admin, query.clone()).await), want, "{query:?}");
        assert_eq!(opportunities::count(&backend, &admin, query).await.unwrap(), want.len() as i64);
    }
    let reversed = Query { from: day("2026-02-01"), to: day("2026-01-01"), ..Query::default() };
    assert!(matches!(opportunities::facts(&backend, &admin, reversed).await, Err(Error::Rejected(r)) if r.0[0].field == "to"));
    let _ = mutua;
});

both_engines!(a_file_without_a_mapping_is_read_by_its_usual_names, |backend, admin| {
    company(&backend, &admin).await;
    let text = "Opportunity ID,Account,Sales Agent,Deal Stage,Created on,Close date,Close value\nA,Mutua,Ann,Closed Won,2026-01-01,2026-02-01,10\nB,,Ann,Prospecting,2026-01-01,,\n";
    let report =
        import::run(&backend, Kind::Opportunities, Input::bytes("f.csv", text.as_bytes()), None, Options::default()).await.unwrap();
    assert_eq!(counts(&report), (2, 1, 0, 0, 1, 0));
    assert!(report.tally.rejects[0].reason.contains("it has In progress, Won, Lost"), "{}", report.tally.rejects[0].reason);
    let none = "source = \"x\"\n[fields]\nstage = \"stage\"\n";
    let refused = import::run(
        &backend,
        Kind::Opportunities,
        Input::bytes("f.csv", b"stage\nNew\n".as_slice()),
        Some(Mapping::parse(none).unwrap()),
        Options::default(),
    );
    assert!(refused.await.unwrap_err().to_string().contains("[[stages]]"));
});
