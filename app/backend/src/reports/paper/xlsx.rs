//! A document as a workbook: a sheet for each table, numbers as numbers in the currency's own decimals, days as days, and names as text whatever
//! they begin with.

use super::{Cell, Content, Paper, Value};
use crate::Error;
use domain::Day;
use domain::fold::fold;
use domain::sales::UNIT_DIGITS;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Longest name of a sheet.
const SHEET_MAX: usize = 31;
/// Digits a spreadsheet keeps exactly: a number with more is written as text, so that none of them is lost.
const EXACT: u64 = 999_999_999_999_999;
/// Widest and narrowest column, in characters.
const WIDTHS: (usize, usize) = (9, 48);

struct Formats {
    digits: u32,
    head: Format,
    name: Format,
    title: Format,
    money: Format,
    share: Format,
    whole: Format,
    units: Format,
    day: Format,
    month: Format,
    wrapped: Format,
}

/// The workbook's bytes.
///
/// # Errors
/// A defect: what is given always fits.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, Error> {
    write(paper).map_err(Error::internal)
}

fn write(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::of(paper);
    let mut book = Workbook::new();
    cover(book.add_worksheet(), paper, &formats)?;
    let mut taken = vec![fold("Report")];
    for section in &paper.sections {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&section.title, &mut taken))?;
        match &section.content {
            Ok(content) => table(sheet, content, &formats)?,
            Err(words) => drop(sheet.write_string(0, 0, words)?),
        }
    }
    book.save_to_buffer()
}

impl Formats {
    fn of(paper: &Paper) -> Self {
        let digits = paper.currency.digits();
        let places = if digits == 0 { String::new() } else { format!(".{}", "0".repeat(digits as usize)) };
        let number = |code: &str| Format::new().set_num_format(code);
        Self {
            digits,
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top),
            name: Format::new(),
            title: Format::new().set_bold().set_font_size(16),
            money: number(&format!("[${}] #,##0{places};-[${0}] #,##0{places}", paper.currency.code())),
            share: number("0.0%"),
            whole: number("#,##0"),
            units: number("#,##0.###"),
            day: number("yyyy-mm-dd"),
            month: number("mmm yyyy"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// The first sheet: what the report is, its figures on top, and what they mean.
fn cover(sheet: &mut Worksheet, paper: &Paper, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Report")?;
    sheet.set_column_width(0, 26)?.set_column_width(1, 30)?.set_column_width(2, 70)?;
    sheet.write_string_with_format(0, 0, &paper.title, &formats.title)?;
    let narrowed = if paper.narrowed.is_empty() { "everything one sees".to_owned() } else { paper.narrowed.join(", ") };
    let facts = [
        ("Company", &paper.company),
        ("View", &paper.room),
        ("Period", &paper.period),
        ("Of", &narrowed),
        ("Data", &paper.fresh),
        ("Made", &paper.made),
    ];
    let mut row = 2;
    for (name, words) in facts {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, words)?;
        row += 1;
    }
    row += 1;
    for tile in &paper.tiles {
        sheet.write_string(row, 0, &tile.name)?;
        cell(sheet, (row, 1), &tile.value, formats)?;
        sheet.write_string(row, 2, tile.notes.join(" · "))?;
        row += 1;
    }
    for words in &paper.notes {
        sheet.merge_range(row, 0, row, 2, words, &formats.wrapped)?;
        row += 1;
    }
    row += 1;
    for (name, words) in &paper.definitions {
        sheet.write_string_with_format(row, 0, name, &formats.wrapped)?;
        sheet.merge_range(row, 1, row, 2, words, &formats.wrapped)?;
        row += 1;
    }
    Ok(())
}

fn table(sheet: &mut Worksheet, content: &Content, formats: &Formats) -> Result<(), XlsxError> {
    for (at, head) in content.heads.iter().enumerate() {
        let longest = content.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.words.chars().count()).max().unwrap_or(0);
        let width = longest.max(head.chars().count()).clamp(WIDTHS.0, WIDTHS.1) + 2;
        sheet.set_column_width(column(at), width as f64)?;
        sheet.write_string_with_format(0, column(at), head, &formats.head)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (n, row) in content.rows.iter().enumerate() {
        for (at, one) in row.iter().enumerate() {
            cell(sheet, (u32::try_from(n + 1).unwrap_or(u32::MAX), column(at)), one, formats)?;
        }
    }
    let (rows, columns) = (u32::try_from(content.rows.len()).unwrap_or(u32::MAX), column(content.heads.len().max(1) - 1));
    sheet.autofilter(0, 0, rows, columns)?;
    sheet.set_repeat_rows(0, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn cell(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match &cell.value {
        Value::Text => sheet.write_string_with_format(row, at, &cell.words, &formats.name)?,
        // what is not known is empty, and no nought
        Value::Unknown => sheet,
        Value::Money(minor) => number(sheet, (row, at), (*minor, formats.digits), &cell.words, &formats.money)?,
        Value::Share(tenths) => number(sheet, (row, at), (*tenths, 3), &cell.words, &formats.share)?,
        Value::Units(thousandths) => {
            let format = if thousandths % 1_000 == 0 { &formats.whole } else { &formats.units };
            number(sheet, (row, at), (*thousandths, UNIT_DIGITS), &cell.words, format)?
        }
        Value::Count(n) => number(sheet, (row, at), (*n, 0), &cell.words, &formats.whole)?,
        Value::Day(day) => sheet.write_datetime_with_format(row, at, date(*day)?, &formats.day)?,
        Value::Month(day) => sheet.write_datetime_with_format(row, at, date(*day)?, &formats.month)?,
    };
    Ok(())
}

/// A whole number of parts, `digits` of which make one.
fn number<'s>(
    sheet: &'s mut Worksheet,
    (row, at): (u32, u16),
    (parts, digits): (i64, u32),
    words: &str,
    format: &Format,
) -> Result<&'s mut Worksheet, XlsxError> {
    if parts.unsigned_abs() > EXACT {
        return sheet.write_string(row, at, words);
    }
    sheet.write_number_with_format(row, at, parts as f64 / 10_f64.powi(digits as i32), format)
}

fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = day.civil();
    let part = |n: u32| u8::try_from(n).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), part(month), part(day))
}

/// A sheet's name: without the signs none may have, short enough, and its own.
fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let bare: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let mut n = 1;
    loop {
        let end = if n == 1 { String::new() } else { format!(" {n}") };
        let name: String = bare.trim().chars().take(SHEET_MAX - end.len()).collect::<String>() + &end;
        if !taken.contains(&fold(&name)) {
            taken.push(fold(&name));
            return name;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_of_one_title_keep_apart_within_the_limit() {
        let mut taken = vec![fold("Report")];
        let long = "Branches: by product line and by month";
        let names = [sheet_name(long, &mut taken), sheet_name(long, &mut taken), sheet_name("report", &mut taken)];
        assert_eq!(names, ["Branches  by product line and b", "Branches  by product line and 2", "report 2"]);
    }
}
