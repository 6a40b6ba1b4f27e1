//! Sales on both engines: what a file comes to is what the database comes to; files that overlap replace each other's documents; sums per day are their lines.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "sales/aligned.rs"]
mod aligned;
#[path = "sales/broken_off.rs"]
mod broken_off;
mod common;
#[path = "sales/names.rs"]
mod names;
#[path = "sales/refused.rs"]
mod refused;
#[path = "sales/replaced.rs"]
mod replaced;
#[path = "sales/shelves.rs"]
mod shelves;
#[path = "import/snapshot.rs"]
mod snapshot;
#[path = "sales/taken_back.rs"]
mod taken_back;
#[path = "sales/whose.rs"]
mod whose;

use backend::import::{self, Input, Kind, Mapping, Options, Report};
use backend::sales::lines::LineQuery;
use backend::{Backend, Database, Error, company, sales};
use common::both_engines;
use domain::clients::{ClientQuery, Stage};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;

const SIGNED: &str = r#"
source = "till"
kind = "sales"
[fields]
date = { column = "day", format = "DD/MM/YYYY" }
documentNo = "no"
salesperson = "rep"
customer = "customer"
product = "item"
quantity = "qty"
amount = { product = ["qty", "price"], discount = "off" }
"#;

async fn bring(backend: &Backend, text: &str, mapping: &str) -> Report {
    tried(backend, text, Some(mapping), Options::default()).await.unwrap()
}

async fn tried(backend: &Backend, text: &str, mapping: Option<&str>, options: Options) -> Result<Report, Error> {
    let mapping = mapping.map(|m| Mapping::parse(m).unwrap());
    import::run(backend, Kind::Sales, Input::bytes("sales.csv", text.as_bytes()), mapping, options).await
}

async fn adds_up(backend: &Backend, lines: i64, net: i64) {
    assert_eq!(sales::total(backend).await.unwrap(), (lines, net));
    assert_eq!(sales::drift(backend).await.unwrap(), 0, "the sums per day are not their lines");
}

/// Publishing fails, as on a disk that is full.
async fn full(backend: &Backend) {
    let statements: &[&'static str] = match &backend.config().database {
        Database::Sqlite { .. } => {
            &["create trigger full before update on imports when new.state = 'published' begin select raise(abort, 'full'); end"]
        }
        Database::Postgres { .. } => &[
            "create function full_disk() returns trigger language plpgsql as $$ begin if new.state = 'published' then raise exception 'full'; end if; return new; end $$",
            "create trigger full_disk before update on imports for each row execute function full_disk()",
        ],
    };
    for statement in statements {
        common::execute(backend, statement).await;
    }
}

both_engines!(the_amount_of_a_row_refused_for_another_cell_is_in_the_sum_of_refused_rows, |backend| {
    let report = bring(
        &backend,
        "no,day,rep,customer,item,qty,price,off\n1,31/01/2015,Grace,C\0,A,3,2.50,\n2,31/01/2015,Grace,C,A,3\0,2.50,\n",
        SIGNED,
    )
    .await;
    let money = report.money.unwrap();
    assert_eq!((report.tally.rejected, money.unreadable, money.rejected.as_str(), money.file.as_str()), (2, 1, "7.50", "7.50"));
});

both_engines!(an_import_that_cannot_be_published_leaves_nothing_behind, |backend, admin| {
    let file = "no,day,rep,customer,item,qty,price,off\n1,31/01/2015,Grace,C1,A,3,2.50,\n2,31/01/2015,Daniel,C2,B,2,10,\n";
    full(&backend).await;
    tried(&backend, file, Some(SIGNED), Options::default()).await.unwrap_err();
    adds_up(&backend, 0, 0).await;
    assert_eq!(backend.company().await.unwrap().reps, [], "who came with it is gone");
    let query = ClientQuery { stage: Some(Stage::Client), ..ClientQuery::default() };
    let left = backend::clients::list(&backend, &admin, &query).await.unwrap();
    assert_eq!(left.items.len(), 0, "{:?}", left.items);
    let products = sales::products::list(&backend, &admin, &sales::products::ProductQuery::default()).await.unwrap();
    assert_eq!(products.items.len(), 0);
});

