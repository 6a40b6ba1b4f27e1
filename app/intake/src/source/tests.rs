#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::Row;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn rows(bytes: &[u8], declared: Option<&str>) -> Vec<Vec<String>> {
    let input = Input::bytes("t.csv", bytes);
    let mapping = Mapping { encoding: declared.map(str::to_owned), ..Mapping::default() };
    let survey = input.survey(Some(&mapping), UNPACKED_MAX).unwrap();
    let mut records = input.rows(&survey, UNPACKED_MAX).unwrap();
    let mut all = vec![records.names().unwrap().iter().map(str::to_owned).collect()];
    let mut row = Row::new();
    while records.next(&mut row).unwrap() {
        all.push(row.iter().map(str::to_owned).collect());
    }
    all
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
        let mut records = input.rows(&survey, UNPACKED_MAX).unwrap();
        records.names().unwrap();
        let (mut row, mut lines) = (Row::new(), Vec::new());
        while records.next(&mut row).unwrap() {
            lines.push(row.line());
        }
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
