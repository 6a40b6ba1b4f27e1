//! What a workbook's cells hold comes before how texts are written: numbers and days have values, and are never read by a notation or a format.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::decimal::Decimal;
use intake::mapping::cells::Cells;
use intake::sales::SalesFields;
use intake::{About, Beside, Input, Kind, Mapping, Opened, Preview, Row, UNPACKED_MAX, preview};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use std::sync::Arc;

const GERMAN: &str = "kind = 'sales'\nsource = 'eu'\n[fields]\ndocumentNo = 'Beleg'\ndate = { column = 'Datum', format = 'DD/MM/YYYY' }\n\
    amount = { column = 'Betrag', number = { decimal = ',', group = '.' } }\n";

/// A sheet of sales, its days and amounts written by `fill`.
fn book(rows: u32, fill: impl Fn(&mut Worksheet, u32)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Datum", "Beleg", "Betrag"]).unwrap();
    for row in 1..=rows {
        sheet.write_with_format(row, 0, ExcelDateTime::from_ymd(2026, 2, 1).unwrap(), &Format::new().set_num_format("dd.mm.yyyy")).unwrap();
        sheet.write(row, 1, format!("E{row}")).unwrap();
        fill(sheet, row);
    }
    book.save_to_buffer().unwrap()
}

fn of_numbers(numbers: &[f64]) -> Vec<u8> {
    book(numbers.len() as u32, |sheet, row| {
        sheet.write(row, 2, numbers[row as usize - 1]).unwrap();
    })
}

fn look(bytes: Vec<u8>, mapping: &str) -> Preview {
    preview(Kind::Sales, Input::bytes("eu.xlsx", bytes), Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap()
}

/// The total of the file, and of what its rows say one by one.
fn totals(input: Input, mapping: &str) -> (Decimal, Decimal) {
    let opened = Opened::open(Kind::Sales, input, Some(Mapping::parse(mapping).unwrap()), UNPACKED_MAX).unwrap();
    opened.settled(Kind::Sales).unwrap();
    let (fields, mut rows, mut row) = (SalesFields::of(&opened.bound), opened.rows().unwrap(), Row::new());
    let (mut file, mut said) = (Decimal::default(), Decimal::default());
    while rows.next(&mut row).unwrap() {
        let cells = Cells { row: &row, blanks: &opened.bound.blanks };
        file = file.plus(fields.total(cells).unwrap()).unwrap();
        let amounts = fields.read(cells).unwrap().amounts;
        said = said.plus(amounts.gross).and_then(|sum| sum.plus(amounts.returns)).unwrap();
    }
    (file, said)
}

fn exactly(text: &str) -> Decimal {
    Decimal::parse(text, &domain::decimal::Notation::default()).unwrap()
}

#[test]
fn a_number_of_a_workbook_is_its_value_however_texts_are_written() {
    let numbers = [1.234, 12.345, 100.0, 0.125, -1234.56, 1_234_567.89];
    for notation in
        ["decimal = ',', group = '.'", "decimal = ','", "decimal = '.', group = ','", "decimal = ',', group = ' '", "decimal = '.'"]
    {
        let mapping = GERMAN.replace("decimal = ',', group = '.'", notation);
        let seen = look(of_numbers(&numbers), &mapping);
        assert_eq!((seen.refused, seen.questions.len()), (0, 0), "{notation}: {:?}", seen.rejects);
        let want = exactly("1233447.034");
        assert_eq!(totals(Input::bytes("eu.xlsx", of_numbers(&numbers)), &mapping), (want, want), "{notation}");
    }
}

#[test]
fn a_number_worked_out_by_a_spreadsheet_is_kept_to_the_decimals_there_are() {
    let (file, said) = totals(Input::bytes("eu.xlsx", of_numbers(&[100.0 / 1.16, -0.1 - 0.2, 1e-7])), GERMAN);
    assert_eq!((file, said), (exactly("85.906896651724"), exactly("85.906896651724")));
}

#[test]
fn texts_beside_numbers_are_read_as_texts_are_written_and_only_they_are_asked_about() {
    let numbers = [1.234, 12.345, 100.0, 0.125];
    let mixed = |text: &'static str| {
        book(5, move |sheet, row| {
            match numbers.get(row as usize - 1) {
                Some(number) => sheet.write(row, 2, *number).unwrap(),
                None => sheet.write(row, 2, text).unwrap(),
            };
        })
    };
    let open = GERMAN.replace("{ column = 'Betrag', number = { decimal = ',', group = '.' } }", "'Betrag'");
    let seen = look(mixed("1.200,50"), &open);
    assert_eq!((seen.refused, seen.questions.len(), seen.questions[0].example.as_str()), (1, 1, "1.200,50"));
    assert_eq!(look(of_numbers(&numbers), &open).questions, [], "of numbers alone there is nothing to ask");
    let doubtful = look(mixed("1.200"), &open);
    assert_eq!(
        (doubtful.questions.len(), doubtful.questions[0].example.as_str()),
        (1, "1.200"),
        "numbers do not settle how texts are written"
    );
    assert_eq!(totals(Input::bytes("eu.xlsx", mixed("1.200,50")), GERMAN).0, exactly("1314.204"));
}

