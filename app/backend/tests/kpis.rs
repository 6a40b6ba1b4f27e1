//! Figures on both engines: the cube equals the lines whatever is brought in and taken back, within everybody's scope.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Options};
use backend::kpis;
use backend::sales::lines::{self, LineQuery};
use backend::{Backend, Error};
use common::both_engines;
use domain::cube::SliceDraft;
use domain::ids::ImportId;
use domain::people::{Caller, Role};

const HEAD: &str = "date,branch,salesperson,customer,product,product_line,units_sold,gross_revenue,returns_value,total_cost,document_no\n";

async fn bring(backend: &Backend, rows: &str) -> ImportId {
    bring_with(backend, rows, Options::default()).await
}

async fn bring_with(backend: &Backend, rows: &str, options: Options) -> ImportId {
    let input = Input::bytes("s.csv", [HEAD, rows].concat().into_bytes());
    let report = import::run(backend, Kind::Sales, input, None, options).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
    report.id.unwrap()
}

fn draft(by: &[&str], metrics: &[&str]) -> SliceDraft {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    SliceDraft { from: "2026-01-01".into(), to: "2026-12-31".into(), group_by: owned(by), metrics: owned(metrics), ..SliceDraft::default() }
}

type Rows = Vec<(Vec<Option<String>>, Vec<Option<i64>>)>;

async fn ask(backend: &Backend, caller: &Caller, draft: SliceDraft) -> Rows {
    // a cube may be a fifth of a second behind
    for _ in 0..2 {
        kpis::slice(backend, caller, draft.clone()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(210)).await;
    }
    let answer = kpis::slice(backend, caller, draft).await.unwrap();
    answer.groups.into_iter().map(|group| (group.keys, group.figures)).collect()
}

/// Once the cube has caught up.
async fn ask_now(backend: &Backend, caller: &Caller, draft: SliceDraft) -> Rows {
    let answer = kpis::slice(backend, caller, draft).await.unwrap();
    answer.groups.into_iter().map(|group| (group.keys, group.figures)).collect()
}

async fn proven(backend: &Backend, admin: &Caller) {
    let proof = kpis::verify(backend, admin).await.unwrap();
    assert!(proof.differs.is_empty() && proof.compared > 0, "{proof:?}");
}

fn one(key: &str, figures: &[i64]) -> (Vec<Option<String>>, Vec<Option<i64>>) {
    (vec![Some(key.to_owned())], figures.iter().map(|n| Some(*n)).collect())
}

both_engines!(what_is_brought_in_replaced_and_taken_back_is_in_the_figures, |backend, admin| {
    let by_line = || draft(&["productLine"], &["netSales", "lines"]);
    assert_eq!(ask(&backend, &admin, by_line()).await, []);
    bring(&backend, "2026-02-03,N,Ann,C1,P1,Water,2,10.00,,7,A1\n2026-02-04,N,Ben,C2,P2,Power,1,20.00,,,A2\n").await;
    assert_eq!(ask(&backend, &admin, by_line()).await, [one("Power", &[2_000, 1]), one("Water", &[1_000, 1])]);
    let second = bring(&backend, "2026-02-04,N,Ben,C2,P2,Power,1,25.00,,,A2\n2026-03-01,M,Ann,C1,P1,Water,,,-4.00,-2,A3\n").await;
    assert_eq!(ask(&backend, &admin, by_line()).await, [one("Power", &[2_500, 1]), one("Water", &[600, 2])]);
    proven(&backend, &admin).await;
    import::withdraw(&backend, &admin, second).await.unwrap();
    assert_eq!(ask(&backend, &admin, by_line()).await, [one("Power", &[2_000, 1]), one("Water", &[1_000, 1])]);
    proven(&backend, &admin).await;
});

both_engines!(transactions_are_documents_of_a_day_and_lines_without_one, |backend, admin| {
    let options = |source: &str| Options {
        replaces: Some(import::Replaces::DocumentsAndDays),
        source: Some(source.to_owned()),
        ..Options::default()
    };
    // A1: three lines of two products on one day, and one on the next; two lines without a number
    let rows = "2026-02-03,N,Ann,C1,P1,Water,2,10.00,,7,A1\n2026-02-03,N,Ann,C1,P2,Power,1,20.00,,,A1\n\
        2026-02-04,N,Ann,C1,P1,Water,1,5.00,,4,A1\n2026-02-03,N,Ben,C2,P1,Water,,,-4.00,-2,A2\n2026-02-03,N,Ann,C1,P2,Power,1,2.00,,1,A1\n\
        2026-02-03,N,Ben,,P1,Water,1,3.00,,,\n2026-02-03,N,Ben,,P2,Power,1,4.00,,,\n";
    bring_with(&backend, rows, options("till")).await;
    let by = |key: &str| draft(&[key], &["transactions"]);
    assert_eq!(ask(&backend, &admin, by("day")).await, [one("2026-02-03", &[4]), one("2026-02-04", &[1])]);
    assert_eq!(ask_now(&backend, &admin, by("rep")).await, [one("Ann", &[2]), one("Ben", &[3])]);
    let unknown = |key: &str| (vec![Some(key.to_owned())], vec![None]);
    assert_eq!(ask_now(&backend, &admin, by("productLine")).await, [unknown("Power"), unknown("Water")], "they share a document");
    proven(&backend, &admin).await;
    // the same number of another till is another document; one that comes again with fewer lines stays one
    let web = bring_with(&backend, "2026-02-03,N,Ann,C1,P1,Water,2,10.00,,7,A1\n", options("web")).await;
    bring_with(&backend, "2026-02-03,N,Ann,C1,P2,Power,1,20.00,,,A1\n", options("till")).await;
    assert_eq!(ask(&backend, &admin, by("day")).await, [one("2026-02-03", &[5])]);
    proven(&backend, &admin).await;
    import::withdraw(&backend, &admin, web).await.unwrap();
    assert_eq!(ask(&backend, &admin, by("day")).await, [one("2026-02-03", &[4])]);
    proven(&backend, &admin).await;
});

