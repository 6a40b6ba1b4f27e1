//! Product lines and item groups of lines that say no product, codes spelled otherwise, and names that begin as formulas do.

use super::*;
use domain::cube::SliceDraft;
use std::collections::BTreeMap;

const HEAD: &str = "date,branch,salesperson,customer,product,product_line,item_group,gross_revenue,document_no\n";

type Rows = Vec<(Vec<Option<String>>, Vec<Option<i64>>)>;

async fn take(backend: &Backend, rows: &str) -> Report {
    tried(backend, &[HEAD, rows].concat(), None, Options::default()).await.unwrap()
}

/// Lines and net sales by these keys, of what some of them keep, once the cube has caught up.
async fn by(backend: &Backend, admin: &domain::people::Caller, keys: &[&str], kept: &[(&str, Option<&str>)]) -> Rows {
    let mut filters: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for (key, label) in kept {
        filters.entry((*key).to_owned()).or_default().push(label.map(str::to_owned));
    }
    let draft = SliceDraft {
        from: "2015-01-01".into(),
        to: "2015-12-31".into(),
        filters,
        group_by: keys.iter().map(|key| (*key).to_owned()).collect(),
        metrics: vec!["lines".into(), "netSales".into()],
        ..SliceDraft::default()
    };
    // a cube may be a fifth of a second behind
    for _ in 0..2 {
        backend::kpis::slice(backend, admin, draft.clone()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(210)).await;
    }
    let proof = backend::kpis::verify(backend, admin).await.unwrap();
    assert!(proof.differs.is_empty(), "{proof:?}");
    let answer = backend::kpis::slice(backend, admin, draft).await.unwrap();
    answer.groups.into_iter().map(|group| (group.keys, group.figures)).collect()
}

fn row(keys: &[&str], lines: i64, net: i64) -> (Vec<Option<String>>, Vec<Option<i64>>) {
    let keys = keys.iter().map(|key| Some((*key).to_owned()).filter(|key| !key.is_empty()));
    (keys.collect(), vec![Some(lines), Some(net)])
}

/// Lines a query keeps, and what they come to net.
async fn kept(backend: &Backend, admin: &domain::people::Caller, key: &str, label: Option<&str>) -> (i64, i64) {
    let keys = BTreeMap::from([(key.to_owned(), vec![label.map(str::to_owned)])]);
    let total = sales::lines::total(backend, admin, &LineQuery { keys, ..LineQuery::default() }).await.unwrap();
    (total.lines, total.gross + total.returns)
}

both_engines!(lines_without_a_product_keep_their_product_line_and_item_group, |backend, admin| {
    let first = "2015-02-01,N,,,,Milling,Posho,100.00,1\n2015-02-01,N,,,,Power,,50.00,1\n2015-02-02,S,,,,,,1.00,2\n";
    let second = "2015-02-03,S,,,,Milling,Posho,7.00,3\n2015-02-03,S,,,P1,Milling,Posho,3.00,3\n2015-02-04,S,,,,,Posho,2.00,4\n";
    let report = take(&backend, first).await;
    assert_eq!((report.tally.new, report.products_added, &report.tally.warnings[..]), (3, 0, &[][..]));
    let more = take(&backend, second).await;
    assert_eq!((more.tally.new, more.products_added), (3, 1));
    assert_eq!(
        by(&backend, &admin, &["productLine"], &[]).await,
        [row(&[""], 2, 300), row(&["Milling"], 3, 11_000), row(&["Power"], 1, 5_000)]
    );
    let groups = by(&backend, &admin, &["itemGroup", "product"], &[]).await;
    assert_eq!(groups, [row(&["", ""], 2, 5_100), row(&["Posho", ""], 3, 10_900), row(&["Posho", "P1"], 1, 300)]);
    assert_eq!(by(&backend, &admin, &["productLine"], &[("product", None)]).await.len(), 3, "whatever has no product");
    assert_eq!(kept(&backend, &admin, "product", None).await, (5, 16_000));
    assert_eq!(kept(&backend, &admin, "productLine", Some("Milling")).await, (3, 11_000));
    let lines = sales::lines::lines(&backend, &admin, &LineQuery::default(), 10).await.unwrap();
    let shown: Vec<_> = lines.iter().map(|l| (l.sale.product.is_some(), l.product_code.as_deref(), l.product_name.as_deref())).collect();
    assert_eq!(shown.iter().filter(|one| **one == (false, None, None)).count(), 5, "{shown:?}");
    let listed = sales::products::list(&backend, &admin, &sales::products::ProductQuery { limit: 9, ..Default::default() }).await.unwrap();
    assert_eq!((listed.total, listed.items.len(), listed.items[0].code.as_str()), (1, 1, "P1"));
    let out = exported(&backend, &admin).await;
    assert!(out.contains("2015-02-01,N,,,,Posho,Milling,0,100.00,0,0.00,,1,KES"), "{out}");
    let same = tried(&backend, &out, None, Options::default()).await.unwrap();
    assert_eq!((same.tally.new, same.tally.unchanged, same.id), (0, 6, None));
    let other = common::elsewhere().await;
    tried(&other, &out, None, Options::default()).await.unwrap();
    assert_eq!(exported(&other, &admin).await, out);
    common::leave(other).await;
    let gone = import::withdraw(&backend, &admin, report.id.unwrap()).await.unwrap();
    assert_eq!(gone.kept.iter().map(|kept| kept.name.as_str()).collect::<Vec<_>>(), ["Milling, Posho", "S"], "{gone:?}");
    assert_eq!(gone.products_removed, 0, "what stands for a line and a group is no product");
    assert_eq!(by(&backend, &admin, &["productLine"], &[]).await, [row(&[""], 1, 200), row(&["Milling"], 2, 1_000)]);
    import::withdraw(&backend, &admin, more.id.unwrap()).await.unwrap();
    assert_eq!(common::rows(&backend, "select count(*) from products").await, [0]);
    assert_eq!(take(&backend, first).await.tally.new, 3);
    assert_eq!(by(&backend, &admin, &["productLine"], &[]).await.len(), 3);
});

