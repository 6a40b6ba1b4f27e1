//! Contacts, products, reps and budgets brought in on both engines: every row accounted for, the same file again changes nothing.

use crate::common::{self, both_engines};
use crate::fixtures::*;
use backend::import::{self, Input, Kind, Mapping, Options};
use backend::targets;
use domain::people::Role;

/// Reasons by line and column.
fn why(report: &backend::import::Report) -> Vec<(u64, String, String)> {
    report.tally.rejects.iter().map(|r| (r.line, r.column.clone(), r.value.clone())).collect()
}

fn said(line: u64, column: &str, value: &str) -> (u64, String, String) {
    (line, column.into(), value.into())
}

both_engines!(products_are_known_by_their_code_and_changed_by_what_a_file_says, |backend| {
    let file = "Code,Name,Category,Brand,Price\nA-1,Hammer,Tools,Basic,\"1,200.50\"\nB 2,,,,\n,Nameless,,,1\nc3,Saw,Tools,,(5)\nd4,Nail,Tools,,0.005\na-1 ,Hammer,,,7\n,,,,3\n";
    let mapping = "[fields]\ncode = 'Code'\nname = 'Name'\nitemGroup = 'Category'\nproductLine = 'Brand'\nlistPrice = { column = 'Price', number = { group = ',' } }\n";
    let report = bring(&backend, Kind::Products, file, mapping).await;
    assert_eq!(counts(&report), (7, 4, 0, 0, 2, 1));
    assert_eq!(why(&report), [said(5, "Price", "(5)"), said(8, "Code", "")]);
    assert_eq!((report.tally.repeats[0].line, report.tally.repeats[0].first_line), (7, 2));
    let rounded = report.tally.warnings.iter().find(|w| w.code == "rounded").unwrap();
    assert_eq!((rounded.rows, &rounded.lines[..]), (1, &[6][..]));
    let prices = common::rows(&backend, "select list_price from products where list_price is not null order by list_price").await;
    assert_eq!(prices, [1, 100, 120_050], "half a cent is rounded away from zero");
    let again = bring(&backend, Kind::Products, file, mapping).await;
    assert_eq!((counts(&again), again.id), ((7, 0, 0, 4, 2, 1), None));
    let dearer = bring(&backend, Kind::Products, "sku,price\nA-1,1300\nb 2,\nE5,9\n", "").await;
    assert_eq!(counts(&dearer), (3, 1, 1, 1, 0, 0));
    assert_eq!(common::rows(&backend, "select count(*) from products where name = 'Hammer' and list_price = 130000").await, [1]);
    let dollars = bring(&backend, Kind::Products, "code,price,currency\nF6,1,USD\n", "").await;
    assert_eq!(why(&dollars), [said(2, "currency", "USD")]);
});

both_engines!(reps_are_known_by_their_name_and_move_to_the_branch_a_file_says, |backend| {
    let file = "Sales agent,Regional office\nWanjiru K.,Central\nOTIENO,West\n,West\notieno,Central\nAkinyi,\n";
    let report = bring(&backend, Kind::Reps, file, "").await;
    assert_eq!(counts(&report), (5, 3, 0, 0, 1, 1));
    let branch = async |name: &str| {
        let company = backend.company().await.unwrap();
        let rep = company.reps.iter().find(|rep| rep.name == name).unwrap().clone();
        rep.branch.and_then(|id| company.branch_name(id).map(str::to_owned))
    };
    assert_eq!(
        (branch("Wanjiru K.").await.as_deref(), branch("OTIENO").await.as_deref(), branch("Akinyi").await),
        (Some("Central"), Some("West"), None)
    );
    assert_eq!(counts(&bring(&backend, Kind::Reps, file, "").await), (5, 0, 0, 3, 1, 1));
    let names_alone = bring(&backend, Kind::Reps, "name\nwanjiru k\nOtieno\n", "").await;
    assert_eq!(counts(&names_alone), (2, 0, 0, 2, 0, 0), "a file without branches says nothing about them");
    let moved = bring(&backend, Kind::Reps, "name,branch\nOtieno,central\nAkinyi,North\n", "").await;
    assert_eq!(counts(&moved), (2, 0, 2, 0, 0, 0));
    assert_eq!((branch("OTIENO").await.as_deref(), branch("Akinyi").await.as_deref()), (Some("Central"), Some("North")));
    assert_eq!(common::rows(&backend, "select count(*) from branches").await, [3]);
});

