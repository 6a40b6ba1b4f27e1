//! A group's requests since the start, and lately: in half minutes that are taken again when their turn comes.

use std::time::Duration;

use app::diagnostics_ssr::Told;

use super::histogram::Histogram;

/// Length of a slot, seconds.
const SLOT_S: u64 = 30;
/// Slots that are lately: five minutes.
const LATELY: u64 = 10;

#[derive(Clone, Debug, Default)]
struct Counts {
    times: Histogram,
    errors: u64,
}

/// The counts of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    ever: Counts,
    /// The number of a half minute since the start, and what came in it; at most as many as are lately.
    slots: Vec<(u64, Counts)>,
}

impl Recent {
    pub fn record(&mut self, at: Duration, us: u64, error: bool) {
        let slot = at.as_secs() / SLOT_S;
        self.ever.record(us, error);
        self.slots.retain(|(number, _)| number + LATELY > slot);
        match self.slots.iter_mut().find(|(number, _)| *number == slot) {
            Some((_, counts)) => counts.record(us, error),
            None => {
                let mut counts = Counts::default();
                counts.record(us, error);
                self.slots.push((slot, counts));
            }
        }
    }

    /// Of the last five minutes, to the half minute.
    pub fn lately(&self, at: Duration) -> Told {
        let slot = at.as_secs() / SLOT_S;
        let mut sum = Counts::default();
        for (_, counts) in self.slots.iter().filter(|(number, _)| number + LATELY > slot) {
            sum.times.add(&counts.times);
            sum.errors += counts.errors;
        }
        sum.told()
    }

    /// Since the start.
    pub fn ever(&self) -> Told {
        self.ever.told()
    }
}

impl Counts {
    fn record(&mut self, us: u64, error: bool) {
        self.times.record(us);
        self.errors += u64::from(error);
    }

    fn told(&self) -> Told {
        let [p50_us, p95_us, p99_us] = [50, 95, 99].map(|p| self.times.percentile(p));
        Told { count: self.times.count(), errors: self.errors, p50_us, p95_us, p99_us }
    }
}
