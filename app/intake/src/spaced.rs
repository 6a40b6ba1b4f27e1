//! Text whose cells stand apart by blanks: every run of them becomes one sign, those at the ends of a line nothing.

use crate::content::BLOCK;
use std::io::Read;

/// What stands between two cells instead of blanks (U+001F, the separator of units).
pub const BETWEEN: u8 = 0x1f;

/// UTF-8 with its blanks taken together, line for line.
pub struct Spaced<R> {
    inner: R,
    raw: Vec<u8>,
    ready: Vec<u8>,
    from: usize,
    /// Nothing of the line has been seen yet.
    before: bool,
    /// Blanks have been seen since the last cell.
    gap: bool,
}

impl<R: Read> Spaced<R> {
    /// Reads `inner`, whose line ends are all `\n`.
    pub fn new(inner: R) -> Self {
        Self { inner, raw: vec![0; BLOCK], ready: Vec::new(), from: 0, before: true, gap: false }
    }

    fn take(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | BETWEEN => self.gap = !self.before,
            b'\n' => {
                self.ready.push(byte);
                (self.before, self.gap) = (true, false);
            }
            _ => {
                if std::mem::take(&mut self.gap) {
                    self.ready.push(BETWEEN);
                }
                self.before = false;
                self.ready.push(byte);
            }
        }
    }
}

impl<R: Read> Read for Spaced<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        while self.from == self.ready.len() {
            self.ready.clear();
            self.from = 0;
            let read = self.inner.read(&mut self.raw)?;
            if read == 0 {
                return Ok(0);
            }
            for at in 0..read {
                self.take(self.raw[at]);
            }
        }
        let count = (self.ready.len() - self.from).min(buf.len());
        buf[..count].copy_from_slice(&self.ready[self.from..self.from + count]);
        self.from += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn runs_of_blanks_are_one_sign_and_lines_stay_lines() {
        let mut text = String::new();
        Spaced::new(" a  b\t c \n\n   \nd e".as_bytes()).read_to_string(&mut text).unwrap();
        assert_eq!(text.replace('\u{1f}', "|"), "a|b|c\n\n\nd|e");
    }
}
