//! Tables that are not as plain as they might be: a title above the names, columns set apart by blanks, no names at all; and what is no table.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use intake::{Delimiter, Input, Kind, Mapping, Opened, Preview, UNPACKED_MAX, preview};
use rust_xlsxwriter::Workbook;
use std::io::Write;
use zip::write::SimpleFileOptions;

const SPACED: &str = "kind = 'sales'\nreplaces = 'days'\ndelimiter = 'spaces'\n";
const FIELDS: &str = "[fields]\ndate = { column = 'date', format = 'YYYYMMDD' }\ncustomer = 'id'\nquantity = 'units'\namount = 'value'\n";

fn look(name: &str, bytes: impl AsRef<[u8]>, mapping: &str) -> Preview {
    let mapping = (!mapping.is_empty()).then(|| Mapping::parse(mapping).unwrap());
    preview(Kind::Sales, Input::bytes(name, bytes.as_ref()), mapping, true, UNPACKED_MAX).unwrap()
}

fn refused(bytes: &[u8], mapping: &str) -> (String, String) {
    let mapping = (!mapping.is_empty()).then(|| Mapping::parse(mapping).unwrap());
    let seen = preview(Kind::Sales, Input::bytes("f.csv", bytes), mapping.clone(), true, UNPACKED_MAX).unwrap_err();
    let opened = Opened::open(Kind::Sales, Input::bytes("f.csv", bytes), mapping, UNPACKED_MAX).map(drop).unwrap_err();
    assert_eq!(seen, opened, "browser and server say the same");
    (seen.0[0].code.clone(), seen.0[0].message.clone())
}

fn lines(seen: &Preview) -> Vec<u64> {
    seen.rows.iter().map(|row| row.line).collect()
}

#[test]
fn a_title_above_the_names_is_passed_over_and_lines_stay_those_of_the_file() {
    let rows = "date;amount;document no\n2015-02-01;1;A\n2015-02-02;x;B\n";
    for (title, names_at) in [("Sales of March 2015\n", 2), ("Sales, of March 2015\n\n;;\n", 4), ("Report;;\n;;\nPrinted 3 March;;\n", 4)] {
        let comma = title.starts_with("Sales,");
        for end in ["\n", "\r\n", "\r"] {
            let text = (title.to_owned() + rows).replace('\n', end);
            let seen = look("f.csv", text, if comma { "delimiter = ';'\n" } else { "" });
            assert_eq!((seen.header_row, seen.mapping.header_row), (Some(names_at), Some(names_at)), "{title:?}{end:?}");
            assert_eq!(seen.columns, ["date", "amount", "document no"]);
            assert_eq!(lines(&seen), [names_at + 1, names_at + 2], "{title:?}");
            assert_eq!((seen.refused, seen.rejects[0].line, seen.rejects[0].column.as_str()), (1, names_at + 2, "amount"));
            let kept = look("f.csv", (title.to_owned() + rows).replace('\n', end), &seen.mapping.written());
            assert_eq!(kept, seen, "a mapping that is remembered reads the file alike");
        }
    }
    let plain = look("f.csv", rows, "");
    assert_eq!((plain.header_row, plain.mapping.header_row), (Some(1), None));
}

#[test]
fn the_line_that_names_the_columns_can_be_said() {
    let text = "Shop: Nakuru; till 2\nday;sum;no\n01.02.2015;1,50;A\n";
    let said = "header_row = 2\n[fields]\ndate = { column = 'day', format = 'DD/MM/YYYY' }\ndocumentNo = 'no'\namount = { column = 'sum', number = { decimal = ',' } }\n";
    let seen = look("f.csv", text, said);
    assert_eq!((seen.header_row, seen.refused, lines(&seen)), (Some(2), 0, vec![3]));
    let bare = look("f.csv", "x;y\ndate;amount;document no\n2015-02-01;1;A\n", "header_row = 2\n");
    assert_eq!((bare.problems.len(), bare.refused, bare.mapping.fields.len()), (0, 0, 3), "without fields the usual names are known");
    assert!(refused(text.as_bytes(), "header_row = 9\n").1.contains("There is no line 9"));
    assert!(refused(text.as_bytes(), "header_row = 0\n").1.contains("counted from 1"));
    assert!(refused(text.as_bytes(), "header_row = 2\ncolumns = ['a']\n").1.contains("leave one of them out"));
}

