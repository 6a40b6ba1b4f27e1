//! What a look at a file asks and answers: day and month told apart or asked, numbers asked about, beginnings cut where they can be, mappings kept.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use flate2::Compression;
use flate2::write::GzEncoder;
use intake::clean::DayFormat;
use intake::{About, Delimiter, Input, Kind, Mapping, Preview, UNPACKED_MAX, beginning, preview};
use std::io::Write;

fn look(kind: Kind, text: &str) -> Preview {
    preview(kind, Input::bytes("f.csv", text.as_bytes()), None, true, UNPACKED_MAX).unwrap()
}

fn format(seen: &Preview, field: &str) -> Option<DayFormat> {
    seen.mapping.fields.get(field).and_then(|spec| spec.0.format)
}

#[test]
fn day_and_month_are_told_apart_by_the_whole_column_or_asked() {
    let dates = |days: &[&str]| {
        look(Kind::Sales, &format!("date,amount,document no\n{}", days.iter().map(|d| format!("{d},1,1\n")).collect::<String>()))
    };
    for (days, want, asked) in [
        (&["04/05/2015", "17/05/2015"][..], Some(DayFormat::DayFirst), 0),
        (&["04/05/2015", "05/17/2015"], Some(DayFormat::MonthFirst), 0),
        (&["04/05/2015", "05/06/2015"], None, 1),
        (&["17/05/2015", "05/17/2015"], None, 1),
        (&["2015-05-04", "17/05/2015"], None, 1),
        (&["2015-05-04"], None, 0),
        (&["31/02/2015"], None, 0),
    ] {
        let seen = dates(days);
        assert_eq!((format(&seen, "date"), seen.questions.len()), (want, asked), "{days:?}");
        assert_eq!(seen.refused == 0, want.is_some() || days == ["2015-05-04"], "{days:?}");
    }
    let asked = dates(&["04/05/2015"]).questions.remove(0);
    assert_eq!(
        (asked.field.as_str(), asked.column.as_str(), asked.example.as_str(), asked.about),
        ("date", "date", "04/05/2015", About::DayOrMonth)
    );
    let mixed = dates(&["04/05/2015", "25/04/2026", "01/25/2026", "31/02/2026"]);
    assert_eq!((mixed.questions[0].example.as_str(), mixed.questions[0].other.as_deref()), ("04/05/2015", None));
    let why: Vec<_> = mixed.rejects.iter().map(|reject| reject.reason.split([':', '?', '.']).next().unwrap_or_default()).collect();
    assert_eq!(why, ["Day or month first", "The day stands first here", "The month stands first here", "There is no such day"]);
    let mixed = dates(&["25/04/2026", "03/04/2026", "01/25/2026"]);
    assert_eq!((mixed.questions[0].example.as_str(), mixed.questions[0].other.as_deref()), ("25/04/2026", Some("01/25/2026")));
    let answered = "[fields]\ndate = { column = 'date', format = 'DD/MM/YYYY' }\namount = 'amount'\ndocumentNo = 'document no'\n";
    let file = Input::bytes("f.csv", b"date,amount,document no\n25/04/2026,1,1\n01/25/2026,1,1\n".as_slice());
    let seen = preview(Kind::Sales, file, Some(Mapping::parse(answered).unwrap()), true, UNPACKED_MAX).unwrap();
    assert_eq!((seen.refused, seen.questions.len()), (1, 0), "what was answered is not asked again");
    let months = look(Kind::Budgets, "rep,month,amount\nGrace,04/05/2015,1\nGrace,2015-06,1\nGrace,07/2015,1\n");
    assert_eq!((months.questions.len(), months.questions[0].about, months.refused), (1, About::DayOrMonth, 1));
    let told = look(Kind::Budgets, "rep,month,amount\nGrace,31/05/2015,1\nGrace,04/06/2015,1\n");
    assert_eq!((format(&told, "month"), told.refused), (Some(DayFormat::DayFirst), 0));
}

