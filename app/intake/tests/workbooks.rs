//! Workbooks as spreadsheets save them: dates, formulas, blank rows, several sheets; and archives that unpack to more than they say.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use intake::{Input, Kind, Mapping, Opened, Row, UNPACKED_MAX, beginning_of_workbook, preview};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Read, Write};
use zip::write::SimpleFileOptions;

/// Rows with their lines.
fn rows(bytes: Vec<u8>, mapping: Option<Mapping>) -> Vec<(u64, Vec<String>)> {
    let opened = Opened::open(Kind::Budgets, Input::bytes("b.xlsx", bytes), mapping, UNPACKED_MAX).unwrap();
    let (mut rows, mut row, mut all) = (opened.rows().unwrap(), Row::new(), Vec::new());
    while rows.next(&mut row).unwrap() {
        all.push((row.position().unwrap().line(), row.iter().map(str::to_owned).collect()));
    }
    all
}

fn two_sheets() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    book.add_worksheet().set_name("Notes").unwrap();
    let sheet = book.add_worksheet().set_name("Budgets").unwrap();
    sheet.write_row(0, 0, ["rep", "month", "amount"]).unwrap();
    sheet.write(1, 0, "Grace").unwrap();
    sheet.write_with_format(1, 1, ExcelDateTime::from_ymd(2015, 7, 17).unwrap(), &day).unwrap();
    sheet.write_formula(1, 2, Formula::new("=100*12.345").set_result("1234.5")).unwrap();
    sheet.write(4, 0, "Otieno, \"O\"\nsecond line").unwrap();
    sheet.write(4, 1, "2015-08").unwrap();
    sheet.write_formula(4, 2, Formula::new("=A1").set_result("4711")).unwrap();
    sheet.write(5, 0, "Akinyi").unwrap();
    sheet.write_with_format(5, 1, ExcelDateTime::from_ymd(2015, 9, 1).unwrap().and_hms(8, 30, 0).unwrap(), &day).unwrap();
    sheet.write(5, 2, 0.1 + 0.2).unwrap();
    let third = book.add_worksheet().set_name("2016").unwrap();
    third.write_row(0, 0, ["rep", "month", "amount"]).unwrap();
    third.write_row(1, 0, ["Grace", "2016-01", "7"]).unwrap();
    // a formula that was never worked out has no value
    let sheet = part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet2.xml").replace("<v>4711</v>", "");
    with_part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet2.xml", sheet.as_bytes())
}

/// A part of a workbook as text.
fn part(book: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("<v>4711</v>"));
    text
}

fn cells(line: u64, cells: [&str; 3]) -> (u64, Vec<String>) {
    (line, cells.map(str::to_owned).to_vec())
}

#[test]
fn a_row_s_line_is_its_number_in_the_sheet_and_formulas_give_what_they_came_to() {
    let first = [
        cells(2, ["Grace", "2015-07-17", "1234.5"]),
        cells(5, ["Otieno, \"O\" second line", "2015-08", ""]),
        cells(6, ["Akinyi", "2015-09-01 08:30:00", "0.3"]),
    ];
    assert_eq!(rows(two_sheets(), None), first, "the first sheet with cells, blank rows left out");
    let of_2016 =
        Mapping { sheet: Some("2016".into()), ..Mapping::parse("[fields]\nrep = 'rep'\nmonth = 'month'\namount = 'amount'").unwrap() };
    assert_eq!(rows(two_sheets(), Some(of_2016.clone())), [cells(2, ["Grace", "2016-01", "7"])]);
    let missing = Mapping { sheet: Some("2017".into()), ..of_2016 };
    let refused = preview(Kind::Budgets, Input::bytes("b.xlsx", two_sheets()), Some(missing), true, UNPACKED_MAX).unwrap_err();
    assert!(refused.to_string().contains("no sheet 2017. Its sheets are: Notes, Budgets, 2016"), "{refused}");
}

