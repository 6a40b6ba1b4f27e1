//! Quotes that are not closed: no row is taken in by a cell in silence, and texts of several lines still come in.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use intake::mapping::cells::Cells;
use intake::sales::SalesFields;
use intake::{Beside, Input, Kind, Mapping, Opened, Preview, Row, UNPACKED_MAX, preview};
use proptest::prelude::*;
use std::sync::Arc;

const HEAD: &str = "date,document_no,gross_revenue,customer\n";

fn look(text: &str) -> Preview {
    preview(Kind::Sales, Input::bytes("f.csv", text.as_bytes()), None, true, UNPACKED_MAX).unwrap()
}

/// Of every row its line, whether it is refused, and its amount in hundredths.
fn rows(text: &str) -> Vec<(u64, bool, Option<i64>)> {
    let opened = Opened::open(Kind::Sales, Input::bytes("f.csv", text.as_bytes()), None, UNPACKED_MAX).unwrap();
    let (fields, mut rows, mut row, mut all) = (SalesFields::of(&opened.bound), opened.rows().unwrap(), Row::new(), Vec::new());
    while rows.next(&mut row).unwrap() {
        let total = fields.total(Cells { row: &row, blanks: &opened.bound.blanks });
        all.push((row.line(), rows.unfit(&row).is_some(), total.and_then(|total| total.rounded(2))));
    }
    all
}

