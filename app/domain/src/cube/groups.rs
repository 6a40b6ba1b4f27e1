//! Groups by their key, and the different customers of each.

use super::column::Codes;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Keys below this number are slots themselves.
const SLOTS_MAX: u64 = 1 << 16;
/// Keys below this number find their slot by an array: 8 MB of it.
const DENSE_MAX: u64 = 1 << 21;
/// Most words of customer bits where keys are slots: 8 MB of them.
const SLOT_WORDS_MAX: u64 = 1 << 20;
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

/// See [`Mix`].
pub(super) type Mixed = BuildHasherDefault<Mix>;

/// Slots of groups: their keys themselves where those are small, otherwise from zero in the order in which keys are first asked for.
#[derive(Debug)]
pub(super) struct Groups {
    index: Index,
    /// By slot; empty where keys are slots.
    keys: Vec<u64>,
}

#[derive(Debug)]
enum Index {
    /// The key is the slot; so many of them.
    Same(usize),
    /// By key: its slot plus one.
    Dense(Vec<u32>),
    Hashed(HashMap<u64, u32, Mixed>),
}

impl Groups {
    /// For keys below `size`, each with so many words of customer bits.
    pub fn new(size: u64, words: usize) -> Self {
        let index = if size <= SLOTS_MAX && size * words as u64 <= SLOT_WORDS_MAX {
            Index::Same(size as usize)
        } else if size <= DENSE_MAX {
            Index::Dense(vec![0; size as usize])
        } else {
            Index::Hashed(HashMap::default())
        };
        Self { index, keys: vec![] }
    }

    /// Slots there are.
    pub fn len(&self) -> usize {
        if let Index::Same(slots) = self.index { slots } else { self.keys.len() }
    }

    /// Whether there are more groups than `end`; not asked where keys are slots, which are few.
    pub fn over(&self, end: usize) -> bool {
        self.keys.len() > end
    }

    /// The key of a slot.
    pub fn key(&self, slot: usize) -> u64 {
        if let Index::Same(_) = self.index { slot as u64 } else { self.keys[slot] }
    }

    /// Puts the slots of keys at the end of `slots`.
    pub fn slots(&mut self, keys: &[u64], slots: &mut Vec<u32>) {
        if let Index::Same(_) = self.index {
            slots.extend(keys.iter().map(|key| *key as u32));
        } else {
            slots.extend(keys.iter().map(|key| self.slot(*key)));
        }
    }

    pub fn slot(&mut self, key: u64) -> u32 {
        let next = self.keys.len() as u32;
        let slot = match &mut self.index {
            Index::Same(_) => return key as u32,
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
    /// `words` words of bits a slot, one bit a customer; and whether the slot has any.
    Bits { words: usize, bits: Vec<u64>, any: Vec<bool> },
    /// Slot and customer.
    Pairs(HashSet<u64, Mixed>),
}

impl Seen {
    /// For at most so many groups and customers.
    pub fn new(groups: u64, customers: usize) -> Self {
        let words = customers.div_ceil(64);
        if groups.saturating_mul(words as u64) <= WORDS_MAX {
            Self::Bits { words, bits: vec![], any: vec![] }
        } else {
            Self::Pairs(HashSet::default())
        }
    }

    /// Makes room for so many groups.
    pub fn grow(&mut self, groups: usize) {
        if let Self::Bits { words, bits, any } = self
            && any.len() < groups
        {
            any.resize(groups, false);
            if bits.is_empty() {
                *bits = vec![0; groups * *words];
            } else {
                bits.resize(groups * *words, 0);
            }
        }
    }

    pub fn put(&mut self, slot: u32, customer: u32) {
        match self {
            Self::Not => {}
            Self::Bits { words, bits, any } => {
                any[slot as usize] = true;
                bits[slot as usize * *words + customer as usize / 64] |= 1 << (customer % 64);
            }
            Self::Pairs(pairs) => _ = pairs.insert(u64::from(slot) << 32 | u64::from(customer)),
        }
    }

    /// Takes the customers of a run in, all of one slot; zero is nobody.
    pub fn put_run(&mut self, slot: u32, run: &Codes, cells: Range<u32>) {
        match self {
            Self::Bits { words, bits, any } => {
                any[slot as usize] = true;
                let bits = &mut bits[slot as usize * *words..][..*words];
                // bit zero is counted by nobody
                run.within(cells, |customer| bits[customer as usize / 64] |= 1 << (customer % 64));
            }
            _ => run.within(cells, |customer| self.put(slot, customer)),
        }
    }

    /// Takes in what another has seen, its slots being `slots` here.
    pub fn merge(&mut self, other: Self, slots: &[u32]) {
        match (self, other) {
            (Self::Bits { words, bits, any }, Self::Bits { bits: more, any: others, .. }) => {
                for (slot, at) in slots.iter().zip(0..).filter(|(_, at)| others.get(*at).copied().unwrap_or(false)) {
                    any[*slot as usize] = true;
                    let from = *slot as usize * *words;
                    bits[from..from + *words].iter_mut().zip(&more[at * *words..]).for_each(|(bits, more)| *bits |= more);
                }
            }
            (Self::Pairs(pairs), Self::Pairs(more)) => {
                pairs.extend(more.into_iter().map(|pair| u64::from(slots[(pair >> 32) as usize]) << 32 | pair & 0xffff_ffff));
            }
            _ => {}
        }
    }

    /// Customers kept one by one.
    pub fn pairs(&self) -> usize {
        if let Self::Pairs(pairs) = self { pairs.len() } else { 0 }
    }

    /// Different customers by slot, zero not counted.
    pub fn counts(&self, slots: usize) -> Vec<i64> {
        let mut counts = vec![0; slots];
        match self {
            Self::Not => {}
            Self::Bits { words, bits, any } => {
                for ((count, any), bits) in counts.iter_mut().zip(any).zip(bits.chunks_exact(*words)) {
                    if *any {
                        *count = bits.iter().map(|word| i64::from(word.count_ones())).sum::<i64>() - (bits[0] & 1) as i64;
                    }
                }
            }
            Self::Pairs(pairs) => {
                pairs.iter().filter(|pair| **pair & 0xffff_ffff != 0).for_each(|pair| counts[(pair >> 32) as usize] += 1);
            }
        }
        counts
    }
}
