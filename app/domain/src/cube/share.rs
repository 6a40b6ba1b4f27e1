//! A ranked slice of very many groups, answered some of them at a time: the first ones of all are among the first ones of each share.

use super::answer::{Answer, TooManyGroups};
use super::groups::Mixed;
use super::plan::Plan;
use super::scan::{Part, Partial};
use std::hash::BuildHasher;

/// Groups a ranked slice keeps at once, on each thread.
pub(super) const RANKED_AT_ONCE: usize = 200_000;
/// Customers that groups keep at once, where they are kept one by one.
pub(super) const PAIRS_AT_ONCE: usize = 1_000_000;
/// Shares beyond which what a share takes is not bounded any more.
const SHARES_MAX: u64 = 4096;
/// How many times as many shares are tried when the groups of one were too many.
const MORE: u64 = 4;

/// A part of all groups, by their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    pub at: u64,
    pub of: u64,
}

impl Share {
    /// All of them.
    pub const WHOLE: Self = Self { at: 0, of: 1 };

    /// Whether a group is in it.
    pub fn holds(self, key: u64) -> bool {
        self.of == 1 || Mixed::default().hash_one(key) % self.of == self.at
    }

    /// Whether it may still be cut smaller.
    pub fn bounded(self) -> bool {
        self.of < SHARES_MAX
    }
}

impl Plan<'_> {
    /// The answer. `run` does the work of at most `count` parts, side by side as it likes, and merges them; it is asked again while there are too many
    /// groups to rank them all at once, so that memory stays bounded whatever is asked.
    ///
    /// # Errors
    /// When there are more groups than an answer may have; never of a slice with order and limit.
    pub fn answered(&self, count: usize, run: impl Fn(&[Part<'_>]) -> Option<Partial>) -> Result<Answer, TooManyGroups> {
        let mut shares = 1;
        loop {
            match self.answered_in(shares, count, &run) {
                Err(_) if self.ranked() && shares < SHARES_MAX => shares *= MORE,
                answered => return answered,
            }
        }
    }

    /// In so many shares, one after the other.
    pub(super) fn answered_in(
        &self,
        shares: u64,
        count: usize,
        run: impl Fn(&[Part<'_>]) -> Option<Partial>,
    ) -> Result<Answer, TooManyGroups> {
        let (mut first, mut of) = (vec![], [0; 3]);
        for at in 0..shares {
            if let Some(all) = run(&self.parts_of(Share { at, of: shares }, count)) {
                let (more, them) = self.first(&all)?;
                first.extend(more);
                of.iter_mut().zip(them).for_each(|(of, more)| *of += more);
            }
            if shares > 1 {
                self.keep_first(&mut first);
            }
        }
        Ok(self.told(first, of))
    }
}
