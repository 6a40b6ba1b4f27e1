//! Demonstration data on both engines: signed in to at once, marked as demo, the same figures whoever makes it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Error, clients, demo, people, today};
use common::both_engines;
use domain::Day;
use domain::clients::{ClientQuery, Stage};
use domain::people::Role;

both_engines!(a_fresh_database_becomes_a_company_one_can_sign_in_to, as_of "2026-11-20", |backend, admin| {
    let made_before = demo::create(&backend, None, Day(20_777)).await.unwrap_err();
    assert!(matches!(&made_before, Error::Rejected(r) if r.0[0].code == "not_empty"), "{made_before}");
    common::execute(&backend, "delete from users").await;
    let made = demo::create(&backend, Some("correct horse battery".into()), common::today(&backend).await).await.unwrap();
    assert_eq!(made.accounts.len(), 4);
    let company = backend.company().await.unwrap();
    assert!(company.demo && company.branches.len() == 5 && company.reps.len() == 20);
    for (stage, want) in [(Stage::Client, 2_000), (Stage::Prospect, 1_500)] {
        let query = ClientQuery { stage: Some(stage), ..ClientQuery::default() };
        assert_eq!(clients::list(&backend, &admin, &query).await.unwrap().total, want);
    }
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [i64::try_from(made.visits).unwrap()]);
    let sold = "select count(*) from opportunities o where o.outcome = 'won' and exists (select 1 from sales_lines l \
         where l.client_id = o.client_id and l.day = o.closed_on and l.gross = o.value and l.rep_id = o.rep_id)";
    let won = common::rows(&backend, "select count(*) from opportunities where outcome = 'won'").await;
    assert!(won[0] > 500, "{won:?}");
    assert_eq!(common::rows(&backend, sold).await, won, "what was won was sold on that day, for that much");
    let odd = "select count(*) from opportunities where engaged_on > closed_on or (outcome = 'open') <> (closed_on is null)";
    assert_eq!(common::rows(&backend, odd).await, [0]);
    let session = people::sign_in(&backend, "rep@demo.example", "correct horse battery", None).await.unwrap();
    assert_eq!(session.caller.role, Role::SalesRep);
    let counts = today::overview(&backend, &session.caller).await.unwrap().counts;
    assert_eq!(counts.planned_today, 3);
    assert!(counts.overdue >= 3 && counts.due_soon >= 2 && counts.promises_due >= 1, "{counts:?}");
});
