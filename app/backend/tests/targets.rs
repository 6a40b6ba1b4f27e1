//! Targets on both engines: budgets and sales become the same figures on the server and in the Book, for a rep and for a team.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Mapping, Options};
use backend::targets::{self, Budget};
use backend::{Backend, Error, company, sync, today};
use common::both_engines;
use domain::book::Book;
use domain::ids::DeviceId;
use domain::pack::encode_page;
use domain::people::{Caller, Role};
use domain::targets::{Target, Workdays, figures};
use domain::{Day, Instant};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

async fn sold(backend: &Backend, rows: &str) {
    let mapping = "source = \"till\"\n[fields]\ndate = \"day\"\ndocumentNo = \"no\"\nsalesperson = \"rep\"\namount = \"amount\"\n";
    let input = Input::bytes("s.csv", format!("no,day,rep,amount\n{rows}").into_bytes());
    let report = import::run(backend, Kind::Sales, input, Some(Mapping::parse(mapping).unwrap()), Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
}

fn budget(rep: &Caller, month: &str, minor: i64) -> Budget {
    Budget { rep: rep.rep.unwrap(), month: day(month), minor: Some(minor) }
}

async fn book(backend: &Backend, rep: &Caller, cursor: Option<&str>) -> domain::sync::PullPage {
    sync::pull(backend, rep, DeviceId(common::build::id()), cursor, 10_000).await.unwrap()
}

both_engines!(a_rep_and_a_team_see_where_the_day_stands, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep_of(&backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(&backend, "Daniel", "Nakuru").await;
    assert_eq!(today::overview(&backend, &grace).await.unwrap().figures, None, "neither sales nor budgets: no figures");
    sold(&backend, "1,2026-11-02,Grace,900\n2,2026-11-03,Daniel,500\n3,2026-10-05,Grace,-100\n4,2025-11-20,Grace,70\n5,2026-11-03,,40\n").await;
    let budgets = vec![budget(&grace, "2026-11-01", 210_000), budget(&daniel, "2026-11-01", 40_000), budget(&grace, "2026-10-01", 200_000)];
    targets::set_budgets(&backend, &admin, budgets).await.unwrap();

    let own = today::overview(&backend, &grace).await.unwrap().figures.unwrap();
    assert_eq!(own.target, Target::Due(17_143), "1,200 over the seven working days from the 20th");
    assert_eq!((own.month.net, own.month.budget, own.today), (90_000, Some(210_000), None));
    assert_eq!((own.year.net, own.year.last_year, own.data_to), (80_000, Some(7_000), Some(day("2026-11-03"))));

    let team = today::overview(&backend, &admin).await.unwrap().figures.unwrap();
    assert_eq!(team.target, Target::Due(17_143), "Daniel’s budget is reached, and does not lower Grace’s target");
    assert_eq!((team.month.net, team.month.budget), (144_000, Some(250_000)), "sales of no rep are the team’s");

    let nakuru = company_branch(&backend, "Nakuru").await;
    let manager = Caller { branch: Some(nakuru), ..common::a_caller(Role::Manager) };
    let branch = targets::facts(&backend, &manager).await.unwrap();
    assert_eq!(figures(&branch, day("2026-11-20")).month.budget, Some(40_000));
    let stranger = Caller { rep: None, ..common::a_caller(Role::SalesRep) };
    assert!(!targets::facts(&backend, &stranger).await.unwrap().any(), "a rep who is none sees nobody’s sales");
});

async fn company_branch(backend: &Backend, name: &str) -> domain::ids::BranchId {
    backend.company().await.unwrap().branches.iter().find(|b| b.name == name).unwrap().id
}

both_engines!(the_book_has_the_same_figures_and_hears_of_changes_only, as_of "2026-11-20", |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    sold(&backend, "1,2026-11-02,Grace,900\n2,2025-11-03,Grace,500\n").await;
    targets::set_budgets(&backend, &admin, vec![budget(&grace, "2026-11-01", 210_000)]).await.unwrap();
    let first = book(&backend, &grace, None).await;
    let mut own = Book::open([encode_page(&first).as_slice()]).unwrap().unwrap();
    let same = |own: &Book, server: domain::today::Today| assert_eq!(own.today(day("2026-11-20")).figures, server.figures);
    same(&own, today::overview(&backend, &grace).await.unwrap());

    let quiet = book(&backend, &grace, Some(&first.cursor)).await;
    assert!(quiet.facts.is_none());
    let settings = company::settings(&backend).await.unwrap();
    let workdays = Workdays { weights: [100, 100, 100, 100, 100, 50, 0], ..Workdays::default() };
    company::configure(&backend, company::Settings { workdays, ..settings }).await.unwrap();
    sold(&backend, "3,2026-11-19,Grace,100\n").await;
    let news = book(&backend, &grace, Some(&quiet.cursor)).await;
    assert!(news.facts.is_some() && !news.fresh);
    own.absorb(&encode_page(&news)).unwrap();
    same(&own, today::overview(&backend, &grace).await.unwrap());
    assert_eq!(own.today(day("2026-11-20")).figures.unwrap().month.net, 100_000);
    let again = Book::open([own.repack().as_slice()]).unwrap().unwrap();
    assert_eq!(again.facts(), own.facts());
    assert!(Instant(0) < own.facts().unwrap().refreshed_at.unwrap());
});

both_engines!(budgets_are_set_by_those_who_may_whole_or_not_at_all, |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    let good = budget(&grace, "2026-11-01", 100);
    assert!(matches!(targets::set_budgets(&backend, &grace, vec![good]).await, Err(Error::Forbidden)));
    let bad = [
        Budget { month: day("2026-11-02"), ..good },
        Budget { minor: Some(-1), ..good },
        Budget { rep: common::build::id().into(), ..good },
    ];
    for bad in bad {
        let refused = targets::set_budgets(&backend, &admin, vec![good, bad]).await.unwrap_err();
        assert!(matches!(refused, Error::Rejected(_)), "{refused}");
    }
    let (from, to) = (day("2026-01-01"), day("2026-12-31"));
    assert!(targets::budgets(&backend, &admin, from, to).await.unwrap().is_empty());
    targets::set_budgets(&backend, &admin, vec![good, Budget { month: day("2026-12-01"), ..good }]).await.unwrap();
    targets::set_budgets(&backend, &admin, vec![Budget { minor: None, ..good }]).await.unwrap();
    assert_eq!(targets::budgets(&backend, &admin, from, to).await.unwrap(), [Budget { month: day("2026-12-01"), ..good }]);
});
