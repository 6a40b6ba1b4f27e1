//! What texts stand for, by their fingerprints: those met first in memory, all further ones on the disk, so that it takes no more memory however many there are.

use super::aside::{Room, Shared};
use super::judge::prints;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};

/// Bytes a text and what it stands for take: its fingerprint and the value.
const SLOT: usize = 32;
/// Slots read together. At most half of all are taken, so that a text is mostly found, or missed, among these.
const PROBED: usize = 16;
/// Bits of a fingerprint that choose a slot to begin with.
const BITS: u32 = 12;
/// Bytes of [`Room`] for one text in memory: an index takes a small part of it.
const SHARE: usize = 256;
/// Bytes written or read at a time while an index grows.
const BLOCK: usize = 64 << 10;

/// Texts and what each stands for.
pub(super) struct Index {
    room: Room,
    /// The first ones; no fingerprint of these is on the disk.
    kept: HashMap<u128, u128>,
    rest: Option<Table>,
}

impl Index {
    pub(super) fn new(room: &Room) -> Self {
        Self { room: room.clone(), kept: HashMap::new(), rest: None }
    }

    /// What a text stands for.
    pub(super) fn get(&self, text: &str) -> io::Result<Option<u128>> {
        let print = print(text);
        match (self.kept.get(&print), &self.rest) {
            (None, Some(rest)) => rest.get(print),
            (found, _) => Ok(found.copied()),
        }
    }

    /// Says what a text stands for from now on.
    pub(super) fn put(&mut self, text: &str, value: u128) -> io::Result<()> {
        let print = print(text);
        if self.kept.contains_key(&print) || self.kept.len() < self.room.bytes / SHARE {
            self.kept.insert(print, value);
            return Ok(());
        }
        self.put_aside(print, value)
    }

    fn put_aside(&mut self, print: u128, value: u128) -> io::Result<()> {
        let table = match &mut self.rest {
            Some(table) => table,
            none => none.insert(Table::new(&self.room, BITS)?),
        };
        if table.is_full() {
            *table = table.grown(&self.room)?;
        }
        table.put(print, value)
    }
}

/// A text's fingerprint; nought is what an empty slot has.
fn print(text: &str) -> u128 {
    prints::of_text(text).max(1)
}

/// Slots in a file, in the order of fingerprints as far as possible: each stands where its first bits say, or behind those that stand there.
struct Table {
    file: Shared,
    bits: u32,
    taken: u64,
}

impl Table {
    fn new(room: &Room, bits: u32) -> io::Result<Self> {
        Ok(Self { file: Shared::nameless(room)?, bits, taken: 0 })
    }

    fn is_full(&self) -> bool {
        self.taken >= 1 << (self.bits - 1)
    }

    /// The slot in which a fingerprint stands if nothing is in its way.
    fn home(&self, print: u128) -> u64 {
        u64::try_from(print >> (u128::BITS - self.bits)).unwrap_or(u64::MAX)
    }

    fn get(&self, print: u128) -> io::Result<Option<u128>> {
        let (_, value) = self.find(&mut self.file.lock(), print)?;
        Ok(value)
    }

    fn put(&mut self, print: u128, value: u128) -> io::Result<()> {
        let file = self.file.clone();
        let mut file = file.lock();
        let (slot, before) = self.find(&mut file, print)?;
        file.seek(SeekFrom::Start(slot * SLOT as u64))?;
        file.write_all(&written(print, value))?;
        self.taken += u64::from(before.is_none());
        Ok(())
    }

    /// The slot of a fingerprint and its value, or the empty slot in which it belongs. Behind the end of the file all are empty.
    fn find(&self, file: &mut File, print: u128) -> io::Result<(u64, Option<u128>)> {
        let mut slot = self.home(print);
        let mut block = [0; SLOT * PROBED];
        loop {
            file.seek(SeekFrom::Start(slot * SLOT as u64))?;
            let read = fill(file, &mut block)?;
            block[read..].fill(0);
            for bytes in block.chunks_exact(SLOT) {
                match read_slot(bytes) {
                    (0, _) => return Ok((slot, None)),
                    (there, value) if there == print => return Ok((slot, Some(value))),
                    _ => slot += 1,
                }
            }
        }
    }

    /// All of it in twice as many slots, written from the first to the last.
    fn grown(&self, room: &Room) -> io::Result<Self> {
        let mut next = Self::new(room, self.bits + 1)?;
        let (file, target) = (self.file.clone(), next.file.clone());
        let (mut file, mut target) = (file.lock(), target.lock());
        file.seek(SeekFrom::Start(0))?;
        let mut from = BufReader::with_capacity(BLOCK, &mut *file);
        let mut to = BufWriter::with_capacity(BLOCK, &mut *target);
        let (mut at, mut cluster, mut block) = (0, Vec::new(), [0; SLOT]);
        loop {
            let end = fill(&mut from, &mut block)? < SLOT;
            let (print, value) = if end { (0, 0) } else { read_slot(&block) };
            if print != 0 {
                cluster.push((print, value));
                continue;
            }
            // what stands together belongs, in its order, behind all that stood before it
            cluster.sort_unstable();
            for (print, value) in cluster.drain(..) {
                while at < next.home(print) {
                    to.write_all(&[0; SLOT])?;
                    at += 1;
                }
                to.write_all(&written(print, value))?;
                at += 1;
                next.taken += 1;
            }
            if end {
                to.flush()?;
                return Ok(next);
            }
        }
    }
}

fn written(print: u128, value: u128) -> [u8; SLOT] {
    let mut bytes = [0; SLOT];
    bytes[..16].copy_from_slice(&print.to_le_bytes());
    bytes[16..].copy_from_slice(&value.to_le_bytes());
    bytes
}

fn read_slot(bytes: &[u8]) -> (u128, u128) {
    let number = |from: usize| bytes[from..].first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes));
    (number(0), number(16))
}

/// Reads as much as fits, or is there.
fn fill(from: &mut impl Read, out: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < out.len() {
        match from.read(&mut out[read..]) {
            Ok(0) => break,
            Ok(n) => read += n,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn more_texts_than_memory_holds_are_all_found_again_and_no_others() {
        let mut index = Index::new(&Room { folder: std::env::temp_dir(), bytes: 10 * SHARE });
        let count = 20_000_u32;
        for text in 0..count {
            index.put(&text.to_string(), u128::from(text)).expect("there is room");
        }
        assert_eq!(index.kept.len(), 10, "the others are on the disk");
        let table = index.rest.as_ref().expect("they are on the disk");
        assert!(table.taken == u64::from(count) - 10 && table.bits > BITS, "it has grown: {} in 2^{}", table.taken, table.bits);
        for text in 0..count {
            assert_eq!(index.get(&text.to_string()).expect("it can be read"), Some(u128::from(text)));
            assert_eq!(index.get(&(text + count).to_string()).expect("it can be read"), None);
        }
    }

    proptest! {
        #[test]
        fn it_says_what_a_map_says(said in prop::collection::vec((0_u16..200, any::<u128>()), 0..600), in_memory in 0_usize..50) {
            let mut index = Index::new(&Room { folder: std::env::temp_dir(), bytes: in_memory * SHARE });
            let mut map = HashMap::new();
            for (text, value) in said {
                prop_assert_eq!(index.get(&text.to_string()).expect("it can be read"), map.insert(text, value));
                index.put(&text.to_string(), value).expect("there is room");
            }
            for text in 0_u16..200 {
                prop_assert_eq!(index.get(&text.to_string()).expect("it can be read"), map.get(&text).copied());
            }
        }
    }
}
