//! Write load: callers that log visits one after another, remember what was acknowledged, and send again what was not.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use tokio::task::JoinSet;

use super::{company::Company, http::Connection};

/// Callers at the same time.
const CALLERS: usize = 8;

/// What one round of load left behind: notes are unlike each other, so that they name the visit.
#[derive(Debug, Default)]
pub struct Ledger {
    pub acknowledged: Vec<String>,
    pub unanswered: Vec<String>,
}

/// One round of load.
#[derive(Clone)]
pub struct Load {
    host: String,
    token: String,
    client: String,
    round: usize,
    count: Arc<AtomicUsize>,
}

impl Load {
    pub fn new(company: &Company, token: &str, client: &str, round: usize) -> Self {
        Self { host: company.host.clone(), token: token.into(), client: client.into(), round, count: Arc::default() }
    }

    /// Loads the server until it is gone.
    pub async fn until_gone(&self) -> Ledger {
        let mut callers = JoinSet::new();
        for caller in 0..CALLERS {
            let load = self.clone();
            callers.spawn(async move { load.log_visits(caller).await });
        }
        let mut all = Ledger::default();
        while let Some(ledger) = callers.join_next().await {
            let ledger = ledger.unwrap();
            all.acknowledged.extend(ledger.acknowledged);
            all.unanswered.extend(ledger.unanswered);
        }
        all
    }

    /// Waits until so many visits were acknowledged.
    pub async fn acknowledged(&self, visits: usize) {
        let waited = tokio::time::timeout(Duration::from_secs(30), async {
            while self.count.load(Ordering::Relaxed) < visits {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        waited.await.expect("the server acknowledges visits");
    }

    async fn log_visits(&self, caller: usize) -> Ledger {
        let mut ledger = Ledger::default();
        let Ok(mut connection) = Connection::open(&self.host, &self.token).await else { return ledger };
        for n in 0.. {
            let note = format!("note {}-{caller}-{n}", self.round);
            if write(&mut connection, &self.client, &note).await.is_err() {
                ledger.unanswered.push(note);
                break;
            }
            self.count.fetch_add(1, Ordering::Relaxed);
            ledger.acknowledged.push(note);
        }
        ledger
    }
}

/// Logs one visit under its note as idempotency key.
///
/// # Panics
/// When the server answers anything but 201.
pub async fn write(connection: &mut Connection, client: &str, note: &str) -> std::io::Result<()> {
    let body = json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z", "notes": note});
    let answer = connection.ask("POST", "/api/v1/visits", Some(note), Some(&body)).await?;
    assert_eq!(answer.status, 201, "{answer:?}");
    Ok(())
}

/// Sends again what got no answer, as a phone does; a second time, as a phone with two tabs might.
pub async fn send_again(company: &Company, token: &str, client: &str, ledger: &mut Ledger) {
    let mut connection = Connection::open(&company.host, token).await.unwrap();
    for note in ledger.unanswered.drain(..) {
        for _ in 0..2 {
            write(&mut connection, client, &note).await.unwrap();
        }
        ledger.acknowledged.push(note);
    }
}

/// The visits on the server held against what was acknowledged.
#[derive(Debug, Default)]
pub struct Audit {
    pub acknowledged: usize,
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
}

impl Audit {
    pub fn of(acknowledged: &[String], found: &[String]) -> Self {
        let mut times: HashMap<&String, usize> = HashMap::new();
        for note in found {
            *times.entry(note).or_default() += 1;
        }
        let lost = acknowledged.iter().filter(|note| !times.contains_key(note)).cloned().collect();
        let doubled = times.iter().filter(|(_, n)| **n > 1).map(|(note, _)| (*note).clone()).collect();
        Self { acknowledged: acknowledged.len(), lost, doubled }
    }

    /// Every acknowledged visit is there, and none twice.
    pub fn is_clean(&self) -> bool {
        self.lost.is_empty() && self.doubled.is_empty()
    }
}
