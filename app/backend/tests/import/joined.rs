//! Clients that another source has named before: found by the id there, else by name, filled in and given back, in whatever order files come.

use crate::common::{self, both_engines};
use crate::fixtures::{all, bring, counts};
use crate::snapshot::{difference, snapshot};
use backend::Backend;
use backend::import::{self, Kind, Report};
use domain::clients::ClientItem;
use domain::people::Caller;

const SOLD: &str = "date,document_no,customer_id,customer_name,amount\n2015-01-05,1,C1,Shop One,10\n2015-01-06,2,C2,Shop Two,20\n";
const CLIENTS: &str = "customer_id,name,town,phone\nC1,Shop One,Nairobi,+254 722 100 318\nC2,Shop Two Ltd,Thika,\n";

async fn lines_of(backend: &Backend, client: &ClientItem) -> i64 {
    let sold = common::rows(backend, "select count(distinct client_id) from sales_lines").await[0];
    assert!(sold > 0, "{}", client.name);
    sold
}

fn filled_in(report: &Report) -> u64 {
    report.tally.warnings.iter().filter(|w| w.code == "filled_in").map(|w| w.rows).sum()
}

async fn names(backend: &Backend, admin: &Caller) -> Vec<(String, Option<String>)> {
    all(backend, admin).await.into_iter().map(|client| (client.name, client.town)).collect()
}

fn expected(names: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    names.iter().map(|(name, town)| ((*name).to_owned(), town.map(str::to_owned))).collect()
}

both_engines!(whom_sales_have_named_is_filled_in_by_id_and_given_back_bare, |backend, admin| {
    let sales = bring(&backend, Kind::Sales, SOLD, "").await;
    assert_eq!(sales.clients_added, 2);
    let bare = snapshot(&backend).await;
    let report = bring(&backend, Kind::Clients, CLIENTS, "").await;
    assert_eq!((counts(&report), filled_in(&report)), ((2, 0, 2, 0, 0, 0), 2));
    assert!(report.to_string().contains("2 rows of clients that were known already"), "{report}");
    assert_eq!(names(&backend, &admin).await, expected(&[("Shop One", Some("Nairobi")), ("Shop Two Ltd", Some("Thika"))]));
    assert_eq!(lines_of(&backend, &all(&backend, &admin).await[0]).await, 2, "they are the clients that were sold to");
    let again = bring(&backend, Kind::Clients, CLIENTS, "").await;
    assert_eq!((counts(&again), again.id), ((2, 0, 0, 2, 0, 0), None));
    let more = bring(&backend, Kind::Sales, SOLD.replace(",10\n", ",11\n"), "").await;
    assert_eq!((more.clients_added, more.tally.unchanged), (0, 1));
    import::withdraw(&backend, &admin, more.id.unwrap()).await.unwrap();
    let done = import::withdraw(&backend, &admin, report.id.unwrap()).await.unwrap();
    assert_eq!((done.reverted, done.removed, done.kept_count), (2, 0, 0));
    let after = snapshot(&backend).await;
    assert_eq!(after, bare, "{}", difference(&bare, &after));
    import::withdraw(&backend, &admin, sales.id.unwrap()).await.unwrap();
    assert_eq!(names(&backend, &admin).await, []);
});

both_engines!(sales_find_clients_of_other_sources_by_id_or_by_name, |backend, admin| {
    for clients in [CLIENTS, "name,phone\nShop One,+254 722 100 318\nSHOP two,\n"] {
        let first = bring(&backend, Kind::Clients, clients, "").await;
        for sold in [SOLD, "date,document_no,customer_name,amount\n2015-01-05,3,shop one,10\n"] {
            let sales = bring(&backend, Kind::Sales, sold, "").await;
            assert_eq!((sales.clients_added, sales.tally.rejected), (0, 0), "{clients}{sold}");
            import::withdraw(&backend, &admin, sales.id.unwrap()).await.unwrap();
        }
        import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap();
    }
});

both_engines!(names_alone_or_ids_alone_are_enough_in_either_order, |backend, admin| {
    let (by_id, by_name) =
        ("date,document_no,customer_id,amount\n2015-01-05,1,C1,10\n", "date,document_no,customer_name,amount\n2015-01-05,1,shop ONE,10\n");
    for (sold, clients) in
        [(by_id, CLIENTS), (by_name, CLIENTS), (by_name, "name,phone\nShop One,\n"), (SOLD, "name,town\nShop One,Nairobi\n")]
    {
        let sales = bring(&backend, Kind::Sales, sold, "").await;
        let report = bring(&backend, Kind::Clients, clients, "").await;
        let known = common::rows(&backend, "select count(*) from clients").await[0];
        assert_eq!(known, if clients == CLIENTS || sold == SOLD { 2 } else { 1 }, "{sold}{clients}");
        let again = bring(&backend, Kind::Sales, sold.replace(",10\n", ",12\n"), "").await;
        assert_eq!((again.clients_added, again.tally.new), (0, 1), "{sold}{clients}");
        for id in [report.id, again.id, sales.id].into_iter().flatten() {
            import::withdraw(&backend, &admin, id).await.unwrap();
        }
        assert_eq!(names(&backend, &admin).await, [], "{sold}{clients}");
    }
});

