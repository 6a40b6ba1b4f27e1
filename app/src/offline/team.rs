//! A team's figures on the device of somebody without a Book: what they are made of, as of the last contact, in that person's own storage.

use super::Offline;
use super::bag::Bag;
use super::browser;
use super::phone::Phone;
use super::push::{Envelope, refusal};
use super::store::{Batch, Broken, In};
use super::sync::Failure;
use domain::Instant;
use domain::ids::UserId;
use domain::targets::Facts;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

const URL: &str = "/api/v1/overview/facts";
const RECORD: &str = "team";

/// What the figures of whoever works here are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// When the server told.
    pub at: Instant,
    /// What it told.
    pub facts: Facts,
}

/// As it is stored: the facts as one row of numbers.
#[derive(Serialize, Deserialize)]
struct Stored {
    at: Instant,
    facts: Vec<i64>,
}

/// As the server tells it; without facts there are neither sales nor budgets.
#[derive(Deserialize)]
struct Told {
    user: UserId,
    facts: Option<Vec<i64>>,
}

impl Offline {
    /// The figures of the team of somebody without a Book, as of the last contact: none before there was any.
    #[must_use]
    pub fn team(self) -> Option<Rc<Team>> {
        self.phone()?.team()
    }
}

impl Stored {
    fn read(self) -> Option<Rc<Team>> {
        Some(Rc::new(Team { at: self.at, facts: Facts::of_numbers(&self.facts)? }))
    }
}

/// Reads what is stored.
pub async fn load(bag: &Bag) -> Result<(), Broken> {
    let stored: Option<Stored> = bag.store.record(RECORD).await?;
    *bag.team.borrow_mut() = stored.and_then(Stored::read);
    Ok(())
}

/// Asks the server for the figures as they are, and stores them.
pub async fn ask(phone: &Phone, bag: &Bag) -> Result<(), Failure> {
    let answer = browser::get(URL, "application/json").await.ok_or(Failure::Unreachable)?;
    if answer.status != 200 {
        return Err(refusal(&answer));
    }
    let told: Option<Envelope<Told>> = serde_json::from_slice(&answer.body).ok();
    let told = told.and_then(|envelope| envelope.data).ok_or(Failure::Unreachable)?;
    if told.user != bag.user {
        return Err(Failure::OtherUser);
    }
    // put down meanwhile: the person has left, and with them what they may see
    if !phone.carries(bag) {
        return Ok(());
    }
    let Some(facts) = told.facts else { return Ok(forget(bag).await?) };
    let stored = Stored { at: phone.now(), facts };
    let mut batch = Batch::new();
    batch.put(In::Meta, RECORD, &stored);
    bag.store.write_relaxed(batch).await?;
    *bag.team.borrow_mut() = stored.read();
    Ok(())
}

/// Takes it off the device.
pub async fn forget(bag: &Bag) -> Result<(), Broken> {
    *bag.team.borrow_mut() = None;
    let mut batch = Batch::new();
    batch.delete(In::Meta, RECORD);
    bag.store.write_relaxed(batch).await
}