#[test]
fn a_number_too_long_or_too_large_is_refused_and_not_asked_about() {
    let seen = look(of_numbers(&[1e300, 1.0]), &GERMAN.replace(", number = { decimal = ',', group = '.' }", ""));
    assert_eq!((seen.refused, seen.questions.len()), (1, 0), "{:?}", seen.rejects);
    assert!(seen.rejects[0].reason.contains("more digits than can be kept"), "{:?}", seen.rejects);
}

#[test]
fn products_and_discounts_take_the_values_of_cells() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Datum", "Beleg", "Menge", "Preis", "Rabatt"]).unwrap();
    sheet.write_row(1, 0, ["01/02/2026", "A"]).unwrap();
    sheet.write_row(1, 2, [2.5, 1.234, 0.125]).unwrap();
    sheet.write_row(2, 0, ["01/02/2026", "B", "2,5", "1.234,00", "0,1"]).unwrap();
    let (amount, product) = ("amount = { column = 'Betrag',", "amount = { product = ['Menge', 'Preis'], discount = 'Rabatt',");
    let want = exactly("2779.199375");
    assert_eq!(totals(Input::bytes("eu.xlsx", book.save_to_buffer().unwrap()), &GERMAN.replace(amount, product)), (want, want));
}

#[test]
fn a_day_of_a_workbook_is_that_day_and_a_time_alone_is_none() {
    let timed = |value: f64, format: &'static str| {
        book(1, move |sheet, row| {
            sheet.write_with_format(row, 0, value, &Format::new().set_num_format(format)).unwrap();
            sheet.write(row, 2, 5).unwrap();
        })
    };
    for (value, format, want) in
        [(46_054.0, "dd/mm/yyyy", None), (46_054.25, "dd/mm/yyyy hh:mm", None), (0.2125, "hh:mm", Some("05:06:00"))]
    {
        let seen = look(timed(value, format), GERMAN);
        assert_eq!(seen.rejects.first().map(|reject| reject.value.as_str()), want, "{value}");
    }
    let mixed = book(3, |sheet, row| {
        sheet.write(row, 2, 5).unwrap();
        if row > 1 {
            sheet.write(row, 0, ["04/05/2026", "17/05/2026"][row as usize - 2]).unwrap();
        }
    });
    let seen = look(mixed, "[fields]\ndate = 'Datum'\namount = 'Betrag'\ndocumentNo = 'Beleg'\n");
    assert_eq!((seen.refused, seen.questions.len()), (0, 0), "texts beside days are told apart by themselves: {:?}", seen.rejects);
    for (zero, value) in [(0.0, "00:00:00"), (1.0, "1900-01-01")] {
        let seen = look(timed(zero, "dd/mm/yyyy"), GERMAN);
        assert_eq!((seen.refused, seen.rejects[0].value.as_str()), (1, value), "{zero}");
    }
}