both_engines!(a_file_is_reconciled_to_the_last_decimal_and_says_what_it_left_out, |backend, admin| {
    let file = "no,day,rep,customer,item,qty,price,off\n\
        1,31/01/2015,Grace,C1,A,3,2.335,\n\
        1,31/01/2015,Grace,C1,B,2,10.0,0.15\n\
        2,01/02/2015,Daniel,,A,-1,2.335,\n\
        3,31/02/2015,Grace,C1,A,1,1,\n\
        4,01/02/2015,Grace,C1,A,one,1,\n\
        5,01/02/2015,Grace,C1,A,1\n";
    let report = bring(&backend, file, SIGNED).await;
    let t = &report.tally;
    assert_eq!((t.rows, t.new, t.rejected), (6, 3, 3));
    let said: Vec<_> = t.rejects.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
    let short = (7, "", "5 | 01/02/2015 | Grace | C1 | A | 1");
    assert_eq!(said, [(5, "day", "31/02/2015"), (6, "qty", "one"), short]);
    let money = report.money.unwrap();
    // 7.005 + 17 − 2.335 + 1, of which 7.01 + 17 − 2.34 are kept and 1 is rejected
    assert_eq!(
        (money.file.as_str(), money.brought_in.as_str(), money.rejected.as_str(), money.rounding.as_str()),
        ("22.67", "21.67", "1.00", "0.00")
    );
    assert_eq!((money.unreadable, money.parts, money.replaced), (2, 2, 0));
    assert_eq!((report.reps_added.len(), report.clients_added, report.products_added), (2, 1, 2));
    adds_up(&backend, 3, 2_167).await;
    let clients =
        backend::clients::list(&backend, &admin, &ClientQuery { stage: Some(Stage::Client), ..ClientQuery::default() }).await.unwrap();
    assert_eq!(clients.items.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["C1"], "nobody known is nobody, not a client");
});

both_engines!(the_same_file_again_changes_nothing_and_an_overlapping_one_replaces_its_documents, |backend| {
    let head = "no,day,rep,customer,item,qty,price,off\n";
    let first = format!("{head}1,01/02/2015,Grace,C1,A,1,10,\n1,01/02/2015,Grace,C1,A,1,10,\n2,02/02/2015,Grace,C1,A,1,5,\n");
    assert_eq!(bring(&backend, &first, SIGNED).await.money.unwrap().repeated, 1);
    adds_up(&backend, 3, 2_500).await;
    let again = bring(&backend, &first, SIGNED).await;
    assert_eq!((again.tally.unchanged, again.tally.new, again.id), (3, 0, None));
    assert!(again.seen_before);
    let second = format!(
        "{head}2,02/02/2015,Daniel,C1,A,2,5,\n3,03/02/2015,Grace,C2,A,1,1,\n1,01/02/2015,Grace,C1,A,1,10,\n1,01/02/2015,Grace,C1,A,1,10,\n"
    );
    let report = bring(&backend, &second, SIGNED).await;
    assert_eq!((report.tally.new, report.tally.unchanged, report.money.unwrap().replaced), (2, 2, 1));
    adds_up(&backend, 4, 3_100).await;
    let back = bring(&backend, &first, SIGNED).await;
    assert_eq!((back.tally.new, back.tally.unchanged), (1, 2), "a document goes back to what an earlier file says");
    adds_up(&backend, 4, 2_600).await;
    assert!(bring(&backend, &first, SIGNED).await.id.is_none());
});

both_engines!(without_documents_a_file_replaces_whole_days_and_must_say_so, |backend| {
    let by_days = "source = \"s\"\nreplaces = \"days\"\n[fields]\ndate = \"date\"\namount = \"total\"\n";
    let undeclared = Mapping::parse(&by_days.replace("replaces = \"days\"\n", "")).unwrap();
    let input = || Input::bytes("s.csv", b"date,total\n2015-02-01,1\n".as_slice());
    let refused = import::run(&backend, Kind::Sales, input(), Some(undeclared), Options::default()).await.unwrap_err();
    assert!(refused.to_string().contains("replaces = \"days\""), "{refused}");
    bring(&backend, "date,total\n2015-02-01,1\n2015-02-01,2\n2015-02-02,4\n", by_days).await;
    bring(&backend, "date,total\n2015-02-01,8\n", by_days).await;
    adds_up(&backend, 2, 1_200).await;
});