#[test]
fn the_preview_of_a_workbook_judges_its_rows_by_their_sheet_s_lines() {
    let seen = preview(Kind::Budgets, Input::bytes("b.xlsx", two_sheets()), None, true, UNPACKED_MAX).unwrap();
    assert_eq!((seen.problems.len(), seen.looked_at, seen.refused), (0, 3, 1));
    assert_eq!((seen.rejects[0].line, seen.rejects[0].column.as_str()), (5, "amount"));
    let told = seen.sheet.unwrap().to_string();
    assert!(
        told.starts_with("sheet “Budgets”, not read: “Notes”, “2016”. 1 formula(s) in it, the first in C5, were never worked out"),
        "{told}"
    );
    assert!(seen.questions.is_empty());
}

/// A cover, and a sheet for each of two months.
fn months() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Cover").unwrap().write(0, 0, "Report of Acme").unwrap();
    for (name, amount) in [("Jan", "1"), ("Feb \"2\"", "2")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["rep", "month", "amount"]).unwrap();
        sheet.write_row(1, 0, ["Grace", "2015-07", amount]).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_look_chooses_the_first_sheet_whose_columns_are_recognised_and_says_so_in_the_mapping() {
    let look = |kind, mapping| preview(kind, Input::bytes("b.xlsx", months()), mapping, true, UNPACKED_MAX).unwrap();
    let seen = look(Kind::Budgets, None);
    assert_eq!((seen.mapping.sheet.as_deref(), seen.looked_at, seen.refused, seen.problems.len()), (Some("Jan"), 1, 0, 0));
    assert_eq!(seen.sheet.as_ref().unwrap().all(), ["Cover", "Jan", "Feb \"2\""], "in the workbook's order");
    assert_eq!(rows(months(), Some(seen.mapping.clone())), [cells(2, ["Grace", "2015-07", "1"])], "an import reads what was seen");
    let cover = look(Kind::Budgets, Some(Mapping { sheet: Some("Cover".into()), ..Mapping::default() }));
    assert_eq!(cover.columns, ["Report of Acme"], "what was chosen is left as it is");
    let second = look(Kind::Budgets, Some(Mapping { sheet: Some("Feb \"2\"".into()), ..seen.mapping }));
    assert_eq!((second.rows[0].cells[2].as_str(), second.sheet.unwrap().all().len()), ("2", 3));
    let of_none = look(Kind::Visits, None);
    assert_eq!((of_none.mapping.sheet, of_none.columns), (None, vec!["Report of Acme".to_owned()]));
    let first = preview(Kind::Budgets, Input::bytes("b.xlsx", two_sheets()), None, true, UNPACKED_MAX).unwrap();
    assert_eq!(first.mapping.sheet, None, "where the first one has such columns, nothing has to be said");
}

#[test]
fn who_cannot_be_asked_is_told_which_sheet_was_read_and_which_there_are() {
    let refused = Opened::open(Kind::Budgets, Input::bytes("b.xlsx", months()), None, UNPACKED_MAX).map(|_| ()).unwrap_err();
    let words = refused.to_string();
    let want = "Sheet “Cover” of the workbook was read; there are also “Jan”, “Feb \"2\"”: choose another one (in a mapping file: sheet = \"Jan\").";
    assert!(words.contains("The columns are: Report of Acme.") && words.ends_with(want), "{words}");
    let there = Mapping::parse("sheet = \"Feb \\\"2\\\"\"\n[fields]\nrep = 'who'\nmonth = 'month'\namount = 'amount'").unwrap();
    let refused =
        Opened::open(Kind::Budgets, Input::bytes("b.xlsx", months()), Some(there), UNPACKED_MAX).map(|_| ()).unwrap_err().to_string();
    assert!(refused.contains("The file has no column who") && refused.contains("Sheet “Feb \"2\"” of the workbook was read"), "{refused}");
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Report of Acme").unwrap();
    let one = Input::bytes("b.xlsx", book.save_to_buffer().unwrap());
    let refused = Opened::open(Kind::Budgets, one, None, UNPACKED_MAX).map(|_| ()).unwrap_err().to_string();
    assert!(!refused.contains("was read"), "{refused}");
}

/// A workbook's parts packed again, one of them replaced.
fn with_part(book: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for place in 0..parts.len() {
        let mut part = parts.by_index(place).unwrap();
        packed.start_file(part.name().unwrap(), SimpleFileOptions::default()).unwrap();
        if part.name().unwrap() == name {
            packed.write_all(content).unwrap();
        } else {
            std::io::copy(&mut part, &mut packed).unwrap();
        }
    }
    packed.finish().unwrap().into_inner()
}

