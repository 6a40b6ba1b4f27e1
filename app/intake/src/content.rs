//! A file's bytes, on this machine or handed over, and a reader that never gives more of them than is safe.

use crate::source::problem;
use domain::Rejections;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes read at a time.
pub const BLOCK: usize = 64 << 10;

/// Bytes that can be read back and forth.
pub trait Raw: Read + Seek + Send {}

impl<R: Read + Seek + Send> Raw for R {}

/// Where the bytes are.
#[derive(Clone, Debug)]
pub enum Content {
    /// A file on this machine.
    Path(PathBuf),
    /// Handed over.
    Bytes(Arc<[u8]>),
}

impl Content {
    /// Opens them at their beginning.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub fn open(&self) -> Result<Box<dyn Raw>, Rejections> {
        match self {
            Self::Path(path) => {
                let file = File::open(path).map_err(|e| problem("unreadable", format!("{} cannot be opened: {e}.", path.display())))?;
                Ok(Box::new(BufReader::with_capacity(BLOCK, file)))
            }
            Self::Bytes(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
        }
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        match self {
            Self::Path(path) => std::fs::metadata(path).map_or(0, |m| m.len()),
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

/// There is more than is safe.
#[derive(Debug)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("too large once unpacked")
    }
}

impl std::error::Error for TooLarge {}

/// A reader that fails, rather than ends, at its limit: a cut file must not pass for a whole one.
pub struct Bounded<R> {
    inner: R,
    seen: u64,
    limit: u64,
}

impl<R> Bounded<R> {
    /// Gives at most `limit` bytes of `inner`.
    pub fn new(inner: R, limit: u64) -> Self {
        Self { inner, seen: 0, limit }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.seen += n as u64;
        if self.seen > self.limit {
            return Err(std::io::Error::other(TooLarge));
        }
        Ok(n)
    }
}