/// Ten sales of 10.00, the fifth on line 6, with `change` made.
fn ten(change: impl Fn(usize, String) -> String) -> String {
    let rows = (0..10).map(|i| change(i, format!("2026-01-{:02},Q{i},10.00,C{i}", i + 1)));
    HEAD.to_owned() + &rows.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_quote_open_at_the_end_refuses_every_row_from_its_line_on() {
    for (text, column) in [
        (ten(|i, row| if i == 4 { row.replace(",C4", ",\"C4") } else { row }), "customer"),
        (ten(|i, row| if i == 4 { row.replace(",Q4", ",\"Q4") } else { row }), "document_no"),
    ] {
        for text in [text.clone(), text.trim_end().to_owned()] {
            let all = rows(&text);
            assert_eq!(
                all.iter().map(|(line, refused, _)| (*line, *refused)).collect::<Vec<_>>(),
                (2..12).map(|line| (line, line >= 6)).collect::<Vec<_>>()
            );
            assert_eq!(all.iter().filter_map(|(.., total)| *total).sum::<i64>(), if column == "customer" { 10_000 } else { 9_000 });
            let seen = look(&text);
            assert_eq!((seen.looked_at, seen.refused, seen.rejects[0].line, seen.rejects[0].column.as_str()), (10, 6, 6, column));
            assert!(!seen.rejects[0].value.contains('\n'), "{:?}", seen.rejects[0]);
            assert!(seen.rejects[5].reason.starts_with("A quote opens in line 6 and is never closed"), "{:?}", seen.rejects[5]);
        }
    }
}

#[test]
fn half_a_file_is_not_taken_for_a_whole_one() {
    let text = HEAD.to_owned() + "2026-01-05,H1,10.00,\"Acme, Ltd\"\n2026-01-06,H2,20.00,\"half a na";
    assert_eq!(rows(&text), [(2, false, Some(1_000)), (3, true, Some(2_000))]);
    let torn = HEAD.to_owned() + "2026-01-05,H1,10.00,\"A note\nof several\nlines, and torn";
    assert_eq!(rows(&torn), [(2, true, Some(1_000))], "lines of a text are no rows");
}

#[test]
fn a_cell_that_holds_whole_rows_is_refused_with_each_of_them() {
    let text = ten(|i, row| match i {
        4 => row.replace(",C4", ",\"C4"),
        6 => row + "\"",
        _ => row,
    });
    assert_eq!(
        rows(&text).iter().map(|(_, refused, total)| (*refused, *total)).collect::<Vec<_>>(),
        (0..10).map(|i| ((4..7).contains(&i), Some(1_000))).collect::<Vec<_>>()
    );
    let seen = look(&text);
    assert_eq!((seen.looked_at, seen.refused), (10, 3));
    assert_eq!(
        seen.rejects.iter().map(|reject| (reject.line, reject.column.as_str())).collect::<Vec<_>>(),
        [(6, "customer"), (7, ""), (8, "")]
    );
    assert!(
        seen.rejects[0].reason.contains("opens in line 6 holds 2 whole rows more: a quote is missing at its end"),
        "{:?}",
        seen.rejects[0]
    );
}

#[test]
fn a_quote_that_meets_the_next_one_is_refused_with_what_lies_between() {
    let quoted = |i: usize, row: String| {
        let row = row.replace(&format!(",C{i}"), &format!(",\"C{i}\""));
        if i == 4 { row.trim_end_matches('"').to_owned() } else { row }
    };
    let seen = look(&ten(quoted));
    assert_eq!((seen.looked_at, seen.refused), (10, 2));
    assert_eq!(seen.rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [6, 7]);
    assert!(seen.rejects[0].reason.contains("opens in line 6 and ends in line 7 in the middle of a cell"), "{:?}", seen.rejects[0]);
}

#[test]
fn texts_of_several_lines_and_quotes_inside_cells_still_come_in() {
    let text = HEAD.to_owned()
        + "2026-01-05,H1,10.00,\"Acme, Ltd\nP.O. Box 7, Nakuru, Kenya, 20100\n\"\"the\"\" Acme\"\n2026-01-06,\"H\n2\",20.00,5\" pipe\n2026-01-07,H3,30.00,\"a\n\nb\"\n";
    assert_eq!(rows(&text), [(2, false, Some(1_000)), (5, false, Some(2_000)), (7, false, Some(3_000))]);
    let seen = look(&text);
    assert_eq!((seen.refused, seen.rows[1].cells[3].as_str()), (0, "5\" pipe"));
}

#[test]
fn a_beginning_cut_inside_a_text_shows_the_rows_before_it() {
    let text = HEAD.to_owned() + "2026-01-05,H1,10.00,A\n2026-01-06,H2,20.00,\"a note\nof several\n";
    let seen = preview(Kind::Sales, Input::bytes("f.csv", text.as_bytes()), None, false, UNPACKED_MAX).unwrap();
    assert_eq!((seen.looked_at, seen.refused, seen.more), (1, 0, true));
    let texts = "code,name,item group\nA,Hammer,Tools\nB,Nail,\"small\nlong, thin, and sharp\n";
    let seen = preview(Kind::Products, Input::bytes("f.csv", texts.as_bytes()), None, false, UNPACKED_MAX).unwrap();
    assert_eq!((seen.looked_at, seen.refused), (1, 0), "a line of a text with as many commas is no row");
    let torn = ten(|i, row| if i == 4 { row.replace(",C4", ",\"C4") } else { row });
    let seen = preview(Kind::Sales, Input::bytes("f.csv", torn.as_bytes()), None, false, UNPACKED_MAX).unwrap();
    assert_eq!((seen.looked_at, seen.refused, seen.rejects[0].line), (9, 5, 6));
}

#[test]
fn a_quote_open_among_the_names_of_columns_or_without_end_refuses_the_file() {
    let code = |text: &str| preview(Kind::Sales, Input::bytes("f.csv", text.as_bytes()), None, true, 1 << 30).unwrap_err().0.remove(0);
    let names = code("date,\"document_no,gross_revenue\n2026-01-05,H1,10.00\n");
    assert_eq!((names.code.as_str(), names.message.contains("line 1")), ("open_quote", true), "{}", names.message);
    let endless = HEAD.to_owned() + "2026-01-05,H1,10.00,A\n2026-01-06,H2,20.00,\"" + &"2026-01-07,H3,30.00,C\n".repeat(900_000);
    let opened = Opened::open(Kind::Sales, Input::bytes("f.csv", endless.into_bytes()), None, 1 << 30).map(drop);
    assert!(opened.unwrap_err().to_string().contains("A quote opens in line 3 and is not closed"));
}

#[test]
fn a_torn_file_beside_the_rows_is_told_line_by_line() {
    let heads = Input::bytes("heads.csv", b"nr,day,shop\n7,2015-02-01,A\n8,2015-02-02,\"B\n9,2015-02-03,C\n".as_slice());
    let mapping =
        "[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'head'\n[fields]\ndate = 'heads.day'\ndocumentNo = 'head'\namount = 'sum'\n";
    let file = Input::bytes("f.csv", b"head,sum\n7,2.00\n".as_slice()).with(Beside::Files(Arc::new(vec![heads])));
    let open = Input::bytes("heads.csv", b"nr,\"day\n7,2015-02-01\n".as_slice());
    let with_open = file.clone().with(Beside::Files(Arc::new(vec![open])));
    let refused = preview(Kind::Sales, with_open, Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap_err();
    assert!(refused.to_string().contains("heads.csv: The quote that opens in line 1"), "{refused}");
    let seen = preview(Kind::Sales, file, Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap();
    assert!(seen.problems[0].starts_with("2 lines of heads.csv cannot be used"), "{:?}", seen.problems);
    assert!(
        seen.problems[1].starts_with("Line 3 of heads.csv") && seen.problems[2].starts_with("Line 4 of heads.csv"),
        "{:?}",
        seen.problems
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    /// Wherever one quote is put into a file of plain rows, every row is there, those not refused as they were, and the money adds up or is told.
    #[test]
    fn one_stray_quote_never_swallows_a_row(count in 1_usize..40, at in any::<prop::sample::Index>(), quoted in any::<bool>()) {
        let name = |i: usize| if quoted && i.is_multiple_of(3) { format!("\"C, {i}\"") } else { format!("C{i}") };
        let plain = HEAD.to_owned() + &(0..count).map(|i| format!("2026-01-{:02},Q{i},10.00,{}\n", i % 28 + 1, name(i))).collect::<String>();
        let at = HEAD.len() + at.index(plain.len() - HEAD.len());
        let text = [&plain[..at], "\"", &plain[at..]].concat();
        let all = rows(&text);
        let lines: Vec<u64> = all.iter().map(|(line, ..)| *line).collect();
        prop_assert!(lines.is_sorted() && lines.iter().all(|line| (2..count as u64 + 2).contains(line)));
        prop_assert_eq!(lines.len(), count, "{}", text);
        let whole = rows(&plain);
        for (row, (line, refused, total)) in all.iter().enumerate() {
            prop_assert!(*refused || (*line, *total) == (whole[row].0, whole[row].2) || total.is_none(), "{}", text);
        }
    }
}