both_engines!(sales_taken_back_first_leave_the_client_to_its_file, |backend, admin| {
    let sales = bring(&backend, Kind::Sales, SOLD, "").await;
    let report = bring(&backend, Kind::Clients, CLIENTS, "").await;
    import::withdraw(&backend, &admin, sales.id.unwrap()).await.unwrap();
    assert_eq!(names(&backend, &admin).await, expected(&[("Shop One", Some("Nairobi")), ("Shop Two Ltd", Some("Thika"))]));
    assert_eq!(counts(&bring(&backend, Kind::Clients, CLIENTS, "").await), (2, 0, 0, 2, 0, 0));
    import::withdraw(&backend, &admin, report.id.unwrap()).await.unwrap();
    assert_eq!(names(&backend, &admin).await, []);
    assert_eq!(common::rows(&backend, "select count(*) from client_keys").await, [0]);
});

both_engines!(where_two_fit_nobody_is_guessed, |backend| {
    bring(
        &backend,
        Kind::Sales,
        "date,document_no,customer_id,customer_name,amount\n2015-01-05,1,A,Mutua,10\n2015-01-05,2,B,Mutua,10\n",
        "",
    )
    .await;
    let two = bring(&backend, Kind::Clients, "name,phone\nmutua,\nOther,\n", "").await;
    assert_eq!(counts(&two), (2, 1, 0, 0, 1, 0));
    assert!(two.tally.rejects[0].reason.starts_with("Several clients"), "{}", two.tally.rejects[0].reason);
    let by_id = bring(&backend, Kind::Clients, "customer_id,name,town\nB,Mutua,Thika\nA,Mutua,Nairobi\n", "").await;
    assert_eq!(counts(&by_id), (2, 0, 2, 0, 0, 0), "their ids tell them apart");
    bring(&backend, Kind::Sales, "date,document_no,customer_name,amount\n2015-01-05,3,Baraka,10\n", "").await;
    let rows = bring(&backend, Kind::Clients, "customer_id,name,town\nX,Baraka,Thika\nY,Baraka,Nairobi\n", "").await;
    assert_eq!(counts(&rows), (2, 0, 0, 0, 2, 0), "one client, two rows of its name");
    let sold = bring(
        &backend,
        Kind::Sales,
        "date,document_no,customer_id,customer_name,amount\n2015-01-07,4,P,Baraka,1\n2015-01-07,5,Q,Baraka,1\n",
        "",
    )
    .await;
    assert_eq!((sold.tally.new, sold.tally.rejected, sold.clients_added), (1, 1, 0));
});

both_engines!(an_id_of_another_list_tells_nothing_where_the_name_is_another, |backend, admin| {
    let of = |source: &str| format!("source = '{source}'\nkey = ['id']\n[fields]\nname = 'name'\ntown = 'town'\n");
    bring(&backend, Kind::Clients, "id,name,town\n1,Mutua,Thika\n2,Baraka,Nairobi\n", &of("crm")).await;
    let other =
        bring(&backend, Kind::Clients, "id,name,town\n1,Upendo,Thika\n2,Baraka,Nairobi\n9,Mutua,Ruiru\n8,mutua,\n", &of("erp")).await;
    assert_eq!(counts(&other), (4, 2, 2, 0, 0, 0), "{other}");
    let known = names(&backend, &admin).await;
    assert_eq!(known.len(), 4, "{known:?}");
});

both_engines!(contacts_and_visits_find_clients_of_other_sources, |backend| {
    bring(&backend, Kind::Sales, SOLD, "").await;
    let contacts = bring(&backend, Kind::Contacts, "customer_id,contact,phone\nC1,Ana,\nC9,Lost,\n", "").await;
    assert_eq!(counts(&contacts), (2, 1, 0, 0, 1, 0));
    let visits = bring(&backend, Kind::Visits, "customer_id,date\nC2,2015-03-02\n", "").await;
    assert_eq!(counts(&visits), (1, 1, 0, 0, 0, 0), "{visits}");
    bring(&backend, Kind::Clients, CLIENTS, "").await;
    let visits = bring(&backend, Kind::Visits, "customer,date\nShop Two Ltd,2015-03-03\n", "").await;
    assert_eq!(counts(&visits), (1, 1, 0, 0, 0, 0), "{visits}");
    assert_eq!(common::rows(&backend, "select count(*) from clients").await, [2]);
});

both_engines!(a_client_nobody_owns_gets_the_owner_its_file_names_and_loses_it_again, |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    bring(&backend, Kind::Sales, SOLD, "").await;
    bring(&backend, Kind::Contacts, "customer_id,contact\nC1,Ana\n", "").await;
    let bare = snapshot(&backend).await;
    assert_eq!(all(&backend, &grace).await, []);
    for _ in 0..2 {
        let report = bring(&backend, Kind::Clients, "customer_id,name,sales rep\nC1,Shop One,Grace\n", "").await;
        assert_eq!(counts(&report), (1, 0, 1, 0, 0, 0));
        let hers = all(&backend, &grace).await;
        assert_eq!(hers.len(), 1);
        assert_eq!(backend::contacts::of_client(&backend, &grace, hers[0].id).await.unwrap().len(), 1, "its people come with it");
        import::withdraw(&backend, &admin, report.id.unwrap()).await.unwrap();
        let after = snapshot(&backend).await;
        assert_eq!(after, bare, "{}", difference(&bare, &after));
    }
});
