//! The beginnings of a large workbook's sheets as a workbook of their own, so that a look at its first rows unpacks no more than these need.

use std::io::{Cursor, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes of a block while texts are counted.
const BLOCK: usize = 256 << 10;
/// Bytes unpacked of all sheets together before a workbook is rather read whole, and refused there if it is too large.
const ALL_MAX: usize = 64 << 20;
/// The part that holds the texts of all sheets, each once, in the order in which they are met.
const TEXTS: &str = "xl/sharedStrings.xml";

/// The workbook with at most `most` unpacked bytes of each sheet, up to the end of a row, and the texts these rows name. `None` where nothing is to be
/// left out, or it is packed in some way that is not expected: then it is read whole, as it is where the beginning lacks what a look needs.
#[must_use]
pub fn beginning(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect();
    let mut replaced: Vec<(&str, Vec<u8>)> = Vec::new();
    // texts named by the sheets so far, and by those up to the last that is cut: one behind it is read only where somebody asks for it
    let (mut named, mut texts, mut all) = (0, 0, 0);
    for name in names.iter().filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml")) {
        let mut sheet = start_of(&mut archive, name, most)?;
        all += sheet.len();
        if all > ALL_MAX {
            return None;
        }
        let cut = sheet.len() > most;
        if cut {
            sheet.truncate(last(&sheet, b"</row>")?);
        }
        named = named.max(texts_of(&sheet));
        if cut {
            texts = named;
            sheet.extend_from_slice(b"</sheetData></worksheet>");
            replaced.push((name, sheet));
        }
    }
    if replaced.is_empty() {
        return None;
    }
    if let Some(name) = names.iter().find(|name| *name == TEXTS)
        && let Some(few) = first_texts(&mut archive, texts)
    {
        replaced.push((name, few));
    }
    packed(archive, &replaced)
}

/// What a part begins with: one byte more than `most` where it goes on.
fn start_of(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: usize) -> Option<Vec<u8>> {
    let mut start = Vec::new();
    archive.by_name(name).ok()?.take(most as u64 + 1).read_to_end(&mut start).ok()?;
    Some(start)
}

/// Behind the last of a mark.
fn last(text: &[u8], mark: &[u8]) -> Option<usize> {
    text.windows(mark.len()).rposition(|at| at == mark).map(|at| at + mark.len())
}

/// How many texts from the first on a sheet's cells name: `<c r="A2" t="s"><v>17</v></c>` names 18.
fn texts_of(sheet: &[u8]) -> usize {
    let mut most = 0;
    let mut rest = sheet;
    while let Some(at) = rest.windows(5).position(|at| at == b"t=\"s\"") {
        rest = &rest[at + 5..];
        let Some(value) = rest.windows(3).position(|at| at == b"<v>") else { break };
        rest = &rest[value + 3..];
        let digits =
            rest.iter().take_while(|b| b.is_ascii_digit()).fold(0_usize, |n, b| n.saturating_mul(10).saturating_add(usize::from(b - b'0')));
        most = most.max(digits.saturating_add(1));
    }
    most
}

/// The first texts of the workbook; `None` where it has no more.
fn first_texts(archive: &mut ZipArchive<Cursor<&[u8]>>, count: usize) -> Option<Vec<u8>> {
    let mut part = archive.by_name(TEXTS).ok()?;
    let (mut text, mut seen, mut from) = (Vec::new(), 0, 0);
    let mut block = vec![0; BLOCK];
    loop {
        let read = part.read(&mut block).ok().filter(|read| *read > 0)?;
        text.extend_from_slice(&block[..read]);
        if text.len() > super::TEXTS_MAX as usize {
            return None;
        }
        while let Some(at) = text[from..].windows(4).position(|at| at.starts_with(b"<si") && b"> /".contains(&at[3])) {
            if seen == count {
                text.truncate(from + at);
                text.extend_from_slice(b"</sst>");
                return Some(text);
            }
            seen += 1;
            from += at + 4;
        }
        from = from.max(text.len().saturating_sub(3));
    }
}

/// The archive with some of its parts replaced.
fn packed(mut archive: ZipArchive<Cursor<&[u8]>>, replaced: &[(&str, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let part = archive.by_index_raw(place).ok()?;
        let name = part.name().ok()?.into_owned();
        match replaced.iter().find(|(other, _)| *other == name) {
            Some((_, content)) => {
                drop(part);
                out.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
                out.write_all(content).ok()?;
            }
            None => out.raw_copy_file(part).ok()?,
        }
    }
    let mut cursor = out.finish().ok()?;
    cursor.rewind().ok()?;
    Some(cursor.into_inner())
}
