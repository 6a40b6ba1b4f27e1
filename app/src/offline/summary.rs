//! A day's sum: what was made on this phone, and what of it the server's receipts acknowledge.

use super::{DayLine, DaySummary};
use domain::Instant;
use domain::ids::EntryId;
use domain::outbox::{Queued, State};
use serde::{Deserialize, Serialize};

/// Days for which receipts are kept on the phone.
pub const DAYS_KEPT: i64 = 7;

/// An entry the server accepted, kept when the entry itself is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Acknowledged {
    /// The entry.
    pub id: EntryId,
    /// What it did, for people.
    pub name: String,
    /// When it was made, by the device's clock.
    pub made_at: Instant,
    /// When the server took it in.
    pub received_at: Instant,
}

/// Adds up what was made on the day `is_today` tells.
pub fn sum(entries: &[Queued], acknowledged: &[Acknowledged], is_today: impl Fn(Instant) -> bool) -> DaySummary {
    let mut sum = DaySummary::default();
    for receipt in acknowledged.iter().filter(|r| is_today(r.made_at)) {
        sum.made += 1;
        sum.on_server += 1;
        let line = line(&mut sum.lines, &receipt.name);
        line.made += 1;
        line.on_server += 1;
    }
    let open = |e: &&Queued| is_today(e.made_at) && acknowledged.iter().all(|r| r.id != e.id);
    for entry in entries.iter().filter(open) {
        sum.made += 1;
        line(&mut sum.lines, &entry.name).made += 1;
        match entry.state {
            State::Parked { .. } => sum.attention += 1,
            State::Waiting | State::Sent { .. } => sum.waiting += 1,
        }
    }
    sum.lines.sort_by(|a, b| a.what.cmp(&b.what));
    sum
}

fn line<'a>(lines: &'a mut Vec<DayLine>, what: &str) -> &'a mut DayLine {
    let at = lines.iter().position(|l| l.what == what).unwrap_or_else(|| {
        lines.push(DayLine { what: what.into(), made: 0, on_server: 0 });
        lines.len() - 1
    });
    &mut lines[at]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{DeviceId, UserId};
    use domain::outbox::Cause;
    use uuid::Uuid;

    fn id(n: u128) -> EntryId {
        EntryId(Uuid::from_u128(n))
    }

    fn entry(n: u128, made_at: i64, state: State) -> Queued {
        Queued {
            id: id(n),
            seq: n as u64,
            user: UserId(Uuid::nil()),
            device: DeviceId(Uuid::nil()),
            schema: 1,
            made_at: Instant(made_at),
            name: "Check-in".into(),
            about: String::new(),
            subject: Uuid::nil(),
            parent: None,
            founds: true,
            body: "{}".into(),
            state,
            attempts: 0,
        }
    }

    fn receipt(n: u128, name: &str, made_at: i64) -> Acknowledged {
        Acknowledged { id: id(n), name: name.into(), made_at: Instant(made_at), received_at: Instant(0) }
    }

    #[test]
    fn what_the_server_acknowledged_is_counted_once_and_only_from_receipts() {
        let parked = State::Parked { cause: Cause::Failed { reference: "r".into() } };
        let entries =
            [entry(1, 10, State::Sent { version: 3 }), entry(2, 10, State::Waiting), entry(3, 10, parked), entry(4, 99, State::Waiting)];
        let receipts = [receipt(1, "Check-in", 10), receipt(5, "Check-out", 11), receipt(6, "Check-out", 99)];
        let sum = sum(&entries, &receipts, |at| at.0 < 50);
        assert_eq!((sum.made, sum.on_server, sum.waiting, sum.attention), (4, 2, 1, 1));
        let lines: Vec<_> = sum.lines.iter().map(|l| (l.what.as_str(), l.made, l.on_server)).collect();
        assert_eq!(lines, [("Check-in", 3, 1), ("Check-out", 1, 1)]);
    }
}
