//! Rows whose quotes do not add up: a quote that is never closed takes in the rows below it, and so does one whose end went missing. Told from a row as it
//! is written; a text of several lines in quotes is nothing of the kind.

use std::ops::Range;

/// What is wrong with the quotes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Torn {
    /// One is open where the file ends, after so many lines that look like rows.
    Open(usize),
    /// One is closed in the middle of a cell, so many lines below its beginning.
    Within(u64),
    /// One is closed, but takes so many rows in.
    Rows(usize),
}

/// A row that is torn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tear {
    /// What is wrong.
    pub how: Torn,
    /// The column of the quote.
    pub column: usize,
    /// On which line of the row it opens, from 0.
    pub opens: u64,
    /// The rows it holds: the line each begins on, from 0, and where it stands.
    pub rows: Vec<(u64, Range<usize>)>,
}

/// A cell in quotes that has line ends in it.
struct Span {
    column: usize,
    opens: u64,
    ends: u64,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Within,
    Cell,
}

/// What a cell looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    /// Digits and signs: a number, a day.
    Figure,
    Text,
}

/// Looks at a row of several lines, as it is written and as it was read, in a file of `width` columns; none where nothing is wrong. Without a figure in
/// the row none of its lines is taken for another row: texts look like texts.
pub fn tear(raw: &str, row: &csv::StringRecord, delimiter: u8, width: usize) -> Option<Tear> {
    let spans = spans(raw.as_bytes(), delimiter);
    let worst = spans.iter().find(|span| span.end != End::Cell).or(spans.first())?;
    let looks: Vec<Look> =
        (0..).zip(row).map(|(at, cell)| if spans.iter().any(|s| s.column == at) { Look::Text } else { look(cell) }).collect();
    let (mut rows, mut taken_in, mut begins, mut start, mut at) = (Vec::new(), 0, 0, 0, 0);
    let text = raw.strip_suffix('\n').unwrap_or(raw);
    for (line, text) in (0..).zip(text.split('\n')) {
        let cells = cells(text, delimiter);
        if line > 0 && cells.len() == width {
            let alike = if looks.len() == width { as_row(&cells, &looks) } else { cells.iter().any(|cell| look(cell) == Look::Figure) };
            taken_in += usize::from(alike);
            rows.push((begins, start..at - 1));
            (begins, start) = (line, at);
        }
        at += text.len() + 1;
    }
    rows.push((begins, start..text.len()));
    let how = match worst.end {
        End::Open => Torn::Open(taken_in),
        End::Within => Torn::Within(worst.ends - worst.opens),
        End::Cell if taken_in > 0 => Torn::Rows(taken_in),
        End::Cell => return None,
    };
    Some(Tear { how, column: worst.column, opens: worst.opens, rows })
}

/// The line on which a quote opens that is open at the end, from 0.
pub fn left_open(raw: &[u8], delimiter: u8) -> Option<u64> {
    spans(raw, delimiter).iter().find(|span| span.end == End::Open).map(|span| span.opens)
}

/// The cells of a row that is written on one line.
pub fn cells(line: &str, delimiter: u8) -> csv::StringRecord {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).has_headers(false).buffer_capacity(1 << 10).from_reader(line.as_bytes());
    let mut row = csv::StringRecord::new();
    // what is read from a text is a text
    let _ = reader.read_record(&mut row);
    row
}

/// Cells in quotes with line ends in them, told as the reader of rows tells them: a quote counts at the beginning of a cell only.
fn spans(raw: &[u8], delimiter: u8) -> Vec<Span> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Quote,
    }
    let (mut spans, mut at, mut column, mut line, mut opens) = (Vec::new(), At::Start, 0, 0, 0);
    let mut close = |column, opens, ends, end| {
        if opens < ends || end == End::Open {
            spans.push(Span { column, opens, ends, end });
        }
    };
    for byte in raw.strip_suffix(b"\n").unwrap_or(raw) {
        let between = *byte == delimiter || *byte == b'\n';
        at = match (at, *byte) {
            (At::Start, b'"') => {
                opens = line;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Quote,
            (At::Quote, b'"') | (At::Quoted, _) => At::Quoted,
            (before, _) => {
                if before == At::Quote {
                    close(column, opens, line, if between { End::Cell } else { End::Within });
                }
                column += usize::from(*byte == delimiter);
                if between { At::Start } else { At::Plain }
            }
        };
        line += u64::from(*byte == b'\n');
    }
    match at {
        At::Quoted => close(column, opens, line, End::Open),
        At::Quote => close(column, opens, line, End::Cell),
        At::Start | At::Plain => {}
    }
    spans
}

/// Whether cells look like those of a row: figures where it has figures, and one at least.
fn as_row(cells: &csv::StringRecord, looks: &[Look]) -> bool {
    let mut both = cells.iter().map(look).zip(looks).filter(|(_, of)| **of == Look::Figure).map(|(one, _)| one).peekable();
    let mut figures = both.clone().filter(|one| *one == Look::Figure);
    figures.next().is_some() && both.all(|one| one != Look::Text)
}

fn look(cell: &str) -> Look {
    if cell.trim().is_empty() {
        Look::Empty
    } else if cell.contains(|c: char| c.is_ascii_digit()) && !cell.contains(char::is_alphabetic) {
        Look::Figure
    } else {
        Look::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn torn(raw: &str) -> Option<(Torn, usize, u64, Vec<u64>)> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(raw.as_bytes());
        let mut row = csv::StringRecord::new();
        assert!(reader.read_record(&mut row).is_ok_and(|read| read));
        let tear = tear(raw, &row, b',', 4)?;
        Some((tear.how, tear.column, tear.opens, tear.rows.iter().map(|(line, _)| *line).collect()))
    }

    #[test]
    fn a_quote_that_takes_rows_in_is_told_from_a_text_of_several_lines() {
        for (raw, want) in [
            ("2026-01-05,Q4,10.00,\"C4\n2026-01-06,Q5,10.00,C5\n2026-01-07,Q6,10.00,C6\"\n", Some((Torn::Rows(2), 3, 0, vec![0, 1, 2]))),
            ("2026-01-05,\"Q4,10.00,C4\n2026-01-06,Q5\",10.00,C5\n", Some((Torn::Rows(1), 1, 0, vec![0, 1]))),
            ("2026-01-05,Q4,10.00,\"C4\n2026-01-06,Q5,10.00,\"C5\"\n", Some((Torn::Within(1), 3, 0, vec![0, 1]))),
            ("2026-01-05,Q4,10.00,\"C4\n2026-01-06,Q5,10.00,C5\n", Some((Torn::Open(1), 3, 0, vec![0, 1]))),
            ("2026-01-05,Q4,10.00,\"half a na\n", Some((Torn::Open(0), 3, 0, vec![0]))),
            ("2026-01-05,Q4,\"a\nb\",\"c\n2026-01-06,Q5,1,C5\n", Some((Torn::Open(1), 3, 1, vec![0, 2]))),
            ("2026-01-05,Q4,10.00,\"He said \"\"no\"\"\ntwice, and left,\n\nsaying: 1, 2, 3, 4\"\n", None),
            ("2026-01-05,Q4,10.00,\"Bring prices,\nterms, samples, and 3 cards, signed\"\n", None),
            ("2026-01-05,\"Q\n4\",10.00,C4\n", None),
            ("\"a\nb\",\"c\n, , ,d\",e,f\n", None),
        ] {
            assert_eq!(torn(raw), want, "{raw:?}");
        }
    }
}