fn refusal(bytes: Vec<u8>) -> (String, String) {
    let refused = preview(Kind::Budgets, Input::bytes("b.xlsx", bytes), None, true, UNPACKED_MAX).unwrap_err();
    (refused.0[0].code.clone(), refused.to_string())
}

/// Many rows whose texts are each new, with a title above and a second sheet.
fn long(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Long").unwrap();
    sheet.write(0, 0, "Budgets of the year").unwrap();
    sheet.write_row(1, 0, ["rep", "month", "amount"]).unwrap();
    for row in 2..rows + 2 {
        sheet.write(row, 0, format!("Rep <{row}> & sons")).unwrap();
        sheet.write(row, 1, if row == 5 { "soon" } else { "2015-08" }).unwrap();
        sheet.write(row, 2, f64::from(row)).unwrap();
    }
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "the last text of all").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_beginning_of_a_long_workbook_reads_like_the_whole_and_a_short_one_is_left_as_it_is() {
    let book = long(20_000);
    let start = beginning_of_workbook(&book, 64 << 10).unwrap();
    let look = |bytes: &[u8], whole| preview(Kind::Budgets, Input::bytes("b.xlsx", bytes), None, whole, UNPACKED_MAX).unwrap();
    let (few, all) = (look(&start, false), look(&book, true));
    assert_eq!((&few.rows, &few.sheet, &few.columns, few.header_row), (&all.rows, &all.sheet, &all.columns, Some(2)));
    assert_eq!((few.refused, few.rejects[0].line, few.more, all.looked_at), (1, 6, true, 20_000));
    assert!((400..1_000).contains(&few.looked_at), "{}", few.looked_at);
    let unpacked = |book: &[u8], name: &str| zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap().by_name(name).unwrap().size();
    assert!(unpacked(&start, "xl/sharedStrings.xml") * 10 < unpacked(&book, "xl/sharedStrings.xml"), "only texts that are named are kept");
    assert!(beginning_of_workbook(&long(10), 64 << 10).is_none());
    assert!(beginning_of_workbook(b"PK\x03\x04 no workbook", 64 << 10).is_none());
    let bomb = with_part(&two_sheets(), "xl/worksheets/sheet2.xml", &vec![b' '; 64 << 20]);
    assert!(beginning_of_workbook(&bomb, 64 << 10).is_none(), "no row ends in it");
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_it_is_is_refused_as_too_large() {
    let noughts = vec![b' '; 64 << 20];
    for part in ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "docProps/app.xml"] {
        let bomb = with_part(&two_sheets(), part, &noughts);
        assert!(bomb.len() < 200_000, "{}", bomb.len());
        let (code, words) = refusal(bomb);
        assert_eq!(code, "too_large", "{part}: {words}");
    }
}

#[test]
fn an_archive_that_lies_about_its_sizes_is_measured_not_believed() {
    let part = vec![b' '; 64 << 20];
    let honest = with_part(&two_sheets(), "xl/worksheets/sheet2.xml", &part);
    let said = u32::try_from(part.len()).unwrap().to_le_bytes();
    for lie in [0_u32, 100, u32::MAX - 1] {
        let mut lying = honest.clone();
        let mut at = 0;
        let mut found = 0;
        while let Some(next) = lying[at..].windows(4).position(|bytes| bytes == said) {
            lying[at + next..at + next + 4].copy_from_slice(&lie.to_le_bytes());
            at += next + 4;
            found += 1;
        }
        assert!(found >= 1, "the size stands in the headers");
        let (code, words) = refusal(lying);
        assert!(["too_large", "unreadable"].contains(&code.as_str()), "{lie}: {words}");
    }
}

#[test]
fn a_cell_far_out_and_a_row_far_down_neither_fill_memory_nor_shift_lines() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["rep", "month", "amount"]).unwrap();
    sheet.write_row(1_000_000, 0, ["Grace", "2015-07", "1"]).unwrap();
    sheet.write(1_000_001, 16_383, "far").unwrap();
    let all = rows(book.save_to_buffer().unwrap(), None);
    assert_eq!(all[0], cells(1_000_001, ["Grace", "2015-07", "1"]));
    assert_eq!((all[1].0, all[1].1.len()), (1_000_002, 16_384));
}