both_engines!(budgets_are_of_a_rep_and_a_month_however_the_month_is_written, |backend, admin| {
    common::a_rep(&backend, "Grace").await;
    let file = "Rep,Month,Budget\nGrace,2015-07,\"KES 1.234,56\"\ngrace,08/2015,100\nGrace,2015-09-17,0\nGRACE,2015-07-31,\"KES 1.234,56\"\nNobody,2015-07,5\nGrace,July,5\nGrace,2015-10,\nGrace,2015-11,-1\n";
    let mapping =
        "[fields]\nrep = 'Rep'\nmonth = 'Month'\namount = { column = 'Budget', number = { decimal = ',', group = '.', unit = 'KES' } }\n";
    let report = bring(&backend, Kind::Budgets, file, mapping).await;
    assert_eq!(counts(&report), (8, 3, 0, 0, 4, 1));
    assert_eq!(why(&report), [said(6, "Rep", "Nobody"), said(7, "Month", "July"), said(8, "Budget", ""), said(9, "Budget", "-1")]);
    assert!(report.tally.rejects[0].reason.contains("create = true"), "{}", report.tally.rejects[0].reason);
    let set = async || {
        let found = targets::budgets(&backend, &admin, day("2015-01-01"), day("2015-12-31")).await.unwrap();
        found.iter().map(|b| (b.month.to_string(), b.minor.unwrap())).collect::<Vec<_>>()
    };
    let months = [("2015-07-01", 123_456), ("2015-08-01", 10_000), ("2015-09-01", 0)].map(|(m, a)| (m.to_owned(), a));
    assert_eq!(set().await, months);
    assert_eq!(counts(&bring(&backend, Kind::Budgets, file, mapping).await), (8, 0, 0, 3, 4, 1));
    let changed = bring(&backend, Kind::Budgets, "rep,month,amount\nGrace,2015-08,250\nNobody,2015-07,5\n", &mapping_that_creates()).await;
    assert_eq!(counts(&changed), (2, 1, 1, 0, 0, 0));
    assert_eq!(changed.reps_added, ["Nobody"]);
    assert_eq!(set().await.len(), 4);
});

both_engines!(of_two_amounts_for_one_month_neither_is_taken, |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    let file = "rep,month,amount\nGrace,2015-07,100\nGrace,2015-08,100\ngrace,2015-07-31,200\nNew,2015-07,1\nNew,2015-07,2\nGrace,2015-07,100\n\
        Other,2015-07,3\nOther,2015-07,3\n";
    let report = bring(&backend, Kind::Budgets, file, &mapping_that_creates()).await;
    assert_eq!(counts(&report), (8, 2, 0, 0, 5, 1));
    let said = |line, value: &str, reason: &str| (line, "amount".to_owned(), value.to_owned(), reason.to_owned());
    let why: Vec<_> =
        report.tally.rejects.iter().map(|r| (r.line, r.column.clone(), r.value.clone(), r.reason[..7].trim().to_owned())).collect();
    let want =
        [said(2, "100", "Line 4"), said(4, "200", "Line 2"), said(5, "1", "Line 6"), said(6, "2", "Line 5"), said(7, "100", "Line 2")];
    assert_eq!(why, want);
    assert_eq!(report.tally.rejects[0].reason, "Line 4 says another amount for this rep and month: keep the one that is right.");
    assert_eq!(report.reps_added, ["Other"], "nobody comes with rows that are all refused");
    let found = targets::budgets(&backend, &admin, day("2015-01-01"), day("2015-12-31")).await.unwrap();
    assert_eq!(found.iter().filter(|b| Some(b.rep) == grace.rep).map(|b| b.month.to_string()).collect::<Vec<_>>(), ["2015-08-01"]);
});

fn mapping_that_creates() -> String {
    "create = true\n[fields]\nrep = 'rep'\nmonth = 'month'\namount = 'amount'\n".to_owned()
}

both_engines!(contacts_belong_to_the_client_a_file_names, |backend, admin| {
    bring(&backend, Kind::Clients, dirty_clients(), CLIENTS).await;
    let file = "customer id,contact,title,phone,email\n10,Ana Trujillo,Owner,(5) 555-4729,ana@x.example\n10,Ana Trujillo,Owner,(5) 555-4729,ana@x.example\n17,Nina,,,\n99,Lost,,,\n17,,Buyer,,\n17,Bad,,,nowhere\n";
    let mapping =
        "source = 'elsewhere'\n[fields]\nclient = 'customer id'\nname = 'contact'\nposition = 'title'\nphone = 'phone'\nemail = 'email'\n";
    let report = bring(&backend, Kind::Contacts, file, mapping).await;
    assert_eq!(counts(&report), (6, 2, 0, 0, 3, 1));
    assert_eq!(why(&report), [said(5, "customer id", "99"), said(6, "contact", ""), said(7, "email", "nowhere")]);
    assert_eq!(counts(&bring(&backend, Kind::Contacts, file, mapping).await), (6, 0, 0, 2, 3, 1));
    let henry = common::a_rep(&backend, "Henry Okafor").await;
    let cafe = all(&backend, &henry).await.into_iter().find(|c| c.name == "Laguna Café").unwrap();
    let people = backend::contacts::of_client(&backend, &henry, cafe.id).await.unwrap();
    assert_eq!((people.len(), people[0].position.as_deref()), (1, Some("Owner")));
    let changed = bring(&backend, Kind::Contacts, file.replace("Owner", "Director"), mapping).await;
    assert_eq!(counts(&changed), (6, 0, 1, 1, 3, 1));
    let by_name = bring(&backend, Kind::Contacts, "Company,City,Full name,E-mail\nlaguna cafe,San Francisco,Zoë,z@x.example\n", "").await;
    assert_eq!(counts(&by_name), (1, 1, 0, 0, 0, 0));
    assert_eq!(backend::contacts::of_client(&backend, &admin, cafe.id).await.unwrap().len(), 2);
});

