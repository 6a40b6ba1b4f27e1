//! The table behind a board: each row can be pressed as its mark, and leads to the opportunities it counts.

use super::href;
use super::pressed::written;
use crate::kpis::table::{self, Cell, Table};
use crate::markup::Markup;
use domain::opportunities::Query;

/// A row: what it counts, and its cells, the name first.
pub type Row = (Query, Vec<Cell>);

/// Draws it: the name can be pressed, and behind it is the list of what is counted out of what a query leaves.
pub fn html(title: &str, heads: &[&'static str], rows: &[Row], (query, pressed): (&Query, Option<&Query>)) -> String {
    let mut m = Markup::default();
    m.put("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"{}: table\"><table class=\"table\"><thead><tr>", &[title]);
    for (at, head) in heads.iter().enumerate() {
        match *head {
            "" => m.put("<th scope=\"col\"><span class=\"sr\">Name</span></th>", &[]),
            head => m.put("<th scope=\"col\" class=\"{}\">{}</th>", &[if at > 0 { "table__num" } else { "" }, head]),
        }
    }
    m.put("<th scope=\"col\"><span class=\"sr\">Opportunities behind it</span></th></tr></thead><tbody>", &[]);
    for (of, cells) in rows {
        let picked = pressed == Some(of);
        m.put("<tr class=\"{}\">", &[if picked { "panel__picked" } else { "" }]);
        for (at, cell) in cells.iter().enumerate() {
            match at {
                0 => m.put(
                    "<td><button type=\"button\" class=\"panel__pick\" data-do=\"{}\" aria-pressed=\"{}\">{}</button></td>",
                    &[&written(of), if picked { "true" } else { "false" }, &cell.words],
                ),
                _ => m.put("<td class=\"{}\">{}</td>", &[if cell.number { "table__num" } else { "" }, &cell.words]),
            }
        }
        let name = cells.first().map(|cell| cell.words.as_str()).unwrap_or_default();
        m.put("<td><a href=\"{}\" aria-label=\"List opportunities behind {}\">List</a></td></tr>", &[&href(&query.and(of)), name]);
    }
    m.put("</tbody></table></div>", &[]);
    m.done()
}

/// The same for a file and for paper.
pub fn plain(heads: Vec<&'static str>, rows: &[Row]) -> Table {
    let rows = rows.iter().map(|(_, cells)| table::Row { mark: None, lines: None, why: None, cells: cells.clone() }).collect();
    Table { heads, rows }
}
