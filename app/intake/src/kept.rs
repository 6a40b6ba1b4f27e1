//! A reader that keeps what it gave last, so that a row can be looked at again as it was written, and that no row grows without end.

use crate::content::BLOCK;
use std::io::Read;

/// Most bytes of one row: 16 MiB.
pub const ROW_MAX: usize = 16 << 20;

/// A row has more bytes than rows have.
#[derive(Debug)]
pub struct EndlessRow;

impl std::fmt::Display for EndlessRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row without end")
    }
}

impl std::error::Error for EndlessRow {}

/// Bytes on their way, kept while they are needed.
pub struct Kept<R> {
    inner: R,
    bytes: Vec<u8>,
    /// How many bytes came before those that are kept.
    before: u64,
    /// From where on they are needed.
    needed: u64,
}

impl<R: Read> Kept<R> {
    /// Reads `inner` from its beginning.
    pub fn new(inner: R) -> Self {
        Self { inner, bytes: Vec::new(), before: 0, needed: 0 }
    }

    /// Nothing before `needed` will be asked for.
    pub fn forget(&mut self, needed: u64) {
        self.needed = needed;
    }

    /// The bytes from one place to another, or to the last one read.
    pub fn between(&self, from: u64, to: u64) -> &[u8] {
        let at = |place: u64| usize::try_from(place.saturating_sub(self.before)).unwrap_or(usize::MAX).min(self.bytes.len());
        self.bytes.get(at(from)..at(to)).unwrap_or_default()
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let past = usize::try_from(self.needed - self.before).unwrap_or(usize::MAX).min(self.bytes.len());
        if past > BLOCK {
            self.bytes.drain(..past);
            self.before += past as u64;
        }
        if self.bytes.len() > ROW_MAX + BLOCK {
            return Err(std::io::Error::other(EndlessRow));
        }
        let n = self.inner.read(buf)?;
        self.bytes.extend_from_slice(&buf[..n]);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn what_is_needed_is_kept_and_no_more() {
        let text: Vec<u8> = (0..1_000_000_u32).map(|i| (i % 251) as u8).collect();
        let (mut kept, mut block, mut seen) = (Kept::new(text.as_slice()), [0; 1_000], 0_u64);
        while kept.read(&mut block).unwrap() > 0 {
            seen += 1_000;
            let from = seen.saturating_sub(1_500);
            assert_eq!(kept.between(from, seen), &text[from as usize..seen as usize]);
            kept.forget(from);
            assert!(kept.bytes.len() <= 2 * BLOCK);
        }
        assert_eq!(seen, 1_000_000);
    }

    #[test]
    fn a_row_without_end_is_given_up() {
        let mut kept = Kept::new(std::io::repeat(b'a'));
        let error = std::io::copy(&mut kept, &mut std::io::sink()).unwrap_err();
        assert!(error.get_ref().is_some_and(|e| e.is::<EndlessRow>()));
        assert!(kept.bytes.len() <= ROW_MAX + 2 * BLOCK);
    }
}
