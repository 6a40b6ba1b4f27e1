//! Imports on both engines: every row accounted for, the same file again changes nothing, lights follow, and what does not add up is not written.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;
#[path = "import/excerpts.rs"]
mod excerpts;
#[path = "import/fixtures.rs"]
mod fixtures;
#[path = "import/heirs.rs"]
mod heirs;
#[path = "import/joined.rs"]
mod joined;
#[path = "import/kinds.rs"]
mod kinds;
#[path = "import/snapshot.rs"]
mod snapshot;
#[path = "import/withdraw.rs"]
mod withdraw;
#[path = "import/written.rs"]
mod written;

use backend::import::{self, Input, Kind, Mapping, Options};
use backend::{Error, clients};
use common::both_engines;
use domain::clients::{ClientItem, ClientPatch, ClientQuery, Stage};
use domain::people::Role;
use fixtures::*;

both_engines!(every_row_is_new_rejected_or_a_duplicate_and_the_report_says_which_and_why, |backend| {
    let report = bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    assert_eq!(counts(&report), (9, 4, 0, 0, 3, 2));
    assert_eq!(report.encoding, "windows-1252");
    let said: Vec<_> = report.tally.rejects.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(said, [(7, "tier", "Z"), (7, "phone", "call me"), (8, "", "32 | Short"), (9, "id", "")]);
    assert!(report.tally.rejects[1].reason.contains("4 to 20 digits"));
    let repeats: Vec<_> = report.tally.repeats.iter().map(|r| (r.line, r.first_line, r.identical)).collect();
    assert_eq!(repeats, [(5, 2, true), (6, 3, false)]);
    let places = report.tally.warnings.iter().find(|w| w.code == "no_position").unwrap();
    assert!(places.message.contains("4 empty, 1 zero, 1 out of range"), "{}", places.message);
    assert_eq!(report.reps_added, ["Henry Okafor", "Rosa Delgado"]);
});

both_engines!(clients_arrive_clean_and_each_rep_sees_their_own, |backend, admin| {
    bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    let names = |items: &[ClientItem]| items.iter().map(|i| i.name.clone()).collect::<Vec<_>>();
    let items = all(&backend, &admin).await;
    assert_eq!(names(&items), ["GEORGE'S SHOP", "Kiên Thanh", "Laguna Café", "No name (19)"]);
    assert_eq!(items[2].town.as_deref(), Some("San Francisco"));
    assert_eq!(items[2].tier.as_deref(), Some("A"));
    assert_eq!((items[0].position, items[1].position, items[2].position.is_some()), (None, None, true));
    let henry = common::a_rep(&backend, "Henry Okafor").await;
    assert_eq!(names(&all(&backend, &henry).await), ["Kiên Thanh", "Laguna Café"]);
    let tagged = ClientQuery { tag: Some("vip".into()), ..ClientQuery::default() };
    assert_eq!(clients::list(&backend, &henry, &tagged).await.unwrap().items.len(), 1);
});

both_engines!(the_same_file_again_changes_nothing_not_even_what_was_edited_here_since, |backend, admin| {
    let first = bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    assert!(!first.seen_before);
    let cafe = all(&backend, &admin).await[2].id;
    let patch = ClientPatch { phone: Some("+254 722 100 318".into()), ..ClientPatch::default() };
    let meta = backend::Meta::live(backend.now());
    clients::edit(&backend, &admin, cafe, patch, meta).await.unwrap();
    let again = bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    assert_eq!(counts(&again), (9, 0, 0, 4, 3, 2));
    assert!(again.seen_before && again.id.is_none());
    let heads = [&first, &again].map(|report| report.to_string().lines().next().unwrap_or_default().to_owned());
    assert!(heads[0].ends_with(": 4 new") && heads[1].ends_with(": 4 unchanged"), "{heads:?}");
    assert!(again.to_string().contains("Rejected: line 8, “32 | Short”"), "{again}");
    let card = clients::find(&backend, &admin, cafe).await.unwrap();
    assert_eq!(card.phone.as_deref(), Some("+254 722 100 318"));
});

both_engines!(a_row_that_says_something_new_changes_that_record_alone, |backend, admin| {
    let file = |town: &str, tags: &str| {
        format!("id,name,city,zip,lat,lon,phone,tier,tags\n1,Mutua,{town},94103,,,,,{tags}\n2,Baraka,SF,94103,,,,,\n")
    };
    bring(&backend, Kind::Clients, file("Thika", "a;b"), CLIENTS).await;
    let before = all(&backend, &admin).await;
    let report = bring(&backend, Kind::Clients, file("Ruiru", "b;c"), CLIENTS).await;
    assert_eq!(counts(&report), (2, 0, 1, 1, 0, 0));
    let after = all(&backend, &admin).await;
    assert_eq!((after[1].id, after[1].town.as_deref()), (before[1].id, Some("Ruiru")));
    assert_eq!(after[0], before[0]);
    for (tag, found) in [("a", 0), ("b", 1), ("c", 1)] {
        let query = ClientQuery { tag: Some(tag.into()), ..ClientQuery::default() };
        assert_eq!(clients::list(&backend, &admin, &query).await.unwrap().items.len(), found, "{tag}");
    }
});

