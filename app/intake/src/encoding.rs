//! Recognising a file's encoding and reading it as UTF-8: valid UTF-8 is UTF-8, a byte-order mark is believed, otherwise what was declared.

use domain::Rejections;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::Read;

/// Bytes kept from the file's start, to find the delimiter.
const START: usize = 64 << 10;

/// How a file's bytes are to be read. ISO-8859-1 is read as Windows-1252, which prints everything it prints (WHATWG Encoding Standard).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recognised {
    encoding: &'static Encoding,
    /// Bytes of the byte-order mark.
    mark: usize,
}

impl Recognised {
    /// For people: `UTF-8`, `windows-1252`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.encoding.name()
    }
}

/// Watches a file go by and says what it is encoded in.
pub struct Recogniser {
    declared: &'static Encoding,
    start: Vec<u8>,
    /// The unfinished character at the end of the last block.
    carry: Vec<u8>,
    utf8: bool,
}

impl Recogniser {
    /// `declared` is for files that are not UTF-8; without it, Windows-1252.
    ///
    /// # Errors
    /// A name no encoding has.
    pub fn new(declared: Option<&str>) -> Result<Self, Rejections> {
        let declared = match declared {
            None => WINDOWS_1252,
            Some(label) => Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                let message = format!("There is no encoding named {label}: write utf-8, windows-1252 or iso-8859-1.");
                Rejections::one("encoding", "unknown", message)
            })?,
        };
        Ok(Self { declared, start: Vec::new(), carry: Vec::new(), utf8: true })
    }

    /// The next block.
    pub fn see(&mut self, block: &[u8]) {
        let room = START.saturating_sub(self.start.len()).min(block.len());
        self.start.extend_from_slice(&block[..room]);
        if !self.utf8 {
            return;
        }
        self.carry.extend_from_slice(block);
        match std::str::from_utf8(&self.carry) {
            Ok(_) => self.carry.clear(),
            Err(e) if e.error_len().is_none() => {
                self.carry.drain(..e.valid_up_to());
            }
            Err(_) => {
                self.utf8 = false;
                self.carry = Vec::new();
            }
        }
    }

    /// The bytes the file begins with.
    #[must_use]
    pub fn start(&self) -> &[u8] {
        &self.start
    }

    /// The verdict, and the file's start as text.
    #[must_use]
    pub fn finish(self) -> (Recognised, String) {
        let recognised = match Encoding::for_bom(&self.start) {
            Some((encoding, mark)) if encoding != UTF_8 || self.utf8 => Recognised { encoding, mark },
            _ if self.utf8 && self.carry.is_empty() => Recognised { encoding: UTF_8, mark: 0 },
            _ if [UTF_8, UTF_16LE, UTF_16BE].contains(&self.declared) => Recognised { encoding: WINDOWS_1252, mark: 0 },
            _ => Recognised { encoding: self.declared, mark: 0 },
        };
        let (text, _) = recognised.encoding.decode_without_bom_handling(&self.start[recognised.mark..]);
        let text = text.into_owned();
        (recognised, text)
    }
}

/// A file's bytes as UTF-8, every line end one `\n`, also behind the last line: so that a row's line can be told from where it ends.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    /// Bytes of the mark still to be skipped.
    skip: usize,
    raw: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    finished: bool,
    after_return: bool,
    last: u8,
}

impl<R: Read> Decoded<R> {
    /// Reads `inner` as recognised.
    pub fn new(inner: R, recognised: Recognised) -> Self {
        let decoder = recognised.encoding.new_decoder_without_bom_handling();
        Self {
            inner,
            decoder,
            skip: recognised.mark,
            raw: vec![0; START],
            from: 0,
            to: 0,
            ended: false,
            finished: false,
            after_return: false,
            last: b'\n',
        }
    }

    /// Makes every line end one byte, in place; how many bytes are left.
    fn one_line_end(&mut self, text: &mut [u8]) -> usize {
        if !self.after_return && !text.contains(&b'\r') {
            return text.len();
        }
        let mut kept = 0;
        for i in 0..text.len() {
            let byte = text[i];
            let second = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if !second {
                text[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }

    fn refill(&mut self) -> std::io::Result<()> {
        self.from = 0;
        self.to = self.inner.read(&mut self.raw)?;
        self.ended = self.to == 0;
        let skipped = self.skip.min(self.to);
        self.from = skipped;
        self.skip -= skipped;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        // The decoder needs room for one whole character; csv reads with far larger buffers.
        if buf.len() < 4 {
            return Err(std::io::Error::other("a reader of text needs a buffer of four bytes"));
        }
        while !self.finished {
            if self.from == self.to && !self.ended {
                self.refill()?;
            }
            let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw[self.from..self.to], buf, self.ended);
            self.from += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            let kept = self.one_line_end(&mut buf[..written]);
            if kept > 0 {
                self.last = buf[kept - 1];
                return Ok(kept);
            }
        }
        if std::mem::replace(&mut self.last, b'\n') == b'\n' {
            return Ok(0);
        }
        buf[0] = b'\n';
        Ok(1)
    }
}
