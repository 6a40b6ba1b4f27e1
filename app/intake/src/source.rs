//! The file as text: gzip undone within limits, encoding recognised, where its columns are named and what stands between cells. What the columns mean is
//! left to the mapping.

use crate::content::{BLOCK, Bounded, Content, TooLarge};
use crate::encoding::{Decoded, Recognised, Recogniser};
use crate::layout::Layout;
use crate::records::{Form, Records};
use crate::spaced::Spaced;
use crate::workbook::{self, SheetRead, Unfolded};
use crate::{Delimiter, Mapping, foreign};
use domain::Rejections;
use domain::calendar::Zone;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Read};
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
    sheet: Option<Sheet>,
    beside: Beside,
    zone: Option<Arc<Zone>>,
}

/// A workbook's sheet as text.
#[derive(Clone, Debug)]
struct Sheet {
    text: Content,
    read: SheetRead,
    /// Where its columns are named.
    names_at: u64,
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
    /// Where its columns are named, and what stands between two cells.
    pub layout: Layout,
}

impl Input {
    /// A file on this machine; files beside it are in its folder.
    #[must_use]
    pub fn path(path: PathBuf) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = path.parent().map_or(Beside::Nothing, |folder| Beside::Folder(folder.to_owned()));
        Self { name, raw: Content::Path(path), sheet: None, beside, zone: None }
    }

    /// A file's name and content.
    #[must_use]
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.into(), raw: Content::Bytes(bytes.into()), sheet: None, beside: Beside::Nothing, zone: None }
    }

    /// Under another name than it lies under.
    #[must_use]
    pub fn called(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// For a company in this time zone, in which days are that stand as times of other zones in it.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Self {
        Self { zone: Some(Arc::new(zone)), ..self }
    }

    /// The company's time zone, where it is known.
    pub(crate) fn zone(&self) -> Option<&Arc<Zone>> {
        self.zone.as_ref()
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
    /// A workbook that cannot be read, or unpacks to more than is safe; another archive.
    pub fn unfolded(mut self, mapping: Option<&Mapping>, limit: u64) -> Result<Self, Rejections> {
        match self.start()? {
            [b'P', b'K', 3, 4] => {
                let (sheet, header_row) = (mapping.and_then(|m| m.sheet.as_ref()), mapping.and_then(|m| m.header_row));
                let unfolded = workbook::text(self.raw.open()?, sheet, header_row, limit.min(workbook::UNPACKED_MAX))?;
                let Unfolded { text, read, names_at } = unfolded;
                self.sheet = Some(Sheet { text: Content::Bytes(text.into()), read, names_at });
            }
            [0xd0, 0xcf, 0x11, 0xe0] => {
                let words = "This is a workbook of before 2007, or one with a password: save it as .xlsx without a password, or as CSV.";
                return Err(problem("old_workbook", words));
            }
            _ => {}
        }
        Ok(self)
    }

    /// Of a workbook that was unfolded, which sheet.
    #[must_use]
    pub fn sheet(&self) -> Option<&SheetRead> {
        self.sheet.as_ref().map(|sheet| &sheet.read)
    }

    /// Reads the file once, keeping nothing: its hash, encoding, layout, and that it unpacks within limits. What a mapping says of these is believed.
    ///
    /// # Errors
    /// A file that cannot be read, is empty or no text, or unpacks to more than `limit` bytes or as a bomb does; a layout that is not clear.
    pub fn survey(&self, mapping: Option<&Mapping>, limit: u64) -> Result<Survey, Rejections> {
        let mut recogniser = Recogniser::new(mapping.and_then(|m| m.encoding.as_deref()))?;
        let mut reader = self.unpacked(limit)?;
        let mut block = vec![0; BLOCK];
        loop {
            match reader.read(&mut block).map_err(|e| self.unreadable(&e))? {
                0 => break,
                n => recogniser.see(&block[..n]),
            }
        }
        foreign::refuse(recogniser.start())?;
        let (recognised, start) = recogniser.finish();
        if self.sheet.is_none() && start.trim().is_empty() {
            return Err(problem("empty", "The file is empty: it needs a first line with the names of its columns."));
        }
        let layout = match &self.sheet {
            Some(sheet) => Layout::of_sheet(mapping, sheet.names_at)?,
            None => Layout::find(mapping, &start)?,
        };
        Ok(Survey { sha256: self.hash()?, recognised, layout })
    }

    /// The rows from that on which names the columns, decoded to UTF-8. Rows of another length are kept for the report.
    ///
    /// # Errors
    /// A file that cannot be opened any more.
    pub fn rows(&self, survey: &Survey, limit: u64) -> Result<Records, Rejections> {
        let Layout { delimiter, above, names } = &survey.layout;
        let mut text: Box<dyn Read + Send> = Box::new(Decoded::new(self.unpacked(limit)?, survey.recognised));
        if *above > 0 {
            let mut lines = BufReader::with_capacity(BLOCK, text);
            for _ in 0..*above {
                lines.skip_until(b'\n').map_err(|e| self.unreadable(&e))?;
            }
            text = Box::new(lines);
        }
        let spaced = *delimiter == Delimiter::Spaces;
        if spaced {
            text = Box::new(Spaced::new(text));
        }
        let (above, said, delimiter) = (*above, names.clone(), delimiter.byte());
        Ok(Records::new(text, Form { above, said, delimiter, quoting: !spaced, sheet: self.sheet.is_some() }))
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
        let content = self.sheet.as_ref().map_or(&self.raw, |sheet| &sheet.text);
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

#[cfg(test)]
mod tests;
