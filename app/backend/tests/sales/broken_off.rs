//! Taking imports back that is broken off after any of its transactions: what counts is what those say that still stand, and nothing is left in the end.

use crate::common::{self, both_engines};
use crate::snapshot::{difference, snapshot};
use crate::taken_back::{Documents, HEAD, Standing, holds, near, text};
use crate::{SIGNED, bring};
use backend::import::{self, Withdrawn};
use backend::{Backend, Database, Error};
use domain::ids::ImportId;
use domain::people::Caller;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// From the next but `after` transaction on nothing can be written, as when the process is killed.
async fn break_off(backend: &Backend, after: i64) {
    let last = common::rows(backend, "select version from clock").await[0] + after;
    let statements = match &backend.config().database {
        Database::Sqlite { .. } => vec![format!(
            "create trigger broken before update on clock when new.version > {last} begin select raise(abort, 'broken off'); end"
        )],
        Database::Postgres { .. } => vec![
            format!(
                "create or replace function broken() returns trigger language plpgsql as $$ begin if new.version > {last} then \
                 raise exception 'broken off'; end if; return new; end $$"
            ),
            "create trigger broken before update on clock for each row execute function broken()".to_owned(),
        ],
    };
    for statement in statements {
        common::execute(backend, statement.leak()).await;
    }
}

/// It can again.
async fn start_again(backend: &Backend) {
    let statement = if common::is_sqlite(backend) { "drop trigger broken" } else { "drop trigger broken on clock" };
    common::execute(backend, statement).await;
}

async fn withdraw_broken_off(backend: &Backend, admin: &Caller, id: ImportId, after: i64) -> Result<Withdrawn, Error> {
    break_off(backend, after).await;
    let done = import::withdraw(backend, admin, id).await;
    start_again(backend).await;
    done
}

/// Those of these that count.
async fn still(backend: &Backend, admin: &Caller, imports: &Standing) -> Standing {
    let mut standing = Standing::new();
    for (id, file) in imports {
        if import::find(backend, admin, *id).await.unwrap().state == "published" {
            standing.push((*id, file.clone()));
        }
    }
    standing
}

async fn brought(backend: &Backend, files: &[Documents]) -> Standing {
    let mut made = Standing::new();
    for file in files {
        made.extend(bring(backend, &text(file), SIGNED).await.id.map(|id| (id, file.clone())));
    }
    made
}

/// Takes back whatever counts.
async fn leave_nothing(backend: &Backend, admin: &Caller, imports: &Standing) {
    for (id, _) in still(backend, admin, imports).await {
        import::withdraw(backend, admin, id).await.unwrap();
    }
}

/// Breaks taking `taken` of these files back off after each of its transactions, and then takes `next` of them back.
async fn after_each(backend: &Backend, admin: &Caller, files: &[Documents], taken: usize, next: usize) {
    let before = snapshot(backend).await;
    let whole = {
        let made = brought(backend, files).await;
        let done = import::withdraw(backend, admin, made[taken].0).await.unwrap();
        leave_nothing(backend, admin, &made).await;
        done
    };
    for after in 0.. {
        let said = format!("{taken} broken off after {after}, then {next}");
        let made = brought(backend, files).await;
        let broken = withdraw_broken_off(backend, admin, made[taken].0, after).await.is_err();
        assert!(broken || after > 3, "{said}: not many transactions");
        holds(backend, admin, &still(backend, admin, &made).await, &said).await;
        if broken {
            let was = import::find(backend, admin, made[next].0).await.unwrap();
            let done = match import::withdraw(backend, admin, made[next].0).await {
                // all of it was done, only nobody was told
                Err(Error::Rejected(_)) if was.state == "withdrawn" => was.withdrawn.unwrap(),
                done => done.unwrap(),
            };
            if taken == next {
                let counts = |d: &Withdrawn| (d.lines, d.net, d.restored, d.parts_kept, d.removed, d.clients_removed, d.kept_count);
                assert_eq!(counts(&done), counts(&whole), "{said}");
            }
            let left = still(backend, admin, &made).await;
            assert!(left.iter().all(|(id, _)| *id != made[next].0), "{said}");
            holds(backend, admin, &left, &said).await;
        }
        leave_nothing(backend, admin, &made).await;
        let now = snapshot(backend).await;
        assert_eq!(now, before, "{said}\n{}", difference(&before, &now));
        if !broken {
            return;
        }
    }
}

fn documents(of: &[(u8, &[(u8, i16)])]) -> Documents {
    of.iter().map(|(document, lines)| (*document, lines.to_vec())).collect()
}

both_engines!(what_a_later_import_changed_is_taken_back_in_any_order_wherever_the_first_was_broken_off, |backend, admin| {
    let files: Vec<Documents> =
        (1..5).map(|price| documents(&[(1, &[(0, price), (1, price)]), (u8::try_from(price).unwrap() + 1, &[(2, price)])])).collect();
    for (taken, next) in [(2, 3), (1, 2), (2, 1), (0, 1), (1, 1)] {
        after_each(&backend, &admin, &files, taken, next).await;
    }
});

