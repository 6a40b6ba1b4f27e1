//! Reading columns, each read bounded by what is left.

use super::{planes, unzigzag};
use crate::pack::Unreadable;
use uuid::Uuid;

/// Reads columns in the order they were written. Every read is bounded by what is left.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    pub fn raw(&mut self, n: usize) -> Result<&'a [u8], Unreadable> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(Unreadable)?;
        self.0 = rest;
        Ok(head)
    }

    pub fn varint(&mut self) -> Result<u64, Unreadable> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Unreadable)?;
            self.0 = rest;
            n |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(n);
            }
        }
        Err(Unreadable)
    }

    /// A count of rows: no more than there are bytes left can be meant.
    pub fn count(&mut self) -> Result<usize, Unreadable> {
        let n = self.varint()? as usize;
        if n > self.0.len() { Err(Unreadable) } else { Ok(n) }
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], Unreadable> {
        let n = self.varint()? as usize;
        self.raw(n)
    }

    pub fn text(&mut self, n: usize) -> Result<&'a str, Unreadable> {
        std::str::from_utf8(self.raw(n)?).map_err(|_| Unreadable)
    }

    pub fn ints(&mut self, n: usize) -> Result<Vec<i64>, Unreadable> {
        let mut values = Vec::with_capacity(n.min(self.0.len()));
        let mut before = 0i64;
        for _ in 0..n {
            before = before.wrapping_add(unzigzag(self.varint()?));
            values.push(before);
        }
        Ok(values)
    }

    pub fn opt_ints(&mut self, n: usize) -> Result<Vec<Option<i64>>, Unreadable> {
        let there = self.bits(n)?;
        let mut present = self.ints(there.iter().filter(|t| **t).count())?.into_iter();
        Ok(there.into_iter().map(|t| if t { present.next() } else { None }).collect())
    }

    pub fn bits(&mut self, n: usize) -> Result<Vec<bool>, Unreadable> {
        let bytes = self.raw(n.div_ceil(8))?;
        Ok((0..n).map(|i| bytes[i / 8] >> (i % 8) & 1 == 1).collect())
    }

    pub fn ids(&mut self, n: usize) -> Result<Vec<Uuid>, Unreadable> {
        let times = self.ints(n)?;
        let rests = self.raw(n.checked_mul(10).ok_or(Unreadable)?)?;
        let join = |(time, rest): (i64, &[u8])| {
            let mut bytes = [0u8; 16];
            bytes[..6].copy_from_slice(&(time as u64).to_be_bytes()[2..]);
            bytes[6..].copy_from_slice(rest);
            Uuid::from_bytes(bytes)
        };
        Ok(times.into_iter().zip(rests.chunks_exact(10)).map(join).collect())
    }

    pub fn symbols(&mut self, n: usize) -> Result<Symbols, Unreadable> {
        let len = self.count()?;
        let mut names = Vec::with_capacity(len);
        for _ in 0..len {
            let size = self.varint()? as usize;
            names.push(self.text(size)?.to_owned());
        }
        let mut places = Vec::with_capacity(n.min(self.0.len()));
        for _ in 0..n {
            let place = self.varint()? as usize;
            if place > names.len() {
                return Err(Unreadable);
            }
            places.push(place as u32);
        }
        Ok(Symbols { names, places })
    }

    pub fn texts(&mut self, n: usize) -> Result<Vec<Option<String>>, Unreadable> {
        let mut lengths = Vec::with_capacity(n.min(self.0.len()));
        for _ in 0..n {
            lengths.push(self.varint()? as usize);
        }
        lengths.into_iter().map(|len| if len == 0 { Ok(None) } else { Ok(Some(self.text(len - 1)?.to_owned())) }).collect()
    }

    pub fn prose(&mut self, n: usize) -> Result<Prose, Unreadable> {
        let len = self.count()?;
        let (mut arena, mut ends) = (String::new(), Vec::with_capacity(len));
        for _ in 0..len {
            let size = self.varint()? as usize;
            arena.push_str(self.text(size)?);
            ends.push(arena.len() as u32);
        }
        let mut starts = Vec::with_capacity(n.min(self.0.len()) + 1);
        let mut total = 0u32;
        let mut absent = Vec::with_capacity(n.min(self.0.len()));
        for _ in 0..n {
            let words = self.varint()?;
            starts.push(total);
            absent.push(words == 0);
            let words = u32::try_from(words.saturating_sub(1)).map_err(|_| Unreadable)?;
            total = total.checked_add(words).ok_or(Unreadable)?;
        }
        starts.push(total);
        let size = planes(len);
        let planes = self.raw((total as usize).checked_mul(size).ok_or(Unreadable)?)?.to_vec();
        Ok(Prose { arena, ends, starts, absent, planes, size })
    }
}

/// A column of few different texts.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    names: Vec<String>,
    places: Vec<u32>,
}

impl Symbols {
    pub fn get(&self, row: usize) -> Option<&str> {
        let place = *self.places.get(row)?;
        self.names.get((place as usize).checked_sub(1)?).map(String::as_str)
    }
}

/// A column of prose, put together only when a row is asked for.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    arena: String,
    ends: Vec<u32>,
    starts: Vec<u32>,
    absent: Vec<bool>,
    planes: Vec<u8>,
    size: usize,
}

impl Prose {
    pub fn get(&self, row: usize) -> Option<String> {
        if *self.absent.get(row)? {
            return None;
        }
        let (from, to) = (self.starts[row] as usize, self.starts[row + 1] as usize);
        let total = *self.starts.last()? as usize;
        let mut text = String::new();
        for i in from..to {
            if i > from {
                text.push(' ');
            }
            let place = (0..self.size).fold(0usize, |p, plane| p | usize::from(self.planes[plane * total + i]) << (8 * plane));
            text.push_str(self.word(place));
        }
        Some(text)
    }

    fn word(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.ends.get(place - 1).map_or(0, |e| *e as usize) };
        let end = self.ends.get(place).map_or(start, |e| *e as usize);
        &self.arena[start..end]
    }
}
