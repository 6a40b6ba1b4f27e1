//! A document for paper: A4, the fonts of its letters in it, tagged for those who listen (PDF/UA). Tables break over pages under heads that repeat.

mod chart;
mod layout;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod tree;
mod types;

use super::{Paper, Section, Tile};
use crate::Error;
use layout::Layout;
use sheet::Decor;
use tree::Kind;
use types::{ACCENT, INK, MUTED, Weight};

/// Rows of a table on paper; a workbook holds all of them.
const ROWS_MAX: usize = 60;
/// What is said where letters are missing.
const STRANGE: &str = "Some names have letters this document has no font for; � stands for each of them. The workbook has them all.";
/// Height of a chart.
const CHART: f32 = 176.0;

/// The document's bytes.
///
/// # Errors
/// A defect: what is given can always be drawn.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, Error> {
    let mut layout = Layout::new(paper)?;
    head(&mut layout, paper);
    tiles(&mut layout, paper);
    notes(&mut layout, paper);
    for section in &paper.sections {
        one(&mut layout, section);
    }
    definitions(&mut layout, paper);
    layout.finish(paper)
}

fn head(l: &mut Layout, paper: &Paper) {
    let (left, width) = (l.left(), l.width());
    let title = l.sheet.tree.add(0, Kind::Heading(1, paper.title.clone()));
    l.text(title, (left, 20.0), Weight::Bold, ACCENT, &paper.company, 9.0);
    l.down(24.0);
    for line in l.wrapped(&paper.title, Weight::Bold, 22.0, width) {
        l.text(title, (left, 20.0), Weight::Bold, INK, &line, 22.0);
        l.down(27.0);
    }
    let narrowed = if paper.narrowed.is_empty() { String::new() } else { format!(" · {}", paper.narrowed.join(" · ")) };
    let p = l.sheet.tree.add(0, Kind::Paragraph);
    for line in l.wrapped(&format!("{} · {}{narrowed}", paper.room, paper.period), Weight::Regular, 10.5, width) {
        l.text(p, (left, 12.0), Weight::Regular, INK, &line, 10.5);
        l.down(15.0);
    }
    for words in [&paper.fresh, &paper.made] {
        let p = l.sheet.tree.add(0, Kind::Paragraph);
        for line in l.wrapped(words, Weight::Regular, 8.0, width) {
            l.text(p, (left, 9.0), Weight::Regular, MUTED, &line, 8.0);
            l.down(11.0);
        }
    }
    l.down(10.0);
}

/// Figures on top, three in a row, across the paper four.
fn tiles(l: &mut Layout, paper: &Paper) {
    const GAP: f32 = 10.0;
    let beside = if l.width() > 600.0 { 4 } else { 3 };
    let width = (l.width() - (beside - 1) as f32 * GAP) / beside as f32;
    let said = |l: &Layout, tile: &Tile| {
        tile.notes.iter().flat_map(|note| l.wrapped(note, Weight::Regular, 7.5, width - 20.0)).collect::<Vec<_>>()
    };
    for row in paper.tiles.chunks(beside) {
        let notes: Vec<Vec<String>> = row.iter().map(|tile| said(l, tile)).collect();
        let lines = notes.iter().map(Vec::len).max().unwrap_or(0) as f32;
        let height = 44.0 + 10.5 * lines;
        l.need(height + GAP);
        for (at, (tile, notes)) in row.iter().zip(notes).enumerate() {
            let x = l.left() + at as f32 * (width + GAP);
            l.sheet.decor(Decor::Layout, |ops| ops.rect((x, l.y, width, height), types::SOFT));
            let p = l.sheet.tree.add(0, Kind::Paragraph);
            let fit = |l: &Layout, words: &str, weight, size| l.cut(words, weight, size, width - 20.0);
            let name = fit(l, &tile.name, Weight::Regular, 8.0);
            l.text(p, (x + 10.0, 15.0), Weight::Regular, MUTED, &name, 8.0);
            let size = l.shrunk(&tile.value.words, Weight::Bold, 15.0, width - 20.0);
            l.text(p, (x + 10.0, 33.0), Weight::Bold, INK, &tile.value.words, size);
            for (n, note) in notes.iter().enumerate() {
                l.text(p, (x + 10.0, 46.0 + 10.5 * n as f32), Weight::Regular, MUTED, note, 7.5);
            }
        }
        l.down(height + GAP);
    }
    l.down(8.0);
}

