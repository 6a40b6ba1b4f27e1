//! Writing columns.

use super::{planes, zigzag};
use std::collections::HashMap;
use uuid::Uuid;

/// Writes columns one after the other.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// LEB128.
    pub fn varint(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u64);
        self.raw(bytes);
    }

    /// Whole numbers, each as its zigzag difference from the one before.
    pub fn ints(&mut self, values: impl Iterator<Item = i64>) {
        let mut before = 0i64;
        for v in values {
            self.varint(zigzag(v.wrapping_sub(before)));
            before = v;
        }
    }

    /// As [`Writer::ints`] with gaps: a bitmap of what is there, then what is there.
    pub fn opt_ints(&mut self, values: impl Iterator<Item = Option<i64>> + Clone) {
        self.bits(values.clone().map(|v| v.is_some()));
        self.ints(values.flatten());
    }

    /// One bit a row.
    pub fn bits(&mut self, values: impl Iterator<Item = bool>) {
        let (mut byte, mut n) = (0u8, 0);
        for v in values {
            byte |= u8::from(v) << n;
            n += 1;
            if n == 8 {
                self.0.push(byte);
                (byte, n) = (0, 0);
            }
        }
        if n > 0 {
            self.0.push(byte);
        }
    }

    /// Ids: 48 bits of time as differences, then the other 80 bits.
    pub fn ids(&mut self, ids: impl Iterator<Item = Uuid> + Clone) {
        self.ints(ids.clone().map(|id| (id.as_u128() >> 80) as i64));
        for id in ids {
            self.raw(&id.as_bytes()[6..]);
        }
    }

    /// Texts of few different values: a table, then the place of each in it, zero for none.
    pub fn symbols<'a>(&mut self, texts: impl Iterator<Item = Option<&'a str>>) {
        let mut table: HashMap<&str, u64> = HashMap::new();
        let mut names = Vec::new();
        let places: Vec<u64> = texts
            .map(|text| {
                text.map_or(0, |t| {
                    *table.entry(t).or_insert_with(|| {
                        names.push(t);
                        names.len() as u64
                    })
                })
            })
            .collect();
        self.varint(names.len() as u64);
        for name in names {
            self.bytes(name.as_bytes());
        }
        for place in places {
            self.varint(place);
        }
    }

    /// Texts of many different values: lengths (plus one, zero for none), then all letters.
    pub fn texts<'a>(&mut self, texts: impl Iterator<Item = Option<&'a str>> + Clone) {
        for text in texts.clone() {
            self.varint(text.map_or(0, |t| t.len() as u64 + 1));
        }
        for text in texts.flatten() {
            self.raw(text.as_bytes());
        }
    }

    /// Prose: a table of words, the commonest first, word counts (plus one, zero for none), then the words' places as two planes of bytes, since a
    /// compressor models each far better than their mixture. Words are what stands between single spaces, so any text comes back as it was.
    pub fn prose<'a>(&mut self, texts: impl Iterator<Item = Option<&'a str>> + Clone) {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for word in texts.clone().flatten().flat_map(|t| t.split(' ')) {
            *counts.entry(word).or_default() += 1;
        }
        let mut words: Vec<(&str, u32)> = counts.into_iter().collect();
        words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let place: HashMap<&str, usize> = words.iter().enumerate().map(|(i, w)| (w.0, i)).collect();
        self.varint(words.len() as u64);
        for (word, _) in &words {
            self.bytes(word.as_bytes());
        }
        for text in texts.clone() {
            self.varint(text.map_or(0, |t| t.split(' ').count() as u64 + 1));
        }
        let planes = planes(words.len());
        for plane in 0..planes {
            for word in texts.clone().flatten().flat_map(|t| t.split(' ')) {
                self.0.push((place[word] >> (8 * plane)) as u8);
            }
        }
    }
}