#[test]
fn days_before_there_were_any_are_refused_in_texts_too() {
    for day in ["0001-01-01", "1899-12-31", "1900-01-01", "18991230", "1900-01-01 00:00:00"] {
        let text = format!("date,amount,document no\n{day},1.00,A\n2026-02-01,1.00,B\n");
        let seen = preview(Kind::Sales, Input::bytes("f.csv", text.into_bytes()), None, true, UNPACKED_MAX).unwrap();
        assert_eq!((seen.refused, seen.rejects[0].line), (1, 2), "{day}");
        assert!(seen.rejects[0].reason.contains("stand for “not known”"), "{:?}", seen.rejects);
        assert_eq!(seen.questions, []);
    }
    let budgets = "rep,month,amount\nGrace,0001-01,1.00\nGrace,2026-01,1.00\n";
    let seen = preview(Kind::Budgets, Input::bytes("f.csv", budgets.as_bytes()), None, true, UNPACKED_MAX).unwrap();
    assert_eq!((seen.refused, seen.rejects[0].line), (1, 2));
}

#[test]
fn numbers_of_a_workbook_that_is_put_beside_the_rows_are_values_too() {
    let mut prices = Workbook::new();
    let sheet = prices.add_worksheet();
    sheet.write_row(0, 0, ["no", "price"]).unwrap();
    sheet.write(1, 0, 7).unwrap();
    sheet.write(1, 1, 1.234).unwrap();
    let prices = Input::bytes("prices.xlsx", prices.save_to_buffer().unwrap());
    let mapping = "[[join]]\nfile = 'prices.xlsx'\nkey = 'no'\non = 'item'\n[fields]\ndate = 'day'\ndocumentNo = 'doc'\n\
        amount = { product = ['qty', 'prices.price'], number = { decimal = ',', group = '.' } }\n";
    let rows = Input::bytes("f.csv", b"day;doc;item;qty\n2026-02-01;A;7;1.000\n".as_slice()).with(Beside::Files(Arc::new(vec![prices])));
    assert_eq!(totals(rows, mapping).0, exactly("1234"));
}

#[test]
fn a_discount_is_a_part_of_the_whole_or_said_to_be_in_percent() {
    const ROWS: &str = "date,document_no,qty,price,disc\n2026-02-01,Z1,2,100,10\n2026-02-01,Z2,1,100,0.1\n2026-02-01,Z3,1,100,-0.1\n\
        2026-02-01,Z4,1,100,1.5\n2026-02-01,Z5,1,100,1\n2026-02-01,Z6,1,100,0\n2026-02-01,Z7,1,100,5%\n";
    const SPLIT: &str = "[fields]\ndate = 'date'\ndocumentNo = 'document_no'\nquantity = 'qty'\namount = { product = ['qty', 'price'], discount = 'disc' }\n";
    let look = |mapping: &str| {
        preview(Kind::Sales, Input::bytes("dc.csv", ROWS.as_bytes()), Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap()
    };
    let seen = look(SPLIT);
    let refused: Vec<_> = seen.rejects.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(refused, [(2, "disc", "10"), (4, "disc", "-0.1"), (5, "disc", "1.5"), (8, "disc", "5%")]);
    assert!(seen.rejects.iter().all(|r| r.reason.contains("percent = true")), "{:?}", seen.rejects);
    assert_eq!((seen.questions.len(), seen.questions[0].about, seen.questions[0].example.as_str()), (1, About::Percent, "10"));
    let percent = SPLIT.replace("discount = 'disc'", "discount = 'disc', percent = true");
    let seen = look(&percent);
    assert_eq!(seen.rejects.iter().map(|r| r.line).collect::<Vec<_>>(), [4], "{:?}", seen.rejects);
    assert_eq!(seen.questions, [], "what was answered is not asked again");
    let said = Mapping::parse(&percent).unwrap();
    assert_eq!(Mapping::read(&said.written()).unwrap(), said);
    let ten = ROWS.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(totals(Input::bytes("dc.csv", ten.into_bytes()), &percent).0, exactly("180"));
}

#[test]
fn a_factor_that_is_no_number_is_named_by_its_own_column() {
    let mapping = "[fields]\ndate = 'd'\ndocumentNo = 'n'\namount = { product = ['Qty', 'Price'] }\n";
    let file = Input::bytes("f.csv", b"d;n;Qty;Price\n2026-02-01;A;3;10,00\n2026-02-01;B;x;1\n".as_slice());
    let seen = preview(Kind::Sales, file, Some(Mapping::parse(mapping).unwrap()), true, UNPACKED_MAX).unwrap();
    let said: Vec<_> = seen.rejects.iter().map(|r| (r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(said, [("Price", "10,00"), ("Qty", "x")]);
}