/// What must be said of all of it.
fn notes(l: &mut Layout, paper: &Paper) {
    let strange = paper.words().any(|words| !l.faces.holds(words)).then(|| STRANGE.to_owned());
    for words in paper.notes.iter().chain(&strange) {
        let p = l.sheet.tree.add(0, Kind::Paragraph);
        for line in l.wrapped(words, Weight::Regular, 9.0, l.width()) {
            l.need(13.0);
            l.text(p, (l.left(), 10.0), Weight::Regular, INK, &line, 9.0);
            l.down(13.0);
        }
        l.down(5.0);
    }
}

/// A chart with its heading, its definition and its table.
fn one(l: &mut Layout, section: &Section) {
    let says = l.wrapped(&section.says, Weight::Regular, 8.0, l.width());
    let heading = 26.0 + 11.0 * says.len() as f32;
    let chart = section.content.as_ref().ok().and_then(|content| content.chart.as_ref());
    let below = section.content.as_ref().map_or(20.0, table::together);
    l.need(heading + below + chart.map_or(0.0, |_| CHART + 14.0));
    let group = l.sheet.tree.add(0, Kind::Section);
    let title = l.sheet.tree.add(group, Kind::Heading(2, section.title.clone()));
    l.outline(&section.title);
    l.text(title, (l.left(), 15.0), Weight::Bold, INK, &section.title, 13.0);
    l.down(22.0);
    let p = l.sheet.tree.add(group, Kind::Paragraph);
    for line in says {
        l.text(p, (l.left(), 8.0), Weight::Regular, MUTED, &line, 8.0);
        l.down(11.0);
    }
    l.down(4.0);
    match &section.content {
        Err(words) => {
            let p = l.sheet.tree.add(group, Kind::Paragraph);
            l.text(p, (l.left(), 12.0), Weight::Regular, MUTED, words, 10.0);
            l.down(20.0);
        }
        Ok(content) => {
            if let Some(chart) = chart {
                let words = format!("{}: the chart of the table below.", section.title);
                let figure = l.sheet.tree.add(group, Kind::Figure(words));
                chart::draw(l, figure, chart, CHART);
                l.down(CHART + 10.0);
            }
            table::draw(l, group, content);
        }
    }
    l.down(18.0);
}

/// What the figures are.
fn definitions(l: &mut Layout, paper: &Paper) {
    if paper.definitions.is_empty() {
        return;
    }
    let words: Vec<Vec<String>> =
        paper.definitions.iter().map(|(_, words)| l.wrapped(words, Weight::Regular, 8.0, l.width() - 110.0)).collect();
    l.need(words.iter().map(|lines| 11.0 * lines.len() as f32 + 3.0).sum::<f32>().min(300.0) + 26.0);
    let group = l.sheet.tree.add(0, Kind::Section);
    let title = l.sheet.tree.add(group, Kind::Heading(2, "What these figures are".to_owned()));
    l.outline("What these figures are");
    l.text(title, (l.left(), 13.0), Weight::Bold, INK, "What these figures are", 11.0);
    l.down(20.0);
    for ((name, _), lines) in paper.definitions.iter().zip(words) {
        l.need(11.0 * lines.len() as f32 + 3.0);
        let p = l.sheet.tree.add(group, Kind::Paragraph);
        l.text(p, (l.left(), 8.0), Weight::Bold, INK, name, 8.0);
        for line in lines {
            l.text(p, (l.left() + 110.0, 8.0), Weight::Regular, MUTED, &line, 8.0);
            l.down(11.0);
        }
        l.down(3.0);
    }
}
