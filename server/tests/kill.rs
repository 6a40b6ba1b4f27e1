//! Durability of the real binary: killed with -9 under write load, every acknowledged visit is there exactly once; and the disk was asked to
//! keep it before the caller was told. Servers with a fault built in must be caught by the same test.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "common/postgres.rs"]
mod postgres;
mod process;
#[path = "common/site.rs"]
mod site;

use std::time::Duration;

use process::{
    company::{Company, Engine},
    http::Connection,
    load::{self, Audit, Load},
    trace,
};
use serde_json::json;

/// Kills in one test unless FIELDLIGHT_KILL_ROUNDS says otherwise.
const ROUNDS: usize = 10;
/// A server that acknowledges too early must be caught within this many kills.
const ROUNDS_TO_CATCH: usize = 40;

/// Kills the server `rounds` times under load, or until a visit is lost or doubled.
async fn kill_rounds(company: &Company, fault: Option<&str>, rounds: usize) -> Audit {
    let mut acknowledged = Vec::new();
    let mut audit = Audit::default();
    // Who visits whom is written by a sound server, so that only visits can be lost.
    let sound = company.start(None).await;
    let token = company.token().await;
    let client = company.client(&token).await;
    drop(sound);
    for round in 0..rounds {
        let mut running = company.start(fault).await;
        let load = Load::new(company, &token, &client, round);
        let (mut ledger, ()) = tokio::join!(load.until_gone(), async {
            load.acknowledged(20 + 13 * (round % 7)).await;
            running.0.kill().unwrap();
            running.0.wait().unwrap();
        });
        let running = company.start(fault).await;
        load::send_again(company, &token, &client, &mut ledger).await;
        acknowledged.append(&mut ledger.acknowledged);
        audit = Audit::of(&acknowledged, &company.notes(&token).await);
        drop(running);
        if !audit.is_clean() {
            break;
        }
    }
    audit
}

async fn survives(engine: Engine) {
    let Some(company) = Company::new(engine).await else { return };
    let rounds = std::env::var("FIELDLIGHT_KILL_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let audit = kill_rounds(&company, None, rounds).await;
    let name = format!("{engine:?}").to_lowercase();
    println!("kill {name}: rounds={rounds} acknowledged={} lost={} doubled={}", audit.acknowledged, audit.lost.len(), audit.doubled.len());
    assert!(audit.is_clean(), "{audit:?}");
}

async fn is_caught(engine: Engine, fault: &str) {
    let Some(company) = Company::new(engine).await else { return };
    let audit = kill_rounds(&company, Some(fault), ROUNDS_TO_CATCH).await;
    assert!(!audit.is_clean(), "a server with {fault} passed {ROUNDS_TO_CATCH} kills on {engine:?}: the test sees nothing");
}

#[tokio::test]
async fn every_acknowledged_visit_survives_the_kill_on_sqlite() {
    survives(Engine::Sqlite).await;
}

#[tokio::test]
async fn every_acknowledged_visit_survives_the_kill_on_postgres() {
    survives(Engine::Postgres).await;
}

#[tokio::test]
async fn a_server_that_acknowledges_before_the_commit_is_caught() {
    is_caught(Engine::Sqlite, "ack_before_commit").await;
}

#[tokio::test]
async fn a_server_without_idempotency_is_caught_on_sqlite() {
    is_caught(Engine::Sqlite, "no_idempotency").await;
}

#[tokio::test]
async fn a_server_without_idempotency_is_caught_on_postgres() {
    is_caught(Engine::Postgres, "no_idempotency").await;
}

#[tokio::test]
async fn the_disk_is_asked_to_keep_a_visit_before_its_acknowledgement() {
    let Some(seen) = trace::acknowledgements(None).await else { return };
    assert_eq!(seen.without_sync, 0, "{seen:?}");
}

#[tokio::test]
async fn a_server_that_does_not_wait_for_the_disk_is_caught() {
    let Some(seen) = trace::acknowledgements(Some("synchronous_off")).await else { return };
    assert!(seen.without_sync > 0, "a server with synchronous_off passed: the trace sees nothing: {seen:?}");
}

async fn thousand_hang_up(engine: Engine) {
    let Some(company) = Company::new(engine).await else { return };
    let _running = company.start(None).await;
    let token = company.token().await;
    let client = company.client(&token).await;
    for n in 0..1_000 {
        let note = format!("hung up {n}");
        let body = json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z", "notes": note});
        let mut connection = Connection::open(&company.host, &token).await.unwrap();
        connection.send("POST", "/api/v1/visits", Some(&note), Some(&body)).await.unwrap();
        if n % 3 == 0 {
            tokio::time::sleep(Duration::from_micros(300 * (n % 7))).await;
        }
    }
    let mut acknowledged = Vec::new();
    let mut connection = Connection::open(&company.host, &token).await.unwrap();
    for n in (0..1_000).step_by(10) {
        let note = format!("hung up {n}");
        load::write(&mut connection, &client, &note).await.unwrap();
        acknowledged.push(note);
    }
    let audit = Audit::of(&acknowledged, &company.notes(&token).await);
    assert!(audit.is_clean(), "{audit:?}");
}

#[tokio::test]
async fn a_thousand_callers_that_hang_up_leave_each_visit_at_most_once_on_sqlite() {
    thousand_hang_up(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_thousand_callers_that_hang_up_leave_each_visit_at_most_once_on_postgres() {
    thousand_hang_up(Engine::Postgres).await;
}

/// Runs a program that may write no file longer than 3 MiB, and is told so like on a full disk instead of being ended.
const FULL_AT_3_MB: [&str; 4] = ["sh", "-c", "trap '' XFSZ; ulimit -f 6144; exec \"$@\"", "sh"];

#[tokio::test]
async fn on_a_full_disk_nothing_is_acknowledged_that_is_not_kept_and_reading_goes_on() {
    let company = Company::new(Engine::Sqlite).await.unwrap();
    let sound = company.start(None).await;
    let token = company.token().await;
    let client = company.client(&token).await;
    drop(sound);
    let full = company.start_under(&FULL_AT_3_MB, None).await;
    let mut connection = Connection::open(&company.host, &token).await.unwrap();
    let mut acknowledged = Vec::new();
    // the last pages may still take the little that `/ready` writes: it is asked after each refusal
    let mut ready = 200;
    while ready == 200 {
        let notes = format!("{} {}", acknowledged.len(), "stone ".repeat(300).trim());
        let visit = json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z", "notes": notes});
        let answer = connection.ask("POST", "/api/v1/visits", None, Some(&visit)).await.unwrap();
        match answer.status {
            201 => acknowledged.push(notes),
            503 => ready = connection.ask("GET", "/ready", None, None).await.unwrap().status,
            _ => panic!("{answer:?}"),
        }
        assert!(acknowledged.len() < 10_000, "the disk never filled");
    }
    assert_eq!(ready, 503);
    assert_eq!(connection.ask("GET", "/health", None, None).await.unwrap().status, 200);
    let read = company.notes(&token).await;
    assert!(acknowledged.iter().all(|notes| read.contains(notes)), "a full disk ends reading");
    assert!(company.log().contains("nothing can be written"), "{}", company.log());
    drop(full);

    let _sound = company.start(None).await;
    let mut kept = company.notes(&token).await;
    kept.sort();
    acknowledged.sort();
    assert_eq!(kept, acknowledged, "acknowledged is kept, refused is not");
    let mut connection = Connection::open(&company.host, &token).await.unwrap();
    load::write(&mut connection, &client, "With space again.").await.unwrap();
}