both_engines!(what_others_say_again_is_taken_back_in_any_order_wherever_the_first_was_broken_off, |backend, admin| {
    let (old, same, new): (&[_], &[_], &[_]) = (&[(0, 9)], &[(0, 1), (1, 1)], &[(1, 7)]);
    let files = [
        documents(&[(1, old), (2, old)]),
        documents(&[(1, same), (2, same)]),
        documents(&[(1, same), (3, same)]),
        documents(&[(1, same), (2, new)]),
        documents(&[(1, new), (3, new)]),
    ];
    for (taken, next) in [(1, 2), (1, 4), (1, 0), (1, 1), (2, 1), (3, 1), (2, 4), (4, 1)] {
        after_each(&backend, &admin, &files, taken, next).await;
    }
});

both_engines!(a_document_of_thousands_of_lines_may_be_broken_off_in_its_midst, |backend, admin| {
    let many: Vec<(u8, i16)> = (0..2_300).map(|i| (u8::try_from(i % 3).unwrap(), 1 + i % 700)).collect();
    let files = [documents(&[(1, &[(0, 1)])]), documents(&[(1, &many)]), documents(&[(1, &many), (2, &[(1, 1)])])];
    after_each(&backend, &admin, &files, 1, 2).await;
    // a third file says it while some of its lines are with the one and some with the other
    let made = brought(&backend, &files).await;
    withdraw_broken_off(&backend, &admin, made[1].0, 1).await.unwrap_err();
    let third = brought(&backend, &[documents(&[(1, &many), (3, &[(1, 1)])])]).await;
    for id in [made[1].0, made[2].0] {
        import::withdraw(&backend, &admin, id).await.unwrap();
    }
    holds(&backend, &admin, &[made[..1].to_vec(), third].concat(), "a third file").await;
});

both_engines!(whatever_is_broken_off_and_whatever_comes_then_what_counts_is_what_the_standing_imports_say, |backend, admin| {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let pick = |runner: &mut TestRunner, end: usize| (0..end).new_tree(runner).unwrap().current();
    let before = snapshot(&backend).await;
    let (mut all, mut history) = (Standing::new(), String::new());
    for _ in 0..40 {
        let file = near().new_tree(&mut runner).unwrap().current();
        let made = brought(&backend, std::slice::from_ref(&file)).await;
        history += &format!("{:?} {file:?}\n", made.first().map(|made| made.0));
        all.extend(made);
        let standing = still(&backend, &admin, &all).await;
        holds(&backend, &admin, &standing, &history).await;
        if !standing.is_empty() && pick(&mut runner, 3) > 0 {
            let (id, after) = (standing[pick(&mut runner, standing.len())].0, pick(&mut runner, 7));
            history += &format!("{id} taken back, broken off after {after}\n");
            let _ = withdraw_broken_off(&backend, &admin, id, i64::try_from(after).unwrap()).await;
            holds(&backend, &admin, &still(&backend, &admin, &all).await, &history).await;
        }
    }
    import::mend(&backend).await.unwrap();
    leave_nothing(&backend, &admin, &all).await;
    let now = snapshot(&backend).await;
    assert_eq!(now, before, "{history}{}", difference(&before, &now));
});

both_engines!(what_was_taken_back_is_made_up_for_before_anything_else_and_said_in_full, |backend, admin| {
    let head = HEAD.to_owned();
    let rows: String = (0..1_500).map(|i| format!("{i},01/03/2015,Rep {},C{i},P{i},1,1,\n", i % 3)).collect();
    let id = bring(&backend, &(head + &rows), SIGNED).await.id.unwrap();
    let clients = "select count(*) from clients";
    let mut broken = 0;
    while common::rows(&backend, clients).await != [0] {
        broken += i64::from(withdraw_broken_off(&backend, &admin, id, 2).await.is_err());
        assert!(broken < 20);
    }
    assert!(broken > 2, "the records go in portions");
    import::mend(&backend).await.unwrap();
    for left in ["sales_lines", "clients", "products", "reps", "import_changes"] {
        assert_eq!(common::rows(&backend, format!("select count(*) from {left}").leak()).await, [0], "{left}");
    }
    let kept = import::find(&backend, &admin, id).await.unwrap();
    let done = kept.withdrawn.unwrap();
    assert_eq!((done.lines, done.clients_removed, done.products_removed, done.removed, done.kept_count), (1_500, 1_500, 1_500, 3_003, 0));
    assert!(kept.report.get("withdrawing").is_none(), "{}", kept.report);
    let again = import::withdraw(&backend, &admin, id).await.unwrap_err();
    assert!(again.to_string().contains("taken back before"), "{again}");
});