#[test]
fn columns_set_apart_by_blanks_are_read_with_names_and_without() {
    let rows = " 00001 19970101  1   11.77\r\n 00002\t19970112  5   77.00  \r\n\r\n00003 19970112  5 \r\n";
    let headed = format!(" id  date units  value\r\n{rows}");
    for (text, mapping, first) in [
        (headed.as_str(), format!("{SPACED}{FIELDS}"), 2),
        (rows, format!("columns = ['id', 'date', 'units', 'value']\n{SPACED}{FIELDS}"), 1),
    ] {
        let seen = look("f.txt", text, &mapping);
        assert_eq!((seen.delimiter, seen.refused, lines(&seen)), (Delimiter::Spaces, 1, vec![first, first + 1, first + 3]), "{seen:?}");
        assert_eq!(seen.rows[1].cells, ["00002", "19970112", "5", "77.00"]);
        assert_eq!(seen.rejects[0].line, first + 3);
    }
    let recognised = look("f.txt", headed.replace("00003 19970112  5 ", "00003 19970112  5 1.00"), "");
    assert_eq!((recognised.delimiter, recognised.mapping.delimiter), (Delimiter::Spaces, Some(Delimiter::Spaces)));
    assert_eq!(recognised.columns, ["id", "date", "units", "value"]);
    let unknown = Mapping::parse("delimiter = 'dots'").unwrap_err().to_string();
    assert!(unknown.contains("`spaces`"), "{unknown}");
}

fn book(rows: &[(u32, &[&str])]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows {
        sheet.write_row(*row, 0, cells.iter().copied()).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_a_title_is_read_below_it_by_its_rows_numbers() {
    let names: &[&str] = &["date", "amount", "document no"];
    let rows: [(u32, &[&str]); 5] =
        [(1, &["Sales of March"]), (3, &["Nakuru"]), (5, names), (6, &["2015-02-01", "1", "A"]), (9, &["2015-02-02", "x"])];
    for (mapping, rows) in [("", &rows[..]), ("header_row = 6\n", &[(0, &["a", "b"][..]), rows[2], rows[3], rows[4]])] {
        let seen = look("b.xlsx", book(rows), mapping);
        assert_eq!((seen.header_row, seen.columns.len(), lines(&seen)), (Some(6), 3, vec![7, 10]));
        assert_eq!((seen.refused, seen.rejects[0].line), (1, 10), "a row that ends early is as wide as the names");
    }
    let far = look("b.xlsx", book(&[(500_000, names), (500_001, &["2015-02-01", "1", "A"])]), "");
    assert_eq!((far.header_row, lines(&far)), (Some(500_001), vec![500_002]));
}

#[test]
fn what_is_no_table_is_refused_by_what_it_is() {
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    packed.write_all(b"<w:document/>").unwrap();
    let word = packed.finish().unwrap().into_inner();
    let noise: Vec<u8> = (0..5_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n").unwrap();
    for (bytes, what) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec(), "a picture (PNG)"),
        (gz.finish().unwrap(), "a PDF document"),
        (word, "a text document (Word)"),
        (noise, "no text"),
    ] {
        let (code, words) = refused(&bytes, "");
        assert_eq!(code, "not_a_table", "{words}");
        assert!(words.starts_with("This is ") && words.contains(what), "{words}");
        assert!(words.ends_with("not a table: bring in CSV, gzipped CSV or an Excel workbook (.xlsx)."), "{words}");
    }
}

#[test]
fn every_column_something_is_made_of_is_used() {
    let mapping = "[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'head'\n[fields]\ndate = 'heads.day'\ndocumentNo = 'Head'\n\
        salesperson = { template = '{heads.first} {heads.last}' }\namount = { product = ['qty', 'price'], discount = 'off' }\n";
    let heads = Input::bytes("heads.csv", b"nr,day,first,last,fax\n7,2015-02-01,Grace,W,1\n".as_slice());
    let beside = intake::Beside::Files(std::sync::Arc::new(vec![heads]));
    let input = Input::bytes("f.csv", b"head,qty,price,off,left\n7,2,3,0.1,x\n".as_slice()).with(beside);
    let seen = preview(Kind::Sales, input, Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap();
    assert_eq!((seen.problems.len(), seen.refused), (0, 0), "{:?}", seen.problems);
    let unused: Vec<_> = seen.columns.iter().zip(&seen.uses).filter(|(_, uses)| uses.is_empty()).map(|(name, _)| name.as_str()).collect();
    assert_eq!(unused, ["left", "heads.fax"]);
    assert_eq!(seen.uses[0], ["documentNo", "heads.csv"]);
    assert_eq!(seen.uses[3], ["amount"]);
}
