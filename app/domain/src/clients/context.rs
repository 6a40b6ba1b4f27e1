//! What every rule that writes is given.

use crate::calendar::{Day, Instant};
use crate::company::Company;
use crate::people::Caller;

/// Who writes, under which settings, when. What every rule that writes is given.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Settings.
    pub company: &'a Company,
    /// Who.
    pub caller: &'a Caller,
    /// The corrected instant of the act.
    pub at: Instant,
    /// What to add to the device's clock for the server's, in milliseconds; zero on the device itself.
    pub offset_ms: i64,
    /// Whether this is a fact recorded earlier on a phone: it is never refused for what only a live caller can still put right.
    pub recorded: bool,
}

impl Context<'_> {
    /// The business day of the act.
    #[must_use]
    pub fn today(&self) -> Day {
        self.company.zone.day_of(self.at)
    }

    /// A device's instant, corrected.
    #[must_use]
    pub fn corrected(&self, device: Instant) -> Instant {
        Instant(device.0.saturating_add(self.offset_ms))
    }
}