both_engines!(lights_follow_from_the_visits_that_were_brought_in, as_of "2015-07-17", |backend, admin| {
    bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    let report = bring(&backend, Kind::Visits, DIRTY_VISITS, VISITS).await;
    assert_eq!(counts(&report), (10, 5, 0, 0, 4, 1));
    let said: Vec<_> = report.tally.rejects.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(said, [(8, "id", "99"), (9, "date", "20150230"), (10, "date", "20151230"), (11, "date", "")]);
    assert_eq!((report.tally.repeats[0].line, report.tally.repeats[0].first_line), (3, 2));
    let items = all(&backend, &admin).await;
    let windows: Vec<_> = items.iter().map(|i| (i.last_visit_on, i.amber_from, i.due_on)).collect();
    let (none, some) = ((None, None, None), |last, amber, due| (Some(day(last)), Some(day(amber)), Some(day(due))));
    // No tier: 35 days, amber for the last 7; tier A: 21 and 5. Paper work on 10 July clears nothing.
    let want = [some("2015-04-01", "2015-04-29", "2015-05-06"), none, some("2015-06-01", "2015-06-17", "2015-06-22"), none];
    assert_eq!(windows, want);
    let cafe = clients::card(&backend, &admin, items[2].id).await.unwrap();
    assert_eq!(cafe.history.len(), 3);
});

both_engines!(the_same_visits_again_change_nothing_and_a_changed_one_moves_the_lights, as_of "2015-07-17", |backend, admin| {
    bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    bring(&backend, Kind::Visits, DIRTY_VISITS, VISITS).await;
    let before = all(&backend, &admin).await;
    let again = bring(&backend, Kind::Visits, DIRTY_VISITS, VISITS).await;
    assert_eq!(counts(&again), (10, 0, 0, 5, 4, 1));
    assert_eq!(all(&backend, &admin).await, before);
    let corrected = DIRTY_VISITS.replace("17,,20150401,Complaint", "17,,20150401,Paper work");
    let by_other_key = VISITS.replace("key = [\"id\", \"date\", \"type\"]", "key = [\"id\", \"date\"]");
    let moved = bring(&backend, Kind::Visits, corrected, &by_other_key.replace("\"elsewhere\"", "\"other\"\nclient_source = \"elsewhere\"")).await;
    assert_eq!(moved.tally.new, 5);
    let changed = bring(&backend, Kind::Visits, "id,score,date,type\n17,,20150401,Routine\n", &by_other_key.replace("\"elsewhere\"", "\"other\"\nclient_source = \"elsewhere\"")).await;
    assert_eq!(counts(&changed), (1, 0, 1, 0, 0, 0));
    assert_eq!(all(&backend, &admin).await[0].last_visit_on, Some(day("2015-04-01")));
});

both_engines!(an_import_that_does_not_add_up_in_the_database_writes_nothing, |backend, admin| {
    lose_a_row(&backend).await;
    let mapping = Mapping::parse(CLIENTS).unwrap();
    let refused = import::run(&backend, Kind::Clients, csv(dirty_clients()), Some(mapping), Options::default()).await.unwrap_err();
    assert!(matches!(&refused, Error::Rejected(r) if r.0[0].code == "does_not_add_up"), "{refused}");
    assert!(refused.to_string().contains("4 by the file, 3 in the database"), "{refused}");
    assert_eq!(all(&backend, &admin).await, []);
    assert_eq!(backend.company().await.unwrap().reps, []);
});

both_engines!(a_dry_run_counts_the_same_and_writes_nothing, |backend, admin| {
    let options = Options { dry_run: true, ..Options::default() };
    let mapping = Mapping::parse(CLIENTS).unwrap();
    let report = import::run(&backend, Kind::Clients, csv(dirty_clients()), Some(mapping), options).await.unwrap();
    assert_eq!(counts(&report), (9, 4, 0, 0, 3, 2));
    assert_eq!(report.reps_added, ["Henry Okafor", "Rosa Delgado"]);
    assert_eq!(all(&backend, &admin).await, []);
    assert_eq!(counts(&bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await).1, 4);
});

