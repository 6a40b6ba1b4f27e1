//! Imports of sales taken back, in whatever order: what counts is what those say that still stand, to the line.

use crate::common::{self, both_engines};
use crate::snapshot::{difference, snapshot};
use crate::{SIGNED, adds_up, bring, exported};
use backend::import::{self, Report};
use backend::{Backend, Database, Error};
use domain::ids::ImportId;
use domain::people::Caller;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;

pub(crate) const HEAD: &str = "no,day,rep,customer,item,qty,price,off\n";

both_engines!(an_import_taken_back_leaves_what_was_there_before_it, |backend, admin| {
    let head = "no,day,rep,customer,item,qty,price,off\n";
    bring(&backend, &format!("{head}1,01/02/2015,Grace,C1,A,1,10,\n2,02/02/2015,Grace,C1,A,1,5,\n"), SIGNED).await;
    let before = exported(&backend, &admin).await;
    let wrong = bring(&backend, &format!("{head}1,01/02/2015,Grace,C1,A,1,99,\n9,05/02/2015,Daniel,C9,Z,1,7,\n"), SIGNED).await;
    adds_up(&backend, 3, 11_100).await;
    let id = wrong.id.unwrap();
    let rep = common::a_rep(&backend, "Grace").await;
    assert!(matches!(import::withdraw(&backend, &rep, id).await, Err(Error::Forbidden)));
    let done = import::withdraw(&backend, &admin, id).await.unwrap();
    assert_eq!((done.lines, done.net, done.restored), (2, 10_600, 1));
    assert_eq!((done.clients_removed, done.clients_kept, done.products_removed), (1, 0, 1));
    adds_up(&backend, 2, 1_500).await;
    assert_eq!(exported(&backend, &admin).await, before, "to the byte");
    assert!(import::withdraw(&backend, &admin, id).await.unwrap_err().to_string().contains("taken back before"));
});

/// Documents with their lines, each a rep and a price.
pub(crate) type Documents = BTreeMap<u8, Vec<(u8, i16)>>;

/// Imports that stand in the order they came, each with the documents its file holds.
pub(crate) type Standing = Vec<(ImportId, Documents)>;

/// Files that often say the same of a document.
pub(crate) fn near() -> impl Strategy<Value = Documents> {
    let lines = prop::collection::vec((0_u8..2, 1_i16..3), 1..3);
    prop::collection::btree_map(0_u8..4, lines, 1..4)
}

pub(crate) fn text(file: &Documents) -> String {
    let rows = file.iter().flat_map(|(document, lines)| {
        lines.iter().map(move |(rep, price)| format!("{document},{:02}/03/2015,Rep {rep},C{rep},A,1,{price},\n", document + 1))
    });
    HEAD.to_owned() + &rows.collect::<String>()
}

