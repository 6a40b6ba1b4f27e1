//! The column codings: whole numbers as differences, ids as time and rest, texts as word tables, plain or as symbols.

mod read;
mod write;

pub(crate) use read::{Prose, Reader, Symbols};
pub(crate) use write::Writer;

/// Bytes a place in a table of `n` words takes.
fn planes(n: usize) -> usize {
    match n {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 3,
    }
}

fn zigzag(v: i64) -> u64 {
    ((v << 1) ^ (v >> 63)) as u64
}

fn unzigzag(v: u64) -> i64 {
    (v >> 1) as i64 ^ -((v & 1) as i64)
}
