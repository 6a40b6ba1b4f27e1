//! The file as text: gzip undone within limits, encoding recognised, delimiter found. What the columns mean is left to the mapping.

use crate::content::{BLOCK, Bounded, Content, TooLarge};
use crate::encoding::{Decoded, Recognised, Recogniser};
use crate::workbook;
use domain::Rejections;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest file after unpacking that is taken from outside, in bytes: 1 GiB.
pub const UNPACKED_MAX: u64 = 1 << 30;
/// Unpacked bytes per packed byte above which a large archive is taken for a bomb; tables of text stay below 30.
const RATIO_MAX: u64 = 200;
/// Unpacked bytes below which no ratio is judged: 16 MiB.
const RATIO_FROM: u64 = 16 << 20;

/// Where the rows come from.
#[derive(Clone, Debug)]
pub struct Input {
    name: String,
    raw: Content,
    /// A workbook's sheet, turned into text.
    sheet: Option<Content>,
    beside: Beside,
}

/// Where other files lie that a mapping puts beside the rows.
#[derive(Clone, Debug)]
pub enum Beside {
    /// Nowhere.
    Nothing,
    /// In the same folder.
    Folder(PathBuf),
    /// Handed over with the file.
    Files(Arc<Vec<Input>>),
}

/// What one reading of the whole file tells about it, before any row is judged.
#[derive(Clone, Debug)]
pub struct Survey {
    /// SHA-256 of the file as it is, packed or not.
    pub sha256: [u8; 32],
    /// How its bytes are to be read.
    pub recognised: Recognised,
    /// What stands between two fields.
    pub delimiter: u8,
}

impl Input {
    /// A file on this machine; files beside it are in its folder.
    #[must_use]
    pub fn path(path: PathBuf) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = path.parent().map_or(Beside::Nothing, |folder| Beside::Folder(folder.to_owned()));
        Self { name, raw: Content::Path(path), sheet: None, beside }
    }

    /// A file's name and content.
    #[must_use]
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.into(), raw: Content::Bytes(bytes.into()), sheet: None, beside: Beside::Nothing }
    }

    /// Under another name than it lies under.
    #[must_use]
    pub fn called(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// With other files beside it.
    #[must_use]
    pub fn with(self, beside: Beside) -> Self {
        Self { beside, ..self }
    }

    /// The file's name without its folder.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.name.clone()
    }

    /// The file's name up to the first dot: `clients` of `clients.csv.gz`.
    #[must_use]
    pub fn stem(&self) -> String {
        self.name.split('.').next().unwrap_or_default().to_owned()
    }

    /// Another file beside this one, if it is there to look for.
    #[must_use]
    pub fn beside(&self, name: &str) -> Option<Self> {
        match &self.beside {
            Beside::Nothing => None,
            Beside::Folder(folder) => Some(Self::path(folder.join(Path::new(name).file_name()?))),
            Beside::Files(files) => files.iter().find(|file| file.name == name).cloned(),
        }
    }

    /// A workbook's sheet as text; any other file as it is.
    ///
    /// # Errors
    /// A workbook that cannot be read, or unpacks to more than is safe.
    pub fn unfolded(mut self, sheet: Option<&str>, limit: u64) -> Result<Self, Rejections> {
        match self.start()? {
            [b'P', b'K', 3, 4] => {
                let text = workbook::text(self.raw.open()?, sheet, limit.min(workbook::UNPACKED_MAX))?;
                self.sheet = Some(Content::Bytes(text.into()));
            }
            [0xd0, 0xcf, 0x11, 0xe0] => {
                let words = "This is a workbook of before 2007, or one with a password: save it as .xlsx without a password, or as CSV.";
                return Err(problem("old_workbook", words));
            }
            _ => {}
        }
        Ok(self)
    }

    /// Reads the file once, keeping nothing: its hash, encoding, delimiter, and that it unpacks within limits.
    ///
    /// # Errors
    /// A file that cannot be read, is empty, or unpacks to more than `limit` bytes or as a bomb does.
    pub fn survey(&self, declared: Option<&str>, limit: u64) -> Result<Survey, Rejections> {
        let mut recogniser = Recogniser::new(declared)?;
        let mut reader = self.unpacked(limit)?;
        let mut block = vec![0; BLOCK];
        loop {
            match reader.read(&mut block).map_err(|e| self.unreadable(&e))? {
                0 => break,
                n => recogniser.see(&block[..n]),
            }
        }
        let (recognised, start) = recogniser.finish();
        if start.trim().is_empty() {
            return Err(problem("empty", "The file is empty: it needs a first line with the names of its columns."));
        }
        let delimiter = if self.sheet.is_some() { b',' } else { delimiter(&start) };
        Ok(Survey { sha256: self.hash()?, recognised, delimiter })
    }

    /// The rows, decoded to UTF-8; the first one names the columns. Rows of another length are kept for the report.
    ///
    /// # Errors
    /// A file that cannot be opened any more.
    pub fn rows(&self, survey: &Survey, limit: u64) -> Result<csv::Reader<Box<dyn Read + Send>>, Rejections> {
        let text: Box<dyn Read + Send> = Box::new(Decoded::new(self.unpacked(limit)?, survey.recognised));
        Ok(csv::ReaderBuilder::new().delimiter(survey.delimiter).flexible(true).from_reader(text))
    }

    /// The file as it came.
    ///
    /// # Errors
    /// When it cannot be opened any more.
    pub fn raw(&self) -> Result<Box<dyn Read + Send>, Rejections> {
        Ok(self.raw.open()?)
    }

    fn start(&self) -> Result<[u8; 4], Rejections> {
        let (mut start, mut raw, mut seen) = ([0; 4], self.raw.open()?, 0);
        while seen < start.len() {
            match raw.read(&mut start[seen..]).map_err(|e| self.unreadable(&e))? {
                0 => break,
                n => seen += n,
            }
        }
        Ok(start)
    }

    fn hash(&self) -> Result<[u8; 32], Rejections> {
        let mut hasher = Sha256::new();
        let mut raw = self.raw()?;
        let mut block = vec![0; BLOCK];
        loop {
            match raw.read(&mut block).map_err(|e| self.unreadable(&e))? {
                0 => return Ok(hasher.finalize().into()),
                n => hasher.update(&block[..n]),
            }
        }
    }

    fn unpacked(&self, limit: u64) -> Result<Box<dyn Read + Send>, Rejections> {
        let content = self.sheet.as_ref().unwrap_or(&self.raw);
        let mut magic = [0; 2];
        let gzip = content.open()?.read_exact(&mut magic).is_ok() && magic == [0x1f, 0x8b];
        let plain: Box<dyn Read + Send> = if gzip { Box::new(MultiGzDecoder::new(content.open()?)) } else { content.open()? };
        // a sheet was measured when it was unfolded
        let judged = gzip && self.sheet.is_none();
        let ratio_max = if judged { content.len().saturating_mul(RATIO_MAX).max(RATIO_FROM) } else { u64::MAX };
        Ok(Box::new(Bounded::new(plain, limit.min(ratio_max))))
    }

    fn unreadable(&self, error: &std::io::Error) -> Rejections {
        let name = self.file_name();
        if error.get_ref().is_some_and(|e| e.is::<TooLarge>()) {
            return problem("too_large", format!("{name} unpacks to more than is safe to read: split it, or hand it over unpacked."));
        }
        problem("unreadable", format!("{name} cannot be read to its end ({error}): save it again as CSV or gzipped CSV."))
    }
}