both_engines!(a_client_that_is_renamed_is_called_so_in_the_figures, |backend, admin| {
    bring(&backend, "2026-02-03,N,Ann,Old name,P1,Water,2,10.00,,7,A1\n").await;
    let by = || draft(&["customer"], &["netSales"]);
    assert_eq!(ask(&backend, &admin, by()).await, [one("Old name", &[1_000])]);
    let query = domain::clients::ClientQuery { text: "old".into(), ..Default::default() };
    let client = backend::clients::list(&backend, &admin, &query).await.unwrap().items[0].id;
    let patch = domain::clients::ClientPatch { name: Some("New name".into()), ..Default::default() };
    backend::clients::edit(&backend, &admin, client, patch, backend::Meta::live(backend.now())).await.unwrap();
    assert_eq!(ask(&backend, &admin, by()).await, [one("New name", &[1_000])]);
});

both_engines!(a_rep_and_a_branch_see_their_own_and_nothing_of_others, |backend, admin| {
    bring(&backend, "2026-02-03,North,Ann,C1,P1,Water,2,10.00,,7,A1\n2026-05-04,South,Ben,C2,P2,Power,1,20.00,,,A2\n").await;
    let ann = common::a_rep(&backend, "Ann").await;
    let all = || draft(&["rep"], &["netSales", "customers"]);
    assert_eq!(ask(&backend, &ann, all()).await, [one("Ann", &[1_000, 1])]);
    let filtered = SliceDraft { filters: [("rep".to_owned(), vec![Some("Ben".to_owned())])].into(), ..all() };
    assert_eq!(ask(&backend, &ann, filtered).await, []);
    let range = kpis::range(&backend, &ann).await.unwrap();
    assert_eq!(range.days.map(|days| (days.0.to_string(), days.1.to_string())), Some(("2026-02-03".into(), "2026-02-03".into())));
    let bytes = kpis::cube_bytes(&backend, &ann).await.unwrap().bytes.unwrap();
    assert!(!bytes.windows(3).any(|three| three == b"Ben" || three == b"C2,"));
    let viewer = common::a_user(&backend, Role::Viewer, "Vera Viewer").await;
    assert_eq!(ask(&backend, &viewer, all()).await.len(), 2);
    assert!(matches!(kpis::verify(&backend, &ann).await, Err(Error::Forbidden)));
    let _ = admin;
});

