//! A table on paper: columns as wide as what is in them, heads again on every page, and the first rows of a long one.

use super::super::{Cell, Content, Value};
use super::ROWS_MAX;
use super::layout::Layout;
use super::sheet::{Decor, Ops};
use super::tree::Kind;
use super::types::{Faces, INK, LINE, MUTED, SOFT, Weight};
use domain::money::grouped;

const SIZE: f32 = 7.5;
const PAD: f32 = 5.0;
const ROW: f32 = 14.5;
/// Names are cut rather than letting them push figures off the page.
const NAME: (f32, f32) = (60.0, 170.0);
const SMALLEST: f32 = 5.5;
/// Days of a table with more than has a place.
const DAYS_MAX: usize = 31;
/// Rows that are not parted.
const WHOLE: usize = 14;

/// How wide a table is by itself.
pub(super) fn natural(faces: &Faces, content: &Content) -> f32 {
    widths(faces, content, SIZE).iter().sum()
}

fn widths(faces: &Faces, content: &Content, size: f32) -> Vec<f32> {
    let rows = || shown(content).iter();
    let column = |(at, head): (usize, &String)| {
        let longest = head_lines(head).iter().map(|line| faces.width(Weight::Bold, size, line)).fold(0.0, f32::max);
        let cells = rows().filter_map(|row| row.get(at)).map(|cell| faces.width(Weight::Regular, size, &cell.words)).fold(0.0, f32::max);
        let wide = longest.max(cells) + 2.0 * PAD;
        if at == 0 { wide.clamp(NAME.0, NAME.1) } else { wide }
    };
    content.heads.iter().enumerate().map(column).collect()
}

/// A head of several words takes two lines.
fn head_lines(head: &str) -> Vec<String> {
    let words: Vec<&str> = head.split(' ').collect();
    if words.len() < 2 {
        return vec![head.to_owned()];
    }
    let half = words.len().div_ceil(2);
    vec![words[..half].join(" "), words[half..].join(" ")]
}

struct Columns {
    size: f32,
    widths: Vec<f32>,
    numbers: Vec<bool>,
}

impl Columns {
    fn of(l: &Layout, content: &Content) -> Self {
        let mut size = SIZE;
        let mut found = widths(&l.faces, content, size);
        while found.iter().sum::<f32>() > l.width() && size > SMALLEST {
            size -= 0.25;
            found = widths(&l.faces, content, size);
        }
        let (sum, rest) = (found.iter().sum::<f32>(), found.len().saturating_sub(1));
        // what is left goes to the figures, so that they stand apart
        let more = (l.width() - sum).max(0.0);
        let name = if rest == 0 { more } else { more * 0.35 };
        let each = if rest == 0 { 0.0 } else { (more - name) / rest as f32 };
        let widths = found.iter().enumerate().map(|(at, wide)| wide + if at == 0 { name } else { each }).collect();
        let numbers =
            (0..content.heads.len()).map(|at| content.rows.iter().any(|row| row.get(at).is_some_and(|cell| cell.value.is_number())));
        Self { size, widths, numbers: numbers.collect() }
    }
}

/// Whether its rows are days or months, the latest of which counts most.
fn over_time(content: &Content) -> bool {
    content.rows.first().and_then(|row| row.first()).is_some_and(|cell| matches!(cell.value, Value::Day(_) | Value::Month(_)))
}

/// The rows that have a place on paper: the first of a ranking, the last days of many.
fn shown(content: &Content) -> &[Vec<Cell>] {
    match content.rows.len() {
        n if n <= ROWS_MAX => &content.rows,
        n if over_time(content) => &content.rows[n - DAYS_MAX..],
        _ => &content.rows[..ROWS_MAX],
    }
}

/// How high its heads and first rows are, which stand together: all of a short one.
pub(super) fn together(content: &Content) -> f32 {
    36.0 + ROW * if content.rows.len() <= WHOLE { content.rows.len() as f32 } else { 3.0 }
}