both_engines!(a_file_without_a_mapping_is_recognised_by_its_headers, |backend, admin| {
    let report = bring(
        &backend,
        Kind::Prospects,
        "Customer Name;Town;E-Mail;Lat;Lng\nBaraka Spares;Thika;info@baraka.example;-1,03;37,07\nBaraka Spares;Thika;;;\n",
        "",
    )
    .await;
    assert_eq!(counts(&report), (2, 1, 0, 0, 0, 1));
    let items = all(&backend, &admin).await;
    assert_eq!((items[0].stage, items[0].position.map(|p| p.lat_e6)), (Stage::Prospect, Some(-1_030_000)));
    let visits =
        bring(&backend, Kind::Visits, "Customer,Visit date,Type\nBARAKA  spares,2015-03-02,Demonstration\nNobody,2015-03-02,\n", "").await;
    assert_eq!(counts(&visits), (2, 1, 0, 0, 1, 0));
    assert_eq!(all(&backend, &admin).await[0].last_visit_on, Some(day("2015-03-02")));
});

both_engines!(a_file_that_cannot_be_used_says_what_to_do, |backend| {
    let says = async |bytes: &[u8], mapping: Option<Mapping>| {
        import::run(&backend, Kind::Clients, csv(bytes), mapping, Options::default()).await.unwrap_err().to_string()
    };
    assert!(says(b"", None).await.contains("The file is empty"));
    assert!(says(b"a,b\n1,2\n", None).await.contains("The columns are: a, b."));
    assert!(says(b"a,b\n1,2\n", Some(Mapping::parse(CLIENTS).unwrap())).await.contains("The file has no column name"));
    let missing = import::run(&backend, Kind::Clients, Input::path("/nowhere/file.csv".into()), None, Options::default()).await;
    assert!(missing.unwrap_err().to_string().contains("/nowhere/file.csv cannot be opened"));
});

both_engines!(only_who_may_import_does, |backend| {
    for (role, refused) in [(Role::Viewer, true), (Role::SalesRep, true), (Role::Manager, false)] {
        let by = Some(common::a_caller(role));
        let done = import::run(&backend, Kind::Clients, csv("name\nMutua\n"), None, Options { by, ..Options::default() }).await;
        assert_eq!(matches!(done, Err(Error::Forbidden)), refused, "{role:?}");
    }
});

both_engines!(rows_that_were_not_taken_in_are_all_in_the_file_of_rejects, |backend| {
    let path = std::env::temp_dir().join(format!("rejects-{}.csv", common::build::id()));
    let rows: String = (0..50).map(|i| format!("{i},\n")).collect();
    let options = Options { rejects: Some(path.clone()), ..Options::default() };
    let report = import::run(&backend, Kind::Clients, csv(format!("id,name\n{rows}7,=cmd\n7,again\n")), None, options).await.unwrap();
    assert_eq!(counts(&report), (52, 1, 0, 0, 50, 1));
    assert_eq!(report.tally.rejects.len(), 20);
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written.lines().count(), 1 + 50 + 1);
    assert!(written.starts_with("line,what,column,value,reason\n2,rejected,name,,Enter a name.\n"), "{written}");
    assert!(written.contains("53,duplicate,,7,"), "{written}");
    std::fs::remove_file(path).unwrap();
});

both_engines!(an_import_is_one_line_of_the_journal_and_its_rows_carry_its_id_and_their_line, |backend| {
    let report = bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    let id = report.id.unwrap().0;
    let events = common::rows(&backend, "select count(*) from events where kind = 'import.run'").await;
    let lines = common::rows(&backend, "select import_line from clients order by import_line").await;
    let imports = common::rows(&backend, "select count(*) from imports").await;
    assert_eq!((events, lines, imports), (vec![1], vec![2, 3, 4, 10], vec![1]), "{id}");
});

#[test]
fn every_mapping_that_is_shipped_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/mappings");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let mapping = Mapping::parse(&std::fs::read_to_string(&path).unwrap());
        assert!(mapping.is_ok_and(|m| m.source.is_some() && m.kind.is_some()), "{}", path.display());
        read += 1;
    }
    assert!(read >= 3);
}

#[test]
fn the_mapping_in_the_readme_reads_what_it_says() {
    let readme = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).unwrap();
    let example = readme.split("```toml").nth(1).unwrap().split("```").next().unwrap();
    let text = "Day;Receipt;Qty;Price;Off\n31/01/2026;1;2;KES 1.000,50;0,5\n31/01/2026;2;1;(12,00);\n";
    let look = import::preview(Kind::Sales, csv(text), Some(Mapping::parse(example).unwrap()), true, import::UNPACKED_MAX).unwrap();
    assert_eq!((look.problems, look.refused, look.looked_at), (Vec::new(), 0, 2), "{:?}", look.rejects);
}