both_engines!(a_cube_from_disk_is_the_one_that_was_kept, |backend, admin| {
    bring(&backend, "2026-02-03,N,Ann,C1,P1,Water,2,10.00,,7,A1\n").await;
    let folder = std::env::temp_dir().join(format!("fieldlight-cube-{}", common::build::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = backend::Config { folder: Some(folder.clone()), exclusive: false, ..backend.config().clone() };
    let open = || backend::Backend::open(config.clone());
    let first = open().await.unwrap();
    let before = ask(&first, &admin, draft(&["day"], &["netSales"])).await;
    first.close().await;
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    bring(&backend, "2026-02-04,N,Ann,C1,P1,Water,2,5.00,,7,A2\n").await;
    let second = open().await.unwrap();
    let after = ask(&second, &admin, draft(&["day"], &["netSales"])).await;
    second.close().await;
    assert_eq!((before.len(), after), (1, vec![one("2026-02-03", &[1_000]), one("2026-02-04", &[500])]));
    std::fs::remove_dir_all(folder).unwrap();
});

const MARKS: &str = "2026-02-03,North,Ann,C1,P1,Water,2,10.00,,7,A1\n2026-02-04,South,Ben,C2,P2,Power,1,20.00,,,A2\n\
    2026-02-05,,Ben,,P3,,1,5.00,,,A3\n2026-03-05,North,Ann,C2,P1,Water,,,-4.00,-2,A4\n2026-03-06,North,,C3,P2,Power,3,9.00,,4,A5\n\
    2026-03-07,South,Ann,C3,,,1,1.00,,1,A6\n";

/// What the lines behind a mark come to.
async fn behind(backend: &Backend, caller: &Caller, from: &str, to: &str, keys: &[(&str, Option<&str>)]) -> (i64, i64, Option<i64>) {
    let mut query = LineQuery { from: domain::Day::parse(from), to: domain::Day::parse(to), ..LineQuery::default() };
    for (key, label) in keys {
        query.keys.entry((*key).to_owned()).or_default().push(label.map(str::to_owned));
    }
    let total = lines::total(backend, caller, &query).await.unwrap();
    let listed = lines::lines(backend, caller, &query, 5_000).await.unwrap();
    assert_eq!((listed.len() as i64, listed.iter().map(|line| line.sale.net()).sum::<i64>()), (total.lines, total.gross + total.returns));
    (total.lines, total.gross + total.returns, total.profit)
}

both_engines!(the_lines_behind_every_mark_come_to_its_figures, |backend, admin| {
    bring(&backend, MARKS).await;
    let ben = common::a_rep(&backend, "Ben").await;
    let keys = ["branch", "rep", "productLine", "itemGroup", "product", "customer"];
    for caller in [&admin, &ben] {
        for one in keys {
            for two in keys.iter().filter(|two| **two != one) {
                let asked = draft(&["month", one, two], &["lines", "netSales", "grossProfit"]);
                let marks = ask_now(&backend, caller, asked).await;
                assert!(!marks.is_empty());
                for (at, figures) in marks {
                    let month = domain::Day::parse(&[at[0].as_deref().unwrap(), "-01"].concat()).unwrap();
                    let (from, to) = (month.to_string(), month.month_end().to_string());
                    let found = behind(&backend, caller, &from, &to, &[(one, at[1].as_deref()), (two, at[2].as_deref())]).await;
                    assert_eq!((Some(found.0), Some(found.1), found.2), (figures[0], figures[1], figures[2]), "{one} and {two}: {at:?}");
                }
            }
        }
    }
    let several = [("rep", Some("Ann")), ("rep", None), ("productLine", Some("Water")), ("productLine", Some("Power"))];
    assert_eq!(behind(&backend, &admin, "2026-01-01", "2026-12-31", &several).await, (3, 1_500, Some(600)));
    assert_eq!(behind(&backend, &admin, "2026-01-01", "2026-12-31", &[("branch", Some("Nowhere"))]).await, (0, 0, None));
    let query = LineQuery { keys: [("weekday".to_owned(), vec![None])].into(), ..LineQuery::default() };
    assert!(matches!(lines::total(&backend, &admin, &query).await, Err(Error::Rejected(_))));
});

both_engines!(a_segment_keeps_its_customers_in_figures_splits_and_lines, |backend, admin| {
    bring(&backend, MARKS).await;
    for (name, segment) in [("c1", "Retail"), ("c3", "Retail"), ("c2", "Hotels")] {
        let query = domain::clients::ClientQuery { text: name.into(), ..Default::default() };
        let client = backend::clients::list(&backend, &admin, &query).await.unwrap().items[0].id;
        let patch = domain::clients::ClientPatch { segment: Some(segment.into()), ..Default::default() };
        backend::clients::edit(&backend, &admin, client, patch, backend::Meta::live(backend.now())).await.unwrap();
    }
    let ben = common::a_rep(&backend, "Ben").await;
    assert_eq!(kpis::segments(&backend, &admin).await.unwrap().names(), ["Hotels", "Retail"]);
    assert_eq!(kpis::segments(&backend, &ben).await.unwrap().names(), ["Hotels"], "of customers he sold to");
    let only = |segment: &str| [("segment".to_owned(), vec![Some(segment.to_owned())])].into();
    let sliced = |segment: &str| SliceDraft { filters: only(segment), ..draft(&[], &["lines", "netSales"]) };
    for (segment, figures) in [("Retail", (3, 2_000)), ("Hotels", (2, 1_600))] {
        let (lines, net, _) = behind(&backend, &admin, "2026-01-01", "2026-12-31", &[("segment", Some(segment))]).await;
        assert_eq!((lines, net), figures);
        assert_eq!(ask_now(&backend, &admin, sliced(segment)).await, [(vec![], vec![Some(lines), Some(net)])]);
    }
    assert_eq!(ask_now(&backend, &admin, sliced("Nobody")).await, []);
    let question = domain::movement::QuestionDraft {
        measure: "netSales".into(),
        from: "2026-03-01".into(),
        to: "2026-03-31".into(),
        before_from: "2026-02-01".into(),
        before_to: "2026-02-28".into(),
        filters: only("Retail"),
        names: None,
    };
    let movement = kpis::movement(&backend, &admin, question).await.unwrap();
    assert!(movement.adds_up() && movement.change == 0, "{movement:?}");
    assert_eq!((movement.before.net_sales, movement.now.net_sales), (1_000, 1_000));
});
