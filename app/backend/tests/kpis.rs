//! Figures on both engines: the cube equals the lines whatever is brought in and taken back, within everybody's scope.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Options};
use backend::kpis;
use backend::{Backend, Error};
use common::both_engines;
use domain::cube::SliceDraft;
use domain::ids::ImportId;
use domain::people::{Caller, Role};

const HEAD: &str = "date,branch,salesperson,customer,product,product_line,units_sold,gross_revenue,returns_value,total_cost,document_no\n";

async fn bring(backend: &Backend, rows: &str) -> ImportId {
    let input = Input::bytes("s.csv", [HEAD, rows].concat().into_bytes());
    let report = import::run(backend, Kind::Sales, input, None, Options::default()).await.unwrap();
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
