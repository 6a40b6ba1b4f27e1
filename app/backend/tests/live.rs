//! Following the figures on both engines: told of what another connection committed, and of nothing that changes no figure.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::import::{self, Input, Kind, Options};
use backend::{Backend, Config, live};
use common::both_engines;
use std::time::{Duration, Instant};

const ROWS: &str = "date,branch,salesperson,customer,gross_revenue,document_no\n2026-02-03,N,Ann,C1,10.00,A1\n";

async fn bring(backend: &Backend) {
    import::run(backend, Kind::Sales, Input::bytes("s.csv", ROWS.as_bytes()), None, Options::default()).await.unwrap();
}

both_engines!(a_commit_of_another_connection_is_told_within_a_second, |backend, admin| {
    let mut followed = live::follow(&backend).await.unwrap();
    let before = *followed.borrow_and_update();
    let other = Backend::open(Config { exclusive: false, ..backend.config().clone() }).await.unwrap();
    bring(&other).await;
    let committed = Instant::now();
    tokio::time::timeout(Duration::from_secs(5), followed.changed()).await.unwrap().unwrap();
    assert!(committed.elapsed() < Duration::from_secs(1), "{:?}", committed.elapsed());
    assert!(*followed.borrow_and_update() > before);
    common::a_user(&other, domain::people::Role::Viewer, "Vera").await;
    assert!(tokio::time::timeout(Duration::from_millis(700), followed.changed()).await.is_err(), "another user is no new figure");
    let _ = admin;
});

both_engines!(whoever_comes_after_all_others_went_is_told_again, |backend, admin| {
    drop(live::follow(&backend).await.unwrap());
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut followed = live::follow(&backend).await.unwrap();
    followed.borrow_and_update();
    bring(&backend).await;
    tokio::time::timeout(Duration::from_secs(5), followed.changed()).await.unwrap().unwrap();
    let _ = admin;
});