/// Each document as the last of these says that holds it: the lines of an export, in no order.
fn said(standing: &Standing) -> Vec<String> {
    let mut all = Documents::new();
    standing.iter().for_each(|(_, file)| all.extend(file.clone()));
    let lines = all.iter().flat_map(|(document, lines)| {
        lines
            .iter()
            .map(move |(rep, price)| format!("2015-03-{:02},,Rep {rep},C{rep},A,,,1,{price}.00,0,0.00,,{document},KES", document + 1))
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort_unstable();
    lines
}

/// What counts is what these imports say.
pub(crate) async fn holds(backend: &Backend, admin: &Caller, standing: &Standing, before: &str) {
    let mut lines: Vec<String> = exported(backend, admin).await.lines().skip(1).map(str::to_owned).collect();
    lines.sort_unstable();
    assert_eq!(lines, said(standing), "{before}");
    assert_eq!(backend::sales::drift(backend).await.unwrap(), 0, "{before}");
}

both_engines!(whatever_is_brought_in_and_taken_back_what_counts_is_what_the_standing_imports_say, |backend, admin| {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut standing = Standing::new();
    let mut history = String::new();
    for round in 0..60_usize {
        let file = near().new_tree(&mut runner).unwrap().current();
        let report = bring(&backend, &text(&file), SIGNED).await;
        history += &format!("{:?} {file:?}\n", report.id);
        standing.extend(report.id.map(|id| (id, file)));
        holds(&backend, &admin, &standing, &history).await;
        if round % 2 == 1 && !standing.is_empty() {
            let (id, _) = standing.remove((round * 7) % standing.len());
            history += &format!("taken back {id}\n");
            import::withdraw(&backend, &admin, id).await.unwrap();
            holds(&backend, &admin, &standing, &history).await;
        }
    }
});

both_engines!(in_whatever_order_imports_of_sales_are_taken_back_nothing_of_them_is_left, |backend, admin| {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let pick = |runner: &mut TestRunner, end: usize| (0..end).new_tree(runner).unwrap().current();
    for round in 0..12 {
        if round == 6 {
            bring(&backend, &text(&near().new_tree(&mut runner).unwrap().current()), SIGNED).await;
        }
        let before = snapshot(&backend).await;
        let (mut made, mut history) = (Vec::new(), String::new());
        for _ in 0..2 + pick(&mut runner, 5) {
            let file = text(&near().new_tree(&mut runner).unwrap().current());
            let id = bring(&backend, &file, SIGNED).await.id;
            history += &format!("{id:?}\n{file}");
            made.extend(id);
        }
        while !made.is_empty() {
            let id = made.remove(pick(&mut runner, made.len()));
            history += &format!("taken back {id}\n");
            import::withdraw(&backend, &admin, id).await.unwrap();
            assert_eq!(backend::sales::drift(&backend).await.unwrap(), 0, "{history}");
        }
        let after = snapshot(&backend).await;
        assert_eq!(after, before, "round {round}\n{history}{}", difference(&before, &after));
    }
});

/// Two files that overlap: the second holds document 2 as the first one does.
async fn two(backend: &Backend) -> (Report, Report) {
    let two = "2,02/02/2015,Grace,C2,A,1,5,\n2,02/02/2015,Grace,C2,B,1,6,\n";
    let first = bring(backend, &format!("{HEAD}1,01/02/2015,Grace,C1,A,1,10,\n{two}"), SIGNED).await;
    (first, bring(backend, &format!("{HEAD}3,03/02/2015,Daniel,C3,C,1,7,\n{two}"), SIGNED).await)
}

both_engines!(a_document_that_a_later_import_holds_unchanged_stays_with_that_one, |backend, admin| {
    let (first, second) = two(&backend).await;
    assert_eq!((second.tally.new, second.tally.unchanged), (1, 2));
    adds_up(&backend, 4, 2_800).await;
    let done = import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap();
    assert_eq!((done.lines, done.net, done.restored, done.parts_kept, done.lines_kept), (1, 1_000, 0, 1, 2));
    let part = &done.parts[0];
    assert_eq!((part.name.as_str(), part.lines, Some(part.import)), ("Document 2", 2, second.id));
    assert_eq!(part.why, "sales.csv says it too, just so: it goes with that import");
    assert!(done.to_string().contains("1 document or day of 2 lines stays, since another import holds it just so."), "{done}");
    adds_up(&backend, 3, 1_800).await;
    let lines = "select line from sales_lines l join imports i on i.id = l.import_id and i.state = 'published' order by line";
    assert_eq!(common::rows(&backend, lines).await, [2, 3, 4], "they stand where the second file has them");
    let done = import::withdraw(&backend, &admin, second.id.unwrap()).await.unwrap();
    assert_eq!((done.lines, done.parts_kept, done.kept_count), (3, 0, 0), "{:?}", done.kept);
    adds_up(&backend, 0, 0).await;
    for left in ["sales_lines", "sales_said_again", "clients", "products", "reps"] {
        let statement: &'static str = format!("select count(*) from {left}").leak();
        assert_eq!(common::rows(&backend, statement).await, [0], "{left}");
    }
});

both_engines!(taking_the_later_import_back_leaves_what_the_earlier_one_says, |backend, admin| {
    let (first, second) = two(&backend).await;
    let done = import::withdraw(&backend, &admin, second.id.unwrap()).await.unwrap();
    assert_eq!((done.lines, done.parts_kept, done.parts[0].import), (1, 1, first.id.unwrap()));
    adds_up(&backend, 3, 2_100).await;
    assert_eq!(import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap().lines, 3);
    adds_up(&backend, 0, 0).await;
});

both_engines!(a_day_of_thousands_of_lines_is_handed_on_whole, |backend, admin| {
    let by_days = "source = 's'\nreplaces = 'days'\n[fields]\ndate = 'date'\namount = 'total'\n";
    let day: String = (0..2_300).map(|i| format!("2015-02-01,{}\n", i % 700)).collect();
    let first = bring(&backend, &format!("date,total\n{day}"), by_days).await;
    let second = bring(&backend, &format!("date,total\n2015-02-02,1\n{day}"), by_days).await;
    let (_, net) = backend::sales::total(&backend).await.unwrap();
    import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap();
    adds_up(&backend, 2_301, net).await;
    let lines = common::rows(&backend, "select line from sales_lines order by line").await;
    assert_eq!(lines, (2..=2_302).collect::<Vec<_>>());
    let again = bring(&backend, &format!("date,total\n{day}"), by_days).await;
    assert_eq!((again.tally.unchanged, again.id), (2_300, None));
    import::withdraw(&backend, &admin, second.id.unwrap()).await.unwrap();
    adds_up(&backend, 0, 0).await;
});

both_engines!(what_is_broken_off_while_it_is_taken_back_counts_as_before_and_can_be_taken_back_in_any_order, |backend, admin| {
    let (first, second) = two(&backend).await;
    let (make, drop): (&[&'static str], &'static str) = match &backend.config().database {
        Database::Sqlite { .. } => (
            &["create trigger torn before update on imports when new.state = 'withdrawn' begin select raise(abort, 'torn'); end"],
            "drop trigger torn",
        ),
        Database::Postgres { .. } => (
            &[
                "create function torn() returns trigger language plpgsql as $$ begin if new.state = 'withdrawn' then raise exception 'torn'; end if; return new; end $$",
                "create trigger torn before update on imports for each row execute function torn()",
            ],
            "drop trigger torn on imports",
        ),
    };
    for statement in make {
        common::execute(&backend, statement).await;
    }
    import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap_err();
    adds_up(&backend, 4, 2_800).await;
    common::execute(&backend, drop).await;
    import::withdraw(&backend, &admin, second.id.unwrap()).await.unwrap();
    adds_up(&backend, 3, 2_100).await;
    import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap();
    adds_up(&backend, 0, 0).await;
});

both_engines!(nothing_is_taken_back_while_an_import_of_sales_is_being_written, |backend, admin| {
    let (first, _) = two(&backend).await;
    common::execute(
        &backend,
        "update imports set state = 'staged', alive_at = 9999999999999 where version = (select max(version) from imports)",
    )
    .await;
    let refused = import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap_err();
    assert!(refused.to_string().contains("An import of sales is under way"), "{refused}");
});