both_engines!(shelves_of_an_import_that_cannot_be_published_are_gone_with_it, |backend| {
    full(&backend).await;
    tried(&backend, &[HEAD, "2015-02-01,N,,,,Milling,Posho,100.00,1\n"].concat(), None, Options::default()).await.unwrap_err();
    assert_eq!(common::rows(&backend, "select count(*) from products").await, [0]);
});

both_engines!(a_line_that_names_another_product_line_than_its_product_has_is_told, |backend, admin| {
    let report =
        take(&backend, "2015-02-01,N,,,P1,Mill,,1.00,1\n2015-02-02,N,,,p1,Power,,2.00,2\n2015-02-03,N,,,P1,Mill,Posho,4.00,3\n").await;
    let told: Vec<_> = report.tally.warnings.iter().map(|w| (w.code.as_str(), w.rows, w.lines.clone())).collect();
    assert_eq!(told, [("other_line", 2, vec![3, 4])]);
    assert!(report.to_string().contains("Note: 2 rows with a product line or item group other than their product's"), "{report}");
    assert_eq!(by(&backend, &admin, &["productLine"], &[]).await, [row(&["Mill"], 3, 700)]);
    let later = take(&backend, "2015-02-04,N,,,P1,Mill,,1.00,4\n2015-02-04,N,,,P1,,,1.00,4\n2015-02-05,N,,,P1,Power,,1.00,5\n").await;
    assert_eq!(later.tally.warnings.iter().map(|w| w.lines.clone()).collect::<Vec<_>>(), [[4]]);
});

both_engines!(names_are_shown_as_they_are_and_only_files_guard_them, |backend, admin| {
    let rows = "2015-02-01,+N,-Rep,=1+1,@P,-Line,,1.00,1\n2015-02-02,-N,@Rep,+254 Shop,P2,,,2.00,2\n2015-02-03,-N,Rep,-Shop,P2,,,4.00,3\n";
    take(&backend, rows).await;
    assert_eq!(by(&backend, &admin, &["rep"], &[]).await, [row(&["-Rep"], 1, 100), row(&["@Rep"], 1, 200), row(&["Rep"], 1, 400)]);
    let firsts = by(&backend, &admin, &["branch", "customer", "product", "productLine"], &[("rep", Some("-Rep"))]).await;
    assert_eq!(firsts, [row(&["+N", "=1+1", "@P", "-Line"], 1, 100)]);
    assert_eq!(kept(&backend, &admin, "customer", Some("=1+1")).await, (1, 100));
    let out = exported(&backend, &admin).await;
    assert!(out.contains("2015-02-01,'+N,'-Rep,'=1+1,'@P,,'-Line,"), "{out}");
    assert_eq!(tried(&backend, &out, None, Options::default()).await.unwrap().id, None);
    let other = common::elsewhere().await;
    tried(&other, &out, None, Options::default()).await.unwrap();
    assert_eq!(exported(&other, &admin).await, out);
    let reps: Vec<_> = other.company().await.unwrap().reps.iter().map(|rep| rep.name.clone()).collect();
    assert_eq!(reps.len(), 3, "{reps:?}");
    common::leave(other).await;
});