#[test]
fn an_error_value_of_a_spreadsheet_is_refused_and_asks_nothing() {
    for cell in ["#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#WERT!"] {
        let seen = look(Kind::Products, &format!("code,list price\nA,{cell}\n"));
        assert_eq!((seen.questions.len(), seen.refused, seen.rejects[0].value.as_str()), (0, 1, cell));
        assert!(seen.rejects[0].reason.starts_with("The spreadsheet could not work this cell out"), "{seen:?}");
        let mapping = "[fields]\ndate = 'd'\ndocumentNo = 'n'\namount = { product = ['q', 'p'], discount = 'o' }\n";
        for row in [format!("{cell},2,"), format!("3,{cell},"), format!("3,2,{cell}")] {
            let file = Input::bytes("f.csv", format!("d,n,q,p,o\n2015-05-04,1,{row}\n").into_bytes());
            let seen = preview(Kind::Sales, file, Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap();
            assert_eq!((seen.questions.len(), seen.refused), (0, 1), "{row}");
        }
    }
    assert_eq!(look(Kind::Products, "code,list price\nA,#5\n").questions.len(), 0, "no way to write numbers explains such a sign");
}

#[test]
fn numbers_that_could_mean_two_things_are_asked_about_once_a_field() {
    for (cell, asked) in [("1.234,56", 1), ("(12.00)", 0), ("KES 1,200", 1), ("1,200", 1), ("many", 0), ("12.00", 0), ("-5", 0)] {
        let seen = look(Kind::Products, &format!("code,list price\nA,\"{cell}\"\nB,\"{cell}\"\n"));
        assert_eq!(seen.questions.iter().filter(|q| q.about == About::Number).count(), asked, "{cell}");
        assert!(seen.questions.iter().all(|q| q.field == "listPrice" && q.example == cell));
    }
    let answered = "[fields]\ncode = 'code'\nlistPrice = { column = 'list price', number = { decimal = ',', group = '.', unit = 'KES', parentheses = true } }\n";
    let file = Input::bytes("f.csv", b"code;list price\nA;1.234,56\nB;(12,00)\nC;KES 1.200\n".as_slice());
    let seen = preview(Kind::Products, file, Some(Mapping::parse(answered).unwrap()), true, UNPACKED_MAX).unwrap();
    assert_eq!((seen.refused, seen.questions.len(), seen.delimiter), (0, 0, Delimiter::Semicolon));
    let file = Input::bytes("f.csv", b"code;list price\nA;12.34\nB;1,5\n".as_slice());
    let seen = preview(Kind::Products, file, Some(Mapping::parse(answered).unwrap()), true, UNPACKED_MAX).unwrap();
    assert_eq!((seen.refused, seen.questions.len()), (1, 0), "what was answered is not asked again: {:?}", seen.rejects);
}

#[test]
fn a_column_whose_points_may_part_thousands_is_asked_about_until_a_value_settles_it() {
    let sales = |amounts: &[&str]| {
        let rows: String = amounts.iter().map(|amount| format!("2015-02-01,1,{amount}\n")).collect();
        look(Kind::Sales, &format!("date,document no,amount\n{rows}"))
    };
    for (amounts, asked) in [
        (&["1.234", "15.600"][..], 1),
        (&["1.234", "20"], 1),
        (&["1.234", "15.6"], 0),
        (&["2.55", "0.001"], 0),
        (&["1.234", "0.001"], 0),
        (&["1.234", "12.34"], 0),
        (&["1234.567", "1.234"], 0),
        (&["1", "20"], 0),
    ] {
        assert_eq!(sales(amounts).questions.len(), asked, "{amounts:?}");
    }
    let asked = sales(&["7", "1.234"]).questions.remove(0);
    assert_eq!(
        (asked.field.as_str(), asked.column.as_str(), asked.example.as_str(), asked.about),
        ("amount", "amount", "1.234", About::Number)
    );
    let price = look(Kind::Sales, "date,document no,quantity,unit price\n2015-02-01,1,2,1.500\n");
    assert_eq!((price.questions.len(), price.questions[0].column.as_str()), (1, "unit price"));
    for number in ["decimal = '.'", "decimal = ',', group = '.'"] {
        let said = format!("[fields]\ndate = 'd'\ndocumentNo = 'n'\namount = {{ column = 'a', number = {{ {number} }} }}\n");
        let file = Input::bytes("f.csv", b"d,n,a\n2015-02-01,1,1.234\n".as_slice());
        let seen = preview(Kind::Sales, file, Some(Mapping::parse(&said).unwrap()), true, UNPACKED_MAX).unwrap();
        assert_eq!((seen.questions.len(), seen.refused), (0, 0), "{number}");
    }
}

#[test]
fn of_two_columns_that_may_be_the_amount_none_is_taken() {
    let seen = look(Kind::Sales, "date,revenue,total,document_no\n2015-02-01,1,2,A\n");
    assert!(!seen.mapping.fields.contains_key("amount"));
    assert_eq!(seen.problems.len(), 1, "{:?}", seen.problems);
    assert!(seen.problems[0].contains("revenue or total") && seen.problems[0].contains("amount = \"revenue\" or amount = \"total\""));
    let same = look(Kind::Sales, "date,amount,amount,document_no\n2026-01-05,1.00,2.00,D1\n");
    assert_eq!(same.problems, ["The file has several columns amount: give each its own name."]);
    let with_price = look(Kind::Sales, "date,revenue,total,document_no,quantity,unit price\n2015-02-01,1,2,A,1,1\n");
    assert_eq!(with_price.problems.len(), 1, "{:?}", with_price.problems);
    let split = look(Kind::Sales, "date,gross revenue,returns,revenue,document_no\n2015-02-01,1,,1,A\n");
    assert_eq!(split.problems.len(), 0, "{:?}", split.problems);
}

#[test]
fn every_kind_is_recognised_by_usual_names_and_says_what_a_row_lacks() {
    for (kind, text, field) in [
        (Kind::Contacts, "Account name,Contact,Job title,E-mail\nMutua,Nina,Buyer,n@x.example\nMutua,,,\n", "Contact"),
        (Kind::Products, "SKU,Description,Category,Brand,Unit price\nA,Hammer,Tools,X,1.5\n,,,,2\n", "SKU"),
        (Kind::Reps, "Sales agent,Manager,Regional office\nDonn,Rocco,Central\n,Rocco,West\n", "Sales agent"),
        (Kind::Budgets, "Salesperson,Period,Target\nGrace,2015-07,10\nGrace,2015-08,\n", "Target"),
    ] {
        let seen = look(kind, text);
        assert_eq!((seen.problems.len(), seen.looked_at, seen.refused), (0, 2, 1), "{kind:?} {:?}", seen.problems);
        assert_eq!((seen.rejects[0].line, seen.rejects[0].column.as_str()), (3, field));
    }
}

#[test]
fn a_file_no_mapping_fits_is_shown_with_what_is_missing() {
    let seen = look(Kind::Budgets, "a,b\n1,2\n3\n");
    assert_eq!((seen.rows.len(), seen.refused, seen.problems.len()), (2, 0, 3));
    assert!(seen.problems[1].contains("recognised as the month"), "{:?}", seen.problems);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_beginning_is_cut_behind_a_whole_line_packed_or_not() {
    let text: String = (0..10_000).map(|i| format!("P{i},Café Müller {i}\n")).collect();
    let file = format!("code,name\n{text}");
    for start in [file.as_bytes()[..5_000].to_vec(), gzip(file.as_bytes())[..5_000].to_vec(), gzip(file.as_bytes())] {
        let plain = beginning(&start, 1 << 16);
        assert!(!plain.is_empty() && plain.len() <= 1 << 16 && plain.ends_with(b"\n"));
        assert!(file.as_bytes().starts_with(&plain), "no byte is made up");
        let seen = preview(Kind::Products, Input::bytes("f.csv", plain), None, false, UNPACKED_MAX).unwrap();
        assert_eq!((seen.encoding.as_str(), seen.refused, seen.more), ("UTF-8", 0, true));
        assert!(seen.looked_at > 100);
    }
}

#[test]
fn a_beginning_cut_inside_a_character_is_still_read_as_what_it_is() {
    let file = "code,name\nA,Café\nB,Müller\n".as_bytes();
    for end in 0..=file.len() {
        let plain = beginning(&file[..end], 1 << 16);
        if plain.contains(&b'\n') {
            let seen = preview(Kind::Products, Input::bytes("f.csv", plain), None, false, UNPACKED_MAX).unwrap();
            assert_eq!((seen.encoding.as_str(), seen.refused), ("UTF-8", 0), "cut at {end}");
        }
    }
    let wide: Vec<u8> = std::iter::once(0xfeff).chain("code,name\nA,Ä\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for end in 2..=wide.len() {
        assert_eq!(beginning(&wide[..end], 1 << 16).len() % 2, 0);
    }
    assert_eq!(beginning(b"no line end", 1 << 16), b"no line end");
    assert_eq!(beginning(b"", 1 << 16), b"");
}

#[test]
fn a_mapping_is_the_same_after_it_was_kept_as_toml_or_json() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/mappings");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mapping = Mapping::read(&text).unwrap();
        assert_eq!(Mapping::read(&mapping.written()).unwrap(), mapping, "{}", mapping.written());
        assert_eq!(Mapping::read(&serde_json::to_string_pretty(&mapping).unwrap()).unwrap(), mapping);
        seen += 1;
    }
    assert!(seen >= 10);
    let with_all = "create = true\nnumber_repeats = true\nsheet = 's'\nblank = ['x']\ntime_of_day = '9:00'\nreplaces = 'days'\ndelimiter = 'spaces'\ncolumns = ['a', 'b']\n[fields]\nrep = { first = ['a', 'b'], values = { X = 'Y' }, otherwise = 'Z' }\n";
    let mapping = Mapping::parse(with_all).unwrap();
    assert_eq!(Mapping::read(&mapping.written()).unwrap(), mapping);
    assert!(Mapping::read("{\"fields\": 3}").unwrap_err().to_string().contains("cannot be read"));
}