both_engines!(a_dry_run_and_a_file_nobody_can_use_write_nothing, |backend| {
    let file = "date,amount,currency,document_no\n2015-02-01,1,KES,1\n2015-02-02,2,USD,2\n2199-01-01,2,,3\n2015-02-03,\"1,200\",,4\n";
    let options = Options { dry_run: true, ..Options::default() };
    let report = tried(&backend, file, None, options).await.unwrap();
    let why: Vec<_> = report.tally.rejects.iter().map(|r| (r.line, r.column.as_str())).collect();
    assert_eq!(why, [(3, "currency"), (4, "date"), (5, "amount")]);
    assert!(report.tally.rejects[2].reason.contains("group = \",\""), "{}", report.tally.rejects[2].reason);
    adds_up(&backend, 0, 0).await;
    let refused = tried(&backend, "name,town\nA,B\n", None, Options::default()).await.unwrap_err();
    assert!(refused.to_string().contains("day of the sale") && refused.to_string().contains("The columns are: name, town."), "{refused}");
    adds_up(&backend, 0, 0).await;
    // one line of it can be kept, two come to more than 64 bits of minor units
    let huge = "date,amount,document_no\n2015-02-01,90000000000000000,1\n2015-02-01,90000000000000000,1\n";
    let refused = tried(&backend, huge, None, Options::default()).await.unwrap_err();
    assert!(refused.to_string().contains("more than can be kept exactly"), "{refused}");
    adds_up(&backend, 0, 0).await;
});

both_engines!(an_amount_that_may_be_two_is_not_guessed, |backend| {
    let dots = "date,amount,document_no\n2015-02-01,1.234,1\n2015-02-01,15.600,2\n";
    let refused = tried(&backend, dots, None, Options::default()).await.unwrap_err().to_string();
    assert!(refused.contains("“1.234” may be 1.234 or 1234") && refused.contains("number = { decimal = \".\" }"), "{refused}");
    let two = "date,revenue,total,document_no\n2015-02-01,1,2,1\n";
    let refused = tried(&backend, two, None, Options::default()).await.unwrap_err().to_string();
    assert!(refused.contains("The amount may be revenue or total"), "{refused}");
    adds_up(&backend, 0, 0).await;
    let budgets = Input::bytes("b.csv", b"rep,month,amount\nGrace,2015-02,1.200\n".as_slice());
    let refused = import::run(&backend, Kind::Budgets, budgets, None, Options::default()).await.unwrap_err().to_string();
    assert!(refused.contains("may be 1.200 or 1200"), "{refused}");
    bring(&backend, &format!("{dots}2015-02-01,2.5,3\n"), "[fields]\ndate = 'date'\namount = 'amount'\ndocumentNo = 'document_no'\n").await;
    adds_up(&backend, 3, 1_933).await;
    let dinars = common::elsewhere().await;
    let currency = domain::money::Currency::parse("KWD").unwrap();
    company::configure(&dinars, company::Settings { currency, ..company::settings(&dinars).await.unwrap() }).await.unwrap();
    tried(&dinars, dots, None, Options::default()).await.unwrap();
    adds_up(&dinars, 2, 16_834).await;
    common::leave(dinars).await;
});

both_engines!(the_currency_is_fixed_once_there_are_amounts, |backend| {
    let pounds =
        company::Settings { currency: domain::money::Currency::parse("GBP").unwrap(), ..company::settings(&backend).await.unwrap() };
    company::configure(&backend, pounds.clone()).await.unwrap();
    bring(&backend, "no,day,rep,customer,item,qty,price,off\n1,01/02/2015,,,A,1,10,\n", SIGNED).await;
    let dollars = company::Settings { currency: domain::money::Currency::parse("USD").unwrap(), ..pounds.clone() };
    assert!(company::configure(&backend, dollars).await.unwrap_err().to_string().contains("amounts in GBP already"));
    company::configure(&backend, company::Settings { name: "Renamed".into(), ..pounds }).await.unwrap();
});

/// Files as tills write them: each holds some documents whole, on days of their own, with any lines.
fn files() -> impl Strategy<Value = Vec<BTreeMap<u8, Vec<(u8, i16)>>>> {
    let lines = prop::collection::vec((0_u8..3, -500_i16..500), 1..4);
    prop::collection::vec(prop::collection::btree_map(0_u8..6, lines, 1..5), 1..6)
}