/// Draws it under a group.
pub(super) fn draw(l: &mut Layout, group: usize, content: &Content) {
    let columns = Columns::of(l, content);
    let table = l.sheet.tree.add(group, Kind::Table);
    let top = l.sheet.tree.add(table, Kind::Heads);
    let row = l.sheet.tree.add(top, Kind::Row);
    l.need(ROW * 3.0 + 10.0);
    heads(l, &columns, content, Some(row));
    let body = l.sheet.tree.add(table, Kind::Body);
    let shown = shown(content);
    for (n, cells) in shown.iter().enumerate() {
        if l.room() < ROW {
            l.turn();
            heads(l, &columns, content, None);
        }
        let row = l.sheet.tree.add(body, Kind::Row);
        one(l, &columns, cells, row, n % 2 == 1);
    }
    if content.rows.len() > shown.len() {
        l.need(16.0);
        let which = if over_time(content) { "last" } else { "first" };
        let words = format!("The {which} {} of {} rows; the workbook holds all of them.", shown.len(), grouped(content.rows.len() as u64));
        let p = l.sheet.tree.add(group, Kind::Paragraph);
        l.text(p, (l.left() + PAD, 12.0), Weight::Regular, MUTED, &words, SIZE);
        l.down(16.0);
    }
}

/// The heads; on further pages they are for the eye, as they were said before.
fn heads(l: &mut Layout, columns: &Columns, content: &Content, row: Option<usize>) {
    let lines: Vec<Vec<String>> = content.heads.iter().map(|head| head_lines(head)).collect();
    let high = lines.iter().map(Vec::len).max().unwrap_or(1) as f32;
    let height = high * (columns.size + 1.5) + 7.0;
    let mut x = l.left();
    for (at, lines) in lines.iter().enumerate() {
        let width = columns.widths.get(at).copied().unwrap_or(0.0);
        let end = columns.numbers.get(at) == Some(&true);
        let mut placed = Vec::new();
        for (n, line) in lines.iter().enumerate() {
            let from_end = (lines.len() - 1 - n) as f32;
            let y = l.y + height - 5.0 - from_end * (columns.size + 1.5);
            placed.push((place(l, Weight::Bold, columns.size, line, (x, width), end), y, line.clone()));
        }
        let write = |ops: &mut Ops| {
            for (x, y, line) in placed {
                ops.text((x, y), Weight::Bold, columns.size, INK, line);
            }
        };
        match row {
            Some(row) => {
                let cell = l.sheet.tree.add(row, Kind::Head);
                l.sheet.tagged(cell, write);
            }
            None => l.sheet.decor(Decor::Again, write),
        }
        x += width;
    }
    l.down(height);
    let (left, right, y) = (l.left(), l.left() + l.width(), l.y);
    l.sheet.decor(Decor::Layout, |ops| ops.line(vec![(left, y), (right, y)], MUTED, 0.75, false));
}

fn place(l: &Layout, weight: Weight, size: f32, words: &str, (x, width): (f32, f32), end: bool) -> f32 {
    if end { x + width - PAD - l.faces.width(weight, size, words) } else { x + PAD }
}

fn one(l: &mut Layout, columns: &Columns, cells: &[Cell], row: usize, tinted: bool) {
    let (left, wide, y) = (l.left(), l.width(), l.y);
    if tinted {
        l.sheet.decor(Decor::Layout, |ops| ops.rect((left, y, wide, ROW), SOFT));
    }
    let mut x = left;
    for (at, cell) in cells.iter().enumerate() {
        let width = columns.widths.get(at).copied().unwrap_or(0.0);
        let words = l.cut(&cell.words, Weight::Regular, columns.size, width - 2.0 * PAD + 0.1);
        let end = columns.numbers.get(at) == Some(&true);
        let at = place(l, Weight::Regular, columns.size, &words, (x, width), end);
        let group = l.sheet.tree.add(row, Kind::Cell);
        l.text(group, (at, 10.0), Weight::Regular, INK, &words, columns.size);
        x += width;
    }
    l.down(ROW);
    let y = l.y;
    l.sheet.decor(Decor::Layout, |ops| ops.line(vec![(left, y), (left + wide, y)], LINE, 0.4, false));
}