#[test]
fn a_row_behind_empty_lines_begins_where_it_stands() {
    for end in ["\n", "\r\n", "\r"] {
        for last in ["", end] {
            let text = ["code,name", "", "", "A,\"x", "", "y\"", "", "B,z", "", "", ",C"].join(end) + last;
            let seen = look(Kind::Products, &text);
            assert_eq!(seen.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 8, 11], "{text:?}");
        }
    }
    let open = look(Kind::Products, "code,name\nA,\"never closed\nB,z\n");
    assert_eq!(open.rows.iter().map(|row| (row.line, row.refused)).collect::<Vec<_>>(), [(2, true), (3, true)]);
}

#[test]
fn the_character_no_database_keeps_is_refused_in_a_heading_and_never_repeated_in_a_report() {
    let refused = preview(Kind::Products, Input::bytes("f.csv", b"code,na\0me\nA,B\n".as_slice()), None, true, UNPACKED_MAX).unwrap_err();
    assert!(refused.to_string().contains("U+0000"), "{refused}");
    let seen = look(Kind::Products, "code,name\nA,B\0\nA,B,C\0\n");
    let said: Vec<_> = seen.rejects.iter().map(|r| r.value.as_str()).collect();
    assert_eq!(said, ["B␀", "A | B | C␀"]);
}

