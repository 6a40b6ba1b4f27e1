//! A Book pulled from the server answers every question as the server does, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Options};
use backend::{Backend, clients, sync, today as screen, visits};
use common::build::{a_client, a_plan, a_visit, id, meta, offline, push};
use common::{a_rep, both_engines, today};
use domain::book::Book;
use domain::changes::Change;
use domain::clients::{ClientQuery, Sort, Stage};
use domain::ids::DeviceId;
use domain::lights::Light;
use domain::pack;
use domain::people::Caller;
use domain::visits::requests::Report;
use domain::visits::{CheckIn, VisitQuery, VisitStatus};
use domain::{Day, Instant};

/// Pulls a Book in small pages and opens it.
async fn a_book(backend: &Backend, rep: &Caller) -> Book {
    let (mut pages, mut cursor) = (Vec::new(), None);
    loop {
        let page = sync::pull(backend, rep, DeviceId(id()), cursor.as_deref(), 17).await.unwrap();
        pages.push(pack::encode_page(&page));
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    Book::open(pages.iter().map(Vec::as_slice)).unwrap().unwrap()
}

/// Clients of every light, stage and spelling with visits of every status, planned, promised, running; some archived.
async fn a_busy_rep(backend: &Backend) -> Caller {
    let rep = a_rep(backend, "Joyce").await;
    let day = today(backend).await;
    // more are due than Today shows
    for i in 0..110 {
        let name = format!("{} {}", ["Äcme", "acme", "Łódź Farm", "Zebra & Co", "Mutua"][i % 5], i % 7);
        let stage = if i % 3 == 0 { Stage::Prospect } else { Stage::Client };
        let fill = |f: &mut domain::clients::ClientPatch| {
            f.town = Some(["Thika", "Ruiru", "Kisumu"][i % 3].into());
            f.segment = (i % 2 == 0).then(|| "Farm".into());
            f.tags = Some(vec![["vip", "new"][i % 2].into(), format!("t{}", i % 4)]);
            f.tier = Some(["A", "B", "C"][i % 3].into());
        };
        let client = a_client().named(&name).towards(stage).with(fill).add(backend, &rep).await;
        for visit in 0..(i % 4) {
            let ago = i32::try_from(i * 3 + visit * 11).unwrap();
            a_visit().on(day.plus(-ago)).of_kind(["sales", "delivery"][visit % 2]).to(&client).add(backend, &rep).await;
        }
        if i % 5 == 1 {
            let at = Instant(backend.now().0 + i64::try_from(i % 3).unwrap() * 86_400_000);
            visits::plan(backend, &rep, a_plan(&client, at), meta(backend)).await.unwrap();
        }
        if i % 9 == 2 {
            promise_and_run(backend, &rep, &client, day.plus(i32::try_from(i % 4).unwrap())).await;
        }
        if i % 11 == 4 {
            clients::archive(backend, &rep, client.id, meta(backend)).await.unwrap();
        }
    }
    rep
}

async fn promise_and_run(backend: &Backend, rep: &Caller, client: &domain::clients::Client, on: Day) {
    let mut ask = a_visit().to(client).ask(backend).await;
    ask.report = Report { next_step: "Call back".into(), next_step_on: Some(on), ..ask.report };
    visits::record(backend, rep, ask, meta(backend)).await.unwrap();
    let running = CheckIn {
        id: domain::ids::VisitId(id()),
        client_id: client.id,
        kind: String::new(),
        at: backend.now(),
        fix: None,
        reason: String::new(),
    };
    visits::check_in(backend, rep, running, meta(backend)).await.unwrap();
}

fn client_questions() -> Vec<ClientQuery> {
    let base = ClientQuery::default;
    let mut all = vec![
        ClientQuery { sort: Sort::Name, ..base() },
        ClientQuery { archived: true, ..base() },
        ClientQuery { segment: Some("Farm".into()), tag: Some("vip".into()), ..base() },
        ClientQuery { town: Some("Thika".into()), sort: Sort::Name, ..base() },
        ClientQuery { offset: 5, limit: 7, ..base() },
        ClientQuery { offset: 500, ..base() },
    ];
    all.extend(["acme", "ÄCM thi", "lodz", "zebra co 3", "nothing"].map(|text| ClientQuery { text: text.into(), ..base() }));
    all.extend(Light::ALL.map(|light| ClientQuery { light: Some(light), ..base() }));
    all.extend([Stage::Client, Stage::Prospect].map(|stage| ClientQuery { stage: Some(stage), ..base() }));
    all
}

async fn same_answers(backend: &Backend, rep: &Caller, book: &Book) {
    let day = today(backend).await;
    for query in client_questions() {
        assert_eq!(book.clients(&query, day), clients::list(backend, rep, &query).await.unwrap(), "{query:?}");
    }
    for stage in [None, Some(Stage::Client), Some(Stage::Prospect)] {
        assert_eq!(book.facets(stage), clients::facets(backend, rep, stage).await.unwrap());
    }
    let base = VisitQuery::default;
    for query in [
        base(),
        VisitQuery { ascending: true, offset: 3, limit: 9, ..base() },
        VisitQuery { from: Some(day.plus(-30)), to: Some(day), rep: rep.rep, ..base() },
        VisitQuery { status: Some(VisitStatus::Planned), ..base() },
    ] {
        assert_eq!(book.visits(&query), visits::list(backend, rep, &query).await.unwrap(), "{query:?}");
    }
    assert_eq!(book.today(day), screen::overview(backend, rep).await.unwrap());
    let everybody = ClientQuery { limit: 500, ..ClientQuery::default() };
    for item in clients::list(backend, rep, &everybody).await.unwrap().items {
        assert_eq!(book.card(item.id).unwrap(), clients::card(backend, rep, item.id).await.unwrap());
        assert_eq!(book.duplicates(&item.name, None), clients::duplicates(backend, rep, &item.name, None).await.unwrap());
    }
}

both_engines!(the_book_and_the_server_give_the_same_answers, |backend| {
    let rep = a_busy_rep(&backend).await;
    same_answers(&backend, &rep, &a_book(&backend, &rep).await).await;
});

both_engines!(what_was_laid_over_the_book_is_what_the_server_makes_of_it, |backend| {
    let rep = a_busy_rep(&backend).await;
    let mut book = a_book(&backend, &rep).await;
    let day = today(&backend).await;
    let items = clients::list(&backend, &rep, &ClientQuery::default()).await.unwrap().items;
    let mut changes = Vec::new();
    for item in items.iter().take(6) {
        let client = clients::find(&backend, &rep, item.id).await.unwrap();
        changes.push(Change::RecordVisit(a_visit().to(&client).ask(&backend).await));
        changes.push(Change::PlanVisit(a_plan(&client, Instant(backend.now().0 + 3_600_000))));
    }
    let entries = offline(backend.now(), changes.clone());
    for (change, entry) in changes.iter().zip(&entries) {
        book.apply(change, entry.made_at).unwrap();
    }
    let mut sent = push(&backend, &rep, &entries);
    sent.sent_at = backend.now();
    sync::push(&backend, &rep, id(), sent).await.unwrap();
    let query = ClientQuery { limit: 500, ..ClientQuery::default() };
    assert_eq!(book.clients(&query, day), clients::list(&backend, &rep, &query).await.unwrap());
    same_answers(&backend, &rep, &a_book(&backend, &rep).await).await;
});

/// Brings lines in: client, days ago, product, net.
async fn sold(backend: &Backend, lines: &[(&str, &str, i32, &str, &str)]) -> domain::ids::ImportId {
    let today = today(backend).await;
    let row = |(document, customer, ago, product, net): &(&str, &str, i32, &str, &str)| {
        format!("{},Joyce,{customer},{product},{net},{document}\n", today.plus(-ago))
    };
    let rows: String = lines.iter().map(row).collect();
    let text = format!("date,salesperson,customer,product,gross_revenue,document_no\n{rows}");
    let report = import::run(backend, Kind::Sales, Input::bytes("s.csv", text.into_bytes()), None, Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
    report.id.unwrap()
}

both_engines!(what_clients_bought_is_in_the_book_as_the_server_has_it_and_follows_every_change, |backend, admin| {
    let rep = a_rep(&backend, "Joyce").await;
    let mut cards = Vec::new();
    for name in ["Alpha", "Beta", "Gamma"] {
        cards.push(a_client().named(name).add(&backend, &rep).await.id);
    }
    sold(
        &backend,
        &[("1", "Alpha", 3, "P1", "10"), ("2", "Alpha", 300, "P2", "4.50"), ("3", "Beta", 5, "P1", "7"), ("4", "Beta", 900, "P1", "7")],
    )
    .await;
    let (mut book, mut cursor) = (a_book(&backend, &rep).await, None::<String>);
    cursor.replace(book.cursor().to_owned());
    let day = today(&backend).await;
    for id in &cards {
        assert_eq!(book.card(*id).unwrap(), clients::card(&backend, &rep, *id).await.unwrap());
    }
    let bought = |book: &Book, at: usize| book.card(cards[at]).unwrap().bought.days.iter().map(|(_, net)| *net).collect::<Vec<_>>();
    assert_eq!((bought(&book, 0), bought(&book, 1), bought(&book, 2)), (vec![450, 1_000], vec![700], vec![]));
    assert!(clients::card(&backend, &rep, cards[0]).await.unwrap().bought.analysis(day, 1).is_some());
    let second = sold(&backend, &[("5", "Gamma", 2, "P3", "9"), ("3", "Beta", 5, "P1", "8")]).await;
    let page = sync::pull(&backend, &rep, DeviceId(id()), cursor.as_deref(), 500).await.unwrap();
    let mut told: Vec<_> = page.bought.iter().map(|(id, _)| *id).collect();
    told.sort();
    assert_eq!(told, [cards[1], cards[2]], "only those whose days changed");
    book.absorb(&pack::encode_page(&page)).unwrap();
    assert_eq!((bought(&book, 0), bought(&book, 1), bought(&book, 2)), (vec![450, 1_000], vec![800], vec![900]));
    import::withdraw(&backend, &admin, second).await.unwrap();
    let page = sync::pull(&backend, &rep, DeviceId(id()), Some(book.cursor()), 500).await.unwrap();
    book.absorb(&pack::encode_page(&page)).unwrap();
    assert_eq!((bought(&book, 1), bought(&book, 2)), (vec![700], vec![]));
    for id in &cards {
        assert_eq!(book.card(*id).unwrap(), clients::card(&backend, &rep, *id).await.unwrap());
    }
    let packed = book.repack();
    assert_eq!(bought(&Book::open([packed.as_slice()]).unwrap().unwrap(), 0), vec![450, 1_000]);
    let other = a_rep(&backend, "Otieno").await;
    clients::reassign(&backend, &admin, &cards[..1], other.rep.unwrap(), meta(&backend)).await.unwrap();
    let page = sync::pull(&backend, &rep, DeviceId(id()), Some(book.cursor()), 500).await.unwrap();
    book.absorb(&pack::encode_page(&page)).unwrap();
    assert!(book.card(cards[0]).is_none());
    let theirs = a_book(&backend, &other).await;
    assert!(theirs.card(cards[0]).unwrap().bought.days.is_empty(), "sales of another rep are not theirs to see");
});