both_engines!(after_any_files_each_document_is_as_the_last_file_says_that_holds_it, |backend| {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut known: BTreeMap<u8, Vec<(u8, i16)>> = BTreeMap::new();
    for _ in 0..6 {
        let files = files().new_tree(&mut runner).unwrap().current();
        for file in files {
            let rows = file.iter().flat_map(|(document, lines)| {
                lines.iter().map(move |(rep, price)| format!("{document},{:02}/03/2015,Rep {rep},,A,1,{price},\n", document + 1))
            });
            let text = format!("no,day,rep,customer,item,qty,price,off\n{}", rows.collect::<String>());
            bring(&backend, &text, SIGNED).await;
            known.extend(file);
            let lines = known.values().flatten();
            let (count, net) = lines.fold((0, 0), |(count, net), (_, price)| (count + 1, net + i64::from(*price) * 100));
            adds_up(&backend, count, net).await;
        }
    }
});

async fn exported(backend: &Backend, caller: &domain::people::Caller) -> String {
    let mut out = Vec::new();
    sales::export(backend, caller, &LineQuery::default(), &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

both_engines!(what_is_exported_comes_in_again_as_it_was, |backend, admin| {
    let file = "no,day,rep,customer,item,qty,price,off\n1,01/02/2015,Grace,=C1,A,1.5,10,\n1,01/02/2015,,,B,-2,3,\n,03/02/2015,Grace,C2,A,1,0.005,\n";
    let mapping = SIGNED.replace("kind =", "replaces = \"documents\"\nkind =");
    bring(&backend, file, &mapping).await;
    let out = exported(&backend, &admin).await;
    assert!(
        out.starts_with("date,branch,salesperson,customer,product,item_group,product_line,units_sold,gross_revenue,units_returned,"),
        "{out}"
    );
    assert!(out.contains("2015-02-01,,Grace,'=C1,A,,,1.5,15.00,0,0.00,,1,KES"), "{out}");
    let same = tried(&backend, &out, None, Options::default()).await.unwrap();
    assert_eq!((same.tally.new, same.tally.unchanged, same.id), (0, 3, None), "one's own export says nothing new");
    let company = common::elsewhere().await;
    let again = tried(&company, &out, None, Options::default()).await.unwrap();
    assert_eq!((again.tally.new, again.tally.rejected), (3, 0));
    assert_eq!(exported(&company, &admin).await, out);
    common::leave(company).await;
    let rep = common::a_rep(&backend, "Achieng").await;
    assert!(matches!(sales::export(&backend, &rep, &LineQuery::default(), Vec::new()).await, Err(Error::Forbidden)));
});

both_engines!(a_line_without_a_branch_has_none_in_whatever_order_rows_come_and_an_export_comes_back_to_the_byte, |backend, admin| {
    let head = "date,branch,salesperson,customer,gross_revenue,document_no\n";
    let rows = ["2015-02-01,,R,C,1.00,a\n", "2015-02-02,X,R,C,2.00,b\n", "2015-02-03,,R,C,3.00,c\n"];
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let file = order.iter().fold(head.to_owned(), |text, row| text + rows[*row]);
        let made = tried(&backend, &file, None, Options::default()).await.unwrap();
        let out = exported(&backend, &admin).await;
        let branches: Vec<_> = out.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
        assert_eq!(branches, ["", "X", ""], "{out}");
        let again = tried(&backend, &file, None, Options::default()).await.unwrap();
        assert_eq!((again.tally.unchanged, again.id), (3, None), "also now that the rep is known, and may belong to a branch");
        let other = common::elsewhere().await;
        tried(&other, &out, None, Options::default()).await.unwrap();
        assert_eq!(exported(&other, &admin).await, out);
        common::leave(other).await;
        import::withdraw(&backend, &admin, made.id.unwrap()).await.unwrap();
    }
});

both_engines!(a_file_that_says_no_branches_is_of_those_its_reps_belong_to, |backend, admin| {
    common::a_rep_of(&backend, "Grace", "Thika").await;
    let rows = ["2015-02-01,Grace,1,a\n", "2015-02-02,,2,b\n", "2015-02-03,Neema,3,c\n"];
    for order in [[0, 1, 2], [2, 1, 0]] {
        let file = order.iter().fold("date,salesperson,gross_revenue,document_no\n".to_owned(), |text, row| text + rows[*row]);
        let made = tried(&backend, &file, None, Options::default()).await.unwrap();
        let out = exported(&backend, &admin).await;
        assert_eq!(out.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect::<Vec<_>>(), ["Thika", "", ""], "{out}");
        assert_eq!(tried(&backend, &file, None, Options::default()).await.unwrap().id, None);
        assert_eq!(tried(&backend, &out, None, Options::default()).await.unwrap().id, None, "nor does one's own export say anything new");
        import::withdraw(&backend, &admin, made.id.unwrap()).await.unwrap();
    }
});