#[test]
fn of_files_handed_over_together_the_one_no_mapping_puts_beside_has_the_rows() {
    let mapping =
        Mapping::parse("[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'head'\n[[join]]\nfile = 'people.csv'\nkey = 'nr'\non = 'who'\n")
            .unwrap();
    assert_eq!(mapping.rows_among(["heads.csv", "lines.csv", "people.csv"]), 1);
    assert_eq!(mapping.rows_among(["heads.csv", "people.csv"]), 0);
    assert_eq!(Mapping::default().rows_among(["b.csv", "a.csv"]), 0);
    assert_eq!(mapping.together(&["heads.csv", "stray.csv", "lines.csv", "people.csv"]), [1, 0, 3], "lines.csv is not read");
    assert_eq!(Mapping::default().together(&["b.csv", "a.csv"]), [0]);
}

#[test]
fn every_reason_is_counted_and_can_be_listed_without_a_formula() {
    let text = format!("code,list price\n{}", "A,=1+1\n".repeat(500));
    let look = intake::look(Kind::Products, Input::bytes("f.csv", text.into_bytes()), None, true, UNPACKED_MAX).unwrap();
    assert_eq!((look.preview.refused, look.preview.reasons, look.preview.rejects.len(), look.rejects.len()), (500, 500, 20, 500));
    let listed = intake::listed(&look.rejects);
    assert_eq!((listed.lines().count(), listed.lines().next()), (501, Some("line,what,column,value,reason")));
    assert!(listed.lines().nth(1).unwrap().starts_with("2,rejected,list price,'=1+1,"), "{listed}");
}

#[test]
fn every_line_beside_the_rows_that_cannot_be_used_is_listed() {
    let heads = Input::bytes("heads.csv", format!("nr,day\n{}", "1,2026-02-03,x\n".repeat(200)).into_bytes());
    let mapping =
        "[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'nr'\n[fields]\ndate = 'heads.day'\namount = 'amount'\ndocumentNo = 'nr'\n";
    let input = Input::bytes("f.csv", b"nr,amount\n1,5\n".as_slice()).with(intake::Beside::Files(std::sync::Arc::new(vec![heads])));
    let look = intake::look(Kind::Sales, input, Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap();
    assert_eq!((look.preview.problems.len(), look.preview.reasons, look.rejects.len()), (22, 200, 200));
    assert_eq!((look.rejects[199].line, look.rejects[199].column.as_str()), (201, "heads.csv"));
}