both_engines!(a_dry_run_of_any_kind_counts_the_same_and_writes_nothing, |backend| {
    common::a_rep(&backend, "Grace").await;
    for (kind, file) in [
        (Kind::Products, "code,price\nA,1\n"),
        (Kind::Reps, "name,branch\nGrace,West\nOtieno,West\n"),
        (Kind::Budgets, "rep,month,amount\nGrace,2015-07,5\n"),
    ] {
        let options = Options { dry_run: true, ..Options::default() };
        let dry = import::run(&backend, kind, csv(file), None, options).await.unwrap();
        assert!(dry.id.is_none());
        for (table, before) in
            [("select count(*) from products", 0), ("select count(*) from branches", 0), ("select count(*) from budgets", 0)]
        {
            assert_eq!(common::rows(&backend, table).await, [before], "{kind:?}");
        }
        assert!(dry.tally.accepted() > 0);
    }
    let real = bring(&backend, Kind::Reps, "name,branch\nGrace,West\nOtieno,West\n", "").await;
    assert_eq!(counts(&real), (2, 1, 1, 0, 0, 0));
});

both_engines!(what_a_file_of_any_kind_lacks_is_said_and_only_who_may_brings_it_in, |backend| {
    for (kind, part) in [
        (Kind::Contacts, "client's id or name"),
        (Kind::Products, "code of the product"),
        (Kind::Reps, "name of the rep"),
        (Kind::Budgets, "month"),
    ] {
        let refused = import::run(&backend, kind, csv("x,y\n1,2\n"), None, Options::default()).await.unwrap_err().to_string();
        assert!(refused.contains(part) && refused.contains("The columns are: x, y."), "{refused}");
        let by = Some(common::a_caller(Role::SalesRep));
        let forbidden =
            import::run(&backend, kind, Input::bytes("f.csv", b"name\nx\n".as_slice()), None, Options { by, ..Options::default() });
        assert!(matches!(forbidden.await, Err(backend::Error::Forbidden)));
    }
    let keyed = Mapping::parse("key = ['x']\n[fields]\ncode = 'x'\n").unwrap();
    let refused = import::run(&backend, Kind::Products, csv("x\n1\n"), Some(keyed), Options::default()).await.unwrap_err();
    assert!(refused.to_string().contains("known by their code: leave key out"), "{refused}");
});

both_engines!(however_little_memory_there_is_rows_are_known_again_and_repeats_are_seen, |backend| {
    let brought = async |kind: Kind, text: String, mapping: &str| {
        let mapping = (!mapping.is_empty()).then(|| Mapping::parse(mapping).unwrap());
        import::run(&backend, kind, csv(text), mapping, Options { memory: 1, ..Options::default() }).await.unwrap()
    };
    let clients = |phone: &str| {
        let rows: String = (0..600).map(|i| format!("{i},Kiosk {i},Nakuru,20100,,,{phone},,\n")).collect();
        format!("id,name,city,zip,lat,lon,phone,tier,tags\n{rows}599,Kiosk 599,Nakuru,20100,,,{phone},,\n")
    };
    assert_eq!(counts(&brought(Kind::Clients, clients("0722100318"), CLIENTS).await), (601, 600, 0, 0, 0, 1));
    let again = brought(Kind::Clients, clients("0722100318"), CLIENTS).await;
    assert_eq!((counts(&again), again.tally.repeats[0].first_line, again.tally.repeats[0].identical), ((601, 0, 0, 600, 0, 1), 601, true));
    assert_eq!(counts(&brought(Kind::Clients, clients("0722100319"), CLIENTS).await), (601, 0, 600, 0, 0, 1));
    let products = |price: u32| format!("code,price\n{}", (0..600).map(|i| format!("I{i},{price}\n")).collect::<String>());
    assert_eq!(counts(&brought(Kind::Products, products(5), "").await), (600, 600, 0, 0, 0, 0));
    assert_eq!(counts(&brought(Kind::Products, products(5), "").await), (600, 0, 0, 600, 0, 0));
    assert_eq!(counts(&brought(Kind::Products, products(6), "").await), (600, 0, 600, 0, 0, 0));
    let visits =
        |type_: &str| format!("id,score,date,type\n{}", (0..600).map(|i| format!("{},,20150601,{type_}\n", i % 300)).collect::<String>());
    assert_eq!(counts(&brought(Kind::Visits, visits("Routine"), VISITS).await), (600, 300, 0, 0, 0, 300));
    assert_eq!(counts(&brought(Kind::Visits, visits("Routine"), VISITS).await), (600, 0, 0, 300, 0, 300));
});
