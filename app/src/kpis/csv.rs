//! A table as a file, with what it is of: commas, quotes where they are needed, and no cell a spreadsheet would take for a formula.

use super::area::Area;
use super::picture::narrowed;
use super::table::{Cell, Table};
use super::tiles::span;
use domain::Day;
use domain::money::Currency;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// The table's text.
#[must_use]
pub fn text(table: &Table) -> String {
    let mut out = String::new();
    let heads: Vec<String> = table.heads.iter().map(|head| quoted(head)).collect();
    out.push_str(&heads.join(","));
    out.push_str("\r\n");
    for row in &table.rows {
        out.push_str(&line(&row.cells));
    }
    out
}

/// A chart's table with what it is of on top: title, period, what narrows it, currency.
pub fn alone(area: Area, panel: &str, title: &str, table: &Table, currency: Currency) -> String {
    let of = [vec![span(area.view(panel).days, Day(0))], narrowed(area, panel)].concat();
    head(title, &of, currency) + &text(table)
}

/// What a chart's table is of: its period, then what narrows it.
pub fn head(title: &str, of: &[String], currency: Currency) -> String {
    let mut out = said("Report", title);
    for (at, words) in of.iter().enumerate() {
        out.push_str(&said(if at == 0 { "Period" } else { "Narrowed by" }, words));
    }
    out + &said("Currency", currency.code()) + "\r\n"
}

/// A line of what is said on top of a file.
#[must_use]
pub fn said(name: &str, words: &str) -> String {
    line(&[Cell::name(name), Cell::name(words)])
}

/// A line of it.
#[must_use]
pub fn line(cells: &[Cell]) -> String {
    let cells: Vec<String> = cells.iter().map(written).collect();
    cells.join(",") + "\r\n"
}

fn written(cell: &Cell) -> String {
    if cell.number {
        return cell.plain.clone();
    }
    // what a name begins with must not make it a formula
    let risky = cell.plain.starts_with(['=', '+', '-', '@', '\t', '\r']);
    quoted(&if risky { ["'", &cell.plain].concat() } else { cell.plain.clone() })
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', '\'']) { ["\"", &text.replace('"', "\"\""), "\""].concat() } else { text.to_owned() }
}

/// Gives a file to whoever works here. In the browser only.
pub fn save(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(&["\u{feff}", text].concat()));
    let address = web_sys::Blob::new_with_str_sequence(&parts).and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob));
    let (Ok(address), Ok(link)) = (address, document().create_element("a")) else { return };
    for (attribute, value) in [("href", address.as_str()), ("download", name)] {
        // the names are fixed and valid
        let _ = link.set_attribute(attribute, value);
    }
    if let Some(link) = link.dyn_ref::<web_sys::HtmlElement>() {
        link.click();
    }
    // the download has begun and holds the file
    let _ = web_sys::Url::revoke_object_url(&address);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::table::Row;

    #[test]
    fn no_name_becomes_a_formula_and_numbers_stay_numbers() {
        let row = |name: &str, n: i64| Row { mark: None, lines: None, why: None, cells: vec![Cell::name(name), Cell::count(n)] };
        let table =
            Table { heads: vec!["Customer", "Lines"], rows: vec![row("=HYPERLINK(1)", -3), row("Mutua, \"Joyce\"", 2), row("@cmd", 1)] };
        assert_eq!(text(&table), "Customer,Lines\r\n\"'=HYPERLINK(1)\",-3\r\n\"Mutua, \"\"Joyce\"\"\",2\r\n\"'@cmd\",1\r\n");
    }
}
