//! Texts made of columns: `"{type}[, score {Score}]"`, where a part in brackets is left out when a column in it is empty.

use super::cells::{Cells, Columns};

/// A text with places for columns.
#[derive(Clone, Debug)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Column(usize),
    Optional(Vec<Part>),
}

impl Template {
    /// Reads a template; columns the file does not have are noted in `columns`.
    pub fn bind(text: &str, columns: &mut Columns<'_>) -> Self {
        let (parts, _) = parse(text, columns, false);
        Self(parts)
    }

    /// The text for one row, without outer blanks.
    #[must_use]
    pub fn fill(&self, cells: Cells<'_>) -> String {
        let mut out = String::new();
        fill(&self.0, cells, &mut out);
        out.trim().to_owned()
    }
}

fn parse<'t>(text: &'t str, columns: &mut Columns<'_>, inner: bool) -> (Vec<Part>, &'t str) {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', ']']) {
        if at > 0 {
            parts.push(Part::Text(rest[..at].to_owned()));
        }
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match sign {
            b'{' => {
                let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
                parts.push(Part::Column(columns.index(name)));
                rest = after;
            }
            b'[' => {
                let (optional, after) = parse(rest, columns, true);
                parts.push(Part::Optional(optional));
                rest = after;
            }
            _ if inner => return (parts, rest),
            _ => parts.push(Part::Text("]".into())),
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    (parts, "")
}

/// Writes the parts; whether every column among them held something.
fn fill(parts: &[Part], cells: Cells<'_>, out: &mut String) -> bool {
    let mut complete = true;
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Column(index) => {
                let cell = cells.get(*index);
                complete &= !cell.is_empty();
                out.push_str(&cell);
            }
            Part::Optional(inner) => {
                let before = out.len();
                if !fill(inner, cells, out) {
                    out.truncate(before);
                }
            }
        }
    }
    complete
}
