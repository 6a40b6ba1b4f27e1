//! Whatever bytes come in, there is an answer in words: never a panic, never more rows than there are bytes, never a reading without end.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::Rejections;
use flate2::Compression;
use flate2::write::GzEncoder;
use intake::{Input, Kind, Mapping, Opened, Row, beginning, preview};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::io::Write;

/// Most bytes once unpacked, small so that bombs are cheap.
const LIMIT: u64 = 4 << 20;

/// Refusals say something to people.
#[track_caller]
fn in_words(refused: &Rejections) {
    assert!(!refused.0.is_empty());
    for reason in &refused.0 {
        assert!(!reason.code.is_empty() && reason.message.ends_with(['.', '}', '\n']) && reason.message.len() > 10, "{reason:?}");
    }
}

/// Everything that can be done with a file before it is handed to the company's records.
fn look_at(kind: Kind, bytes: &[u8], mapping: Option<&Mapping>) {
    let input = || Input::bytes("f.csv", bytes);
    for whole in [true, false] {
        match preview(kind, input(), mapping.cloned(), whole, LIMIT) {
            Ok(seen) => {
                assert!(seen.looked_at <= LIMIT && seen.refused <= seen.looked_at);
                assert!(seen.problems.iter().all(|words| !words.is_empty()));
                assert!(seen.rejects.iter().all(|reject| !reject.reason.is_empty() && !reject.value.contains('\0')));
                assert_eq!(serde_json::from_str::<intake::Preview>(&serde_json::to_string(&seen).unwrap()).unwrap(), seen);
            }
            Err(refused) => in_words(&refused),
        }
    }
    match Opened::open(kind, input(), mapping.cloned(), LIMIT) {
        Ok(opened) => {
            let (mut rows, mut row, mut count) = (opened.rows().unwrap(), Row::new(), 0_u64);
            while rows.next(&mut row).unwrap_or(false) {
                count += 1;
                assert!(count <= LIMIT, "more rows than bytes");
            }
        }
        Err(refused) => in_words(&refused),
    }
    let start = beginning(bytes, 1 << 16);
    assert!(start.len() <= 1 << 16);
    let _ = preview(kind, Input::bytes("f.csv", start), mapping.cloned(), false, LIMIT).map_err(|refused| in_words(&refused));
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop::sample::select(&Kind::ALL[..])
}

/// Cells as careful people never write them.
fn cells() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "",
        "Mutua",
        "1.234,56",
        "(12.00)",
        "KES 1,200",
        "=1+1",
        "@SUM(A1)",
        "-",
        "31/02/2015",
        "2015-02-30",
        "04/05/2015",
        "20150717",
        "2015-07-17T25:61",
        "1e400",
        "NaN",
        "∞",
        "\0",
        "a\0b",
        "\"",
        "\"\"\"",
        "a\nb",
        "é",
        "👩‍👩‍👧",
        "2147483648",
        "-99999999999999999999999999999999999999",
        "0.0000000000000000000001",
        "N/A",
        "'=x",
        "\u{feff}",
        "\u{202e}x",
        "00:00",
        "9:5 pm",
    ];
    prop_oneof![4 => prop::sample::select(KNOWN).prop_map(str::to_owned), 1 => ".{0,12}".prop_map(|text| text)]
}

/// A table of the kind's own columns with such cells, delimited so or so.
fn tables() -> impl Strategy<Value = (Kind, String)> {
    let quote = |cell: &String| if cell.len().is_multiple_of(3) { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) };
    (kinds(), prop::sample::select(&[",", ";", "\t", "|", "~"][..]), prop::collection::vec(prop::collection::vec(cells(), 0..20), 0..8))
        .prop_map(move |(kind, delimiter, rows)| {
            let head = kind.fields().join(delimiter);
            let rows: Vec<String> = rows.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(delimiter)).collect();
            (kind, format!("{head}\n{}\n", rows.join("\r\n")))
        })
}

