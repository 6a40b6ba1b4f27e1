//! Chance that comes out the same every time: SplitMix64 (G. Steele, D. Lea, C. Flood, “Fast splittable pseudorandom number generators”, 2014).

use domain::{Instant, ids};
use uuid::Uuid;

/// A stream of numbers that follows from its seed alone.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `low..=high`.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = u64::from(high.abs_diff(low)) + 1;
        // Lemire's multiplication keeps the high bits, which are the better mixed ones.
        let picked = (u128::from(self.next()) * u128::from(span)) >> 64;
        low + i32::try_from(picked).unwrap_or(0)
    }

    /// True in `percent` of a hundred throws.
    pub(super) fn chance(&mut self, percent: i32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let last = i32::try_from(of.len() - 1).unwrap_or(i32::MAX);
        &of[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }

    /// An identity made at `at`.
    pub(super) fn id(&mut self, at: Instant) -> Uuid {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        ids::v7(at, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_and_every_side_comes_up() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (0..600).map(|_| dice.between(1, 6)).collect::<Vec<_>>()
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
        for side in 1..=6 {
            let times = throw(3).iter().filter(|t| **t == side).count();
            assert!((60..140).contains(&times), "{side}: {times}");
        }
    }
}
