//! A whole document as one CSV file: what it is of on top, then its figures and every table, each under its title behind an empty line.

use super::csv;
use super::document_ssr::Composed;
use super::table::{Cell, Row, Table};
use backend::reports::paper::{Section, Tile, Value};
use domain::money::Currency;

/// The text of all of it.
pub fn whole(composed: &Composed) -> String {
    let paper = &composed.paper;
    let mut out = top(composed, &paper.title);
    if !paper.tiles.is_empty() {
        out.push_str(&under("Figures", &csv::text(&figures(&paper.tiles, paper.currency))));
    }
    for section in composed.in_csv() {
        out.push_str(&under(&section.title, &body(composed, section)));
    }
    out
}

fn under(title: &str, text: &str) -> String {
    ["\r\n", &csv::line(&[Cell::name(title)]), text].concat()
}

/// The text of one section.
pub fn alone(composed: &Composed, section: &Section) -> String {
    [&top(composed, &section.title), "\r\n", &body(composed, section)].concat()
}

/// What it is of.
fn top(composed: &Composed, title: &str) -> String {
    let paper = &composed.paper;
    let mut said = vec![("Report", title), ("Company", &paper.company), ("Shows", &paper.room), ("Period", &paper.period)];
    said.extend(paper.narrowed.iter().map(|one| ("Narrowed by", one.as_str())));
    said.extend([("Currency", paper.currency.code()), ("Data", &paper.fresh), ("Made", &paper.made)]);
    said.extend(paper.notes.iter().map(|note| ("Note", note.as_str())));
    said.into_iter().map(|(name, words)| csv::said(name, words)).collect()
}

/// A section's table, or the words that stand in its place.
fn body(composed: &Composed, section: &Section) -> String {
    match (composed.table(&section.id), &section.content) {
        (Some(table), _) => csv::text(table),
        (None, Err(words)) => format!("{words}\r\n"),
        (None, Ok(_)) => String::new(),
    }
}

fn figures(tiles: &[Tile], currency: Currency) -> Table {
    let row = |tile: &Tile| {
        let value = match tile.value.value {
            Value::Money(minor) => Cell::money(Some(minor), currency),
            Value::Share(tenths) => Cell::share(Some(tenths)),
            Value::Units(thousandths) => Cell::units(thousandths),
            Value::Count(n) => Cell::count(n),
            Value::Unknown => Cell::share(None),
            Value::Text | Value::Day(_) | Value::Month(_) => Cell::name(&tile.value.words),
        };
        Row { mark: None, lines: None, why: None, cells: vec![Cell::name(&tile.name), value, Cell::name(&tile.notes.join("; "))] }
    };
    Table { heads: vec!["Figure", "Value", "Said of it"], rows: tiles.iter().map(row).collect() }
}