/// Bytes changed, put in and taken out here and there.
fn mutated(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    for (at, how, byte) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        match how % 4 {
            0 => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 0..6)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split([',', ';', '\t', '|'])) {
            let clean: String = cell.chars().filter(|c| !c.is_control() && *c != '\u{feff}').collect();
            sheet.write(row, column, clean).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A mapping that uses much of what mappings can say, with its columns there or not.
fn rich(kind: Kind) -> Mapping {
    let mut mapping = Mapping { kind: Some(kind), number_repeats: true, create: true, ..Mapping::default() };
    let all: Vec<String> = kind.fields().iter().map(ToString::to_string).collect();
    for (place, field) in kind.fields().iter().enumerate() {
        let table = match place % 5 {
            0 => format!(
                "column = '{field}'\nformat = 'DD/MM/YYYY'\nnumber = {{ decimal = ',', group = '.', parentheses = true, unit = 'KES' }}"
            ),
            1 => format!("first = ['{field}', '{}']\ndefault = 'No {{{field}}}[ of {{{}}}]'", all[0], all[0]),
            2 => format!("product = ['{field}', '{}']\ndiscount = '{}'", all[0], all[1]),
            3 => format!("template = '{{{field}}}[, {{{}}}] ] [ {{'\ndigits = 3", all[1]),
            _ => format!("join = ['{field}', '{}']\nwith = ''\nsplit = ';'", all[0]),
        };
        mapping.fields.insert((*field).to_owned(), toml::from_str(&table).unwrap());
    }
    mapping
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn any_bytes_are_answered_in_words(kind in kinds(), bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        look_at(kind, &bytes, None);
        look_at(kind, &[b"\x1f\x8b".as_slice(), &bytes].concat(), None);
        look_at(kind, &[b"PK\x03\x04".as_slice(), &bytes].concat(), None);
        look_at(kind, &[b"\xff\xfe".as_slice(), &bytes].concat(), None);
    }

    #[test]
    fn a_table_with_any_cells_is_answered_in_words((kind, text) in tables(), changes in changes()) {
        look_at(kind, text.as_bytes(), None);
        look_at(kind, text.as_bytes(), Some(&rich(kind)));
        look_at(kind, &mutated(text.into_bytes(), &changes), Some(&rich(kind)));
    }

    #[test]
    fn a_packed_or_recoded_table_is_answered_in_words_even_when_damaged((kind, text) in tables(), changes in changes()) {
        look_at(kind, &mutated(gzip(text.as_bytes()), &changes), None);
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        look_at(kind, &mutated(wide, &changes), None);
    }

    #[test]
    fn days_in_no_calendar_and_numbers_in_no_notation_are_refused_not_read(text in ".{0,24}", digits in "[0-9]{1,4}[-/.][0-9]{1,3}[-/.][0-9]{1,5}") {
        for text in [&text, &digits] {
            for kind in Kind::ALL {
                let all = intake::clean::DayFormat::ALL.map(|(format, _)| Some(format));
                for format in all.into_iter().chain([None]) {
                    if let Ok(day) = kind.day(text, format, None) {
                        let year = day.civil().0.to_string();
                        let short = format.is_some_and(intake::clean::DayFormat::is_short);
                        prop_assert!(text.contains(if short { &year[2..] } else { &year }), "{text} became {day}");
                    }
                }
            }
            let _ = (intake::clean::minute_of_day(text), intake::clean::decimal(text), intake::clean::digits(text, 5));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn a_workbook_is_answered_in_words_even_when_damaged((kind, text) in tables(), changes in changes()) {
        let book = workbook(&text);
        look_at(kind, &book, None);
        let damaged = mutated(book, &changes);
        if let Some(start) = intake::beginning_of_workbook(&damaged, 600) {
            look_at(kind, &start, None);
        }
        look_at(kind, &damaged, None);
    }
}

#[test]
fn widths_nobody_has_seen_are_read_or_refused() {
    let wide = format!("{}\n{}\n", vec!["name"; 40_000].join(","), vec!["x"; 40_001].join(","));
    for kind in Kind::ALL {
        look_at(kind, wide.as_bytes(), None);
        look_at(kind, &[b"name\n\"".as_slice(), &vec![b'a'; 1 << 20]].concat(), None);
        look_at(kind, &vec![b','; 1 << 18], None);
        look_at(kind, &vec![b'"'; 1 << 18], None);
        look_at(kind, &vec![0; 1 << 18], None);
    }
}