/// A problem with the file as a whole.
pub fn problem(code: &str, message: impl Into<String>) -> Rejections {
    Rejections::one("file", code, message)
}

/// The delimiter most frequent outside quotes in the first line; a comma where none occurs.
fn delimiter(start: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for b in start.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(d, _)| *d == b).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    let mut best = counts[0];
    for other in counts {
        if other.1 > best.1 {
            best = other;
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn rows(bytes: &[u8], declared: Option<&str>) -> Vec<Vec<String>> {
        let input = Input::bytes("t.csv", bytes);
        let survey = input.survey(declared, UNPACKED_MAX).unwrap();
        let mut reader = input.rows(&survey, UNPACKED_MAX).unwrap();
        let head = reader.headers().unwrap().clone();
        let all = std::iter::once(head).chain(reader.records().map(Result::unwrap));
        all.map(|r| r.iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_encoding_and_packing_gives_the_same_rows() {
        let want = vec![vec!["name".to_owned(), "town".into()], vec!["Café Müller".into(), "Thika".into()]];
        let utf8 = "name;town\r\nCafé Müller;Thika\r\n";
        let latin: Vec<u8> = utf8.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let with_bom = [b"\xef\xbb\xbf".as_slice(), utf8.as_bytes()].concat();
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(utf8.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(utf8.as_bytes(), None), want);
        assert_eq!(rows(&with_bom, None), want);
        assert_eq!(rows(&latin, None), want);
        assert_eq!(rows(&latin, Some("iso-8859-1")), want);
        assert_eq!(rows(&utf16, None), want);
        assert_eq!(rows(&gzip(&latin), None), want);
        assert_eq!(rows(utf8.as_bytes(), Some("windows-1252")), want);
    }

    #[test]
    fn a_row_begins_where_an_editor_says_whatever_the_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["name,note", "A,x", "\"B", "b\",y", "C,z", ""].join(end);
            let input = Input::bytes("t.csv", text.into_bytes());
            let survey = input.survey(None, UNPACKED_MAX).unwrap();
            let mut reader = input.rows(&survey, UNPACKED_MAX).unwrap();
            let lines: Vec<u64> = reader.records().map(|r| r.unwrap().position().unwrap().line()).collect();
            assert_eq!(lines, [2, 3, 5], "{end:?}");
        }
    }

    #[test]
    fn the_last_line_ends_whether_the_file_says_so_or_not() {
        for text in ["name\nA", "name\nA\n"] {
            assert_eq!(rows(text.as_bytes(), None), [["name"], ["A"]], "{text:?}");
        }
    }

    #[test]
    fn the_delimiter_is_counted_outside_quotes_of_the_first_line() {
        for (text, want) in [("a,b;c,d", b','), ("a;\"b,c,d\";e", b';'), ("a\tb", b'\t'), ("a|b\n1,2,3,4", b'|'), ("name", b',')] {
            assert_eq!(delimiter(text), want, "{text}");
        }
    }

    #[test]
    fn a_bomb_a_cut_archive_and_nothing_at_all_are_refused_in_words() {
        let code = |bytes: Vec<u8>, limit| Input::bytes("t.csv.gz", bytes).survey(None, limit).unwrap_err().0.remove(0).code;
        let bomb = gzip(&vec![b'a'; 64 << 20]);
        assert_eq!(code(bomb, UNPACKED_MAX), "too_large");
        assert_eq!(code(b"name\nMutua Hardware\n".to_vec(), 10), "too_large");
        let whole = gzip(b"name\nMutua Hardware\n");
        assert_eq!(code(whole[..whole.len() - 12].to_vec(), UNPACKED_MAX), "unreadable");
        assert_eq!(code(Vec::new(), UNPACKED_MAX), "empty");
        assert_eq!(code(b"  \n".to_vec(), UNPACKED_MAX), "empty");
    }
}
