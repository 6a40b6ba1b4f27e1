//! Files that are no tables at all, told by how they begin: what they are, and what is wanted instead.

use crate::source::problem;
use domain::Rejections;

/// How files begin, and what they are then.
const BEGINNINGS: [(&[u8], &str); 25] = [
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"Rar!\x1a", "an archive (RAR)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"BZh9", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"PAR1\x15", "a Parquet file"),
    (b"OggS\0", "a recording (Ogg)"),
    (b"ID3\x03", "a recording (MP3)"),
    (b"ID3\x04", "a recording (MP3)"),
    (b"fLaC\0", "a recording (FLAC)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML document"),
];
/// Signs no text has from which on a file is none, and how many of a hundred they must be.
const CONTROLS: (usize, usize) = (32, 5);
/// Where an archive of files (tar) says so.
const TAR: std::ops::Range<usize> = 257..262;

/// Refuses what is no text with rows and columns, by its first bytes, unpacked.
///
/// # Errors
/// What it is, and what is wanted.
pub fn refuse(start: &[u8]) -> Result<(), Rejections> {
    match what(start) {
        Some(what) => Err(not_a_table(what)),
        None => Ok(()),
    }
}

/// The refusal of something that is no table.
pub fn not_a_table(what: &str) -> Rejections {
    problem("not_a_table", format!("This is {what}, not a table: bring in CSV, gzipped CSV or an Excel workbook (.xlsx)."))
}

fn what(start: &[u8]) -> Option<&'static str> {
    let begins = |with: &[u8]| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if let Some((_, what)) = BEGINNINGS.iter().find(|(with, _)| begins(with)) {
        return Some(what);
    }
    match start {
        [b'R', b'I', b'F', b'F', _, _, _, _, rest @ ..] if rest.starts_with(b"WEBP") => return Some("a picture (WebP)"),
        [b'R', b'I', b'F', b'F', _, _, _, _, rest @ ..] if rest.starts_with(b"WAVE") => return Some("a recording (WAV)"),
        [_, _, _, _, rest @ ..] if rest.starts_with(b"ftyp") => return Some("a film or picture (MP4, HEIC)"),
        _ if start.get(TAR) == Some(b"ustar") => return Some("an archive (tar)"),
        _ => {}
    }
    let wide = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    let controls = start.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0b\x0c\x1a\x1f".contains(byte)).count();
    let (least, of_a_hundred) = CONTROLS;
    (!wide && controls > least && controls * 100 > start.len() * of_a_hundred)
        .then_some("data that is no text, or is in an encoding it does not name")
}

/// What an archive (zip) is, by the names of its parts; `None` for a workbook.
pub fn of_archive(names: &[String]) -> Option<&'static str> {
    let has = |start: &str| names.iter().any(|name| name.to_lowercase().starts_with(start));
    Some(match () {
        () if has("xl/workbook.bin") => "a binary workbook (.xlsb)",
        () if has("xl/") => return None,
        () if has("word/") => "a text document (Word)",
        () if has("ppt/") => "a presentation (PowerPoint)",
        () if has("content.xml") => "an OpenDocument file",
        () if has("index/") => "a document of Numbers, Pages or Keynote",
        () => "an archive (zip)",
    })
}

#[cfg(test)]
mod tests {
    use super::{of_archive, what};

    #[test]
    fn what_is_no_table_is_called_by_its_name_and_text_is_let_through() {
        for (start, want) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], Some("a picture (PNG)")),
            (b"%PDF-1.7\n", Some("a PDF document")),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some("a picture (JPEG)")),
            (b"<!DOCTYPE html><table>", Some("a web page (HTML)")),
            (b"\0\0\0\x18ftypmp42", Some("a film or picture (MP4, HEIC)")),
            (b"date,amount\n2015-01-01,1\n", None),
            (b"\xff\xfed\0a\0t\0e\0,\0a\0\n\0", None),
            (b"code,na\0me\nA,B\n", None),
            (b"GIFTS,amount\n", None),
            (b"MZ,PAR,RAR\n", None),
            (b"", None),
        ] {
            assert_eq!(what(start), want, "{start:?}");
        }
        let noise: Vec<u8> = (0..2_000_u32).map(|i| (i * 7 % 64) as u8).collect();
        assert!(what(&noise).is_some_and(|words| words.contains("no text")));
        let of = |names: &[&str]| of_archive(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(of(&["[Content_Types].xml", "word/document.xml"]), Some("a text document (Word)"));
        assert_eq!((of(&["a.csv"]), of(&["[Content_Types].xml", "xl/workbook.xml"])), (Some("an archive (zip)"), None));
    }
}
