//! How long things took: counts between bounds that lie at most a thirty-second apart, so that a percentile read off them is at most that much too long.

/// Steps of each doubling, as a power of two.
const STEPS: u32 = 5;
/// Longest time told apart, microseconds: half a day.
const LONGEST: u64 = (1 << 36) - 1;
const BUCKETS: usize = ((36 - STEPS as usize) + 1) << STEPS;

/// Times counted. Takes no room before the first one.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    counts: Vec<u32>,
    count: u64,
    sum_us: u64,
}

impl Histogram {
    /// Counts one.
    pub fn record(&mut self, us: u64) {
        if self.counts.is_empty() {
            self.counts = vec![0; BUCKETS];
        }
        let count = &mut self.counts[bucket(us.min(LONGEST))];
        *count = count.saturating_add(1);
        self.count += 1;
        self.sum_us = self.sum_us.saturating_add(us);
    }

    /// Counts all of another.
    pub fn add(&mut self, other: &Self) {
        if self.counts.is_empty() {
            self.counts.clone_from(&other.counts);
        } else {
            self.counts.iter_mut().zip(&other.counts).for_each(|(sum, more)| *sum = sum.saturating_add(*more));
        }
        self.count += other.count;
        self.sum_us = self.sum_us.saturating_add(other.sum_us);
    }

    /// How many were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What they took together, microseconds.
    #[must_use]
    pub fn sum_us(&self) -> u64 {
        self.sum_us
    }

    /// The time that so many of a hundred did not exceed (nearest rank), microseconds; none when nothing was counted.
    #[must_use]
    pub fn percentile(&self, of_hundred: u64) -> Option<u64> {
        let rank = (self.count * of_hundred).div_ceil(100).max(1);
        let mut so_far = 0;
        let found = self.counts.iter().position(|count| {
            so_far += u64::from(*count);
            so_far >= rank
        });
        found.map(upper)
    }

    /// How many took at most `us`, to the nearest bound below it; exact where `us` is a bound.
    #[must_use]
    pub fn at_most(&self, us: u64) -> u64 {
        self.counts.iter().enumerate().take_while(|(at, _)| upper(*at) <= us).map(|(_, count)| u64::from(*count)).sum()
    }
}

/// Below 32 each microsecond has a bucket of its own, then each doubling has 32.
fn bucket(us: u64) -> usize {
    let shift = (u64::BITS - us.leading_zeros()).saturating_sub(STEPS + 1);
    (shift as usize * (1 << STEPS)) + (us >> shift) as usize
}

/// The longest time in a bucket.
fn upper(bucket: usize) -> u64 {
    let steps = 1 << STEPS;
    let shift = (bucket / steps).saturating_sub(1);
    let within = (bucket - shift * steps) as u64;
    ((within + 1) << shift) - 1
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn random(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    #[test]
    fn every_time_lies_in_its_bucket_and_the_buckets_follow_each_other() {
        for us in (0..5_000).chain((5_000..LONGEST).step_by(70_000_001)).chain([LONGEST]) {
            let at = bucket(us);
            assert!(us <= upper(at) && (at == 0 || us > upper(at - 1)), "{us} in {at}");
        }
        assert_eq!(bucket(LONGEST), BUCKETS - 1);
    }

    #[test]
    fn a_percentile_is_that_of_the_sorted_list_or_at_most_a_thirty_second_longer() {
        let mut state = 7;
        for many in [1_u64, 2, 10, 99, 100, 101, 5_000] {
            let mut times: Vec<u64> = (0..many).map(|_| random(&mut state) >> (28 + random(&mut state) % 30)).collect();
            let mut histogram = Histogram::default();
            times.iter().for_each(|us| histogram.record(*us));
            times.sort_unstable();
            for p in [1, 50, 95, 99, 100] {
                let exact = times[((many * p).div_ceil(100)).max(1) as usize - 1].min(LONGEST);
                let read = histogram.percentile(p).unwrap();
                assert!(exact <= read && read <= exact + exact / 32, "p{p} of {many}: {exact}, read {read}");
            }
            assert_eq!((histogram.count(), histogram.sum_us()), (many, times.iter().sum()));
        }
        assert_eq!(Histogram::default().percentile(50), None);
    }

    #[test]
    fn two_together_are_as_one_that_counted_all() {
        let (mut a, mut b, mut all) = (Histogram::default(), Histogram::default(), Histogram::default());
        for us in 0..2_000 {
            if us % 3 == 0 {
                a.record(us * us)
            } else {
                b.record(us * us)
            }
            all.record(us * us);
        }
        let mut sum = Histogram::default();
        sum.add(&a);
        sum.add(&b);
        assert_eq!((sum.counts, sum.sum_us), (all.counts, all.sum_us));
    }
}
