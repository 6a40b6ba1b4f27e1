//! The table behind a board: each row leads to the opportunities it counts.

use crate::kpis::table::{self, Cell, Table};
use crate::markup::Markup;

/// A row: the list behind it, and its cells, the name first.
pub type Row = (String, Vec<Cell>);

/// Draws it.
pub fn html(title: &str, heads: &[&'static str], rows: &[Row]) -> String {
    let mut m = Markup::default();
    m.put("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"{}: table\"><table class=\"table\"><thead><tr>", &[title]);
    for (at, head) in heads.iter().enumerate() {
        m.put("<th scope=\"col\" class=\"{}\">{}</th>", &[if at > 0 { "table__num" } else { "" }, head]);
    }
    m.put("</tr></thead><tbody>", &[]);
    for (href, cells) in rows {
        m.put("<tr>", &[]);
        for (at, cell) in cells.iter().enumerate() {
            match at {
                0 => m.put("<td><a href=\"{}\">{}</a></td>", &[href, &cell.words]),
                _ => m.put("<td class=\"{}\">{}</td>", &[if cell.number { "table__num" } else { "" }, &cell.words]),
            }
        }
        m.put("</tr>", &[]);
    }
    m.put("</tbody></table></div>", &[]);
    m.done()
}

/// The same for a file and for paper.
pub fn plain(heads: Vec<&'static str>, rows: &[Row]) -> Table {
    let rows = rows.iter().map(|(_, cells)| table::Row { mark: None, lines: None, why: None, cells: cells.clone() }).collect();
    Table { heads, rows }
}
