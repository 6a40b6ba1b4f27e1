//! Groups by their key, and the different customers of each.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Keys below this number find their group by an array: 8 MB of it.
const DENSE_MAX: u64 = 1 << 21;
/// Most words of customer bits: 64 MB of them. Beyond it, customers are kept in pairs.
const WORDS_MAX: u64 = 1 << 23;

/// Mixes a number: one multiplication, and its upper half folded into the lower.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0 ^ u64::from(*byte)));
    }

    fn write_u64(&mut self, n: u64) {
        let wide = u128::from(n ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93_u128;
        self.0 = (wide >> 64) as u64 ^ wide as u64;
    }
}

type Mixed = BuildHasherDefault<Mix>;

/// Slots from zero, in the order in which their keys are first asked for.
#[derive(Debug)]
pub(super) struct Groups {
    index: Index,
    pub keys: Vec<u64>,
}

#[derive(Debug)]
enum Index {
    /// By key: its slot plus one.
    Dense(Vec<u32>),
    Hashed(HashMap<u64, u32, Mixed>),
}

impl Groups {
    /// For keys below `size`.
    pub fn new(size: u64) -> Self {
        let index = if size <= DENSE_MAX { Index::Dense(vec![0; size as usize]) } else { Index::Hashed(HashMap::default()) };
        Self { index, keys: vec![] }
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn slot(&mut self, key: u64) -> u32 {
        let next = self.keys.len() as u32;
        let slot = match &mut self.index {
            Index::Dense(slots) => {
                let slot = &mut slots[key as usize];
                if *slot == 0 {
                    *slot = next + 1;
                }
                *slot - 1
            }
            Index::Hashed(slots) => *slots.entry(key).or_insert(next),
        };
        if slot == next {
            self.keys.push(key);
        }
        slot
    }
}

/// Which customers each group has seen.
#[derive(Debug)]
pub(super) enum Seen {
    /// Nobody asks.
    Not,
    /// `words` words of bits a group, one bit a customer.
    Bits { words: usize, bits: Vec<u64> },
    /// Slot and customer.
    Pairs(HashSet<u64, Mixed>),
}

impl Seen {
    /// For at most so many groups and customers.
    pub fn new(groups: u64, customers: usize) -> Self {
        let words = customers.div_ceil(64);
        if groups.saturating_mul(words as u64) <= WORDS_MAX { Self::Bits { words, bits: vec![] } } else { Self::Pairs(HashSet::default()) }
    }

    /// Makes room for so many groups.
    pub fn grow(&mut self, groups: usize) {
        if let Self::Bits { words, bits } = self {
            bits.resize(bits.len().max(groups * *words), 0);
        }
    }

    pub fn put(&mut self, slot: u32, customer: u32) {
        match self {
            Self::Not => {}
            Self::Bits { words, bits } => bits[slot as usize * *words + customer as usize / 64] |= 1 << (customer % 64),
            Self::Pairs(pairs) => _ = pairs.insert(u64::from(slot) << 32 | u64::from(customer)),
        }
    }

    /// Takes in what another has seen, its slots being `slots` here.
    pub fn merge(&mut self, other: Self, slots: &[u32]) {
        match (self, other) {
            (Self::Bits { words, bits }, Self::Bits { bits: more, .. }) if *words > 0 => {
                for (slot, more) in slots.iter().zip(more.chunks_exact(*words)) {
                    let from = *slot as usize * *words;
                    bits[from..from + *words].iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
                }
            }
            (Self::Pairs(pairs), Self::Pairs(more)) => {
                pairs.extend(more.into_iter().map(|pair| u64::from(slots[(pair >> 32) as usize]) << 32 | pair & 0xffff_ffff));
            }
            _ => {}
        }
    }

    /// Different customers by slot.
    pub fn counts(&self, groups: usize) -> Vec<i64> {
        let mut counts = vec![0; groups];
        match self {
            Self::Bits { words, bits } if *words > 0 => {
                for (count, bits) in counts.iter_mut().zip(bits.chunks_exact(*words)) {
                    *count = bits.iter().map(|word| i64::from(word.count_ones())).sum();
                }
            }
            Self::Pairs(pairs) => pairs.iter().for_each(|pair| counts[(pair >> 32) as usize] += 1),
            Self::Not | Self::Bits { .. } => {}
        }
        counts
    }
}
