//! The way every write goes: groups, failures in a group, callers that hang up, a second server, a missing migration.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Backend, Config, Database, Error, company, visits};
use common::build::{a_client, a_visit, id, meta};
use common::{a_rep, both_engines};
use domain::ids::{BranchId, EntryId};

both_engines!(one_that_fails_in_the_database_costs_nobody_else_anything, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let mut good = Vec::new();
    let mut bad = Vec::new();
    for i in 0..120 {
        let backend = backend.clone();
        if i % 10 == 5 {
            bad.push(tokio::spawn(async move { company::add_rep(&backend, "Nowhere", Some(BranchId(id()))).await }));
        } else {
            let (joyce, client) = (joyce.clone(), client.clone());
            good.push(tokio::spawn(async move { a_visit().to(&client).add(&backend, &joyce).await }));
        }
    }
    for task in bad {
        assert!(matches!(task.await.unwrap(), Err(Error::Internal(_))));
    }
    for task in good {
        task.await.unwrap();
    }
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [108]);
    assert_eq!(common::rows(&backend, "select count(*) from events where kind = 'visit.record'").await, [108]);
    assert_eq!(backend.company().await.unwrap().reps.len(), 1);
});

both_engines!(a_thousand_callers_that_hang_up_leave_every_write_whole_and_once, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let mut entries = Vec::new();
    for i in 0..1_000u32 {
        let ask = a_visit().to(&client).ask(&backend).await;
        let keyed = meta(&backend).with_entry(Some(EntryId(id())));
        entries.push((ask.clone(), keyed));
        let (backend, joyce) = (backend.clone(), joyce.clone());
        let caller = tokio::spawn(async move { visits::record(&backend, &joyce, ask, keyed).await.map(drop) });
        for _ in 0..i % 5 {
            tokio::task::yield_now().await;
        }
        caller.abort();
    }
    // Whoever asks again with the same key gets the same row, and everything is there exactly once.
    for (ask, keyed) in entries {
        let row = visits::record(&backend, &joyce, ask.clone(), keyed).await.unwrap();
        assert_eq!(row.id, ask.id);
    }
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [1_000]);
    assert_eq!(common::rows(&backend, "select count(*) from events where kind = 'visit.record'").await, [1_000]);
    assert_eq!(common::rows(&backend, "select count(*) from receipts").await, [1_000]);
});

both_engines!(what_is_written_together_stands_as_if_written_one_by_one, |backend, admin| {
    let reps = [a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await];
    let day = common::today(&backend).await;
    let mut made = Vec::new();
    for i in 0..6 {
        made.push(a_client().named(&format!("C{i}")).add(&backend, &reps[i % 2]).await);
    }
    let twice = id();
    let tasks: Vec<_> = (0..300usize)
        .map(|i| {
            let (backend, by, client) = (backend.clone(), reps[i / 7 % 2].clone(), made[i % 6].clone());
            tokio::spawn(async move {
                let mut ask = a_visit().on(day.plus(-i32::try_from(i % 40).unwrap())).to(&client).ask(&backend).await;
                if i % 50 < 2 {
                    ask.id = domain::ids::VisitId(twice);
                }
                if i % 31 == 0 {
                    let town = domain::clients::ClientPatch { town: Some(format!("T{i}")), ..Default::default() };
                    backend::clients::edit(&backend, &by, client.id, town, meta(&backend)).await.map(|_| false)
                } else {
                    visits::record(&backend, &by, ask, meta(&backend)).await.map(|_| true)
                }
            })
        })
        .collect();
    let (mut logged, mut edited, mut refused) = (0, 0, [0, 0]);
    for task in tasks {
        match task.await.unwrap() {
            Ok(true) => logged += 1,
            Ok(false) => edited += 1,
            Err(Error::NotFound) => refused[0] += 1,
            Err(Error::Rejected(_)) => refused[1] += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(logged > 100 && refused[0] > 100 && refused[1] > 0, "{logged} {refused:?}");
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [logged]);
    assert_eq!(common::rows(&backend, "select count(*) from events where kind = 'client.edit'").await, [edited]);
    for client in made {
        let row = backend::clients::find(&backend, &admin, client.id).await.unwrap();
        let card = backend::clients::card(&backend, &admin, client.id).await.unwrap();
        assert_eq!(row.last_visit_on, card.history.iter().map(|v| v.day).max());
        assert_eq!(row.due_on, row.last_visit_on.map(|d| d.plus(35)));
    }
});

both_engines!(a_server_whose_connections_were_cut_says_it_is_passing_and_goes_on, |backend| {
    if common::is_sqlite(&backend) {
        return;
    }
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    common::execute(&backend, cut).await;
    let ask = a_visit().to(&client).ask(&backend).await;
    let keyed = meta(&backend).with_entry(Some(EntryId(id())));
    let mut tries = 0;
    while let Err(error) = visits::record(&backend, &joyce, ask.clone(), keyed).await {
        tries += 1;
        assert!(!error.is_permanent() && tries < 10, "{error}");
    }
    backend.ready().await.unwrap();
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [1]);
});

both_engines!(every_write_has_its_line_in_the_journal_with_the_same_version, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    for _ in 0..3 {
        a_visit().to(&client).add(&backend, &joyce).await;
    }
    let orphans = "select count(*) from visits v where not exists \
                   (select 1 from events e where e.subject_id = v.id and e.version = v.version and e.client_id = v.client_id)";
    assert_eq!(common::rows(&backend, orphans).await, [0]);
    let by_joyce = "select count(*) from events e join users u on u.id = e.user_id where u.email_key = 'joyce@x.example'";
    assert_eq!(common::rows(&backend, by_joyce).await, [4]);
});

both_engines!(another_process_may_write_beside_the_server, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let beside = common::another(&backend).await;
    let tasks: Vec<_> = [backend.clone(), beside.clone()]
        .into_iter()
        .map(|b| {
            let (joyce, client) = (joyce.clone(), client.clone());
            tokio::spawn(async move {
                for _ in 0..50 {
                    a_visit().to(&client).add(&b, &joyce).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    beside.close().await;
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [100]);
});

#[tokio::test]
async fn a_second_server_on_the_same_file_is_refused_and_the_lock_goes_with_the_first() {
    let folder = std::env::temp_dir().join(format!("fieldlight-test-{}", id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut config = Config::new(Database::Sqlite { path: folder.join("a.db") });
    let Err(Error::Configuration(missing)) = Backend::open(config.clone()).await else { panic!("opened") };
    assert!(missing.contains("fieldlight migrate"), "{missing}");
    std::fs::File::create(folder.join("a.db")).unwrap();
    let Err(Error::Configuration(old)) = Backend::open(config.clone()).await else { panic!("opened") };
    assert!(old.contains("stands at migration 0"), "{old}");
    (config.exclusive, config.migrate) = (true, true);
    let first = Backend::open(config.clone()).await.unwrap();
    let Err(Error::Configuration(taken)) = Backend::open(config.clone()).await else { panic!("opened twice") };
    assert!(taken.contains("another process"), "{taken}");
    first.ready().await.unwrap();
    first.close().await;
    Backend::open(config).await.unwrap().close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_database_server_that_is_not_there_is_a_passing_failure() {
    let config = Config::new(Database::Postgres { url: "postgres://nobody@127.0.0.1:9/none".into() });
    let error = Backend::open(config).await.err().unwrap();
    assert!(!error.is_permanent() && matches!(error, Error::Unavailable(_) | Error::Timeout), "{error}");
}
