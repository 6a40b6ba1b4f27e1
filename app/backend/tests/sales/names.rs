//! Whom and what a file of sales names, and more of them than memory holds: known and added as if all of it were there.

use crate::common::{self, both_engines};
use crate::{adds_up, tried};
use backend::import::{Options, Report};
use backend::{Backend, Error};

const NAMED: &str = r#"
source = "till"
[fields]
date = "day"
documentNo = "no"
customer = "id"
customerName = "name"
product = "item"
amount = "amount"
"#;

/// So little that every name is put aside on the disk.
const LITTLE: usize = 1;

/// Three rows for each of 700 clients and products, the second and third naming them as they were named, or by the name alone.
fn file(amount: u32) -> String {
    let row = |i: u32| {
        let (no, who) = (i, i % 700);
        if i < 1_400 {
            format!("2015-02-01,{no},K{who},Kiosk {who},Item {who},{amount}\n")
        } else {
            format!("2015-02-01,{no},,Duka {who},ITEM {who},{amount}\n")
        }
    };
    let rows: String = (0..2_100).map(row).collect();
    format!("day,no,id,name,item,amount\n{rows}")
}

async fn with(backend: &Backend, text: &str, mapping: &str, memory: usize) -> Result<Report, Error> {
    tried(backend, text, Some(mapping), Options { memory, ..Options::default() }).await
}

both_engines!(names_that_do_not_fit_into_memory_are_added_once_and_known_again, |backend| {
    let first = with(&backend, &file(2), NAMED, LITTLE).await.unwrap();
    assert_eq!((first.tally.new, first.clients_added, first.products_added), (2_100, 1_400, 700));
    adds_up(&backend, 2_100, 420_000).await;
    assert_eq!(common::rows(&backend, "select count(*) from clients where source = 'till'").await, [700]);
    assert_eq!(common::rows(&backend, "select count(*) from clients").await, [1_400]);
    assert_eq!(common::rows(&backend, "select count(*) from products").await, [700]);
    assert_eq!(common::rows(&backend, "select count(distinct client_id) from sales_lines").await, [1_400]);
    for memory in [LITTLE, Options::default().memory] {
        let again = with(&backend, &file(2), NAMED, memory).await.unwrap();
        assert_eq!((again.tally.unchanged, again.clients_added, again.products_added, again.id), (2_100, 0, 0, None), "{memory}");
    }
    let more = with(&backend, &file(3), NAMED, LITTLE).await.unwrap();
    assert_eq!((more.tally.new, more.clients_added, more.money.map(|m| m.replaced)), (2_100, 0, Some(2_100)));
    adds_up(&backend, 2_100, 630_000).await;
});

both_engines!(a_name_several_have_is_asked_about_wherever_names_are_kept, |backend| {
    let twice = "day,no,id,name,item,amount\n2015-02-01,1,A,Mutua,X,1\n2015-02-01,2,B,Mutua,X,1\n";
    with(&backend, twice, NAMED, LITTLE).await.unwrap();
    let by_name = NAMED.replace("customer = \"id\"\n", "");
    for memory in [LITTLE, Options::default().memory] {
        let report = with(&backend, "day,no,name,item,amount\n2015-02-01,3,mutua,X,1\n", &by_name, memory).await.unwrap();
        let said: Vec<_> = report.tally.rejects.iter().map(|r| (r.column.as_str(), r.value.as_str())).collect();
        assert_eq!(said, [("name", "mutua")], "{memory}");
    }
    // an id of the file's own source comes before the same one elsewhere
    let other = NAMED.replace("till", "shop");
    with(&backend, "day,no,id,name,item,amount\n2015-02-01,1,A,Baraka,X,1\n", &other, LITTLE).await.unwrap();
    assert_eq!(common::rows(&backend, "select count(*) from clients").await, [2], "it is the client of that id");
});

both_engines!(a_column_that_makes_everybody_a_rep_is_refused, |backend| {
    let rows: String = (0..10_001).map(|i| format!("2015-02-01,{i},Rep {i},1\n")).collect();
    let mapping = "source = 'till'\n[fields]\ndate = 'day'\ndocumentNo = 'no'\nsalesperson = 'rep'\namount = 'amount'\n";
    let refused = with(&backend, &format!("day,no,rep,amount\n{rows}"), mapping, LITTLE).await.unwrap_err();
    let Error::Rejected(wrong) = &refused else { panic!("{refused}") };
    assert_eq!((wrong.0[0].field.as_str(), wrong.0[0].code.as_str()), ("salesperson", "too_many"));
    assert!(refused.to_string().contains("more than 10000 salespeople"), "{refused}");
    adds_up(&backend, 0, 0).await;
});
