//! The outbox as a state machine: what waits, what is parked and why, what the server has. Storage and network are the caller's.
//!
//! An entry is a finished request body. Numbers rise and are never used twice; a gap means nothing. Nothing leaves the queue but by a receipt whose
//! rows have come back, or by the person's own discard.

use crate::calendar::Instant;
use crate::ids::{DeviceId, EntryId, UserId};
use crate::rejection::Rejections;
use crate::sync::{Receipt, Verdict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Failures of one entry before it is parked.
pub const ATTEMPTS_MAX: u32 = 5;

/// One entry with all that is kept beside its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Queued {
    /// Idempotency key.
    pub id: EntryId,
    /// Place in the device's order.
    pub seq: u64,
    /// Whose it is.
    pub user: UserId,
    /// Where it was made.
    pub device: DeviceId,
    /// Form of the body.
    pub schema: u16,
    /// When it was made, by the device's clock.
    pub made_at: Instant,
    /// What it is, for people.
    pub name: String,
    /// Whom it concerns, for people.
    pub about: String,
    /// The record it changes.
    pub subject: Uuid,
    /// The client it hangs on.
    pub parent: Option<Uuid>,
    /// Whether it brings its subject into being.
    pub founds: bool,
    /// `{"kind": …, "body": …}`, never parsed again on the way out.
    pub body: String,
    /// Where it stands.
    pub state: State,
    /// Failures answered by the server for this entry.
    pub attempts: u32,
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum State {
    /// On this phone.
    Waiting,
    /// On the server; its rows are not back yet.
    Sent {
        /// Cursor of its rows.
        version: i64,
    },
    /// Needs attention.
    Parked {
        /// Why.
        cause: Cause,
    },
}

/// Why an entry is parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "why")]
pub enum Cause {
    /// A rule was broken; the same again would be refused again.
    Rejected {
        /// What to put right.
        rejections: Rejections,
    },
    /// The server failed on it [`ATTEMPTS_MAX`] times.
    Failed {
        /// For whoever looks into it.
        reference: String,
    },
    /// It needs a parked one.
    Dependant {
        /// Which.
        of: EntryId,
    },
}

/// All entries of one user on one device, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    entries: Vec<Queued>,
    last_seq: u64,
}

impl Outbox {
    /// From stored entries, in any order, and the highest number ever given.
    #[must_use]
    pub fn restore(mut entries: Vec<Queued>, last_seq: u64) -> Self {
        entries.sort_by_key(|e| e.seq);
        let last_seq = entries.last().map_or(last_seq, |e| e.seq.max(last_seq));
        Self { entries, last_seq }
    }

    /// The number the next entry must carry.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        self.last_seq + 1
    }

    /// The highest number ever given.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// Takes in a new entry at the end; it is parked at once when it needs a parked one. Gives the entry as queued.
    pub fn add(&mut self, mut entry: Queued) -> &Queued {
        entry.seq = self.next_seq();
        self.last_seq = entry.seq;
        entry.state = match self.parked_root(&entry) {
            Some(of) => State::Parked { cause: Cause::Dependant { of } },
            None => State::Waiting,
        };
        self.entries.push(entry);
        self.entries.last().expect("just pushed")
    }

    /// All entries in order.
    #[must_use]
    pub fn entries(&self) -> &[Queued] {
        &self.entries
    }

    /// One entry.
    #[must_use]
    pub fn get(&self, id: EntryId) -> Option<&Queued> {
        self.entries.iter().find(|e| e.id == id)
    }

    /// The next entries to send, in order.
    #[must_use]
    pub fn batch(&self, max: usize) -> Vec<&Queued> {
        self.entries.iter().filter(|e| e.state == State::Waiting).take(max).collect()
    }

    /// How many wait to be sent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|e| e.state == State::Waiting).count()
    }

    /// How many need attention.
    #[must_use]
    pub fn parked(&self) -> usize {
        self.entries.iter().filter(|e| matches!(e.state, State::Parked { .. })).count()
    }

    /// Entries whose effect the phone shows: all that are not parked.
    pub fn shown(&self) -> impl Iterator<Item = &Queued> {
        self.entries.iter().filter(|e| !matches!(e.state, State::Parked { .. }))
    }

    /// Takes in a receipt. Gives the entries whose state changed. A receipt for an unknown or settled entry changes nothing.
    pub fn receive(&mut self, receipt: &Receipt) -> Vec<EntryId> {
        let Some(i) = self.entries.iter().position(|e| e.id == receipt.id) else {
            return Vec::new();
        };
        match receipt.verdict {
            Verdict::Accepted => {
                self.entries[i].state = State::Sent { version: receipt.version };
                vec![receipt.id]
            }
            Verdict::Rejected => self.park(i, Cause::Rejected { rejections: receipt.rejections.clone() }),
        }
    }

    /// The server answered that it failed at `id`. Gives the entries whose state or count changed.
    pub fn failed(&mut self, id: EntryId, reference: &str) -> Vec<EntryId> {
        let Some(i) = self.entries.iter().position(|e| e.id == id && e.state == State::Waiting) else {
            return Vec::new();
        };
        self.entries[i].attempts += 1;
        if self.entries[i].attempts >= ATTEMPTS_MAX {
            return self.park(i, Cause::Failed { reference: reference.into() });
        }
        vec![id]
    }

    /// Every row up to `head` has come back: entries sent up to there are done. Gives their ids.
    pub fn settle(&mut self, head: i64) -> Vec<EntryId> {
        self.remove_where(|e| matches!(e.state, State::Sent { version } if version <= head))
    }

    /// The person gives a parked entry up, and with a founding one what cannot stand without it. Gives the ids removed; none for an entry not parked.
    pub fn discard(&mut self, id: EntryId) -> Vec<EntryId> {
        if !self.get(id).is_some_and(|e| matches!(e.state, State::Parked { .. })) {
            return Vec::new();
        }
        let mut gone = vec![id];
        for e in &self.entries {
            if matches!(&e.state, State::Parked { cause: Cause::Dependant { of } } if gone.contains(of)) {
                gone.push(e.id);
            }
        }
        self.remove_where(|e| gone.contains(&e.id))
    }

    /// Sends a parked entry again with a corrected body, and its dependants after it. Every one gets a new id from `new_id` and a new number, since the
    /// server has answered the old one for good. Gives (old, new) ids in order; none for an entry not parked.
    pub fn resend(&mut self, id: EntryId, body: String, mut new_id: impl FnMut() -> EntryId) -> Vec<(EntryId, EntryId)> {
        if !self.get(id).is_some_and(|e| matches!(e.state, State::Parked { .. })) {
            return Vec::new();
        }
        let follows = |e: &Queued| matches!(&e.state, State::Parked { cause: Cause::Dependant { of } } if *of == id);
        let again: Vec<Queued> = self.entries.iter().filter(|e| e.id == id || follows(e)).cloned().collect();
        self.entries.retain(|e| again.iter().all(|a| a.id != e.id));
        let mut renamed = Vec::with_capacity(again.len());
        for old in again {
            let body = if old.id == id { body.clone() } else { old.body.clone() };
            let entry = Queued { id: new_id(), body, attempts: 0, ..old.clone() };
            renamed.push((old.id, entry.id));
            self.add(entry);
        }
        renamed
    }

    /// Parks an entry and everything waiting that needs it.
    fn park(&mut self, i: usize, cause: Cause) -> Vec<EntryId> {
        let root = self.entries[i].clone();
        self.entries[i].state = State::Parked { cause };
        let mut changed = vec![root.id];
        if root.founds {
            let mut lost = vec![root.subject];
            for e in &mut self.entries[i + 1..] {
                let needs = lost.contains(&e.subject) || e.parent.is_some_and(|p| lost.contains(&p));
                if needs && !matches!(e.state, State::Sent { .. }) {
                    e.state = State::Parked { cause: Cause::Dependant { of: root.id } };
                    changed.push(e.id);
                    if e.founds {
                        lost.push(e.subject);
                    }
                }
            }
        }
        changed
    }

    /// The parked founding entry that `entry` cannot stand without.
    fn parked_root(&self, entry: &Queued) -> Option<EntryId> {
        let needed = |e: &&Queued| e.founds && (e.subject == entry.subject || Some(e.subject) == entry.parent);
        self.entries.iter().filter(needed).find_map(|e| match &e.state {
            State::Parked { cause: Cause::Dependant { of } } => Some(*of),
            State::Parked { .. } => Some(e.id),
            _ => None,
        })
    }

    fn remove_where(&mut self, gone: impl Fn(&Queued) -> bool) -> Vec<EntryId> {
        let ids = self.entries.iter().filter(|e| gone(e)).map(|e| e.id).collect();
        self.entries.retain(|e| !gone(e));
        ids
    }
}

#[cfg(test)]
mod tests;
